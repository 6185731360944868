"""Tables as files that spreadsheets open: safe against formulas, the same bytes each time."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from ecoreport.i18n import _
from ecoreport.visible import stilled

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Cell = str | int | Decimal | dt.date | None
"""What a cell of an export may hold: text, a true number, a day, or nothing."""

FORMULA_MARKS: Final = tuple("=+-@＝＋－＠")
BREAKS: Final = tuple("\t\r\n")

UNFIT_FOR_TITLES: Final = re.compile(r"[\[\]:*?/\\']")
LONGEST_TITLE: Final = 28
"""Of a sheet: Excel takes 31, and a number may follow."""
LONGEST_TEXT: Final = 32_767
"""Characters that a cell of Excel can hold."""
WIDEST_COLUMN: Final = 60
NARROWEST_COLUMN: Final = 8
ROWS_MEASURED: Final = 200

# The earliest time that a ZIP entry can bear: files of equal content are equal files.
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
UNIX: Final = 3
STAMP: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


@dataclass(frozen=True)
class Table:
    """A table with one header row.

    Attributes
    ----------
    title : str
        Name of its sheet.
    header : sequence of str
    rows : sequence of sequences of Cell
    choices : mapping of str to sequence of str
        What a drop-down offers in the columns of these headers; no choice holds a comma.
    """

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)


def safe_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    Text that begins like a formula gets an apostrophe before it; characters that files cannot
    hold, or that would act, become U+FFFD. Numbers are no text and do not come here.
    """
    written = stilled(text)
    if written.startswith(BREAKS) or written.lstrip().startswith(FORMULA_MARKS):
        return "'" + written
    return written


def sheet_title(wanted: str, taken: Iterable[str]) -> str:
    """Return a sheet's title that Excel takes and that no other sheet has, whatever its case."""
    base = UNFIT_FOR_TITLES.sub("_", safe_text(wanted))[:LONGEST_TITLE] or "_"
    used = {one.casefold() for one in taken}
    numbered = (base if number == 1 else f"{base} {number}" for number in count(1))
    return next(one for one in numbered if one.casefold() not in used)


def csv_bytes(table: Table) -> bytes:
    """Return a table as CSV: UTF-8 with BOM and CRLF, as Excel and WPS open it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([safe_text(name) for name in table.header])
    writer.writerows([[_csv_cell(cell) for cell in row] for row in table.rows])
    return stream.getvalue().encode("utf-8-sig")


def workbook_bytes(tables: Iterable[Table]) -> bytes:
    """Return tables as the sheets of an .xlsx: typed numbers, widths, a header that stays."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow to load, and not every run writes one

    book = Workbook(write_only=True)
    for table in tables:
        _write(book.create_sheet(table.title), table)
    return stable_bytes(book)


def stable_bytes(book: Workbook) -> bytes:
    """Return a workbook as .xlsx without the time of its making."""
    book.properties.creator = "ecoreport"
    made = io.BytesIO()
    book.save(made)
    stable = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(stable, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = UNIX
            content = STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z\2", source.read(name))
            target.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return stable.getvalue()


def _write(sheet: WriteOnlyWorksheet, table: Table) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    sheet.freeze_panes = "A2"
    for number, width in enumerate(_widths(table), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    if table.header:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.header))}{len(table.rows) + 1}"
    sheet.append([_xlsx_cell(sheet, name, Font(bold=True)) for name in table.header])
    for row in table.rows:
        sheet.append([_xlsx_cell(sheet, cell) for cell in row])
    for name, offered in table.choices.items():
        _offer(sheet, get_column_letter(table.header.index(name) + 1), len(table.rows), offered)


def _offer(sheet: WriteOnlyWorksheet, letter: str, n_rows: int, offered: Sequence[str]) -> None:
    """Let a column's cells below the header take one of the words offered, or stay empty."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - as above

    words = ",".join(offered)
    validation = DataValidation(
        type="list",
        formula1=f'"{words}"',
        allow_blank=True,
        showErrorMessage=True,
        error=_("请从下拉列表中选择：{words}").format(words=words),
    )
    validation.add(f"{letter}2:{letter}{max(2, n_rows + 1)}")
    sheet.data_validations.append(validation)


def _xlsx_cell(sheet: WriteOnlyWorksheet, cell: Cell, font: Any = None) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above

    if cell is None or cell == "":
        return None
    if not isinstance(cell, str):
        written = WriteOnlyCell(sheet, cell)
        written.number_format = _number_format(cell)
        return written
    text = safe_text(cell)
    cut = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
    written = WriteOnlyCell(sheet, cut)
    # Text such as #N/A would else be taken for an error.
    written.data_type = "s"
    if font is not None:
        written.font = font
    return written


def _number_format(cell: int | Decimal | dt.date) -> str:
    if isinstance(cell, dt.date):
        return "yyyy-mm-dd"
    exponent = cell.as_tuple().exponent if isinstance(cell, Decimal) else 0
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return f"0.{'0' * decimals}" if decimals else "0"


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe_text(cell)
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _widths(table: Table) -> list[int]:
    columns = zip(table.header, *table.rows[:ROWS_MEASURED], strict=True)
    return [
        max(NARROWEST_COLUMN, min(WIDEST_COLUMN, 2 + max(map(text_width, column))))
        for column in columns
    ]


def text_width(cell: Cell) -> int:
    """Return the width of a cell in Latin letters; a Chinese character takes two."""
    text = _csv_cell(cell)
    return len(text) + sum(character > "\u2e7f" for character in text)
