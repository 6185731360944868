"""How many sections reach a class, beside how many the plan asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
from matplotlib.axes import Axes

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import clean, shortened
from ecoreport.charts.rows import NarrowRow, percent
from ecoreport.charts.style import add_canvas, appearance, drawing, new_figure
from ecoreport.i18n import _
from ecoreport.numbers import format_number

NAME_WIDTH = 270.0
BAR_WIDTH = 320.0
BAR = 16.0
HEAD = 26.0
ROW = 36.0
COUNT = NAME_WIDTH + BAR_WIDTH + 78
SHARE = COUNT + 74
TARGET = SHARE + 20


@dataclass(frozen=True)
class CountRow:
    """Sections counted of those assessed, and what is asked."""

    label: str
    n_counted: int
    n_assessed: int
    share: str
    n_asked: Decimal | None = None
    """Sections that the target comes to."""
    target: str = ""
    """The target in words: ≥62.2%（28个）."""
    is_valid: bool = True


def counts_against_targets(rows: Sequence[CountRow], *, title: str) -> Chart:
    """Draw the sections counted as a part of those assessed, the target as a line.

    Parameters
    ----------
    rows : sequence of CountRow
        In the order shown.
    title : str
        The finding.

    Returns
    -------
    Chart
    """
    with drawing() as look:
        figure = new_figure("page", HEAD + ROW * len(rows) + 4)
        canvas = add_canvas(figure)
        for x, text, align in (
            (COUNT, _("断面数"), "right"),
            (SHARE, _("比例"), "right"),
            (TARGET, _("目标"), "left"),
        ):
            canvas.text(x, HEAD - 10, text, ha=align, color=look.quiet)
        for position, row in enumerate(rows):
            middle = HEAD + ROW * (position + 0.5)
            marks.name_row(canvas, row.label, middle, NAME_WIDTH - 14)
            _bar(canvas, row, middle)
            _figures(canvas, row, middle)
    return Chart(figure, title, _alt(rows), _data(rows), _note(rows), tuple(map(_narrow, rows)))


def _bar(canvas: Axes, row: CountRow, middle: float) -> None:
    look = appearance()
    unit = BAR_WIDTH / row.n_assessed
    top = middle - BAR / 2
    marks.rectangles(canvas, [(NAME_WIDTH, top, BAR_WIDTH, BAR)], look.paper, edge=look.faint)
    counted = [(NAME_WIDTH, top, unit * row.n_counted, BAR)] if row.n_counted else []
    if row.is_valid:
        marks.rectangles(canvas, counted, look.accent)
    else:
        marks.missing(canvas, counted)
    if row.n_asked is not None and row.n_asked <= row.n_assessed:
        x = NAME_WIDTH + unit * float(row.n_asked)
        canvas.plot([x, x], [top - 5, top + BAR + 5], color=look.ink, linewidth=2)


def _figures(canvas: Axes, row: CountRow, middle: float) -> None:
    look = appearance()
    room = look.widths["page"] - TARGET
    for x, text, align in (
        (COUNT, f"{row.n_counted} / {row.n_assessed}", "right"),
        (SHARE, row.share, "right"),
        (TARGET, shortened(row.target or "—", room, look.label_size), "left"),
    ):
        canvas.text(x, middle, text, ha=align, va="center_baseline",
                    fontsize=look.label_size)  # fmt: skip


def _narrow(row: CountRow) -> NarrowRow:
    figures = [f"{row.n_counted} / {row.n_assessed}", row.share]
    if row.target:
        figures.append(_("目标 {target}").format(target=row.target))
    return NarrowRow(
        label=clean(row.label),
        figures=_("，").join(text for text in figures if text != "—"),
        bar=percent(row.n_counted, row.n_assessed),
        target=percent(row.n_asked, row.n_assessed),
    )


def _alt(rows: Sequence[CountRow]) -> str:
    words = _("；").join(
        _("{label} {n} / {total}，目标 {target}").format(
            label=clean(row.label), n=row.n_counted, total=row.n_assessed, target=row.target or "—"
        )
        for row in rows
    )
    return _("条形图，断面数与目标：{words}").format(words=words)


def _data(rows: Sequence[CountRow]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "indicator": [row.label for row in rows],
            "sections": [row.n_counted for row in rows],
            "assessed": [row.n_assessed for row in rows],
            "sections_asked": [
                None if row.n_asked is None else format_number(row.n_asked) for row in rows
            ],
            "target": [row.target for row in rows],
        }
    )


def _note(rows: Sequence[CountRow]) -> str:
    note = _("条长为参评断面，填色为其中的断面数，竖线为目标折合的断面数。")
    if not all(row.is_valid for row in rows):
        note += _("斜纹为参评断面或月份不足，仅供参考。")
    return note
