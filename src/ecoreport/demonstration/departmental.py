"""Make the files of departments' tables: rows by dataset, faults, layout, bytes.

Which files a district and year have, how they are laid out and what stands above their columns are
tables: ``departmental_files.csv`` and ``departmental_headers.csv``. What stands in the rows is one
function a dataset (`FILL`), in the module of its area.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import pandas as pd

from ecoreport.config.models import Strict, Words, Year
from ecoreport.demonstration import (
    enterprises,
    nature,
    noise,
    progress_tables,
    rectification_tables,
    reported_tables,
    resources,
    soil,
    surveys,
    village_water,
    waste,
    water,
    water_automatic,
)
from ecoreport.demonstration.faults import matching, spoil_cells
from ecoreport.demonstration.profiles import Fault, Fill, rows, rows_of
from ecoreport.demonstration.seeds import SEED
from ecoreport.demonstration.sheets import NATURE, filled_sheet
from ecoreport.demonstration.workbook import Cell, Row, Sheet, to_bytes
from ecoreport.errors import ParameterError
from ecoreport.i18n import _
from ecoreport.project import Pair, Project

FILL: Final[dict[str, Fill]] = {
    **reported_tables.FILL,
    **progress_tables.FILL,
    **rectification_tables.FILL,
    **water.FILL,
    **water_automatic.FILL,
    **village_water.FILL,
    **waste.FILL,
    **nature.FILL,
    **resources.FILL,
    **soil.FILL,
    **enterprises.FILL,
    **noise.FILL,
    **surveys.FILL,
}
"""What fills in the rows of each dataset: `(project, pair, seed) -> rows`."""


class DepartmentalFile(Strict):
    """A row of ``departmental_files.csv``; rows of one ``file`` are its sheets, in their order."""

    district: str
    year: Year
    dataset: str
    layout: str
    """Chooses the headers; a dataset may have several layouts."""
    format: Literal["csv", "xls", "xlsx"]
    encoding: str = ""
    """Of a CSV file."""
    file: str
    sheet: str = ""
    title: str
    filled_by: str = ""
    checked_by: str = ""
    only: Words = ()
    """Rows of the dataset that stand in this sheet, each as ``column=cell``; empty for all."""
    merged: Words = ()
    """Columns in which equal cells that follow each other are one merged cell."""
    notes: Words = ()
    """Lines below the table."""


class DepartmentalHeader(Strict):
    """A row of ``departmental_headers.csv``: a column of a layout, in their order."""

    dataset: str
    layout: str
    column: str
    header: str
    unit: str = ""
    """In a second header row; empty where the first holds it."""


def departmental_files(project: Project, pair: Pair, seed: str = SEED) -> dict[str, bytes]:
    """Return the files of departments' tables of one district and year, file name to content.

    Raises
    ------
    ParameterError
        If a file names a dataset that nothing fills in, or a layout without headers.
    """
    by_name: dict[str, list[DepartmentalFile]] = {}
    for one in rows_of(project, "departmental_files", DepartmentalFile, pair):
        by_name.setdefault(one.file, []).append(one)
    return {name: _content(project, parts, seed) for name, parts in by_name.items()}


def departmental_cells(
    project: Project, pair: Pair, dataset: str, seed: str = SEED
) -> pd.DataFrame:
    """Return a dataset's rows as departments write them, with the faults of filling in.

    Returns
    -------
    pandas.DataFrame
        One row a row of the table, columns by canonical name, cells as objects; an empty cell is
        None.
    """
    filled = FILL[dataset](project, pair, seed)
    cells = pd.DataFrame(filled, dtype=object)
    cells = cells.where(cells.notna(), None)
    faults = rows_of(project, "faults", Fault, pair)
    return spoil_cells(cells, (fault for fault in faults if fault.dataset == dataset))


def _content(project: Project, parts: Sequence[DepartmentalFile], seed: str) -> bytes:
    sheets = [_sheet(project, part, seed) for part in parts]
    return to_bytes(parts[0].format, sheets, parts[0].encoding)


def _sheet(project: Project, file: DepartmentalFile, seed: str) -> Sheet:
    headers = _headers(project, file)
    cells = departmental_cells(project, Pair(file.district, file.year), file.dataset, seed)
    common: Row = {
        "nature": NATURE,
        "filled_by": file.filled_by,
        "checked_by": file.checked_by,
        "confirmed_by": file.checked_by,
    }
    # Of what all rows share, a row's own empty text goes before it; no cell at all does not.
    own = [
        common | {name: cell for name, cell in row.items() if cell is not None}
        for row in cells[matching(cells, file.only)].to_dict("records")
    ]
    body: list[list[Cell]] = [
        [_written(row.get(header.column)) for header in headers] for row in own
    ]
    notes: list[list[Cell]] = [[note] for note in file.notes]
    return filled_sheet(file.sheet or NATURE, file.title, headers, body, file.merged, notes)


def _written(cell: Cell) -> Cell:
    return None if cell == "" else cell


def _headers(project: Project, file: DepartmentalFile) -> list[DepartmentalHeader]:
    own = [
        one
        for one in rows(project, "departmental_headers", DepartmentalHeader)
        if (one.dataset, one.layout) == (file.dataset, file.layout)
    ]
    if not own or file.dataset not in FILL:
        raise ParameterError(
            _(
                "departmental_files.csv：{file} 的数据集 {dataset} 没有版式 {layout} 的表头，"
                "或没有生成它的程序；请在 departmental_headers.csv 中补充"
            ).format(file=file.file, dataset=file.dataset, layout=file.layout)
        )
    return own
