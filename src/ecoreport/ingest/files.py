"""Files of tables: safely opened, every sheet as a grid of cells with Excel's own row numbers."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.ingest.cells import Cell

MAX_FILE_BYTES: Final = 200 * 2**20
MAX_UNPACKED_BYTES: Final = 1024 * 2**20
MAX_CELLS: Final = 20_000_000
CSV_FIELD_LIMIT: Final = 2**20
DELIMITERS: Final = (",", ";", "\t")
SNIFFED_LINES: Final = 50

TABLE_SUFFIXES: Final = frozenset({".xlsx", ".xls", ".csv"})
OTHER_TABLE_SUFFIXES: Final = frozenset(
    {".xlsm", ".xlsb", ".et", ".ods", ".numbers", ".txt", ".tsv"}
)
"""Tables too, but to be saved in another form first."""

ZIP_START: Final = b"PK\x03\x04"
OLE_START: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")

FILLED_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>/]*>')
ERROR_CELL = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^>]* t="e"')
UNCOMPUTED_CELL = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^>]*><f[^>]*(?:/>|>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>'
)
PERCENT_FORMAT = re.compile(rb'formatCode="[^"]*%|numFmtId="(?:9|10)"')

Region = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Sheet:
    """A sheet as it stands.

    Attributes
    ----------
    rows : list of list of Cell
        From A1 on, so that ``rows[0]`` is Excel's row 1.
    merged : tuple of Region
        Merged regions: first and last cell, as 0-based (row, column).
    hides_percent : bool
        True where percent formats cannot be seen (.xls).
    faulty_cells : tuple of str
        Cells with an error value or a formula without a result, which read as blank.
    """

    name: str
    rows: list[list[Cell]]
    merged: tuple[Region, ...] = ()
    is_hidden: bool = False
    hides_percent: bool = False
    faulty_cells: tuple[str, ...] = ()


def read_sheets(path: Path, name: str) -> list[Sheet]:
    """Read every sheet of an .xlsx, .xls or .csv file.

    Parameters
    ----------
    path : pathlib.Path
    name : str
        How messages call the file.

    Raises
    ------
    InputError
        If the file is empty, too large, damaged, protected by a password, has macros, or is not
        what its name says; the message names the file and the cure.
    """
    if path.stat().st_size > MAX_FILE_BYTES:
        raise InputError(_("文件 {file} 过大,请按站点或月份拆分").format(file=name))
    content = path.read_bytes()
    if not content.strip():
        raise InputError(_("文件 {file} 是空的,请重新导出").format(file=name))
    if content.startswith(ZIP_START):
        return _read_xlsx(content, name)
    if content.startswith(OLE_START):
        return _read_xls(content, name)
    if path.suffix.lower() == ".csv":
        return [Sheet(path.stem, _read_csv(content, name))]
    if content.lstrip()[:1] == b"<":
        raise InputError(
            _("文件 {file} 其实是网页,不是 Excel 文件。请用 Excel 打开后另存为 xlsx").format(
                file=name
            )
        )
    raise InputError(
        _("文件 {file} 不是 Excel 文件或已损坏。请用 Excel 打开后另存为 xlsx").format(file=name)
    )


def _read_xlsx(content: bytes, name: str) -> list[Sheet]:
    faults = _inspect(content, name)
    sheets = list(_calamine_sheets(content, name))
    percent = _percent_cells(content) if faults.has_percent else {}
    for sheet in sheets:
        for row, column in percent.get(sheet.name, ()):
            sheet.rows[row][column] = _as_percent(sheet.rows[row][column])
    parts = faults.cells_by_part
    # Worksheet parts are listed in the workbook's order by every program that writes them.
    return [
        Sheet(one.name, one.rows, one.merged, one.is_hidden, faulty_cells=cells)
        for one, cells in zip(sheets, [*parts, *[()] * len(sheets)], strict=False)
    ]


def _read_xls(content: bytes, name: str) -> list[Sheet]:
    if ENCRYPTED_PACKAGE in content:
        raise InputError(
            _("文件 {file} 有密码保护。请在 Excel 中取消密码后再放入").format(file=name)
        )
    return [
        Sheet(one.name, one.rows, one.merged, one.is_hidden, hides_percent=True)
        for one in _calamine_sheets(content, name)
    ]


def _calamine_sheets(content: bytes, name: str) -> Iterator[Sheet]:
    from python_calamine import (  # noqa: PLC0415 - CSV alone needs no Excel reader
        CalamineError,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
        load_workbook,
    )

    try:
        workbook = load_workbook(io.BytesIO(content))
        for about in workbook.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(about.name)
            rows = sheet.to_python(skip_empty_area=False)
            is_hidden = about.visible != SheetVisibleEnum.Visible
            yield Sheet(about.name, rows, tuple(sheet.merged_cell_ranges or ()), is_hidden)
    except PasswordError as error:
        raise InputError(
            _("文件 {file} 有密码保护。请在 Excel 中取消密码后再放入").format(file=name)
        ) from error
    except CalamineError as error:
        raise InputError(
            _("文件 {file} 已损坏,无法读取。请用 Excel 打开后另存为 xlsx").format(file=name)
        ) from error


@dataclass(frozen=True)
class _Inspection:
    has_percent: bool
    cells_by_part: list[tuple[str, ...]]
    """Cells of each worksheet whose value cannot be seen."""


def _inspect(content: bytes, name: str) -> _Inspection:
    """Look into an .xlsx before anything unpacks it whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if sum(one.file_size for one in members) > MAX_UNPACKED_BYTES:
                raise InputError(
                    _("文件 {file} 解压后过大,不予读取。请重新导出或拆分").format(file=name)
                )
            names = {one.filename for one in members}
            if any(one.lower().endswith("vbaproject.bin") for one in names):
                raise InputError(
                    _("文件 {file} 含有宏,不予读取。请另存为不含宏的 xlsx").format(file=name)
                )
            if "xl/workbook.xml" not in names:
                raise InputError(
                    _("文件 {file} 不是 xlsx 工作簿。请用 Excel 打开后另存为 xlsx").format(
                        file=name
                    )
                )
            styles = archive.read("xl/styles.xml") if "xl/styles.xml" in names else b""
            sheets = [archive.read(one) for one in sorted(names, key=_part_number) if _is_part(one)]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise InputError(
            _("文件 {file} 已损坏,无法读取。请用 Excel 打开后另存为 xlsx").format(file=name)
        ) from error
    for sheet in sheets:
        _check_extent(sheet, name)
    return _Inspection(bool(PERCENT_FORMAT.search(styles)), [_faulty(sheet) for sheet in sheets])


def _is_part(member: str) -> bool:
    return bool(re.fullmatch(r"xl/worksheets/[^/]+\.xml", member))


def _part_number(member: str) -> tuple[int, str]:
    number = re.search(r"(\d+)\.xml$", member)
    return (int(number[1]) if number else 0, member)


def _check_extent(sheet: bytes, name: str) -> None:
    """Refuse one filled cell far out: a grid up to there would fill the memory."""
    last_row = last_column = 0
    for letters, row in FILLED_CELL.findall(sheet):
        last_row = max(last_row, int(row))
        last_column = max(last_column, _column_number(letters))
    if last_row * last_column > MAX_CELLS:
        raise InputError(
            _("文件 {file} 的表格范围过大({rows} 行 {columns} 列)。请删除表格以外的内容").format(
                file=name, rows=last_row, columns=last_column
            )
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _faulty(sheet: bytes) -> tuple[str, ...]:
    found = ERROR_CELL.findall(sheet) + UNCOMPUTED_CELL.findall(sheet)
    return tuple(cell.decode() for cell in found)


def _percent_cells(content: bytes) -> dict[str, list[tuple[int, int]]]:
    """Find the numbers shown as percentages, which calamine gives as 0.512 for 51.2 %."""
    from openpyxl import load_workbook  # noqa: PLC0415 - few files have such cells

    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return {
        sheet.title: [
            (cell.row - 1, cell.column - 1)
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, int | float) and "%" in (cell.number_format or "")
        ]
        for sheet in workbook.worksheets
    }


def _as_percent(cell: Cell) -> Cell:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return cell
    return f"{Decimal(repr(cell)) * 100:f}%"


def _read_csv(content: bytes, name: str) -> list[list[Cell]]:
    text = _decode(content, name)
    if text.lstrip()[:1] == "<":
        raise InputError(
            _("文件 {file} 其实是网页,不是 CSV。请用 Excel 打开后另存为 xlsx").format(file=name)
        )
    csv.field_size_limit(CSV_FIELD_LIMIT)
    try:
        rows: list[list[Cell]] = [
            list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=_sniff(text))
        ]
    except csv.Error as error:
        raise InputError(
            _("文件 {file} 不是有效的 CSV({detail})。请用 Excel 打开后另存为 xlsx").format(
                file=name, detail=error
            )
        ) from error
    return rows


def _decode(content: bytes, name: str) -> str:
    """Decode strictly: a byte that fits no encoding is an error, never a question mark."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError(
        _("文件 {file} 的编码不是 UTF-8 或 GB18030。请用 Excel 另存为“CSV UTF-8”或 xlsx").format(
            file=name
        )
    )


def _sniff(text: str) -> str:
    """Return the delimiter that cuts the first lines into most cells."""
    lines = text.splitlines()[:SNIFFED_LINES]
    return max(
        DELIMITERS, key=lambda one: sum(len(row) for row in csv.reader(lines, delimiter=one))
    )
