"""Figures beside their targets: which are reached, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
from matplotlib.axes import Axes

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import clean, shortened, text_width, wrapped
from ecoreport.charts.rows import NarrowRow, percent
from ecoreport.charts.style import add_canvas, appearance, drawing, new_figure
from ecoreport.charts.verdicts import draw_marks
from ecoreport.config.presentation import VerdictStyle
from ecoreport.i18n import _
from ecoreport.numbers import THIN_SPACE, format_number

NAME_WIDTH = 226.0
UNIT_LEFT = 240.0
UNIT_WIDTH = 76.0
BAR_LEFT = 324.0
BAR_WIDTH = 280.0
VALUE_RIGHT = 666.0
TARGET_RIGHT = 742.0
BEFORE_RIGHT = 816.0
VERDICT_LEFT = 842.0
COLUMN = 72.0
HEAD = 46.0
ROW = 36.0
BAR = 12.0
BAND = 24.0
LINE = 14.0
WHISKER_DOWN = 7.0
CAP = 3.0
"""Half the height of a whisker's ends; with its stroke it keeps off the bar above."""
CLEAR = 8.0
"""Between words and the middle of a mark: half a dot and air."""
OVER_LARGEST = Decimal("1.15")
WHOLE = Decimal(100)
AT_LEAST = {">=", ">"}
AT_MOST = {"<=", "<"}


@dataclass(frozen=True)
class Row:
    """One figure beside its target, both in one unit."""

    label: str
    unit: str
    value: Decimal | None
    target: Decimal
    operator: str
    """``>=``, ``>``, ``<=``, ``<`` or ``==``: on which side of the target it is reached."""
    target_text: str
    style: VerdictStyle
    verdict: str
    before: Decimal | None = None
    """Last year's value."""
    interval: tuple[Decimal, Decimal] | None = None
    """Between which values the true one lies, where the value is of a sample."""
    is_missed: bool = False
    """Whether the bar is drawn in ink."""
    absent: str = ""
    """Why there is no value, where it is not that nothing was reported."""
    is_valid: bool = True
    """False: too few data, shown for reference only."""

    @property
    def end(self) -> Decimal:
        """End of the row's own scale: of shares of a whole the whole."""
        ends = self.interval or ()
        known = [one for one in (self.value, self.target, self.before, *ends) if one is not None]
        top = max(known)
        if self.unit == "%" and top <= WHOLE:
            return WHOLE
        return top * OVER_LARGEST if top > 0 else Decimal(1)


def figures_beside_targets(
    rows: Sequence[Row], periods: tuple[str, str], *, title: str, target_name: str
) -> Chart:
    """Draw each value as a bar, its target as a tick, and where it is reached as a band.

    Rows have different units, so that each has a scale of its own from nought: shares go to
    100 %, other rows a little beyond the largest of their figures.

    Parameters
    ----------
    rows : sequence of Row
        In the order shown.
    periods : tuple of str
        What the values and those of last year are of: 2018年, 2017年.
    title : str
        The finding.
    target_name : str
        What the targets are called.

    Returns
    -------
    Chart
    """
    with drawing() as look:
        figure = new_figure("page", HEAD + ROW * len(rows) + 6)
        canvas = add_canvas(figure)
        _head(canvas, periods, target_name)
        tops = [HEAD + ROW * position for position in range(len(rows))]
        canvas.hlines(tops, 0, look.widths["page"], color=look.faint, linewidth=0.8)
        for top, row in zip(tops, rows, strict=True):
            middle = top + ROW / 2
            marks.name_row(canvas, row.label, middle, NAME_WIDTH)
            canvas.text(UNIT_LEFT, middle, shortened(row.unit, UNIT_WIDTH), color=look.quiet,
                        va="center_baseline")  # fmt: skip
            _bar(canvas, middle, row)
            _figures(canvas, middle, row)
            _verdict(canvas, middle, row)
    narrow = tuple(_narrow(row, periods[1], target_name) for row in rows)
    return Chart(figure, title, _alt(rows), _data(rows), _note(rows), narrow)


def _head(canvas: Axes, periods: tuple[str, str], target_name: str) -> None:
    look = appearance()
    words = ((VALUE_RIGHT, periods[0]), (TARGET_RIGHT, target_name), (BEFORE_RIGHT, periods[1]))
    for right, text in words:
        label = shortened(text, COLUMN)
        canvas.text(right, HEAD - 12, label, ha="right", color=look.quiet)
    canvas.text(VERDICT_LEFT, HEAD - 12, _("结论"), color=look.quiet)
    y = 12.0
    marks.rectangles(canvas, [(VALUE_RIGHT - 22, y - 5, 22, 10)], look.accent)
    marks.rectangles(canvas, [(TARGET_RIGHT - 16, y - 8, 16, 16)], look.accent_tint)
    _tick(canvas, TARGET_RIGHT - 16, y, 16)
    _dot(canvas, BEFORE_RIGHT - 6, y)


def _tick(canvas: Axes, x: float, middle: float, height: float) -> None:
    ends = [middle - height / 2, middle + height / 2]
    canvas.plot([x, x], ends, color=appearance().ink, linewidth=2, zorder=3)


def _dot(canvas: Axes, x: float, y: float) -> None:
    look = appearance()
    canvas.plot(
        [x], [y], marker="o", markersize=8, markerfacecolor=look.paper,
        markeredgecolor=look.ink, markeredgewidth=1.4, linestyle="none", zorder=4,
    )  # fmt: skip


def _bar(canvas: Axes, middle: float, row: Row) -> None:
    look = appearance()
    _band(canvas, middle, row)
    if row.value is None:
        words = _absent(row)
        canvas.text(
            _beside_marks(row, text_width(words)),
            middle,
            words,
            va="center_baseline",
            color=look.quiet,
        )
    elif row.value > 0:
        box = (BAR_LEFT, middle - BAR / 2, _place(row, row.value) - BAR_LEFT, BAR)
        if row.is_valid:
            marks.rectangles(canvas, [box], look.ink if row.is_missed else look.accent)
        else:
            marks.missing(canvas, [box])
    canvas.plot([BAR_LEFT] * 2, [middle - BAND / 2, middle + BAND / 2], color=look.quiet,
                linewidth=0.8)  # fmt: skip
    _tick(canvas, _place(row, row.target), middle, BAND)
    if row.before is not None and row.before >= 0:
        _dot(canvas, _place(row, row.before), middle)
    if row.interval is not None:
        _interval(canvas, [_place(row, one) for one in row.interval], middle)


def _beside_marks(row: Row, width: float) -> float:
    """Return where words of `width` begin that neither the target's tick nor the dot crosses."""
    left = BAR_LEFT + CLEAR
    known = (row.target, row.before if row.before is None or row.before >= 0 else None)
    for mark in sorted(_place(row, one) for one in known if one is not None):
        if left - CLEAR < mark < left + width + CLEAR:
            left = mark + CLEAR
    return left


def _interval(canvas: Axes, ends: Sequence[float], middle: float) -> None:
    """Draw what a sample leaves open below the bar, where it touches neither bar nor dot."""
    look, y = appearance(), middle + BAR / 2 + WHISKER_DOWN
    canvas.plot(ends, [y, y], color=look.ink, linewidth=1.4, zorder=5)
    for end in ends:
        canvas.plot([end, end], [y - CAP, y + CAP], color=look.ink, linewidth=1.4, zorder=5)


def _band(canvas: Axes, middle: float, row: Row) -> None:
    """Draw where the target is reached: above it, below it, or nowhere but at it."""
    target, end = _place(row, row.target), BAR_LEFT + BAR_WIDTH
    left, right = target, target
    if row.operator in AT_LEAST:
        right = end
    elif row.operator in AT_MOST:
        left = BAR_LEFT
    if right > left:
        box = (left, middle - BAND / 2, right - left, BAND)
        marks.rectangles(canvas, [box], appearance().accent_tint)


def _place(row: Row, value: Decimal) -> float:
    return BAR_LEFT + BAR_WIDTH * float(max(Decimal(0), value) / row.end)


def _figures(canvas: Axes, middle: float, row: Row) -> None:
    look = appearance()
    for right, text, colour in (
        (VALUE_RIGHT, _written(row.value), look.ink),
        (TARGET_RIGHT, row.target_text, look.quiet),
        (BEFORE_RIGHT, _written(row.before), look.quiet),
    ):
        canvas.text(right, middle, text, ha="right", va="center_baseline", color=colour,
                    fontsize=look.label_size)  # fmt: skip


def _written(value: Decimal | None) -> str:
    return "—" if value is None else format_number(value)


def _absent(row: Row) -> str:
    return row.absent or _("无数据")


def _with_unit(row: Row) -> str:
    """Write a value with its unit: per cent directly behind it, others after a thin space."""
    if row.value is None:
        return _absent(row)
    space = "" if row.unit in {"", "%"} else THIN_SPACE
    return f"{_written(row.value)}{space}{row.unit}"


def _verdict(canvas: Axes, middle: float, row: Row) -> None:
    look = appearance()
    draw_marks(canvas, [(VERDICT_LEFT + 6, middle)], row.style)
    lines = wrapped(row.verdict, look.widths["page"] - VERDICT_LEFT - 18, 2)
    for line, words in enumerate(lines):
        offset = (line - (len(lines) - 1) / 2) * LINE
        canvas.text(VERDICT_LEFT + 18, middle + offset, words, va="center_baseline")


def _narrow(row: Row, period_before: str, target_name: str) -> NarrowRow:
    figures = [_with_unit(row), f"{target_name} {row.target_text}"]
    if row.before is not None:
        figures.append(f"{period_before} {_written(row.before)}")
    return NarrowRow(
        label=clean(row.label),
        figures=_("，").join(figures),
        verdict=row.verdict,
        style=row.style,
        bar=percent(row.value, row.end),
        target=percent(row.target, row.end),
        is_missed=row.is_missed,
    )


def _alt(rows: Sequence[Row]) -> str:
    words = _("；").join(
        _("{label} {value}，目标{target}，{verdict}").format(
            label=clean(row.label),
            value=_with_unit(row),
            target=row.target_text,
            verdict=row.verdict,
        )
        for row in rows
    )
    return _("条形图，各项数值与目标：{words}").format(words=words)


def _data(rows: Sequence[Row]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "indicator": [clean(row.label) for row in rows],
            "unit": [row.unit for row in rows],
            "value": [row.value for row in rows],
            "operator": [row.operator for row in rows],
            "target": [row.target for row in rows],
            "last_year": [row.before for row in rows],
            "low": [row.interval[0] if row.interval else None for row in rows],
            "high": [row.interval[1] if row.interval else None for row in rows],
            "verdict": [row.verdict for row in rows],
        }
    ).dropna(axis="columns", how="all")


def _note(rows: Sequence[Row]) -> str:
    valued = sum(row.value is not None for row in rows)
    note = _("共 {count} 项，有值 {valued} 项。").format(count=len(rows), valued=valued)
    note += _("百分率以0–100%为全长，其余各行各有尺度；浅色为达到目标的范围。")
    if any(row.interval for row in rows):
        note += _("条下的细线为抽样的误差范围。")
    if any(row.is_missed for row in rows):
        note += _("深色条为未达到目标。")
    return note
