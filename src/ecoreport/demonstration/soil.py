"""Invent samples of farmland soil, the registers of farmland and plots, and remediation."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

import numpy as np

from ecoreport.config.models import Day, Strict, Words, Year
from ecoreport.demonstration.courses import number_cell, papers, rounded, with_totals
from ecoreport.demonstration.profiles import Fill, rows, rows_of
from ecoreport.demonstration.seeds import generator_for
from ecoreport.demonstration.workbook import Cell, Row
from ecoreport.project import Pair, Project
from ecoreport.standards.columns import Floats

STEPS: Final = (
    "listed_on",
    "surveyed_on",
    "assessed_on",
    "treated_on",
    "accepted_on",
    "removed_on",
)
AREAS: Final = (
    "priority_area_mu",
    "safe_use_area_mu",
    "strict_area_mu",
    "polluted_area_mu",
    "safely_used_area_mu",
)
YES, NO = "是", "否"


class SoilNetwork(Strict):
    """A row of ``soil_networks.csv``: the sampling points of a town, one a village."""

    district: str
    prefix: str
    town: str
    n_points: int
    first_year: Year
    land_uses: Words
    """In turn over the points."""
    ph: float
    ph_spread: float
    month: int
    """In which samples are taken."""


class SoilItem(Strict):
    """A row of ``soil_items.csv``; spreads are standard deviations of logarithms."""

    column: str
    median_mg_kg: float
    place_spread: float
    """Between points; it stays over the years."""
    year_spread: float
    decimals: int
    detection_limit_mg_kg: float = 0
    """Below it the laboratory writes the limit: ``<0.006``."""


class Plot(Strict):
    """A row of ``contaminated_plots.csv``: a plot of the register and the days of its steps."""

    district: str
    plot: str
    village: str
    area_m2: Decimal
    listed_on: Day
    surveyed_on: Day | None = None
    assessed_on: Day | None = None
    treated_on: Day | None = None
    accepted_on: Day | None = None
    removed_on: Day | None = None
    safely_used_from: Day | None = None


class BuildingSampling(Strict):
    """A row of ``building_land_sampling.csv``: a day's samples of a plot or an enterprise."""

    district: str
    year: Year
    plot: str
    land_class: str
    purpose: str
    first_day: Day
    n_samples: int
    times: float
    """How many times as much of everything as ``building_land_items.csv`` says."""


class FarmlandTown(Strict):
    """A row of ``farmland_towns.csv``: areas by class in 亩 and how much is safely used."""

    district: str
    town: str
    first_year: Year
    priority_area_mu: Decimal
    safe_use_area_mu: Decimal
    strict_area_mu: Decimal
    safely_used_percent: Decimal
    safely_used_yearly: Decimal


class RemediationProject(Strict):
    """A row of ``remediation_projects.csv``."""

    district: str
    project: str
    started_on: Day
    completed_on: Day
    accepted_on: Day | None = None


def soil_points_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return a row a sample: the same points each year, which differ more than the years do."""
    items = rows(project, "soil_items", SoilItem)
    found: list[Row] = []
    for one in rows_of(project, "soil_networks", SoilNetwork, pair):
        first = generator_for(Pair(pair.district, one.first_year), f"soil/{one.town}", seed)
        rng = generator_for(pair, f"soil_points/{one.town}", seed)
        acidity = first.normal(one.ph, one.ph_spread, one.n_points)
        places = first.normal(0, 1, (one.n_points, len(items)))
        of_year = rng.normal(0, 1, (one.n_points, len(items)))
        for number in range(one.n_points):
            row: Row = {
                "seq": len(found) + 1,
                "point": f"{one.prefix}{number + 1:02d}",
                "town": one.town,
                "village": f"演示{number + 1}村",
                "date": dt.date(pair.year, one.month, 1 + number % 28),
                "land_use": one.land_uses[number % len(one.land_uses)],
                "ph": round(float(acidity[number] + rng.normal(0, 0.05)), 2),
            }
            found.append(row | _contents(items, places[number], of_year[number]))
    return found


def _contents(items: list[SoilItem], place: Floats, year: Floats) -> Row:
    return {
        item.column: _content(
            item, item.median_mg_kg * float(np.exp(item.place_spread * a + item.year_spread * b))
        )
        for item, a, b in zip(items, place, year, strict=True)
    }


def _content(item: SoilItem, value: float) -> Cell:
    is_detected = value >= item.detection_limit_mg_kg
    return round(value, item.decimals) if is_detected else f"<{item.detection_limit_mg_kg:g}"


def building_land_samples_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return a row a sample of plots after their remediation and of enterprises' own monitoring."""
    items = rows(project, "building_land_items", SoilItem)
    found: list[Row] = []
    for one in rows_of(project, "building_land_sampling", BuildingSampling, pair):
        own = [
            item.model_copy(update={"median_mg_kg": item.median_mg_kg * one.times})
            for item in items
        ]
        rng = generator_for(pair, f"building_land_samples/{one.plot}", seed)
        places, of_year = rng.normal(0, 1, (2, one.n_samples, len(items)))
        for number in range(one.n_samples):
            row: Row = {
                "seq": len(found) + 1,
                "plot": one.plot,
                "sample": f"{one.plot}-S{number + 1}",
                "date": one.first_day,
                "land_class": one.land_class,
                "purpose": one.purpose,
            }
            found.append(row | _contents(own, places[number], of_year[number]))
    return found


def contaminated_plots_rows(project: Project, pair: Pair, _seed: str) -> list[Row]:
    """Return the register as it stood at the end of the year: days to come are not in it."""
    last_day = dt.date(pair.year, 12, 31)
    found: list[Row] = []
    for one in rows_of(project, "contaminated_plots", Plot, pair):
        if one.listed_on <= last_day:
            row: Row = {
                "seq": len(found) + 1,
                "plot": one.plot,
                "village": one.village,
                "area_m2": number_cell(one.area_m2),
                "is_safely_used": _yes(one.safely_used_from, last_day),
            }
            found.append(row | {step: _past(getattr(one, step), last_day) for step in STEPS})
    return found


def farmland_safe_use_rows(project: Project, pair: Pair, _seed: str) -> list[Row]:
    """Return a row a town: farmland by class, what is polluted and what of it is safely used."""
    found: list[Row] = []
    for number, one in enumerate(rows_of(project, "farmland_towns", FarmlandTown, pair), start=1):
        years = pair.year - one.first_year
        polluted = one.safe_use_area_mu + one.strict_area_mu
        share = min(one.safely_used_percent + years * one.safely_used_yearly, Decimal(100)) / 100
        row: Row = {
            "seq": number,
            "town": one.town,
            "period": f"{pair.year}年",
            "priority_area_mu": number_cell(one.priority_area_mu),
            "safe_use_area_mu": number_cell(one.safe_use_area_mu),
            "strict_area_mu": number_cell(one.strict_area_mu),
            "polluted_area_mu": number_cell(polluted),
            "safely_used_area_mu": number_cell(rounded(polluted * share, 1)),
        }
        found.append(row | papers(f"{pair.year}年耕地安全利用台账", 1, pair.year))
    return with_totals(found, AREAS)


def remediation_rows(project: Project, pair: Pair, _seed: str) -> list[Row]:
    """Return the projects begun by the end of the year, with the days that had come."""
    last_day = dt.date(pair.year, 12, 31)
    projects = rows_of(project, "remediation_projects", RemediationProject, pair)
    begun = [one for one in projects if one.started_on <= last_day]
    found: list[Row] = []
    for number, one in enumerate(begun, start=1):
        row: Row = {
            "seq": number,
            "project": one.project,
            "started_on": one.started_on,
            "completed_on": _past(one.completed_on, last_day),
            "accepted_on": _past(one.accepted_on, last_day),
        }
        found.append(row | papers(f"{one.project}进展情况", number, pair.year))
    return found


def _past(day: dt.date | None, last_day: dt.date) -> dt.date | None:
    return day if day is not None and day <= last_day else None


def _yes(day: dt.date | None, last_day: dt.date) -> str:
    return YES if _past(day, last_day) else NO


FILL: Final[dict[str, Fill]] = {
    "soil_points": soil_points_rows,
    "building_land_samples": building_land_samples_rows,
    "contaminated_plots": contaminated_plots_rows,
    "farmland_safe_use": farmland_safe_use_rows,
    "remediation": remediation_rows,
}
