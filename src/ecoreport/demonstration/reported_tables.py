"""Fill in the rows of reported figures, confirmations and nil returns."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from ecoreport.config.load import load_catalogue
from ecoreport.demonstration.faults import FULL_WIDTH
from ecoreport.demonstration.papers import document, evidence_file
from ecoreport.demonstration.profiles import Fill, rows_of
from ecoreport.demonstration.reported import (
    Cases,
    Duty,
    ReportedProfile,
    cases_of,
    duties,
    figures,
)
from ecoreport.demonstration.workbook import Cell, Row
from ecoreport.project import Pair, Project

WHOLE_DISTRICT = "全区"
DONE = "已完成"
NIL_RETURN = "零报告"
MONTHS = range(1, 13)


def reported_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return the figures that departments report of the indicators of their plans."""
    catalogue = load_catalogue(project)
    cases = cases_of(project, pair)
    values = figures(project, pair, cases, seed)
    profiles = rows_of(project, "reported_profiles", ReportedProfile, pair)
    by_indicator = {profile.indicator: profile for profile in profiles}
    found = []
    for number, duty in enumerate(duties(catalogue, pair, "reported", profiles), start=1):
        name = duty.indicator.id
        if name in values and not cases.has(name, "withheld"):
            profile = by_indicator[name]
            row: Row = {
                "period": f"{pair.year}年",
                "value": _value_cell(values[name] * profile.factor, name, cases),
                "unit": profile.unit or None,
                "basis": WHOLE_DISTRICT,
            }
            found.append(row | _common(duty) | _evidence(duty, number, pair.year + 1, cases))
    return found


def confirmations_rows(project: Project, pair: Pair, _seed: str) -> list[Row]:
    """Return what departments confirm of the commitments without a figure."""
    catalogue = load_catalogue(project)
    cases = cases_of(project, pair)
    found = []
    for number, duty in enumerate(duties(catalogue, pair, "confirmations"), start=1):
        name = duty.indicator.id
        if not cases.has(name, "withheld"):
            row: Row = {
                "period": pair.year,
                "status": cases.argument(name, "status") or DONE,
                "confirmed_on": dt.date(pair.year + 1, 1, 15),
            }
            found.append(row | _common(duty) | _evidence(duty, number, pair.year + 1, cases))
    return found


def nil_returns_rows(project: Project, pair: Pair, _seed: str) -> list[Row]:
    """Return a row a month and kind of event, also where nothing happened."""
    catalogue = load_catalogue(project)
    cases = cases_of(project, pair)
    return [
        {
            "period": f"{pair.year}年{month}月",
            # Every third month somebody writes the words instead of a nought.
            "events": NIL_RETURN if month % 3 == 0 else 0,
            "confirmed_on": _fifth_of_next_month(pair.year, month),
        }
        | _common(duty)
        | _evidence(duty, month, pair.year, cases)
        for duty in duties(catalogue, pair, "nil_returns")
        for month in MONTHS
        if not cases.has(duty.indicator.id, "withheld", str(month))
    ]


def _common(duty: Duty) -> Row:
    return {"seq": duty.seq, "indicator": duty.indicator.zh, "department": duty.department}


def _evidence(duty: Duty, number: int, year: int, cases: Cases) -> Row:
    """Return the papers behind a row."""
    name = duty.indicator.id
    row: Row = {}
    if not cases.has(name, "without_document"):
        row |= document(duty.indicator.zh, number, year)
    if not cases.has(name, "without_evidence"):
        place = f"{duty.seq:02d}-" if duty.seq else ""
        row |= evidence_file(f"{place}{duty.indicator.zh}")
    return row


def _value_cell(value: Decimal, indicator: str, cases: Cases) -> Cell:
    plain = value.normalize()
    if cases.has(indicator, "percent_sign"):
        return f"{plain:f}%"
    if cases.has(indicator, "full_width"):
        return f"{plain:f}".translate(FULL_WIDTH)
    return float(plain)


def _fifth_of_next_month(year: int, month: int) -> dt.date:
    return dt.date(year + month // 12, month % 12 + 1, 5)


FILL: Final[dict[str, Fill]] = {
    "reported": reported_rows,
    "confirmations": confirmations_rows,
    "nil_returns": nil_returns_rows,
}
