"""Sewage works: the load of each and of all, and their volumes beside the area's sewage."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from typing import Final, cast

import pandas as pd

from ecoreport.config.models import Indicator
from ecoreport.message import N_, Message, message
from ecoreport.numbers import plain_decimal
from ecoreport.observe.computed import (
    Computed,
    exact_text,
    observation_of,
    rounded,
    sources_of,
    weakest,
)
from ecoreport.observe.observation import Observation
from ecoreport.observe.precedence import best_checked_rows
from ecoreport.observe.registry import Inputs, statistic
from ecoreport.observe.water_tables import SEWAGE
from ecoreport.standards.tables import single
from ecoreport.standards.water import plant_loads, plants_beside_totals, removal, whole_load

DATASET: Final = "sewage_plants"
ITEMS: Final = ("cod", "nh3n")
LOAD = N_("处理量之和 ÷ 设计处理能力与运行天数之积的和 × 100")
SCOPES: Final = {"city": N_("城市"), "town": N_("城镇"), "rural": N_("农村")}


@statistic("sewage_plants_load")
def sewage_plants_load(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Measure how much of their capacity all sewage works together took in.

    It is of a year: of a part of one nothing is observed.
    """
    plants = sewage_plants(inputs)
    load = None if plants is None else whole_load(plants, _days(inputs))
    if plants is None or load is None:
        return []
    known = plants[plants["load"].notna()]
    days = known["days"].fillna(_days(inputs))
    capacity = (known["capacity_10k_m3_d"] * days).sum()
    volume = known["treated_10k_m3"].sum()
    computed = Computed(
        value=rounded(load, indicator.decimals),
        unrounded=exact_text(load),
        formula=message(LOAD),
        substituted=f"{volume:g} ÷ {capacity:g} × 100",
        n_used=len(known),
        n_expected=len(plants),
        notes=_notes(plants, totals(inputs)),
    )
    maturity = weakest(known["maturity"])
    sources = sources_of(inputs, [DATASET])
    return [observation_of(indicator, inputs, computed, maturity, sources, known)]


def sewage_plants(inputs: Inputs) -> pd.DataFrame | None:
    """Return one row a plant, computed once; None without a table or of a part of a year.

    Returns
    -------
    pandas.DataFrame or None
        The columns of the table, ``load`` and ``cod_removal``, ``nh3n_removal`` (per cent), the
        largest first.
    """
    if DATASET not in inputs.computed:
        frame = inputs.frames.get(DATASET)
        is_read = frame is not None and not inputs.period.is_partial
        inputs.computed[DATASET] = _plants(frame, inputs) if is_read else None
    return cast("pd.DataFrame | None", inputs.computed[DATASET])


def totals(inputs: Inputs) -> pd.DataFrame:
    """Return the plants' volumes by scope beside the area's; see `plants_beside_totals`."""
    plants, frame = sewage_plants(inputs), inputs.frames.get(SEWAGE)
    if plants is None or frame is None:
        return pd.DataFrame()
    rows = best_checked_rows(frame, ["scope", "county"]).drop_duplicates(["scope", "county"])
    return plants_beside_totals(plants, rows, inputs.pair.district)


def plant_frames(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """Return what is kept of the plants: ``sewage_plants``, ``sewage_plants_totals``."""
    plants = sewage_plants(inputs)
    if plants is None:
        return {}
    beside = totals(inputs)
    own = {DATASET: plants}
    return own if beside.empty else {**own, "sewage_plants_totals": beside}


def _plants(frame: pd.DataFrame | None, inputs: Inputs) -> pd.DataFrame | None:
    if frame is None:
        return None
    rows = best_checked_rows(frame, ["plant"]).dropna(subset="plant").drop_duplicates("plant")
    removals = {f"{item}_removal": removal(rows, item) for item in ITEMS}
    known = rows.assign(load=plant_loads(rows, _days(inputs)), **removals)
    return known.sort_values("capacity_10k_m3_d", ascending=False, kind="stable", ignore_index=True)


def _days(inputs: Inputs) -> int:
    return 366 if calendar.isleap(inputs.period.year) else 365


def _notes(plants: pd.DataFrame, beside: pd.DataFrame) -> tuple[Message, ...]:
    """Name plants without a load, those above capacity, and scopes that do not add up."""
    full = float(single("sewage_rules", rule="load_full_above")["value"])
    named = (
        (N_("缺处理量或处理能力、不计入的厂：{names}"), plants["load"].isna()),
        (N_("处理量超过设计处理能力的厂：{names}"), plants["load"] > full),
    )
    notes = [
        message(text, names=tuple(plants[is_own]["plant"]))
        for text, is_own in named
        if is_own.any()
    ]
    text = N_("{scope}各厂处理量之和{plants}万立方米，污水处理统计{total}万立方米，相差超过允许值")
    return (
        *notes,
        *(
            message(
                text,
                scope=message(SCOPES[str(row["scope"])]),
                plants=plain_decimal(round(row["plants_10k_m3"], 2)),
                total=plain_decimal(round(row["total_10k_m3"], 2)),
            )
            for row in beside.to_dict("records")
            if not row["is_within"]
        ),
    )
