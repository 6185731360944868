"""Canonical frames -> observations: what was measured or reported, before anything is judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.rectification_states import LEDGER
from ecoreport.observe import (
    air,
    enterprises,
    nature,
    noise,
    reported,
    resources,
    soil,
    surveys,
    waste,
    water,
)
from ecoreport.observe.air_days import air_days
from ecoreport.observe.areas import observe_areas, of_area
from ecoreport.observe.black_odour_points import monitored
from ecoreport.observe.building_land import building_frames
from ecoreport.observe.drinking import drinking_frames
from ecoreport.observe.observation import Observation, SourceReference
from ecoreport.observe.period import period_of
from ecoreport.observe.precedence import own_coverage_first
from ecoreport.observe.progress import DATASET as PROGRESS
from ecoreport.observe.progress import observe_progress
from ecoreport.observe.registry import Inputs, statistics
from ecoreport.observe.reported import NIL_RETURNS
from ecoreport.observe.sewage_plants import plant_frames
from ecoreport.observe.village_water import village_frames
from ecoreport.observe.water_lakes import lake_frames
from ecoreport.observe.water_rivers import river_frames
from ecoreport.observe.water_sections import water_sections
from ecoreport.observe.water_tables import water_table_frames
from ecoreport.project import Pair

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Observation",
    "air",
    "enterprises",
    "nature",
    "noise",
    "observe",
    "reported",
    "resources",
    "soil",
    "statistics",
    "surveys",
    "waste",
    "water",
]


def observe(
    catalogue: Catalogue,
    pair: Pair,
    frames: dict[str, pd.DataFrame],
    sources: Iterable[SourceReference],
    as_of: dt.date | None = None,
) -> tuple[list[Observation], dict[str, pd.DataFrame]]:
    """Observe every indicator of a district and year.

    Parameters
    ----------
    catalogue : Catalogue
    pair : Pair
    frames : dict of DataFrame
        Canonical frames by dataset; a dataset that was rejected is not among them.
    sources : iterable of SourceReference
        The files that the frames came from.
    as_of : date, optional
        Last day to be read.

    Returns
    -------
    observations : list of Observation
    kept : dict of DataFrame
        Frames that charts are drawn from, by name, and the steps of rectification.
    """
    period = period_of(pair, as_of)
    by_dataset: dict[str, list[SourceReference]] = {}
    for source in sources:
        by_dataset.setdefault(source.dataset, []).append(source)
    settings = catalogue.district_year(pair)
    inputs = Inputs(
        pair=pair,
        period=period,
        frames=of_area(frames, None, pair.district),
        sources={dataset: tuple(found) for dataset, found in by_dataset.items()},
        air_place=str(catalogue.districts[pair.district].air_place),
        air_edition=settings.air_edition,
    )
    points = [station.code for station in catalogue.stations(pair.district, pair.year)]
    days = air_days(frames, points, period, settings.dust_exclusions, settings.air_edition)
    inputs.computed["air_days"] = days
    functions = statistics()
    observations = [
        observation
        for indicator in catalogue.observed()
        if indicator.statistic in functions
        for observation in functions[indicator.statistic](indicator, inputs)
    ]
    observations += observe_areas(catalogue, inputs, frames)
    # Last: of sources that are checked alike the yearly tables go first.
    observations += observe_progress(catalogue, inputs)
    kept = days.frames() if days else {}
    if PROGRESS in frames:
        kept[PROGRESS] = frames[PROGRESS]
    if "area_statistics" in inputs.computed:
        kept["air_annual_statistics"] = inputs.computed["area_statistics"]
    if (sections := water_sections(inputs)) is not None:
        asked = catalogue.commitments_for(pair.district)
        kept |= sections.frames() | river_frames(sections, pair.year)
        kept |= lake_frames(sections, asked, pair.year)
    kept |= drinking_frames(inputs) | water_table_frames(inputs) | monitored(inputs)
    kept |= plant_frames(inputs) | village_frames(inputs)
    for area in (waste, nature, surveys):
        kept |= area.frames(inputs)
    kept |= noise.noise_frames(inputs) | soil.soil_frames(inputs) | building_frames(inputs)
    kept |= {name: frames[name] for name in (LEDGER, NIL_RETURNS) if name in frames}
    return own_coverage_first(catalogue, observations), kept
