"""Farmland soil by GB 15618: limits by pH and land use, the three classes, single indices."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.columns import (
    ALIAS_SEPARATOR,
    Floats,
    Rows,
    keys,
    named,
    numbers,
    ordered,
    present_columns,
    words,
)
from ecoreport.standards.soil.editions import SoilEdition, soil_edition
from ecoreport.standards.tables import Line, least_verified, select, single

PH = "ph"
LAND_USE = "land_use"
EXCHANGE_CAPACITY = "cec_cmol_kg"
HIGHEST_PH = 14
EVERY = "all"
OTHER_LAND = "other"


def farmland_limits(frame: pd.DataFrame, on: date, kind: str | None = None) -> pd.DataFrame:
    """Return the limits that hold for each sample.

    Parameters
    ----------
    frame : pandas.DataFrame
        One sample a row: ``ph``, ``land_use`` (水田 paddy, 其他 other, 果园 orchard, 水旱轮作
        rotation) and any of ``cd_mg_kg, hg_mg_kg, as_mg_kg, pb_mg_kg, cr_mg_kg, cu_mg_kg, ni_mg_kg,
        zn_mg_kg, hch_total_mg_kg, ddt_total_mg_kg, benzo_a_pyrene_mg_kg``. For samples before
        August 2018 ``cec_cmol_kg`` may stand beside them.
    on : datetime.date
        When the samples were taken.
    kind : str, optional
        ``screening`` or ``intervention`` (2018), ``grade_1``, ``grade_2`` or ``grade_3`` (1995);
        else what farmland is held to: ``screening`` or ``grade_2``.

    Returns
    -------
    pandas.DataFrame
        On the same index, one column an item of the frame, mg/kg; NaN where the standard sets no
        limit, or where it depends on a pH that was not measured.

    Raises
    ------
    InputError
        For a day or a kind without a table, an unknown land use, text or impossible numbers, and
        a frame without any of the items.

    Notes
    -----
    GB 15618-2018, tables 1 to 3: bands of pH are closed above (6.5 belongs to 5.5–6.5).
    GB 15618-1995, table 1: 6.5 and 7.5 belong to the middle band; limits of elements are halved up
    to an exchange capacity of 5 cmol(+)/kg. Copper has a value of its own for orchards. Rotated
    paddy takes the stricter of both (read for 1995, from memory for 2018).
    """
    edition = soil_edition(on)
    return _limits(frame, edition, kind or edition.reference_kind)


def farmland_classes(frame: pd.DataFrame, on: date) -> pd.DataFrame:
    """Sort samples of farmland into priority protection, safe use and strict control.

    The class of a sample, by soil alone: that of a field also weighs its crops (技术指南, 环办土壤
    〔2019〕53号) and is the department's to declare, as are the areas that rates are made of.

    Parameters
    ----------
    frame, on
        As in `farmland_limits`.

    Returns
    -------
    pandas.DataFrame
        On the same index: ``soil_class`` (ordered categorical of ``soil_classes.csv``; missing
        where nothing was measured or the pH that a limit needs was not), ``above_screening`` and
        ``above_intervention`` (tuples of symbols), ``missing_items`` (the same: basic items and
        pH not measured), ``verified`` (of the least certain
        rule or limit in use).

    Raises
    ------
    InputError
        As `farmland_limits`, and before August 2018: GB 15618-1995 has no such classes.

    Notes
    -----
    GB 15618-2018, 6.1 to 6.3: every item at or below its screening value; some item above it and
    none above its intervention value; some item above its intervention value. Copper, nickel,
    zinc and the organic items have no intervention value.
    """
    edition = soil_edition(on)
    if not edition.has_three_classes:
        raise InputError(
            _(
                "{edition} 不划分优先保护、安全利用、严格管控三类（{date} 的样品）："
                "标准表 soil_classes.csv 没有该版的分类，请改用是否符合二级标准。"
            ).format(edition=edition.name, date=on.isoformat())
        )
    screening = _limits(frame, edition, "screening")
    is_above = _is_above(frame, screening)
    is_far_above = _is_above(frame, _limits(frame, edition, "intervention"))
    codes = np.any(list(is_above.values()), axis=0).astype(np.int8)
    codes[np.any(list(is_far_above.values()), axis=0)] = 2
    codes[~_is_determined(frame, screening)] = -1
    return pd.DataFrame(
        {
            "soil_class": ordered(codes, keys("soil_classes", "class"), frame.index),
            "above_screening": named(_by_symbol(is_above), frame.index),
            "above_intervention": named(_by_symbol(is_far_above), frame.index),
            "missing_items": named(_is_missing(frame, edition), frame.index),
            "verified": _verified(frame, edition, list(screening.columns)),
        },
        index=frame.index,
    )


def farmland_indices(frame: pd.DataFrame, on: date) -> pd.DataFrame:
    """Return the single index of each item: content by limit.

    Parameters
    ----------
    frame, on
        As in `farmland_limits`.

    Returns
    -------
    pandas.DataFrame
        As `farmland_limits`; NaN where there is no content or no limit.

    Raises
    ------
    InputError
        As `farmland_limits`.

    Notes
    -----
    ``P = C / S`` with the second grade of GB 15618-1995, for which the index was made, or with the
    screening values of 2018, which is a convention.
    """
    limits = farmland_limits(frame, on)
    contents = pd.DataFrame(
        {column: numbers(frame, column) for column in limits.columns}, index=frame.index
    )
    return contents / limits


def farmland_within_limits(frame: pd.DataFrame, on: date) -> pd.Series[Any]:
    """Say of each sample whether every item measured is within what farmland is held to.

    Parameters
    ----------
    frame, on
        As in `farmland_limits`.

    Returns
    -------
    pandas.Series
        ``boolean`` on the same index; missing where nothing was measured or a limit is not known
        for want of the pH. A limit that is just reached is kept.

    Raises
    ------
    InputError
        As `farmland_limits`.
    """
    limits = farmland_limits(frame, on)
    is_beyond = np.any(list(_is_above(frame, limits).values()), axis=0)
    is_within = pd.Series(~is_beyond, index=frame.index, dtype="boolean")
    return is_within.where(pd.Series(_is_determined(frame, limits), index=frame.index))


def farmland_item_steps(frame: pd.DataFrame, on: date) -> pd.DataFrame:
    """Return how many limits each item of each sample is above: its screening, its intervention.

    Parameters
    ----------
    frame, on
        As in `farmland_limits`.

    Returns
    -------
    pandas.DataFrame
        On the same index, an ``Int8`` column an item of the frame: 0 at or below the screening
        value, 1 above it, 2 above the intervention value. Missing where the item was not measured,
        or its limit is not known for want of the pH. Before August 2018 (GB 15618-1995) the one
        limit is that of the second grade, and 1 is beyond it.

    Raises
    ------
    InputError
        As `farmland_limits`.
    """
    edition = soil_edition(on)
    limits = farmland_limits(frame, on)
    above = _is_above(frame, limits)
    far = (
        _is_above(frame, _limits(frame, edition, "intervention"))
        if edition.has_three_classes
        else {}
    )
    steps = {}
    for column, is_above in above.items():
        is_far = far.get(column, np.zeros(len(frame), dtype=bool))
        count = pd.Series(np.where(is_far, 2, is_above.astype(np.int8)), frame.index, dtype="Int8")
        is_known = ~np.isnan(numbers(frame, column)) & limits[column].notna().to_numpy()
        steps[column] = count.where(is_known)
    return pd.DataFrame(steps, index=frame.index)


def _limits(frame: pd.DataFrame, edition: SoilEdition, kind: str) -> pd.DataFrame:
    lines = select("soil_farmland_limits", edition=edition.name, kind=kind)
    if not lines:
        raise InputError(
            _("{edition} 没有种类为 {kind!r} 的限值。").format(edition=edition.name, kind=kind)
        )
    columns = present_columns(frame, _item_columns(edition))
    bands = _rows_by_band(numbers(frame, PH, 0, HIGHEST_PH), edition)
    uses = words(frame, LAND_USE, "soil_land_uses", LAND_USE)
    factors = _factors(frame, edition)
    limits = {}
    for column in columns:
        of_item = [line for line in lines if line["column"] == column]
        limits[column] = _limits_of_item(of_item, bands, uses)
        if single("soil_items", column=column)["is_element"] == "true":
            limits[column] *= factors
    return pd.DataFrame(limits, index=frame.index)


def _limits_of_item(lines: list[Line], bands: dict[str, Rows], uses: Any) -> Floats:
    limits = np.full(len(uses), np.nan)
    for use in select("soil_land_uses"):
        is_use = uses == use[LAND_USE]
        for land in use["lands"].split(ALIAS_SEPARATOR):
            for line in _lines_for(lines, land):
                rows = is_use & bands[line["ph_band"]]
                # Of two lands the stricter holds; a number beats nothing.
                limits[rows] = np.fmin(limits[rows], float(line["limit"] or math.nan))
    return limits


def _lines_for(lines: list[Line], land: str) -> list[Line]:
    for held in (land, OTHER_LAND, EVERY):
        found = [line for line in lines if line["land"] == held]
        if found:
            return found
    return []


def _rows_by_band(ph: Floats, edition: SoilEdition) -> dict[str, Rows]:
    rows: dict[str, Rows] = {EVERY: np.ones(len(ph), dtype=bool)}
    for line in select("soil_ph_bands", edition=edition.name):
        is_in = ~np.isnan(ph)
        for bound, holds in (
            ("above", np.greater),
            ("from", np.greater_equal),
            ("to", np.less_equal),
            ("below", np.less),
        ):
            if line[bound]:
                is_in &= holds(ph, float(line[bound]))
        rows[line["ph_band"]] = is_in
    return rows


def _factors(frame: pd.DataFrame, edition: SoilEdition) -> Floats:
    """Half for soils that bind little, where the edition halves its limits."""
    factors = np.ones(len(frame))
    rules = select("soil_rules", edition=edition.name, rule="halved_up_to_cec")
    if rules and EXCHANGE_CAPACITY in frame.columns:
        factors[numbers(frame, EXCHANGE_CAPACITY) <= float(rules[0]["value"])] = 0.5
    return factors


def _item_columns(edition: SoilEdition) -> list[str]:
    lines = select("soil_farmland_limits", edition=edition.name)
    return list(dict.fromkeys(line["column"] for line in lines))


def _is_above(frame: pd.DataFrame, limits: pd.DataFrame) -> dict[str, Rows]:
    return {column: numbers(frame, column) > limits[column].to_numpy() for column in limits.columns}


def _is_determined(frame: pd.DataFrame, limits: pd.DataFrame) -> Rows:
    """Whether something was measured, and nothing of it is without its limit."""
    is_measured = np.array([~np.isnan(numbers(frame, column)) for column in limits.columns])
    has_limit = limits.notna().to_numpy().T
    determined: Rows = is_measured.any(axis=0) & ~(is_measured & ~has_limit).any(axis=0)
    return determined


def _is_missing(frame: pd.DataFrame, edition: SoilEdition) -> dict[str, Rows]:
    lines = select("soil_farmland_limits", edition=edition.name, group="basic")
    nothing = np.ones(len(frame), dtype=bool)
    is_missing = {
        symbol_of(column): np.isnan(numbers(frame, column)) if column in frame.columns else nothing
        for column in dict.fromkeys(line["column"] for line in lines)
    }
    return {**is_missing, "pH": np.isnan(numbers(frame, PH, 0, HIGHEST_PH))}


def _by_symbol(masks: dict[str, Rows]) -> dict[str, Rows]:
    return {symbol_of(column): mask for column, mask in masks.items()}


def symbol_of(column: str) -> str:
    """Return the symbol of an item, or its Chinese name where it has none."""
    line = single("soil_items", column=column)
    return line["symbol"] or line["name_zh"]


def _verified(frame: pd.DataFrame, edition: SoilEdition, columns: list[str]) -> list[str]:
    lines = select("soil_farmland_limits", edition=edition.name)
    used = [line["verified"] for line in lines if line["column"] in columns]
    by_use = {
        use[LAND_USE]: least_verified([edition.verified, use["verified"], *used])
        for use in select("soil_land_uses")
    }
    return [by_use[use] for use in words(frame, LAND_USE, "soil_land_uses", LAND_USE)]
