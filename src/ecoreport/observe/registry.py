"""Which function computes which ``statistic`` of ``params/indicators.csv``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ecoreport.config.models import Indicator
from ecoreport.observe.observation import Observation, SourceReference
from ecoreport.observe.period import Period
from ecoreport.project import Pair

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Inputs:
    """What a statistic may read: frames of one district and year, and where they came from."""

    pair: Pair
    period: Period
    frames: dict[str, pd.DataFrame]
    sources: dict[str, tuple[SourceReference, ...]]
    air_place: str = ""
    """What the mean of the district's air stations stands for."""
    air_edition: str | None = None
    """Edition of the air standards, where the year alone does not say it."""
    computed: dict[str, Any] = field(default_factory=dict)
    """What several statistics share, computed once."""


Statistic = Callable[[Indicator, Inputs], Sequence[Observation]]
_statistics: dict[str, Statistic] = {}


def statistic(name: str) -> Callable[[Statistic], Statistic]:
    """Register the decorated function under `name`, as ``indicators.csv`` speaks of it."""

    def register(function: Statistic) -> Statistic:
        if name in _statistics:
            raise ValueError(f"two functions for the statistic {name!r}")
        _statistics[name] = function
        return function

    return register


def statistics() -> dict[str, Statistic]:
    """Return all registered functions by name."""
    return dict(_statistics)
