"""Intensities and their falls, exact, and how far the rounding of figures lets them vary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product

Exact = Fraction | Decimal | int
HUNDRED = 100


def intensity(part: Exact, whole: Exact, factor: Exact = 1) -> Fraction | None:
    """Return what is used, made or gained a unit of something else, exact.

    Parameters
    ----------
    part, whole : number
        As tables give them: energy in 万吨标准煤, value in 亿元.
    factor : number
        Brings the quotient into the unit wanted; 100 makes a share per cent.

    Returns
    -------
    fractions.Fraction or None
        None where the whole is nought.
    """
    return Fraction(part) * Fraction(factor) / Fraction(whole) if whole else None


def intensity_fall(
    part: Exact, whole: Exact, part_before: Exact, whole_before: Exact
) -> Fraction | None:
    """Return by how many per cent an intensity is lower than the year before.

    Parameters
    ----------
    part, part_before : number
        Of both years by one definition.
    whole, whole_before : number
        Of both years at the same (comparable) prices, which then cancel: an intensity at current
        prices falls with every rise of prices.

    Returns
    -------
    fractions.Fraction or None
        Negative where it rose; None where one of the years has no intensity.
    """
    now, before = intensity(part, whole), intensity(part_before, whole_before)
    return None if now is None or not before else HUNDRED * (1 - now / before)


def range_of_rounding(
    function: Callable[..., Fraction | None],
    figures: Sequence[Decimal],
    halves: Sequence[Fraction] | None = None,
) -> tuple[Fraction, Fraction] | None:
    """Return the lowest and highest result of figures that were rounded as they are written.

    Parameters
    ----------
    function : callable
        Of as many numbers as there are figures, rising or falling throughout with each.
    figures : sequence of decimal.Decimal
        Each stands for anything within half a unit of its last digit.
    halves : sequence of fractions.Fraction, optional
        How far each may be off instead: of figures that were told in another unit.

    Returns
    -------
    tuple of fractions.Fraction or None
        None where some of what the figures stand for has no result.
    """
    widths = [half_unit(one) for one in figures] if halves is None else halves
    ends = [
        (Fraction(one) - half, Fraction(one) + half)
        for one, half in zip(figures, widths, strict=True)
    ]
    found = [function(*corner) for corner in product(*ends)]
    known = [one for one in found if one is not None]
    return (min(known), max(known)) if len(known) == len(found) else None


def half_unit(figure: Decimal) -> Fraction:
    """Return half a unit of the last digit that a figure is written with."""
    exponent = figure.as_tuple().exponent
    return Fraction(1, 2) * Fraction(10) ** int(exponent)
