"""Rates with both their numbers: a rate without its denominator says nothing."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.rounding import Number, as_fraction, round_half_even
from ecoreport.standards.tables import single

NOTHING_TO_RATE = "nothing_to_rate"
MISSING = "missing"


@dataclass(frozen=True)
class Rate:
    """A part of a whole, exact.

    Attributes
    ----------
    part, whole : fractions.Fraction or None
        In one unit; None where something is missing.
    share : fractions.Fraction or None
        ``part / whole``; None where there is none.
    absence : str
        Why there is no share: ``nothing_to_rate`` (the whole is zero) or ``missing``; else empty.
    """

    part: Fraction | None
    whole: Fraction | None
    share: Fraction | None
    absence: str

    def percent(self, decimals: int) -> float:
        """Return the share in percent, half to even; NaN where there is none."""
        if self.share is None:
            return math.nan
        return float(round_half_even(100 * self.share, decimals))

    @property
    def absence_zh(self) -> str:
        """Why there is no share, in words; empty where there is one."""
        return single("rate_absences", absence=self.absence)["name_zh"] if self.absence else ""


def rate(part: Number | None, whole: Number | None) -> Rate:
    """Return a part as a share of its whole.

    Parameters
    ----------
    part, whole : number or None
        In one unit, which cancels; None and NaN are missing.

    Returns
    -------
    Rate
        Nothing of nothing is neither 0 nor 100 percent: there is no share, and ``absence`` says
        so.

    Raises
    ------
    InputError
        If one is negative or infinite, or the part larger than the whole.
    """
    exact_part, exact_whole = _exact(part), _exact(whole)
    if exact_part is None or exact_whole is None:
        return Rate(exact_part, exact_whole, None, MISSING)
    if exact_part > exact_whole:
        raise InputError(
            _("部分 {part} 大于全部 {whole}，请核对分子和分母。").format(part=part, whole=whole)
        )
    if exact_whole == 0:
        return Rate(exact_part, exact_whole, None, NOTHING_TO_RATE)
    return Rate(exact_part, exact_whole, exact_part / exact_whole, "")


def rate_of_sums(parts: Iterable[Number | None], wholes: Iterable[Number | None]) -> Rate:
    """Return the sum of parts as a share of the sum of wholes.

    Parameters
    ----------
    parts, wholes : iterable of numbers
        Any missing one leaves the rate missing: a sum over the rest would be another rate.

    Returns
    -------
    Rate

    Raises
    ------
    InputError
        As `rate`.
    """
    return rate(_sum(parts), _sum(wholes))


def _sum(values: Iterable[Number | None]) -> Fraction | None:
    exact = [_exact(value) for value in values]
    present = [value for value in exact if value is not None]
    return sum(present, Fraction(0)) if len(present) == len(exact) else None


def _exact(value: Number | None) -> Fraction | None:
    if value is None or math.isnan(value):
        return None
    if value < 0 or math.isinf(value):
        raise InputError(
            _("{value} 不能作比率的分子或分母，应为不小于 0 的数。").format(value=value)
        )
    return as_fraction(value)
