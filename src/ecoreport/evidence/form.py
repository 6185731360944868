"""The empty register (登记表) that people fill in: papers asked for, lists to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ecoreport.config.catalogue import Catalogue, CompletePlan
from ecoreport.evidence.register import COLUMNS, FORMS, GIVEN
from ecoreport.evidence.required import Required, required_papers
from ecoreport.workbooks import stable_bytes

WIDTHS: Final[Mapping[str, int]] = {
    "requirement": 34,
    "indicator": 24,
    "owner": 13,
    "number": 12,
    "title": 30,
    "document_number": 20,
    "issuer": 18,
    "date": 12,
    "pages": 8,
    "form": 12,
    "file": 34,
    "sha256": 16,
    "remark": 24,
}
OPTIONS_SHEET: Final = "选项"
REGISTER_SHEET: Final = "登记表"
GUIDE_SHEET: Final = "填表说明"
LAST_ROW: Final = 5_000
HEADER_FILL: Final = PatternFill("solid", fgColor="E3EFEA")
GIVEN_FILL: Final = PatternFill("solid", fgColor="F5F5F5")
LINE: Final = Side(style="thin", color="BFBFBF")
GUIDE: Final = (
    "一行登记一份材料。同一项应交材料有几份时，插入一行，在“应交材料”栏再选一次。",
    "灰底三栏已填好，不必改。其余各栏照下面填：",
    "编号：本单位的档案编号，不重复。",
    "材料名称、文号、形成单位：照材料上写。没有文号的留空。",
    "日期：材料形成的日期，可只写到月或年，如 2016-03 或 2016。",
    "页码：总页数，或起止页，如 1-12。",
    "文件：电子文件的名称。文件放进与本表同一文件夹下对应领域、指标的文件夹。",
    "同名的文件要写出文件夹，如 01 领域/03 指标/方案.pdf。",
    "几年共用一份的，写年份和路径，如 2016/01 领域/01 指标/规划.pdf。",
    "SHA-256：不必填，程序第一次见到登记的文件时记下，文件后来有变动会列出。",
    "确认变动后的文件无误时，把总目录里的新值填在 SHA-256 栏。",
    "缺少的材料：其余各栏留空，在备注里写原因。",
    "填好存盘，运行 make ledger。程序不改动本表。",
)
"""In Chinese whatever the language of the run: the register is a form of the bureau."""


def register_bytes(catalogue: Catalogue, plan: CompletePlan) -> bytes:
    """Return the empty register of a year as .xlsx."""
    papers = required_papers(plan)
    book = Workbook()
    sheet: Worksheet = book.active
    sheet.title = REGISTER_SHEET
    _fill(sheet, papers, catalogue)
    _guide(book.create_sheet(GUIDE_SHEET))
    options = book.create_sheet(OPTIONS_SHEET)
    for row, paper in enumerate(papers, start=1):
        options.cell(row, 1).value = chosen(paper)
    options.sheet_state = "hidden"
    _offer(sheet, "requirement", f"{OPTIONS_SHEET}!$A$1:$A${len(papers)}")
    _offer(sheet, "form", f'"{",".join(FORMS.values())}"')
    _for_paper(sheet)
    return stable_bytes(book)


def chosen(paper: Required) -> str:
    """Return how the register's list names a paper; its title keeps Excel from seeing a date."""
    return f"{paper.code} {paper.requirement.title_zh}"


def _fill(sheet: Worksheet, papers: Sequence[Required], catalogue: Catalogue) -> None:
    sheet.append(list(COLUMNS.values()))
    for paper in papers:
        given = {
            "requirement": chosen(paper),
            "indicator": f"{paper.seq:02d} {paper.commitment.title_zh}",
            "owner": catalogue.departments[paper.owner].zh,
        }
        sheet.append([given.get(name) for name in COLUMNS])
    border = Border(LINE, LINE, LINE, LINE)
    for row in sheet.iter_rows(min_row=1, max_row=len(papers) + 1, max_col=len(COLUMNS)):
        for cell, name in zip(row, COLUMNS, strict=True):
            cell.border = border
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            # As text Excel leaves 1-12, 001 and 2016-03 as they are typed.
            cell.number_format = "@"
            if cell.row == 1:
                cell.font, cell.fill = Font(bold=True), HEADER_FILL
            elif name in GIVEN:
                cell.fill = GIVEN_FILL
    for number, name in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS[name]
    sheet.freeze_panes = "B2"


def _offer(sheet: Worksheet, name: str, formula: str) -> None:
    letter = get_column_letter(list(COLUMNS).index(name) + 1)
    validation = DataValidation(type="list", formula1=formula, allow_blank=True)
    validation.add(f"{letter}2:{letter}{LAST_ROW}")
    sheet.add_data_validation(validation)


def _guide(guide: Worksheet) -> None:
    guide.column_dimensions["A"].width = 100
    for line in GUIDE:
        guide.append([line])
        guide.cell(guide.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")


def _for_paper(sheet: Worksheet) -> None:
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.orientation = Worksheet.ORIENTATION_LANDSCAPE
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:1"
