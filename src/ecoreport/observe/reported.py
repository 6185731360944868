"""Figures, confirmations and nil returns that departments report."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from ecoreport.config.models import Indicator
from ecoreport.config.vocabulary import Maturity
from ecoreport.message import N_, message
from ecoreport.numbers import plain_decimal
from ecoreport.observe.observation import (
    Basis,
    Observation,
    SourceReference,
    Trace,
    observation_id,
)
from ecoreport.observe.period import Period
from ecoreport.observe.precedence import best_checked_rows
from ecoreport.observe.registry import Inputs, statistic

Row = dict[str, Any]
OVERLAP = N_("有的月份由不止一份报告覆盖，同一事件可能重复计入")
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
    rows = _rows(indicator, inputs)
    return _distinct(
        _reported_observation(indicator, inputs, row) for row in rows if pd.notna(row["value"])
    )


@statistic("confirmation")
def confirmation(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Take a status that somebody confirmed: who, when and on what document."""
    return _distinct(
        _observation(
            indicator,
            inputs,
            row,
            Trace(
                formula=message(N_("由责任单位认定，以文件为凭")),
                substituted="",
                n_used=1,
                is_verified=indicator.is_verified,
                sources=_sources(indicator, inputs, [row]),
            ),
            text=_text(row, "status"),
            confirmed_by=_text(row, "confirmed_by"),
            confirmed_on=_date(row, "confirmed_on"),
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
        if _text(row, "confirmed_by")
        for month in months_of(str(row["period"]), inputs.period.year)
        if month <= n_expected
    ]
    n_covered = len(set(months))
    numbers = [plain_decimal(row["events"]) for row in rows]
    events = sum(numbers, Decimal(0))
    is_sufficient = 0 < n_expected <= n_covered
    return [
        _observation(
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
                sources=_sources(indicator, inputs, rows),
            ),
            value=events,
            period=inputs.period.label,
            maturity=max((Maturity(row["maturity"]) for row in rows), key=PRECEDENCE.index),
            is_sufficient=is_sufficient,
            reason="" if is_sufficient else "nil_return_missing",
            completeness=round(Decimal(n_covered) / Decimal(n_expected), 4) if n_expected else None,
            confirmed_by=_text(rows[-1], "confirmed_by"),
            confirmed_on=_date(rows[-1], "confirmed_on"),
            has_document=all(bool(_text(row, "document_number")) for row in rows),
            has_evidence_file=all(bool(_text(row, "evidence_file")) for row in rows),
        )
    ]


def _distinct(observations: Iterable[Observation]) -> list[Observation]:
    """Give each observation an id of its own: a source may say a thing twice."""
    found: list[Observation] = []
    n_by_id: Counter[str] = Counter()
    for one in observations:
        n_by_id[one.id] += 1
        number = n_by_id[one.id]
        found.append(one if number == 1 else one.model_copy(update={"id": f"{one.id}/{number}"}))
    return found


def _counts_events(row: Row, inputs: Inputs) -> bool:
    """Whether a return says how many events there were in a part of the period observed."""
    months = months_of(str(row["period"]), inputs.period.year)
    has_begun = any(month <= inputs.period.last_day.month for month in months)
    return has_begun and bool(pd.notna(row["events"]))


def _rows(indicator: Indicator, inputs: Inputs, key: Sequence[str] = ()) -> list[Row]:
    """Return an indicator's rows; with a `key`, of those that share it the best checked only."""
    frame = inputs.frames.get(indicator.dataset)
    if frame is None:
        return []
    own = frame[frame["indicator"] == indicator.id]
    if inputs.period.is_partial:
        own = own[[_is_known(row, inputs.period) for row in own.to_dict("records")]]
    if key and not own.empty:
        own = best_checked_rows(own, key)
    return [{str(name): cell for name, cell in row.items()} for row in own.to_dict("records")]


def _is_known(row: Mapping[Hashable, Any], period: Period) -> bool:
    """Whether a row tells of what had ended, and was confirmed, by the last day that is read."""
    months = months_of(str(row["period"]), period.year)
    is_over = bool(months) and max(months) <= period.n_whole_months
    day = pd.Timestamp(row["confirmed_on"]) if "confirmed_on" in row else pd.NaT
    if pd.isna(day):
        return is_over
    return day.date() <= period.last_day


def _reported_observation(indicator: Indicator, inputs: Inputs, row: Row) -> Observation:
    value = plain_decimal(row["value"])
    as_reported = f"{_text(row, 'value_as_reported')} {_text(row, 'unit_as_reported')}".strip()
    as_held = f"{value:f} {indicator.unit}".strip()
    return _observation(
        indicator,
        inputs,
        row,
        Trace(
            formula=message(N_("部门上报值")),
            substituted=as_held if as_held == as_reported else f"{as_reported} = {as_held}",
            n_used=1,
            is_verified=indicator.is_verified,
            sources=_sources(indicator, inputs, [row]),
        ),
        value=value,
        basis=Basis(place=_text(row, "basis")),
    )


def _observation(
    indicator: Indicator, inputs: Inputs, row: Row, trace: Trace, **known: Any
) -> Observation:
    """Make an observation of a row: `known` goes before what the row says."""
    maturity = known.setdefault("maturity", Maturity(row["maturity"]))
    period = known.setdefault("period", str(row["period"]))
    value = known.get("value")
    return Observation(
        **{
            "id": observation_id(
                inputs.pair.district, inputs.pair.year, indicator.id, period, maturity.value
            ),
            "district": inputs.pair.district,
            "year": inputs.pair.year,
            "indicator": indicator.id,
            "value": None,
            "unrounded": "" if value is None else f"{value:f}",
            "unit": indicator.unit,
            "department": _text(row, "department"),
            "has_document": bool(_text(row, "document_number") or _text(row, "document")),
            "has_evidence_file": bool(_text(row, "evidence_file")),
            "trace": trace,
            **known,
        }
    )


def _sources(
    indicator: Indicator, inputs: Inputs, rows: Sequence[Row]
) -> tuple[SourceReference, ...]:
    """Return each file and sheet that rows stand in, with the numbers of those rows."""
    found = []
    for source in inputs.sources.get(indicator.dataset, ()):
        of_sheet: dict[str, list[int]] = {}
        for row in rows:
            if row["source_file"] == source.file:
                of_sheet.setdefault(_text(row, "source_sheet"), []).append(int(row["source_row"]))
        found += [
            source.model_copy(
                update={"sheet": sheet, "rows": tuple(numbers), "n_rows": len(numbers)}
            )
            for sheet, numbers in of_sheet.items()
        ]
    return tuple(found)


def _text(row: Row, name: str) -> str:
    value = row.get(name)
    return "" if value is None or pd.isna(value) else str(value).strip()


def _date(row: Row, name: str) -> dt.date | None:
    value = row.get(name)
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()
