"""The annual assessment of HJ 663: statistics against limits, exceedance days."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pandas as pd

from ecoreport.standards.air.editions import AirEdition, air_edition, limit
from ecoreport.standards.air.readings import (
    day_column,
    require_days,
    require_readings,
    required_columns,
)
from ecoreport.standards.air.validity import annual_validity
from ecoreport.standards.rounding import as_fraction, exact_mean, round_half_even
from ecoreport.standards.statistics import attainment_rate, exceedance_multiple, percentile
from ecoreport.standards.tables import Line, least_verified, select, single


def annual_statistics(
    daily: pd.DataFrame, year: int, edition: str | None = None, functional_class: int = 2
) -> pd.DataFrame:
    """Return the annual statistics of one place against their limits.

    Parameters
    ----------
    daily : pandas.DataFrame
        One place, one row a day of `year` on a DatetimeIndex: ``pm25_ug_m3, pm10_ug_m3,
        so2_ug_m3, no2_ug_m3, co_mg_m3, o3_8h_ug_m3``. An area's days, not its stations'.
    year : int
    edition : str, optional
        See `air_edition`.
    functional_class : {1, 2}
        Functional class of the area (GB 3095, 4.1).

    Returns
    -------
    pandas.DataFrame
        One row a pollutant and statistic, in the order of ``air_annual_statistics.csv``:

        - ``pollutant``, ``statistic`` (``annual_mean``, ``p98_24h``, ``p95_24h``, ``p90_8h``),
          ``percentile`` (Int64, missing for means), ``unit``
        - ``value_unrounded``, ``value`` (rounded for the report), NaN without any day
        - ``n_valid_days``, ``n_expected`` (the whole calendar year), ``completeness`` (0 to 1),
          ``is_valid``, ``invalid_months`` (list of months with too few days)
        - ``limit``, ``exceedance_multiple`` (of the value rounded for the comparison; NaN where
          the limit is met)
        - ``edition``, ``stage``, ``clause``, ``source``
        - ``verified`` (of the least certain part), ``unverified`` (list of the parts that are
          not verified: edition, limit, statistic, validity, rounding)
        - ``verdict``: ``met``, ``not_met``, ``insufficient_data``

    Raises
    ------
    InputError
        For missing columns, days of another year, a day given twice, impossible values, or a year
        that two editions share.

    Notes
    -----
    HJ 663: means and percentiles of all valid days, exact, rounded once by GB/T 8170; the
    rounded value is compared with the limit. Too few days (324 a year, 27 a month, 25 in
    February; GB 3095 table 4) leave the value as a reference and give no verdict.
    """
    standard = air_edition(year, edition)
    require_days(daily.index, year)
    require_readings(daily, required_columns("day"))
    lines = select("air_annual_statistics", edition=standard.assessment)
    statistics = pd.DataFrame(
        [_annual_statistic(daily, line, year, standard, functional_class) for line in lines]
    )
    return statistics.astype({"percentile": "Int64"})


def exceedance(
    daily: pd.DataFrame, year: int, edition: str | None = None, functional_class: int = 2
) -> pd.DataFrame:
    """Return how often and how far single days exceeded their limits.

    Parameters
    ----------
    daily, year, edition, functional_class
        As in `annual_statistics`; the days may be of a part of the year.

    Returns
    -------
    pandas.DataFrame
        One row a pollutant: ``pollutant``, ``averaging``, ``unit``, ``limit``, ``n_valid_days``,
        ``n_exceedance_days``, ``attainment_rate`` (percent), ``maximum`` (rounded),
        ``maximum_on`` (the first such day), ``maximum_multiple`` (NaN within the limit),
        ``edition``, ``stage``, ``clause``, ``verified``.

    Raises
    ------
    InputError
        As `annual_statistics`.

    Notes
    -----
    HJ 663: multiple ``(C - S) / S``, two decimals; attainment rate, one decimal. Daily values are
    rounded by GB/T 8170 before the comparison.
    """
    standard = air_edition(year, edition)
    require_days(daily.index, year)
    require_readings(daily, required_columns("day"))
    columns = select("air_columns", frame="day", is_required="true")
    return pd.DataFrame(
        [_exceedance(daily[line["column"]], line, standard, functional_class) for line in columns]
    )


def _annual_statistic(
    daily: pd.DataFrame, line: Line, year: int, standard: AirEdition, functional_class: int
) -> dict[str, Any]:
    pollutant = line["pollutant"]
    day_averaging = line["limit_averaging"] if line["percentile"] else "24h"
    days = daily[day_column(pollutant, day_averaging)].dropna()
    bound = limit(pollutant, line["limit_averaging"], standard, functional_class)
    decimals = _decimals(pollutant, standard)
    validity = annual_validity(days, pollutant, year, standard)
    value = _statistic(days, line["percentile"])
    compared = _rounded(value, decimals["attainment_decimals"])
    certainty = {
        "edition": standard.verified,
        "limit": bound.verified,
        "statistic": line["verified"],
        "validity": validity.verified,
        "rounding": decimals["verified"],
    }
    return {
        "pollutant": pollutant,
        "statistic": line["statistic"],
        "percentile": int(line["percentile"]) if line["percentile"] else None,
        "unit": bound.unit,
        "value_unrounded": math.nan if value is None else float(value),
        "value": _rounded(value, decimals["statistics_decimals"]),
        "n_valid_days": validity.n_valid_days,
        "n_expected": validity.n_expected,
        "completeness": validity.n_valid_days / validity.n_expected,
        "is_valid": validity.is_valid,
        "invalid_months": validity.invalid_months,
        "limit": float(bound.value),
        "exceedance_multiple": _multiple(compared, bound.value, standard),
        "edition": bound.edition,
        "stage": bound.stage,
        "clause": f"{bound.edition} {bound.clause}; {standard.assessment} {line['clause']}".strip(),
        "source": ";".join(filter(None, (bound.source, line["source"]))),
        "verified": least_verified(certainty.values()),
        "unverified": [part for part, level in certainty.items() if level != "verified"],
        "verdict": _verdict(compared, bound.value, is_valid=validity.is_valid),
    }


def _exceedance(
    values: pd.Series[Any], line: Line, standard: AirEdition, functional_class: int
) -> dict[str, Any]:
    bound = limit(line["pollutant"], line["averaging"], standard, functional_class)
    decimals = _decimals(line["pollutant"], standard)
    days = round_half_even(values.dropna(), int(decimals["attainment_decimals"]))
    n_exceeding = int((days.astype(float) > float(bound.value)).sum())
    maximum = float(days.max()) if len(days) else math.nan
    rate_decimals = _decimals("attainment_rate", standard)["attainment_decimals"]
    return {
        "pollutant": line["pollutant"],
        "averaging": line["averaging"],
        "unit": bound.unit,
        "limit": float(bound.value),
        "n_valid_days": len(days),
        "n_exceedance_days": n_exceeding,
        "attainment_rate": attainment_rate(len(days) - n_exceeding, len(days), int(rate_decimals)),
        "maximum": maximum,
        "maximum_on": days.astype(float).idxmax() if len(days) else pd.NaT,
        "maximum_multiple": _multiple(maximum, bound.value, standard),
        "edition": bound.edition,
        "stage": bound.stage,
        "clause": f"{bound.edition} {bound.clause}",
        "verified": least_verified((bound.verified, decimals["verified"])),
    }


def _statistic(days: pd.Series[Any], percent: str) -> Fraction | None:
    if days.empty:
        return None
    return percentile(days, int(percent)) if percent else exact_mean(days)


def _decimals(quantity: str, standard: AirEdition) -> Line:
    return single("air_rounding", edition=standard.assessment, quantity=quantity)


def _rounded(value: Fraction | None, decimals: str) -> float:
    return math.nan if value is None else float(round_half_even(value, int(decimals)))


def _multiple(value: float, bound: Fraction, standard: AirEdition) -> float:
    decimals = _decimals("exceedance_multiple", standard)["attainment_decimals"]
    return exceedance_multiple(value, bound, int(decimals))


def _verdict(value: float, bound: Fraction, *, is_valid: bool) -> str:
    if not is_valid:
        return "insufficient_data"
    return "met" if as_fraction(value) <= bound else "not_met"
