"""The charts of the chapter on air, each under the finding that it shows."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ecoreport.charts.calendar import year_calendar
from ecoreport.charts.chart import Chart
from ecoreport.charts.course import daily_course, diurnal_course, weekly_course
from ecoreport.charts.exceedances import exceedance_days_by_pollutant
from ecoreport.charts.limits import Row, values_against_limits
from ecoreport.charts.marks import Line
from ecoreport.charts.months import category_shares_by_month, primary_pollutants_by_month
from ecoreport.charts.outlook import rest_of_year
from ecoreport.charts.stations import Place, station_multiples, stations_against_limit
from ecoreport.charts.trend import YearValue, trend_with_path
from ecoreport.findings import air as findings
from ecoreport.findings import outlook as left
from ecoreport.i18n import _
from ecoreport.narrative import plain
from ecoreport.observe.observation import Observation
from ecoreport.report import Report
from ecoreport.rows import localized, state_text
from ecoreport.standards.air import air_edition, limit
from ecoreport.standards.air.validity import days_needed_by_month

PM25 = "pm25_ug_m3"
PM25_MEAN = "air.pm25_annual_mean"


def limits(report: Report) -> Chart:
    """Draw the annual statistics beside their limits."""
    rows = [
        Row(
            label=localized(report.indicator(one.indicator)),
            unit=one.unit,
            decimals=_decimals(one),
            value=one.value,
            limit=float(row["limit"]),
            last_year=report.value(one.indicator, year=report.year - 1),
            is_valid=one.is_sufficient,
        )
        for one, row in findings.annual_rows(report)
    ]
    return values_against_limits(
        rows,
        report.year,
        title=plain(findings.annual(report)),
        limit_name=_("二级限值"),
        target_name=_("规划目标"),
    )


def calendar(report: Report) -> Chart:
    """Draw every day of the year in the colour of its category."""
    title = plain(findings.good_days(report))
    return year_calendar(
        _frame(report, "air_aqi_daily"), report.year, title=title, as_of=report.as_of
    )


def months(report: Report) -> Chart:
    """Draw the months by category."""
    title = plain(findings.months(report))
    return category_shares_by_month(
        _frame(report, "air_aqi_daily"), report.year, title=title, as_of=report.as_of
    )


def primary(report: Report) -> Chart:
    """Draw the months by primary pollutant."""
    title = plain(findings.primary(report))
    return primary_pollutants_by_month(
        _frame(report, "air_aqi_daily"), report.year, title=title, as_of=report.as_of
    )


def exceedances(report: Report) -> Chart:
    """Draw exceedance days, pollutant by month."""
    title = plain(findings.exceedances(report))
    return exceedance_days_by_pollutant(_frame(report, "air_exceedances"), report.year, title=title)


def particulates(report: Report) -> Chart:
    """Draw the daily course of fine particulates against the daily limit."""
    return daily_course(
        _frame(report, "air_area_daily"),
        PM25,
        report.year,
        title=plain(findings.particulates(report)),
        limit=Line(_limit(report, "24h"), _("二级日均限值")),
        as_of=report.as_of,
    )


def diurnal(report: Report, column: str, pollutant: str) -> Chart:
    """Draw the course of a day."""
    title = plain(findings.diurnal(report, column, pollutant))
    return diurnal_course(_frame(report, "air_hourly_valid"), column, title=title)


def weekly(report: Report) -> Chart:
    """Draw the course of a week."""
    return weekly_course(
        _frame(report, "air_area_daily"), "no2_ug_m3", title=_("一周之内NO₂的变化")
    )


def stations(report: Report) -> Chart:
    """Draw each point's annual mean of fine particulates beside the limit and the area's own."""
    own = report.observation(PM25_MEAN)
    places = [
        Place(
            label=name,
            value=float(one.value or 0),
            days=one.trace.n_used,
            is_valid=one.is_sufficient,
        )
        for name, one in findings.station_values(report, PM25_MEAN)
    ]
    return stations_against_limit(
        places,
        Line(_limit(report, "annual"), _("二级年均限值")),
        Line(float(own.value or 0) if own else float("nan"), _("全区均值")),
        PM25,
        title=plain(findings.stations(report)),
    )


def station_months(report: Report) -> Chart:
    """Draw the months of each point with the area's own in each panel."""
    points = report.catalogue.stations(report.pair.district, report.year)
    return station_multiples(
        _frame(report, "air_station_daily"),
        _frame(report, "air_area_daily")[PM25],
        PM25,
        title=_("各点位逐月PM₂.₅与全区均值"),
        names={station.code: localized(station) for station in points},
        days_needed=days_needed_by_month("PM2.5", report.year, report.air_edition),
    )


def years(report: Report) -> Chart:
    """Draw the yearly means of fine particulates."""
    values = [
        YearValue(
            year=one.year,
            value=float(one.value or 0),
            basis=state_text(one),
            is_valid=one.is_sufficient,
        )
        for one in findings.yearly(report, PM25_MEAN)
    ]
    return trend_with_path(
        values,
        {},
        title=plain(findings.years(report)),
        quantity=_("PM₂.₅年均浓度（μg/m³）"),
        decimals=0,
        target_name=_("规划目标"),
    )


def outlook(report: Report) -> Chart:
    """Draw the exceedance days so far beside earlier years and what the target still allows."""
    assert report.as_of is not None  # noqa: S101 - the notebook asks first
    aqi_by_year = {
        year: frame
        for year in range(report.year - 2, report.year + 1)
        if (frame := report.frame("air_aqi_daily", year)) is not None
    }
    return rest_of_year(
        aqi_by_year,
        report.as_of,
        title=plain(left.days_left(report)),
        allowed_days=left.bad_days_allowed_in_year(report),
        allowed_name=_("目标允许"),
    )


def _frame(report: Report, name: str) -> pd.DataFrame:
    frame = report.frame(name)
    if frame is None:
        raise LookupError(f"no {name} for {report.pair}")
    return frame


def _limit(report: Report, averaging: str) -> float:
    return float(limit("PM2.5", averaging, air_edition(report.year, report.air_edition)).value)


def _decimals(observation: Observation) -> int:
    exponent: Any = observation.value.as_tuple().exponent if observation.value is not None else 0
    return max(0, -int(exponent))
