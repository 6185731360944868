"""``params/plausible.csv``, ``plausible_parts.csv``: what figures of an indicator can well be."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from ecoreport.config.models import Strict, Words
from ecoreport.i18n import _


class Plausible(Strict):
    """One row of ``params/plausible.csv``, in the indicator's unit."""

    indicator: str
    possible_low: float | None = None
    possible_high: float | None = None
    """What its definition admits: a share of a whole lies within 0 and 100, a rate of change need
    not. A figure outside stops the table."""
    usual_low: float | None = None
    usual_high: float | None = None
    """What is usual: our own setting, wide on purpose. A figure outside is asked about."""
    usual_change: float | None = None
    """By how much it may differ from the year before: our own setting."""
    usual_ratio: float | None = None
    """How many times more or less than the year before it may be: our own setting."""
    source: str
    """What the numbers rest on."""

    @property
    def possible(self) -> tuple[float, float] | None:
        """What the definition admits, where it bounds the figure."""
        return _range(self.possible_low, self.possible_high)

    @property
    def usual(self) -> tuple[float, float] | None:
        """What is usual, where it is set."""
        return _range(self.usual_low, self.usual_high)

    @model_validator(mode="after")
    def _has_whole_ranges(self) -> Self:
        for name in ("possible", "usual"):
            low, high = getattr(self, f"{name}_low"), getattr(self, f"{name}_high")
            if (low is None) is not (high is None) or (low is not None and low >= high):
                raise ValueError(
                    _("{name} 的下限和上限应同时填写，且下限小于上限").format(name=name)
                )
        return self


class PlausibleParts(Strict):
    """One row of ``params/plausible_parts.csv``: indicators that are parts of another."""

    parts: Words
    """Indicators that together are no more than the whole; ``|`` between them."""
    whole: str = ""
    """The indicator that they are parts of; empty where they are shares of one whole, 100 %."""
    source: str
    """Why they are parts of it."""


def _range(low: float | None, high: float | None) -> tuple[float, float] | None:
    return None if low is None or high is None else (low, high)
