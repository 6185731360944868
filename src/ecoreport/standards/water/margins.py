"""What the months left of a year must be to reach a class, and by how much a year missed it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

import pandas as pd

from ecoreport.standards.rounding import as_fraction, exact_mean
from ecoreport.standards.tables import select
from ecoreport.standards.water.limits import ClassLimit, class_limit, section_columns
from ecoreport.standards.water.means import period_means
from ecoreport.standards.water.readings import column_of, present
from ecoreport.standards.water.rules import assessment_rule

PERCENT_DECIMALS: Final = 1


@dataclass(frozen=True)
class Margin:
    """How far the mean of one item lies beyond the limit of a class, and what would mend it.

    Attributes
    ----------
    column, parameter, unit : str
    mean, limit : fractions.Fraction
        Mean so far, and the limit that it lies beyond.
    is_floor : bool
        True: the limit is a lowest value (dissolved oxygen, the lower side of pH).
    n_left : int
        Months left; 0 once the year is over.
    required : fractions.Fraction or None
        What the mean of the months left must be, at most (at least, of a floor). None without
        months left, and where the mean is no arithmetic one.
    decimals : int
        Decimals with which values of the item are assessed.
    """

    column: str
    parameter: str
    unit: str
    mean: Fraction
    limit: Fraction
    is_floor: bool
    n_left: int
    required: Fraction | None
    decimals: int

    @property
    def stated(self) -> Decimal | None:
        """What is required, rounded to the safe side; None where that is not possible."""
        if self.required is None:
            return None
        value = _rounded(self.required, self.decimals, is_up=self.is_floor)
        return value if self._is_attainable(value) else None

    @property
    def is_impossible(self) -> bool:
        """Whether no mean of the months left would do: above zero, or below saturation at 0 ℃."""
        return self.required is not None and self.stated is None

    @property
    def shortfall(self) -> Decimal:
        """By how much the mean would have to change, in the unit of the item, rounded up."""
        return _rounded(abs(self.mean - self.limit), self.decimals, is_up=True)

    @property
    def fall_percent(self) -> Decimal | None:
        """What share of the mean the shortfall is, as that is stated, rounded up; None of a floor.

        Of the exact difference it would be less than what the amount beside it comes to.
        """
        if self.is_floor or not self.mean:
            return None
        share = 100 * Fraction(self.shortfall) / self.mean
        return _rounded(share, PERCENT_DECIMALS, is_up=True)

    def _is_attainable(self, value: Decimal) -> bool:
        if not self.is_floor or self.parameter == "pH":
            return value > 0
        saturated = assessment_rule("saturation_numerator").number
        return Fraction(value) <= saturated / assessment_rule("saturation_offset").number


def target_margins(
    months: pd.DataFrame, water_body: str, target: str, year: int, n_left: int
) -> list[Margin]:
    """Return the items of one section whose mean so far lies beyond the limit of a class.

    Parameters
    ----------
    months : pandas.DataFrame
        The means of its months, one a row: any of the columns of the section class; NaN is not
        measured. Items of which the natural background is removed are left out by the caller.
    water_body : {"river", "lake"}
    target : {"I", "II", "III", "IV", "V"}
    year : int
        Chooses how pH is averaged.
    n_left : int
        Months that are still to be measured.

    Returns
    -------
    list of Margin
        In the order of the standard; empty where the class is reached.

    Raises
    ------
    InputError
        For no column that can be judged, impossible values, or a class without limits.

    Notes
    -----
    环办〔2011〕22号: the year is judged by the mean of its months. With a mean ``m`` of ``n``
    months and ``k`` to come the limit ``S`` is kept if those come to ``(S (n + k) - m n) / k``.
    """
    columns = present(months, section_columns())
    found = []
    for column in columns:
        limit = class_limit(section_columns()[column], target, water_body)
        margin = limit_margin([months[column].dropna()], column, limit, year, n_left)
        if margin is not None:
            found.append(margin)
    return found


def limit_margin(
    points: Sequence[pd.Series], column: str, limit: ClassLimit, year: int, n_left: int
) -> Margin | None:
    """Return how far the mean of an item lies beyond a limit; None where it is kept or not known.

    Parameters
    ----------
    points : sequence of pandas.Series
        The means of the months of each point, without missing values. A section is one point; the
        mean of a lake is that of its points' means over the year, as `period_means` of them gives.
    column : str
        Key of ``water_items.csv``.
    limit : ClassLimit
    year, n_left
        As in `target_margins`. The months left are taken to be alike at all points.
    """
    measured = [values for values in points if len(values)]
    if not measured:
        return None
    mean = _mean(measured, column, year)
    is_floor = limit.lowest is not None and mean < limit.lowest
    if not is_floor and (limit.highest is None or mean <= limit.highest):
        return None
    bound = limit.lowest if is_floor else limit.highest
    assert bound is not None  # noqa: S101 - it is the side that the mean lies beyond
    return Margin(
        column=column,
        parameter=limit.parameter,
        unit=limit.unit,
        mean=mean,
        limit=bound,
        is_floor=is_floor,
        n_left=n_left,
        required=_required(measured, bound, n_left)
        if n_left > 0 and _is_arithmetic(column, year)
        else None,
        decimals=_decimals(column, bound),
    )


def _mean(points: Sequence[pd.Series], column: str, year: int) -> Fraction:
    """Return the mean of the points' means, each held in a float as classes are given to it."""
    if _is_arithmetic(column, year):
        means = [float(exact_mean(values)) for values in points]
        return as_fraction(float(exact_mean(means)))
    rows = pd.concat([pd.DataFrame({"point": n, column: p}) for n, p in enumerate(points)])
    by_point = period_means(rows, ["point"], year)[[column]].assign(whole="all").reset_index()
    return as_fraction(float(period_means(by_point, ["whole"], year)[column].iloc[0]))


def _is_arithmetic(column: str, year: int) -> bool:
    return column != column_of("pH") or assessment_rule("ph_mean", year).value == "arithmetic"


def _required(points: Sequence[pd.Series], limit: Fraction, n_left: int) -> Fraction:
    """Return the mean of the months left with which the mean of the points is the limit."""
    so_far = [
        Fraction(sum(as_fraction(one) for one in values), len(values) + n_left) for values in points
    ]
    weights = [Fraction(n_left, len(values) + n_left) for values in points]
    return (limit * len(points) - sum(so_far)) / sum(weights)


def _decimals(column: str, limit: Fraction) -> int:
    """Return the decimals of assessed values; of items without them one more than the limit's."""
    lines = select("surface_water_decimals", column=column)
    if lines:
        return max(int(lines[0]["decimals"]), PERCENT_DECIMALS)
    places = 0
    while limit * 10**places % 1:
        places += 1
    return places + 1


def _rounded(value: Fraction, decimals: int, *, is_up: bool) -> Decimal:
    scaled = value * 10**decimals
    return Decimal(math.ceil(scaled) if is_up else math.floor(scaled)).scaleb(-decimals)
