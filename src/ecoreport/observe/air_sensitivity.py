"""How far a statistic of the air would move without one month, or without one day."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from ecoreport.numbers import plain_decimal
from ecoreport.observe.air_measured import Range
from ecoreport.observe.computed import rounded
from ecoreport.standards.rounding import round_half_even, whole_units
from ecoreport.standards.statistics import percentile

Days = tuple[int, int]
"""Days counted, of valid days."""


def sensitivity_of_statistic(
    values: pd.Series, percent: float | None, places: int
) -> dict[str, Range]:
    """Return the lowest and highest statistic without any one month, and without any one day.

    Means and percentiles rise when the smallest day is left out and fall when the largest is, so
    these two days bound all others.
    """
    if len(values) < 2:
        return {}

    units, scale = whole_units(values)

    def of(part: pd.Series) -> Decimal:
        if percent is None or pd.isna(percent):
            exact = Fraction(sum(part.tolist())) / (scale * len(part))
        else:
            exact = percentile(part, int(percent)) / scale
        return plain_decimal(round_half_even(exact, places), places)

    ordered = units.sort_values()
    months = pd.DatetimeIndex(values.index).month
    without_month = [of(units[months != one]) for one in set(months) if (months != one).any()]
    return _ranges(day=[of(ordered.iloc[:-1]), of(ordered.iloc[1:])], month=without_month)


def sensitivity_of_share(whole: Days, months: Sequence[Days], decimals: int) -> dict[str, Range]:
    """Return the lowest and highest share without any one month, and without any one day."""

    def without(part: Days) -> list[Decimal]:
        counted, valid = whole[0] - part[0], whole[1] - part[1]
        return [rounded(Fraction(100 * counted, valid), decimals)] if valid else []

    counted, valid = whole
    one_day = [day for day, is_there in (((1, 1), counted), ((0, 1), valid - counted)) if is_there]
    return _ranges(
        day=[value for day in one_day for value in without(day)],
        month=[value for month in months for value in without(month)],
    )


def _ranges(**values: list[Decimal]) -> dict[str, Range]:
    return {name: (min(found), max(found)) for name, found in values.items() if found}
