"""How numbers are written for readers."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

THIN_SPACE = "\u2009"
MINUS = "−"

COMPARISONS: dict[str, Callable[[Decimal | Fraction, Decimal], bool]] = {
    "<=": operator.le,
    "<": operator.lt,
    ">=": operator.ge,
    ">": operator.gt,
    "==": operator.eq,
}
"""How a value is held against a target, by the sign that plans write."""


def format_number(value: Decimal, *, is_signed: bool = False) -> str:
    """Write a decimal as it is: thousands apart by a thin space, a true minus sign.

    Parameters
    ----------
    value : Decimal
        Written with as many decimals as it has.
    is_signed : bool
        Whether a plus is written before what is above zero.
    """
    text = f"{value.copy_abs():,f}".replace(",", THIN_SPACE)
    if value < 0:
        return MINUS + text
    return "+" + text if is_signed and value > 0 else text


def plain_decimal(value: object, decimals: int | None = None) -> Decimal:
    """Return a number as the decimal that a person reads, with `decimals` places where given.

    Raises
    ------
    ValueError
        If a digit would be lost (this writes numbers, it does not round them), or if there is
        no number at all.
    """
    plain = value if isinstance(value, Decimal) else Decimal(repr(float(value)))  # type: ignore[arg-type]
    if not plain.is_finite():
        raise ValueError(f"{plain} is no number")
    whole, _point, digits = f"{plain:f}".partition(".")
    digits = digits.rstrip("0")
    if decimals is not None:
        if len(digits) > decimals:
            raise ValueError(f"{plain} has more than {decimals} decimals")
        digits = digits.ljust(decimals, "0")
    written = Decimal(f"{whole}.{digits}" if digits else whole)
    return written if written else abs(written)
