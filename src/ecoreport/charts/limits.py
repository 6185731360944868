"""Annual values beside their limits: are they within, and by how much."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

import pandas as pd
from matplotlib.axes import Axes

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import clean, number, shortened, wrapped
from ecoreport.charts.style import add_canvas, appearance, drawing, new_figure
from ecoreport.i18n import _

LABEL_WIDTH = 180.0
UNIT_RIGHT = 232.0
BAR_LEFT = 248.0
BAR_WIDTH = 334.0
FIRST_COLUMN = 666.0
COLUMN = 73.0
HEAD = 60.0
HEAD_LINES = 2
HEAD_LINE = 14.0
ROW = 34.0
BAR = 14.0
NARROWEST_SCALE = 120.0
TARGET_COLUMN = 4
WIDEST_SCALE = 300.0


@dataclass(frozen=True)
class Row:
    """One annual statistic beside its limit, all in one unit."""

    label: str
    unit: str
    decimals: int
    """Decimals that the standard asks of the value."""
    value: Decimal | float | None
    limit: Decimal | float
    target: Decimal | float | None = None
    """What the plan asks for, where it does."""
    last_year: Decimal | float | None = None
    is_valid: bool = True
    """False: too few data, the value is shown for reference only."""

    def percent(self, value: Decimal | float | None) -> float | None:
        """Return a value in percent of the limit, None where it is missing."""
        if value is None or math.isnan(value):
            return None
        return 100 * float(value) / float(self.limit)


def values_against_limits(
    rows: Sequence[Row],
    periods: tuple[str, str],
    *,
    title: str,
    limit_name: str,
    target_name: str,
) -> Chart:
    """Draw each value as a bar of its limit, with the plan's target and last year's value.

    Rows have different units: all bars share one scale on which the limit is 100 %. The head of
    the columns of figures shows the mark that stands for each. What goes beyond three times the
    limit is cut there with an arrow; its figures stand in the columns.

    Parameters
    ----------
    rows : sequence of Row
        In the order shown.
    periods : tuple of str
        What the values and those of last year are of: 2018年, 2017年.
    title : str
        The finding.
    limit_name, target_name : str
        What limit and target are called, e.g. 二级限值, 规划目标.

    Returns
    -------
    Chart
    """
    has_target = any(row.target is not None for row in rows)
    heads = [periods[0], _("占限值"), periods[1], limit_name]
    heads += [target_name] if has_target else []
    scale = BAR_WIDTH / _largest(rows)
    with drawing() as look:
        bottom = HEAD + ROW * len(rows)
        figure = new_figure("page", bottom + 8)
        canvas = add_canvas(figure)
        _head(canvas, heads)
        _limit_line(canvas, BAR_LEFT + 100 * scale, bottom, limit_name)
        for position, row in enumerate(rows):
            middle = HEAD + ROW * (position + 0.5)
            _name(canvas, middle, row)
            _bar(canvas, middle, row, scale)
            for value, shape in ((row.target, "D"), (row.last_year, "o")):
                if (share := row.percent(value)) is not None:
                    _point(canvas, BAR_LEFT + min(share * scale, BAR_WIDTH), middle, shape)
            _figures(canvas, middle, row, len(heads))
        canvas.plot([BAR_LEFT, BAR_LEFT], [HEAD, bottom], color=look.quiet, linewidth=0.8)
    data = pd.DataFrame(
        [asdict(row) | {"percent_of_limit": row.percent(row.value)} for row in rows]
    )
    return Chart(figure, title, _alt(rows), data, _note(rows))


def _largest(rows: Sequence[Row]) -> float:
    """Return the end of the scale in percent of the limit."""
    shares = [
        row.percent(value) for row in rows for value in (row.value, row.target, row.last_year)
    ]
    return min(WIDEST_SCALE, max([NARROWEST_SCALE, *(one for one in shares if one is not None)]))


def _head(canvas: Axes, heads: Sequence[str]) -> None:
    look = appearance()
    for column, label in enumerate(heads):
        right = FIRST_COLUMN + COLUMN * column
        for line, words in enumerate(wrapped(label, COLUMN - 8, HEAD_LINES)):
            baseline = HEAD - 26 + HEAD_LINE * line
            canvas.text(right, baseline, words, ha="right", color=look.quiet)
    y = HEAD - 48
    value, last_year, limit = (FIRST_COLUMN + COLUMN * column for column in (0, 2, 3))
    marks.rectangles(canvas, [(value - 20, y - 5, 20, 10)], look.accent)
    _point(canvas, last_year - 5, y, "o")
    canvas.plot([limit - 4, limit - 4], [y - 7, y + 7], color=look.ink, linewidth=1.6)
    if len(heads) > TARGET_COLUMN:
        _point(canvas, FIRST_COLUMN + COLUMN * TARGET_COLUMN - 6, y, "D")


def _point(canvas: Axes, x: float, y: float, shape: str) -> None:
    look = appearance()
    canvas.plot(
        [x], [y], marker=shape, markersize=8, markerfacecolor=look.paper,
        markeredgecolor=look.ink, markeredgewidth=1.4, linestyle="none", zorder=4,
    )  # fmt: skip


def _limit_line(canvas: Axes, x: float, bottom: float, name: str) -> None:
    look = appearance()
    canvas.plot([x, x], [HEAD - 6, bottom], color=look.ink, linewidth=1.6, zorder=3)
    label = _("{name} = 100%").format(name=shortened(name, 120))
    canvas.text(x, HEAD - 12, label, ha="center", va="baseline")


def _name(canvas: Axes, middle: float, row: Row) -> None:
    look = appearance()
    marks.name_row(canvas, row.label, middle, LABEL_WIDTH)
    unit = shortened(row.unit, UNIT_RIGHT - LABEL_WIDTH)
    canvas.text(UNIT_RIGHT, middle, unit, ha="right", va="center_baseline", color=look.quiet)


def _bar(canvas: Axes, middle: float, row: Row, scale: float) -> None:
    look = appearance()
    share = row.percent(row.value)
    if share is None:
        # Right of the marks of other years, which stand where the bar would.
        others = [row.percent(value) or 0 for value in (row.target, row.last_year)]
        left = BAR_LEFT + min(max(others) * scale, BAR_WIDTH) + 10
        canvas.text(left, middle, _("无有效数据"), va="center_baseline", color=look.quiet)
        return
    top = middle - BAR / 2
    length = min(share * scale, BAR_WIDTH)
    if not row.is_valid:
        marks.missing(canvas, [(BAR_LEFT, top, length, BAR)])
    else:
        within = min(length, 100 * scale)
        marks.rectangles(canvas, [(BAR_LEFT, top, within, BAR)], look.accent)
        if length > within:
            marks.rectangles(canvas, [(BAR_LEFT + within, top, length - within, BAR)], look.ink)
    if share * scale > BAR_WIDTH:
        end = BAR_LEFT + BAR_WIDTH
        canvas.plot([end - 7], [middle], marker=">", color=look.paper, markersize=8, zorder=4)


def _figures(canvas: Axes, middle: float, row: Row, n_columns: int) -> None:
    look = appearance()
    share = row.percent(row.value)
    figures = (
        number(row.value, row.decimals),
        "—" if share is None else f"{number(share, 0)}%",
        number(row.last_year, row.decimals),
        number(row.limit, row.decimals),
        number(row.target, row.decimals),
    )
    for column, text in enumerate(figures[:n_columns]):
        colour = look.ink if column < 2 else look.quiet
        canvas.text(
            FIRST_COLUMN + COLUMN * column, middle, text, ha="right", va="center_baseline",
            color=colour, fontsize=look.label_size,
        )  # fmt: skip


def _alt(rows: Sequence[Row]) -> str:
    sentences = [
        _("{label} {value} {unit}，限值 {limit}").format(
            label=clean(row.label),
            value=number(row.value, row.decimals),
            unit=row.unit,
            limit=number(row.limit, row.decimals),
        )
        for row in rows
    ]
    return _("条形图，各项统计值与限值之比：{values}").format(values=_("；").join(sentences))


def _note(rows: Sequence[Row]) -> str:
    valued = [row for row in rows if row.percent(row.value) is not None]
    note = _("共 {count} 项，有值 {valued} 项。").format(count=len(rows), valued=len(valued))
    doubtful = [clean(row.label) for row in valued if not row.is_valid]
    if doubtful and len(doubtful) == len(valued):
        note += _("各项有效数据均不足（斜纹），数值仅供参考。")
    elif doubtful:
        note += _("斜纹为有效数据不足，数值仅供参考：{labels}。").format(
            labels=_("、").join(doubtful)
        )
    return note
