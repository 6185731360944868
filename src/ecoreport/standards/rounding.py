"""Rounding by GB/T 8170 and exact arithmetic on readings.

A reading is a decimal number that happens to be kept as a binary float. Here it is taken at its
word: 2.675 means 2.675, though the nearest float is a little less.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, ROUND_UP, Context, Decimal
from fractions import Fraction
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _

Number = int | float | Decimal | Fraction
Values = TypeVar("Values")

# Means of hours and days are fractions with small denominators; two different fractions below
# this bound differ by more than 1e-12, more than the spacing of floats at any concentration.
LARGEST_DENOMINATOR_DIGITS = 6
LARGEST_DENOMINATOR = 10**LARGEST_DENOMINATOR_DIGITS
# Units to try: decimals first, then those of means over up to four points or twelve months, and of
# means over any number of a day's hours.
SCALES = (
    *(10**digits for digits in range(LARGEST_DENOMINATOR_DIGITS + 1)),
    *(parts * 10**digits for parts in (6, 12) for digits in range(3)),
    10 * math.lcm(*range(1, 25)),
)
# Far more than the error of one float product below `LARGEST_CLEAR`.
NEAR_TIE = 1e-6
LARGEST_CLEAR = 2**32
LARGEST_EXACT_INTEGER = 2**53
# More digits than any float has when it is written out.
LONGEST_DECIMAL = 400


def as_fraction(value: Number) -> Fraction:
    """Return the number that a value stands for.

    Parameters
    ----------
    value : int, float, Decimal or Fraction
        A float stands for its shortest decimal text (``0.1`` is 1/10) or, where that text is
        long, for the simplest fraction with the same float (``31.041666666666668`` is 745/24,
        a mean of 24 hours).

    Returns
    -------
    fractions.Fraction
    """
    if isinstance(value, (int, np.integer)):
        return Fraction(int(value))
    if isinstance(value, (Decimal, Fraction)):
        return Fraction(value)
    text = Fraction(str(value))
    if LARGEST_DENOMINATOR % text.denominator == 0:
        return text
    simplest = Fraction(float(value)).limit_denominator(LARGEST_DENOMINATOR)
    return simplest if float(simplest) == value else text


def round_half_even(values: Values, decimals: int) -> Values:
    """Round to `decimals` places, a tie to the even digit, exactly as decimals.

    Parameters
    ----------
    values : number, list, tuple, numpy.ndarray or pandas.Series
        Numbers may be int, float, Decimal or Fraction. NaN and other missing values stay.
    decimals : int
        Places after the point; negative for tens, hundreds.

    Returns
    -------
    The same kind as `values`, of the same shape; a Series keeps its index and name.

    Notes
    -----
    GB/T 8170-2008 3.2: the half rounds to even, once, from the full value.
    ``0.125 → 0.12``, ``0.135 → 0.14``, ``2.675 → 2.68`` at two places.
    """
    return _round(values, decimals, ROUND_HALF_EVEN)


def round_up(values: Values, decimals: int = 0) -> Values:
    """Round up (away from zero) to `decimals` places, exactly as decimals.

    Kinds and shapes are those of `round_half_even`.

    Notes
    -----
    HJ 633-2012 6.2 and HJ 633-2026 4.2.6 ask it of every index.
    """
    return _round(values, decimals, ROUND_UP)


def exact_mean(values: Iterable[Number]) -> Fraction:
    """Return the mean of readings without any rounding.

    A mean of floats is off by a last digit that decides ties: the mean of 0.1, 0.1 and 0.4 is
    0.2 and not 0.20000000000000004.

    Parameters
    ----------
    values : iterable of numbers
        Taken as `as_fraction` takes them; missing values are left out.

    Returns
    -------
    fractions.Fraction

    Raises
    ------
    InputError
        If there is no value at all.
    """
    present = pd.Series(list(values)).dropna()
    if present.empty:
        raise InputError(_("没有有效数值，无法计算平均值。"))
    units, scale = whole_units(present)
    return Fraction(sum(units.tolist())) / (scale * len(units))


def whole_units(values: pd.Series[Any]) -> tuple[pd.Series[Any], int]:
    """Return readings as whole multiples of one unit: a decimal one, or that of a mean of few.

    Sums of whole numbers are exact and fast.

    Parameters
    ----------
    values : pandas.Series
        Numbers without missing values.

    Returns
    -------
    units : pandas.Series
        On the same index; int64, or Fractions where no unit of `SCALES` holds every value.
    scale : int
        Units in one: ``reading = unit / scale``; 1 beside Fractions.
    """
    if values.dtype.kind in "iu":
        return values.astype("int64"), 1
    if values.dtype.kind == "f":
        readings = values.to_numpy()
        for scale in SCALES:
            units = np.rint(readings * scale)
            # A quotient is correctly rounded: it equals the reading only if the text does too.
            if (np.abs(units) < LARGEST_EXACT_INTEGER).all() and (units / scale == readings).all():
                return pd.Series(units.astype("int64"), index=values.index), scale
    return values.map(as_fraction).astype(object), 1


def _round(values: Values, decimals: int, mode: str) -> Values:
    if isinstance(values, pd.Series):
        rounded = _round_array(values.to_numpy(), decimals, mode)
        series = pd.Series(rounded, index=values.index, name=values.name)
        return cast("Values", series.astype(values.dtype))
    if isinstance(values, np.ndarray):
        return cast("Values", _round_array(values, decimals, mode))
    if isinstance(values, (list, tuple)):
        return cast("Values", type(values)(_round_one(value, decimals, mode) for value in values))
    return cast("Values", _round_one(values, decimals, mode))


def _round_array(values: npt.NDArray[Any], decimals: int, mode: str) -> npt.NDArray[Any]:
    rounded = values.copy()
    is_doubtful = np.ones(values.shape, dtype=bool)
    if values.dtype == np.float64 and mode == ROUND_HALF_EVEN and 0 <= decimals <= 9:
        scale = 10.0**decimals
        with np.errstate(invalid="ignore", over="ignore"):
            scaled = values * scale
            to_tie = np.abs(scaled - np.floor(scaled) - 0.5)
            is_clear = (to_tie > NEAR_TIE) & (np.abs(scaled) < LARGEST_CLEAR)
        # Adding zero turns a negative zero into zero.
        rounded[is_clear] = np.rint(scaled[is_clear]) / scale + 0.0
        is_doubtful = ~is_clear & np.isfinite(values)
    rounded[is_doubtful] = [_round_one(value, decimals, mode) for value in values[is_doubtful]]
    return rounded


def _round_one(value: object, decimals: int, mode: str) -> object:
    if isinstance(value, Fraction):
        return _round_fraction(value, decimals, mode)
    if isinstance(value, Decimal):
        return _quantize(value, decimals, mode)
    if isinstance(value, (int, np.integer)):
        return type(value)(_quantize(Decimal(int(value)), decimals, mode))
    if isinstance(value, (float, np.floating)):
        is_number = math.isfinite(value)
        return type(value)(_quantize(Decimal(str(value)), decimals, mode)) if is_number else value
    if value is None or value is pd.NA:
        return value
    raise TypeError(f"not a number: {value!r}")


def _quantize(value: Decimal, decimals: int, mode: str) -> Decimal:
    if not value.is_finite():
        return value
    place = Decimal(1).scaleb(-decimals)
    rounded = value.quantize(place, rounding=mode, context=Context(prec=LONGEST_DECIMAL))
    return rounded if rounded else abs(rounded)


def _round_fraction(value: Fraction, decimals: int, mode: str) -> Fraction:
    scale = Fraction(10) ** decimals
    scaled = value * scale
    if mode == ROUND_HALF_EVEN:
        return round(scaled) / scale
    return (math.ceil(scaled) if scaled >= 0 else math.floor(scaled)) / scale
