"""What can be read on a drawn chart."""

from __future__ import annotations

import itertools
import warnings

from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from ecoreport.charts.chart import Chart
from ecoreport.charts.style import drawing


def drawn_texts(figure: Figure) -> list[tuple[str, Bbox]]:
    """Return every text that is really drawn with the box it takes, in pixels."""
    texts: list[tuple[str, Bbox]] = []

    class Recorder(RendererAgg):
        def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext: Text | None = None):
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            width, height, descent = self.get_text_width_height_descent(s, prop, ismath)
            width, height = (height, width) if angle % 180 == 90 else (width, height)
            left = x - width if angle % 180 == 90 else x
            bottom = self.height - y - (0 if angle % 180 == 90 else descent)
            texts.append((s, Bbox.from_bounds(left, bottom, width, height)))

    canvas = FigureCanvasAgg(figure)
    width, height = canvas.get_width_height()
    with drawing():
        figure.draw(Recorder(width, height, figure.dpi))
    return texts


def assert_readable(chart: Chart, tolerance: float = 2.0) -> None:
    """No text is cut off, lies upon another or lacks a glyph, and none is below 12 pixels."""
    width, height = chart.figure.get_size_inches() * chart.figure.dpi
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        texts = drawn_texts(chart.figure)
    assert texts
    for text, box in texts:
        assert box.x0 >= -tolerance, f"{text!r} is cut off on the left"
        assert box.x1 <= width + tolerance, f"{text!r} is cut off on the right"
        assert box.y0 >= -tolerance, f"{text!r} is cut off below"
        assert box.y1 <= height + tolerance, f"{text!r} is cut off above"
    for (one, box), (other, another) in itertools.combinations(texts, 2):
        shared = Bbox.intersection(box, another)
        lies_upon = shared and min(shared.width, shared.height) > tolerance
        assert not lies_upon, f"{one!r} lies upon {other!r}"
    sizes = [text.get_fontsize() for text in chart.figure.findobj(Text) if text.get_text()]
    assert min(sizes) >= 12
