"""Sheets that are printed on A4: a title, a header that repeats, rows as high as their text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import ceil
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from ecoreport.evidence.form import HEADER_FILL
from ecoreport.i18n import _
from ecoreport.workbooks import LONGEST_TEXT, safe_text

LINE: Final = Side(style="thin", color="BFBFBF")
BORDER: Final = Border(LINE, LINE, LINE, LINE)
BAND_FILL: Final = PatternFill("solid", fgColor="F5F5F5")
LINE_HEIGHT_POINTS: Final = 14.0
HIGHEST_ROW_POINTS: Final = 400.0
"""Excel shows no row higher than 409 points."""
MARGIN_INCHES: Final = 0.4

Cell = str | int


class Style(Enum):
    """How a row looks."""

    TITLE = "title"
    NOTE = "note"
    HEADER = "header"
    FIELD = "field"
    BAND = "band"
    LINE = "line"


@dataclass(frozen=True)
class Row:
    """A row of a sheet; one that begins a page keeps together what is handed out together."""

    cells: Sequence[Cell]
    style: Style = Style.LINE
    begins_page: bool = False


def add_sheet(
    book: Workbook, title: str, widths: Sequence[int], rows: Sequence[Row], *, is_wide: bool = True
) -> None:
    """Add a sheet.

    Parameters
    ----------
    book : openpyxl.Workbook
    title : str
    widths : sequence of int
        Of the columns, in Latin letters.
    rows : sequence of Row
        The first header, with all that stands above it, stays on the screen; it is repeated on
        each page where it is the only one.
    is_wide : bool
        Whether the page lies on its side.
    """
    sheet: Worksheet = book.create_sheet(title)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for number, row in enumerate(rows, start=1):
        _write(sheet, number, row, widths)
        if row.begins_page:
            sheet.row_breaks.append(Break(id=number - 1))
    headers = [number for number, row in enumerate(rows, start=1) if row.style is Style.HEADER]
    if len(headers) == 1:
        sheet.freeze_panes = f"A{headers[0] + 1}"
        sheet.print_title_rows = f"{headers[0]}:{headers[0]}"
    _for_paper(sheet, is_wide=is_wide)


def _write(sheet: Worksheet, number: int, row: Row, widths: Sequence[int]) -> None:
    is_table = row.style in (Style.HEADER, Style.LINE)
    for column, value in enumerate(row.cells, start=1):
        cell = sheet.cell(number, column)
        _put(cell, value)
        _look(cell, row.style)
    lines = 1
    if is_table:
        lines = max(
            (_lines(value, width) for value, width in zip(row.cells, widths, strict=False)),
            default=1,
        )
    if row.style in (Style.FIELD, Style.BAND):
        for column in range(len(row.cells) + 1, len(widths) + 1):
            _look(sheet.cell(number, column), row.style)
    height = LINE_HEIGHT_POINTS * lines + (8 if row.style is Style.TITLE else 3)
    sheet.row_dimensions[number].height = min(HIGHEST_ROW_POINTS, height)


def _put(cell: ExcelCell, value: Cell) -> None:
    if value == "":
        return
    if isinstance(value, int):
        cell.value = value
        return
    text = safe_text(value)
    cell.value = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
    # Text such as #N/A would else be taken for an error.
    cell.data_type = "s"


def _look(cell: ExcelCell, style: Style) -> None:
    is_table = style in (Style.HEADER, Style.LINE)
    cell.alignment = Alignment(wrap_text=is_table, vertical="top" if is_table else "center")
    size = {Style.TITLE: 16, Style.FIELD: 12}.get(style, 10)
    cell.font = Font(size=size, bold=style not in (Style.LINE, Style.NOTE))
    if is_table:
        cell.border = BORDER
    if style in (Style.HEADER, Style.FIELD):
        cell.fill = HEADER_FILL
    elif style is Style.BAND:
        cell.fill = BAND_FILL


def _lines(value: Cell, width: int) -> int:
    """Return the lines that a text takes; in GB 18030 a Chinese character is two letters wide."""
    return sum(
        max(1, ceil(len(line.encode("gb18030", "replace")) / max(1, width - 2)))
        for line in str(value).split("\n")
    )


def _for_paper(sheet: Worksheet, *, is_wide: bool) -> None:
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.orientation = (
        Worksheet.ORIENTATION_LANDSCAPE if is_wide else Worksheet.ORIENTATION_PORTRAIT
    )
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.print_options.horizontalCentered = True
    for side in ("left", "right"):
        setattr(sheet.page_margins, side, MARGIN_INCHES)
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.center.text = _("第 {page} 页，共 {pages} 页").format(page="&P", pages="&N")
