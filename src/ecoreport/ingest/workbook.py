"""What an .xlsx says that calamine does not pass on, read before anything unpacks it whole."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import unescape
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import ParseError

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.ingest.cells import Cell

MAX_UNPACKED_BYTES: Final = 512 * 2**20
MAX_CELLS: Final = 20_000_000
SPACE: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, ParseError, EOFError, OSError,
    NotImplementedError, RuntimeError, KeyError, ValueError, ArithmeticError,
)  # fmt: skip
"""What a damaged archive makes the standard library raise."""
BUILT_IN_PERCENT: Final = frozenset({"9", "10"})
"""Number formats 0% and 0.00%, which files do not spell out (ECMA-376-1, 18.8.30)."""

# None of these looks beyond the next mark, so that hostile text takes no longer than other text.
CELL = re.compile(rb"<c ([^<>]*[^<>/])>(.*?)</c>", re.DOTALL)
REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
STYLE = re.compile(rb'\bs="(\d+)"')
RESULT = re.compile(rb"<v[^<>]*>([^<]+)</v>")
FORMULA = re.compile(rb"<f\b[^<>]*?(?:/>|>([^<]*)</f>)")


@dataclass(frozen=True)
class Peek:
    """A cell that calamine would give as less than it says."""

    row: int
    column: int
    text: str


def inspect(content: bytes, name: str) -> dict[str, list[Peek]]:
    """Check an .xlsx and find percentages, errors and formulas without a result.

    A number shown as 51.2 % is stored as 0.512, an error or a formula never computed reads as a
    blank: each is given back as the text a person sees.

    Parameters
    ----------
    content : bytes
    name : str
        How messages call the file.

    Returns
    -------
    dict of str to list of Peek
        By the sheet's name; row and column count from 0.

    Raises
    ------
    InputError
        If the file is damaged, unpacks to too much, has macros or is no workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_members(archive, name)
            percent_styles = _percent_styles(archive)
            return {
                title: list(_peeks(archive.read(part), percent_styles, name))
                for title, part in _worksheets(archive).items()
            }
    except UNREADABLE as error:
        raise InputError(damaged(name)) from error


def damaged(name: str) -> str:
    """Return the message for a file that nothing can read."""
    return _("文件 {file} 已损坏，无法读取。请用 Excel 打开后另存为 xlsx").format(file=name)


def _check_members(archive: zipfile.ZipFile, name: str) -> None:
    if sum(one.file_size for one in archive.infolist()) > MAX_UNPACKED_BYTES:
        raise InputError(_("文件 {file} 解压后过大，不予读取。请重新导出或拆分").format(file=name))
    names = set(archive.namelist())
    if any(one.lower().endswith("vbaproject.bin") for one in names):
        raise InputError(_("文件 {file} 含有宏，不予读取。请另存为不含宏的 xlsx").format(file=name))
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        raise InputError(
            _("文件 {file} 不是 xlsx 工作簿。请用 Excel 打开后另存为 xlsx").format(file=name)
        )


def _worksheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of each sheet: their numbers need not follow the order of the tabs."""
    targets = {
        one.get("Id"): one.get("Target", "") for one in _tree(archive, "xl/_rels/workbook.xml.rels")
    }
    workbook = _tree(archive, "xl/workbook.xml")
    parts = {
        sheet.get("name", ""): posixpath.normpath(
            posixpath.join("/xl", targets.get(sheet.get(RELATION_ID), ""))
        ).lstrip("/")
        for sheet in workbook.iter(f"{SPACE}sheet")
    }
    known = set(archive.namelist())
    return {title: part for title, part in parts.items() if part in known}


def _tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    """Read a part; entities, which may stand for gigabytes, have no place in a workbook."""
    content = archive.read(part)
    if b"<!DOCTYPE" in content.replace(b"\0", b""):  # in UTF-16 too
        raise ValueError(part)
    return ElementTree.fromstring(content)  # noqa: S314 - without a document type


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """Return the numbers of the cell styles that show a percentage."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    styles = _tree(archive, "xl/styles.xml")
    formats = BUILT_IN_PERCENT | {
        one.get("numFmtId", "")
        for one in styles.iter(f"{SPACE}numFmt")
        if "%" in one.get("formatCode", "")
    }
    cell_styles = styles.find(f"{SPACE}cellXfs")
    if cell_styles is None:
        return frozenset()
    return frozenset(
        number for number, one in enumerate(cell_styles) if one.get("numFmtId") in formats
    )


def _peeks(sheet: bytes, percent_styles: frozenset[int], name: str) -> Iterator[Peek]:
    last_row = last_column = 0
    for attributes, inside in CELL.findall(sheet, 0, sheet.rfind(b"</c>") + 4):
        place = REFERENCE.search(attributes)
        if place is None:
            continue
        row, column = int(place[2]) - 1, _column_number(place[1]) - 1
        last_row, last_column = max(last_row, row), max(last_column, column)
        # A grid up to one filled cell far out would fill the memory.
        if (last_row + 1) * (last_column + 1) > MAX_CELLS:
            raise InputError(
                _("文件 {file} 的表格范围过大。请删除表格以外远处的单元格").format(file=name)
            )
        text = _seen(attributes, inside, percent_styles)
        if text:
            yield Peek(row, column, text)


def _seen(attributes: bytes, inside: bytes, percent_styles: frozenset[int]) -> str:
    """Return what a person sees in a cell where that differs from its stored value."""
    result = RESULT.search(inside)
    if b't="e"' in attributes:
        return result[1].decode() if result else "#ERROR"
    if result is None:
        formula = FORMULA.search(inside)
        if formula is None or b"<is>" in inside:
            return ""
        return f"={unescape((formula[1] or b'').decode())}"
    style = STYLE.search(attributes)
    is_number = b't="' not in attributes or b't="n"' in attributes
    if is_number and style and int(style[1]) in percent_styles:
        return f"{(Decimal(repr(float(result[1]))) * 100).normalize():f}%"
    return ""


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def overlay(rows: list[list[Cell]], peeks: list[Peek]) -> None:
    """Write each peek over its cell of the grid `rows`, which grows where it is too small."""
    for peek in peeks:
        while len(rows) <= peek.row:
            rows.append([])
        row = rows[peek.row]
        row += [None] * (peek.column + 1 - len(row))
        row[peek.column] = peek.text
