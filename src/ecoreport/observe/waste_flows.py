"""Waste by kind and coverage over the period: what came in, what became of it, and the gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, cast

import pandas as pd

from ecoreport.message import N_, Message, message
from ecoreport.numbers import plain_decimal
from ecoreport.observe.figures import decimal_in, known_rows, total
from ecoreport.observe.precedence import best_checked_rows
from ecoreport.observe.registry import Inputs
from ecoreport.observe.reported import months_of
from ecoreport.observe.rows import Row, records
from ecoreport.standards.mass_balance import mass_balance
from ecoreport.standards.tables import select, single

DATASET: Final = "waste_flows"
BALANCES: Final = "waste_balances"
EVERYTHING: Final = "all"
KEY: Final = ["waste", "coverage", "period"]
FIRST_OF_PARTS, LAST_OF_PARTS = "stock_start_t", "stock_end_t"
AMOUNTS: Final = [
    "generated_t",
    "due_t",
    "used_t",
    "used_from_stock_t",
    "disposed_t",
    "disposed_from_stock_t",
    "safely_treated_t",
    "transferred_t",
    "dumped_t",
]
MASSES: Final = [FIRST_OF_PARTS, *AMOUNTS, LAST_OF_PARTS]
BALANCED = N_("{waste}物料平衡：来源{came_in}吨，去向{went_out}吨，差额{gap}吨")
NOT_BALANCED = N_("{waste}物料平衡不能核对，缺少：{missing}")


@dataclass(frozen=True)
class Flow:
    """One kind of waste of one coverage over the period.

    Attributes
    ----------
    masses : dict of str to Decimal or None
        In tonnes, by column; None is not known.
    n_months : int
        Months of the period that the rows cover.
    rows : tuple of dict
        What it was read from.
    """

    waste: str
    coverage: str
    masses: dict[str, Decimal | None]
    n_months: int
    rows: tuple[Row, ...]


def waste_flows(inputs: Inputs) -> dict[tuple[str, str], Flow]:
    """Return the flows by kind and coverage, computed once.

    A row of the year goes before rows of its parts. Everything of a kind is the row that says so,
    else the sum of the parts that make it up, where all of them are there.
    """
    if DATASET not in inputs.computed:
        inputs.computed[DATASET] = _waste_flows(inputs)
    return cast("dict[tuple[str, str], Flow]", inputs.computed[DATASET])


def balance(flows: Iterable[Flow]) -> pd.DataFrame:
    """Return a row a flow with its masses and what `mass_balance` says of them."""
    listed = list(flows)
    masses = pd.DataFrame([one.masses for one in listed], columns=MASSES).astype("float64")
    about = pd.DataFrame(
        {
            "waste": pd.Series([one.waste for one in listed], dtype="str"),
            "coverage": pd.Series([one.coverage for one in listed], dtype="str"),
            "n_months": pd.Series([one.n_months for one in listed], dtype="int64"),
        }
    )
    if not listed:
        return about.join(masses)
    found = mass_balance(masses)
    sums = found[["in_t", "out_t", "gap_t"]].astype("float64")
    missing = found["missing_terms"].map("、".join).astype("str")
    kept = found[["gap_percent", "is_balanced"]]
    return pd.concat([about, masses, sums, kept, missing], axis=1)


def balances(inputs: Inputs) -> pd.DataFrame:
    """Return the balance of all flows, computed once."""
    if BALANCES not in inputs.computed:
        inputs.computed[BALANCES] = balance(waste_flows(inputs).values())
    return cast("pd.DataFrame", inputs.computed[BALANCES])


def balance_note(flow: Flow, inputs: Inputs) -> Message:
    """Say what came in, what went out and what is left of a kind of waste, or what is lacking."""
    place = list(waste_flows(inputs)).index((flow.waste, flow.coverage))
    line = balances(inputs).iloc[place]
    name = single("waste_kinds", waste=flow.waste)["name_zh"]
    if line["missing_terms"]:
        return message(NOT_BALANCED, waste=name, missing=tuple(line["missing_terms"].split("、")))
    told = {column: f"{plain_decimal(line[column]):f}" for column in ("in_t", "out_t", "gap_t")}
    return message(
        BALANCED,
        waste=name,
        came_in=told["in_t"],
        went_out=told["out_t"],
        gap=told["gap_t"],
    )


def _waste_flows(inputs: Inputs) -> dict[tuple[str, str], Flow]:
    frame = inputs.frames.get(DATASET)
    if frame is None or frame.empty:
        return {}
    rows = frame.assign(coverage=frame["coverage"].fillna(EVERYTHING))
    rows = best_checked_rows(known_rows(rows, inputs), KEY).drop_duplicates(KEY)
    flows = {
        (str(waste), str(coverage)): _flow(str(waste), str(coverage), own, inputs)
        for (waste, coverage), own in rows.groupby(["waste", "coverage"], sort=False)
    }
    return flows | {(one.waste, EVERYTHING): one for one in _wholes(flows)}


def _flow(waste: str, coverage: str, own: pd.DataFrame, inputs: Inputs) -> Flow:
    year = inputs.period.year
    is_year = own["period"] == str(year)
    parts = own[is_year] if is_year.any() else _without_overlap(own, year)
    rows = records(parts)
    masses = {name: total(decimal_in(row, name) for row in rows) for name in AMOUNTS}
    masses[FIRST_OF_PARTS] = decimal_in(rows[0], FIRST_OF_PARTS)
    masses[LAST_OF_PARTS] = decimal_in(rows[-1], LAST_OF_PARTS)
    n_months = sum(len(months_of(str(row["period"]), year)) for row in rows)
    return Flow(waste, coverage, {name: masses[name] for name in MASSES}, n_months, tuple(rows))


def _without_overlap(own: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return parts of the year in order, the longer ones first where two tell of one month."""
    months = own["period"].map(lambda one: months_of(str(one), year))
    taken: set[int] = set()
    kept = []
    for place in months.map(len).sort_values(ascending=False, kind="stable").index:
        if not taken & set(months[place]):
            taken |= set(months[place])
            kept.append(place)
    return own.loc[sorted(kept, key=lambda place: months[place][0])]


def _wholes(flows: dict[tuple[str, str], Flow]) -> Iterator[Flow]:
    for line in select("waste_kinds"):
        waste, parts = line["waste"], line["parts"].split("|")
        found = [flows[waste, part] for part in parts if (waste, part) in flows]
        if len(found) == len(parts) and (waste, EVERYTHING) not in flows:
            yield added(waste, EVERYTHING, found)


def added(waste: str, coverage: str, flows: Sequence[Flow]) -> Flow:
    """Return several flows as one; what is missing in one is missing in the sum."""
    masses = {name: total(one.masses[name] for one in flows) for name in MASSES}
    rows = tuple(row for one in flows for row in one.rows)
    return Flow(waste, coverage, masses, min(one.n_months for one in flows), rows)
