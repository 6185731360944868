"""The air quality index of HJ 633: index of each pollutant, AQI, primary pollutants."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.air.categories import aqi_category
from ecoreport.standards.air.editions import AirEdition, air_edition
from ecoreport.standards.air.readings import (
    pollutant_of,
    require_columns,
    require_readings,
    stem,
)
from ecoreport.standards.rounding import as_fraction, round_half_even
from ecoreport.standards.tables import Line, select

Indices = npt.NDArray[np.float64]
"""Whole numbers; NaN where there is none."""


def aqi(
    frame: pd.DataFrame,
    averaging: str,
    year: int,
    edition: str | None = None,
    *,
    require_all: bool = False,
) -> pd.DataFrame:
    """Return the AQI, its category and the primary pollutants of every row.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any index. Columns ``pm25_ug_m3, pm10_ug_m3, so2_ug_m3, no2_ug_m3, co_mg_m3`` and
        ``o3_ug_m3`` (hour) or ``o3_8h_ug_m3`` (day, the daily maximum). Optional:
        ``o3_1h_ug_m3`` (day, daily maximum; an item of its own in the 2012 edition),
        ``so2_24h_ug_m3`` (hour, used by the 2012 edition where SO2 is above 800 µg/m3).
        Other columns are left alone. NaN is missing; zero is a reading.
    averaging : {"hour", "day"}
        Hourly PM stands on the 24-hour breakpoints, as on the national platform.
    year : int
        Chooses the edition.
    edition : str, optional
        See `air_edition`; asked of 2026.
    require_all : bool
        True: a row without all six pollutants has no AQI. False: as the edition says; 2012
        leaves the missing one out, 2026 gives such an AQI only above 100 (5.3).

    Returns
    -------
    pandas.DataFrame
        On the same index: ``aqi`` (Int64), ``category`` (ordered categorical of the Chinese names
        of ``aqi_categories.csv``), ``primary_pollutants`` (a list of pollutant keys, ties
        together, empty up to an AQI of 50 and without AQI), and one ``iaqi_…`` (Int64) an item.

    Raises
    ------
    InputError
        For another `averaging`, a missing column, a negative or infinite value, text in place of
        numbers, or a year that two editions share.

    Notes
    -----
    HJ 633-2012 4 to 6, HJ 633-2026 4 and 5. Exact: every distinct value is calculated in
    fractions and rounded up once. HJ 633-2026 first rounds concentrations to whole numbers, CO
    to one decimal; HJ 633-2012 does not say so (`rounded_readings` does it for both). Above the
    top breakpoint the index stays at the top one, 500 (practice; the standard is silent).
    """
    standard = air_edition(year, edition)
    items = _items(frame, averaging, standard)
    indices = _item_indices(frame, items, standard)
    required = [indices[item.column] for item in items if item.role == "required"]
    counted = {item: indices[item.column] for item in items if item.role != "substitute"}
    highest = np.fmax.reduce(list(counted.values()))
    is_hidden = np.isnan(required).any(axis=0)
    if not require_all:
        shown_above = standard.incomplete_aqi_shown_above
        is_hidden &= shown_above is not None and ~(highest > shown_above)
    highest[is_hidden] = np.nan
    result = pd.DataFrame(index=frame.index)
    result["aqi"] = _whole(highest, frame.index)
    result["category"] = aqi_category(result["aqi"])
    result["primary_pollutants"] = pd.Series(
        _primary_pollutants(highest, counted), index=frame.index, dtype=object
    )
    for item, values in counted.items():
        result[f"iaqi_{stem(item.column)}"] = _whole(values, frame.index)
    return result


def iaqi(
    values: pd.Series[Any], pollutant: str, averaging: str, year: int, edition: str | None = None
) -> pd.Series[Any]:
    """Return the individual index of one pollutant.

    Parameters
    ----------
    values : pandas.Series
        Concentrations in the unit of ``iaqi_breakpoints.csv`` (CO mg/m3, others µg/m3).
    pollutant : str
        ``PM2.5``, ``PM10``, ``SO2``, ``NO2``, ``CO`` or ``O3``.
    averaging : {"1h", "8h", "24h"}
        Of the breakpoints.
    year, edition
        As in `aqi`.

    Returns
    -------
    pandas.Series
        Int64 on the same index; missing where the value is missing, or above a top breakpoint
        from which the edition turns to another averaging time (2012: SO2 1 h, O3 8 h).

    Raises
    ------
    InputError
        For negative values or breakpoints that do not exist.

    Notes
    -----
    HJ 633, formula 1: ``(I_hi - I_lo) / (B_hi - B_lo) × (C - B_lo) + I_lo``, rounded up.
    """
    standard = air_edition(year, edition)
    require_readings(values.to_frame("concentration"), ["concentration"])
    return _whole(_indices(values, pollutant, averaging, standard), values.index)


@dataclass(frozen=True)
class _Item:
    """One column that enters the AQI, as ``aqi_items.csv`` has it."""

    column: str
    pollutant: str
    averaging: str
    role: str
    decimals: int | None


def _items(frame: pd.DataFrame, averaging: str, standard: AirEdition) -> list[_Item]:
    lines = select("aqi_items", edition=standard.aqi, frame=averaging)
    if not lines:
        raise InputError(
            _("averaging 应为 hour 或 day，收到的是 {value!r}。").format(value=averaging)
        )
    require_columns(frame, [line["column"] for line in lines if line["role"] == "required"])
    items = [
        _Item(
            column=line["column"],
            pollutant=pollutant_of(line["column"], averaging),
            averaging=line["averaging"],
            role=line["role"],
            decimals=int(line["decimals"]) if line["decimals"] else None,
        )
        for line in lines
        if line["column"] in frame.columns
    ]
    require_readings(frame, [item.column for item in items])
    return items


def _item_indices(
    frame: pd.DataFrame, items: list[_Item], standard: AirEdition
) -> dict[str, Indices]:
    own: dict[str, Indices] = {}
    for item in items:
        values = frame[item.column]
        if item.decimals is not None:
            values = round_half_even(values, item.decimals)
        own[item.column] = _indices(values, item.pollutant, item.averaging, standard)
    filled = dict(own)
    for item in items:
        substitute = _substitute(item, items, standard)
        if substitute is not None:
            is_above_top = np.isnan(own[item.column]) & frame[item.column].notna().to_numpy()
            filled[item.column] = np.where(is_above_top, own[substitute.column], own[item.column])
    return filled


def _substitute(item: _Item, items: list[_Item], standard: AirEdition) -> _Item | None:
    """Return the item that stands in where this one is above its top breakpoint."""
    lines = _lines_above_top(item.pollutant, item.averaging, standard)
    averagings = [line["substitute_averaging"] for line in lines]
    others = (
        other
        for other in items
        if other.pollutant == item.pollutant and other.averaging in averagings
    )
    return next(others, None)


def _indices(
    values: pd.Series[Any], pollutant: str, averaging: str, standard: AirEdition
) -> Indices:
    concentrations, steps = _breakpoints(standard.aqi, pollutant, averaging)
    has_substitute = bool(_lines_above_top(pollutant, averaging, standard))
    # Readings repeat: some hundred distinct values stand for hundreds of thousands of hours.
    codes, distinct = pd.factorize(values)
    looked_up = [
        _index_of(as_fraction(value), concentrations, steps, has_substitute) for value in distinct
    ]
    return np.array([*looked_up, math.nan], dtype=np.float64)[codes]


def _lines_above_top(pollutant: str, averaging: str, standard: AirEdition) -> list[Line]:
    return select("iaqi_above_top", edition=standard.aqi, pollutant=pollutant, averaging=averaging)


def _index_of(
    concentration: Fraction,
    concentrations: tuple[Fraction, ...],
    steps: tuple[int, ...],
    has_substitute: bool,
) -> float:
    if concentration > concentrations[-1]:
        return math.nan if has_substitute else steps[-1]
    high = max(bisect_left(concentrations, concentration), 1)
    below, above = concentrations[high - 1], concentrations[high]
    slope = (steps[high] - steps[high - 1]) / (above - below)
    return math.ceil(slope * (concentration - below) + steps[high - 1])


def _breakpoints(
    edition: str, pollutant: str, averaging: str
) -> tuple[tuple[Fraction, ...], tuple[int, ...]]:
    lines = select("iaqi_breakpoints", edition=edition, pollutant=pollutant, averaging=averaging)
    if not lines:
        raise InputError(
            _("{edition} 没有 {pollutant} {averaging} 的分指数限值。").format(
                edition=edition, pollutant=pollutant, averaging=averaging
            )
        )
    concentrations = tuple(Fraction(line["concentration"]) for line in lines)
    return concentrations, tuple(int(line["iaqi"]) for line in lines)


def _primary_pollutants(highest: Indices, indices: dict[_Item, Indices]) -> list[list[str]]:
    """HJ 633: above an AQI of 50 the pollutants with the largest index, ties together."""
    none_up_to = int(select("aqi_categories")[0]["aqi_high"])
    has_primary = highest > none_up_to
    codes = np.zeros(len(highest), dtype=np.int64)
    for bit, values in enumerate(indices.values()):
        codes |= (has_primary & (values == highest)).astype(np.int64) << bit
    # One pollutant may hold two bits, by two averaging times: a dict names it once.
    names = {
        code: list(
            dict.fromkeys(item.pollutant for bit, item in enumerate(indices) if code >> bit & 1)
        )
        for code in np.unique(codes)
    }
    return [names[code].copy() for code in codes]


def _whole(values: Indices, index: pd.Index) -> pd.Series[Any]:
    return pd.Series(values, index=index).astype("Int64")
