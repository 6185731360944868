"""Sections by month in the colours of their classes: which were good when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
from matplotlib.axes import Axes

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import clean, months, shortened
from ecoreport.charts.style import add_canvas, appearance, drawing, new_figure, readable_ink
from ecoreport.i18n import _, current_locale
from ecoreport.standards.tables import select

RIVER_WIDTH = 104.0
NAME_WIDTH = 132.0
LEFT = RIVER_WIDTH + NAME_WIDTH
PITCH = 45.0
GAP = 3.0
YEAR_LEFT = LEFT + 12 * PITCH + 10
TARGET = YEAR_LEFT + PITCH + 36
OUTCOME = TARGET + 34
HEAD = 26.0
ROW = 24.0
"""Fifty sections stand on one page of paper."""
TILE = 20.0
RIVER_GAP = 6.0
MISSING, DRY, STOPPED, AHEAD = "missing", "dry", "stopped", "ahead"


@dataclass(frozen=True)
class SectionRow:
    """One section: what it was in each month and in the year, and what is asked of it."""

    label: str
    river: str
    states: Sequence[str]
    """Of the twelve months: a class, ``missing``, ``dry``, ``stopped`` or ``ahead``."""
    year_class: str
    """Class of the year's mean; ``missing`` where there is none."""
    is_sufficient: bool
    """Whether the year has the months that it needs."""
    target_class: str = ""
    outcome: str = ""
    """In words, whether the target is kept."""
    declared: str = ""
    """What the list declares of it, in words: dry, stopped, items left out."""


def sections_by_month(rows: Sequence[SectionRow], *, title: str, period: str) -> Chart:
    """Draw tiles, section by month, in class colours with the class written in each.

    Parameters
    ----------
    rows : sequence of SectionRow
        In river order; sections of one river stand together.
    title : str
        The finding.
    period : str
        What the class beside the months is of: 全年, 本期.

    Returns
    -------
    Chart
    """
    tops = _tops(rows)
    with drawing() as look:
        key = marks.key_lines(_entries(rows), look.widths["page"])
        head = marks.KEY_LINE * len(key) + 8 + HEAD
        figure = new_figure("page", head + tops[-1] + ROW + 6)
        canvas = add_canvas(figure)
        marks.key(canvas, key, 0, 0)
        _head(canvas, head - 9, period)
        for position, (row, top) in enumerate(zip(rows, tops, strict=True)):
            middle = head + top + ROW / 2
            if position == 0 or rows[position - 1].river != row.river:
                text = shortened(row.river, RIVER_WIDTH - 8)
                canvas.text(0, middle, text, va="center_baseline", color=look.quiet)
            _row(canvas, row, middle)
    return Chart(figure, title, _alt(rows), _data(rows), _note(rows))


def _tops(rows: Sequence[SectionRow]) -> list[float]:
    tops = [0.0]
    for before, row in pairwise(rows):
        tops.append(tops[-1] + ROW + (RIVER_GAP if before.river != row.river else 0))
    return tops


def water_classes() -> dict[str, dict[str, str]]:
    """Return the rows of the table of classes by class, best first."""
    return {line["class"]: dict(line) for line in select("water_classes")}


def _entries(rows: Sequence[SectionRow]) -> list[marks.Entry]:
    look = appearance()
    seen = Counter(state for row in rows for state in row.states)
    entries = [
        marks.Entry(
            _("{name} {n}次").format(name=line[f"name_{current_locale()}"], n=seen[name]),
            line["colour_hex"],
        )
        for name, line in water_classes().items()
        if seen[name]
    ]
    if seen[MISSING]:
        words = _("无有效数据 {n}次").format(n=seen[MISSING])
        entries.append(marks.Entry(words, look.missing, is_hatched=True))
    for state, text in ((DRY, _("断流 {n}次")), (STOPPED, _("停测 {n}次"))):
        if seen[state]:
            entries.append(marks.Entry(text.format(n=seen[state]), look.missing))
    if seen[AHEAD]:
        entries.append(marks.Entry(_("未到期"), look.paper, is_empty=True))
    return entries


def _head(canvas: Axes, y: float, period: str) -> None:
    look = appearance()
    columns = [(LEFT + PITCH * n + (PITCH - GAP) / 2, name) for n, name in enumerate(months())]
    columns += [(YEAR_LEFT + (PITCH - GAP) / 2, period), (TARGET, _("目标"))]
    for x, text in columns:
        canvas.text(x, y, text, ha="center", color=look.quiet)


def _row(canvas: Axes, row: SectionRow, middle: float) -> None:
    look = appearance()
    name = shortened(row.label, NAME_WIDTH - 10, look.label_size)
    canvas.text(RIVER_WIDTH, middle, name, va="center_baseline", fontsize=look.label_size)
    for number, state in enumerate(row.states):
        _tile(canvas, state, LEFT + PITCH * number, middle)
    _tile(canvas, row.year_class, YEAR_LEFT, middle, is_sufficient=row.is_sufficient)
    known = water_classes()
    target = known[row.target_class]["symbol"] if row.target_class in known else "—"
    canvas.text(TARGET, middle, target, ha="center", va="center_baseline",
                fontsize=look.label_size)  # fmt: skip
    canvas.text(OUTCOME, middle, row.outcome, va="center_baseline")


def _tile(
    canvas: Axes, state: str, left: float, middle: float, *, is_sufficient: bool = True
) -> None:
    look = appearance()
    box = (left, middle - TILE / 2, PITCH - GAP, TILE)
    line = water_classes().get(state)
    if line is None:
        if state == MISSING:
            marks.missing(canvas, [box])
        else:
            colour = look.missing if state in {DRY, STOPPED} else look.paper
            marks.rectangles(canvas, [box], colour, edge=look.faint)
        return
    colour = line["colour_hex"] if is_sufficient else look.paper
    marks.rectangles(canvas, [box], colour, edge=look.cell_edge)
    canvas.text(left + (PITCH - GAP) / 2, middle, line["symbol"], ha="center",
                va="center_baseline", color=readable_ink(colour))  # fmt: skip


def _alt(rows: Sequence[SectionRow]) -> str:
    words = _("、").join(entry.label for entry in _entries(rows))
    return _("色块图，{n}个断面各月的水质类别。合计：{words}").format(n=len(rows), words=words)


def _data(rows: Sequence[SectionRow]) -> pd.DataFrame:
    known = water_classes()
    return pd.DataFrame(
        [
            {
                "river": row.river,
                "section": row.label,
                "target_class": row.target_class,
                "year_class": row.year_class if row.year_class in known else "",
                "is_sufficient": row.is_sufficient,
                "month": month,
                "class": state if state in known else "",
                "remark": "" if state in known else state,
                "declared": row.declared,
            }
            for row in rows
            for month, state in enumerate(row.states, start=1)
        ]
    )


def _note(rows: Sequence[SectionRow]) -> str:
    known = water_classes()
    n_months = sum(state in known for row in rows for state in row.states)
    note = _("{n}个断面，有类别的断面月次 {months} 个。").format(n=len(rows), months=n_months)
    short = [clean(row.label) for row in rows if not row.is_sufficient]
    if short:
        text = _("有效月份不足或不参评、全年类别仅供参考：{names}。")
        note += text.format(names=_("、").join(short))
    return note
