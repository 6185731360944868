"""Named bars with their figures, and levels on a scale of grades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pandas as pd
from matplotlib.axes import Axes

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import clean, number, shortened, text_width
from ecoreport.charts.style import add_canvas, appearance, drawing, new_figure
from ecoreport.i18n import _

NAME_WIDTH = 190.0
LEFT = 206.0
WIDTH = 330.0
SAID_GAP = 10.0
TOP = 8.0
ROW = 32.0
BAR = 16.0
GRADE_ROW = 52.0
TICK = 7.0
BEYOND = 0.15
"""Of what bounds and level span, how far the line goes on beyond them."""


@dataclass(frozen=True)
class Bar:
    """A named amount; all bars of a chart are in one unit."""

    label: str
    value: float | None
    """None where there is none to show."""
    said: str
    """The figure as a reader is told it."""
    is_second: bool = False
    """Whether it is the second of two kinds: the nights beside the days."""


@dataclass(frozen=True)
class GradedLevel:
    """A level on its own scale of grades."""

    label: str
    level: float
    unit: str
    grade: str
    bounds: tuple[float, ...]
    """Upper ends of the grades, best first; the last grade has none."""


def named_bars(
    rows: Sequence[Bar], *, title: str, note: str, largest: float | None = None
) -> Chart:
    """Draw one bar a row from the left, its figure behind it.

    Parameters
    ----------
    rows : sequence of Bar
        In the order shown.
    title, note : str
        The finding; how many values stand behind it.
    largest : float, optional
        End of the scale; else the largest value.

    Returns
    -------
    Chart
    """
    end = largest or max([one.value or 0.0 for one in rows] + [1e-9])
    said = max((text_width(clean(one.said)) for one in rows), default=0.0)
    with drawing() as look:
        # Behind the longest bar there is room for the longest figure.
        width = min(WIDTH, look.widths["text"] - LEFT - SAID_GAP - said - 2)
        bottom = TOP + ROW * len(rows)
        figure = new_figure("text", bottom + 8)
        canvas = add_canvas(figure)
        for position, row in enumerate(rows):
            _bar(canvas, row, TOP + ROW * (position + 0.5), width / end)
        canvas.plot([LEFT, LEFT], [TOP, bottom], color=look.quiet, linewidth=0.8)
    words = [f"{clean(one.label)} {one.said}" for one in rows]
    alt = _("条形图：{values}").format(values=_("；").join(words))
    return Chart(figure, title, alt, pd.DataFrame([asdict(one) for one in rows]), note)


def _bar(canvas: Axes, row: Bar, middle: float, scale: float) -> None:
    look = appearance()
    marks.name_row(canvas, row.label, middle, NAME_WIDTH)
    length = (row.value or 0.0) * scale
    box = (LEFT, middle - BAR / 2, length, BAR)
    if length:
        marks.rectangles(canvas, [box], look.quiet if row.is_second else look.accent)
    room = look.widths["text"] - LEFT - length - SAID_GAP
    canvas.text(LEFT + length + SAID_GAP, middle, shortened(row.said, room), va="center_baseline")


def levels_on_grades(rows: Sequence[GradedLevel], *, title: str, note: str) -> Chart:
    """Draw each level as a mark on the scale of its own grades, whose bounds are ticks.

    Parameters
    ----------
    rows : sequence of GradedLevel
    title, note : str

    Returns
    -------
    Chart
    """
    with drawing():
        figure = new_figure("text", TOP + GRADE_ROW * len(rows) + 4)
        canvas = add_canvas(figure)
        for position, row in enumerate(rows):
            _graded(canvas, row, TOP + GRADE_ROW * (position + 0.4))
    words = [f"{clean(one.label)} {number(one.level, 1)} {one.unit} {one.grade}" for one in rows]
    alt = _("标尺图，短竖线为等级界限：{values}").format(values=_("；").join(words))
    return Chart(figure, title, alt, pd.DataFrame([asdict(one) for one in rows]), note)


def _graded(canvas: Axes, row: GradedLevel, middle: float) -> None:
    look = appearance()
    ends = (min(*row.bounds, row.level), max(*row.bounds, row.level))
    margin = BEYOND * (ends[1] - ends[0])
    low, scale = ends[0] - margin, WIDTH / (ends[1] - ends[0] + 2 * margin)
    marks.name_row(canvas, row.label, middle, NAME_WIDTH)
    canvas.plot([LEFT, LEFT + WIDTH], [middle, middle], color=look.faint, linewidth=2)
    for bound in row.bounds:
        x = LEFT + (bound - low) * scale
        canvas.plot([x, x], [middle - TICK, middle + TICK], color=look.quiet, linewidth=1)
        canvas.text(x, middle + TICK + 12, f"{bound:g}", ha="center", color=look.quiet)
    x = LEFT + (row.level - low) * scale
    canvas.plot([x], [middle], marker="o", markersize=10, color=look.accent, zorder=4)
    said = f"{number(row.level, 1)} {row.unit} {row.grade}"
    room = look.widths["text"] - LEFT - WIDTH - SAID_GAP
    canvas.text(LEFT + WIDTH + SAID_GAP, middle, shortened(said, room), va="center_baseline")
