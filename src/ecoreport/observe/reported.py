"""Figures, confirmations and nil returns that departments report."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from ecoreport.config.models import Indicator
from ecoreport.config.vocabulary import Maturity
from ecoreport.message import N_, message
from ecoreport.numbers import plain_decimal
from ecoreport.observe.observation import Basis, Observation, Trace, observation_id
from ecoreport.observe.period import Period
from ecoreport.observe.precedence import best_checked_rows
from ecoreport.observe.registry import Inputs, statistic
from ecoreport.observe.rows import (
    Row,
    day_in,
    distinct,
    figure_in,
    has_document_number,
    has_evidence_file,
    observation_of_row,
    records,
    sources_of_rows,
    text_in,
)

OVERLAP = N_("有的月份由不止一份报告覆盖，同一事件可能重复计入")
NIL_RETURNS = "nil_returns"
"""Dataset of the returns on events, kept whole: a chart shows each month."""
PRECEDENCE = list(Maturity)
MONTHS_OF = {
    "year": tuple(range(1, 13)),
    **{f"Q{quarter}": tuple(range(3 * quarter - 2, 3 * quarter + 1)) for quarter in range(1, 5)},
    "H1": tuple(range(1, 7)),
    "H2": tuple(range(7, 13)),
}


def months_of(period: str, year: int) -> tuple[int, ...]:
    """Return the months of `year` that a reported `period` covers.

    Parameters
    ----------
    period : str
        ``2018``, ``2018-H1``, ``2018-Q1`` or ``2018-03``.
    year : int
        A period of another year covers none of its months.
    """
    own_year, _dash, part = period.partition("-")
    if own_year != str(year):
        return ()
    if part.isdecimal():
        return (int(part),) if 1 <= int(part) <= 12 else ()
    return MONTHS_OF.get(part or "year", ())


@statistic("reported_value")
def reported_value(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Take each figure as its department reported it."""
    rows = [row for row in _rows(indicator, inputs) if pd.notna(row["value"])]
    units = sorted({name for row in rows if (name := text_in(row, "unit_name"))})
    return distinct(_reported_observation(indicator, inputs, row, units) for row in rows)


@statistic("confirmation")
def confirmation(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Take a status that somebody confirmed: who, when and on what document."""
    return distinct(
        observation_of_row(
            indicator,
            inputs,
            row,
            Trace(
                formula=message(N_("由责任单位认定，以文件为凭")),
                substituted="",
                n_used=1,
                is_verified=indicator.is_verified,
                sources=sources_of_rows(indicator.dataset, inputs, [row]),
            ),
            text=text_in(row, "status"),
            confirmed_by=text_in(row, "confirmed_by"),
            confirmed_on=day_in(row, "confirmed_on"),
        )
        for row in _rows(indicator, inputs)
    )


@statistic("nil_return")
def nil_return(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Add up the events of a year and count the months that a signed return covers.

    A month without a signed return is not a month without events: the sum is sufficient only
    when such returns cover all months that have ended. Events count whoever signed them.
    """
    rows = [row for row in _rows(indicator, inputs, key=["period"]) if _counts_events(row, inputs)]
    if not rows:
        return []
    n_expected = inputs.period.n_whole_months
    months = [
        month
        for row in rows
        if text_in(row, "confirmed_by")
        for month in months_of(str(row["period"]), inputs.period.year)
        if month <= n_expected
    ]
    n_covered = len(set(months))
    numbers = [plain_decimal(row["events"]) for row in rows]
    events = sum(numbers, Decimal(0))
    is_sufficient = 0 < n_expected <= n_covered
    return [
        observation_of_row(
            indicator,
            inputs,
            rows[-1],
            Trace(
                formula=message(N_("各期报告事件数之和；无零报告的月份不视为无事件")),
                substituted=" + ".join(f"{one:f}" for one in numbers) + f" = {events:f}",
                n_used=n_covered,
                n_expected=n_expected,
                is_verified=indicator.is_verified,
                notes=(message(OVERLAP),) if events and len(months) > n_covered else (),
                sources=sources_of_rows(indicator.dataset, inputs, rows),
            ),
            value=events,
            period=inputs.period.label,
            maturity=max((Maturity(row["maturity"]) for row in rows), key=PRECEDENCE.index),
            is_sufficient=is_sufficient,
            reason="" if is_sufficient else "nil_return_missing",
            completeness=round(Decimal(n_covered) / Decimal(n_expected), 4) if n_expected else None,
            confirmed_by=text_in(rows[-1], "confirmed_by"),
            confirmed_on=day_in(rows[-1], "confirmed_on"),
            has_document=all(map(has_document_number, rows)),
            has_evidence_file=all(has_evidence_file(row) for row in rows),
        )
    ]


def _counts_events(row: Row, inputs: Inputs) -> bool:
    """Whether a return says how many events there were in a part of the period observed."""
    months = months_of(str(row["period"]), inputs.period.year)
    has_begun = any(month <= inputs.period.last_day.month for month in months)
    return has_begun and bool(pd.notna(row["events"]))


def _rows(indicator: Indicator, inputs: Inputs, key: Sequence[str] = ()) -> list[Row]:
    """Return an indicator's rows; with a `key`, of those that share it the best checked only."""
    dataset = indicator.dataset
    if dataset not in inputs.frames:
        return []
    place = f"rows/{dataset}/{key}/{id(inputs.frames[dataset])}"
    if place not in inputs.computed:
        inputs.computed[place] = _by_indicator(inputs.frames[dataset], inputs.period, key)
    found: list[Row] = inputs.computed[place].get(indicator.id, [])
    return found


def _by_indicator(
    frame: pd.DataFrame, period: Period, key: Sequence[str]
) -> dict[object, list[Row]]:
    """Return the rows of each indicator, sorted out once for all."""
    if period.is_partial:
        frame = frame.loc[[_is_known(row, period) for row in frame.to_dict("records")]]
    if key:
        frame = best_checked_rows(frame, ["indicator", *key])
    found: dict[object, list[Row]] = {}
    for row in records(frame):
        found.setdefault(row["indicator"], []).append(row)
    return found


def _is_known(row: Mapping[Hashable, Any], period: Period) -> bool:
    """Whether a row tells of what had ended, and was confirmed, by the last day that is read."""
    months = months_of(str(row["period"]), period.year)
    is_over = bool(months) and max(months) <= period.n_whole_months
    day = pd.Timestamp(row["confirmed_on"]) if "confirmed_on" in row else pd.NaT
    if pd.isna(day):
        return is_over
    return day.date() <= period.last_day


def _reported_observation(
    indicator: Indicator, inputs: Inputs, row: Row, units: Sequence[str]
) -> Observation:
    """Make an observation of a figure; that of a single unit carries its number among `units`."""
    unit_name = text_in(row, "unit_name")
    known: dict[str, Any] = {}
    if unit_name:
        name = f"{indicator.id}@{units.index(unit_name) + 1}"
        pair, period, maturity = inputs.pair, str(row["period"]), Maturity(row["maturity"])
        known["id"] = observation_id(pair.district, pair.year, name, period, maturity.value)
        known["unit_name"] = unit_name
    value = plain_decimal(row["value"])
    return observation_of_row(
        indicator,
        inputs,
        row,
        Trace(
            formula=message(N_("部门上报值")),
            substituted=figure_in(row, value, indicator.unit),
            n_used=1,
            is_verified=indicator.is_verified,
            sources=sources_of_rows(indicator.dataset, inputs, [row]),
        ),
        value=value,
        basis=Basis(place=text_in(row, "basis")),
        **known,
    )
