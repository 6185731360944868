"""What departments keep of water beside monitoring: black-odorous waters, sewage, discharges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from ecoreport.config.models import Indicator
from ecoreport.message import N_, Message, message
from ecoreport.numbers import plain_decimal
from ecoreport.observe.computed import (
    Computed,
    counted,
    exact_text,
    observation_of,
    rounded,
    weakest,
)
from ecoreport.observe.observation import Observation
from ecoreport.observe.precedence import best_checked_rows
from ecoreport.observe.registry import Inputs, statistic
from ecoreport.observe.rows import sources_of_rows
from ecoreport.standards.water.black_odour import BLACK

BLACK_ODOUR, SEWAGE, DISCHARGES = "black_odour", "sewage", "discharges"
WHOLE, TOTAL, NO = "all", "total", "none"
REMOVED = N_("清单中认定已消除黑臭的水体数")
TREATED = N_("污水处理量 ÷ 污水排放量 × 100")
SUM_OF_SOURCES = N_("各来源排放量之和")
REPORTED_TOTAL = N_("部门报送的合计排放量")


@statistic("black_odour_removed")
def black_odour_removed(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Count the waters that were black-odorous and are no more, by the last day read."""
    bodies = black_odour_bodies(inputs)
    if bodies is None or bodies.empty:
        return []
    frame = inputs.frames[BLACK_ODOUR]
    n_removed = int(bodies["is_removed"].sum())
    computed = replace(
        counted(n_removed, len(bodies), message(REMOVED)),
        edition="建城〔2015〕130号",
        notes=(*_left_open(bodies), *_never_black(frame, bodies)),
    )
    # Only what was found removed has an assessment to show.
    removed = frame[frame["body"].isin(bodies[bodies["is_removed"]]["body"])]
    return [_observation(indicator, inputs, computed, BLACK_ODOUR, frame, removed)]


def black_odour_bodies(inputs: Inputs) -> pd.DataFrame | None:
    """Return one row a water body: ``body, county, before, after, is_removed``.

    Only waters that the list calls black-odorous before. Removed is what the list declares; where
    it says nothing, what is no more black-odorous.
    """
    frame = inputs.frames.get(BLACK_ODOUR)
    if frame is None:
        return None
    rows = best_checked_rows(frame, ["body"]).drop_duplicates("body")
    rows = rows[rows["before"].isin(BLACK)].reset_index(drop=True)
    declared = rows["is_removed"].map({"yes": True, "no": False}).astype("boolean")
    is_removed = declared.fillna((rows["after"] == NO).astype("boolean")).astype(bool)
    # What was removed after the last day read was not yet removed on it.
    is_later = rows["removed_on"] > pd.Timestamp(inputs.period.last_day)
    is_undated = rows["removed_on"].isna() & inputs.period.is_partial
    return rows[["body", "county", "before", "after", "removed_on"]].assign(
        is_removed=is_removed & ~is_later & ~is_undated
    )


def _left_open(bodies: pd.DataFrame) -> tuple[Message, ...]:
    names = tuple(bodies[~bodies["is_removed"]]["body"])
    return (message(N_("尚未认定消除的水体：{names}"), names=names),) if names else ()


def _never_black(frame: pd.DataFrame, bodies: pd.DataFrame) -> tuple[Message, ...]:
    """Name what stands in the list and is not known to have been black-odorous."""
    names = tuple(dict.fromkeys(frame["body"][~frame["body"].isin(bodies["body"])].astype("str")))
    text = N_("整治前不是黑臭水体或没有填写级别、不计入的水体：{names}")
    return (message(text, names=names),) if names else ()


@statistic("sewage_treatment_rate")
def sewage_treatment_rate(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Measure treated sewage as a share of all; the argument names 城市, 城镇 or 农村.

    A row of the whole district goes before the sum of its parts. It is of a year: of a part of
    one nothing is observed.
    """
    frame = inputs.frames.get(SEWAGE)
    if frame is None or inputs.period.is_partial:
        return []
    rows = best_checked_rows(frame, ["scope", "county"])
    own = rows[rows["scope"] == indicator.argument]
    own = own.drop_duplicates(["scope", "county"])
    is_whole = own["county"].isna() | (own["county"] == inputs.pair.district)
    used = own[is_whole] if is_whole.any() else own
    amounts = used[["treated_10k_m3", "discharged_10k_m3"]]
    if used.empty or amounts.isna().to_numpy().any():
        return []
    treated, discharged = (_sum(amounts[name]) for name in amounts)
    if not discharged:
        return []
    share = 100 * Fraction(treated) / Fraction(discharged)
    computed = Computed(
        value=rounded(share, indicator.decimals),
        unrounded=exact_text(share),
        formula=message(TREATED),
        substituted=f"{treated:f} ÷ {discharged:f} × 100",
        n_used=len(used),
        n_expected=len(used),
    )
    return [_observation(indicator, inputs, computed, SEWAGE, used)]


@statistic("water_discharge")
def discharge(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Take the discharge of a pollutant in a scope: ``tn:taihu``; the total, or the sum of sources.

    It is of a year: of a part of one nothing is observed.
    """
    pollutant, _colon, scope = indicator.argument.partition(":")
    frame = inputs.frames.get(DISCHARGES)
    if frame is None or inputs.period.is_partial:
        return []
    rows = best_checked_rows(frame, ["pollutant", "scope", "origin"])
    is_own = (rows["pollutant"] == pollutant) & (rows["scope"].fillna(WHOLE) == scope)
    own = rows[is_own & rows["discharge_t"].notna()].drop_duplicates("origin")
    is_total = own["origin"].fillna(TOTAL) == TOTAL
    used = own[is_total] if is_total.any() else own
    if used.empty:
        return []
    amount = _sum(used["discharge_t"])
    computed = Computed(
        value=amount,
        formula=message(REPORTED_TOTAL if is_total.any() else SUM_OF_SOURCES),
        substituted=" + ".join(f"{plain_decimal(one):f}" for one in used["discharge_t"]),
        n_used=len(used),
        n_expected=len(used),
    )
    return [_observation(indicator, inputs, computed, DISCHARGES, used)]


def water_table_frames(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """Return what is kept for charts: ``black_odour``, ``sewage``, ``discharges``."""
    found = {name: inputs.frames[name] for name in (SEWAGE, DISCHARGES) if name in inputs.frames}
    bodies = black_odour_bodies(inputs)
    return found if bodies is None else {BLACK_ODOUR: bodies, **found}


def _sum(values: pd.Series[float]) -> Decimal:
    return sum((plain_decimal(one) for one in values), Decimal(0))


def _observation(
    indicator: Indicator,
    inputs: Inputs,
    computed: Computed,
    dataset: str,
    rows: pd.DataFrame,
    with_papers: pd.DataFrame | None = None,
) -> Observation:
    """Return the observation of a number computed of some rows; not all need papers, perhaps."""
    cells = [{str(name): cell for name, cell in row.items()} for row in rows.to_dict("records")]
    sources = sources_of_rows(dataset, inputs, cells)
    papers = rows if with_papers is None else with_papers
    return observation_of(indicator, inputs, computed, weakest(rows["maturity"]), sources, papers)
