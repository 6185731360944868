"""Invent some days of automatic stations: what was sampled by hand, with the course of the day."""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal

import numpy as np

from ecoreport.config.models import Day, Strict, Year
from ecoreport.demonstration.profiles import Fill, rows, rows_of
from ecoreport.demonstration.seeds import generator_for
from ecoreport.demonstration.water import section_month_rows
from ecoreport.demonstration.workbook import Cell, Row
from ecoreport.project import Pair, Project

HOURS: Final = 24
BETWEEN_HOURS: Final = 4
"""Stations measure every four hours."""
PEAK_HOUR: Final = 15
"""When the water is warmest and has most oxygen."""


class Spell(Strict):
    """A row of ``water_automatic.csv``: days of one station."""

    district: str
    year: Year
    section: str
    first_day: Day
    days: int
    maintenance_on: Day | None = None
    note: str = ""


class Reading(Strict):
    """A row of ``water_automatic_items.csv``: how an item goes within a day."""

    column: str
    day_amplitude: float
    """Share of the mean by which the warmest hour is above it."""
    spread: float
    decimals: int
    kind: Literal["physical", "chemical"] = "chemical"
    note: str = ""


def automatic_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return readings every four hours, around what was sampled by hand in that month."""
    items = rows(project, "water_automatic_items", Reading)
    sampled = {
        (row["section"], row["month"]): row for row in section_month_rows(project, pair, seed)
    }
    found = []
    for spell in rows_of(project, "water_automatic", Spell, pair):
        rng = generator_for(pair, f"water_automatic/{spell.section}/{spell.first_day}", seed)
        for place in range(spell.days):
            day = spell.first_day + dt.timedelta(days=place)
            month = sampled[spell.section, f"{day:%Y-%m}"]
            for hour in range(BETWEEN_HOURS, HOURS + 1, BETWEEN_HOURS):
                found.append(_reading(spell, day, hour, month, items, rng))
    return found


def _reading(
    spell: Spell,
    day: dt.date,
    hour: int,
    month: Row,
    items: list[Reading],
    rng: np.random.Generator,
) -> Row:
    is_maintained = day == spell.maintenance_on
    row: Row = {
        "section": spell.section,
        "name": month["name"],
        "date": day,
        "hour": hour,
        "status": "维护" if is_maintained else "正常",
    }
    phase = np.cos(2 * np.pi * (hour - PEAK_HOUR) / HOURS)
    for item in items:
        level = month[item.column]
        assert isinstance(level, int | float)  # noqa: S101 - stations measure what hands did
        noise = float(np.exp(rng.normal(0, item.spread)))
        value = level * (1 + item.day_amplitude * float(phase)) * noise
        cell: Cell = round(value, item.decimals)
        # Under maintenance an instrument writes noughts.
        row[item.column] = 0 if is_maintained and item.kind == "chemical" else cell
    return row


FILL: Final[dict[str, Fill]] = {"water_automatic": automatic_rows}
