"""Indices of soil pollution that may be shown beside the classes and are never judged by."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ecoreport.standards.columns import numbers, ordered, present_columns
from ecoreport.standards.tables import select

MOST_INDICES = 1e9
"""No content reaches so many times its limit: the number was given in the wrong unit."""


def nemerow_index(indices: pd.DataFrame) -> pd.Series[float]:
    """Return the Nemerow index of each row of single indices.

    It may be shown; no verdict rests on it: it was made for the limits of GB 15618-1995, and a
    single item beyond its limit can hide in it behind many clean ones.

    Parameters
    ----------
    indices : pandas.DataFrame
        One column an item, as `farmland_indices` gives them.

    Returns
    -------
    pandas.Series
        On the same index; of the items that have an index, NaN where there is none.

    Raises
    ------
    InputError
        For a frame without columns, text, and negative or absurd numbers.

    Notes
    -----
    ``P = √((mean² + largest²) / 2)`` (one source).
    """
    columns = present_columns(indices, indices.columns)
    values = pd.DataFrame(
        {column: numbers(indices, column, 0, MOST_INDICES) for column in columns},
        index=indices.index,
    )
    return ((values.mean(axis=1) ** 2 + values.max(axis=1) ** 2) / 2) ** 0.5


def nemerow_grade(index: pd.Series[float]) -> pd.Series[Any]:
    """Return the grade of each Nemerow index, to be shown and not judged by.

    Parameters
    ----------
    index : pandas.Series
        As `nemerow_index` gives it.

    Returns
    -------
    pandas.Series
        Ordered categorical of the Chinese names of ``soil_index_grades.csv``.

    Notes
    -----
    0.7, 1, 2 and 3, each within the lower grade (one source).
    """
    return _grade(index, "nemerow")


def single_index_grade(index: pd.Series[float]) -> pd.Series[Any]:
    """Return the grade of each single index, to be shown and not judged by.

    Parameters
    ----------
    index : pandas.Series
        A column of `farmland_indices`.

    Returns
    -------
    pandas.Series
        As `nemerow_grade`.

    Notes
    -----
    1, 2, 3 and 5, each within the lower grade. Above 1 the sources name the grades differently
    and the bound of 5 is from memory: unverified.
    """
    return _grade(index, "single")


def _grade(index: pd.Series[float], of: str) -> pd.Series[Any]:
    lines = select("soil_index_grades", index=of)
    values = numbers(index.to_frame("index"), "index", 0, MOST_INDICES)
    # A bound belongs to the grade below it.
    codes = np.searchsorted([float(line["to"]) for line in lines[:-1]], values, side="left")
    codes = np.where(np.isnan(values), -1, codes)
    return ordered(codes, [line["name_zh"] for line in lines], index.index)
