"""Files of tables: safely opened, every sheet as a grid of cells with Excel's own row numbers."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.ingest.apart import one_reader
from ecoreport.ingest.cells import Cell
from ecoreport.ingest.excel import DAMAGED, WITH_PASSWORD
from ecoreport.ingest.workbook import damaged, inspect, overlay

MAX_FILE_BYTES: Final = 200 * 2**20
CSV_FIELD_LIMIT: Final = 2**20
LONGEST_CELL: Final = 32_767
"""Characters that a cell of Excel can hold."""
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
    """

    name: str
    rows: list[list[Cell]]
    merged: tuple[Region, ...] = ()
    is_hidden: bool = False
    hides_percent: bool = False


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
        raise InputError(_("文件 {file} 过大，请按站点或月份拆分").format(file=name))
    sheets = _sheets_of(path, name)
    for sheet in sheets:
        _refuse_long_cells(sheet, name)
    return sheets


def _sheets_of(path: Path, name: str) -> list[Sheet]:
    content = path.read_bytes()
    if not content.strip():
        raise InputError(_("文件 {file} 是空的，请重新导出").format(file=name))
    if content.startswith(ZIP_START):
        return _read_xlsx(content, name)
    if content.startswith(OLE_START):
        return _read_xls(content, name)
    if path.suffix.lower() == ".csv":
        return [Sheet(path.stem, _read_csv(content, name))]
    raise InputError(_web_page(name) if content.lstrip()[:1] == b"<" else damaged(name))


def _refuse_long_cells(sheet: Sheet, name: str) -> None:
    """Stop at text that no cell can hold: most often a quotation mark that nothing closes."""
    too_long = (
        (row, column, len(cell))
        for row, cells in enumerate(sheet.rows, start=1)
        for column, cell in enumerate(cells, start=1)
        if isinstance(cell, str) and len(cell) > LONGEST_CELL
    )
    for row, column, n in too_long:
        raise InputError(
            _(
                "文件 {file} 工作表 {sheet} 第 {row} 行第 {column} 列有 {n} 个字符，"
                "超过单元格的上限 {most}。请检查引号是否成对"
            ).format(file=name, sheet=sheet.name, row=row, column=column, n=n, most=LONGEST_CELL)
        )


def _read_xlsx(content: bytes, name: str) -> list[Sheet]:
    peeks = inspect(content, name)
    sheets = _excel_sheets(content, name)
    for sheet in sheets:
        overlay(sheet.rows, peeks.get(sheet.name, []))
    return sheets


def _read_xls(content: bytes, name: str) -> list[Sheet]:
    if ENCRYPTED_PACKAGE in content:
        raise InputError(_with_password(name))
    return [replace(one, hides_percent=True) for one in _excel_sheets(content, name)]


def _web_page(name: str) -> str:
    return _("文件 {file} 其实是网页，不是表格。请用 Excel 打开后另存为 xlsx").format(file=name)


def _excel_sheets(content: bytes, name: str) -> list[Sheet]:
    """Read a workbook in a process of its own (see :mod:`ecoreport.ingest.excel`)."""
    with one_reader() as reader:
        outcome, found = reader.read(content)
    if outcome == WITH_PASSWORD:
        raise InputError(_with_password(name))
    if outcome == DAMAGED:
        raise InputError(damaged(name))
    return [
        Sheet(title, rows, tuple(merged), is_hidden) for title, rows, merged, is_hidden in found
    ]


def _with_password(name: str) -> str:
    return _("文件 {file} 有密码保护。请在 Excel 中取消密码后再放入").format(file=name)


def _read_csv(content: bytes, name: str) -> list[list[Cell]]:
    text = _decode(content, name)
    if text.lstrip()[:1] == "<":
        raise InputError(_web_page(name))
    csv.field_size_limit(CSV_FIELD_LIMIT)
    try:
        rows: list[list[Cell]] = [
            list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=_sniff(text))
        ]
    except csv.Error as error:
        raise InputError(
            _("文件 {file} 不是有效的 CSV（{detail}）。请用 Excel 打开后另存为 xlsx").format(
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
