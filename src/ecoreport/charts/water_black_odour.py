"""Black-odorous waters before and after: which were cleaned, and which are still to be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pandas as pd
from matplotlib.axes import Axes

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import clean, shortened
from ecoreport.charts.style import add_canvas, appearance, drawing, new_figure, readable_ink
from ecoreport.i18n import _
from ecoreport.message import N_
from ecoreport.standards.tables import select

ONE_COLUMN = 12
"""Waters up to which there is one column; more stand in two."""
PITCH = 486.0
NAME_WIDTH = 158.0
TILE_WIDTH = 84.0
BEFORE = NAME_WIDTH + 10
ARROW = 26.0
AFTER = BEFORE + TILE_WIDTH + ARROW
SAID = AFTER + TILE_WIDTH + 12
HEAD = 26.0
ROW = 28.0
TILE = 22.0
NONE, LIGHT, SEVERE = "none", "light", "severe"
WORDS = {NONE: N_("不黑臭"), LIGHT: N_("轻度黑臭"), SEVERE: N_("重度黑臭")}


@dataclass(frozen=True)
class Body:
    """One water: its level before and after, and what was found of it."""

    name: str
    before: str
    after: str
    """Empty where it is not known."""
    said: str
    """The day on which it was found removed, or that it was not."""
    is_removed: bool


def levels_before_and_after(bodies: Sequence[Body], *, title: str) -> Chart:
    """Draw the levels of each water as two tiles; what was not removed stands first.

    Parameters
    ----------
    bodies : sequence of Body
    title : str
        The finding.

    Returns
    -------
    Chart
    """
    order = list(_levels())
    rows = sorted(
        bodies,
        key=lambda one: (one.is_removed, -order.index(one.before) if one.before in order else 0),
    )
    columns = 1 if len(rows) <= ONE_COLUMN else 2
    height = math.ceil(len(rows) / columns)
    with drawing() as look:
        figure = new_figure("page", HEAD + ROW * height + 4)
        canvas = add_canvas(figure)
        for column in range(columns):
            left = PITCH * column
            for x, text in ((BEFORE, _("整治前")), (AFTER, _("整治后"))):
                middle = left + x + TILE_WIDTH / 2
                canvas.text(middle, HEAD - 10, text, ha="center", color=look.quiet)
            canvas.text(left + SAID, HEAD - 10, _("认定消除"), color=look.quiet)
        for position, row in enumerate(rows):
            column, place = divmod(position, height)
            room = (look.widths["page"] if columns == 1 else PITCH - 14) - SAID
            _row(canvas, row, PITCH * column, HEAD + ROW * (place + 0.5), room)
    return Chart(figure, title, _alt(rows), _data(rows), _note(rows))


def _levels() -> dict[str, str]:
    """Return the levels, best first, by the short words that stand in tiles."""
    return {line["level"]: _(WORDS[line["level"]]) for line in select("black_odour_levels")}


def _row(canvas: Axes, row: Body, left: float, middle: float, room: float) -> None:
    look = appearance()
    name = shortened(row.name, NAME_WIDTH, look.label_size)
    canvas.text(left, middle, name, va="center_baseline", fontsize=look.label_size)
    for x, level in ((BEFORE, row.before), (AFTER, row.after)):
        _tile(canvas, level, left + x, middle)
    tip, tail = left + AFTER - 5, left + BEFORE + TILE_WIDTH + 5
    canvas.plot([tail, tip], [middle, middle], color=look.quiet, linewidth=1.2)
    canvas.plot([tip - 2], [middle], marker=">", markersize=5, color=look.quiet)
    colour = look.quiet if row.is_removed else look.ink
    canvas.text(left + SAID, middle, shortened(row.said, room), va="center_baseline", color=colour)


def _tile(canvas: Axes, level: str, left: float, middle: float) -> None:
    look = appearance()
    box = (left, middle - TILE / 2, TILE_WIDTH, TILE)
    colours = {NONE: look.accent_tint, LIGHT: look.course, SEVERE: look.ink}
    if level not in colours:
        marks.missing(canvas, [box])
        return
    marks.rectangles(canvas, [box], colours[level], edge=look.cell_edge)
    text = shortened(_levels()[level], TILE_WIDTH - 6)
    canvas.text(left + TILE_WIDTH / 2, middle, text, ha="center", va="center_baseline",
                color=readable_ink(colours[level]))  # fmt: skip


def _alt(rows: Sequence[Body]) -> str:
    known = _levels()
    words = [
        _("{name} {before}→{after}，{said}").format(
            name=clean(row.name),
            before=known.get(row.before, "—"),
            after=known.get(row.after, "—"),
            said=row.said,
        )
        for row in rows
    ]
    return _("色块图，各水体整治前后的黑臭级别：{words}").format(words=_("；").join(words))


def _data(rows: Sequence[Body]) -> pd.DataFrame:
    return pd.DataFrame([asdict(row) for row in rows])


def _note(rows: Sequence[Body]) -> str:
    note = _("共 {count} 条，按清单所报级别；未消除的排在前面。").format(count=len(rows))
    known = _levels()
    if n_unknown := sum(row.after not in known for row in rows):
        note += _("斜纹 {n} 条没有填报整治后级别。").format(n=n_unknown)
    return note
