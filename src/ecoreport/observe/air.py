"""Observations of ambient air: annual statistics, good days, exceedances, composite index."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import cast

import pandas as pd

from ecoreport.config.models import Indicator
from ecoreport.message import N_, Message, message
from ecoreport.numbers import plain_decimal
from ecoreport.observe.air_days import DAY_COLUMNS, PARTICULATES, AirDays
from ecoreport.observe.air_measured import (
    Dust,
    Measured,
    Range,
    air_of,
    area_statistics,
    day_columns_of,
    dust_of,
    measured_statistics,
    observation_of,
    station_statistics,
)
from ecoreport.observe.air_sensitivity import sensitivity_of_share, sensitivity_of_statistic
from ecoreport.observe.computed import rounded
from ecoreport.observe.observation import Observation
from ecoreport.observe.registry import Inputs, Statistic, statistic
from ecoreport.observe.rows import Row, records
from ecoreport.standards.air import (
    GoodDays,
    air_edition,
    composite_concentrations,
    composite_index,
    exceedance,
    good_days,
    good_days_by_month,
)
from ecoreport.standards.air.readings import day_column
from ecoreport.standards.air.validity import days_needed_by_month
from ecoreport.standards.rounding import exact_mean, round_half_even
from ecoreport.standards.tables import single

MEAN = N_("评价时段各有效日均值的算术平均，修约一次")
MONTH_MEAN = N_("当月各有效日均值的算术平均，修约一次")
PERCENTILE = N_("评价时段有效日值的第 {percent} 百分位数（HJ 663 线性内插），修约一次")
GOOD_SHARE = N_("优良天数 ÷ 有效天数 × 100")
HEAVY_SHARE = N_("重度及以上污染天数 ÷ 有效天数 × 100")
PRIMARY = N_("AQI > 50 且首要污染物为 {pollutant} 的天数（并列者各计一次）")
EXCEEDANCE = N_("{pollutant} 日值超过二级限值的天数")
COUNT = N_("{what}")
COMPOSITE = N_("六项污染物单项指数之和；单项指数先修约至两位小数")

EXCEEDANCES, GOOD_DAYS = "air_exceedances", "air_good_days"
"""Where several statistics find what was computed once."""
UNVERIFIED_PARTS = {
    "edition": N_("版本"),
    "limit": N_("限值"),
    "statistic": N_("统计量"),
    "validity": N_("有效性要求"),
    "rounding": N_("修约位数"),
}

FromDays = Callable[[Indicator, Inputs, AirDays], Iterable[Measured]]


def air_statistic(name: str) -> Callable[[FromDays], FromDays]:
    """Register a function that measures from the days of air; without days nothing is observed."""

    def register(measure: FromDays) -> FromDays:
        def observe(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
            air = air_of(inputs)
            if air is None:
                return []
            return [
                observation_of(indicator, inputs, air, measured)
                for measured in measure(indicator, inputs, air)
            ]

        function: Statistic = observe
        observe.__doc__ = measure.__doc__
        statistic(name)(function)
        return measure

    return register


@air_statistic("air_annual_statistic")
def annual_statistic(indicator: Indicator, inputs: Inputs, air: AirDays) -> Iterable[Measured]:
    """Measure one annual statistic of HJ 663: of the area, of its months, of each of its points.

    The indicator's argument names pollutant and statistic, e.g. ``PM2.5:annual_mean``.
    """
    pollutant, name = indicator.argument.split(":")
    row = _row(inputs, area_statistics(inputs, air), pollutant, name)
    if math.isnan(row["value"]):
        return
    column = day_column(pollutant, _averaging(name))
    values = air.without_dust[column].dropna()
    places = _decimals(inputs, pollutant)
    dust = dust_of(air, column)
    # Days that a superior's list takes dust out of were measured: they count towards the year.
    days = _row(inputs, measured_statistics(inputs, air), pollutant, name)
    row = row | {part: days[part] for part in ("is_valid", "invalid_months")}
    sensitivity = sensitivity_of_statistic(values, row["percentile"], places)
    yield _annual(row, inputs, dust, sensitivity, n_dust_days=_n_dust_days(air, column))
    for code, statistics in station_statistics(inputs, air).items():
        of_station = _row(inputs, statistics, pollutant, name)
        if not math.isnan(of_station["value"]):
            yield _annual(of_station, inputs, dust, {}, place=code)
    is_mean = bool(pd.isna(row["percentile"]))
    if is_mean:
        yield from _monthly_means(values, pollutant, inputs, places, dust)


@air_statistic("air_good_days_share")
def good_days_share(indicator: Indicator, inputs: Inputs, air: AirDays) -> Iterable[Measured]:
    """Measure the share of good days among valid days, of the period and of each month."""
    return _shares(indicator, inputs, air, GOOD_SHARE, lambda days: days.n_good_days)


@air_statistic("air_heavy_pollution_days_share")
def heavy_days_share(indicator: Indicator, inputs: Inputs, air: AirDays) -> Iterable[Measured]:
    """Measure the share of days with an AQI above 200 among valid days, as of good days."""
    return _shares(indicator, inputs, air, HEAVY_SHARE, lambda days: days.n_heavy_days)


@air_statistic("air_good_days")
def good_days_count(indicator: Indicator, inputs: Inputs, air: AirDays) -> Iterable[Measured]:
    """Count the days with an AQI of at most 100, of the period and of each month."""
    return _counts(indicator, inputs, air, lambda days: days.n_good_days)


@air_statistic("air_heavy_pollution_days")
def heavy_days_count(indicator: Indicator, inputs: Inputs, air: AirDays) -> Iterable[Measured]:
    """Count the days with an AQI above 200, of the period and of each month."""
    return _counts(indicator, inputs, air, lambda days: days.n_heavy_days)


@air_statistic("air_valid_days")
def valid_days_count(indicator: Indicator, inputs: Inputs, air: AirDays) -> Iterable[Measured]:
    """Count the days that have an AQI, of the period and of each month."""
    return _counts(indicator, inputs, air, lambda days: days.n_valid_days)


@air_statistic("air_primary_days")
def primary_days(indicator: Indicator, _inputs: Inputs, air: AirDays) -> Iterable[Measured]:
    """Count the days on which the pollutant of the indicator's argument was primary."""
    is_primary = air.aqi_daily["primary_pollutants"].map(lambda ones: indicator.argument in ones)
    n_valid = int(air.aqi_daily["aqi"].notna().sum())
    if n_valid:
        yield Measured(
            value=Decimal(int(is_primary.sum())),
            formula=message(PRIMARY, pollutant=indicator.argument),
            substituted=str(is_primary.sum()),
            n_valid=n_valid,
        )


@air_statistic("air_exceedance_days")
def exceedance_days(indicator: Indicator, inputs: Inputs, air: AirDays) -> Iterable[Measured]:
    """Count the days on which the pollutant of the indicator's argument exceeded its limit."""
    if EXCEEDANCES not in inputs.computed:
        days = air.area_daily[day_columns_of(air.area_daily)]
        rows = exceedance(days, inputs.period.year, inputs.air_edition)
        inputs.computed[EXCEEDANCES] = {row["pollutant"]: row for row in records(rows)}
    row = inputs.computed[EXCEEDANCES][indicator.argument]
    if row["n_valid_days"]:
        yield Measured(
            value=Decimal(int(row["n_exceedance_days"])),
            formula=message(EXCEEDANCE, pollutant=indicator.argument),
            substituted=str(row["n_exceedance_days"]),
            n_valid=int(row["n_valid_days"]),
            edition=str(row["edition"]),
            clause=str(row["clause"]),
            is_verified=row["verified"] == "verified",
        )


@air_statistic("air_composite_index")
def composite(indicator: Indicator, inputs: Inputs, air: AirDays) -> Iterable[Measured]:
    """Measure the composite index of the period."""
    days = air.without_dust[day_columns_of(air.without_dust)]
    year = inputs.period.year
    concentrations = composite_concentrations(days, year, air.edition)
    result = composite_index(concentrations, year, air.edition)
    if pd.notna(result.total):
        items = zip(result.items["pollutant"], result.items["weighted_index"], strict=True)
        total = round_half_even(result.total, indicator.decimals or 0)
        yield Measured(
            value=plain_decimal(total, indicator.decimals),
            formula=message(COMPOSITE),
            substituted=" + ".join(f"{name} {index:.2f}" for name, index in items),
            n_valid=int(days[DAY_COLUMNS].notna().sum().min()),
            dust=dust_of(air),
            edition=result.edition,
            is_verified=result.verified == "verified",
            notes=(
                message(N_("首要贡献：{pollutants}"), pollutants=tuple(result.main_pollutants)),
            ),
        )


def _averaging(statistic_name: str) -> str:
    return "8h" if statistic_name.endswith("8h") else "24h"


def _row(inputs: Inputs, statistics: pd.DataFrame, pollutant: str, name: str) -> Row:
    """Return one of some statistics, sorted out once for all."""
    place = f"rows/{id(statistics)}"
    if place not in inputs.computed:
        inputs.computed[place] = {
            (row["pollutant"], row["statistic"]): row for row in records(statistics)
        }
    found: Row = inputs.computed[place][pollutant, name]
    return found


def _decimals(inputs: Inputs, pollutant: str) -> int:
    edition = air_edition(inputs.period.year, inputs.air_edition).assessment
    line = single("air_rounding", edition=edition, quantity=pollutant)
    return int(line["statistics_decimals"])


def _n_dust_days(air: AirDays, column: str) -> int:
    return air.n_dust_days if column in PARTICULATES else 0


def _annual(
    row: Row,
    inputs: Inputs,
    dust: Dust,
    sensitivity: dict[str, Range],
    *,
    place: str = "",
    n_dust_days: int = 0,
) -> Measured:
    is_mean = pd.isna(row["percentile"])
    value = plain_decimal(row["value"], _decimals(inputs, row["pollutant"]))
    unrounded = _text(row["value_unrounded"])
    return Measured(
        value=value,
        unrounded=unrounded,
        formula=message(MEAN) if is_mean else message(PERCENTILE, percent=row["percentile"]),
        substituted=f"n = {row['n_valid_days']};{unrounded} → {value:f}",
        n_valid=int(row["n_valid_days"]),
        n_expected=int(row["n_expected"]),
        place=place,
        dust=dust,
        is_sufficient=bool(row["is_valid"]) and inputs.period.is_whole_year,
        edition=str(row["edition"]),
        clause=str(row["clause"]),
        is_verified=row["verified"] == "verified",
        sensitivity=sensitivity,
        notes=_notes(row) + _dust_notes(n_dust_days),
    )


def _dust_notes(n_days: int) -> tuple[Message, ...]:
    if not n_days:
        return ()
    return (
        message(
            N_("按上级文件扣除沙尘{days}天；这些天算作有效监测日，此规则未见原文、未经核实"),
            days=n_days,
        ),
    )


def _notes(row: Row) -> tuple[Message, ...]:
    notes = []
    if len(row["invalid_months"]):
        months = tuple(f"{month}月" for month in row["invalid_months"])
        notes.append(message(N_("有效天数不足的月份：{months}"), months=months))
    notes += [
        message(N_("未见原文、未经核实的规则：{part}"), part=UNVERIFIED_PARTS[part])
        for part in row["unverified"]
    ]
    return tuple(notes)


def _monthly_means(
    values: pd.Series, pollutant: str, inputs: Inputs, places: int, dust: Dust
) -> Iterable[Measured]:
    year = inputs.period.year
    needed = days_needed_by_month(pollutant, year, inputs.air_edition)
    for month, days in values.groupby(pd.DatetimeIndex(values.index).month):
        mean = exact_mean(days)
        yield Measured(
            value=plain_decimal(round_half_even(mean, places), places),
            unrounded=_text(mean),
            formula=message(MONTH_MEAN),
            substituted=f"n = {len(days)}",
            n_valid=len(days),
            period=f"{year}-{month:02d}",
            dust=dust,
            is_sufficient=len(days) >= needed[int(month)],
        )


def _good_days_by_period(inputs: Inputs, air: AirDays) -> dict[str, GoodDays]:
    """Return the good days of the period first, then of its months; empty ones are left out.

    Computed once.
    """
    if GOOD_DAYS not in inputs.computed:
        year = inputs.period.year
        found = {inputs.period.label: good_days(air.aqi_daily, year, air.edition)}
        for month, days in good_days_by_month(air.aqi_daily, year, air.edition).items():
            found[f"{year}-{month:02d}"] = days
        inputs.computed[GOOD_DAYS] = {one: days for one, days in found.items() if days.n_valid_days}
    return cast("dict[str, GoodDays]", inputs.computed[GOOD_DAYS])


def _shares(
    indicator: Indicator,
    inputs: Inputs,
    air: AirDays,
    formula: str,
    count: Callable[[GoodDays], int],
) -> Iterable[Measured]:
    """Measure the share of some days among valid days, of the period and of each month."""
    by_period = _good_days_by_period(inputs, air)
    found = {period: (count(days), days.n_valid_days) for period, days in by_period.items()}
    decimals = indicator.decimals or 0
    months = [days for period, days in found.items() if period != inputs.period.label]
    for period, (counted, valid) in found.items():
        share = Fraction(100 * counted, valid)
        is_whole = period == inputs.period.label
        sensitivity = sensitivity_of_share((counted, valid), months, decimals) if is_whole else {}
        yield Measured(
            value=rounded(share, decimals),
            unrounded=_text(share),
            formula=message(formula),
            substituted=f"{counted} ÷ {valid} × 100",
            n_valid=valid,
            n_counted=counted,
            period=period,
            is_verified=all(days.verified == "verified" for days in by_period.values()),
            sensitivity=sensitivity,
            notes=_index_notes(air) if is_whole else (),
        )


def _index_notes(air: AirDays) -> tuple[Message, ...]:
    """Say what the index of a day rests on where that is a choice."""
    notes = [message(N_("日AQI取六项污染物，O₃取日最大8小时平均，未计O₃ 1小时平均"))]
    if air.n_incomplete_days:
        text = N_("其中{days}天缺少部分项目，按现有项目计算AQI（HJ 633-2012）")
        notes.append(message(text, days=air.n_incomplete_days))
    return tuple(notes)


def _counts(
    indicator: Indicator, inputs: Inputs, air: AirDays, count: Callable[[GoodDays], int]
) -> Iterable[Measured]:
    for period, days in _good_days_by_period(inputs, air).items():
        yield Measured(
            value=Decimal(count(days)),
            formula=message(COUNT, what=indicator.formula),
            substituted=str(count(days)),
            n_valid=days.n_valid_days,
            period=period,
        )


def _text(value: Fraction | float) -> str:
    return f"{float(value):.6f}".rstrip("0").rstrip(".")
