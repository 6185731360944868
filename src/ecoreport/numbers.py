"""How numbers are written for readers."""

from __future__ import annotations

from decimal import Decimal

THIN_SPACE = "\u2009"
MINUS = "−"


def format_number(value: Decimal, *, is_signed: bool = False) -> str:
    """Write a decimal as it is: thousands apart by a thin space, a true minus sign.

    Parameters
    ----------
    value : Decimal
        Written with as many decimals as it has.
    is_signed : bool
        Whether a plus is written before what is above zero.
    """
    plain = value if value.as_tuple().exponent <= 0 else value.quantize(Decimal(1))  # type: ignore[operator]
    text = f"{abs(plain):,f}".replace(",", THIN_SPACE)
    if plain < 0:
        return MINUS + text
    return "+" + text if is_signed and plain > 0 else text


def plain_decimal(value: object, decimals: int | None = None) -> Decimal:
    """Return a number as the decimal that a person reads, with `decimals` places where given.

    Raises
    ------
    ValueError
        If a digit would be lost: this writes numbers, it does not round them.
    """
    plain = value if isinstance(value, Decimal) else Decimal(repr(float(value)))  # type: ignore[arg-type]
    if decimals is None:
        return plain.normalize() if plain % 1 else plain.quantize(Decimal(1))
    written = plain.quantize(Decimal(1).scaleb(-decimals))
    if written != plain:
        raise ValueError(f"{plain} has more than {decimals} decimals")
    return written
