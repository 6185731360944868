"""Figures, confirmations and nil returns that departments report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from ecoreport.config.models import Indicator
from ecoreport.config.vocabulary import Maturity
from ecoreport.message import N_, message
from ecoreport.observe.observation import (
    Basis,
    Observation,
    SourceReference,
    Trace,
    observation_id,
)
from ecoreport.observe.registry import Inputs, statistic

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
    """Take a figure as its department reported it, one observation a period and maturity."""
    rows = _rows(indicator, inputs)
    return [_reported_observation(indicator, inputs, row) for row in rows if pd.notna(row["value"])]


@statistic("confirmation")
def confirmation(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Take a status that somebody confirmed: who, when and on what document."""
    observations = []
    for row in _rows(indicator, inputs):
        status = _text(row, "status")
        observations.append(
            _observation(
                indicator,
                inputs,
                row,
                value=None,
                text=status,
                trace_formula=message(N_("由责任单位认定,以文件为凭")),
                substituted=status,
                confirmed_by=_text(row, "confirmed_by"),
                confirmed_on=_date(row, "confirmed_on"),
            )
        )
    return observations


@statistic("nil_return")
def nil_return(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Add up the events of a year and count the months that a return covers.

    A month without a return is not a month without events: the sum is sufficient only when
    returns cover all twelve months.
    """
    rows = [row for row in _rows(indicator, inputs) if pd.notna(row["events"])]
    covered = {
        month for row in rows for month in months_of(str(row["period"]), inputs.period.year)
    }
    if not rows:
        return []
    events = sum((_decimal(row["events"]) for row in rows), Decimal(0))
    weakest = max((Maturity(row["maturity"]) for row in rows), key=list(Maturity).index)
    expected = inputs.period.last_day.month
    return [
        _observation(
            indicator,
            inputs,
            rows[0] | {"maturity": weakest},
            value=events,
            period=inputs.period.label,
            is_sufficient=len(covered) >= expected,
            reason="" if len(covered) >= expected else "nil_return_missing",
            completeness=Decimal(len(covered)) / Decimal(12),
            trace_formula=message(N_("各期报告事件数之和;无零报告的月份不视为无事件")),
            substituted=" + ".join(f"{_decimal(row['events']):f}" for row in rows) + f" = {events:f}",
            n_used=len(covered),
            n_expected=expected,
            source_rows=tuple(int(row["source_row"]) for row in rows),
            confirmed_by=_text(rows[-1], "confirmed_by"),
            confirmed_on=_date(rows[-1], "confirmed_on"),
            has_document=all(bool(_text(row, "document_number")) for row in rows),
            has_evidence_file=all(bool(_text(row, "evidence_file")) for row in rows),
        )
    ]


def _rows(indicator: Indicator, inputs: Inputs) -> list[dict[str, Any]]:
    frame = inputs.frames.get(indicator.dataset)
    if frame is None:
        return []
    own = frame[frame["indicator"] == indicator.id]
    return [dict(row) for row in own.to_dict("records")]


def _reported_observation(indicator: Indicator, inputs: Inputs, row: dict[str, Any]) -> Observation:
    value = _decimal(row["value"])
    as_reported = f"{_text(row, 'value_as_reported')} {_text(row, 'unit_as_reported')}".strip()
    return _observation(
        indicator,
        inputs,
        row,
        value=value,
        trace_formula=message(N_("部门上报值")),
        substituted=f"{as_reported} = {value:f} {indicator.unit}".strip(),
        basis=Basis(place=_text(row, "basis")),
    )


def _observation(
    indicator: Indicator,
    inputs: Inputs,
    row: dict[str, Any],
    *,
    value: Decimal | None,
    trace_formula: Any,
    substituted: str,
    text: str = "",
    period: str | None = None,
    n_used: int = 1,
    n_expected: int | None = None,
    source_rows: tuple[int, ...] = (),
    **known: Any,
) -> Observation:
    maturity = Maturity(row["maturity"])
    period = period or str(row["period"])
    known.setdefault("has_document", bool(_text(row, "document_number") or _text(row, "document")))
    known.setdefault("has_evidence_file", bool(_text(row, "evidence_file")))
    return Observation(
        id=observation_id(
            inputs.pair.district, inputs.pair.year, indicator.id, period, maturity.value
        ),
        district=inputs.pair.district,
        year=inputs.pair.year,
        period=period,
        indicator=indicator.id,
        value=value,
        unrounded="" if value is None else f"{value:f}",
        text=text,
        unit=indicator.unit,
        maturity=maturity,
        department=_text(row, "department"),
        trace=Trace(
            formula=trace_formula,
            substituted=substituted,
            n_used=n_used,
            n_expected=n_expected,
            is_verified=indicator.is_verified,
            sources=_source(indicator, inputs, row, source_rows),
        ),
        **known,
    )


def _source(
    indicator: Indicator, inputs: Inputs, row: dict[str, Any], rows: tuple[int, ...]
) -> tuple[SourceReference, ...]:
    for source in inputs.sources.get(indicator.dataset, ()):
        if source.file == row["source_file"]:
            found = rows or (int(row["source_row"]),)
            update = {"sheet": _text(row, "source_sheet"), "rows": found, "n_rows": len(found)}
            return (source.model_copy(update=update),)
    return ()


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None or pd.isna(value) else str(value).strip()


def _date(row: dict[str, Any], name: str) -> dt.date | None:
    value = row.get(name)
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()


def _decimal(value: object) -> Decimal:
    """Return the decimal that a person would read, not the binary one behind it."""
    return Decimal(repr(float(value)) if not isinstance(value, Decimal) else str(value)).normalize()
