"""What goes back to a department: its rows at fault as it sent them, with reason and advice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.layouts import Dataset
from ecoreport.config.vocabulary import Severity
from ecoreport.errors import InputError
from ecoreport.i18n import _, current_locale
from ecoreport.ingest.cells import text_of
from ecoreport.ingest.files import Sheet, read_sheets
from ecoreport.ingest.gather import Ingested
from ecoreport.ingest.headers import Header, HeaderReader
from ecoreport.ingest.units import Units
from ecoreport.project import Pair, Project
from ecoreport.store import write_aside
from ecoreport.validate.finding import Finding, Validation
from ecoreport.validate.shown import STATES, place_of
from ecoreport.workbooks import LONGEST_TEXT, safe_text, sheet_title, stable_bytes

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

FOLDER: Final = "returned"
MOST_ROWS: Final = 1_048_000
"""Rows of a sheet; Excel takes 1,048,576."""
FAULT_COLOUR: Final = "FFF2B8"
REASON_WIDTH, ADVICE_WIDTH, CELL_WIDTH = 48, 36, 14

Sheets = dict[str, Sheet]


@dataclass
class Row:
    """A row at fault.

    Attributes
    ----------
    columns : set of str
        Columns at fault, by canonical name or header; empty for the whole row.
    """

    reasons: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)
    is_stop: bool = False


def write_returned(
    project: Project,
    pair: Pair,
    catalogue: Catalogue,
    ingested: Ingested,
    validation: Validation,
) -> list[Path]:
    """Write one workbook for each dataset that was stopped, below ``data/processed``.

    Workbooks of an earlier run go away: what is there is what has to be sent back now.

    Returns
    -------
    list of pathlib.Path
    """
    folder = project.processed(pair) / FOLDER
    for old in folder.glob("*.xlsx"):
        old.unlink()
    written = []
    for name in sorted(validation.stopped_datasets & catalogue.datasets.keys()):
        returned = _Returned(
            project, pair, catalogue, catalogue.datasets[name], ingested, validation
        )
        path = folder / returned.file_name
        write_aside(path, returned.save)
        written.append(path)
    return written


@dataclass(frozen=True)
class _Returned:
    """The workbook of one dataset."""

    project: Project
    pair: Pair
    catalogue: Catalogue
    dataset: Dataset
    ingested: Ingested
    validation: Validation
    read: dict[str, Sheets] = field(default_factory=dict)
    """Source files that were opened."""

    @property
    def file_name(self) -> str:
        return _("退回_{dataset}_{district}_{year}.xlsx").format(
            dataset=getattr(self.dataset, current_locale()),
            district=self._district,
            year=self.pair.year,
        )

    @property
    def _name(self) -> str:
        return str(getattr(self.dataset, current_locale()))

    @property
    def _district(self) -> str:
        return str(
            getattr(self.catalogue.districts[self.pair.district], f"name_{current_locale()}")
        )

    def save(self, path: Path) -> None:
        """Write the workbook."""
        from openpyxl import Workbook  # noqa: PLC0415 - slow to load, and few runs write one

        book = Workbook(write_only=True)
        self._write_cover(book.create_sheet(_("说明")))
        titles = {_("说明")}
        for (file, sheet), rows in self._rows_by_sheet().items():
            title = sheet_title(sheet or Path(file).stem, titles)
            titles.add(title)
            self._write_rows(book.create_sheet(title), file, sheet, rows)
        path.write_bytes(stable_bytes(book))

    def _findings(self) -> Iterator[Finding]:
        yield from (one for one in self.validation.findings if one.dataset == self.dataset.id)

    def _rows_by_sheet(self) -> dict[tuple[str, str], dict[int, Row]]:
        advice = {
            one.key: str(one.advice)
            for one in self.validation.checks
            if one.dataset == self.dataset.id
        }
        found: dict[tuple[str, str], dict[int, Row]] = {}
        for one in self._findings():
            if one.row is not None:
                row = found.setdefault((one.file, one.sheet), {}).setdefault(one.row, Row())
                row.reasons.append(str(one.reason))
                row.advice.append(advice.get(one.expectation, ""))
                row.columns.add(one.column)
                row.is_stop |= one.severity is Severity.STOP
        for place, number, reason in self._set_aside():
            row = found.setdefault(place, {}).setdefault(number, Row(is_stop=True))
            row.reasons = row.reasons or [_("{reason}，这一行未读入").format(reason=reason)]
        return found

    def _set_aside(self) -> Iterator[tuple[tuple[str, str], int, str]]:
        """Yield rows that were not read and stop: their findings name the first one only."""
        stops = [str(one.reason) for one in self._findings() if one.severity is Severity.STOP]
        for line in self.ingested.aside[self.dataset.id].to_dict("records"):
            if any(one.startswith(line["reason"]) for one in stops):
                place = (line["source_file"], line["source_sheet"])
                yield place, int(line["source_row"]), line["reason"]

    def _write_cover(self, sheet: WriteOnlyWorksheet) -> None:
        sheet.column_dimensions["A"].width = CELL_WIDTH
        for letter in "BCD":
            sheet.column_dimensions[letter].width = REASON_WIDTH
        sheet.append([_cell(sheet, _("数据退回通知"), is_bold=True)])
        for label, text in (
            (_("区域"), self._district),
            (_("年度"), str(self.pair.year)),
            (_("数据表"), self._name),
            (_("报送单位"), self.dataset.department),
            (_("请办理"), _("按各工作表的说明改正原表，重新报送整个文件；标色的格有问题")),
        ):
            sheet.append([_cell(sheet, label, is_bold=True), _cell(sheet, text)])
        sheet.append([])
        header = (_("结果"), _("校验"), _("所见"), _("处理建议"))
        sheet.append([_cell(sheet, one, is_bold=True) for one in header])
        for check in self.validation.checks:
            if check.dataset == self.dataset.id and not check.is_passed:
                texts = (
                    _(STATES[check.severity.value]),
                    str(check.description),
                    str(check.observed),
                    str(check.advice),
                )
                sheet.append([_cell(sheet, one, is_wrapped=True) for one in texts])
        self._write_whole_tables(sheet)

    def _write_whole_tables(self, sheet: WriteOnlyWorksheet) -> None:
        """Write the faults that no single row has."""
        found = [one for one in self._findings() if one.row is None]
        if not found:
            return
        sheet.append([])
        sheet.append([_cell(sheet, _("整张表的问题"), is_bold=True)])
        for one in found:
            label = _(STATES[one.severity.value])
            texts = (label, str(one.reason), place_of(one))
            sheet.append([_cell(sheet, text, is_wrapped=True) for text in texts])

    def _write_rows(
        self, sheet: WriteOnlyWorksheet, file: str, name: str, rows: dict[int, Row]
    ) -> None:
        source = self._sheets(file).get(name)
        header = self._headers.find(source, file) if source else None
        labels = _labels(source, header) if source and header else []
        for letter, width in zip("ABCD", (8, 8, REASON_WIDTH, ADVICE_WIDTH), strict=True):
            sheet.column_dimensions[letter].width = width
        sheet.freeze_panes = "A3"
        sheet.append([_cell(sheet, f"{file} · {name}", is_bold=True)])
        fixed = (_("行号"), _("结果"), _("原因"), _("处理建议"))
        sheet.append([_cell(sheet, one, is_bold=True) for one in (*fixed, *labels)])
        ordered = sorted(rows.items(), key=lambda one: (not one[1].is_stop, one[0]))
        for number, row in ordered[:MOST_ROWS]:
            is_inside = source is not None and number <= len(source.rows)
            cells = source.rows[number - 1] if source and is_inside else []
            at_fault = _places(row.columns, header)
            state = STATES["stop" if row.is_stop else "warning"]
            sheet.append(
                [
                    number,
                    _cell(sheet, _(state)),
                    _cell(sheet, _lines(row.reasons), is_wrapped=True),
                    _cell(sheet, _lines(row.advice), is_wrapped=True),
                    *(
                        _cell(sheet, text_of(cell), is_marked=index in at_fault)
                        for index, cell in enumerate(cells)
                    ),
                ]
            )

    @cached_property
    def _headers(self) -> HeaderReader:
        return HeaderReader(self.dataset, Units(self.project.params / "units.csv"))

    def _sheets(self, file: str) -> Sheets:
        """Return the sheets of a file as received; none where it can no longer be read."""
        if file not in self.read:
            try:
                sheets = read_sheets(self.project.root / file, file)
            except (InputError, OSError):
                sheets = []
            self.read[file] = {one.name: one for one in sheets}
        return self.read[file]


def _labels(source: Sheet, header: Header) -> list[str]:
    """Return the headers of all columns of a sheet, of those not understood too."""
    lowest = source.rows[header.last_row - 1]
    known = {one.index: one.label for one in header.headings.values()}
    width = max([len(lowest), *(index + 1 for index in known)])
    return [
        known.get(index) or (text_of(lowest[index]) if index < len(lowest) else "")
        for index in range(width)
    ]


def _places(columns: Iterable[str], header: Header | None) -> set[int]:
    """Return the places of columns that are named canonically, in Chinese or as labelled."""
    wanted = set(columns) - {""}
    headings = header.headings.values() if header else ()
    return {one.index for one in headings if wanted & {one.column.name, one.column.zh, one.label}}


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(filter(None, texts)))


def _cell(
    sheet: WriteOnlyWorksheet,
    text: str,
    *,
    is_bold: bool = False,
    is_wrapped: bool = False,
    is_marked: bool = False,
) -> Any:
    """Return a cell that holds text and nothing else: no formula, no error, no link."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415

    written = WriteOnlyCell(sheet, safe_text(text)[:LONGEST_TEXT])
    written.data_type = "s"
    written.font = Font(bold=is_bold)
    written.alignment = Alignment(vertical="top", wrap_text=is_wrapped)
    if is_marked:
        written.fill = PatternFill("solid", fgColor=FAULT_COLOUR)
    return written
