"""How much of the sewage is treated, scope by scope and year by year, beside the targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
from matplotlib.axes import Axes

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import clean, shortened
from ecoreport.charts.style import add_canvas, appearance, drawing, new_figure
from ecoreport.i18n import _
from ecoreport.numbers import format_number

NAME_WIDTH = 190.0
YEAR_LEFT = 206.0
BAR_LEFT = 262.0
BAR_WIDTH = 380.0
RATE = BAR_LEFT + BAR_WIDTH + 70
SAID = RATE + 24
TOP = 8.0
ROW = 26.0
BAR = 16.0
GAP = 12.0
WHOLE = 100


@dataclass(frozen=True)
class YearRate:
    """The rate of one year, in per cent."""

    year: int
    rate: Decimal
    is_valid: bool = True


@dataclass(frozen=True)
class Scope:
    """One rate over the years, and what is asked of the newest."""

    label: str
    years: Sequence[YearRate]
    target: Decimal | None = None
    said: str = ""
    """Target and verdict in words, beside the newest year."""


def rates_by_scope(scopes: Sequence[Scope], *, title: str) -> Chart:
    """Draw each rate as a part of all sewage, years under each other, the target as a line.

    Parameters
    ----------
    scopes : sequence of Scope
        In the order shown, each with at least one year.
    title : str
        The finding.

    Returns
    -------
    Chart
    """
    height = TOP + sum(ROW * len(one.years) + GAP for one in scopes)
    with drawing():
        figure = new_figure("page", height)
        canvas = add_canvas(figure)
        top = TOP
        for one in scopes:
            _scope(canvas, one, top)
            top += ROW * len(one.years) + GAP
    return Chart(figure, title, _alt(scopes), _data(scopes), _note(scopes))


def _scope(canvas: Axes, scope: Scope, top: float) -> None:
    look = appearance()
    marks.name_row(canvas, scope.label, top + ROW / 2, NAME_WIDTH)
    for place, one in enumerate(scope.years):
        middle = top + ROW * (place + 0.5)
        is_newest = place == len(scope.years) - 1
        canvas.text(YEAR_LEFT, middle, str(one.year), va="center_baseline", color=look.quiet)
        whole = (BAR_LEFT, middle - BAR / 2, BAR_WIDTH, BAR)
        marks.rectangles(canvas, [whole], look.paper, edge=look.faint)
        treated = (BAR_LEFT, middle - BAR / 2, BAR_WIDTH * float(one.rate) / WHOLE, BAR)
        if one.is_valid:
            marks.rectangles(canvas, [treated], look.accent if is_newest else look.accent_tint)
        else:
            marks.missing(canvas, [treated])
        canvas.text(RATE, middle, f"{format_number(one.rate)}%", ha="right", va="center_baseline",
                    fontsize=look.label_size)  # fmt: skip
        if is_newest:
            said = shortened(scope.said, look.widths["page"] - SAID, look.label_size)
            canvas.text(SAID, middle, said, va="center_baseline", fontsize=look.label_size)
    if scope.target is not None:
        x = BAR_LEFT + BAR_WIDTH * float(scope.target) / WHOLE
        ends = [top - 1, top + ROW * len(scope.years) + 1]
        canvas.plot([x, x], ends, color=look.ink, linewidth=2)


def _alt(scopes: Sequence[Scope]) -> str:
    words = [
        _("{label} {values}{said}").format(
            label=clean(one.label),
            values=_("、").join(f"{year.year} {format_number(year.rate)}%" for year in one.years),
            said=_("，{said}").format(said=one.said) if one.said else "",
        )
        for one in scopes
    ]
    return _("条形图，污水处理率：{words}").format(words=_("；").join(words))


def _data(scopes: Sequence[Scope]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "indicator": one.label,
                "year": year.year,
                "rate_percent": format_number(year.rate),
                "target_percent": None if one.target is None else format_number(one.target),
                "is_sufficient": year.is_valid,
            }
            for one in scopes
            for year in one.years
        ]
    )


def _note(scopes: Sequence[Scope]) -> str:
    note = _("条长为全部污水，填色为处理的部分，竖线为目标。城市、城镇、农村口径不同，不能互代。")
    if not all(year.is_valid for one in scopes for year in one.years):
        note += _("斜纹为数据不足，仅供参考。")
    return note
