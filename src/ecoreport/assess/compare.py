"""Values against targets: whether met, by how much, and how firmly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from ecoreport.numbers import COMPARISONS, plain_decimal
from ecoreport.observe.observation import Observation
from ecoreport.standards.rounding import round_half_even

Exact = Decimal | Fraction

FRAGILITY_OF = {
    "month": "month",
    "day": "day",
    "sampling": "margin_of_error",
    "population": "population",
    "prices": "prices",
}
"""Code by what a value may vary with: the keys of an observation's ``sensitivity``."""


SHOWN_DECIMALS = 2
"""Of a number that no standard rounds: a change in per cent, a point on an even path."""


def shown(exact: Exact) -> Decimal:
    """Return an exact number as it is shown; what is compared is the exact one."""
    return plain_decimal(float(round_half_even(exact, SHOWN_DECIMALS)))


def is_met(value: Exact, comparison: str, target: Decimal) -> bool:
    """Compare exactly: at the target ``<=`` and ``>=`` are met, ``<`` and ``>`` are not."""
    return COMPARISONS[comparison](value, target)


def margin(value: Decimal, comparison: str, target: Decimal) -> Decimal:
    """Return how far `value` lies on the good side of `target`; negative on the bad side."""
    if comparison in {"<=", "<"}:
        return target - value
    if comparison in {">=", ">"}:
        return value - target
    return -abs(value - target)


def fragility(observation: Observation, comparison: str, target: Decimal) -> tuple[str, ...]:
    """Name what would turn the verdict: rounding, one month, one day, who was asked (临界).

    Parameters
    ----------
    observation : Observation
        Its ``sensitivity`` holds the lowest and highest value without one month or one day,
        within the margin of error of a sample, by another population or at other prices.
    comparison, target
        What the value is held against.

    Returns
    -------
    tuple of str
        None where too few data allow no verdict.
    """
    if observation.value is None or not observation.is_sufficient:
        return ()
    verdict = is_met(observation.value, comparison, target)
    is_at_edge = observation.value == target and comparison != "=="
    codes = ["at_target"] if is_at_edge else []
    if observation.unrounded and _turns(
        verdict, [Decimal(observation.unrounded)], comparison, target
    ):
        codes.append("rounding")
    codes += [
        code
        for name, code in FRAGILITY_OF.items()
        if _turns(verdict, observation.sensitivity.get(name, ()), comparison, target)
    ]
    return tuple(codes)


def _turns(verdict: bool, values: object, comparison: str, target: Decimal) -> bool:
    return any(is_met(value, comparison, target) is not verdict for value in values)  # type: ignore[attr-defined]
