"""Invent what a noise monitoring network and a hotline tell of a year."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

import numpy as np

from ecoreport.config.models import Strict, Words, Year
from ecoreport.demonstration.courses import papers
from ecoreport.demonstration.profiles import Fill, rows_of
from ecoreport.demonstration.seeds import generator_for
from ecoreport.demonstration.workbook import Row
from ecoreport.project import Pair, Project
from ecoreport.standards.columns import Floats
from ecoreport.standards.noise import energy_average
from ecoreport.standards.noise.levels import HOURS_OF_A_DAY, rule

QUARTERS: Final = ("第一季度", "第二季度", "第三季度", "第四季度")
MONTHS: Final = range(1, 13)


class NoisePoint(Strict):
    """A row of ``noise_points.csv``: a point of a functional area; levels in dB(A)."""

    district: str
    point: str
    functional_area: str
    first_year: Year
    day_db: float
    night_db: float
    yearly_db: float = 0
    spread_db: float


class NoiseGrid(Strict):
    """A row of ``noise_grid.csv``: the squares of a city's grid; levels in dB(A)."""

    district: str
    first_year: Year
    prefix: str
    n_squares: int
    day_db: float
    night_db: float
    yearly_db: float = 0
    place_spread_db: float
    """Between squares; it stays over the years."""
    year_spread_db: float
    night_years: Words
    """Years in which nights were measured: once in five."""
    month: int


class NoiseRoad(Strict):
    """A row of ``noise_roads.csv``: a section of road; levels in dB(A)."""

    district: str
    road: str
    length_km: Decimal
    first_year: Year
    day_db: float
    night_db: float
    yearly_db: float = 0
    spread_db: float
    night_years: Words
    month: int


class ComplaintCourse(Strict):
    """A row of ``noise_complaints.csv``: complaints of one source and what is done about them."""

    district: str
    source: str
    first_year: Year
    monthly: float
    yearly_percent: float
    summer_factor: float
    """From May to September."""
    handled_percent: float
    permits_monthly: float = 0
    """Permits of night work; none are filled in where that is nought."""


def noise_points_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return a row a point and quarter, day and night."""
    found: list[Row] = []
    for one in rows_of(project, "noise_points", NoisePoint, pair):
        rng = generator_for(pair, f"noise_points/{one.point}", seed)
        for quarter in QUARTERS:
            day, night = _levels(one, pair, rng.normal(0, one.spread_db, 2))
            found.append(
                {
                    "seq": len(found) + 1,
                    "point": one.point,
                    "functional_area": one.functional_area,
                    "period": f"{pair.year}年{quarter}",
                    "day_db": day,
                    "night_db": night,
                }
            )
    return found


def noise_hourly_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return the 24 hours of each point and quarter: they give the levels of its row."""
    areas = {one.point: one for one in rows_of(project, "noise_points", NoisePoint, pair)}
    found: list[Row] = []
    for place, told in enumerate(noise_points_rows(project, pair, seed)):
        one, quarter = areas[str(told["point"])], place % len(QUARTERS)
        rng = generator_for(pair, f"noise_hourly/{one.point}/{quarter}", seed)
        spread = np.round(rng.normal(0, one.spread_db + 1, HOURS_OF_A_DAY), 1)
        levels = _hours_giving(float(str(told["day_db"])), float(str(told["night_db"])), spread)
        begins = dt.datetime(pair.year, 3 * quarter + 2, 8 + place // len(QUARTERS) % 14)
        found += [
            {
                "point": one.point,
                "functional_area": one.functional_area,
                "date": begins.date(),
                "hour": hour + 1,
                "level_db": level,
            }
            for hour, level in enumerate(levels)
        ]
    return found


def _hours_giving(day: float, night: float, spread: Floats) -> list[float]:
    """Return 24 levels with one decimal whose energy averages are those of day and night."""
    first, last = (int(rule(name)) for name in ("day_from_hour", "night_from_hour"))
    is_day = np.array([first <= hour < last for hour in range(HOURS_OF_A_DAY)])
    levels = np.where(is_day, day, night) + spread
    for wanted, own in ((day, is_day), (night, ~is_day)):
        levels[own] += wanted - energy_average(levels[own])
        levels[own] = np.round(levels[own], 1)
        loudest = int(np.flatnonzero(own)[levels[own].argmax()])
        while (gap := round(wanted - energy_average(levels[own]), 1)) != 0:
            levels[loudest] = round(float(levels[loudest]) + gap, 1)
    return [float(one) for one in np.round(levels, 1)]


def noise_regional_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return a row a square of the grid, measured over some weeks of one season."""
    found: list[Row] = []
    for one in rows_of(project, "noise_grid", NoiseGrid, pair):
        # Quiet squares stay quiet: what sets one apart is drawn once, for the first year.
        first = generator_for(Pair(pair.district, one.first_year), "noise_grid/places", seed)
        places = first.normal(0, one.place_spread_db, one.n_squares)
        rng = generator_for(pair, "noise_grid", seed)
        of_year = rng.normal(0, one.year_spread_db, (one.n_squares, 2))
        starts = dt.date(pair.year, one.month, 8)
        for number, (place, own) in enumerate(zip(places, of_year, strict=True), start=1):
            day, night = _levels(one, pair, own + place)
            found.append(
                {
                    "seq": number,
                    "square": f"{one.prefix}{number:03d}",
                    "date": starts + dt.timedelta(days=number // 8),
                    "day_db": day,
                    "night_db": night if str(pair.year) in one.night_years else None,
                }
            )
    return found


def noise_roads_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return a row a section of road."""
    found: list[Row] = []
    for number, one in enumerate(rows_of(project, "noise_roads", NoiseRoad, pair), start=1):
        rng = generator_for(pair, f"noise_roads/{one.road}", seed)
        day, night = _levels(one, pair, rng.normal(0, one.spread_db, 2))
        found.append(
            {
                "seq": number,
                "road": one.road,
                "length_km": float(one.length_km),
                "date": dt.date(pair.year, one.month, 8 + number),
                "day_db": day,
                "night_db": night if str(pair.year) in one.night_years else None,
            }
        )
    return found


def _levels(
    one: NoisePoint | NoiseGrid | NoiseRoad, pair: Pair, change: Floats
) -> tuple[float, float]:
    """Return day and night as instruments print them; a night is never louder than its day."""
    shift = (pair.year - one.first_year) * one.yearly_db
    day = round(float(one.day_db + shift + change[0]), 1)
    night = round(float(one.night_db + shift + change[1]), 1)
    return day, min(night, day)


def noise_complaints_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return a row a month and source: complaints, those handled, permits of night work."""
    courses = rows_of(project, "noise_complaints", ComplaintCourse, pair)
    found: list[Row] = []
    for month in MONTHS:
        for one in courses:
            rng = generator_for(pair, f"noise_complaints/{one.source}/{month}", seed)
            years = pair.year - one.first_year
            season = one.summer_factor if 5 <= month <= 9 else 1.0
            expected = one.monthly * (1 + one.yearly_percent / 100) ** years * season
            complaints = int(rng.poisson(expected))
            row: Row = {
                "seq": len(found) + 1,
                "month": f"{pair.year}年{month}月",
                "source": one.source,
                "complaints": complaints,
                "handled": int(rng.binomial(complaints, one.handled_percent / 100)),
            }
            if one.permits_monthly:
                row["night_permits"] = int(rng.poisson(one.permits_monthly))
            title = f"{pair.year}年噪声投诉办理情况"
            found.append(row | papers(title, 1, pair.year))
    return found


FILL: Final[dict[str, Fill]] = {
    "noise_points": noise_points_rows,
    "noise_hourly": noise_hourly_rows,
    "noise_regional": noise_regional_rows,
    "noise_roads": noise_roads_rows,
    "noise_complaints": noise_complaints_rows,
}
