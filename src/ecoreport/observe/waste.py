"""Observations of waste: rates of treatment and use, capacities, coverage of sorting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

import pandas as pd

from ecoreport.config.models import Indicator
from ecoreport.message import N_, Message, message
from ecoreport.numbers import plain_decimal
from ecoreport.observe.computed import Computed, exact_text
from ecoreport.observe.figures import (
    decimal_in,
    known_rows,
    observation_of_rows,
    percentage,
    rate_of,
    total,
)
from ecoreport.observe.observation import Observation
from ecoreport.observe.precedence import best_checked_rows
from ecoreport.observe.registry import Inputs, statistic
from ecoreport.observe.rows import Row, day_in, records
from ecoreport.observe.waste_flows import (
    DATASET,
    EVERYTHING,
    Flow,
    added,
    balance_note,
    balances,
    waste_flows,
)
from ecoreport.standards.rounding import round_half_even

FACILITIES, SORTING = "waste_facilities", "sorting_coverage"
FROM_STOCK: Final = {
    "used": ("used_from_stock",),
    "disposed": ("disposed_from_stock",),
    "safely_treated": ("used_from_stock", "disposed_from_stock"),
}
"""What of a part came from the stock of earlier years and adds to what was generated."""
FORMULAS: Final = {
    "safely_treated:generated": N_("无害化处理量 ÷ （产生量 + 处理往年贮存量） × 100"),
    "safely_treated:due": N_("安全处置量 ÷ 应处置量 × 100"),
    "used+disposed:due": N_("（综合利用量 + 处置量） ÷ 应收集量 × 100"),
    "used:due": N_("综合利用量 ÷ 可收集量 × 100"),
    "used:generated": N_("综合利用量 ÷ （产生量 + 利用往年贮存量） × 100"),
    "used+disposed:generated": N_(
        "（综合利用量 + 处置量） ÷ （产生量 + 利用和处置往年贮存量） × 100"
    ),
}
CAPACITY = N_("年末投运设施的设计能力之和 ÷ 10000")
CAPACITY_SINCE = N_("{year}年起投运设施的设计能力之和 ÷ 10000")
COVERAGE = N_("各街道（镇）已覆盖数之和 ÷ 应覆盖数之和 × 100")
HOUSEHOLDS = N_("按户数：已覆盖{covered}户，应覆盖{due}户，{percent}%")
NOT_YET = N_("在建、不计入：{names}")
WITHOUT_DATE = N_("没有投运日期、不计入：{names}")
TONNES: Final = 10_000
CAPACITY_DECIMALS: Final = 4
MONTHS_A_YEAR: Final = 12


@statistic("waste_rate")
def waste_rate(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Measure what part of a kind of waste was used, disposed of or treated harmlessly.

    The argument names kinds, coverage, parts and whole:
    ``municipal:urban:safely_treated:generated``. To what was generated comes what was taken from
    the stock of earlier years (环境统计).
    """
    kinds, coverage, parts, whole = indicator.argument.split(":")
    flows = waste_flows(inputs)
    found = [flows[kind, coverage] for kind in kinds.split("+") if (kind, coverage) in flows]
    if len(found) < len(kinds.split("+")):
        return []
    flow = added(kinds, coverage, found)
    part = [flow.masses[f"{name}_t"] for name in parts.split("+")]
    own = [flow.masses[f"{whole}_t"]]
    # A cell of earlier stock that is empty says that none was used.
    stock = [flow.masses[f"{name}_t"] or Decimal(0) for name in _from_stock(parts, whole)]
    share = rate_of(total(part), total([*own, *stock]))
    if share is None or share.part is None or share.whole is None:
        return []
    value, unrounded = percentage(share, indicator.decimals)
    n_expected = inputs.period.n_whole_months
    computed = Computed(
        value=value,
        unrounded=unrounded,
        formula=message(FORMULAS[f"{parts}:{whole}"]),
        substituted=_substituted(part, [*own, *(one for one in stock if one)]),
        n_used=flow.n_months,
        n_expected=n_expected,
        reason=share.absence or _reason(inputs, share.share, flow),
        notes=tuple(balance_note(one, inputs) for one in found),
    )
    return [observation_of_rows(indicator, inputs, computed, DATASET, flow.rows)]


@statistic("waste_capacity")
def waste_capacity(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Add up the capacity of facilities in operation, in 万吨 a year.

    The argument names kind and processes, and a first year where only what began since then
    counts: ``hazardous:incineration+landfill``, ``hazardous:incineration:2017``.
    """
    kind, processes, *since = indicator.argument.split(":")
    facilities = _facilities(inputs)
    own = facilities[
        (facilities["waste"] == kind) & facilities["process"].isin(processes.split("+"))
    ]
    if own.empty:
        return []
    first_day = dt.date(int(since[0]), 1, 1) if since else None
    is_counted = [_is_counted(row, inputs.period.last_day, first_day) for row in records(own)]
    counted = records(own[is_counted])
    capacities = [decimal_in(row, "capacity_t_a") for row in counted]
    known = [one for one in capacities if one is not None]
    total = Fraction(sum(known, Decimal(0))) / TONNES
    building = own[own["status"] == "under_construction"]["facility"]
    undated = own[(own["status"] == "operating") & own["commissioned"].isna()]["facility"]
    notes = [message(NOT_YET, names=tuple(building))] if len(building) else []
    if first_day and len(undated):
        notes.append(message(WITHOUT_DATE, names=tuple(undated)))
    computed = Computed(
        value=plain_decimal(round_half_even(total, CAPACITY_DECIMALS)),
        unrounded=exact_text(total),
        formula=message(CAPACITY_SINCE, year=since[0]) if since else message(CAPACITY),
        substituted=f"({' + '.join(f'{one:f}' for one in known) or 0}) ÷ {TONNES}",
        n_used=len(known),
        n_expected=len(counted),
        reason="" if len(known) == len(counted) else "capacity_missing",
        notes=tuple(notes),
    )
    return [observation_of_rows(indicator, inputs, computed, FACILITIES, records(own))]


@statistic("sorting_coverage")
def sorting_coverage(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Measure the share of estates and units of a zone, the argument, that have facilities."""
    rows = _sorting(inputs, indicator.argument)
    if not rows:
        return []
    due, covered = _total_of(rows, "n_due"), _total_of(rows, "n_covered")
    share = rate_of(covered, due)
    if share is None or due is None or covered is None:
        return []
    value, unrounded = percentage(share, indicator.decimals)
    households = rate_of(_total_of(rows, "households_covered"), _total_of(rows, "households_due"))
    notes: tuple[Message, ...] = ()
    if households is not None and households.share is not None:
        percent = percentage(households, 1)[0]
        told = message(
            HOUSEHOLDS, covered=households.part, due=households.whole, percent=f"{percent:f}"
        )
        notes = (told,)
    computed = Computed(
        value=value,
        unrounded=unrounded,
        formula=message(COVERAGE),
        substituted=f"{covered:f} ÷ {due:f} × 100",
        n_used=int(due),
        n_expected=int(due),
        n_counted=int(covered),
        reason=share.absence or ("part_exceeds_whole" if covered > due else ""),
        notes=notes,
    )
    return [observation_of_rows(indicator, inputs, computed, SORTING, rows)]


def frames(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """Return what charts are drawn from: ``waste_balance`` and ``waste_capacity``."""
    kept = {}
    if flows := waste_flows(inputs):
        kept["waste_balance"] = balances(inputs)
    facilities = _facilities(inputs)
    if not facilities.empty:
        kept["waste_capacity"] = _capacity_and_need(facilities, flows)
    return kept


def _capacity_and_need(
    facilities: pd.DataFrame, flows: dict[tuple[str, str], Flow]
) -> pd.DataFrame:
    """Return a row a kind of waste: capacity by status in tonnes a year, and what was generated.

    Capacities are those of a whole year: what was generated in part of one is no need beside them,
    and ``n_months`` tells of how many months it is.
    """
    order = list(dict.fromkeys(facilities["waste"]))
    amounts = facilities.groupby(["waste", "status"])["capacity_t_a"]
    # A facility without capacity leaves its sum unknown; where there is none, the sum is nought.
    total_by = amounts.agg(lambda own: own.sum(min_count=len(own)))
    sums = pd.DataFrame(
        {
            "waste": order,
            **{
                f"{status}_t_a": [float(total_by.get((kind, status), 0.0)) for kind in order]
                for status in ("operating", "under_construction", "planned")
            },
        }
    )
    told = [flows.get((str(kind), EVERYTHING)) for kind in sums["waste"]]
    known = [None if flow is None else flow.masses["generated_t"] for flow in told]
    months = [0 if flow is None else flow.n_months for flow in told]
    need = [
        float("nan") if mass is None or n_months < MONTHS_A_YEAR else float(mass)
        for mass, n_months in zip(known, months, strict=True)
    ]
    lacking = facilities[facilities["capacity_t_a"].isna()].groupby("waste").size()
    return sums.assign(
        need_t=need,
        n_months=months,
        n_without_capacity=sums["waste"].map(lacking).fillna(0).astype("int64"),
    )


def _facilities(inputs: Inputs) -> pd.DataFrame:
    frame = inputs.frames.get(FACILITIES)
    if frame is None:
        return pd.DataFrame(columns=["facility", "waste", "process", "status", "capacity_t_a"])
    key = ["facility", "waste", "process"]
    return best_checked_rows(frame, key).drop_duplicates(key)


def _is_counted(row: Row, last_day: dt.date, first_day: dt.date | None) -> bool:
    """Whether a facility is in operation, and began within the days asked for."""
    day = day_in(row, "commissioned")
    if row["status"] != "operating" or (day is not None and day > last_day):
        return False
    return first_day is None or (day is not None and day >= first_day)


def _sorting(inputs: Inputs, zone: str) -> list[Row]:
    """Return the rows of a zone, of each place and kind of unit those of its last period."""
    frame = inputs.frames.get(SORTING)
    if frame is None or frame.empty:
        return []
    key = ["place", "zone", "unit_kind", "period"]
    own = best_checked_rows(known_rows(frame[frame["zone"] == zone], inputs), key)
    ended = own.assign(_end=[_end(str(one)) for one in own["period"]])
    last = ended.sort_values("_end", kind="stable").drop_duplicates(key[:3], keep="last")
    return records(last.drop(columns="_end").sort_index())


def _end(period: str) -> str:
    """Return the month that ends a period, so that periods stand in order."""
    _year, _dash, part = period.partition("-")
    ends = {"": "12", "H1": "06", "H2": "12", "Q1": "03", "Q2": "06", "Q3": "09", "Q4": "12"}
    return ends.get(part, part)


def _from_stock(parts: str, whole: str) -> list[str]:
    if whole != "generated":
        return []
    return [name for part in parts.split("+") for name in FROM_STOCK[part]]


def _reason(inputs: Inputs, share: Fraction | None, flow: Flow) -> str:
    if share is not None and share > 1:
        return "part_exceeds_whole"
    if inputs.period.is_partial or flow.n_months < inputs.period.n_whole_months:
        return "too_few_months"
    return ""


def _total_of(rows: Sequence[Row], name: str) -> Decimal | None:
    return total(decimal_in(row, name) for row in rows)


def _substituted(parts: Sequence[Decimal | None], wholes: Sequence[Decimal | None]) -> str:
    return f"{_added(parts)} ÷ {_added(wholes)} × 100"


def _added(amounts: Sequence[Decimal | None]) -> str:
    text = " + ".join(f"{one:f}" for one in amounts if one is not None)
    return f"({text})" if len(amounts) > 1 else text
