"""Invent the months of sections and sources: levels of a class, course of the year, chance."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from ecoreport.demonstration.profiles import rows, rows_of
from ecoreport.demonstration.seeds import generator_for
from ecoreport.demonstration.water_profiles import Class, Event, Item, Month, YearFactor
from ecoreport.demonstration.workbook import Cell, Row, cell_of
from ecoreport.project import Pair, Project
from ecoreport.standards.water.limits import section_columns

Array = npt.NDArray[np.float64]
MONTHS: Final = range(1, 13)
NOT_MEASURED: Final = -1
BELOW: Final = "L"
ORDER: Final[tuple[Class, ...]] = ("I", "II", "III", "IV", "V", "below_V")
STATUS: Final = "status"
MEAN_DEVIATION: Final = 0.02
"""Largest deviation of a year's mean from its level."""
NITROGEN, AMMONIA, REST = "tn_mg_l", "nh3n_mg_l", 1.15
"""Total nitrogen holds the ammonia and some nitrate."""


@dataclass(frozen=True)
class Water:
    """A place whose months are to be invented.

    Attributes
    ----------
    place : str
        Section or source.
    body : str
        ``river``, ``lake`` or ``ground``.
    water_class : Class
        Of the year's means.
    drivers : mapping of str to float or None
        Items of that class, with their mean where it is given.
    has_few_items : bool
        Whether scarce items are not measured.
    """

    place: str
    body: str
    water_class: Class
    drivers: Mapping[str, float | None] = field(default_factory=dict)
    has_few_items: bool = False


def monthly_rows(
    project: Project, pair: Pair, dataset: str, waters: Sequence[Water], seed: str
) -> list[Row]:
    """Return a row a place and month: items as they are written, and the month in three ways.

    Parameters
    ----------
    project : Project
    pair : Pair
    dataset : str
        Whose events happen.
    waters : sequence of Water
    seed : str

    Returns
    -------
    list of Row
        ``place, month`` (2018-03), ``month_words`` (2018年3月), ``sampled_on`` and a cell an item.
    """
    items = rows(project, "water_items", Item)
    shapes = rows(project, "water_months", Month)
    events = [
        one for one in rows_of(project, "water_events", Event, pair) if one.dataset == dataset
    ]
    (year,) = rows_of(project, "water_years", YearFactor, pair)
    found = []
    for water in waters:
        rng = generator_for(pair, f"{dataset}/{water.place}", seed)
        own = [item for item in items if item.water_body == water.body]
        values = {item.column: _year(item, water, shapes, year.factor, rng) for item in own}
        if NITROGEN in values:
            values[NITROGEN] = np.maximum(values[NITROGEN], np.round(REST * values[AMMONIA], 2))
        for place, month in enumerate(MONTHS):
            cells = {item.column: _cell(item, values[item.column][place], water) for item in own}
            row = _of_month(pair.year, month, rng) | cells | {"place": water.place}
            found.append(_after(row, events))
    return found


def _year(
    item: Item, water: Water, shapes: Sequence[Month], factor: float, rng: np.random.Generator
) -> Array:
    """Return the twelve months of an item, of which the mean is what the class asks for."""
    mean = item.level(_class_of(item, water)) * factor**item.trend
    mean *= 1 + rng.uniform(-MEAN_DEVIATION, MEAN_DEVIATION)
    shape = np.asarray([getattr(month, item.shape) for month in shapes], dtype=np.float64)
    months = shape * np.exp(rng.normal(0, item.spread, len(shape)))
    level = water.drivers.get(item.column) or mean
    rounded: Array = np.round(months * (level / months.mean()), item.decimals)
    return rounded


def _class_of(item: Item, water: Water) -> Class:
    """Return the class of an item: that of its water where it drives it or is not judged by."""
    is_judged = item.column in section_columns()
    if item.column in water.drivers or not is_judged:
        return water.water_class
    return min(water.water_class, "III", key=ORDER.index)


def _cell(item: Item, value: float, water: Water) -> Cell:
    if item.is_scarce and water.has_few_items:
        return NOT_MEASURED
    if item.detection_limit and value < float(item.detection_limit):
        return f"{item.detection_limit}{BELOW}"
    return int(value) if item.decimals == 0 else float(value)


def _of_month(year: int, month: int, rng: np.random.Generator) -> Row:
    day = int(rng.integers(2, 11))
    return {
        "month": f"{year}-{month:02d}",
        "month_words": f"{year}年{month}月",
        "sampled_on": dt.date(year, month, day),
        "days": calendar.monthrange(year, month)[1],
    }


def _after(row: Row, events: Iterable[Event]) -> Row:
    """Return a month after what happened in it."""
    for event in events:
        if (event.place, event.month) == (row["place"], row["month"]):
            if event.column == STATUS:
                kept = ("place", "month", "month_words", "sampled_on", "days")
                row = {name: row[name] for name in kept}
            row[event.column] = cell_of(event.value)
    return row
