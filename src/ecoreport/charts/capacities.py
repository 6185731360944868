"""Capacities beside what needs them: is there enough, and what is being built."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pandas as pd
from matplotlib.axes import Axes

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import clean, number
from ecoreport.charts.marks import Entry
from ecoreport.charts.style import add_canvas, appearance, drawing, new_figure
from ecoreport.i18n import _

NAME_WIDTH = 170.0
BAR_LEFT = 186.0
BAR_WIDTH = 460.0
SAID_LEFT = 664.0
TOP = 8.0
ROW = 40.0
BAR = 18.0
TICK = 8.0
WIDEST = 1.05
TONNES = 10_000


@dataclass(frozen=True)
class Capacity:
    """One kind of waste, in tonnes a year; None is not known."""

    label: str
    operating: float | None
    under_construction: float | None
    need: float | None
    n_unknown: int = 0
    """Facilities whose capacity is not known."""


def capacities_against_need(rows: Sequence[Capacity], *, title: str) -> Chart:
    """Draw capacity in operation, what is being built behind it, and the need as a line.

    Each kind has a scale of its own; its amounts are written.

    Parameters
    ----------
    rows : sequence of Capacity
    title : str
        The finding.

    Returns
    -------
    Chart
    """
    with drawing():
        look = appearance()
        entries = [Entry(_("投运"), look.accent), Entry(_("在建"), look.accent_tint)]
        head = TOP + marks.KEY_LINE + 12
        canvas = add_canvas(figure := new_figure("page", head + ROW * len(rows) + 4))
        marks.key(canvas, [entries], 0, TOP)
        canvas.text(BAR_LEFT, TOP + marks.KEY_LINE / 2, _("竖线：当年产生量"), va="center_baseline")
        for place, row in enumerate(rows):
            _draw(canvas, head + ROW * (place + 0.5), row)
    return Chart(figure, title, _alt(rows), pd.DataFrame(map(asdict, rows)), _note(rows))


def _draw(canvas: Axes, middle: float, row: Capacity) -> None:
    look = appearance()
    marks.name_row(canvas, row.label, middle, NAME_WIDTH)
    operating, building = row.operating or 0, row.under_construction or 0
    scale = BAR_WIDTH / (max(operating + building, row.need or 0) * WIDEST or 1)
    top = middle - BAR / 2
    marks.rectangles(canvas, [(BAR_LEFT, top, operating * scale, BAR)], look.accent)
    left = BAR_LEFT + operating * scale
    marks.rectangles(canvas, [(left, top, building * scale, BAR)], look.accent_tint)
    if row.need is not None:
        x = BAR_LEFT + row.need * scale
        canvas.plot([x, x], [top - TICK, top + BAR + TICK], color=look.ink, linewidth=1.6)
    canvas.text(SAID_LEFT, middle, _said(row), va="center_baseline", fontsize=look.label_size)


def _tonnes(mass: float | None) -> str:
    """Write a mass in 吨, from ten thousand in 万吨."""
    if mass is None or mass < TONNES:
        return _("{mass}吨").format(mass=number(mass, 0))
    return _("{mass}万吨").format(mass=number(mass / TONNES, 2))


def _said(row: Capacity) -> str:
    known = _("能力{capacity}/年").format(capacity=_tonnes(row.operating))
    told = _("能力不全") if row.operating is None else known
    if row.need is None:
        return told
    said = _("{capacity}，产生{need}").format(capacity=told, need=_tonnes(row.need))
    if not row.operating or not row.need:
        return said
    return f"{said}（{number(100 * row.operating / row.need, 0)}%）"


def _alt(rows: Sequence[Capacity]) -> str:
    said = [f"{clean(row.label)} {_said(row)}" for row in rows]
    return _("条形图，年处理能力与当年产生量：{rows}").format(rows=_("；").join(said))


def _note(rows: Sequence[Capacity]) -> str:
    note = _("共 {count} 种废物；各种废物比例尺不同。").format(count=len(rows))
    n_unknown = sum(row.n_unknown for row in rows)
    if n_unknown:
        note += _("{n} 个设施没有能力数据。").format(n=n_unknown)
    return note
