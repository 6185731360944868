"""Canonical frames of a year of air, and what is observed of them."""

from __future__ import annotations

import datetime as dt
from functools import cache

import numpy as np
import pandas as pd

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.load import load_catalogue
from ecoreport.observe import observe
from ecoreport.observe.observation import Observation, SourceReference
from ecoreport.project import Pair, Project

POINTS = ("1206A", "1207A", "1209A")
LEVELS = {
    "pm25_ug_m3": 40,
    "pm10_ug_m3": 70,
    "so2_ug_m3": 10,
    "no2_ug_m3": 30,
    "co_mg_m3": 0.8,
    "o3_8h_ug_m3": 120,
}


@cache
def catalogue() -> Catalogue:
    """Return the project's own parameters."""
    return load_catalogue(Project.here())


def days(
    year: int = 2018, stations: tuple[str, ...] = POINTS, maturity: str = "audited", seed: int = 1
) -> pd.DataFrame:
    """Return a year of days around fixed levels; whole numbers, CO with one decimal."""
    dates = pd.date_range(f"{year}-01-01", f"{year}-12-31")
    random = np.random.default_rng(seed)
    parts = []
    for station in stations:
        spread = random.integers(50, 151, (len(dates), len(LEVELS))) / 100
        readings = pd.DataFrame(spread * list(LEVELS.values()), columns=list(LEVELS)).round()
        readings["co_mg_m3"] = (spread[:, 4] * LEVELS["co_mg_m3"]).round(1)
        parts.append(readings.assign(station=station, date=dates))
    frame = pd.concat(parts, ignore_index=True)
    return frame.assign(
        maturity=maturity, source_file="data/raw/air.xlsx", source_sheet="", source_row=2
    )


def hours(year: int = 2018, month: int = 3) -> pd.DataFrame:
    """Return the hours of one month at the three points."""
    dates = pd.date_range(f"{year}-{month:02d}-01", periods=28)
    index = pd.MultiIndex.from_product([POINTS, dates, range(1, 25)])
    frame = index.to_frame(index=False, name=["station", "date", "hour"])
    levels = {**LEVELS, "o3_ug_m3": 90}
    return frame.assign(**levels, maturity="real_time", source_file="data/raw/air.csv")


def source(dataset: str = "air_daily", maturity: str = "audited") -> SourceReference:
    """Return the file that the frames came from."""
    return SourceReference.model_validate(
        {
            "dataset": dataset,
            "file": "data/raw/air.xlsx",
            "sha256": "0" * 64,
            "n_rows": 1,
            "maturity": maturity,
        }
    )


def observations(
    frames: dict[str, pd.DataFrame], as_of: dt.date | None = None, year: int = 2018
) -> dict[str, Observation]:
    """Return what is observed of frames, by id without district and year."""
    pair = Pair("hailing", year)
    sources = [source(name) for name in frames]
    found, _kept = observe(catalogue(), pair, frames, sources, as_of)
    assert len({one.id for one in found}) == len(found)
    return {one.id.removeprefix(f"{pair}/"): one for one in found}
