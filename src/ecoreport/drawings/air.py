"""The charts of the chapter on air, each under the finding that it shows."""

from __future__ import annotations

from decimal import Decimal
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
from ecoreport.findings import air_cycles, air_places, air_years
from ecoreport.findings import outlook as left
from ecoreport.findings.air_places import PM25, PM25_MEAN
from ecoreport.findings.wording import last_year, mean_name, measured_name
from ecoreport.i18n import _
from ecoreport.labels import basis_text, localized, state_text
from ecoreport.narrative import plain
from ecoreport.observe.observation import Observation
from ecoreport.report import Report
from ecoreport.standards.air import air_edition, limit, rounded_readings
from ecoreport.standards.air.validity import days_needed_by_month


def limits(report: Report) -> Chart:
    """Draw the annual statistics beside their limits."""
    rows = [
        Row(
            label=measured_name(report, one.indicator, one.observation),
            unit=one.indicator.unit,
            decimals=_decimals(one.observation),
            value=one.observation.value if one.observation else None,
            limit=float(one.assessed["limit"]),
            last_year=_last_year(report, one.observation),
            is_valid=one.observation is None or one.observation.is_sufficient,
        )
        for one in findings.annual_rows(report)
    ]
    return values_against_limits(
        rows,
        _period_names(report),
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
    return exceedance_days_by_pollutant(
        _frame(report, "air_exceedances"), report.year, title=title, as_of=report.as_of
    )


def particulates(report: Report) -> Chart:
    """Draw the daily course of fine particulates against the daily limit."""
    days = _frame(report, "air_area_daily")[[PM25]]
    return daily_course(
        rounded_readings(days, "day", report.year, report.air_edition),
        PM25,
        report.year,
        title=plain(findings.particulates(report)),
        limit=Line(_limit(report, "24h"), _("二级日均限值")),
        exceeds=_frame(report, "air_exceedances")["PM2.5"],
        as_of=report.as_of,
    )


def diurnal(report: Report, column: str) -> Chart:
    """Draw the course of a day."""
    title = plain(air_cycles.diurnal(report, column))
    return diurnal_course(_frame(report, "air_hourly_valid"), column, title=title)


def weekly(report: Report, column: str) -> Chart:
    """Draw the course of a week."""
    title = plain(air_cycles.weekly(report, column))
    return weekly_course(_frame(report, "air_area_daily"), column, title=title)


def stations(report: Report) -> Chart:
    """Draw each point's mean of fine particulates beside the limit and the area's own."""
    own = report.observation(PM25_MEAN)
    return stations_against_limit(
        _places(report),
        Line(_limit(report, "annual"), _("二级年均限值")),
        Line(float(own.value or 0) if own else float("nan"), _("全区均值")),
        PM25,
        title=plain(air_places.stations(report)),
        mean_name=mean_name(report, "PM2.5"),
    )


def station_months(report: Report) -> Chart:
    """Draw the months of each point with the area's own in each panel."""
    return station_multiples(
        _frame(report, "air_station_daily"),
        _frame(report, "air_area_daily")[PM25],
        _places(report),
        PM25,
        title=plain(air_places.station_months(report)),
        mean_name=mean_name(report, "PM2.5"),
        days_needed=days_needed_by_month("PM2.5", report.year, report.air_edition),
        as_of=report.as_of,
    )


def years(report: Report) -> Chart:
    """Draw the yearly means of fine particulates."""
    series = air_years.yearly(report, PM25_MEAN)
    is_by_state = len({state_text(one) for one in series}) == len(
        {basis_text(one) for one in series}
    )
    values = [
        YearValue(
            year=one.year,
            value=float(one.value or 0),
            basis=state_text(one) if is_by_state else basis_text(one),
            is_valid=one.is_sufficient,
        )
        for one in series
    ]
    return trend_with_path(
        values,
        {},
        title=plain(air_years.years(report)),
        quantity=_("PM₂.₅年均浓度（μg/m³）"),
        decimals=max((_decimals(one) for one in series), default=0),
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


def _places(report: Report) -> list[Place]:
    """Return every point, with its value where it has one."""
    observed = {one.code: one for one in air_places.station_values(report, PM25_MEAN)}
    return [
        Place(
            label=localized(point),
            value=found.observation.value if found else None,
            days=found.observation.trace.n_used if found else 0,
            is_valid=found is None or found.observation.is_sufficient,
            code=point.code,
        )
        for point in air_places.points(report)
        for found in (observed.get(point.code),)
    ]


def _last_year(report: Report, now: Observation | None) -> Decimal | None:
    before = last_year(report, now) if now else None
    return before.value if before else None


def _period_names(report: Report) -> tuple[str, str]:
    """Return what the values and those of last year are of; there is room for little."""
    if report.as_of:
        return _("本期"), _("上年同期")
    name = _("{year}年")
    return name.format(year=report.year), name.format(year=report.year - 1)


def _decimals(observation: Observation | None) -> int:
    value = observation.value if observation else None
    exponent: Any = value.as_tuple().exponent if value is not None else 0
    return max(0, -int(exponent))
