"""From a measured number to an observation of air: basis, maturity, completeness, trace."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, cast

import pandas as pd

from ecoreport.config.models import Indicator
from ecoreport.config.vocabulary import Maturity
from ecoreport.message import N_, Message, message
from ecoreport.observe.air_days import PARTICULATES, AirDays, state_of
from ecoreport.observe.observation import Basis, Observation, Trace, observation_id
from ecoreport.observe.registry import Inputs
from ecoreport.standards.air import annual_statistics

AREA_DAY = message(N_("区域日值要求的有效点位比例（75%，不足4个点位时50%）未见原文、未经核实"))
"""Of every value of an area: ``air_area_day.csv`` is from memory."""

Range = tuple[Decimal, Decimal]
State = Literal["", "reference", "actual", "mixed"]
Dust = Literal["", "included", "excluded"]


@dataclass(frozen=True)
class Measured:
    """A number made from the days of a period.

    Attributes
    ----------
    period : str
        The period observed, or one of its months; empty for the period observed.
    n_expected : int
        Calendar days; 0 lets the period say it.
    n_counted : int, optional
        Numerator, where the value is a share of `n_valid`.
    dust : str
        Whether days of dust are in it; empty for what dust does not change.
    is_sufficient : bool, optional
        Whether there were enough days; where not given, whether the days of all six pollutants
        suffice for the year, or for the month.
    """

    value: Decimal
    formula: Message
    substituted: str
    n_valid: int
    n_expected: int = 0
    n_counted: int | None = None
    unrounded: str = ""
    period: str = ""
    place: str = ""
    dust: Dust = "included"
    is_sufficient: bool | None = None
    edition: str = ""
    clause: str = ""
    is_verified: bool = True
    sensitivity: dict[str, Range] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()


def air_of(inputs: Inputs) -> AirDays | None:
    """Return the days of air, or None where there are none."""
    return cast("AirDays | None", inputs.computed.get("air_days"))


def day_columns_of(days: pd.DataFrame) -> list[str]:
    """Return the columns that hold concentrations."""
    return [column for column in days.columns if column.endswith(("_ug_m3", "_mg_m3"))]


def dust_of(air: AirDays, column: str = "") -> Dust:
    """Return whether days of dust are in a statistic of a column, or of all columns."""
    if column and column not in PARTICULATES:
        return ""
    return "included" if air.without_dust is air.area_daily else "excluded"


def area_statistics(inputs: Inputs, air: AirDays) -> pd.DataFrame:
    """Return the annual statistics of the area, computed once for all indicators."""
    if "area_statistics" not in inputs.computed:
        inputs.computed["area_statistics"] = _statistics(air.without_dust, inputs)
    return cast("pd.DataFrame", inputs.computed["area_statistics"])


def measured_statistics(inputs: Inputs, air: AirDays) -> pd.DataFrame:
    """Return the statistics with dust days in: they were measured, and say if days suffice."""
    if "measured_statistics" not in inputs.computed:
        inputs.computed["measured_statistics"] = (
            area_statistics(inputs, air)
            if air.without_dust is air.area_daily
            else _statistics(air.area_daily, inputs)
        )
    return cast("pd.DataFrame", inputs.computed["measured_statistics"])


def station_statistics(inputs: Inputs, air: AirDays) -> dict[str, pd.DataFrame]:
    """Return the annual statistics of each point by its code, computed once."""
    if "station_statistics" not in inputs.computed:
        inputs.computed["station_statistics"] = {
            str(code): _statistics(days.set_index("date").sort_index(), inputs)
            for code, days in air.station_without_dust.groupby("station")
        }
    return cast("dict[str, pd.DataFrame]", inputs.computed["station_statistics"])


def _statistics(days: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    return annual_statistics(days[day_columns_of(days)], inputs.period.year, inputs.air_edition)


def observation_of(
    indicator: Indicator, inputs: Inputs, air: AirDays, measured: Measured
) -> Observation:
    """Return the observation of a measured number."""
    sources = inputs.sources.get(air.dataset, ())
    maturity = air.maturity
    period = measured.period or inputs.period.label
    n_expected = measured.n_expected or _n_days(period, inputs)
    is_sufficient = (
        _is_sufficient(period, inputs, air)
        if measured.is_sufficient is None
        else measured.is_sufficient
    )
    name = f"{indicator.id}@{measured.place}" if measured.place else indicator.id
    return Observation(
        id=observation_id(inputs.pair.district, inputs.pair.year, name, period, maturity.value),
        district=inputs.pair.district,
        year=inputs.pair.year,
        period=period,
        indicator=indicator.id,
        value=measured.value,
        unrounded=measured.unrounded,
        unit=indicator.unit,
        basis=Basis(
            state=cast("State", state_of(*_span(period, inputs))),
            dust=measured.dust,
            place=measured.place or inputs.air_place,
        ),
        maturity=maturity,
        is_sufficient=is_sufficient,
        reason="" if is_sufficient else "too_few_days",
        completeness=round(Decimal(measured.n_valid) / Decimal(n_expected), 4),
        has_document=maturity in {Maturity.VERIFIED, Maturity.AUDITED},
        has_evidence_file=bool(sources),
        trace=Trace(
            formula=measured.formula,
            substituted=measured.substituted,
            n_used=measured.n_valid,
            n_expected=n_expected,
            n_counted=measured.n_counted,
            edition=measured.edition,
            clause=measured.clause,
            is_verified=measured.is_verified and indicator.is_verified and bool(measured.place),
            notes=measured.notes if measured.place else (*measured.notes, AREA_DAY),
            sources=sources,
        ),
        sensitivity=measured.sensitivity,
    )


def _n_days(period: str, inputs: Inputs) -> int:
    if period == inputs.period.label:
        return inputs.period.n_days + inputs.period.n_days_left
    return pd.Period(period).days_in_month


def _span(period: str, inputs: Inputs) -> tuple[dt.date, dt.date]:
    if period == inputs.period.label:
        return inputs.period.first_day, inputs.period.last_day
    month = pd.Period(period)
    return month.start_time.date(), min(month.end_time.date(), inputs.period.last_day)


def _is_sufficient(period: str, inputs: Inputs, air: AirDays) -> bool:
    """Whether every pollutant has the days it needs; an index rests on all six."""
    days = measured_statistics(inputs, air)
    if period == inputs.period.label:
        return inputs.period.is_whole_year and bool(days["is_valid"].all())
    invalid_months = days["invalid_months"]
    return all(pd.Period(period).month not in months for months in invalid_months)
