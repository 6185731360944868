"""The composite index of HJ 663: one number for the six pollutants of a period."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.air.editions import AirEdition, air_edition, limit
from ecoreport.standards.air.readings import (
    day_column,
    require_days,
    require_readings,
    required_columns,
)
from ecoreport.standards.rounding import Number, as_fraction, exact_mean, round_half_even
from ecoreport.standards.statistics import percentile
from ecoreport.standards.tables import Line, least_verified, select, single


@dataclass(frozen=True)
class CompositeIndex:
    """The composite index and what it is made of.

    Attributes
    ----------
    total : float
        Sum of the weighted single indices; NaN when a concentration is missing.
    items : pandas.DataFrame
        One row a pollutant: ``pollutant``, ``concentration`` (rounded), ``limit``, ``index``
        (rounded), ``weight``, ``weighted_index``.
    main_pollutants : list of str
        Pollutants with the largest single index; empty when a concentration is missing.
    edition : str
        Of HJ 663.
    verified : str
        ``unverified`` for 2026, whose weights one implementer reports.
    """

    total: float
    items: pd.DataFrame
    main_pollutants: list[str]
    edition: str
    verified: str


def composite_index(
    concentrations: Mapping[str, Number], year: int, edition: str | None = None
) -> CompositeIndex:
    """Return the composite index of a period.

    Parameters
    ----------
    concentrations : mapping
        Pollutant to its statistic of the period, as `composite_concentrations` gives them:
        SO2, NO2, PM10, PM2.5 the mean (µg/m3), CO the 95th percentile (mg/m3), O3 the 90th
        percentile of the daily maximum of 8 hours (µg/m3). All six keys; NaN is missing.
    year : int
    edition : str, optional
        See `air_edition`.

    Returns
    -------
    CompositeIndex

    Raises
    ------
    InputError
        For a missing pollutant or a negative value.

    Notes
    -----
    ``I = C / S`` with the class 2 limits: annual for means, daily for percentiles. C is rounded
    first (CO one decimal, others whole), each I half-even to two decimals, then they are added:
    so it reproduces published values, which adding first does not.
    """
    standard = air_edition(year, edition)
    lines = select("air_composite_index", edition=standard.assessment)
    missing = [line["pollutant"] for line in lines if line["pollutant"] not in concentrations]
    if missing:
        raise InputError(
            _("综合指数缺少 {pollutants} 的浓度。").format(pollutants=", ".join(missing))
        )
    items = [_item(concentrations[line["pollutant"]], line, standard) for line in lines]
    verified = least_verified(
        [standard.verified] + [line["verified"] for line in lines] + [i["verified"] for i in items]
    )
    is_complete = all(item["index"] is not None for item in items)
    largest = max(item["index"] for item in items) if is_complete else None
    columns = ["pollutant", "concentration", "limit", "index", "weight", "weighted_index"]
    frame = pd.DataFrame(items)[columns]
    return CompositeIndex(
        total=float(sum(item["weighted_index"] for item in items)) if is_complete else math.nan,
        items=frame.astype(dict.fromkeys(columns[1:], float)),
        main_pollutants=[
            item["pollutant"] for item in items if is_complete and item["index"] == largest
        ],
        edition=standard.assessment,
        verified=verified,
    )


def composite_concentrations(
    daily: pd.DataFrame, year: int, edition: str | None = None
) -> dict[str, Fraction | float]:
    """Return the concentrations that a composite index of some days rests on.

    Parameters
    ----------
    daily : pandas.DataFrame
        As in `annual_statistics`; any days of `year`: a month, a quarter, the year.
    year : int
    edition : str, optional
        See `air_edition`.

    Returns
    -------
    dict
        Pollutant to its exact mean or percentile; NaN without any day. How many days it needs is
        for the caller to ask.

    Raises
    ------
    InputError
        As `annual_statistics`.
    """
    standard = air_edition(year, edition)
    require_days(daily.index, year)
    require_readings(daily, required_columns("day"))
    lines = select("air_composite_index", edition=standard.assessment)
    return {line["pollutant"]: _concentration(daily, line, standard) for line in lines}


def _concentration(daily: pd.DataFrame, line: Line, standard: AirEdition) -> Fraction | float:
    statistic = single(
        "air_annual_statistics",
        edition=standard.assessment,
        pollutant=line["pollutant"],
        statistic=line["statistic"],
    )
    percent = statistic["percentile"]
    averaging = statistic["limit_averaging"] if percent else "24h"
    days = daily[day_column(line["pollutant"], averaging)].dropna()
    if days.empty:
        return math.nan
    return percentile(days, int(percent)) if percent else exact_mean(days)


def _item(concentration: Number, line: Line, standard: AirEdition) -> dict[str, Any]:
    bound = limit(
        line["pollutant"], line["limit_averaging"], standard, int(line["functional_class"])
    )
    item: dict[str, Any] = {
        "pollutant": line["pollutant"],
        "limit": bound.value,
        "weight": Fraction(line["weight"]),
        "verified": bound.verified,
    }
    if math.isnan(concentration):
        return item | {"concentration": math.nan, "index": None, "weighted_index": None}
    if concentration < 0:
        raise InputError(
            _("{pollutant} 的浓度 {value} 小于 0。").format(
                pollutant=line["pollutant"], value=concentration
            )
        )
    rounded = round_half_even(as_fraction(concentration), int(line["concentration_decimals"]))
    index = round_half_even(rounded / bound.value, int(line["index_decimals"]))
    return item | {
        "concentration": rounded,
        "index": index,
        "weighted_index": index * item["weight"],
    }
