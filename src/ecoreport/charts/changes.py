"""What changed since last year: some indicators over the years, one panel each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import pandas as pd
from matplotlib.axes import Axes

from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import clean, shortened, text_width, unit
from ecoreport.charts.style import add_axes, add_canvas, appearance, drawing, new_figure, panels
from ecoreport.i18n import _
from ecoreport.numbers import format_number

ACROSS = 3
PITCH = 328.0
PANEL_WIDTH = 240.0
PANEL_INDENT = 18.0
PANEL_TOP = 62.0
PANEL_HEIGHT = 74.0
ROW_PITCH = 180.0
BOTTOM = 6.0
ROOM = 0.25
TARGET_GAP = 22.0
TARGET_ROOM = 44.0
MOST_NAMED = 6


@dataclass(frozen=True)
class Point:
    """One year's value."""

    year: int
    value: Decimal
    basis: str = ""
    """口径: points of different bases are not joined."""
    is_valid: bool = True
    """False: too few data, shown for reference only."""


@dataclass(frozen=True)
class Series:
    """One indicator over the years."""

    label: str
    unit: str
    points: Sequence[Point]
    """Years in order; a year without a value is left out and breaks the line."""
    change: str
    """How the last value changed on the year before, in words."""
    target: Decimal | None = None
    """What is asked of the value, drawn as a line."""
    target_text: str = ""


def indicators_over_years(series: Sequence[Series], *, title: str) -> Chart:
    """Draw each indicator in a panel of its own scale: the slope is what is to be read.

    Parameters
    ----------
    series : sequence of Series
        In the order shown, each with at least one point.
    title : str
        The finding.

    Returns
    -------
    Chart
    """
    years = sorted({point.year for one in series for point in one.points})
    n_rows = math.ceil(len(series) / ACROSS)
    has_targets = any(one.target is not None for one in series)
    width = PANEL_WIDTH - (TARGET_GAP if has_targets else 0)
    with drawing():
        figure = new_figure("page", ROW_PITCH * n_rows + BOTTOM)
        canvas = add_canvas(figure)
        for one, left, top in panels(series, ACROSS, PITCH, ROW_PITCH):
            _head(canvas, one, left, top)
            axes = add_axes(figure, left + PANEL_INDENT, top + PANEL_TOP, width, PANEL_HEIGHT)
            _panel(axes, one, years)
    return Chart(figure, title, _alt(series), _data(series), _note(series))


def _head(canvas: Axes, series: Series, left: float, top: float) -> None:
    look = appearance()
    room = PITCH - 30
    measured = _("（{unit}）").format(unit=unit(series.unit)) if series.unit else ""
    name = shortened(series.label, room - text_width(measured, look.label_size), look.label_size)
    canvas.text(left, top + 14, name + measured, va="center_baseline", fontsize=look.label_size)
    canvas.text(left, top + 34, shortened(series.change, room), va="center_baseline",
                color=look.quiet)  # fmt: skip


def _panel(axes: Axes, series: Series, years: Sequence[int]) -> None:
    look = appearance()
    values = [float(point.value) for point in series.points]
    if series.target is not None:
        values.append(float(series.target))
        _target(axes, float(series.target), series.target_text)
    low, high = min(values), max(values)
    margin = (high - low) * ROOM or abs(high) * ROOM or 1.0
    axes.set(xlim=(years[0] - 0.1, max(years[-1], years[0] + 1) + 0.1))
    axes.set_ylim(low - margin, high + margin)
    years_line(axes, series.points, look.accent)
    ground = {"facecolor": look.paper, "edgecolor": "none", "pad": 0.5}
    named = series.points if len(years) <= MOST_NAMED else [series.points[0], series.points[-1]]
    for point in named:
        axes.annotate(format_number(point.value), (point.year, float(point.value)), xytext=(0, 9),
                      textcoords="offset points", ha="center", annotation_clip=False,
                      bbox=ground)  # fmt: skip
    shown = years if len(years) <= MOST_NAMED else [years[0], years[-1]]
    axes.set_xticks(shown, [str(year) for year in shown])
    axes.set_yticks([])


def years_line(axes: Axes, points: Sequence[Point], colour: str) -> None:
    """Draw years as points, joined where nothing lies between them and their basis is one."""
    for one, following in pairwise(points):
        if one.basis == following.basis and following.year == one.year + 1:
            axes.plot([one.year, following.year], [float(one.value), float(following.value)],
                      color=colour, linewidth=2.0)  # fmt: skip
    for point in points:
        face = colour if point.is_valid else appearance().paper
        axes.plot([point.year], [float(point.value)], marker="o", markersize=7, linestyle="none",
                  markerfacecolor=face, markeredgecolor=colour, markeredgewidth=1.4,
                  clip_on=False)  # fmt: skip


def _target(axes: Axes, height: float, text: str) -> None:
    """Draw the target as a dashed line, named at its right end."""
    look = appearance()
    axes.axhline(height, color=look.ink, linewidth=1.2, dashes=(4, 3), zorder=1)
    axes.annotate(
        shortened(text, TARGET_ROOM), (1, height), xytext=(TARGET_GAP, 0),
        xycoords=("axes fraction", "data"), textcoords="offset points", va="center_baseline",
        annotation_clip=False,
    )  # fmt: skip


def _alt(series: Sequence[Series]) -> str:
    words = _("；").join(
        _("{label} {points}，{change}").format(
            label=clean(one.label),
            points=_("、").join(
                f"{point.year} {format_number(point.value)}" for point in one.points
            ),
            change=one.change,
        )
        for one in series
    )
    return _("分面折线图，各指标逐年的值：{words}").format(words=words)


def _data(series: Sequence[Series]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "indicator": clean(one.label),
                "unit": unit(one.unit),
                "year": point.year,
                "value": point.value,
                "basis": point.basis,
                "is_valid": point.is_valid,
                "target": one.target,
            }
            for one in series
            for point in one.points
        ]
    ).dropna(axis="columns", how="all")


def _note(series: Sequence[Series]) -> str:
    note = _("共 {count} 项，各有自己的尺度；口径不同或缺少年份处断开。").format(count=len(series))
    if any(not point.is_valid for one in series for point in one.points):
        note += _("空心为有效数据不足，仅供参考。")
    return note
