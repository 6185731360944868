"""Fill in the rows of reported figures, confirmations and nil returns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.load import load_catalogue
from ecoreport.demonstration.faults import FULL_WIDTH
from ecoreport.demonstration.papers import document, evidence_file
from ecoreport.demonstration.profiles import Fill, rows_of
from ecoreport.demonstration.reported import (
    Cases,
    Duty,
    ReportedPart,
    ReportedProfile,
    cases_of,
    duties,
    figures,
)
from ecoreport.demonstration.statuses import Told, status_shares, told_of
from ecoreport.demonstration.workbook import Cell, Row
from ecoreport.project import Pair, Project

NIL_RETURN = "零报告"
MONTHS = range(1, 13)


def reported_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return the figures that departments report of the indicators of their plans."""
    catalogue = load_catalogue(project)
    cases = cases_of(project, pair)
    values = figures(project, pair, cases, seed)
    profiles = rows_of(project, "reported_profiles", ReportedProfile, pair)
    parts = rows_of(project, "reported_parts", ReportedPart, pair)
    by_indicator = {profile.indicator: profile for profile in profiles}
    found = []
    for number, duty in enumerate(duties(catalogue, pair, "reported", profiles), start=1):
        name = duty.indicator.id
        if name not in by_indicator or cases.has(name, "withheld"):
            continue
        profile = by_indicator[name]
        common = _common(duty) | _papers_of_figure(duty, number, pair.year + 1, cases)
        common |= {"period": f"{pair.year}年", "unit": profile.unit or None}
        if name in values:
            # What a department tells may be another figure than its own table gives.
            told = Decimal(cases.argument(name, "told_as") or values[name])
            value = _value_cell(told * profile.factor, name, cases)
            found.append(common | {"value": value, "basis": profile.basis})
            found += [common | one for one in _on_another_basis(name, cases)]
        own = [one for one in parts if one.indicator == name]
        found += [common | _part(catalogue, one, profile) for one in own]
    return found


def confirmations_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return what departments confirm of the commitments without a figure."""
    catalogue = load_catalogue(project)
    cases = cases_of(project, pair)
    shares = status_shares(project, pair, "confirmations")
    found = []
    for number, duty in enumerate(duties(catalogue, pair, "confirmations"), start=1):
        told = told_of(duty, shares, cases, pair.district, seed)
        if told is not None:
            row: Row = {
                "period": pair.year,
                "status": told.status,
                "confirmed_on": dt.date(pair.year + 1, 1, 15),
            }
            if cases.has(duty.indicator.id, "unsigned"):
                row["confirmed_by"] = ""
            found.append(row | _common(duty) | papers_of(duty, number, pair.year + 1, told))
    return found


def nil_returns_rows(project: Project, pair: Pair, _seed: str) -> list[Row]:
    """Return a row a month and kind of event, also where nothing happened."""
    catalogue = load_catalogue(project)
    cases = cases_of(project, pair)
    return [
        {
            "period": f"{pair.year}年{month}月",
            "events": _events(duty.indicator.id, month, cases),
            "confirmed_on": _fifth_of_next_month(pair.year, month),
        }
        | _common(duty)
        | _papers_of_figure(duty, month, pair.year, cases)
        for duty in duties(catalogue, pair, "nil_returns")
        for month in MONTHS
        if not cases.has(duty.indicator.id, "withheld", str(month))
        and not cases.has(duty.indicator.id, "withheld")
    ]


def papers_of(duty: Duty, number: int, year: int, told: Told) -> Row:
    """Return the papers behind a row."""
    row: Row = {}
    if told.has_document:
        row |= document(duty.indicator.zh, number, year)
    if told.has_evidence:
        place = f"{duty.seq:02d}-" if duty.seq else ""
        row |= evidence_file(f"{place}{duty.indicator.zh}")
    return row


def _common(duty: Duty) -> Row:
    return {
        "seq": duty.seq,
        "indicator": duty.indicator.zh,
        "department": duty.department,
        "area": duty.area or None,
    }


def _papers_of_figure(duty: Duty, number: int, year: int, cases: Cases) -> Row:
    name = duty.indicator.id
    has_document = not cases.has(name, "without_document")
    has_evidence = not cases.has(name, "without_evidence")
    return papers_of(duty, number, year, Told("", has_document, has_evidence))


def _on_another_basis(indicator: str, cases: Cases) -> Iterator[Row]:
    """Yield the figure that somebody gave on another basis; the case says ``basis=value``."""
    case = cases.argument(indicator, "another_basis")
    if case is not None:
        basis, _equals, value = case.partition("=")
        yield {"basis": basis, "value": float(value)}


def _part(catalogue: Catalogue, part: ReportedPart, profile: ReportedProfile) -> Row:
    """Return what a row says of a district below or of a single unit."""
    area = catalogue.districts[part.area].name_zh if part.area else None
    value = float(part.value * profile.factor)
    return {
        "area": area,
        "unit_name": part.unit_name or None,
        "value": value,
        "basis": profile.basis,
    }


def _value_cell(value: Decimal, indicator: str, cases: Cases) -> Cell:
    plain = value.normalize()
    if cases.has(indicator, "percent_sign"):
        return f"{plain:f}%"
    if cases.has(indicator, "full_width"):
        return f"{plain:f}".translate(FULL_WIDTH)
    return float(plain)


def _events(indicator: str, month: int, cases: Cases) -> Cell:
    """Return the events of a month; every third month somebody writes the words for a nought."""
    if cases.has(indicator, "event", str(month)):
        return 1
    return NIL_RETURN if month % 3 == 0 else 0


def _fifth_of_next_month(year: int, month: int) -> dt.date:
    return dt.date(year + month // 12, month % 12 + 1, 5)


FILL: Final[dict[str, Fill]] = {
    "reported": reported_rows,
    "confirmations": confirmations_rows,
    "nil_returns": nil_returns_rows,
}
