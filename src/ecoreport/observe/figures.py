"""From the rows of a department's table to what is computed of them: papers, sources, maturity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pandas as pd

from ecoreport.config.models import Indicator
from ecoreport.message import N_, Message, message
from ecoreport.numbers import plain_decimal
from ecoreport.observe.computed import Computed, exact_text, observation_of, rounded, weakest
from ecoreport.observe.observation import Observation
from ecoreport.observe.precedence import best_checked_rows, in_order_of_checking
from ecoreport.observe.registry import Inputs
from ecoreport.observe.reported import months_of
from ecoreport.observe.rows import Row, papers_of, records, sources_of_rows, text_in
from ecoreport.standards.ratios import NOTHING_TO_RATE, Rate, rate

DECIMALS: Final = 2
"""As plans write their targets: 28.69 %, 14.91 m² a head."""
TOLD_TWICE = N_("各部门填报的数不同，取先列的：{values}")


@dataclass(frozen=True)
class Figure:
    """A number of one column, with the row that tells it.

    Attributes
    ----------
    others : tuple of decimal.Decimal
        What other rows, checked alike, tell instead.
    """

    value: Decimal
    row: Row
    others: tuple[Decimal, ...]


def told_figures(inputs: Inputs, dataset: str) -> dict[str, Figure]:
    """Return each column's number of the year, from whichever department tells it.

    Parameters
    ----------
    dataset : str
        One to which every department adds a row with the columns that are its own.
    """
    frame = inputs.frames.get(dataset)
    if frame is None or frame.empty:
        return {}
    year = known_rows(frame, inputs)
    own = year[year["period"] == str(inputs.period.year)]
    rows = records(in_order_of_checking(best_checked_rows(own, ["period", "department"])))
    found = {}
    for name in own.columns[own.dtypes == "float64"]:
        told = [row for row in rows if pd.notna(row[name])]
        if told:
            values = [plain_decimal(row[name]) for row in told]
            alike = [row["maturity"] == told[0]["maturity"] for row in told]
            others = (one for one, same in zip(values, alike, strict=True) if same)
            differing = tuple(dict.fromkeys(one for one in others if one != values[0]))
            found[str(name)] = Figure(values[0], told[0], differing)
    return found


def as_told(
    indicator: Indicator, inputs: Inputs, dataset: str, figure: Figure, formula: Message
) -> Observation:
    """Return the observation of a figure taken as a department tells it.

    Parameters
    ----------
    formula : Message
        What the figure is, in place of a calculation.
    """
    computed = Computed(
        value=figure.value,
        formula=formula,
        substituted=f"{figure.value:f}",
        n_used=1,
        n_expected=1,
        notes=told_twice(figure),
    )
    return observation_of_rows(indicator, inputs, computed, dataset, [figure.row])


def told_twice(*figures: Figure) -> tuple[Message, ...]:
    """Say of each figure that departments tell differently what they tell."""
    return tuple(
        message(TOLD_TWICE, values=tuple(f"{value:f}" for value in (one.value, *one.others)))
        for one in figures
        if one.others
    )


def rows_of_figures(*figures: Figure) -> list[Row]:
    """Return the rows of figures, each once."""
    rows = {(one.row["source_file"], one.row["source_row"]): one.row for one in figures}
    return list(rows.values())


def observation_of_rows(
    indicator: Indicator, inputs: Inputs, computed: Computed, dataset: str, rows: Sequence[Row]
) -> Observation:
    """Return the observation of a number computed of some rows, with the papers that they name.

    A number without a value (`NOTHING_TO_RATE`) is observed as such: its reason says why.
    """
    maturity = weakest(row["maturity"] for row in rows)
    sources = sources_of_rows(dataset, inputs, rows)
    found = observation_of(indicator, inputs, computed, maturity, sources)
    departments = {text_in(row, "department") for row in rows}
    known: dict[str, object] = {
        **papers_of(rows),
        "department": departments.pop() if len(departments) == 1 else "",
    }
    if computed.reason == NOTHING_TO_RATE:
        known |= {"value": None, "unrounded": ""}
    return found.model_copy(update=known)


def rate_of(part: Decimal | None, whole: Decimal | None) -> Rate | None:
    """Return a part as a share of its whole; None where one of them is missing.

    Where the part is larger, as where stock of earlier years was used up, the share is above 1.
    """
    if part is None or whole is None:
        return None
    if part <= whole:
        return rate(part, whole)
    over = rate(whole, part)
    share = 1 / over.share if over.share else None
    return Rate(over.whole, over.part, share, "" if share else NOTHING_TO_RATE)


def percentage(found: Rate, decimals: int | None) -> tuple[Decimal, str]:
    """Return a share in percent, rounded and exact; 0 and nothing where there is none.

    No standard says how rates of departments are rounded: `DECIMALS` where the indicator does not.
    """
    if found.share is None:
        return Decimal(0), ""
    places = DECIMALS if decimals is None else decimals
    return rounded(100 * found.share, places), exact_text(100 * found.share)


def known_rows(frame: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    """Return the rows of periods that had ended by the last day read."""
    is_known = [
        bool(months) and max(months) <= inputs.period.n_whole_months
        for months in (months_of(str(one), inputs.period.year) for one in frame["period"])
    ]
    return frame.loc[is_known]


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Return a sum; None where there is nothing to add, or an amount is missing."""
    listed = list(amounts)
    known = [one for one in listed if one is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(listed) else None


def decimal_in(row: Row, name: str) -> Decimal | None:
    """Return a number of a row as it is written; None where there is none."""
    value = row.get(name)
    return None if value is None or pd.isna(value) else plain_decimal(value)
