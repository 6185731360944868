"""Figures beside what their indicator can well be: pure functions on frames and settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import pandas as pd

from ecoreport.config.plausible import Plausible
from ecoreport.validate.faults import DIGITS_OF_TABLES, last_year_key

if TYPE_CHECKING:
    Flags = pd.Series[bool]

WHOLE_PERCENT: Final = 100.0


def ranges(known: Mapping[str, Plausible], name: str) -> dict[str, list[float]]:
    """Return the lower and upper end of what is ``possible`` or ``usual``, where it is bounded."""
    found = {one: getattr(row, name) for one, row in known.items()}
    return {one: list(limits) for one, limits in found.items() if limits is not None}


def bounds(known: Mapping[str, Plausible], name: str) -> dict[str, float]:
    """Return one number of each row, where it is set."""
    found = {one: getattr(row, name) for one, row in known.items()}
    return {one: bound for one, bound in found.items() if bound is not None}


def rates_of_change(known: Mapping[str, Plausible]) -> dict[str, Plausible]:
    """Return the rows of figures that their definition does not bound."""
    return {name: one for name, one in known.items() if one.possible is None}


def outside_limits(rows: pd.DataFrame, limits: Mapping[str, Sequence[float]]) -> Flags:
    """Flag values outside the limits of what they are of.

    Parameters
    ----------
    rows : pandas.DataFrame
        First what the value is of, last the value.
    limits : mapping of str to sequence of float
        Lower and upper end by what the value is of; one that is not named is not flagged.
    """
    names, values = rows.iloc[:, 0], rows.iloc[:, -1]
    low = names.map({name: one[0] for name, one in limits.items()}).astype("float64")
    high = names.map({name: one[1] for name, one in limits.items()}).astype("float64")
    return (values < low) | (values > high)


def changed_beyond(
    rows: pd.DataFrame,
    key: Sequence[str],
    last_year: Mapping[str, Mapping[str, float]],
    changes: Mapping[str, float],
    ratios: Mapping[str, float],
) -> Flags:
    """Flag values that differ more from the year before than what they are of may.

    Parameters
    ----------
    rows : pandas.DataFrame
        First what the value is of, then the rest of `key`, last the value.
    key : sequence of str
    last_year : mapping of str to mapping of str to float
        Values by column, then by the row's key (`last_year_key`).
    changes, ratios : mapping of str to float
        By what the value is of: the largest difference, and how many times more or less. Of a
        ratio only what is above nought in both years is compared.
    """
    names, values = rows.iloc[:, 0], rows.iloc[:, -1]
    known = last_year.get(str(rows.columns[-1]), {})
    before = last_year_key(rows, key).map(known).astype("float64")
    difference = (values - before).abs().round(DIGITS_OF_TABLES)
    is_compared = (before > 0) & (values > 0)
    ratio = values / before.where(is_compared)
    largest = names.map(dict(ratios)).astype("float64")
    is_far = (ratio > largest) | (ratio < 1 / largest)
    return (difference > names.map(dict(changes)).astype("float64")) | is_far


def beyond_whole(
    rows: pd.DataFrame, key: Sequence[str], parts_of_wholes: Sequence[tuple[Sequence[str], str]]
) -> Flags:
    """Flag parts that together are more than what they are parts of.

    Parameters
    ----------
    rows : pandas.DataFrame
        First the indicator, then the columns of `key`, last the value.
    key : sequence of str
        What parts and whole have in common: period, area.
    parts_of_wholes : sequence
        Pairs of a list of indicators and the indicator that they are parts of; an empty one where
        they are shares of one whole.

    Notes
    -----
    Where a figure was sent more than once, the least of a part and the most of a whole count: what
    is flagged is too much by any of them. A row that lacks a part or the whole is not flagged.
    """
    indicator, value = rows.columns[0], rows.columns[-1]
    place = last_year_key(rows, key)
    grouped = rows.groupby([rows[indicator], place])[value]
    least, most = grouped.min(), grouped.max()
    is_beyond = pd.Series(False, rows.index)
    for parts, whole in parts_of_wholes:
        known = [_of(least, part) for part in parts]
        total = pd.concat(known, axis="columns").sum(axis="columns", skipna=False)
        excess = (total - (_of(most, whole) if whole else WHOLE_PERCENT)).round(DIGITS_OF_TABLES)
        is_beyond |= rows[indicator].isin(parts) & place.isin(excess[excess > 0].index)
    return is_beyond


def _of(figures: pd.Series[float], indicator: str) -> pd.Series[float]:
    """Return the figures of one indicator by place."""
    return figures[figures.index.get_level_values(0) == indicator].droplevel(0)
