"""Read what the generator needs to know: levels, shapes, stations, layouts and faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Literal, TypeVar

import pandas as pd
from pydantic import BaseModel, Field

from ecoreport.config.models import Day, District, Strict, Words, Year
from ecoreport.config.reader import Reader
from ecoreport.demonstration.workbook import Row
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.project import Pair, Project

Fill = Callable[[Project, Pair, str], list[Row]]
"""Fills in the rows of one dataset for a district and year, with a seed."""

Model = TypeVar("Model", bound=BaseModel)
Positive = Annotated[float, Field(gt=0)]


class Factors(Strict):
    """Factors around 1 on the level of each component; ``coarse`` is PM10 less PM2.5."""

    pm25: Positive
    coarse: Positive
    so2: Positive
    no2: Positive
    co: Positive
    o3: Positive


class MonthFactors(Factors):
    """A row of ``air_months.csv``."""

    month: int


class HourFactors(Factors):
    """A row of ``air_hours.csv``: the hour that ends at ``hour``."""

    hour: int


class StationProfile(Factors):
    """A row of ``air_stations.csv``."""

    district: str
    station: str
    missing_hours_percent: float
    outages_a_year: int
    outage_days: float
    """Mean length of an outage."""
    note: str = ""


class Level(Strict):
    """A row of ``air_levels.csv``: a statistic of the area's days in one year."""

    district: str
    year: Year
    pollutant: Literal["pm25", "pm10", "so2", "no2", "co", "o3_8h"]
    statistic: Literal["mean", "p90", "p95"]
    level: Positive
    """µg/m³, CO in mg/m³."""
    note: str = ""


class Behaviour(Strict):
    """A row of ``air_behaviour.csv``; spreads are standard deviations of logarithms."""

    component: str
    unit_column: str
    """Column that is rounded to ``decimals``."""
    day_spread: float
    day_persistence: float
    """Correlation of a day with the day before."""
    regional_share: float
    """Correlation with the spells that all components share."""
    hour_spread: float
    hour_persistence: float
    weekend_factor: float
    ceiling: float
    """Multiple of the year's mean that no hour reaches."""
    lowest: float
    """Lowest reading of the instrument."""
    decimals: int
    note: str = ""


class AirLayout(Strict):
    """A row of ``air_layouts.csv``: how a table is filled in."""

    layout: str
    format: Literal["csv", "xls", "xlsx"]
    encoding: str = ""
    has_sheet_for_each_station: bool
    has_merged_station: bool
    leaves_out_empty_days: bool
    has_means: bool
    """Whether a row of means stands below the days."""
    date_style: Literal["slash", "iso", "serial", "mixed"]
    gap_marks: str = ""
    """What stands where a value is missing; ``|`` between them, nothing is a mark too."""
    gap_flags: Words = ()
    """What stands there while a station is out of order."""
    note: str = ""


class AirHeader(Strict):
    """A row of ``air_headers.csv``: a column of a layout, in their order."""

    layout: str
    column: str
    header: str
    unit: str = ""
    """In a second header row; empty where the first holds it."""


class AirFile(Strict):
    """A row of ``air_files.csv``."""

    district: str
    year: Year
    dataset: Literal["air_daily", "air_hourly"]
    station: str = ""
    """The one station in the file; empty for all."""
    layout: str
    file: str
    sheet: str = ""
    title: str
    notes: Words = ()
    """Lines below the table."""


class Fault(Strict):
    """A row of ``faults.csv``: something wrong on purpose, and what is said of it."""

    id: str
    district: str
    year: Year
    dataset: str
    station: str = ""
    first_day: Day | None = None
    last_day: Day | None = None
    where: Words = ()
    """Rows of a department's table, each as ``column=cell``; all of them hold."""
    column: str = ""
    kind: str
    argument: str = ""
    what: str
    finding: str


@dataclass(frozen=True)
class AirProfile:
    """How the air of one district behaves in one year.

    Attributes
    ----------
    levels : dict of str to float
        Pollutant to the level of its statistic, µg/m³, CO in mg/m³.
    behaviour : dict of str to Behaviour
        By component.
    months, hours : pandas.DataFrame
        Index 1-12 and 1-24; one column a component, factors.
    stations : pandas.DataFrame
        Index station code; one factor a component, and the gaps.
    """

    levels: dict[str, float]
    behaviour: dict[str, Behaviour]
    months: pd.DataFrame
    hours: pd.DataFrame
    stations: pd.DataFrame


def rows(project: Project, name: str, model: type[Model]) -> list[Model]:
    """Return the rows of one table of ``params/demonstration``.

    Raises
    ------
    ParameterError
        If the table is missing or wrong; the message names file and line.
    """
    reader = Reader(project)
    found = reader.table(project.params / "demonstration" / f"{name}.csv", model)
    reader.problems.raise_if_any()
    return [one.value for one in found]


def rows_of(project: Project, name: str, model: type[Model], pair: Pair) -> list[Model]:
    """Return the rows of one district and, where the table has years, of one year."""
    return [
        row
        for row in rows(project, name, model)
        if getattr(row, "district", pair.district) == pair.district
        and getattr(row, "year", pair.year) == pair.year
    ]


def station_names(project: Project, district: str) -> dict[str, str]:
    """Return the names of a district's stations by code, as its parameters give them."""
    reader = Reader(project)
    path = project.params / "districts" / district / "district.yml"
    found = reader.document(path, District)
    reader.problems.raise_if_any()
    return {station.code: station.name_zh for station in found.value.stations} if found else {}


def air_profile(project: Project, pair: Pair) -> AirProfile:
    """Return the profile of one district and year.

    Raises
    ------
    InputError
        If the tables have no level or no station for it.
    """
    levels = rows_of(project, "air_levels", Level, pair)
    stations = rows_of(project, "air_stations", StationProfile, pair)
    if not levels or not stations:
        raise InputError(
            _(
                "params/demonstration 中没有 {district} {year} 年的空气水平或点位，"
                "无法生成演示数据；请在 air_levels.csv 和 air_stations.csv 中补充。"
            ).format(district=pair.district, year=pair.year)
        )
    behaviour = rows(project, "air_behaviour", Behaviour)
    return AirProfile(
        levels={level.pollutant: level.level for level in levels},
        behaviour={row.component: row for row in behaviour},
        months=_frame(rows(project, "air_months", MonthFactors), "month"),
        hours=_frame(rows(project, "air_hours", HourFactors), "hour"),
        stations=_frame(stations, "station"),
    )


def _frame(models: Iterable[BaseModel], index: str) -> pd.DataFrame:
    return pd.DataFrame([model.model_dump() for model in models]).set_index(index)
