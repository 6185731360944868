"""The workbook of one month (调度表): a sheet a department, every commitment already in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ecoreport import store
from ecoreport.config.catalogue import Catalogue
from ecoreport.config.layouts import Column, Dataset
from ecoreport.config.models import Department
from ecoreport.config.vocabulary import Maturity
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.ingest.cells import text_of
from ecoreport.ingest.templates import GUIDE_SHEET, HEADER_FILL
from ecoreport.observe.progress import DATASET, parts_of
from ecoreport.observe.rows import text_in
from ecoreport.project import Pair, Project
from ecoreport.remind.asked import Asked, asked_of
from ecoreport.remind.outstanding import History, histories_of
from ecoreport.workbooks import safe_text, sheet_title, stable_bytes

HEADER_ROW: Final = 2
A4: Final = 9
GREY: Final = Font(color="7F7F7F")
GREY_FILL: Final = PatternFill("solid", fgColor="F2F2F2")
LINE: Final = Side(style="thin", color="BFBFBF")
BORDER: Final = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
WRAPPED: Final = Alignment(wrap_text=True, vertical="center")

NUMBER, INDICATOR, OTHERS = "序号", "指标", "其他责任单位"
LAST_STATUS, LAST_VALUE = "上期状态", "上期数值"
WIDTHS: Final[Mapping[str, int]] = {
    NUMBER: 5, "commitment": 14, "title": 28, "target": 20, "deadline": 11, INDICATOR: 24,
    "period": 9, "department": 12, OTHERS: 16, LAST_STATUS: 12, LAST_VALUE: 11, "unit": 8,
    "status": 12, "value": 12, "date": 12, "evidence_file": 22, "document": 18,
    "document_number": 16, "basis": 12, "remark": 26, "filled_by": 10, "checked_by": 10,
    "maturity": 10,
}  # fmt: skip
"""The columns in their order: of the dataset, and between them what people only look at."""


def write_workbook(
    project: Project,
    pair: Pair,
    catalogue: Catalogue,
    period: str,
    known: pd.DataFrame | None = None,
) -> Path | None:
    """Write the workbook of a month into the folder of raw data.

    Parameters
    ----------
    project : Project
    pair : Pair
    catalogue : Catalogue
    period : str
        A month of the year: ``2018-06``.
    known : pandas.DataFrame, optional
        Rows of ``progress`` that came back earlier: what they said last stands in grey.

    Returns
    -------
    pathlib.Path or None
        None where it stands there already: it may be filled in, and is left alone.

    Raises
    ------
    InputError
        If no plan asks anything of the district in that year.
    """
    dataset = catalogue.datasets[DATASET]
    path = project.raw(pair) / f"{dataset.zh}_{period}.xlsx"
    if path.exists():
        return None
    asked = asked_of(catalogue, pair)
    if not asked:
        raise InputError(_("{pair} 没有要调度的任务：没有在这一年适用的方案").format(pair=pair))
    place = catalogue.districts[pair.district].name_zh
    save(path, _Book(dataset, place, period, asked, histories_of(known)).workbook())
    return path


def save(path: Path, book: Workbook) -> None:
    """Put a workbook in its place: equal content gives equal bytes."""
    content = stable_bytes(book)
    store.write_aside(path, lambda aside: aside.write_bytes(content))


def month_in_words(period: str) -> str:
    """Write ``2018-06`` as people say it."""
    year, month = map(int, period.split("-"))
    return _("{year}年{month}月").format(year=year, month=month)


def put(cell: Cell, content: str | int, font: Font | None = None) -> None:
    """Write text or a number into a cell; text never becomes a formula."""
    cell.value = safe_text(content) if isinstance(content, str) else content
    if isinstance(content, str):
        cell.data_type = "s"
    cell.border, cell.alignment = BORDER, WRAPPED
    if font is not None:
        cell.font = font


@dataclass(frozen=True)
class _Book:
    dataset: Dataset
    place: str
    """Name of the district."""
    period: str
    asked: Sequence[Asked]
    histories: Mapping[str, History]

    def workbook(self) -> Workbook:
        book = Workbook()
        book.remove(book.worksheets[0])
        by_department: dict[str, list[Asked]] = {}
        for one in self.asked:
            by_department.setdefault(one.department.id, []).append(one)
        for asked in by_department.values():
            department = asked[0].department
            self._fill(
                book.create_sheet(sheet_title(department.zh, book.sheetnames)), department, asked
            )
        self._guide(book.create_sheet(GUIDE_SHEET))
        return book

    @cached_property
    def _columns(self) -> dict[str, Column]:
        return {one.name: one for one in self.dataset.columns}

    def _is_open(self, name: str) -> bool:
        """Whether the department fills the column in."""
        return name in self._columns and not self._columns[name].is_prefilled

    def _fill(self, sheet: Worksheet, department: Department, asked: Sequence[Asked]) -> None:
        title = _("{district}{month}工作调度表（{department}）").format(
            district=self.place, month=month_in_words(self.period), department=department.zh
        )
        # Not merged: whoever deletes this row leaves the head of the table whole.
        sheet["A1"].value, sheet["A1"].font = safe_text(title), Font(bold=True, size=14)
        for place, name in enumerate(WIDTHS, start=1):
            head = sheet.cell(HEADER_ROW, place)
            put(head, self._columns[name].zh if name in self._columns else name, Font(bold=True))
            head.fill = HEADER_FILL if self._is_open(name) else GREY_FILL
            sheet.column_dimensions[get_column_letter(place)].width = WIDTHS[name]
        for number, one in enumerate(asked, start=1):
            self._write(sheet, HEADER_ROW + number, {NUMBER: number, **self._known(one)})
        self._offer(sheet, HEADER_ROW + len(asked))
        _protect(sheet)
        _lay_out(sheet)

    def _write(self, sheet: Worksheet, row: int, known: Mapping[str, str | int]) -> None:
        for place, name in enumerate(WIDTHS, start=1):
            cell = sheet.cell(row, place)
            is_open = self._is_open(name)
            put(cell, known.get(name, ""), None if is_open or name == "title" else GREY)
            cell.protection = Protection(locked=not is_open)
            if not is_open:
                cell.fill = GREY_FILL

    def _known(self, asked: Asked) -> dict[str, str]:
        """Return what stands in a row before anybody fills it in."""
        commitment, indicator = asked.commitment, asked.indicator
        coverage = _("（口径：{coverage}）").format(coverage=indicator.coverage)
        history = self.histories.get(commitment.id)
        last_period, last = (history and history.before(self.period)) or ("", {})
        value = last.get("value")
        figure = "" if pd.isna(value) else f"{text_of(value)} {indicator.unit}".strip()
        return {
            "commitment": commitment.id,
            "title": commitment.title_zh,
            "target": asked.target,
            "deadline": asked.deadline_text,
            INDICATOR: indicator.zh + (coverage if indicator.coverage else ""),
            "period": self.period,
            "department": asked.department.zh,
            OTHERS: _("、").join(one.zh for one in asked.others),
            LAST_STATUS: f"{last_period} {self._status(text_in(last, 'status'))}".strip(),
            LAST_VALUE: figure,
            "unit": indicator.unit,
        }

    def _status(self, word: str) -> str:
        return self._columns["status"].choices[word][0] if word else ""

    def _choices(self, name: str) -> list[str]:
        """Return what a drop-down offers: never that data are invented."""
        return [
            forms[0]
            for word, forms in self._columns[name].choices.items()
            if word != Maturity.DEMONSTRATION.value
        ]

    def _offer(self, sheet: Worksheet, last_row: int) -> None:
        for place, name in enumerate(WIDTHS, start=1):
            if not self._is_open(name) or not (choices := self._choices(name)):
                continue
            words = ",".join(choices)
            validation = DataValidation(
                type="list",
                formula1=f'"{words}"',
                allow_blank=True,
                showErrorMessage=True,
                error=_("请从下拉列表中选择：{words}").format(words=words),
            )
            letter = get_column_letter(place)
            validation.add(f"{letter}{HEADER_ROW + 1}:{letter}{last_row}")
            sheet.add_data_validation(validation)

    def _guide(self, guide: Worksheet) -> None:
        for row, line in enumerate(self._remarks(), start=1):
            put(guide.cell(row, 1), line)
        guide.column_dimensions["A"].width = 100

    def _remarks(self) -> Iterator[str]:
        yield _("只填白色的列；灰色的列由程序写好，请勿改动。一行一项任务，不增删、不改编号。")
        yield _("完成状态：{choices}。").format(choices=_("、").join(self._choices("status")))
        yield _("数值：截至{month}底的累计数，按“指标”列的含义和“单位”列的单位填写。").format(
            month=month_in_words(self.period)
        )
        if any(parts_of(one.commitment) for one in self.asked):
            yield _("逐月、逐季、逐半年的任务：填本月、本季、本半年的状态和数值，不累计。")
        yield _("日期：情况截至哪一天；已完成的写完成的日期。")
        yield _("证明材料：文件名，放在本年度文件夹内，不写盘符和上级文件夹。")
        yield _("审核人：没有审核人的完成状态按待认定处理。")
        yield _("数据性质：不填按快报。核定数另存一份，文件名后加“_核定”，选“核定”；快报数保留。")
        yield _("没有进展也要填状态。状态和数值都不填的任务按未报送，列入催报单。")


def _protect(sheet: Worksheet) -> None:
    """Lock what nobody should change, without a password; widths, filters and sorting are free."""
    sheet.protection.sheet = True
    for name in ("formatColumns", "formatRows", "autoFilter", "sort"):
        setattr(sheet.protection, name, False)


def _lay_out(sheet: Worksheet) -> None:
    """Let the head and the titles stay in sight; print on A4 across, all columns on one page."""
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 4)
    sheet.print_title_rows = f"1:{HEADER_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
