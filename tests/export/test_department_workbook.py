"""The workbook that goes to departments: one sheet each, an answer to choose."""

import datetime as dt
import io

import openpyxl
import pytest

from ecoreport.config.load import load_catalogue
from ecoreport.departments import WORKBOOK
from ecoreport.export import downloads
from ecoreport.judging import judge_pair
from ecoreport.observed import Observed
from ecoreport.project import Pair, Project
from ecoreport.validate.finding import Validation

CATALOGUE = load_catalogue(Project.here())
PAIR = Pair("wuxi", 2018)
ANSWERS = "认可,异议,补充佐证"


@pytest.fixture(scope="module")
def assessment():
    nothing = Observed((), (), Validation(), frozenset())
    return judge_pair(CATALOGUE, PAIR, None, {PAIR: nothing}, "")


def workbook(assessment, locale):
    content = downloads(assessment, CATALOGUE, locale)[WORKBOOK]
    return openpyxl.load_workbook(io.BytesIO(content))


def test_each_department_has_a_sheet_with_all_its_commitments(assessment):
    book = workbook(assessment, "zh")
    assert book.sheetnames[0] == "填表说明"
    assert {"市环保局", "市农委", "各市（县）、区政府"} <= set(book.sheetnames)
    named = {
        name for plan in CATALOGUE.plans_binding("wuxi")
        for one in plan.commitments for name in one.responsible
    }  # fmt: skip
    assert len(book.sheetnames) == len(named) + 1
    counted = [
        one for one in CATALOGUE.plans["wuxi-2018"].commitments
        if "wuxi-agriculture" in one.responsible
    ]  # fmt: skip
    assert book["市农委"].max_row == len(counted) + 1


def test_the_answer_is_chosen_and_the_rest_is_filled_in(assessment):
    sheet = workbook(assessment, "zh")["市环保局"]
    header = [cell.value for cell in sheet[1]]
    (validation,) = sheet.data_validations.dataValidation
    assert validation.formula1 == f'"{ANSWERS}"'
    column = header.index("答复") + 1
    assert sheet.cell(2, column).coordinate in validation.cells
    assert sheet.cell(sheet.max_row, column).coordinate in validation.cells
    assert header[column - 1 :] == ["答复", "说明", "佐证材料名称", "文号", "填写人", "日期"]
    for row in sheet.iter_rows(min_row=2, min_col=column):
        assert [cell.value for cell in row] == [None] * len(row)


def test_a_row_says_what_is_missing_and_by_when(assessment):
    sheet = workbook(assessment, "zh")["市环保局"]
    header = [cell.value for cell in sheet[1]]
    rows = [dict(zip(header, row, strict=True)) for row in sheet.values][1:]
    missing = next(row for row in rows if row["结论"] == "未报送")
    assert missing["报到哪里"].endswith("_2018.xlsx（各责任单位）")
    assert dt.date.fromisoformat(missing["时限"]).year == 2018
    assert missing["列名"].startswith("第")


def test_english_names_fit_their_sheets(assessment):
    names = workbook(assessment, "en").sheetnames
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= 31 for name in names)
