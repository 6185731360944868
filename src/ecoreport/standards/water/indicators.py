"""Which items are beyond a limit and by how much, and the main pollution indicators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.statistics import attainment_rate, exceedance_multiple
from ecoreport.standards.tables import select
from ecoreport.standards.water.categories import (
    Codes,
    as_water_classes,
    class_code,
    from_codes,
    water_class_type,
)
from ecoreport.standards.water.classes import WaterBody, item_codes
from ecoreport.standards.water.limits import bands, rows_by_body, section_columns
from ecoreport.standards.water.readings import Floats, numbers, parameter_of, present
from ecoreport.standards.water.rules import assessment_rule

BandsByRow = tuple[Floats, Floats]
"""The lowest and the highest value that passes, row by row."""

Sides = tuple[Floats | float, Floats | float]
"""The same, or one value for all rows."""


def exceedances(
    frame: pd.DataFrame, water_body: WaterBody, reference: str | pd.Series[Any] = "III"
) -> pd.DataFrame:
    """Return the items of each row that are beyond the limit of a class.

    Parameters
    ----------
    frame, water_body
        As in `item_classes`.
    reference : str or pandas.Series
        The class held against: III, or each section's own target. Rows without one are left out.

    Returns
    -------
    pandas.DataFrame
        One row an item, by rows of the frame and in the order of the standard, on the index of the
        frame (repeated): ``position`` (of the row in the frame), ``column``, ``parameter``,
        ``value``, ``class`` (of the item), ``limit``, ``multiple`` (``(C - S) / S``, one decimal;
        NaN for pH and dissolved oxygen).

    Raises
    ------
    InputError
        As `item_classes`, and for a reference that is no class or is ``below_V``.

    Notes
    -----
    环办〔2011〕22号: no multiple for temperature, pH and dissolved oxygen.
    """
    found = beyond(frame, reference_bands(frame, water_body, reference))
    codes = item_codes(frame, water_body)
    places = [
        codes[column][position]
        for column, position in zip(found["column"], found["position"], strict=True)
    ]
    of_item = from_codes(np.array(places, dtype=np.int8), water_class_type(), found.index)
    found.insert(4, "class", of_item.array)
    return found


def main_indicators(frame: pd.DataFrame, water_body: WaterBody) -> pd.DataFrame:
    """Return the main pollution indicators (主要污染指标) of each section.

    Parameters
    ----------
    frame, water_body
        As in `item_classes`; one section a row.

    Returns
    -------
    pandas.DataFrame
        As `exceedances`, up to three items a row, in the order in which they are named, with
        ``rank`` from 1. Sections of class III or better have none.

    Notes
    -----
    环办〔2011〕22号: of the items beyond class III those of the worst class first, within a class
    by multiple, the first three; cyanide and heavy metals go before all. Which metals beside lead
    and chromium, and that items without a multiple come last within their class, is our reading.
    """
    at_most = int(assessment_rule("main_indicators_at_most").number)
    found = exceedances(frame, water_body, assessment_rule("main_indicator_class").value)
    first = {line["parameter"] for line in _rule_lines("first")}
    keys = pd.DataFrame(
        {
            "position": found["position"].to_numpy(),
            "is_later": ~found["parameter"].isin(first).to_numpy(),
            "class": -found["class"].cat.codes.to_numpy(),
            "ratio": -_ratios(found),
        }
    )
    order = keys.sort_values(list(keys.columns), kind="stable").index
    ranked = found.iloc[order]
    rank = ranked.groupby("position").cumcount() + 1
    return ranked.assign(rank=rank)[(rank <= at_most).to_numpy()]


def basin_main_indicators(frame: pd.DataFrame, water_body: WaterBody) -> pd.DataFrame:
    """Return the main pollution indicators of a river or basin of five sections or more.

    Parameters
    ----------
    frame, water_body
        As in `item_classes`; one section a row. For fewer than five sections see `basin_grade`.

    Returns
    -------
    pandas.DataFrame
        Up to three rows: ``column``, ``parameter``, ``n_beyond`` (sections beyond class III),
        ``n_sections``, ``share`` (percent of the sections, one decimal), ``rank``.

    Notes
    -----
    环办〔2011〕22号: items beyond class III by the share of sections beyond it. Equal shares keep
    the order of the standard (our reading).
    """
    found = exceedances(frame, water_body, assessment_rule("main_indicator_class").value)
    counts = found.groupby(["column", "parameter"], sort=False).size().reset_index(name="n_beyond")
    order = {column: place for place, column in enumerate(section_columns())}
    counts = counts.sort_values("column", key=lambda columns: columns.map(order))
    counts = counts.sort_values("n_beyond", ascending=False, kind="stable", ignore_index=True)
    n_sections = int(_is_measured(frame).sum())
    decimals = int(assessment_rule("share_decimals").number)
    at_most = int(assessment_rule("main_indicators_at_most").number)
    share = [attainment_rate(count, n_sections, decimals) for count in counts["n_beyond"]]
    ranked = counts.assign(n_sections=n_sections, share=share, rank=range(1, len(counts) + 1))
    return ranked.head(at_most)


def reference_bands(
    frame: pd.DataFrame, water_body: WaterBody, reference: str | pd.Series[Any]
) -> dict[str, BandsByRow]:
    """Return the bands of a class for each item that a frame has, open where there is no class."""
    references = _references(reference, frame.index)
    rows = rows_by_body(water_body, frame.index)
    limits = {}
    for column in present(frame, section_columns()):
        lowest, highest = np.full(len(frame), -np.inf), np.full(len(frame), np.inf)
        for body, is_body in rows.items():
            for code, (low, high) in enumerate(bands(parameter_of(column), body)):
                is_held = is_body & (references == code)
                lowest[is_held], highest[is_held] = low, high
        limits[column] = (lowest, highest)
    return limits


def beyond(frame: pd.DataFrame, limits: Mapping[str, Sides]) -> pd.DataFrame:
    """Return the readings outside their bands, as `exceedances` without ``class``."""
    # One row a reading of the frame, one column an item.
    values = np.column_stack([numbers(frame, column) for column in limits])
    lows, highs = (
        np.column_stack([np.broadcast_to(sides[side], len(frame)) for sides in limits.values()])
        for side in (0, 1)
    )
    is_above = values > highs
    positions, items = np.nonzero(is_above | (values < lows))
    found, limit = values[positions, items], np.where(is_above, highs, lows)[positions, items]
    columns = np.array(list(limits), dtype=object)
    parameters = np.array([parameter_of(column) for column in limits], dtype=object)
    without = [line["parameter"] for line in _rule_lines("no_multiple")]
    has_multiple = ~np.isin(parameters, without)[items]
    return pd.DataFrame(
        {
            "position": positions,
            "column": pd.Series(columns[items], dtype="str"),
            "parameter": pd.Series(parameters[items], dtype="str"),
            "value": found,
            "limit": limit,
            "multiple": _multiples(found, np.where(has_multiple, limit, np.nan)),
        }
    ).set_index(frame.index.take(positions))


def _multiples(values: Floats, limits: Floats) -> Floats:
    if not len(values):
        return values
    decimals = int(assessment_rule("multiple_decimals").number)
    # Readings repeat: each pair is calculated once, exactly.
    pairs = pd.DataFrame({"value": values, "limit": limits})
    codes = pairs.groupby(["value", "limit"], dropna=False, sort=False).ngroup()
    distinct = pairs[~codes.duplicated()]
    multiples = [
        exceedance_multiple(value, limit, decimals) if limit > 0 else np.nan
        for value, limit in zip(distinct["value"], distinct["limit"], strict=True)
    ]
    return np.array(multiples, dtype=np.float64)[codes]


def _ratios(found: pd.DataFrame) -> Floats:
    """How many times the limit a value is; nothing where the rule gives no multiple."""
    ratio = found["value"].to_numpy() / found["limit"].to_numpy()
    return np.where(found["multiple"].isna(), np.nan, ratio)


def _rule_lines(rule: str) -> list[Mapping[str, str]]:
    return select("surface_water_main_indicators", rule=rule)


def _is_measured(frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    columns = present(frame, section_columns())
    measured = [~np.isnan(numbers(frame, column)) for column in columns]
    return np.asarray(np.any(measured, axis=0), dtype=bool)


def _references(reference: str | pd.Series[Any], index: pd.Index) -> Codes:
    if isinstance(reference, str):
        codes = np.full(len(index), class_code(reference), dtype=np.int8)
    elif reference.index.equals(index):
        codes = as_water_classes(reference).cat.codes.to_numpy().astype(np.int8)
    else:
        raise InputError(_("目标类别的索引应与数据相同。"))
    if (codes == class_code("below_V")).any():
        raise InputError(_("劣Ⅴ 没有限值，不能作为目标类别；消除劣Ⅴ类的目标是Ⅴ。"))
    return codes
