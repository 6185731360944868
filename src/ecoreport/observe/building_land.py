"""Samples of building land beside GB 36600: how many are above the screening values.

The samples are internal: only counts by class of land, purpose and item leave this module.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, cast

import pandas as pd

from ecoreport.config.models import Indicator
from ecoreport.message import N_, message
from ecoreport.observe.computed import counted_percent, observation_of, sources_of, weakest
from ecoreport.observe.dated import known_days
from ecoreport.observe.observation import Observation
from ecoreport.observe.precedence import best_checked_rows
from ecoreport.observe.registry import Inputs, statistic
from ecoreport.standards.soil import building_item_levels, building_levels
from ecoreport.standards.tables import in_force

DATASET: Final = "building_land_samples"
KEY: Final = ["sample", "date"]
LIMITS: Final = "soil_building_limits"
EVERY: Final = "all"
NEGLIGIBLE: Final = "negligible"
COUNTS: Final = ["n_within", "n_above_screening", "n_above_intervention"]
"""Samples by how many limits they are above."""
BACKGROUNDS: Final = {
    "as_mg_kg": "as_background_mg_kg",
    "co_mg_kg": "co_background_mg_kg",
    "v_mg_kg": "v_background_mg_kg",
}
"""Items that yield to the background of the place (GB 36600-2018), with its column."""
WITHIN = N_("各项均不高于筛选值的样品数 ÷ 可评价的样品数 × 100，只作参考，不代表面积")
BEFORE = N_("{n}个样品采于标准实施之前，没有评价")
AT_BACKGROUND = N_("{n}个样品的砷、钴或钒高于筛选值、不高于当地背景值，不作为污染地块管理")
INCOMPLETE = N_("{n}个样品的45项基本项目没有测全，按已测项目评价")


@statistic("building_samples_within")
def samples_within(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Measure the share of samples of which no item is above its screening value.

    The argument is the purpose of the samples (``plot_survey``, ``self_monitoring``), or ``all``.
    """
    rows = judged_samples(inputs)
    if len(rows) and indicator.argument != EVERY:
        rows = rows[rows["purpose"] == indicator.argument]
    judged = rows[rows["level"].notna()] if len(rows) else rows
    if judged.empty:
        return []
    n_within, n_used = int((judged["level"] == NEGLIGIBLE).sum()), len(judged)
    day = pd.Timestamp(judged["date"].max()).date()
    computed = replace(
        counted_percent(n_within, n_used, message(WITHIN), indicator.decimals),
        n_expected=len(rows),
        edition=in_force(LIMITS, day, day)[0]["edition"],
        is_verified=bool((judged["verified"] == "verified").all()),
        notes=tuple(
            message(text, n=n)
            for text, n in (
                (BEFORE, int((~rows["is_in_force"]).sum())),
                (AT_BACKGROUND, int((judged["within_background"].str.len() > 0).sum())),
                (INCOMPLETE, int((judged["missing_items"].str.len() > 0).sum())),
            )
            if n
        ),
    )
    sources = sources_of(inputs, [DATASET])
    return [observation_of(indicator, inputs, computed, weakest(judged["maturity"]), sources)]


def building_frames(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """Return what charts are drawn from: counts only, never a sample or a plot.

    ``soil_building_summary`` (``land_class``, ``purpose``, ``level``, ``n_samples``) and
    ``soil_building_items`` (``item``, ``land_class``, ``n_within``, ``n_above_screening``,
    ``n_above_intervention``: they add up to the samples of which the item was measured).
    """
    rows = judged_samples(inputs)
    judged = rows[rows["level"].notna()] if len(rows) else rows
    if judged.empty:
        return {}
    by_level = judged.fillna({"purpose": ""}).groupby(
        ["land_class", "purpose", "level"], observed=True, sort=True
    )
    summary = by_level.size().rename("n_samples").reset_index()
    return {"soil_building_summary": summary, "soil_building_items": _items(judged)}


def judged_samples(inputs: Inputs) -> pd.DataFrame:
    """Return the samples up to the last day read, each with its level; computed once.

    Returns
    -------
    pandas.DataFrame
        ``level``, ``above_screening``, ``above_intervention``, ``within_background``,
        ``missing_items``, ``verified`` (as of `building_levels`; missing without a class of land,
        or before the standard was in force) and ``is_in_force``.
    """
    if DATASET not in inputs.computed:
        frame = inputs.frames.get(DATASET)
        inputs.computed[DATASET] = pd.DataFrame() if frame is None else _judged(frame, inputs)
    return cast("pd.DataFrame", inputs.computed[DATASET])


def _judged(frame: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    rows = known_days(best_checked_rows(frame, KEY), inputs)
    rows = rows[rows["date"].notna()].drop_duplicates(KEY).reset_index(drop=True)
    days = [pd.Timestamp(day).date() for day in rows["date"]]
    rows = rows.assign(is_in_force=[bool(in_force(LIMITS, day, day)) for day in days])
    known = rows[rows["is_in_force"] & rows["land_class"].notna()]
    if known.empty:
        return rows.assign(level=pd.Series(None, rows.index, dtype="object"))
    day = pd.Timestamp(known["date"].max()).date()
    levels = pd.concat(
        [building_levels(own, day, background) for background, own in _by_background(known)]
    )
    return rows.join(levels.astype({"level": "object"}))


def _by_background(rows: pd.DataFrame) -> Iterator[tuple[dict[str, float], pd.DataFrame]]:
    """Yield the samples by the background of their place, and what it is; none is none."""
    backgrounds = rows.reindex(columns=list(BACKGROUNDS.values())).astype("float64")
    for _values, own in backgrounds.groupby(list(backgrounds), dropna=False):
        first = own.iloc[0]
        yield (
            {
                item: float(first[column])
                for item, column in BACKGROUNDS.items()
                if pd.notna(first[column])
            },
            rows.loc[own.index],
        )


def _items(judged: pd.DataFrame) -> pd.DataFrame:
    """Return of each item and class of land how many samples are above none, one or both limits."""
    day = pd.Timestamp(judged["date"].max()).date()
    parts = []
    for background, own in _by_background(judged):
        steps = building_item_levels(own, day, background).apply(lambda one: one.cat.codes)
        parts.append(steps.assign(land_class=own["land_class"]).melt("land_class", var_name="item"))
    told = pd.concat(parts, ignore_index=True)
    counts = pd.crosstab([told["item"], told["land_class"]], told["value"])
    counts = counts.reindex(columns=range(len(COUNTS)), fill_value=0)
    named = counts.set_axis(COUNTS, axis="columns")
    measured = named[named.sum(axis="columns") > 0].astype("int64")
    worst = ["n_above_intervention", "n_above_screening"]
    return measured.sort_values(worst, ascending=False, kind="stable").reset_index()
