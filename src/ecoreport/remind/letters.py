"""A letter for each department that owes something (催报单), printable on A4."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.models import Department
from ecoreport.i18n import _, current_locale
from ecoreport.ingest.templates import HEADER_FILL
from ecoreport.labels import STATUS_WORDS
from ecoreport.project import Pair, Project
from ecoreport.remind.asked import Asked, asked_of
from ecoreport.remind.workbook import A4, month_in_words, put, save
from ecoreport.workbooks import safe_text

FOLDER: Final = "reminders"
NOT_FOR_NAMES: Final = re.compile(r"[^\w()（）、-]")
WIDTHS: Final = (6, 40, 26, 13, 22)
"""Of number, title, target, deadline and what was reported last: as wide as A4 is."""
BLANK: Final = "＿" * 10


def write_reminders(
    project: Project, pair: Pair, catalogue: Catalogue, owed: pd.DataFrame, period: str
) -> list[Path]:
    """Write one letter for each department that has not reported on everything.

    Letters of an earlier run on the same month go away: what is there is what is owed now.

    Parameters
    ----------
    project : Project
    pair : Pair
    catalogue : Catalogue
    owed : pandas.DataFrame
        What :func:`~ecoreport.remind.outstanding.outstanding` returned for `period`.
    period : str
        A month of the year: ``2018-06``.

    Returns
    -------
    list of pathlib.Path
        Below ``data/processed/<district>/<year>/reminders/<period>``.
    """
    folder = project.processed(pair) / FOLDER / period
    for old in folder.glob("*.xlsx"):
        old.unlink()
    asked = {one.commitment.id: one for one in asked_of(catalogue, pair)}
    place = str(getattr(catalogue.districts[pair.district], f"name_{current_locale()}"))
    written = []
    for name, rows in owed.groupby("department", sort=False):
        if rows["is_reported"].all():
            continue
        department = catalogue.departments[str(name)]
        letter = _Letter(place, department, period, rows, asked)
        save(folder / letter.file_name, letter.workbook())
        written.append(folder / letter.file_name)
    return written


@dataclass(frozen=True)
class _Letter:
    place: str
    department: Department
    period: str
    rows: pd.DataFrame
    asked: dict[str, Asked]

    @property
    def _name(self) -> str:
        return str(getattr(self.department, current_locale()))

    @property
    def file_name(self) -> str:
        name = _("催报单_{department}_{period}").format(department=self._name, period=self.period)
        return NOT_FOR_NAMES.sub("_", name) + ".xlsx"

    def workbook(self) -> Workbook:
        book = Workbook()
        sheet: Worksheet = book.worksheets[0]
        sheet.title = _("催报单")
        self._head(sheet)
        first = sheet.max_row + 1
        self._table(sheet, first)
        self._signatures(sheet)
        _lay_out(sheet, first)
        return book

    def _head(self, sheet: Worksheet) -> None:
        n_missing = int((~self.rows["is_reported"]).sum())
        title = _("{district}{month}工作调度催报单").format(
            district=self.place, month=month_in_words(self.period)
        )
        _line(sheet, title, Font(bold=True, size=16), is_centred=True)
        _line(sheet, _("{department}：").format(department=self._name), Font(bold=True, size=12))
        text = _(
            "{month}工作调度，你单位应报 {asked} 项，已报 {reported} 项，尚有 {missing} 项未报送，"
            "列于下表。请于 {blank} 前补报，并填写完成状态、数值、证明材料、填表人和审核人。"
        ).format(
            month=month_in_words(self.period),
            asked=len(self.rows),
            reported=len(self.rows) - n_missing,
            missing=n_missing,
            blank=BLANK,
        )
        _line(sheet, text, Font(size=12), height=48)

    def _table(self, sheet: Worksheet, first: int) -> None:
        heads = (_("序号"), _("任务"), _("目标"), _("时限"), _("上次报送"))
        for place, head in enumerate(heads, start=1):
            put(sheet.cell(first, place), head, Font(bold=True))
            sheet.cell(first, place).fill = HEADER_FILL
        missing = self.rows[~self.rows["is_reported"]]
        for number, row in enumerate(missing.to_dict("records"), start=1):
            one = self.asked[row["commitment"]]
            title = str(getattr(one.commitment, f"title_{current_locale()}"))
            last = _last(row["last_period"], row["last_status"])
            texts = (title, one.target, one.deadline_text, last)
            put(sheet.cell(first + number, 1), number)
            for place, content in enumerate(texts, start=2):
                put(sheet.cell(first + number, place), content)

    def _signatures(self, sheet: Worksheet) -> None:
        sheet.append([])
        for left, right in (
            (_("催报单位（盖章）："), _("责任单位签收人：")),
            (_("经办人及电话："), _("单位负责人：")),
            (_("日期："), _("日期：")),
        ):
            row = sheet.max_row + 1
            for place, text in ((1, left), (3, right)):
                sheet.cell(row, place).value = text + BLANK
            sheet.row_dimensions[row].height = 32


def _last(period: str, status: str) -> str:
    """Tell what was reported before: the month and the status."""
    if not period:
        return _("未报送过")
    return f"{period} {_(STATUS_WORDS.get(status, ''))}".strip()


def _line(
    sheet: Worksheet, text: str, font: Font, height: int = 26, *, is_centred: bool = False
) -> None:
    """Write a line across the sheet below what stands there."""
    row = sheet.max_row + 1 if sheet["A1"].value else 1
    cell = sheet.cell(row, 1)
    cell.value, cell.font = safe_text(text), font
    horizontal = "center" if is_centred else "left"
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal=horizontal)
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(WIDTHS))
    sheet.row_dimensions[row].height = height


def _lay_out(sheet: Worksheet, header_row: int) -> None:
    """Print on A4 upright, all columns on one page, the head of the table on each."""
    for place, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "portrait", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P / &N"
