"""Fill in the tables of reported figures, confirmations and nil returns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Literal

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.load import load_catalogue
from ecoreport.config.models import Strict, Words, Year
from ecoreport.demonstration.air_tables import NATURE
from ecoreport.demonstration.faults import FULL_WIDTH
from ecoreport.demonstration.profiles import rows, rows_of
from ecoreport.demonstration.reported import (
    Cases,
    Duty,
    ReportedProfile,
    cases_of,
    duties,
    figures,
)
from ecoreport.demonstration.seeds import SEED
from ecoreport.demonstration.workbook import Cell, Sheet, to_xlsx
from ecoreport.project import Pair, Project

Row = dict[str, Cell]
DatasetId = Literal["reported", "confirmations", "nil_returns"]

WHOLE_DISTRICT = "全区"
DONE = "已完成"
NIL_RETURN = "零报告"
MONTHS = range(1, 13)


class ReportedFile(Strict):
    """A row of ``reported_files.csv``."""

    district: str
    year: Year
    dataset: DatasetId
    file: str
    sheet: str
    title: str
    filled_by: str
    checked_by: str
    notes: Words = ()


class ReportedHeader(Strict):
    """A row of ``reported_headers.csv``: a column of a dataset's table, in their order."""

    dataset: DatasetId
    column: str
    header: str


def reported_files(project: Project, pair: Pair, seed: str = SEED) -> dict[str, bytes]:
    """Return the files without a monitoring series, file name to content."""
    files = rows_of(project, "reported_files", ReportedFile, pair)
    if not files:
        return {}
    headers = rows(project, "reported_headers", ReportedHeader)
    catalogue = load_catalogue(project)
    return {file.file: _content(project, catalogue, file, headers, seed) for file in files}


def _content(
    project: Project,
    catalogue: Catalogue,
    file: ReportedFile,
    headers: Iterable[ReportedHeader],
    seed: str,
) -> bytes:
    own = [header for header in headers if header.dataset == file.dataset]
    filled = FILL[file.dataset](project, catalogue, file, seed)
    body: list[list[Cell]] = [
        [row.get(header.column) for header in own]
        for row in ({**row, "nature": NATURE} for row in filled)
    ]
    top: list[list[Cell]] = [[file.title], [header.header for header in own]]
    notes: list[list[Cell]] = [[note] for note in file.notes]
    sheet = Sheet(file.sheet, [*top, *body, *notes], [(0, 0, 0, len(own) - 1)], title_rows=2)
    return to_xlsx([sheet])


def _reported(project: Project, catalogue: Catalogue, file: ReportedFile, seed: str) -> list[Row]:
    pair = Pair(file.district, file.year)
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
                "period": f"{file.year}年",
                "value": _value_cell(values[name] * profile.factor, name, cases),
                "unit": profile.unit or None,
                "basis": WHOLE_DISTRICT,
                "filled_by": file.filled_by,
                "checked_by": file.checked_by,
            }
            found.append(row | _common(duty) | _evidence(duty, number, file.year + 1, cases))
    return found


def _confirmations(
    project: Project, catalogue: Catalogue, file: ReportedFile, _seed: str
) -> list[Row]:
    pair = Pair(file.district, file.year)
    cases = cases_of(project, pair)
    found = []
    for number, duty in enumerate(duties(catalogue, pair, "confirmations"), start=1):
        name = duty.indicator.id
        if not cases.has(name, "withheld"):
            row: Row = {
                "period": file.year,
                "status": cases.argument(name, "status") or DONE,
                "confirmed_by": file.checked_by,
                "confirmed_on": dt.date(file.year + 1, 1, 15),
            }
            found.append(row | _common(duty) | _evidence(duty, number, file.year + 1, cases))
    return found


def _nil_returns(
    project: Project, catalogue: Catalogue, file: ReportedFile, _seed: str
) -> list[Row]:
    pair = Pair(file.district, file.year)
    cases = cases_of(project, pair)
    return [
        {
            "period": f"{file.year}年{month}月",
            # Every third month somebody writes the words instead of a nought.
            "events": NIL_RETURN if month % 3 == 0 else 0,
            "confirmed_by": file.checked_by,
            "confirmed_on": _fifth_of_next_month(file.year, month),
        }
        | _common(duty)
        | _evidence(duty, month, file.year, cases)
        for duty in duties(catalogue, pair, "nil_returns")
        for month in MONTHS
        if not cases.has(duty.indicator.id, "withheld", str(month))
    ]


def _common(duty: Duty) -> Row:
    return {"seq": duty.seq, "indicator": duty.indicator.zh, "department": duty.department}


def _evidence(duty: Duty, number: int, year: int, cases: Cases) -> Row:
    """Return the papers behind a row; their numbers say that they are invented."""
    name = duty.indicator.id
    row: Row = {}
    if not cases.has(name, "without_document"):
        row["document"] = f"演示文件《{duty.indicator.zh}情况说明》"
        row["document_number"] = f"演示〔{year}〕{number}号"
    if not cases.has(name, "without_evidence"):
        place = f"{duty.seq:02d}-" if duty.seq else ""
        row["evidence_file"] = f"演示材料/{place}{duty.indicator.zh}.pdf"
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


FILL: dict[DatasetId, Callable[[Project, Catalogue, ReportedFile, str], list[Row]]] = {
    "reported": _reported,
    "confirmations": _confirmations,
    "nil_returns": _nil_returns,
}
