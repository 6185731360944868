"""The course of the year, of the day and of the week."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import (
    column_decimals,
    column_symbol,
    column_unit,
    day,
    least_to_most,
    months,
    number,
    weekdays,
)
from ecoreport.charts.style import WidthName, add_axes, appearance, drawing, new_figure
from ecoreport.i18n import _
from ecoreport.standards.rounding import round_half_even

LEFT = 44.0
TOP = 32.0
RIGHT: dict[WidthName, float] = {"page": 136.0, "text": 100.0}
HEIGHT = 240.0
BOTTOM = 28.0
DOT = 4.4
# Above the highest value there is room for its label.
HEADROOM = 1.12
OVER_POINT = 7
# A value this many times above the 99th percentile would press all others to the ground.
OUT_OF_SCALE = 3.0
HOURS_NAMED = (1, 4, 8, 12, 16, 20, 24)


def daily_course(
    daily: pd.DataFrame,
    column: str,
    year: int,
    *,
    title: str,
    limit: marks.Line,
    exceeds: pd.Series[bool],
    as_of: dt.date | None = None,
) -> Chart:
    """Draw the daily values of one pollutant, their running mean, and the days over the limit.

    Days without a value are hatched and break the line. The running mean is drawn only where its
    window holds enough valid days. Values far out of scale are cut, marked and named.

    Parameters
    ----------
    daily : pandas.DataFrame
        One place on a DatetimeIndex: its days as they are published.
    column : str
        A canonical column, e.g. ``pm25_ug_m3``; its unit is the limit's.
    year : int
    title : str
        The finding.
    limit : Line
        Limit of a day's value, e.g. 75, 二级日均限值.
    exceeds : pandas.Series
        On the same days, nullable booleans: whether a day was counted as above the limit.
    as_of : datetime.date, optional
        Last day with data.

    Returns
    -------
    Chart
    """
    calendar = pd.date_range(f"{year}-01-01", f"{year}-12-31", name="date")
    values = daily[column].astype(float).reindex(calendar)
    due = calendar <= pd.Timestamp(as_of or calendar[-1])
    window = appearance().running_mean
    mean = values.rolling(window.days, center=True, min_periods=window.days_needed).mean()
    mean = mean.where(due)
    is_over = exceeds.astype("boolean").reindex(calendar)
    top = _top_of_scale(values, limit.value)
    ceiling = top / HEADROOM
    over, cut = values[is_over.fillna(False)], values[values > ceiling]
    with drawing() as look:
        figure, axes = _axes("page", top)
        axes.set(xlim=(0, len(calendar)))
        x = pd.Series(np.arange(len(calendar)) + 0.5, index=calendar)
        marks.missing(axes, marks.gaps(values.isna().to_numpy() & due, top))
        axes.plot(x, values.clip(upper=ceiling), color=look.course, linewidth=1)
        axes.plot(x, mean, color=look.accent, linewidth=2.4)
        axes.axhline(limit.value, color=look.ink, linewidth=1.2, dashes=(4, 3))
        within = over[over <= ceiling]
        marks.dots(axes, zip(x[within.index], within, strict=True), look.ink, diameter=DOT)
        axes.plot(x[cut.index], [ceiling] * len(cut), "^", color=look.ink, markersize=7)
        _name_month_ticks(axes, calendar)
        _name_lines(axes, mean, int(due.sum()), limit, top)
        _name_largest(axes, values, column, ceiling)
        head = _("{pollutant} 日评价值，{unit}；黑点为超标日，共{days}天").format(
            pollutant=column_symbol(column), unit=column_unit(column), days=len(over)
        )
        marks.head(axes, head, LEFT - 12)
    data = pd.DataFrame({column: values, "running_mean": mean, "exceeds": is_over})[due]
    alt = _course_alt(column, year, values, len(over))
    return Chart(figure, title, alt, data.reset_index(), _course_note(values[due], len(cut)))


def diurnal_course(hourly: pd.DataFrame, column: str, *, title: str) -> Chart:
    """Draw the mean of each hour of the day, with the band that holds the middle half of days.

    Parameters
    ----------
    hourly : pandas.DataFrame
        ``station``, ``date``, ``hour`` (1 to 24, the hour's end) and `column`. Stations are
        averaged hour by hour first.
    column : str
        A canonical column of hours, e.g. ``o3_ug_m3``.
    title : str
        The finding.

    Returns
    -------
    Chart
    """
    statistics = diurnal_statistics(hourly, column)
    head = _("{pollutant} 各时平均，{unit}；横轴为小时（止）").format(
        pollutant=column_symbol(column, "hour"), unit=column_unit(column, "hour")
    )
    ticks = {hour: str(hour) for hour in HOURS_NAMED}
    return _cycle(statistics, title, head, ticks, column_decimals(column, "hour"))


def weekly_course(daily: pd.DataFrame, column: str, *, title: str) -> Chart:
    """Draw the mean of each day of the week, with the band that holds the middle half of days.

    Parameters
    ----------
    daily : pandas.DataFrame
        One place on a DatetimeIndex.
    column : str
        A canonical column of days, e.g. ``no2_ug_m3``.
    title : str
        The finding.

    Returns
    -------
    Chart
    """
    statistics = weekly_statistics(daily, column)
    head = _("{pollutant} 日评价值的各日平均，{unit}").format(
        pollutant=column_symbol(column), unit=column_unit(column)
    )
    ticks = dict(enumerate(weekdays(), 1))
    return _cycle(statistics, title, head, ticks, column_decimals(column))


def diurnal_statistics(hourly: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return days, mean and quartiles of each hour, stations averaged hour by hour first.

    Parameters
    ----------
    hourly, column
        As in `diurnal_course`.

    Returns
    -------
    pandas.DataFrame
        By ``hour`` (1 to 24): ``days``, ``mean``, ``lower_quartile``, ``upper_quartile``.
    """
    place = hourly.groupby(["date", "hour"])[[column]].mean().dropna().reset_index()
    return _statistics(place["hour"], place[column], range(1, 25))


def weekly_statistics(daily: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the same of each day of the week, by ``weekday`` (1 is Monday).

    Parameters
    ----------
    daily, column
        As in `weekly_course`.
    """
    values = daily[column].dropna()
    weekday = pd.Series(
        pd.DatetimeIndex(values.index).day_of_week + 1, values.index, name="weekday"
    )
    return _statistics(weekday, values, range(1, 8))


def extremes(statistics: pd.DataFrame, decimals: int) -> tuple[list[int], list[int]]:
    """Return the steps of a cycle with the highest and with the lowest mean.

    Parameters
    ----------
    statistics : pandas.DataFrame
        As `diurnal_statistics` and `weekly_statistics` give it.
    decimals : int
        Means that are alike when rounded so share the place.
    """
    shown = round_half_even(statistics["mean"].dropna().astype(float), decimals)
    return (
        [int(str(step)) for step in shown.index[shown == shown.max()]],
        [int(str(step)) for step in shown.index[shown == shown.min()]],
    )


def _statistics(step: pd.Series[int], values: pd.Series[float], steps: range) -> pd.DataFrame:
    """Return days, mean and quartiles for each step of a cycle."""
    described = values.astype(float).groupby(step).describe()
    columns = {"count": "days", "mean": "mean", "25%": "lower_quartile", "75%": "upper_quartile"}
    statistics = described.reindex(columns=list(columns)).rename(columns=columns)
    return statistics.reindex(pd.RangeIndex(steps.start, steps.stop, name=step.name))


def _cycle(
    statistics: pd.DataFrame, title: str, head: str, ticks: dict[int, str], decimals: int
) -> Chart:
    """Draw a recurring course: the mean, and a band from quartile to quartile."""
    data = statistics.astype(float)
    x = data.index.to_numpy()
    highest = np.nanmax([0.0, *data["upper_quartile"], *data["mean"]])
    top = float(highest) * HEADROOM or 1.0
    with drawing() as look:
        figure, axes = _axes("text", top)
        axes.set(xlim=(x[0] - 0.5, x[-1] + 0.5))
        axes.set_xticks(list(ticks), list(ticks.values()))
        axes.fill_between(
            x, data["lower_quartile"], data["upper_quartile"], color=look.accent_tint, linewidth=0
        )
        axes.plot(x, data["mean"], color=look.accent, linewidth=2.4)
        if len(known := data.dropna()):
            last = known.iloc[-1]
            labels = [
                (float(last["upper_quartile"]), _("上四分位"), look.quiet),
                (float(last["mean"]), _("平均"), look.accent),
                (float(last["lower_quartile"]), _("下四分位"), look.quiet),
            ]
            marks.end_labels(axes, labels, x[-1] + 0.5, HEIGHT / top)
        else:
            marks.no_data(axes)
        marks.head(axes, head, LEFT - 12)
    return Chart(
        figure,
        title,
        _cycle_alt(head, data, ticks, decimals),
        data.reset_index(),
        _cycle_note(data),
    )


def _axes(width: WidthName, top: float) -> tuple[Figure, Axes]:
    figure = new_figure(width, TOP + HEIGHT + BOTTOM)
    axes = add_axes(figure, LEFT, TOP, appearance().widths[width] - LEFT - RIGHT[width], HEIGHT)
    axes.set_ylim(0, top)
    axes.locator_params(axis="y", nbins=5)
    axes.grid(axis="y")
    return figure, axes


def _top_of_scale(values: pd.Series[float], limit: float) -> float:
    known = values.dropna()
    if known.empty:
        return limit * HEADROOM
    usual = float(known.quantile(0.99)) * OUT_OF_SCALE
    return max(float(known[known <= usual].max()), limit) * HEADROOM


def _name_month_ticks(axes: Axes, calendar: pd.DatetimeIndex) -> None:
    starts = np.flatnonzero(calendar.day == 1)
    middles = (starts + np.append(starts[1:], len(calendar))) / 2
    axes.set_xticks(middles, months())
    axes.vlines(starts[1:], 0, axes.get_ylim()[1], color=appearance().faint, linewidth=0.6)


def _name_lines(
    axes: Axes, mean: pd.Series[float], days_due: int, limit: marks.Line, top: float
) -> None:
    look = appearance()
    labels = [(limit.value, f"{limit.name} {limit.value:g}", look.ink)]
    if len(known := mean.dropna()):
        label = _("{days}天滑动平均").format(days=look.running_mean.days)
        at_end = (min(float(known.iloc[-1]), top), label, look.accent)
        if days_due < len(mean) - look.running_mean.days:
            marks.end_labels(axes, [at_end], days_due + 3, HEIGHT / top)
        else:
            labels.append(at_end)
    marks.end_labels(axes, labels, len(mean) + 3, HEIGHT / top)


def _name_largest(axes: Axes, values: pd.Series[float], column: str, ceiling: float) -> None:
    known = values.dropna()
    if known.empty:
        marks.no_data(axes)
        return
    date = pd.Timestamp(str(known.idxmax()))
    x = date.day_of_year - 0.5
    label = _("最高 {value}（{date}）").format(value=_written(known.max(), column), date=day(date))
    if known.max() > ceiling:
        label = _("{label}，超出坐标").format(label=label)
    place = x / len(values)
    align = "left" if place < 0.1 else "right" if place > 0.9 else "center"
    axes.annotate(
        label, (x, min(float(known.max()), ceiling)), xytext=(0, OVER_POINT),
        textcoords="offset points", ha=align,
    )  # fmt: skip


def _written(value: float, column: str) -> str:
    return number(value, column_decimals(column))


def _course_alt(column: str, year: int, values: pd.Series[float], over: int) -> str:
    if values.notna().sum() == 0:
        return _("折线图，{year}年{pollutant}逐日浓度：无有效数据").format(
            year=year, pollutant=column_symbol(column)
        )
    return _(
        "折线图，{year}年{pollutant}逐日浓度，最低{least}，最高{most} {unit}，超标{over}天"
    ).format(
        year=year,
        pollutant=column_symbol(column),
        least=_written(values.min(), column),
        most=_written(values.max(), column),
        unit=column_unit(column),
        over=over,
    )


def _course_note(due: pd.Series[float], cut: int) -> str:
    look = appearance().running_mean
    note = _(
        "有效 {valid} 天，缺 {absent} 天（斜纹）；{window}天内有效不足 {needed} 天处不画滑动平均。"
    )
    note = note.format(
        valid=due.notna().sum(), absent=due.isna().sum(), window=look.days, needed=look.days_needed
    )
    return note + (_("{cut} 天的值超出坐标。").format(cut=cut) if cut else "")


def _cycle_alt(head: str, data: pd.DataFrame, ticks: dict[int, str], decimals: int) -> str:
    known = data["mean"].dropna()
    if known.empty:
        return _("折线图，{head}：无有效数据").format(head=head)
    most, least = (
        _("、").join(ticks.get(step, str(step)) for step in steps)
        for steps in extremes(data, decimals)
    )
    return _("折线图，{head}。最高 {most}（{when_most}），最低 {least}（{when_least}）").format(
        head=head,
        most=number(known.max(), decimals),
        when_most=most,
        least=number(known.min(), decimals),
        when_least=least,
    )


def _cycle_note(data: pd.DataFrame) -> str:
    days = data["days"].fillna(0).astype(int)
    return _("各点有效 {days} 天；带为中间一半的日子（第25至75百分位）。").format(
        days=least_to_most(days)
    )
