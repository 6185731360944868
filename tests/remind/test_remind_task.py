"""`make templates PERIOD=…` and `make remind` as they are run."""

import pytest
from whole_runs import assert_told, ecoreport

from ecoreport.project import Pair

GIVEN = {"DISTRICT": "hailing", "YEAR": "2018"}


@pytest.mark.parametrize("period", ["2018-13", "2017-06", "6月", "../2018-06", "2018-06; touch x"])
def test_a_period_that_is_no_month_of_the_year_writes_nothing(project, period):
    assert_told(ecoreport(project.root, "templates", **GIVEN, PERIOD=period), 2, "PERIOD")
    assert not (project.root / "data").exists()


def test_a_month_goes_out_comes_back_and_is_complete(project, templates):
    assert_told(ecoreport(project.root, "remind", **GIVEN), 2, "PERIOD=2018-06")
    said = ecoreport(project.root, "templates", **GIVEN, PERIOD="2018-06")
    assert_told(said, 0, "工作调度_2018-06.xlsx", "上报指标值_2018.xlsx")
    said = ecoreport(project.root, "remind", **GIVEN, PERIOD="2018-06")
    assert_told(said, 1, "没有收到任何调度数据", "区农委", "已写入 14 份催报单")

    (project.raw(Pair("hailing", 2018)) / "工作调度_2018-06.xlsx").unlink()
    book = templates()
    for sheet in book.book.worksheets[:-1]:
        for row in range(3, sheet.max_row + 1):
            sheet.cell(row, 13).value = "正在推进"
    book.save()
    said = ecoreport(project.root, "remind", **GIVEN, PERIOD="2018-06")
    assert_told(said, 0, "2018年6月应报的 44 项已全部报送")
    before = book.path.read_bytes()
    assert_told(ecoreport(project.root, "templates", **GIVEN, PERIOD="2018-06"), 0, "未覆盖")
    assert book.path.read_bytes() == before
