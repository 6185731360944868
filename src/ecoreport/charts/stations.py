"""Station by station: which one drives the district's value."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import (
    clean,
    column_decimals,
    column_symbol,
    column_unit,
    months,
    number,
    shortened,
)
from ecoreport.charts.style import add_axes, add_canvas, appearance, drawing, new_figure
from ecoreport.i18n import _
from ecoreport.standards.rounding import exact_mean, round_half_even

WIDEST_PANEL = 420.0
PANEL_GAP = 32.0
PANEL_HEIGHT = 104.0
ROW_PITCH = 164.0
LEFT = 40.0
TOP = 62.0
PANELS_ACROSS = 4
MONTHS_NAMED = (1, 4, 7, 10)
HEADROOM = 1.12

LABEL_WIDTH = 160.0
DOT_ROW = 26.0
DOT_TOP = 46.0
VALUE_RIGHT = 630.0


@dataclass(frozen=True)
class Place:
    """A station's value of the period, as it was observed."""

    label: str
    value: Decimal | None
    """Rounded as published; None where there is none."""
    days: int
    """Valid days behind it."""
    is_valid: bool = True
    """False: too few days, shown for reference only."""
    code: str = ""
    """What the station is called in frames."""


def station_monthly_means(
    station_daily: pd.DataFrame, column: str, days_needed: Mapping[int, int]
) -> pd.DataFrame:
    """Return monthly means of each station as they are published.

    Parameters
    ----------
    station_daily : pandas.DataFrame
        ``station``, ``date`` and `column`, one year.
    column : str
        A canonical column of days, e.g. ``pm25_ug_m3``.
    days_needed : mapping
        Month -> valid days that a monthly mean needs.

    Returns
    -------
    pandas.DataFrame
        Months 1 to 12 (rows) by station: exact means, rounded once (GB/T 8170); missing where a
        month has too few valid days.
    """
    # Unlike pivot_table, pivot refuses a station that has a day twice.
    wide = station_daily.pivot(index="date", columns="station", values=column)  # noqa: PD010
    return _monthly(wide.astype(float), days_needed, column_decimals(column))


def station_multiples(
    station_daily: pd.DataFrame,
    own: pd.Series[float],
    places: Sequence[Place],
    column: str,
    *,
    title: str,
    mean_name: str,
    days_needed: Mapping[int, int],
    as_of: dt.date | None = None,
) -> Chart:
    """Draw monthly means of each station, highest first, with the district's own in each panel.

    Parameters
    ----------
    station_daily : pandas.DataFrame
        ``station``, ``date`` and `column`, one year.
    own : pandas.Series
        The district's own daily values on a DatetimeIndex.
    places : sequence of Place
        The stations by ``code``, with the value of the period that each panel is named with.
    column : str
        A canonical column of days, e.g. ``pm25_ug_m3``.
    title : str
        The finding.
    mean_name : str
        What the stations' values are, e.g. PM₂.₅年均浓度.
    days_needed : mapping
        Month -> valid days that a monthly mean needs; a month with fewer is hatched.
    as_of : datetime.date, optional
        Last day with data; months to come are left empty.

    Returns
    -------
    Chart
    """
    ranked = _highest_first(places)
    codes = [place.code for place in ranked]
    monthly = station_monthly_means(station_daily, column, days_needed).reindex(columns=codes)
    own_days = own.astype(float).to_frame("own")
    own_monthly = _monthly(own_days, days_needed, column_decimals(column))["own"]
    highest = np.nanmax([0.0, *monthly.to_numpy().ravel(), *own_monthly])
    top = float(highest) * HEADROOM or 1.0
    columns = max(1, min(PANELS_ACROSS, len(ranked)))
    rows = math.ceil(len(ranked) / columns)
    begun = as_of.month if as_of else 12
    with drawing() as look:
        pitch = min(WIDEST_PANEL, (look.widths["page"] - LEFT + PANEL_GAP) / columns)
        figure = new_figure("page", TOP + ROW_PITCH * max(rows, 1) - 32)
        _key(add_canvas(figure), column)
        for position, place in enumerate(ranked):
            row, across = divmod(position, columns)
            left, upper = LEFT + pitch * across, TOP + ROW_PITCH * row
            axes = add_axes(figure, left, upper, pitch - PANEL_GAP, PANEL_HEIGHT)
            axes.set(xlim=(0.5, 12.5), ylim=(0, top))
            mean = _("均值 {value}").format(value=number(place.value, column_decimals(column)))
            _name_panel(axes, place.label, mean, pitch - PANEL_GAP)
            _panel(axes, monthly[place.code], own_monthly, begun, is_first=across == 0)
    named = monthly.rename(columns={place.code: place.label for place in ranked})
    return Chart(
        figure, title, _multiples_alt(ranked, column, mean_name),
        named.assign(own=own_monthly).rename_axis("month").reset_index(),
        _multiples_note(ranked, mean_name),
    )  # fmt: skip


def stations_against_limit(
    places: Sequence[Place],
    limit: marks.Line,
    own: marks.Line,
    column: str,
    *,
    title: str,
    mean_name: str,
) -> Chart:
    """Draw each station's value as a dot beside the limit and the district's own value.

    Parameters
    ----------
    places : sequence of Place
    limit, own : Line
        Limit and the district's own value, each with its name; NaN where there is none.
    column : str
        A canonical column of days: it says the unit and the decimals.
    title : str
        The finding.
    mean_name : str
        What the stations' values are, e.g. PM₂.₅年均浓度.

    Returns
    -------
    Chart
    """
    decimals = column_decimals(column)
    ranked = _highest_first(places)
    lines = [line for line in (limit, own) if not math.isnan(line.value)]
    values = [float(place.value) for place in ranked if place.value is not None]
    top = max([0.0, *values, *(line.value for line in lines)]) * HEADROOM or 1.0
    height = DOT_ROW * len(ranked)
    with drawing() as look:
        figure = new_figure("text", DOT_TOP + height + 24)
        width = VALUE_RIGHT - 66 - LABEL_WIDTH
        axes = add_axes(figure, LABEL_WIDTH, DOT_TOP, width, height)
        axes.set(xlim=(0, top), ylim=(len(ranked), 0))
        _named_lines(axes, lines, decimals)
        for row, place in enumerate(ranked):
            _place(axes, row + 0.5, place, (VALUE_RIGHT - LABEL_WIDTH) / width, decimals)
        axes.set_yticks([])
        axes.locator_params(axis="x", nbins=6)
        axes.hlines(np.arange(len(ranked)) + 0.5, 0, top, color=look.faint, linewidth=0.8,
                    zorder=0)  # fmt: skip
        axes.text(1 + 66 / width, 0, column_unit(column), transform=axes.transAxes, ha="right",
                  va="top", color=look.quiet)  # fmt: skip
    words = _("、").join(f"{clean(one.label)} {number(one.value, decimals)}" for one in ranked)
    return Chart(
        figure,
        title,
        _("点图，各点位{mean}（{unit}）：{words}；{limit} {value}").format(
            mean=mean_name, unit=column_unit(column), words=words,
            limit=limit.name, value=f"{limit.value:g}",
        ),
        pd.DataFrame([vars(place) for place in ranked]).drop(columns="code"),
        _("有效天数：{days}。空心为有效数据不足，仅供参考。").format(
            days=_("、").join(f"{clean(place.label)} {place.days}" for place in ranked)
        ),
    )  # fmt: skip


def _highest_first(places: Sequence[Place]) -> list[Place]:
    """Return places by value, those without one last."""
    return sorted(places, key=lambda place: math.inf if place.value is None else -place.value)


def _monthly(daily: pd.DataFrame, days_needed: Mapping[int, int], decimals: int) -> pd.DataFrame:
    """Return means by month (1 to 12), rounded once, missing where valid days are too few."""

    def mean(days: pd.Series[float]) -> float:
        known = days.dropna()
        if known.empty or len(known) < needed[int(pd.Timestamp(known.index[0]).month)]:
            return math.nan
        return float(round_half_even(exact_mean(known), decimals))

    needed = dict(days_needed)
    groups = daily.groupby(pd.DatetimeIndex(daily.index).month)
    return groups.agg(mean).astype(float).reindex(range(1, 13))


def _key(canvas: Axes, column: str) -> None:
    look = appearance()
    head = _("{pollutant} 月均值，{unit}").format(
        pollutant=column_symbol(column), unit=column_unit(column)
    )
    canvas.text(0, 14, head, va="center_baseline", color=look.quiet)
    for left, colour, width, label in (
        (200, look.accent, 2.4, _("本点位")),
        (300, look.course, 1.6, _("全区")),
    ):
        canvas.plot([left, left + 24], [14, 14], color=colour, linewidth=width)
        canvas.text(left + 30, 14, label, va="center_baseline", color=look.ink)


def _panel(
    axes: Axes, values: pd.Series[float], own: pd.Series[float], begun: int, *, is_first: bool
) -> None:
    """Draw one station's months; those after the `begun` ones are still to come."""
    look = appearance()
    top = axes.get_ylim()[1]
    marks.missing(axes, marks.gaps(values.isna().to_numpy()[:begun], top, first=0.5))
    axes.plot(own.index, own, color=look.course, linewidth=1.6)
    axes.plot(values.index, values, color=look.accent, linewidth=2.4, marker="o", markersize=3)
    names = months()
    axes.set_xticks(MONTHS_NAMED, [names[month - 1] for month in MONTHS_NAMED])
    axes.locator_params(axis="y", nbins=3)
    axes.grid(axis="y")
    if not is_first:
        axes.tick_params(axis="y", labelleft=False)


def _name_panel(axes: Axes, name: str, mean: str, width: float) -> None:
    look = appearance()
    for x, align, text in ((0, "left", shortened(name, width - 80)), (1, "right", mean)):
        axes.annotate(
            text, (x, 1), xycoords="axes fraction", xytext=(0, 8), textcoords="offset points",
            ha=align, fontsize=look.label_size if align == "left" else look.text_size,
        )  # fmt: skip


def _named_lines(axes: Axes, lines: Sequence[marks.Line], decimals: int) -> None:
    """Draw limit and own value and name them above, the one further left to the left."""
    look = appearance()
    looks = ((look.ink, (4, 3)), (look.accent, (None, None)))
    rising = sorted(zip(lines, looks, strict=False), key=lambda pair: pair[0].value)
    for (line, (colour, dashes)), align in zip(rising, ("right", "left"), strict=False):
        axes.axvline(line.value, color=colour, linewidth=1.4, dashes=dashes, zorder=1)
        label = f"{line.name} {number(line.value, decimals)}"
        shift = -4 if align == "right" else 4
        axes.annotate(label, (line.value, 0), xytext=(shift, 10), textcoords="offset points",
                      ha=align, color=colour, annotation_clip=False)  # fmt: skip


def _place(axes: Axes, row: float, place: Place, right: float, decimals: int) -> None:
    look = appearance()
    across = axes.get_yaxis_transform()
    label = shortened(place.label, LABEL_WIDTH - 12, look.label_size)
    axes.text(-0.02, row, label, transform=across, ha="right", va="center_baseline",
              fontsize=look.label_size)  # fmt: skip
    value = number(place.value, decimals) if place.value is not None else _("无有效数据")
    axes.text(right, row, value, transform=across, ha="right", va="center_baseline",
              fontsize=look.label_size if place.value is not None else look.text_size)  # fmt: skip
    if place.value is not None:
        face = look.ink if place.is_valid else look.paper
        axes.plot([float(place.value)], [row], marker="o", markersize=9, markerfacecolor=face,
                  markeredgecolor=look.ink, markeredgewidth=1.4, clip_on=False)  # fmt: skip


def _multiples_alt(ranked: Sequence[Place], column: str, mean_name: str) -> str:
    words = _("、").join(
        f"{clean(place.label)} {number(place.value, column_decimals(column))}" for place in ranked
    )
    return _("分面折线图，各点位{pollutant}月均值，由高到低。{mean}（{unit}）：{words}").format(
        pollutant=column_symbol(column), mean=mean_name, unit=column_unit(column), words=words
    )


def _multiples_note(ranked: Sequence[Place], mean_name: str) -> str:
    days = _("、").join(
        _("{station} {days}天").format(station=clean(place.label), days=place.days)
        for place in ranked
    )
    note = _("均值为{mean}，有效天数：{stations}。斜纹为有效天数不足的月份。").format(
        mean=mean_name, stations=days
    )
    doubtful = [clean(one.label) for one in ranked if one.value is not None and not one.is_valid]
    if doubtful:
        note += _("有效数据不足，均值仅供参考：{labels}。").format(labels=_("、").join(doubtful))
    return note
