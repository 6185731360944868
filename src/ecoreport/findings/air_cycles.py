"""What the chapter on air finds of the hours of the day and the days of the week."""

from __future__ import annotations

from markupsafe import Markup

from ecoreport.charts.course import diurnal_statistics, extremes, weekly_statistics
from ecoreport.charts.labels import column_decimals, column_symbol, weekdays
from ecoreport.findings.wording import dated
from ecoreport.message import N_
from ecoreport.narrative import joined, sentence
from ecoreport.report import Report


def diurnal(report: Report, column: str) -> Markup:
    """Say at which hours of the day a pollutant is highest on average, and at which lowest.

    Parameters
    ----------
    column : str
        A canonical column of hours, e.g. ``o3_ug_m3``.
    """
    pollutant = column_symbol(column, "hour")
    hourly = report.frame("air_hourly_valid")
    if hourly is None or hourly[column].isna().all():
        return sentence(N_("没有{pollutant}小时数据"), pollutant=pollutant)
    high, low = extremes(diurnal_statistics(hourly, column), column_decimals(column, "hour"))
    if high == low:
        return sentence(N_("{pollutant}各时平均相同"), pollutant=pollutant)
    said = sentence(
        N_("{pollutant}在{high}时前后最高，{low}时前后最低"),
        pollutant=pollutant,
        high=joined(map(str, high)),
        low=joined(map(str, low)),
    )
    return dated(report, said)


def weekly(report: Report, column: str) -> Markup:
    """Say on which days of the week a pollutant is highest on average, and on which lowest.

    Parameters
    ----------
    column : str
        A canonical column of days, e.g. ``no2_ug_m3``.
    """
    pollutant = column_symbol(column)
    daily = report.frame("air_area_daily")
    if daily is None or daily[column].isna().all():
        return sentence(N_("没有{pollutant}有效日数据"), pollutant=pollutant)
    high, low = extremes(weekly_statistics(daily, column), column_decimals(column))
    if high == low:
        return sentence(N_("{pollutant}一周各日平均相同"), pollutant=pollutant)
    names = weekdays()
    said = sentence(
        N_("{pollutant}{high}平均最高，{low}最低"),
        pollutant=pollutant,
        high=joined(names[step - 1] for step in high),
        low=joined(names[step - 1] for step in low),
    )
    return dated(report, said)
