"""How many samples of soil are above the limits of each item: counts, never a point or a plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import clean, number
from ecoreport.charts.rows import NarrowRow, percent
from ecoreport.charts.style import add_canvas, appearance, drawing, new_figure
from ecoreport.i18n import _

NAME_WIDTH = 170.0
LEFT = 186.0
WIDTH = 440.0
TOP = 4.0
GROUP = 40.0
ROW = 28.0
BAR = 16.0
SCREENING, INTERVENTION, JUDGED = 744.0, 856.0, 960.0
"""Right edges of the columns of numbers."""


@dataclass(frozen=True)
class ItemCounts:
    """One item: how many samples are above none, one and both of its limits."""

    label: str
    n_within: int
    n_above_screening: int
    """Above the screening value and not above the intervention value."""
    n_above_intervention: int

    @property
    def n_judged(self) -> int:
        """Samples of which the item was measured and its limit is known."""
        return self.n_within + self.n_above_screening + self.n_above_intervention


@dataclass(frozen=True)
class ItemGroup:
    """Items of samples that are held against one set of limits."""

    label: str
    """What they are samples of, how many, and by which standard."""
    rows: tuple[ItemCounts, ...]
    rest: str = ""
    """What is said of the items without a row; empty where all have one."""


def samples_by_item(groups: Sequence[ItemGroup], *, title: str, note: str) -> Chart:
    """Draw a bar an item, of one length, divided by the limits that its samples are above.

    Parameters
    ----------
    groups : sequence of ItemGroup
        In the order shown.
    title, note : str
        The finding; how many values stand behind it.

    Returns
    -------
    Chart
    """
    look = appearance()
    entries = [marks.Entry(word, colour) for word, colour in zip(_words(), _colours(), strict=True)]
    lines = sum(len(one.rows) + bool(one.rest) for one in groups)
    head = TOP + marks.KEY_LINE + 4
    with drawing():
        height = head + GROUP * len(groups) + ROW * lines + 6
        canvas = add_canvas(figure := new_figure("page", height))
        marks.key(canvas, [entries], LEFT, TOP)
        heads = (_("高于筛选值"), _("高于管制值"), _("样品"))
        for right, text in zip((SCREENING, INTERVENTION, JUDGED), heads, strict=True):
            middle = TOP + marks.KEY_LINE / 2
            canvas.text(right, middle, text, ha="right", va="center_baseline", color=look.quiet)
        top = head
        for group in groups:
            top = _group(canvas, group, top)
    rows = tuple(_narrow(group, one) for group in groups for one in group.rows)
    return Chart(figure, title, _alt(groups), _data(groups), note, rows)


def _words() -> tuple[str, str, str]:
    return _("不高于筛选值"), _("高于筛选值、不高于管制值"), _("高于管制值")


def _colours() -> tuple[str, str, str]:
    look = appearance()
    return look.accent_tint, look.accent, look.ink


def _group(canvas: Axes, group: ItemGroup, top: float) -> float:
    """Draw one group from `top` downwards; return where the next begins."""
    look = appearance()
    canvas.text(0, top + GROUP - 16, clean(group.label), va="center_baseline", color=look.quiet)
    top += GROUP
    for position, row in enumerate(group.rows):
        _row(canvas, row, top + ROW * (position + 0.5))
    top += ROW * len(group.rows)
    if not group.rest:
        return top
    canvas.text(LEFT, top + ROW / 2, clean(group.rest), va="center_baseline", color=look.quiet)
    return top + ROW


def _row(canvas: Axes, row: ItemCounts, middle: float) -> None:
    look = appearance()
    marks.name_row(canvas, row.label, middle, NAME_WIDTH)
    left, unit = LEFT, WIDTH / max(row.n_judged, 1)
    counts = (row.n_within, row.n_above_screening, row.n_above_intervention)
    for count, colour in zip(counts, _colours(), strict=True):
        if count:
            box = (left, middle - BAR / 2, unit * count, BAR)
            marks.rectangles(canvas, [box], colour, edge=look.cell_edge)
        left += unit * count
    above = row.n_above_screening + row.n_above_intervention
    numbers = (above, row.n_above_intervention, row.n_judged)
    for right, count in zip((SCREENING, INTERVENTION, JUDGED), numbers, strict=True):
        canvas.text(right, middle, number(count, 0), ha="right", va="center_baseline",
                    fontsize=look.label_size)  # fmt: skip


def _said(row: ItemCounts) -> str:
    """Say how many samples are above each limit: those above both count at both."""
    return _("{judged}个样品，高于筛选值{screening}个、管制值{intervention}个").format(
        judged=row.n_judged,
        screening=row.n_above_screening + row.n_above_intervention,
        intervention=row.n_above_intervention,
    )


def _narrow(group: ItemGroup, row: ItemCounts) -> NarrowRow:
    label = _("{group}：{item}").format(group=clean(group.label), item=clean(row.label))
    above = row.n_above_screening + row.n_above_intervention
    return NarrowRow(label=label, figures=_said(row), bar=percent(above, row.n_judged))


def _alt(groups: Sequence[ItemGroup]) -> str:
    said = []
    for group in groups:
        items = [f"{clean(one.label)} {_said(one)}" for one in group.rows]
        told = _("；").join([*items, *([clean(group.rest)] if group.rest else [])])
        said.append(_("{group}：{told}").format(group=clean(group.label), told=told))
    return _("条形图，各项目高于限值的样品数。{groups}").format(groups=_("。").join(said))


def _data(groups: Sequence[ItemGroup]) -> pd.DataFrame:
    rows = [
        {
            "samples_of": clean(group.label),
            "item": clean(one.label),
            "n_judged": one.n_judged,
            "n_within_screening": one.n_within,
            "n_above_screening_only": one.n_above_screening,
            "n_above_intervention": one.n_above_intervention,
        }
        for group in groups
        for one in group.rows
    ]
    return pd.DataFrame(rows)
