"""A report of even days in a folder of its own: what differs is what a test puts in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from ecoreport.assessment import frames_folder
from ecoreport.config.catalogue import Catalogue
from ecoreport.config.load import load_catalogue
from ecoreport.ingest.parts import Source
from ecoreport.judging import judge_pair
from ecoreport.observe import observe
from ecoreport.observe.observation import SourceReference
from ecoreport.observe.period import period_of
from ecoreport.observed import Observed
from ecoreport.project import Pair, Project
from ecoreport.report import Report
from ecoreport.store import write_frame
from ecoreport.validate.finding import Validation

DISTRICT, YEAR = "hailing", 2017
POINTS = {"1206A": "公园路", "1207A": "莲花", "1209A": "留学生创业园"}
WITHIN_LIMITS = {
    "pm25_ug_m3": 30.0,
    "pm10_ug_m3": 60.0,
    "so2_ug_m3": 10.0,
    "no2_ug_m3": 30.0,
    "co_mg_m3": 0.8,
    "o3_8h_ug_m3": 90.0,
}
DATUM = re.compile(r'<data value="([^"]+)" data-observation="([^"]+)">')


@cache
def catalogue() -> Catalogue:
    """Return the project's own parameters."""
    return load_catalogue(Project.here())


def days(year: int = YEAR, maturity: str = "audited", **levels: float) -> pd.DataFrame:
    """Return a year of days, the same on all days and at all points."""
    dates = pd.date_range(f"{year}-01-01", f"{year}-12-31")
    index = pd.MultiIndex.from_product([POINTS, dates], names=["station", "date"])
    frame = pd.DataFrame(WITHIN_LIMITS | levels, index=index).reset_index()
    return frame.assign(maturity=maturity, source_file=f"{year}.xlsx", source_sheet="")


def put(
    frame: pd.DataFrame, column: str, value: float, dates: Iterable[str], *points: str
) -> pd.DataFrame:
    """Return days with another value on some of them, at some points or at all."""
    changed = frame.copy()
    is_asked = changed["date"].isin(pd.to_datetime(list(dates)))
    changed.loc[is_asked & changed["station"].isin(points or POINTS), column] = value
    return changed


def month(number: int, n_days: int = 28, year: int = YEAR) -> list[str]:
    """Return the first days of a month."""
    return [f"{year}-{number:02d}-{day:02d}" for day in range(1, n_days + 1)]


def report_of(
    root: Path,
    *years: pd.DataFrame,
    as_of: dt.date | None = None,
    hours: pd.DataFrame | None = None,
    sources: tuple[Source, ...] = (),
) -> Report:
    """Return the report of the last of some years of days, observed and judged as always."""
    frames = {int(frame["date"].dt.year.iloc[0]): frame for frame in years}
    pair = Pair(DISTRICT, max(frames))
    observed = {
        Pair(DISTRICT, year): _observed(Pair(DISTRICT, year), frame, pair, as_of, hours)
        for year, frame in sorted(frames.items(), reverse=True)
    }
    own = observed[pair]
    observed[pair] = Observed(own.observations, sources, own.validation, frozenset(), own.frames)
    assessment = judge_pair(catalogue(), pair, as_of, observed, "")
    project = Project(root)
    for other, one in observed.items():
        folder = frames_folder(project, pair, as_of, other.year)
        for name, kept in one.frames.items():
            write_frame(folder / f"{name}.parquet", kept)
    return Report(project, pair, catalogue(), assessment)


def _observed(
    pair: Pair,
    frame: pd.DataFrame,
    judged: Pair,
    as_of: dt.date | None,
    hours: pd.DataFrame | None,
) -> Observed:
    last_days = [as_of]
    if pair != judged:
        same_part = period_of(judged, as_of).in_year(pair.year).last_day if as_of else None
        last_days = [None, same_part] if pair.year == judged.year - 1 else [None]
    frames = {"air_daily": frame}
    if hours is not None and pair == judged:
        frames["air_hourly"] = hours
    sources = [_source(name, one) for name, one in frames.items()]
    found: dict[str, object] = {}
    kept: Mapping[str, pd.DataFrame] = {}
    for last_day in dict.fromkeys(last_days):
        observations, kept = observe(catalogue(), pair, frames, sources, last_day)
        found |= {one.id: one for one in observations}
    return Observed(tuple(found.values()), (), Validation(), frozenset(), kept)


def _source(dataset: str, frame: pd.DataFrame) -> SourceReference:
    return SourceReference.model_validate(
        {
            "dataset": dataset,
            "file": frame["source_file"].iloc[0],
            "sha256": "0" * 64,
            "n_rows": len(frame),
            "maturity": frame["maturity"].iloc[0],
        }
    )


def numbers_in(said: Markup) -> dict[str, Decimal]:
    """Return the numbers of a finding by the name that they are traced with."""
    return {name: Decimal(value) for value, name in DATUM.findall(said)}
