"""Write tables as the files that offices send, the same bytes each time."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from ecoreport.errors import InputError
from ecoreport.i18n import _

Cell = str | int | float | dt.date | None
Row = dict[str, Cell]
"""Cells of a table's row by column; a column that is not there is an empty cell."""
Span = tuple[int, int, int, int]

# The earliest date a ZIP entry can bear: files of equal content are equal files.
EPOCH = (1980, 1, 1, 0, 0, 0)
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
DATE_FORMAT = "yyyy-mm-dd"
COLUMN_WIDTH = 14


@dataclass(frozen=True)
class Sheet:
    """A sheet as an office fills it in.

    Attributes
    ----------
    name : str
    rows : sequence of sequences of cells
        Title rows and headers included.
    merged : sequence of (first row, first column, last row, last column)
        From 0; only the first cell of a span holds something.
    title_rows : int
        Rows at the top set in bold.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[Span] = ()
    title_rows: int = 1


def cell_of(text: str) -> Cell:
    """Return what a text of the parameters is as a cell: nothing, a number (-1) or the text."""
    if NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text or None


def to_bytes(form: str, sheets: Sequence[Sheet], encoding: str = "") -> bytes:
    """Return a file of the form ``csv`` (in the encoding given), ``xls`` or ``xlsx``."""
    if form == "csv":
        return to_csv(sheets, encoding)
    return {"xls": to_xls, "xlsx": to_xlsx}[form](sheets)


def to_csv(sheets: Sequence[Sheet], encoding: str) -> bytes:
    """Return the one sheet of a CSV file, with the line ends of Windows."""
    (sheet,) = sheets
    text = io.StringIO(newline="")
    csv.writer(text).writerows(sheet.rows)
    return text.getvalue().encode(encoding)


def to_xls(sheets: Sequence[Sheet]) -> bytes:
    """Return the workbook of Excel 97-2003.

    Raises
    ------
    InputError
        If xlwt, which only developers need, is not installed.
    """
    try:
        import xlwt  # noqa: PLC0415 - needed to generate, never to report
    except ModuleNotFoundError as error:
        raise InputError(_("生成 .xls 演示文件需要 xlwt，请先安装开发依赖（dev 组）。")) from error
    book = xlwt.Workbook(encoding="utf-8")
    plain, bold = xlwt.XFStyle(), xlwt.easyxf("font: bold on")
    dated = xlwt.easyxf(num_format_str=DATE_FORMAT)
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        covered = {(first, left): (last, right) for first, left, last, right in sheet.merged}
        for row, cells in enumerate(sheet.rows):
            for column, cell in enumerate(cells):
                style = bold if row < sheet.title_rows else plain
                style = dated if isinstance(cell, dt.date) else style
                if (row, column) in covered:
                    last, right = covered[row, column]
                    page.write_merge(row, last, column, right, cell, style)
                elif cell is not None:
                    page.write(row, column, cell, style)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def to_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Return the workbook of current Excel and WPS."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for row, cells in enumerate(sheet.rows, start=1):
            page.append(list(cells))
            if row <= sheet.title_rows:
                for written in page[row]:
                    written.font = Font(bold=True)
        for first, left, last, right in sheet.merged:
            page.merge_cells(
                start_row=first + 1, start_column=left + 1, end_row=last + 1, end_column=right + 1
            )
            page.cell(first + 1, left + 1).alignment = Alignment(vertical="center", wrap_text=True)
        for column in range(1, page.max_column + 1):
            page.column_dimensions[get_column_letter(column)].width = COLUMN_WIDTH
    stream = io.BytesIO()
    book.save(stream)
    return _without_time(stream.getvalue())


def _without_time(package: bytes) -> bytes:
    """Take the time of making out of an Open XML package."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z\2", content)
            target.writestr(zipfile.ZipInfo(entry.filename, EPOCH), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
