"""Tables of noise as monitoring stations and bureaus keep them."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest

from ecoreport.config.files import datasets_taking
from ecoreport.errors import InputError


def workbook(path, rows, merged=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for region in merged:
        book.active.merge_cells(region)
    book.save(path)
    return path


def test_a_table_of_functional_areas_with_title_two_heads_and_a_total(tmp_path, read):
    path = workbook(
        tmp_path / "2018年功能区声环境监测结果.xlsx",
        [
            ["2018年海陵区功能区声环境质量监测结果表"],
            ["序号", "测点名称", "功能区类别", "监测季度", "等效声级dB（A）", None, "达标情况"],
            [None, None, None, None, "昼间", "夜间", None],
            [1, "凤凰小区", "1类区", "第一季度", "５３.２", 44.1, "达标"],
            [2, "扬州路", "4a类", "2018年二季度", 69, "未测", "达标"],
            [3, "铁路边", "4类", "三季度", 66, 58, "超标"],
            ["平均", None, None, None, 62.7, 51, None],
            ["注：4类区未区分4a、4b"],
        ],
        ["A1:G1", "E2:F2"],
    )
    frame, records = read(path, "noise_points")
    assert frame["point"].tolist() == ["凤凰小区", "扬州路", "铁路边"]
    assert frame["functional_area"].tolist()[:2] == ["1", "4a"]
    assert pd.isna(frame["functional_area"][2])
    assert frame["period"].tolist() == ["2018-Q1", "2018-Q2", "2018-Q3"]
    assert frame["day_db"].tolist() == [53.2, 69, 66]
    assert pd.isna(frame["night_db"][1])
    told = [one.message for one in records.problems]
    assert any("4类" in one for one in told) or any("4类" in one.raw for one in records.entries)


@pytest.mark.parametrize(
    ("name", "dataset"),
    [
        ("2018年功能区声环境小时值.xlsx", "noise_hourly"),
        ("功能区噪声24小时监测数据.xls", "noise_hourly"),
        ("2018年功能区声环境监测结果.xlsx", "noise_points"),
        ("环境空气小时值_2018.xlsx", "air_hourly"),
    ],
)
def test_hours_of_noise_are_neither_those_of_air_nor_a_table_of_quarters(catalogue, name, dataset):
    assert datasets_taking(name, catalogue.datasets.values()) == (dataset,)


def test_hours_of_a_measurement_over_midnight(tmp_path, read):
    path = workbook(
        tmp_path / "功能区声环境小时值.xlsx",
        [
            ["2018年功能区声环境24小时监测结果"],
            ["测点名称", "功能区", "监测日期", "监测时段", "Leq(dB(A))", "L10"],
            ["凤凰小区", "1类", "2018-05-03", "22:00-23:00", 44.6, 47],
            ["凤凰小区", "1类", "2018-05-03", "24", "缺测", None],
            ["凤凰小区", "1类", "2018-05-04", "0:00-1:00", 43.1, 45],
        ],
    )
    frame, _records = read(path, "noise_hourly")
    assert frame["hour"].tolist() == [23, 24, 1]
    assert frame["level_db"].isna().tolist() == [False, True, False]
    assert frame["date"].dt.day.tolist() == [3, 3, 4]


def test_lengths_of_roads_in_metres_are_converted(tmp_path, read):
    path = tmp_path / "道路交通噪声.csv"
    path.write_text("路段名称,路段长度(m),Leq[dB(A)],车流量(辆/h)\n东风路,2500,67.9,1200\n")
    frame, _records = read(path, "noise_roads")
    assert frame["length_km"].tolist() == [2.5]
    assert frame["day_db"].tolist() == [67.9]


def test_units_in_a_row_of_their_own_and_notes_below_names(tmp_path, read):
    path = workbook(
        tmp_path / "2018年道路交通声环境监测结果.xlsx",
        [
            ["2018年道路交通声环境监测结果"],
            ["路段名称", "路段长度", "监测日期", "昼间"],
            [None, "(km)", None, "dB(A)"],
            ["注塑厂路", 2.5, "2018-10-09", 67.9],
            ["合计", 2.5, None, 67.9],
            ["注：昼间为6时至22时"],
            ["填表人：张三 审核人：李四"],
        ],
        ["A1:D1", "A2:A3", "C2:C3"],
    )
    frame, records = read(path, "noise_roads")
    assert frame["road"].tolist() == ["注塑厂路"]
    assert frame["day_db"].tolist() == [67.9]
    assert not records.problems
    assert sum("不是数据行" in one.reason for one in records.entries) == 3


def test_nought_is_no_level_and_coordinates_are_not_read(tmp_path, read):
    path = tmp_path / "区域声环境网格监测.csv"
    path.write_text(
        "网格代码,昼间,夜间,经度,纬度\n01,0,,119.923456,32.491234\n02,52.3,43,119.9,32.4\n"
    )
    frame, _records = read(path, "noise_regional")
    assert frame["square"].tolist() == ["01", "02"]
    assert frame["day_db"].isna().tolist() == [True, False]
    assert "119.92" not in frame.to_csv()


def test_a_month_without_complaints_is_nought_and_an_empty_cell_is_not(tmp_path, read):
    path = tmp_path / "噪声投诉统计.csv"
    path.write_text(
        "月份,噪声来源,受理件数,办结件数,夜间施工许可\n1月,建筑施工,0,0,3\n2月,施工噪声,,,\n"
        "2018年3月,社会生活噪声,12件,11,\n合计,,12,11,3\n"
    )
    frame, _records = read(path, "noise_complaints")
    assert frame["month"].tolist() == ["2018-01", "2018-02", "2018-03"]
    assert frame["source"].tolist() == ["construction", "construction", "social"]
    assert frame["complaints"].fillna(-1).tolist() == [0, -1, 12]


def test_a_table_without_nights_is_refused_where_they_are_required(tmp_path, read):
    path = tmp_path / "功能区噪声.csv"
    path.write_text("点位,功能区类别,季度,昼间\n甲,1类,1季度,50\n")
    with pytest.raises(InputError, match="夜间等效声级"):
        read(path, "noise_points")
