"""The workbook as it opens and prints."""

from __future__ import annotations

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from papers import WHOLE, Bureau

from ecoreport.config.catalogue import Catalogue
from ecoreport.project import Project


def texts(sheet: Worksheet) -> list[list[object]]:
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def test_sheets_for_each_year_what_is_missing_and_what_is_to_be_done(
    project: Project, catalogue: Catalogue
) -> None:
    bureau = Bureau(project, catalogue, 2017)
    bureau.run(2016, 2017)
    bureau.put("规划.pdf")
    row = bureau.write("01-1", **{**WHOLE, "pages": "", "file": "规划.pdf"})
    book = load_workbook(bureau.run(2016, 2017).path)
    assert book.sheetnames == ["总目录", "2016年", "2017年", "缺失清单", "待处理"]
    line = next(one for one in texts(book["2017年"]) if one[:1] == ["01-1"])
    assert line[3:9] == [
        "已登记",
        "HL-001",
        WHOLE["title"],
        WHOLE["document_number"],
        "区政府",
        "2016-03",
    ]
    assert ["2017年", 60, 1, 0, 59] in texts(book["总目录"])
    pending = texts(book["待处理"])
    assert [
        2017,
        "登记不全",
        "01 生态制度/01 生态文明建设规划/规划.pdf",
        "登记缺页码",
    ] in pending, row
    missing = texts(book["缺失清单"])
    assert ["海陵环保局：缺 51 份"] in missing
    assert "4月底 2018-04-30、5月底 2018-05-31" in missing[3]
    assert len(book["缺失清单"].row_breaks.brk) == 13


def test_sheets_are_made_for_a4(project: Project, catalogue: Catalogue) -> None:
    book = load_workbook(Bureau(project, catalogue).run().path)
    for sheet in book:
        assert sheet.page_setup.paperSize == 9
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (
            True,
            0,
        )
        letters = sum(one.width for one in sheet.column_dimensions.values())
        is_wide = sheet.page_setup.orientation == "landscape"
        # More would be printed at less than 60 per cent of its size.
        assert letters < (250 if is_wide else 170)
    year = book["2016年"]
    assert (year.print_title_rows, year.freeze_panes) == ("$2:$2", "A3")
    heights = [year.row_dimensions[number].height for number in range(1, year.max_row + 1)]
    assert max(heights) <= 409
    long = next(row for row in year.iter_rows() if row[0].value == "09-1")
    assert year.row_dimensions[long[0].row].height > 2 * 14
