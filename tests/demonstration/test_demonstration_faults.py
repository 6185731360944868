"""What ``faults.csv`` says is wrong is wrong in the files, and the readme tells people so."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from generated_tables import day_of, records, sheets

from ecoreport.demonstration.departmental import FILL, DepartmentalFile, departmental_cells
from ecoreport.demonstration.faults import matching
from ecoreport.demonstration.profiles import AirFile, AirHeader, Fault, rows, rows_of
from ecoreport.demonstration.seeds import SEED
from ecoreport.demonstration.workbook import cell_of
from ecoreport.project import Pair, Project

PROJECT = Project.here()
FAULTS = rows(PROJECT, "faults", Fault)
Cells = list[Any]


def rows_concerned(fault: Fault) -> pd.DataFrame:
    """Return the rows of a department's table that the fault is about."""
    cells = departmental_cells(PROJECT, Pair(fault.district, fault.year), fault.dataset)
    return cells[matching(cells, fault.where)]


def concerned(fault: Fault, column: str = "") -> Cells:
    """Return the cells of the file that the fault is about."""
    pair = Pair(fault.district, fault.year)
    if fault.where:
        return list(rows_concerned(fault)[column or fault.column])
    file = next(
        one for one in rows_of(PROJECT, "air_files", AirFile, pair) if one.dataset == fault.dataset
    )
    headers = {
        one.column: one.header
        for one in rows(PROJECT, "air_headers", AirHeader)
        if one.layout == file.layout
    }
    path = PROJECT.demonstration(pair) / file.file
    depth = 2 if path.suffix == ".xlsx" else 1
    return [
        row[headers[column or fault.column]]
        for row in records(path, depth)
        if row["station"] == fault.station
        and fault.first_day <= day_of(row[headers["date"]]) <= fault.last_day
    ]


def text(fault: Fault) -> str:
    pair = Pair(fault.district, fault.year)
    files = [
        *rows_of(PROJECT, "air_files", AirFile, pair),
        *rows_of(PROJECT, "departmental_files", DepartmentalFile, pair),
    ]
    names = {one.file for one in files if one.dataset == fault.dataset}
    return "\n".join(
        str(cell)
        for path in (PROJECT.demonstration(pair) / name for name in sorted(names))
        for page in sheets(path).values()
        for row in page
        for cell in row
    )


def shows_below_fine(fault: Fault) -> bool:
    coarse = concerned(fault)
    fine = concerned(fault, "pm25_ug_m3")
    return all(float(a) < float(b) for a, b in zip(coarse, fine, strict=True))


def shows_silence(fault: Fault) -> bool:
    return set(concerned(fault, "pm25_ug_m3")) == {fault.argument}


def is_repeated(fault: Fault) -> bool:
    if not fault.where:
        return len(concerned(fault, "date")) == 2
    own = rows_concerned(fault).astype(str)
    return len(own) == 2 and len(own.drop_duplicates()) == 1


def is_left_out(fault: Fault) -> bool:
    pair = Pair(fault.district, fault.year)
    whole = pd.DataFrame(FILL[fault.dataset](PROJECT, pair, SEED), dtype=object)
    return bool(matching(whole, fault.where).any()) and rows_concerned(fault).empty


def is_emptied(fault: Fault) -> bool:
    own = rows_concerned(fault)
    columns = list(own)[list(own).index(fault.column) :]
    return len(own) == 1 and bool(own[columns].isna().all(axis=None))


CHECKS: dict[str, Callable[[Fault], bool]] = {
    "below_fine": shows_below_fine,
    "scaled": lambda fault: float(concerned(fault)[0]) > 80,
    "silent": shows_silence,
    "repeated": is_repeated,
    "flagged": lambda fault: all(str(c).endswith(f"({fault.argument})") for c in concerned(fault)),
    "replaced": lambda fault: (
        {cell or "" for cell in concerned(fault)} == {cell_of(fault.argument) or ""}
    ),
    "left_out": is_left_out,
    "emptied": is_emptied,
    "full_width": lambda fault: all(min(map(ord, str(c))) > 0xFF00 for c in concerned(fault)),
    "spelling": lambda fault: fault.argument in text(fault),
    "trailing": lambda fault: fault.argument in text(fault),
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
def test_the_fault_is_in_the_file(fault: Fault) -> None:
    assert CHECKS[fault.kind](fault)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
def test_the_readme_tells_of_the_fault(fault: Fault) -> None:
    readme = (PROJECT.root / "data" / "demonstration" / "README.md").read_text("utf-8")
    assert f"| `{fault.id}` | {fault.what} | {fault.finding} |" in readme


def test_faults_lie_within_their_year() -> None:
    dated = [fault for fault in FAULTS if fault.first_day]
    assert dated
    for fault in dated:
        assert fault.first_day <= fault.last_day
        assert {fault.first_day.year, fault.last_day.year} == {fault.year}
        assert pd.Timestamp(fault.first_day).year == fault.year
