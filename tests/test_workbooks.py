import csv
import datetime as dt
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from ecoreport.workbooks import (
    LONGEST_TEXT,
    Table,
    csv_bytes,
    safe_text,
    stable_bytes,
    workbook_bytes,
)

TABLE = Table(
    "数值",
    ("名称", "数值", "日期"),
    [
        ("=1+1", Decimal("-0.50"), dt.date(2018, 9, 30)),
        ("#N/A", 45, None),
        ("第一行\n第二行", Decimal("1E+2"), None),
        ("", None, None),
    ],
)


def read_csv(content):
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_sheet(content, title):
    return openpyxl.load_workbook(io.BytesIO(content))[title]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+86", "-1", "@SUM(A1)", "\tx", "\rx", "\n=x", " =1+1", "\u3000=1+1", "＝1+1", "－1"],
)
def test_text_that_a_spreadsheet_takes_for_a_formula(text):
    assert safe_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "−0.5", "≥55", "a=b", "23 ÷ 45 × 100", "'x", "2018-01"])
def test_other_text_stays_as_it_is(text):
    assert safe_text(text) == text


@given(st.text(st.characters(codec=None)))
def test_any_text_can_be_written_and_begins_no_formula(text):
    table = Table("x", ("名称",), [(text,)])
    (_header, *rows) = read_csv(csv_bytes(table))
    written = rows[0][0] if rows and rows[0] else ""
    assert not written.lstrip().startswith(("=", "+", "-", "@"))
    cell = read_sheet(workbook_bytes([table]), "x")["A2"]
    assert cell.data_type in {"s", "n"}
    assert cell.value is None or isinstance(cell.value, str)


def test_a_csv_opens_in_excel():
    content = csv_bytes(TABLE)
    assert content.count(b"\r\n") == 5
    assert read_csv(content) == [
        ["名称", "数值", "日期"],
        ["'=1+1", "-0.50", "2018-09-30"],
        ["#N/A", "45", ""],
        ["第一行\n第二行", "100", ""],
        ["", "", ""],
    ]


def test_a_workbook_holds_true_numbers_and_no_formula():
    sheet = read_sheet(workbook_bytes([TABLE]), "数值")
    number = sheet["B2"]
    assert (number.value, number.data_type, number.number_format) == (-0.5, "n", "0.00")
    assert (sheet["B3"].value, sheet["B3"].number_format) == (45, "0")
    assert sheet["C2"].value == dt.datetime(2018, 9, 30)
    assert [cell.data_type for cell in sheet["A"]] == ["s"] * 4
    assert sheet["A2"].value == "'=1+1"
    assert sheet["A3"].value == "#N/A"


def test_a_workbook_is_made_to_be_read():
    sheet = read_sheet(workbook_bytes([TABLE]), "数值")
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C5"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["A"].width >= 8


def test_text_too_long_for_a_cell_is_cut_and_says_so():
    table = Table("x", ("名称",), [("长" * (LONGEST_TEXT + 1),)])
    value = read_sheet(workbook_bytes([table]), "x")["A2"].value
    assert (len(value), value[-1]) == (LONGEST_TEXT, "…")
    assert len(read_csv(csv_bytes(table))[1][0]) == LONGEST_TEXT + 1


def test_the_same_workbook_is_the_same_bytes():
    content = workbook_bytes([TABLE])
    assert content == workbook_bytes([TABLE])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")
    book = Workbook()
    book.active["A1"] = "一"
    assert openpyxl.load_workbook(io.BytesIO(stable_bytes(book))).active["A1"].value == "一"


def test_a_table_without_rows_keeps_its_header():
    empty = Table("空", ("甲", "乙"), [])
    assert read_csv(csv_bytes(empty)) == [["甲", "乙"]]
    assert [cell.value for cell in read_sheet(workbook_bytes([empty]), "空")[1]] == ["甲", "乙"]
