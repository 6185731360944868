"""Means of readings over a period, exact, and the decimals of assessed values."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from ecoreport.standards.rounding import round_half_even, whole_units
from ecoreport.standards.tables import select
from ecoreport.standards.water.readings import (
    Floats,
    column_of,
    group_keys,
    numbers,
    present,
)
from ecoreport.standards.water.rules import assessment_rule

COUNT_SUFFIX = "_n"
# More places than any meter shows; the logarithm of a mean is off by less than that.
PH_DECIMALS = 9


def period_means(frame: pd.DataFrame, by: list[str], year: int) -> pd.DataFrame:
    """Return the arithmetic means of readings: of a month's, or of the months of a year.

    Parameters
    ----------
    frame : pandas.DataFrame
        One reading a row: the columns of `by` and any of ``water_items.csv``. For a year hand in
        the means of its months: ``period_means(monthly, ["section"], 2018)``. Readings below the
        detection limit go through `half_detection_limits` first.
    by : list of str
        Columns that keep groups apart: ``["section"]``, ``["section", "month"]``.
    year : int
        Of the readings; chooses how pH is averaged.

    Returns
    -------
    pandas.DataFrame
        One row a group, sorted, on an index of `by`: the means, and for each ``…_n``, the number of
        values behind it. NaN and 0 where there is none. Exact up to the float that holds them, not
        rounded.

    Raises
    ------
    InputError
        For a missing column or group, no column to average, or impossible values.

    Notes
    -----
    环办〔2011〕22号: periods are judged by arithmetic means of their readings; the year by its
    months. 环办监测函〔2020〕82号: the mean pH is that of the mean concentration of hydrogen ions
    (one source); before 2020 arithmetic (unverified). How many months a year needs is in
    ``surface_water_rules.csv`` and left to the caller.
    """
    columns = present(frame, [line["column"] for line in select("water_items")])
    grouped = group_keys(frame, by).groupby(by, sort=True)
    groups = grouped.ngroup().to_numpy()
    index = grouped.size().index
    means: dict[str, Any] = {}
    for column in columns:
        values = numbers(frame, column)
        is_measured = ~np.isnan(values)
        counts = np.bincount(groups[is_measured], minlength=len(index))
        mean = _ph_means if column == column_of("pH") and _by_ions(year) else _means
        means[column] = mean(values[is_measured], groups[is_measured], counts)
        means[column + COUNT_SUFFIX] = counts
    return pd.DataFrame(means, index=index)


def rounded_for_assessment(frame: pd.DataFrame) -> pd.DataFrame:
    """Return values with the decimals of assessed values, to see where rounding makes the class.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns of ``surface_water_decimals.csv``, as far as present; others are left alone.

    Returns
    -------
    pandas.DataFrame
        A copy, rounded half to even; a value that would become zero keeps one significant digit.

    Notes
    -----
    总站水字〔2018〕87号 by one implementer: the decimals are not verified. Classes here rest on
    unrounded values, as those of the national platform do.
    """
    rounded = frame.copy()
    for line in select("surface_water_decimals"):
        column = line["column"]
        if column in frame.columns:
            rounded[column] = _rounded(numbers(frame, column), int(line["decimals"]))
    return rounded


def _rounded(values: Floats, decimals: int) -> Floats:
    rounded = round_half_even(values, decimals)
    for position in np.flatnonzero((rounded == 0) & (values != 0)):
        first_digit = -math.floor(math.log10(values[position]))
        rounded[position] = round_half_even(float(values[position]), first_digit)
    return rounded


def _means(values: Floats, groups: Any, counts: Any) -> Floats:
    units, scale = whole_units(pd.Series(values))
    readings = units.to_numpy()
    sums = np.zeros(len(counts), dtype=readings.dtype)
    np.add.at(sums, groups, readings)
    # Where there is no value the quotient is zero over one.
    means = (sums / np.maximum(counts * scale, 1)).astype(np.float64)
    return np.where(counts > 0, means, np.nan)


def _ph_means(values: Floats, groups: Any, counts: Any) -> Floats:
    ions = np.bincount(groups, weights=10.0**-values, minlength=len(counts))
    with np.errstate(divide="ignore", invalid="ignore"):
        means: Floats = np.round(-np.log10(ions / counts), PH_DECIMALS)
    return means


def _by_ions(year: int) -> bool:
    return assessment_rule("ph_mean", year).value == "hydrogen_ions"
