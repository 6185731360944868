"""Observations of nature: shares of land, green and wetlands, parks a head, the official EI."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, cast

import pandas as pd

from ecoreport.config.models import Indicator
from ecoreport.message import N_, Message, message
from ecoreport.numbers import plain_decimal
from ecoreport.observe.computed import Computed, exact_text, rounded
from ecoreport.observe.figures import (
    DECIMALS,
    Figure,
    as_told,
    decimal_in,
    known_rows,
    observation_of_rows,
    percentage,
    rate_of,
    rows_of_figures,
    told_figures,
    told_twice,
)
from ecoreport.observe.observation import Observation
from ecoreport.observe.precedence import best_checked_rows
from ecoreport.observe.registry import Inputs, statistic
from ecoreport.observe.rows import Row, records
from ecoreport.standards.ecology import ecological_index, habitat_quality
from ecoreport.standards.rounding import round_half_even
from ecoreport.standards.tables import select

GREEN, INDEX = "green_space", "ei_subindices"
SHARES: Final = {
    "forest_km2:land_km2": N_("森林面积 ÷ 土地总面积 × 100"),
    "tree_cover_km2:land_km2": N_("林木覆盖面积 ÷ 土地总面积 × 100"),
    "built_up_green_km2:built_up_km2": N_("建成区绿化覆盖面积 ÷ 建成区面积 × 100"),
    "residential_reached_km2:residential_km2": N_(
        "公园服务半径覆盖的居住用地面积 ÷ 居住用地面积 × 100"
    ),
    "wetland_protected_km2:wetland_km2": N_("受保护湿地面积 ÷ 湿地总面积 × 100"),
    "natural_wetland_protected_km2:natural_wetland_km2": N_(
        "受保护自然湿地面积 ÷ 自然湿地面积 × 100"
    ),
    "riverside_wetland_protected_km2:riverside_wetland_km2": N_(
        "沿江受保护自然湿地面积 ÷ 沿江自然湿地面积 × 100"
    ),
    "protected_km2:land_km2": N_("受保护地区面积 ÷ 土地总面积 × 100"),
    "red_line_km2:land_km2": N_("生态红线区域面积 ÷ 土地总面积 × 100"),
    "shoreline_used_km:shoreline_km": N_("已开发利用岸线长度 ÷ 长江岸线总长度 × 100"),
}
AMOUNT = N_("部门填报的面积或个数")
PER_RESIDENT = N_("公园绿地面积 ÷ 常住人口")
BY_REGISTERED = N_("按户籍人口计为{value}平方米")
OFFICIAL = N_("上级下达的生态环境状况指数")
CHECKED = N_("由五个分指数核算为{ei}，与下达值相差{difference}，只作核对")
NOT_CHECKED = N_("没有全部五个分指数，不能核算")
SQUARE_METRES: Final = 1_000_000
INDEX_DECIMALS: Final = 2
POPULATION: Final = "population"
"""Residents or those registered, among the ways in which a value may vary."""


@statistic("green_share")
def green_share(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Measure an area or length as a share of another; the argument names both columns."""
    part, whole = (green_figures(inputs).get(name) for name in indicator.argument.split(":"))
    if part is None or whole is None:
        return []
    share = rate_of(part.value, whole.value)
    if share is None:
        return []
    value, unrounded = percentage(share, indicator.decimals)
    computed = Computed(
        value=value,
        unrounded=unrounded,
        formula=message(SHARES[indicator.argument]),
        substituted=f"{part.value:f} ÷ {whole.value:f} × 100",
        n_used=1,
        n_expected=1,
        reason=share.absence or ("part_exceeds_whole" if part.value > whole.value else ""),
        notes=told_twice(part, whole),
    )
    return [observation_of_rows(indicator, inputs, computed, GREEN, rows_of_figures(part, whole))]


@statistic("green_amount")
def green_amount(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Take an area or a number of the table; the argument names its column."""
    found = green_figures(inputs).get(indicator.argument)
    return [] if found is None else [as_told(indicator, inputs, GREEN, found, message(AMOUNT))]


@statistic("park_area_per_person")
def park_area_per_person(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Measure the area of parks a resident, in m².

    The plan does not say which population: what those registered would give is told, and kept as
    what the value may vary with.
    """
    figures = green_figures(inputs)
    park, residents = figures.get("park_km2"), figures.get("park_residents")
    if park is None or residents is None or not residents.value:
        return []
    exact = _per_head(park, residents)
    value = rounded(exact, indicator.decimals if indicator.decimals is not None else DECIMALS)
    registered = figures.get("park_registered")
    notes, sensitivity = told_twice(park, residents), {}
    if registered is not None and registered.value:
        other = rounded(_per_head(park, registered), DECIMALS)
        notes = (*notes, message(BY_REGISTERED, value=other))
        sensitivity = {POPULATION: (min(value, other), max(value, other))}
    computed = Computed(
        value=value,
        unrounded=exact_text(exact),
        formula=message(PER_RESIDENT),
        substituted=f"{park.value:f} × {SQUARE_METRES} ÷ {residents.value:f}",
        n_used=1,
        n_expected=1,
        notes=notes,
        sensitivity=sensitivity,
    )
    return [
        observation_of_rows(indicator, inputs, computed, GREEN, rows_of_figures(park, residents))
    ]


@statistic("official_ecological_index")
def official_ecological_index(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Take the EI that the province issued; what its sub-indices give is a check, never judged."""
    found = []
    for row in records(_index_rows(inputs)):
        official = decimal_in(row, "ei_official")
        if official is None:
            continue
        computed = Computed(
            value=official,
            formula=message(OFFICIAL),
            substituted=f"{official:f}",
            n_used=1,
            n_expected=1,
            edition=indicator.standard,
            notes=(_check_note(row, official),),
        )
        found.append(observation_of_rows(indicator, inputs, computed, INDEX, [row]))
    return found[:1]


def green_figures(inputs: Inputs) -> dict[str, Figure]:
    """Return each column's number, from whichever department tells it; computed once."""
    if GREEN not in inputs.computed:
        inputs.computed[GREEN] = told_figures(inputs, GREEN)
    return cast("dict[str, Figure]", inputs.computed[GREEN])


def frames(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """Return what charts are drawn from: ``green_space`` (a row an item) and ``ei_check``."""
    kept = {}
    if figures := green_figures(inputs):
        kept[GREEN] = pd.DataFrame(
            {"item": list(figures), "value": [float(one.value) for one in figures.values()]}
        )
    rows = _index_rows(inputs)
    if not rows.empty:
        kept["ei_check"] = _checked(rows)
    return kept


def _per_head(park: Figure, people: Figure) -> Fraction:
    return Fraction(park.value) * SQUARE_METRES / Fraction(people.value)


def _index_rows(inputs: Inputs) -> pd.DataFrame:
    frame = inputs.frames.get(INDEX)
    if frame is None:
        return pd.DataFrame()
    known = known_rows(frame, inputs)
    own = known[known["period"] == str(inputs.period.year)]
    return best_checked_rows(own, ["period"]).drop_duplicates("period", ignore_index=True)


def _checked(rows: pd.DataFrame) -> pd.DataFrame:
    """Return official and computed index side by side, with the sub-indices."""
    names = [line["column"] for line in select("ei_subindices")]
    computed = ecological_index(rows).values["ei"]
    covers = [line["column"] for line in select("ei_habitat_weights")]
    habitat = pd.Series(float("nan"), rows.index)
    is_known = rows[["area_km2", *covers]].notna().all(axis=1)
    if is_known.any():
        habitat.loc[is_known] = habitat_quality(rows[is_known])
    return rows[["period", "ei_official", *names]].assign(
        ei_computed=computed,
        difference=(computed - rows["ei_official"]).round(INDEX_DECIMALS),
        habitat_quality=habitat,
    )


def _check_note(row: Row, official: Decimal) -> Message:
    computed = ecological_index(pd.DataFrame([row])).values["ei"].iloc[0]
    if pd.isna(computed):
        return message(NOT_CHECKED)
    ei = plain_decimal(round_half_even(float(computed), INDEX_DECIMALS), INDEX_DECIMALS)
    return message(CHECKED, ei=ei, difference=ei - official)
