"""The register (登记表) of a year's papers: read as people filled it in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.ingest.cells import Cell, text_of
from ecoreport.ingest.dates import read_date, read_period
from ecoreport.ingest.files import Sheet, read_sheets
from ecoreport.ingest.words import compact
from ecoreport.message import N_

COLUMNS: Final[Mapping[str, str]] = {
    "requirement": N_("应交材料"),
    "indicator": N_("指标"),
    "owner": N_("责任单位"),
    "number": N_("编号"),
    "title": N_("材料名称"),
    "document_number": N_("文号"),
    "issuer": N_("形成单位"),
    "date": N_("日期"),
    "pages": N_("页码"),
    "form": N_("原件/复印件"),
    "file": N_("文件"),
    "sha256": N_("SHA-256"),
    "remark": N_("备注"),
}
"""Columns by name, in the order of the form; the register itself is always in Chinese."""
GIVEN: Final = ("requirement", "indicator", "owner")
"""Columns that the form brings filled in."""
NEEDED: Final = ("number", "title", "issuer", "date", "pages", "form")
"""Columns without which a registration is not complete; not every paper has a 文号."""
FORMS: Final[Mapping[str, str]] = {"original": N_("原件"), "copy": N_("复印件")}

CODE: Final = re.compile(r"\s*(\d{1,3})\s*[-－—–]\s*(\d{1,2})(?!\d)")
HASH: Final = re.compile(r"[0-9a-f]{64}")
ROWS_ABOVE: Final = 20
"""Rows in which the header is looked for."""


@dataclass(frozen=True)
class Registration:
    """One row of the register: what people say of one paper.

    Attributes
    ----------
    row : int
        As Excel shows it.
    code : str
        Number of the paper asked for, e.g. ``01-2``; empty where none was chosen.
    said : mapping of str to str
        What each column of :data:`COLUMNS` says; empty where it says nothing.
    """

    row: int
    code: str
    said: Mapping[str, str]

    @property
    def is_filled(self) -> bool:
        """Whether a paper is registered, and not only room kept for one."""
        kept = (*GIVEN, "remark")
        return any(text for name, text in self.said.items() if name not in kept)

    @property
    def lacking(self) -> tuple[str, ...]:
        """Columns that should say something and do not."""
        return tuple(name for name in NEEDED if not self.said[name])


@dataclass
class Register:
    """The rows of a register, and what is wrong with them."""

    rows: list[Registration] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    """Row as Excel shows it, and what to mend there."""

    def fault(self, row: int, text: str) -> None:
        """Note something to mend."""
        self.faults.append((row, text))


def read_register(path: Path, name: str, codes: frozenset[str], year: int) -> Register:
    """Read a register.

    Parameters
    ----------
    path : pathlib.Path
    name : str
        How messages call the file.
    codes : frozenset of str
        Numbers of the papers that the plan asks for.
    year : int
        Year of the register, for days written without one.

    Raises
    ------
    InputError
        If the workbook cannot be read, or no sheet has the register's header.
    """
    register = Register()
    for sheet in read_sheets(path, name):
        found = _header(sheet)
        if found and not sheet.is_hidden:
            row, indexes = found
            _speak_for_rows_below(sheet, row, indexes["requirement"])
            _report_unknown(sheet, row, indexes, register)
            for number in range(row + 1, len(sheet.rows)):
                _read_row(sheet, number, indexes, codes, year, register)
            return register
    raise InputError(
        _(
            "文件 {file} 里没有登记表：表头应有“应交材料”和“文件”两列。"
            "请恢复表头，或把文件移走后运行 make ledger 得到空白登记表"
        ).format(file=name)
    )


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """Return the row of the header and where each column stands, or None."""
    names = {compact(label): name for name, label in COLUMNS.items()}
    for number, row in enumerate(sheet.rows[:ROWS_ABOVE]):
        labels = [names.get(compact(text_of(cell).partition("（")[0]), "") for cell in row]
        indexes = {name: index for index, name in reversed(list(enumerate(labels))) if name}
        if {"requirement", "file"} <= set(indexes):
            return number, indexes
    return None


def _speak_for_rows_below(sheet: Sheet, header: int, column: int) -> None:
    """Let a merged cell of the papers asked for speak for all the rows that it spans."""
    for (top, left), (bottom, _right) in sheet.merged:
        if left != column or top <= header:
            continue
        for row in sheet.rows[top + 1 : bottom + 1]:
            row.extend([None] * (column + 1 - len(row)))
            row[column] = sheet.rows[top][column]


def _report_unknown(
    sheet: Sheet, header: int, indexes: Mapping[str, int], register: Register
) -> None:
    for index, cell in enumerate(sheet.rows[header]):
        if index not in indexes.values() and (label := text_of(cell).strip()):
            text = _("不认识的列“{label}”，未读入")
            register.fault(header + 1, text.format(label=label))


def _read_row(
    sheet: Sheet,
    number: int,
    indexes: Mapping[str, int],
    codes: frozenset[str],
    year: int,
    register: Register,
) -> None:
    row = sheet.rows[number]
    cells = {
        name: row[indexes[name]] if name in indexes and indexes[name] < len(row) else None
        for name in COLUMNS
    }
    said = {name: text_of(cell).strip() for name, cell in cells.items()}
    if not any(said.values()):
        return
    where = number + 1
    known = Registration(where, _code(said["requirement"], codes), said)
    if known.is_filled:
        _settle(known, said, cells["date"], year, register)
    register.rows.append(known)


def _settle(
    known: Registration, said: dict[str, str], date: Cell, year: int, register: Register
) -> None:
    """Write what a filled row says in one form, and note what it says wrongly."""
    if not known.code and said["requirement"]:
        text = _("没有“{name}”这一项应交材料，请从下拉列表选择")
        register.fault(known.row, text.format(name=said["requirement"]))
    elif not known.code:
        register.fault(known.row, _("没有选应交材料，不能算作哪一份已有"))
    said["form"] = _form(said["form"], known.row, register)
    said["date"] = _date(date, said["date"], year, known.row, register)
    said["sha256"] = said["sha256"].casefold()
    if said["sha256"] and not HASH.fullmatch(said["sha256"]):
        register.fault(known.row, _("SHA-256 应为 64 位十六进制数，未采用"))
        said["sha256"] = ""


def _code(text: str, codes: frozenset[str]) -> str:
    found = CODE.match(text)
    code = f"{int(found[1]):02d}-{int(found[2])}" if found else ""
    return code if code in codes else ""


def _form(text: str, row: int, register: Register) -> str:
    said = compact(text)
    for name, label in FORMS.items():
        if said in {name, label, label.removesuffix("件")}:
            return name
    if said:
        told = _("“原件/复印件”应为其中之一，收到“{given}”")
        register.fault(row, told.format(given=text))
    return ""


def _date(cell: Cell, text: str, year: int, row: int, register: Register) -> str:
    """Return a day, or the month or year that is all that a paper says of its making."""
    for reading in _readings(cell, year):
        if isinstance(reading, dt.datetime):
            return reading.date().isoformat()
        if isinstance(reading, str):
            return reading
    if text:
        told = _("日期“{given}”读不出，请写成 {year}-01-03、{year}-01 或 {year}")
        register.fault(row, told.format(given=text, year=year))
    return ""


def _readings(cell: Cell, year: int) -> Iterator[object]:
    yield read_date(cell, year).value
    yield read_period(cell, year).value
