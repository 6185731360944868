"""Tables as departments send them: every form that makes a plain reading fail."""

import datetime as dt

import openpyxl
import pandas as pd
import pytest
import xlwt

from ecoreport.errors import InputError

SIX = ["pm25_ug_m3", "pm10_ug_m3", "so2_ug_m3", "no2_ug_m3", "co_mg_m3", "o3_8h_ug_m3"]
HEAD = ["监测日期", "点位名称", "PM2.5", "PM10", "SO2", "NO2", "CO", "O3_8h"]
DAY = [60, 80, 10, 30, 0.8, 100]


def csv(path, *rows, encoding="utf-8"):
    path.write_bytes("\n".join(",".join(map(str, row)) for row in rows).encode(encoding))
    return path


def values(frame):
    return frame[SIX].to_numpy().tolist()


def test_a_csv_of_excel_in_china(tmp_path, read):
    frame, records = read(
        csv(
            tmp_path / "日均.csv",
            ["2018年环境空气日均值", "", "", "", "", "", "", ""],
            ["填报单位:监测站", "", "", "", "", "", "", ""],
            ["监测日期", "点位名称", "细颗粒物（μg/m³）", "PM10(ug/m3)", "二氧化硫", "NO₂",
             "一氧化碳 mg/m3", "O3日最大8小时平均"],
            ["2018年1月3日", "公园路", "６０", "８０", "<4", "30H", "0.8", "—"],
            ["20180104", "1207A", 61, '"1,080"', "BB", 31, "0.9", 101],
            ["", "", "", "", "", "", "", ""],
            ["1月平均", "", 60.5, 580, 10, 30, 0.85, 101],
            ["注:数据已审核", "", "", "", "", "", "", ""],
            encoding="gb18030",
        )
    )  # fmt: skip
    nan = pytest.approx(float("nan"), nan_ok=True)
    assert values(frame) == [[60, 80, 2, nan, 0.8, nan], [61, 1080, nan, 31, 0.9, 101]]
    assert frame["station"].tolist() == ["1206A", "1207A"]
    assert frame["date"].tolist() == [pd.Timestamp("2018-01-03"), pd.Timestamp("2018-01-04")]
    assert frame["source_row"].tolist() == [4, 5]
    logged = {(one.source_row, one.column, one.raw, one.flag) for one in records.entries}
    assert logged == {
        (4, "so2_ug_m3", "<4", "<"), (4, "no2_ug_m3", "30H", "H"), (4, "o3_8h_ug_m3", "—", ""),
        (5, "pm10_ug_m3", "1,080", ""), (5, "so2_ug_m3", "BB", "BB"),
        (7, "", "1月平均 60.5 580 10 30 0.85 101", ""), (8, "", "注:数据已审核", ""),
    }  # fmt: skip
    assert records.problems == []


def test_an_old_workbook_with_one_sheet_a_station(tmp_path, read):
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for name, first in (("公园路", 60), ("莲花站", 70)):
        sheet = book.add_sheet(name)
        sheet.write_merge(0, 0, 0, 6, "2018年日报")
        for column, label in enumerate([HEAD[0], *HEAD[2:]]):
            sheet.write(1, column, label)
        sheet.write(2, 0, dt.datetime(2018, 1, 3), day)
        sheet.write(3, 0, 43104)
        for row in (2, 3):
            for column, value in enumerate([first, *DAY[1:]], start=1):
                sheet.write(row, column, value)
    book.add_sheet("填表说明").write(0, 0, "日期 PM2.5")
    book.save(str(tmp_path / "日均.xls"))
    frame, records = read(tmp_path / "日均.xls")
    assert frame["station"].tolist() == ["1206A", "1206A", "1207A", "1207A"]
    assert frame["date"].dt.day.tolist() == [3, 4, 3, 4]
    assert values(frame)[2] == [70, *DAY[1:]]
    assert frame["source_sheet"].tolist() == ["公园路", "公园路", "莲花站", "莲花站"]
    assert {one.reason for one in records.entries} == {"Excel 日期序号"}


def test_merged_cells_two_rows_of_header_and_units_above_a_group(tmp_path, read):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "日均值"
    sheet["B2"] = "海陵区2018年环境空气"
    sheet.merge_cells("B2:I2")
    for place, label in {"B3": "点位", "C3": "日期", "D3": "颗粒物(mg/m3)", "F3": "气体(μg/m³)",
                         "D4": "PM2.5", "E4": "PM10", "F4": "SO2", "G4": "NO2", "I4": "8小时",
                         "H3": "CO(mg/m³)", "I3": "O3(μg/m³)"}.items():  # fmt: skip
        sheet[place] = label
    for region in ("B3:B4", "C3:C4", "D3:E3", "F3:G3", "H3:H4", "B5:B6"):
        sheet.merge_cells(region)
    sheet["B5"] = "莲花"
    for row, day in ((5, dt.date(2018, 1, 3)), (6, dt.date(2018, 1, 4))):
        for column, value in enumerate([day, 0.0601, 0.08, 10, 30, 0.8, 100], start=3):
            sheet.cell(row, column).value = value
    book.save(tmp_path / "日均.xlsx")
    frame, records = read(tmp_path / "日均.xlsx")
    assert frame["station"].tolist() == ["1207A", "1207A"]
    assert values(frame) == [[60.1, 80, 10, 30, 0.8, 100]] * 2
    assert frame["source_row"].tolist() == [5, 6]
    assert [one.raw for one in records.entries if one.column == "pm25_ug_m3"] == ["0.0601"] * 2


def test_a_table_without_a_required_column_says_which_and_what_it_has_instead(tmp_path, read):
    path = csv(tmp_path / "日均.csv", [*HEAD[:2], "可吸人颗粒物"], ["2018-01-03", "莲花", 1])
    with pytest.raises(InputError) as error:
        read(path)
    for hint in ("日均.csv", "第 1 行", "PM2.5", "CO", "可吸人颗粒物"):
        assert hint in str(error.value)


def test_sheets_that_are_no_table_are_named(tmp_path, read):
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.append([dt.date(2018, 1, 3), "莲花", *DAY])
    book.create_sheet("联系人").append(["张三", "电话"])
    hidden = book.create_sheet("旧数据")
    hidden.append(HEAD)
    hidden.sheet_state = "hidden"
    book.create_sheet("空白")
    book.save(tmp_path / "日均.xlsx")
    frame, records = read(tmp_path / "日均.xlsx")
    assert len(frame) == 1
    assert [(one.severity, one.sheet) for one in records.problems] == [
        ("warning", "联系人"),
        ("warning", "旧数据"),
    ]


def test_rows_without_a_place_are_set_aside_and_named(tmp_path, read):
    frame, records = read(
        csv(
            tmp_path / "日均.csv",
            HEAD,
            ["2018-01-03", "莲花", *DAY],
            ["2018-01-03", "王营", *DAY],
            ["2018-02-30", "莲花", *DAY],
            ["2018-01-05", "", *DAY],
            HEAD,
            ["2018-01-06", "莲花", "4 5", *DAY[1:]],
        )
    )
    assert frame["source_row"].tolist() == [2, 7]
    assert [(one.source_row, one.cells.split(" | ")[1]) for one in records.asides] == [
        (3, "王营"), (4, "莲花"), (5, "")
    ]  # fmt: skip
    assert [(one.severity, one.row, one.column) for one in records.problems] == [
        ("warning", 3, "监测点位"),
        ("stop", 4, "日期"),
        ("stop", 5, "监测点位"),
        ("warning", 7, "PM2.5"),
    ]
    assert pd.isna(frame["pm25_ug_m3"].iloc[-1])


def test_hours_from_a_column_of_moments(tmp_path, read):
    head = ["时间", "站点编码", "站点名称", *HEAD[2:7], "O3", "O3_8h", "AQI", "首要污染物"]
    rows = [
        [moment, "1206A", "公园路", 60, 80, 10, 30, 0.8, 100, 90, 70, "PM2.5"]
        for moment in ("2018-01-03 01:00", "2018-01-03 23:00", "2018-01-04 00:00")
    ]
    frame, records = read(csv(tmp_path / "小时.csv", head, *rows), "air_hourly")
    assert frame["hour"].tolist() == [1, 23, 24]
    assert frame["date"].dt.day.tolist() == [3, 3, 3]
    assert frame[["o3_ug_m3", "o3_8h_ug_m3", "aqi_published"]].iloc[0].tolist() == [100, 90, 70]
    assert records.problems == []
    no_hours = csv(tmp_path / "日.csv", head, ["2018-01-03", *rows[0][1:]])
    with pytest.raises(InputError, match="小时"):
        read(no_hours, "air_hourly")


def test_reported_figures_with_units_of_their_own(tmp_path, read):
    head = ["序号", "指标名称", "年度", "数值", "单位", "责任单位", "文号", "证明材料", "数据性质"]
    rate = "waste.industrial_solid_waste_use_rate"
    frame, records = read(
        csv(
            tmp_path / "上报值.csv",
            head,
            [1, rate, 2018, 931, "‰", "环保局", "/", "材料/1.pdf", "核定"],
            [
                2,
                rate,
                "2018年上半年",
                "93.1%",
                "",
                "海陵环保局",
                "泰环〔2019〕1号",
                "../../密.pdf",
                "",
            ],
            [3, rate, "2018-03", 93.1, "", "外星局", "", "", "快报"],
            [4, rate, "2018", 93.1, "吨", "", "", "", ""],
            [5, rate, "2018", "", "%", "环保局", "", "", ""],
            [6, "森林覆盖律", 2018, 20, "%", "", "", "", ""],
        ),
        "reported",
    )
    assert frame["value"].tolist() == pytest.approx([93.1, 93.1, 93.1, float("nan")], nan_ok=True)
    assert frame["unit"].tolist() == ["%"] * 4
    assert frame["value_as_reported"].tolist() == ["931", "93.1%", "93.1", "93.1"]
    assert frame["unit_as_reported"].tolist() == ["‰", "", "", "吨"]
    assert frame["period"].tolist() == ["2018", "2018-H1", "2018-03", "2018"]
    assert frame["department"].tolist()[:2] == ["hailing-environment"] * 2
    assert frame["maturity"].tolist()[:1] == ["verified"]
    assert frame["evidence_file"].isna().tolist() == [False, True, True, True]
    assert [(one.severity, one.row, one.column) for one in records.problems] == [
        ("warning", 4, "数值"),
        ("stop", 7, "指标"),
        ("warning", 5, "数值"),
        ("warning", 3, "证明材料"),
        ("warning", 4, "责任单位"),
    ]
