"""The rows of a chart as a list with small bars, for screens that are too narrow for the chart."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ecoreport.config.presentation import VerdictStyle


@dataclass(frozen=True)
class NarrowRow:
    """One row of a chart: its name, figures and verdict in words, and a bar with its target."""

    label: str
    figures: str
    verdict: str = ""
    style: VerdictStyle | None = None
    bar: float | None = None
    """Length as a percentage of the row's scale; None without a value."""
    target: float | None = None
    """Place of the target on the same scale."""
    is_missed: bool = False


def percent(value: Decimal | int | None, end: Decimal | int) -> float | None:
    """Return a place on a scale from nought to `end`; None where it lies on neither."""
    if value is None or not 0 <= value <= end or not end:
        return None
    return round(100 * float(value) / float(end), 1)
