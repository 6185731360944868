"""What the suite of the ecological index holds against the standard: which rows agree with it."""

from __future__ import annotations

from typing import Final

import pandas as pd

from ecoreport.standards.ecology import ecological_grade, ecological_index

TOLERANCE: Final = 0.5
"""Sub-indices are printed rounded: their weighted sum may differ by less than this."""


def agreeing_indices(frame: pd.DataFrame) -> list[list[float]]:
    """Return official index and richness of the rows that their sub-indices bear out.

    Parameters
    ----------
    frame : pandas.DataFrame
        Canonical ``ei_subindices``. Where a sub-index is missing, there is nothing to hold against.
    """
    possible = frame[_in_range(frame["ei_official"]) & frame["biological_richness"].notna()]
    difference = (ecological_index(_known(possible)).values["ei"] - possible["ei_official"]).abs()
    agrees = difference.isna() | (difference <= TOLERANCE)
    pairs = possible.loc[agrees, ["ei_official", "biological_richness"]]
    return [list(pair) for pair in pairs.itertuples(index=False, name=None)]


def graded_indices(frame: pd.DataFrame) -> list[list[object]]:
    """Return official index and grade of the rows whose grade is that of the index."""
    possible = frame[_in_range(frame["ei_official"])]
    agrees = ecological_grade(possible["ei_official"]).astype("str") == possible["grade_official"]
    pairs = possible.loc[agrees, ["ei_official", "grade_official"]]
    return [list(pair) for pair in pairs.itertuples(index=False, name=None)]


def _in_range(index: pd.Series[float]) -> pd.Series[bool]:
    return index.between(0, 100)


def _known(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows without what other expectations stop: the standard's functions refuse it."""
    numbers = frame.select_dtypes("number")
    known = frame.assign(**{str(name): cells.where(cells >= 0) for name, cells in numbers.items()})
    restriction = known["environment_restriction"]
    return known.assign(environment_restriction=restriction.where(restriction.isin([2, 3])))
