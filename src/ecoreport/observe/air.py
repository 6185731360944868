"""Observations of ambient air: annual statistics, good days, exceedances, composite index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from ecoreport.config.models import Indicator
from ecoreport.config.vocabulary import Maturity
from ecoreport.message import Message, N_, message
from ecoreport.numbers import plain_decimal
from ecoreport.observe.air_days import AirDays, state_of
from ecoreport.observe.observation import Basis, Observation, Trace, observation_id
from ecoreport.observe.registry import Inputs, statistic
from ecoreport.standards.air import (
    annual_statistics,
    composite_concentrations,
    composite_index,
    exceedance,
    good_days,
    good_days_by_month,
)
from ecoreport.standards.air.readings import day_column
from ecoreport.standards.rounding import exact_mean, round_half_even
from ecoreport.standards.statistics import percentile
from ecoreport.standards.tables import single
from ecoreport.standards.air import air_edition
from ecoreport.observe.air_days import rounded_days

FORMULAS = {
    "annual_mean": N_("全年各有效日均值的算术平均,修约一次"),
    "percentile": N_("全年有效日值的第 {percent} 百分位数(HJ 663 线性内插),修约一次"),
    "good_days": N_("AQI ≤ 100 的天数"),
    "good_days_share": N_("优良天数 ÷ 有效天数 × 100"),
    "heavy_days": N_("AQI > 200 的天数"),
    "valid_days": N_("有 AQI 的天数"),
    "primary_days": N_("AQI > 50 且首要污染物为 {pollutant} 的天数(并列者各计一次)"),
    "exceedance_days": N_("{pollutant} 日值超过二级限值的天数"),
    "composite": N_("六项污染物单项指数之和;单项指数先修约至两位小数"),
}

Leave = Callable[[pd.Series], Fraction | None]


@statistic("air_annual_statistic")
def air_annual_statistic(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Observe one annual statistic of HJ 663: of the area, and of each of its points.

    The indicator's argument names pollutant and statistic, e.g. ``PM2.5:annual_mean``.
    """
    air = _air(inputs)
    if air is None:
        return []
    pollutant, name = indicator.argument.split(":")
    area = _annual_row(_statistics_of(air.without_dust, inputs), pollutant, name)
    if pd.isna(area["value"]):
        return []
    values = air.without_dust[_column(pollutant, name)].dropna()
    observed = [
        _annual_observation(
            indicator, inputs, area, sensitivity=_sensitivity(values, area, inputs)
        )
    ]
    for code, days in air.station_daily.groupby("station"):
        own = days.set_index("date")[_day_columns(days)].sort_index()
        row = _annual_row(_statistics_of(own, inputs), pollutant, name)
        if pd.notna(row["value"]):
            observed.append(_annual_observation(indicator, inputs, row, place=str(code)))
    return observed + _monthly_means(indicator, inputs, area, values)


@statistic("air_good_days_share")
def air_good_days_share(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Observe the share of good days among valid days, of the period and of each month."""
    air = _air(inputs)
    if air is None:
        return []
    months = good_days_by_month(air.aqi_daily, inputs.period.year)
    whole = good_days(air.aqi_daily, inputs.period.year)
    found = [(inputs.period.label, whole)]
    found += [(f"{inputs.period.year}-{month:02d}", days) for month, days in months.items()]
    sensitivity = _good_days_sensitivity(whole.n_good_days, whole.n_valid_days, months.values())
    return [
        _days_observation(
            indicator,
            inputs,
            value=plain_decimal(days.good_day_percent),
            formula=message(FORMULAS["good_days_share"]),
            substituted=f"{days.n_good_days} ÷ {days.n_valid_days} × 100",
            unrounded=_text(days.good_day_share * 100 if days.good_day_share is not None else None),
            n_valid=days.n_valid_days,
            period=label,
            sensitivity=sensitivity if label == inputs.period.label else {},
        )
        for label, days in found
        if days.n_valid_days
    ]


@statistic("air_good_days")
def air_good_days(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Count the days with an AQI of at most 100, of the period and of each month."""
    return _counted_days(indicator, inputs, FORMULAS["good_days"], lambda days: days.n_good_days)


@statistic("air_heavy_pollution_days")
def air_heavy_pollution_days(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Count the days with an AQI above 200, of the period and of each month."""
    return _counted_days(indicator, inputs, FORMULAS["heavy_days"], lambda days: days.n_heavy_days)


@statistic("air_valid_days")
def air_valid_days(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Count the days that have an AQI, of the period and of each month."""
    return _counted_days(indicator, inputs, FORMULAS["valid_days"], lambda days: days.n_valid_days)


@statistic("air_primary_days")
def air_primary_days(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Count the days on which the indicator's argument was a primary pollutant."""
    air = _air(inputs)
    if air is None:
        return []
    n_days = int(air.aqi_daily["primary_pollutants"].map(lambda ones: indicator.argument in ones).sum())
    return [
        _days_observation(
            indicator,
            inputs,
            value=Decimal(n_days),
            formula=message(FORMULAS["primary_days"], pollutant=indicator.argument),
            substituted=str(n_days),
            n_valid=int(air.aqi_daily["aqi"].notna().sum()),
        )
    ]


@statistic("air_exceedance_days")
def air_exceedance_days(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Count the days on which the indicator's argument exceeded its daily limit."""
    air = _air(inputs)
    if air is None:
        return []
    rows = exceedance(rounded_days(air.area_daily, inputs.period.year), inputs.period.year)
    row = rows[rows["pollutant"] == indicator.argument].iloc[0]
    return [
        _days_observation(
            indicator,
            inputs,
            value=Decimal(int(row["n_exceedance_days"])),
            formula=message(FORMULAS["exceedance_days"], pollutant=indicator.argument),
            substituted=str(row["n_exceedance_days"]),
            n_valid=int(row["n_valid_days"]),
            edition=str(row["edition"]),
            clause=str(row["clause"]).removeprefix(str(row["edition"])).strip(),
            is_verified=row["verified"] == "verified",
        )
    ]


@statistic("air_composite_index")
def air_composite_index(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Observe the composite index of the period."""
    air = _air(inputs)
    if air is None:
        return []
    days = air.without_dust.dropna(how="all")
    result = composite_index(
        composite_concentrations(days[_day_columns(days)], inputs.period.year), inputs.period.year
    )
    if pd.isna(result.total):
        return []
    items = [f"{row.pollutant} {row.index_text}" for row in _index_texts(result.items)]
    return [
        _days_observation(
            indicator,
            inputs,
            value=plain_decimal(result.total, indicator.decimals),
            formula=message(FORMULAS["composite"]),
            substituted=" + ".join(items),
            n_valid=int(days["pm25_ug_m3"].notna().sum()),
            edition=result.edition,
            is_verified=result.verified == "verified",
            notes=(
                message(N_("首要贡献:{pollutants}"), pollutants="、".join(result.main_pollutants)),
            ),
        )
    ]


def _air(inputs: Inputs) -> AirDays | None:
    found = inputs.computed.get("air_days")
    return found if isinstance(found, AirDays) else None


def _column(pollutant: str, name: str) -> str:
    return day_column(pollutant, "8h" if name.endswith("8h") else "24h")


def _day_columns(days: pd.DataFrame) -> list[str]:
    return [column for column in days.columns if column.endswith(("_ug_m3", "_mg_m3"))]


def _statistics_of(days: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    """Return the annual statistics of some days, computed once for all indicators."""
    key = f"statistics/{id(days)}" if days is getattr(_air(inputs), "without_dust", None) else ""
    if key and key in inputs.computed:
        return inputs.computed[key]  # type: ignore[no-any-return]
    found = annual_statistics(days[_day_columns(days)], inputs.period.year)
    if key:
        inputs.computed[key] = found
    return found


def _annual_row(statistics: pd.DataFrame, pollutant: str, name: str) -> pd.Series:
    is_asked = (statistics["pollutant"] == pollutant) & (statistics["statistic"] == name)
    return statistics[is_asked].iloc[0]


def _annual_observation(
    indicator: Indicator,
    inputs: Inputs,
    row: pd.Series,
    *,
    place: str = "",
    sensitivity: dict[str, tuple[Decimal, Decimal]] | None = None,
) -> Observation:
    is_percentile = pd.notna(row["percentile"])
    formula = (
        message(FORMULAS["percentile"], percent=row["percentile"])
        if is_percentile
        else message(FORMULAS["annual_mean"])
    )
    return _observation(
        indicator,
        inputs,
        value=plain_decimal(row["value"], _decimals(indicator, inputs, row)),
        unrounded=_text(row["value_unrounded"]),
        formula=formula,
        substituted=f"n = {row['n_valid_days']};{_text(row['value_unrounded'])} → {row['value']:g}",
        n_valid=int(row["n_valid_days"]),
        n_expected=int(row["n_expected"]),
        is_sufficient=bool(row["is_valid"]) and inputs.period.is_whole_year,
        place=place,
        edition=str(row["edition"]),
        clause=str(row["clause"]),
        is_verified=row["verified"] == "verified",
        sensitivity=sensitivity or {},
        notes=_validity_notes(row),
    )


def _validity_notes(row: pd.Series) -> tuple[Message, ...]:
    notes = []
    if len(row["invalid_months"]):
        months = "、".join(str(month) for month in row["invalid_months"])
        notes.append(message(N_("有效天数不足的月份:{months}月"), months=months))
    if len(row["unverified"]):
        words = {
            "edition": N_("版本"),
            "limit": N_("限值"),
            "statistic": N_("统计量"),
            "validity": N_("有效性要求"),
            "rounding": N_("修约位数"),
        }
        parts = "、".join(words[part] for part in row["unverified"])
        notes.append(message(N_("未见原文、未经核实的规则:{parts}"), parts=parts))
    return tuple(notes)


def _monthly_means(
    indicator: Indicator, inputs: Inputs, row: pd.Series, values: pd.Series
) -> list[Observation]:
    if pd.notna(row["percentile"]):
        return []
    decimals = _decimals(indicator, inputs, row)
    return [
        _observation(
            indicator,
            inputs,
            period=f"{inputs.period.year}-{month:02d}",
            value=plain_decimal(round_half_even(exact_mean(days), decimals), decimals),
            unrounded=_text(exact_mean(days)),
            formula=message(N_("当月各有效日均值的算术平均,修约一次")),
            substituted=f"n = {len(days)}",
            n_valid=len(days),
            n_expected=pd.Period(f"{inputs.period.year}-{month:02d}").days_in_month,
        )
        for month, days in values.groupby(values.index.month)
    ]


def _decimals(indicator: Indicator, inputs: Inputs, row: pd.Series) -> int:
    standard = air_edition(inputs.period.year)
    line = single("air_rounding", edition=standard.assessment, quantity=row["pollutant"])
    return int(line["statistics_decimals"]) if line["statistics_decimals"] else indicator.decimals or 0


def _sensitivity(
    values: pd.Series, row: pd.Series, inputs: Inputs
) -> dict[str, tuple[Decimal, Decimal]]:
    """Return the lowest and highest statistic without any one month, and without any one day.

    Means and percentiles rise when the smallest day is left out and fall when the largest is, so
    these two days bound all others.
    """
    if len(values) < 2:
        return {}
    percent = None if pd.isna(row["percentile"]) else int(row["percentile"])
    line = single(
        "air_rounding",
        edition=air_edition(inputs.period.year).assessment,
        quantity=row["pollutant"],
    )
    places = int(line["attainment_decimals"])

    def of(days: pd.Series) -> Decimal:
        exact = exact_mean(days) if percent is None else percentile(days, percent)
        return plain_decimal(round_half_even(exact, places), places)

    ordered = values.sort_values()
    by_day = (of(ordered.iloc[:-1]), of(ordered.iloc[1:]))
    months = values.index.month
    by_month = [
        of(values[months != month]) for month in sorted(set(months)) if (months != month).any()
    ]
    found = {"day": by_day}
    return found | ({"month": (min(by_month), max(by_month))} if by_month else {})


def _good_days_sensitivity(
    n_good: int, n_valid: int, months: Iterable[Any]
) -> dict[str, tuple[Decimal, Decimal]]:
    if n_valid < 2:
        return {}

    def share(good: int, valid: int) -> Decimal:
        return plain_decimal(round_half_even(Fraction(100 * good, valid), 1), 1)

    without_day = [share(n_good - 1, n_valid - 1)] if n_good else []
    without_day += [share(n_good, n_valid - 1)] if n_good < n_valid else []
    without_month = [
        share(n_good - one.n_good_days, n_valid - one.n_valid_days)
        for one in months
        if one.n_valid_days < n_valid
    ]
    found = {"day": (min(without_day), max(without_day))}
    return found | (
        {"month": (min(without_month), max(without_month))} if without_month else {}
    )


def _counted_days(
    indicator: Indicator, inputs: Inputs, formula: str, count: Callable[[Any], int]
) -> Sequence[Observation]:
    air = _air(inputs)
    if air is None:
        return []
    year = inputs.period.year
    found = [(inputs.period.label, good_days(air.aqi_daily, year))]
    found += [
        (f"{year}-{month:02d}", days)
        for month, days in good_days_by_month(air.aqi_daily, year).items()
    ]
    return [
        _days_observation(
            indicator,
            inputs,
            value=Decimal(count(days)),
            formula=message(formula),
            substituted=str(count(days)),
            n_valid=days.n_valid_days,
            period=label,
        )
        for label, days in found
        if days.n_valid_days
    ]


def _index_texts(items: pd.DataFrame) -> list[Any]:
    texts = items.assign(index_text=items["index"].map("{:.2f}".format))
    return list(texts.itertuples(index=False))


def _days_observation(indicator: Indicator, inputs: Inputs, **known: Any) -> Observation:
    """Make an observation that rests on the days with an AQI."""
    period = known.pop("period", inputs.period.label)
    known.setdefault("n_expected", _n_days(period, inputs))
    if period == inputs.period.label:
        known.setdefault("is_sufficient", _is_year_sufficient(inputs))
    return _observation(indicator, inputs, period=period, **known)


def _n_days(period: str, inputs: Inputs) -> int:
    if period == inputs.period.label:
        days = pd.Timestamp(inputs.period.year, 12, 31).dayofyear
        return days if inputs.period.is_whole_year else inputs.period.n_days
    return pd.Period(period).days_in_month


def _is_year_sufficient(inputs: Inputs) -> bool:
    """Whether every pollutant has the days a year needs; the AQI of a year rests on all six."""
    air = _air(inputs)
    assert air is not None  # noqa: S101 - callers have days
    statistics = _statistics_of(air.without_dust, inputs)
    return bool(statistics["is_valid"].all()) and inputs.period.is_whole_year


def _observation(
    indicator: Indicator,
    inputs: Inputs,
    *,
    value: Decimal | None,
    formula: Message,
    substituted: str,
    n_valid: int,
    n_expected: int,
    unrounded: str = "",
    period: str = "",
    place: str = "",
    is_sufficient: bool = True,
    edition: str = "",
    clause: str = "",
    is_verified: bool = True,
    sensitivity: dict[str, tuple[Decimal, Decimal]] | None = None,
    notes: tuple[Message, ...] = (),
) -> Observation:
    air = _air(inputs)
    assert air is not None  # noqa: S101 - callers have days
    sources = inputs.sources.get(air.dataset, ())
    maturity = max(
        (source.maturity for source in sources), key=list(Maturity).index, default=Maturity.PROVISIONAL
    )
    period = period or inputs.period.label
    name = f"{indicator.id}@{place}" if place else indicator.id
    return Observation(
        id=observation_id(inputs.pair.district, inputs.pair.year, name, period, maturity.value),
        district=inputs.pair.district,
        year=inputs.pair.year,
        period=period,
        indicator=indicator.id,
        value=value,
        unrounded=unrounded,
        unit=indicator.unit,
        basis=Basis(
            state=state_of(inputs.period),  # type: ignore[arg-type]
            dust="excluded" if air.without_dust is not air.area_daily else "included",
            place=place or inputs.air_place,
        ),
        maturity=maturity,
        is_sufficient=is_sufficient,
        reason="" if is_sufficient else "too_few_days",
        completeness=Decimal(n_valid) / Decimal(n_expected) if n_expected else None,
        has_document=maturity in {Maturity.VERIFIED, Maturity.AUDITED},
        has_evidence_file=bool(sources),
        trace=Trace(
            formula=formula,
            substituted=substituted,
            n_used=n_valid,
            n_expected=n_expected,
            edition=edition,
            clause=clause,
            is_verified=is_verified and indicator.is_verified,
            notes=notes,
            sources=sources,
        ),
        sensitivity=sensitivity or {},
    )


def _text(value: object) -> str:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    return f"{float(value):.6f}".rstrip("0").rstrip(".")  # type: ignore[arg-type]
