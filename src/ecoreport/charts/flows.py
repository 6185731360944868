"""What became of waste: parts of one whole, one bar a kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import clean, percent, text_width
from ecoreport.charts.style import add_canvas, appearance, drawing, new_figure, readable_ink
from ecoreport.i18n import _
from ecoreport.numbers import format_number, plain_decimal
from ecoreport.standards.rounding import round_half_even

NAME_WIDTH = 150.0
BAR_LEFT = 164.0
BAR_WIDTH = 560.0
TOTAL_RIGHT = 840.0
HEAD = 60.0
ROW = 40.0
BAR = 24.0
SHADES = (1.0, 0.62, 0.3, 0.1)
UNACCOUNTED = "unaccounted"
TONNES_DECIMALS = 2


@dataclass(frozen=True)
class Flow:
    """One kind of waste: what came in, and what became of it, in tonnes."""

    label: str
    came_in: float
    parts: Mapping[str, float]
    """Tonnes by what became of them, in the order drawn."""

    @property
    def gap(self) -> float:
        """What came in and is not accounted for; below nought more went out than came in."""
        return self.came_in - sum(self.parts.values())


def fate_of_waste(flows: Sequence[Flow], words: Mapping[str, str], *, title: str) -> Chart:
    """Draw of each kind of waste what became of it, as shares of what came in.

    What is unaccounted for is hatched. Where more went out than came in, the bar is drawn of
    what went out, and the last column says by how much.

    Parameters
    ----------
    flows : sequence of Flow
        In the order shown, each with something that came in.
    words : mapping
        Part -> what it is called.
    title : str
        The finding.

    Returns
    -------
    Chart
    """
    entries = [marks.Entry(word, _shade(place)) for place, word in enumerate(words.values())]
    if any(one.gap > 0 for one in flows):
        entries.append(marks.Entry(_("未说明去向"), appearance().missing, is_hatched=True))
    with drawing() as look:
        figure = new_figure("page", HEAD + ROW * len(flows) + 6)
        canvas = add_canvas(figure)
        marks.key(canvas, [entries], BAR_LEFT, 0)
        heads = ((TOTAL_RIGHT, _("产生和年初贮存")), (look.widths["page"], _("差额")))
        for right, text in heads:
            canvas.text(right, HEAD - 14, _("{name}（吨）").format(name=text), ha="right",
                        color=look.quiet)  # fmt: skip
        for position, one in enumerate(flows):
            middle = HEAD + ROW * (position + 0.5)
            marks.name_row(canvas, one.label, middle, NAME_WIDTH)
            _bar(canvas, one, middle)
            for right, value in ((TOTAL_RIGHT, one.came_in), (look.widths["page"], one.gap)):
                canvas.text(right, middle, tonnes_text(value), ha="right",
                            va="center_baseline", fontsize=look.label_size)  # fmt: skip
    note = _("共 {count} 类。差额为来源减去向。").format(count=len(flows))
    return Chart(figure, title, _alt(flows, words), _data(flows, words), note)


def tonnes_text(value: float) -> str:
    """Return a mass as departments write it: whole where it is, without the dust of floats."""
    return format_number(plain_decimal(round_half_even(value, TONNES_DECIMALS)))


def _shade(place: int) -> str:
    look = appearance()
    scale = LinearSegmentedColormap.from_list("shades", [look.accent_trace, look.accent])
    return str(to_hex(scale(SHADES[place])))


def _bar(canvas: Axes, flow: Flow, middle: float) -> None:
    look = appearance()
    whole = max(flow.came_in, sum(flow.parts.values()))
    left, top = BAR_LEFT, middle - BAR / 2
    for place, tonnes in enumerate(flow.parts.values()):
        width = BAR_WIDTH * tonnes / whole
        if width <= 0:
            continue
        colour = _shade(place)
        marks.rectangles(canvas, [(left, top, width, BAR)], colour, edge=look.cell_edge)
        text = percent(tonnes, flow.came_in)
        if text_width(text) + 6 <= width:
            canvas.text(left + width / 2, middle, text, ha="center", va="center_baseline",
                        color=readable_ink(colour))  # fmt: skip
        left += width
    rest = BAR_LEFT + BAR_WIDTH - left
    if rest > 1:
        marks.missing(canvas, [(left, top, rest, BAR)])


def _alt(flows: Sequence[Flow], words: Mapping[str, str]) -> str:
    told = _("；").join(
        _("{label}：{parts}").format(
            label=clean(one.label),
            parts=_("、").join(
                f"{words[name]} {percent(tonnes, one.came_in)}"
                for name, tonnes in one.parts.items()
            ),
        )
        for one in flows
    )
    return _("条形图，各类废物的去向占来源的比例：{words}").format(words=told)


def _data(flows: Sequence[Flow], words: Mapping[str, str]) -> pd.DataFrame:
    rows = [
        {"waste": clean(one.label), "came_in_t": one.came_in}
        | {f"{words[name]} (t)": tonnes for name, tonnes in one.parts.items()}
        | {"gap_t": one.gap}
        for one in flows
    ]
    return pd.DataFrame(rows)
