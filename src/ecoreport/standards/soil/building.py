"""Building land by GB 36600: screening and intervention values of two classes of land."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.columns import (
    Floats,
    Rows,
    keys,
    named,
    numbers,
    ordered,
    present_columns,
    words,
)
from ecoreport.standards.soil.editions import missing_table
from ecoreport.standards.soil.farmland import symbol_of
from ecoreport.standards.tables import Line, in_force, least_verified

LAND_CLASS = "land_class"
LIMITS = "soil_building_limits"


def building_limits(frame: pd.DataFrame, on: date, kind: str = "screening") -> pd.DataFrame:
    """Return the limits that hold for each sample.

    Parameters
    ----------
    frame : pandas.DataFrame
        One sample a row: ``land_class`` (第一类用地 first, 第二类用地 second) and any of the
        columns of ``soil_building_limits.csv``: ``as_mg_kg, cd_mg_kg, cr6_mg_kg`` …
    on : datetime.date
        When the samples were taken.
    kind : {"screening", "intervention"}

    Returns
    -------
    pandas.DataFrame
        On the same index, one column an item of the frame, mg/kg.

    Raises
    ------
    InputError
        For a day before August 2018 (the table for it is not kept) or another kind, an unknown
        class of land, text or impossible numbers, and a frame without any of the items.

    Notes
    -----
    GB 36600-2018, tables 1 (45 basic items) and 2 (40 others). Contents are of dry soil.
    """
    lines = _lines(on)
    if kind not in {line["kind"] for line in lines}:
        raise InputError(
            _("GB 36600 没有种类为 {kind!r} 的限值，应为 screening 或 intervention。").format(
                kind=kind
            )
        )
    land = words(frame, LAND_CLASS, "soil_building_land", LAND_CLASS)
    columns = present_columns(frame, dict.fromkeys(line["column"] for line in lines))
    limits = {column: np.full(len(frame), math.nan) for column in columns}
    for line in lines:
        if line["kind"] == kind and line["column"] in limits:
            limits[line["column"]][land == line[LAND_CLASS]] = float(line["limit"])
    return pd.DataFrame(limits, index=frame.index)


def building_item_levels(
    frame: pd.DataFrame, on: date, background: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """Return how each item of each sample stands to its two limits.

    Parameters
    ----------
    frame, on
        As in `building_limits`.
    background : mapping, optional
        Column to the background of the place, mg/kg: for ``as_mg_kg``, ``co_mg_kg`` and
        ``v_mg_kg`` only.

    Returns
    -------
    pandas.DataFrame
        On the same index, one ordered categorical of ``soil_building_levels.csv`` an item of the
        frame; missing where nothing was measured.

    Raises
    ------
    InputError
        As `building_limits`, and for a background of another item.

    Notes
    -----
    GB 36600-2018, 5.3: at or below the screening value the risk is negligible; above it the plot
    is investigated; above the intervention value it is controlled or remedied. Arsenic, cobalt and
    vanadium above the screening value but not above the background of the place are not managed as
    polluted land (footnote a): negligible here.
    """
    codes = _codes(frame, on, background or {})
    names = keys("soil_building_levels", "level")
    levels = {column: ordered(of_item, names, frame.index) for column, of_item in codes.items()}
    return pd.DataFrame(levels, index=frame.index)


def building_levels(
    frame: pd.DataFrame, on: date, background: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """Return how each sample stands: by its worst item.

    Parameters
    ----------
    frame, on, background
        As in `building_item_levels`.

    Returns
    -------
    pandas.DataFrame
        On the same index: ``level`` (ordered categorical of ``soil_building_levels.csv``; missing
        where nothing was measured), ``above_screening``, ``above_intervention``,
        ``within_background`` and ``missing_items`` (tuples of symbols or names; the last one of
        the 45 basic items), ``verified``.

    Raises
    ------
    InputError
        As `building_item_levels`.
    """
    known = background or {}
    codes = _codes(frame, on, known)
    worst = np.max(list(codes.values()), axis=0)
    names = keys("soil_building_levels", "level")
    above = {symbol_of(column): of_item > 0 for column, of_item in codes.items()}
    far_above = {symbol_of(column): of_item > 1 for column, of_item in codes.items()}
    screening = building_limits(frame, on)
    at_background = {
        symbol_of(column): _is_background(frame, column, screening[column], known[column])
        for column in known
        if column in codes
    }
    return pd.DataFrame(
        {
            "level": ordered(worst, names, frame.index),
            "above_screening": named(above, frame.index),
            "above_intervention": named(far_above, frame.index),
            "within_background": named(at_background, frame.index),
            "missing_items": named(_is_missing(frame, on), frame.index),
            "verified": least_verified(
                line["verified"] for line in _lines(on) if line["column"] in codes
            ),
        },
        index=frame.index,
    )


def _codes(frame: pd.DataFrame, on: date, background: Mapping[str, float]) -> dict[str, Any]:
    _require_background(background, on)
    screening = building_limits(frame, on, "screening")
    intervention = building_limits(frame, on, "intervention")
    codes = {}
    for column in screening.columns:
        contents = numbers(frame, column)
        of_item = (contents > screening[column].to_numpy()).astype(np.int8)
        of_item += contents > intervention[column].to_numpy()
        if column in background:
            of_item[_is_background(frame, column, screening[column], background[column])] = 0
        of_item[np.isnan(contents)] = -1
        codes[column] = of_item
    return codes


def _is_background(
    frame: pd.DataFrame, column: str, screening: pd.Series[float], background: float
) -> Rows:
    contents: Floats = numbers(frame, column)
    is_background: Rows = (contents > screening.to_numpy()) & (contents <= background)
    return is_background


def _is_missing(frame: pd.DataFrame, on: date) -> dict[str, Rows]:
    basic = dict.fromkeys(line["column"] for line in _lines(on) if line["group"] == "basic")
    nothing = np.ones(len(frame), dtype=bool)
    return {
        symbol_of(column): np.isnan(numbers(frame, column)) if column in frame.columns else nothing
        for column in basic
    }


def _lines(on: date) -> list[Line]:
    lines = in_force(LIMITS, on, on)
    if not lines:
        raise missing_table(LIMITS, LIMITS, on)
    return lines


def _require_background(background: Mapping[str, float], on: date) -> None:
    yielding = {line["column"] for line in _lines(on) if line["yields_to_background"] == "true"}
    for column, value in background.items():
        if column not in yielding:
            raise InputError(
                _("{column} 不适用土壤环境背景值，只有 {known} 适用。").format(
                    column=column, known=", ".join(sorted(yielding))
                )
            )
        if not (math.isfinite(value) and value > 0):
            raise InputError(
                _("{column} 的背景值应为大于 0 的数，收到的是 {value!r}。").format(
                    column=column, value=value
                )
            )
