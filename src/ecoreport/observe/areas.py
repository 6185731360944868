"""Figures of districts below that stand in a district's own tables, in a column ``area``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ecoreport.config.catalogue import Catalogue
from ecoreport.observe.observation import Observation
from ecoreport.observe.registry import Inputs, statistics
from ecoreport.project import Pair

if TYPE_CHECKING:
    import pandas as pd


def of_area(
    frames: Mapping[str, pd.DataFrame], area: str | None, district: str
) -> dict[str, pd.DataFrame]:
    """Return the rows of frames that speak of one area below a district; None is the district."""
    found = {}
    for name, frame in frames.items():
        if "area" in frame.columns:
            names = frame["area"].where(frame["area"].notna(), district)
            frame = frame[names == (area or district)]  # noqa: PLW2901 - the same frame, less
        elif area is not None:
            continue
        found[name] = frame
    return found


def observe_areas(
    catalogue: Catalogue, inputs: Inputs, frames: Mapping[str, pd.DataFrame]
) -> list[Observation]:
    """Observe what a district's tables tell of the areas below it."""
    told = {
        str(area)
        for frame in frames.values()
        if "area" in frame.columns
        for area in frame["area"].dropna().unique()
    }
    functions = statistics()
    found: list[Observation] = []
    for area in sorted(told - {inputs.pair.district}):
        own = replace(
            inputs,
            pair=Pair(area, inputs.pair.year),
            frames=of_area(frames, area, inputs.pair.district),
            computed={},
        )
        found += [
            observation
            for indicator in catalogue.observed()
            if indicator.dataset in own.frames and indicator.statistic in functions
            for observation in functions[indicator.statistic](indicator, own)
        ]
    return found
