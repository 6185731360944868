"""Statistics that the assessment rules of several media share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.rounding import Number, as_fraction, round_half_even
from ecoreport.standards.tables import select

Direction = Literal["up", "down", "no_clear_trend", "too_few_years"]


def percentile(values: Iterable[Number], percent: int) -> Fraction:
    """Return a percentile by linear interpolation, without any rounding.

    Parameters
    ----------
    values : iterable of numbers
        In any order; missing values are left out.
    percent : int
        0 to 100.

    Returns
    -------
    fractions.Fraction

    Raises
    ------
    InputError
        If there is no value at all.

    Notes
    -----
    HJ 663, appendix A: ``k = 1 + (n - 1) p / 100``, ``s = floor(k)``,
    ``m = X(s) + (X(s+1) - X(s)) (k - s)`` over the sorted values.
    """
    ordered = (values if isinstance(values, pd.Series) else pd.Series(list(values))).dropna()
    ordered = ordered.sort_values()
    if ordered.empty:
        raise InputError(_("没有有效数值，无法计算百分位数。"))
    position = Fraction((len(ordered) - 1) * percent, 100)
    below = math.floor(position)
    above = math.ceil(position)
    low, high = as_fraction(ordered.iloc[below]), as_fraction(ordered.iloc[above])
    return low + (high - low) * (position - below)


def exceedance_multiple(value: Number, limit: Number, decimals: int) -> float:
    """Return by how many times the limit a value exceeds it: ``(C - S) / S``, rounded.

    Parameters
    ----------
    value, limit : number
        In one unit.
    decimals : int
        Two for air (HJ 663), one for surface water.

    Returns
    -------
    float
        NaN where the limit is not exceeded: there is no multiple then.
    """
    if math.isnan(value) or value <= limit:
        return math.nan
    exact_limit = as_fraction(limit)
    return float(round_half_even((as_fraction(value) - exact_limit) / exact_limit, decimals))


def attainment_rate(n_attaining: int, n_valid: int, decimals: int) -> float:
    """Return attaining values as a percentage of valid values, rounded.

    Returns
    -------
    float
        Percent; NaN where there is no valid value.

    Notes
    -----
    HJ 663: one decimal.
    """
    if n_valid == 0:
        return math.nan
    return float(round_half_even(Fraction(100 * n_attaining, n_valid), decimals))


@dataclass(frozen=True)
class SpearmanTrend:
    """A trend over years by Spearman's rank correlation.

    Attributes
    ----------
    n_years : int
    coefficient : fractions.Fraction or None
        From -1 (falls every year) to 1 (rises every year).
    critical_value : fractions.Fraction or None
        What the size of the coefficient must reach.
    direction : str
        ``up``, ``down``, ``no_clear_trend`` or ``too_few_years``.
    verified : str
        How well the critical value was checked.
    """

    n_years: int
    coefficient: Fraction | None
    critical_value: Fraction | None
    direction: Direction
    verified: str


def spearman_trend(
    by_year: Mapping[int, Number] | pd.Series[float],
    significance: str = "0.05",
    version: str = "printed",
) -> SpearmanTrend:
    """Judge whether values rise or fall over years.

    Parameters
    ----------
    by_year : mapping or pandas.Series
        Year to value; missing values are left out.
    significance : {"0.05", "0.01"}
        One-sided.
    version : {"printed", "exact"}
        Critical values as Chinese guides print them, or the exact ones.

    Returns
    -------
    SpearmanTrend

    Raises
    ------
    InputError
        If there is no table for `significance` and `version`.

    Notes
    -----
    ``r = 1 - 6 Σd² / (N³ - N)``, d = rank of the value minus rank of the year; equal values share
    their mean rank. Fewer years than the table begins with (five) give no trend. For a number of
    years between two lines of the table the line of fewer years is used, which is the stricter.
    """
    series = by_year if isinstance(by_year, pd.Series) else pd.Series(dict(by_year))
    values = series.dropna().sort_index()
    n_years = len(values)
    critical = _critical_value(n_years, significance, version)
    if critical is None:
        return SpearmanTrend(n_years, None, None, "too_few_years", "verified")
    threshold, verified = critical
    # Means of ranks are halves: doubled they are whole numbers.
    ranks = values.astype(float).rank(method="average")
    doubled = [round(2 * rank) - 2 * year for year, rank in enumerate(ranks, start=1)]
    squares = Fraction(sum(difference**2 for difference in doubled), 4)
    coefficient = 1 - 6 * squares / (n_years**3 - n_years)
    direction: Direction = "no_clear_trend"
    if abs(coefficient) >= threshold:
        direction = "up" if coefficient > 0 else "down"
    return SpearmanTrend(n_years, coefficient, threshold, direction, verified)


def _critical_value(n_years: int, significance: str, version: str) -> tuple[Fraction, str] | None:
    lines = select("spearman_critical", significance=significance, version=version)
    if not lines:
        raise InputError(
            _("没有显著性水平 {significance}（{version}）的秩相关系数临界值表。").format(
                significance=significance, version=version
            )
        )
    usable = [line for line in lines if int(line["n_years"]) <= n_years]
    if not usable:
        return None
    line = max(usable, key=lambda line: int(line["n_years"]))
    return Fraction(line["critical_value"]), line["verified"]
