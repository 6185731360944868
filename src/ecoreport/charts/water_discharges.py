"""What is discharged year by year beside the way from the base year to the target."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ecoreport.charts.changes import Point, years_line
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import clean, shortened
from ecoreport.charts.style import add_axes, add_canvas, appearance, drawing, new_figure, panels
from ecoreport.i18n import _
from ecoreport.numbers import format_number
from ecoreport.standards.rounding import round_half_even

ACROSS = 2
PITCH = 490.0
PANEL_LEFT = 30.0
PANEL_WIDTH = 340.0
PANEL_TOP = 68.0
PANEL_HEIGHT = 92.0
ROW_PITCH = 206.0
ROOM = 0.45
OVER_POINT = 8.0
WHOLE_FROM = 1000
"""Amounts from which decimals are left out."""
DECIMALS = 2


@dataclass(frozen=True)
class Discharge:
    """One pollutant over the years."""

    label: str
    unit: str
    points: Sequence[Point]
    said: str
    """How far it was cut, target and verdict, in words."""
    path: Mapping[int, Decimal] = field(default_factory=dict)
    """Base year and year of the target -> what is to be discharged at most."""


def discharges_with_paths(found: Sequence[Discharge], *, title: str) -> Chart:
    """Draw each pollutant in a panel of its own, the way to its target dashed.

    Parameters
    ----------
    found : sequence of Discharge
        In the order shown, each with at least one point.
    title : str
        The finding.

    Returns
    -------
    Chart
    """
    given = [year for one in found for year in (*(p.year for p in one.points), *one.path)]
    years = range(min(given), max(given) + 1)
    with drawing():
        figure = new_figure("page", ROW_PITCH * math.ceil(len(found) / ACROSS))
        canvas = add_canvas(figure)
        for one, left, top in panels(found, ACROSS, PITCH, ROW_PITCH):
            _head(canvas, one, left, top)
            axes = add_axes(figure, left + PANEL_LEFT, top + PANEL_TOP, PANEL_WIDTH, PANEL_HEIGHT)
            _panel(axes, one, years)
    return Chart(figure, title, _alt(found), _data(found), _note(found))


def _head(canvas: Axes, one: Discharge, left: float, top: float) -> None:
    look = appearance()
    name = _("{label}（{unit}）").format(label=clean(one.label), unit=one.unit)
    room = PITCH - 20
    canvas.text(left, top + 16, shortened(name, room, look.label_size), va="center_baseline",
                fontsize=look.label_size)  # fmt: skip
    canvas.text(left, top + 38, shortened(one.said, room), va="center_baseline", color=look.quiet)


def _panel(axes: Axes, one: Discharge, years: range) -> None:
    look = appearance()
    values = [*(float(point.value) for point in one.points), *map(float, one.path.values())]
    low, high = min(values), max(values)
    margin = (high - low) * ROOM or abs(high) * ROOM or 1.0
    axes.set(xlim=(years[0] - 0.3, years[-1] + 0.3), ylim=(low - margin, high + margin))
    axes.set_xticks(list(years), [str(year) for year in years])
    axes.set_yticks([])
    if len(one.path) > 1:
        ends = sorted(one.path)
        along = [float(one.path[year]) for year in ends]
        axes.plot(ends, along, color=look.accent, linewidth=1.4, dashes=(4, 3))
        axes.plot([ends[-1]], [along[-1]], marker="D", markersize=7, markerfacecolor=look.paper,
                  markeredgecolor=look.accent, markeredgewidth=1.4, linestyle="none")  # fmt: skip
        axes.annotate(
            _("目标 {value}").format(value=_plain(one.path[ends[-1]])), (ends[-1], along[-1]),
            xytext=(10, 0), textcoords="offset points", va="center_baseline", color=look.accent,
            annotation_clip=False,
        )  # fmt: skip
    years_line(axes, one.points, look.ink)
    for point in one.points:
        is_below = _is_below(point, one.path)
        axes.annotate(
            _plain(point.value), (point.year, float(point.value)), ha="center",
            xytext=(0, -OVER_POINT if is_below else OVER_POINT), textcoords="offset points",
            va="top" if is_below else "bottom",
        )  # fmt: skip


def _is_below(point: Point, path: Mapping[int, Decimal]) -> bool:
    """Return whether a value lies below the way: it is named on the side away from that."""
    years = sorted(path)
    if len(years) < 2 or not years[0] < point.year <= years[-1]:
        return False
    return bool(
        float(point.value) < np.interp(point.year, years, [float(path[year]) for year in years])
    )


def _plain(value: Decimal) -> str:
    """Write an amount with as many digits as a change of a per cent needs."""
    return format_number(round_half_even(value, 0 if abs(value) >= WHOLE_FROM else DECIMALS))


def _alt(found: Sequence[Discharge]) -> str:
    words = [
        _("{label} {values}，{said}").format(
            label=clean(one.label),
            values=_("、").join(f"{point.year} {_plain(point.value)}" for point in one.points),
            said=one.said,
        )
        for one in found
    ]
    return _("折线图，排放量（虚线为由基准年到目标的均匀进度）：{words}").format(
        words=_("；").join(words)
    )


def _data(found: Sequence[Discharge]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "pollutant": one.label,
                "unit": one.unit,
                "year": year,
                "value": next((str(p.value) for p in one.points if p.year == year), ""),
                "path": str(one.path[year]) if year in one.path else "",
            }
            for one in found
            for year in sorted({*(point.year for point in one.points), *one.path})
        ]
    )


def _note(found: Sequence[Discharge]) -> str:
    note = _("各图比例尺不同，不从零开始。")
    if any(one.path for one in found):
        note += _("虚线由基准年均匀推进到目标，由本报告推算，不是方案的规定。")
    if not all(point.is_valid for one in found for point in one.points):
        note += _("空心为数据不足，仅供参考。")
    return note
