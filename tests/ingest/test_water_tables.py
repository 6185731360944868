"""Tables of water as stations keep them: two rows of headers, marks, several names of a section."""

import datetime as dt

import openpyxl
import pytest

from ecoreport.errors import InputError
from ecoreport.standards.tables import select


@pytest.fixture
def book(tmp_path):
    """Write rows into a workbook."""

    def write(rows, merged=(), name="表.xlsx"):
        workbook = openpyxl.Workbook()
        sheet = workbook.active
        for row in rows:
            sheet.append(row)
        for region in merged:
            sheet.merge_cells(region)
        path = tmp_path / name
        workbook.save(path)
        return path

    return write


MONTHLY = [
    ["2018年3月地表水采测分离监测结果"],
    [
        "序号",
        "断面编码",
        "断面名称",
        "所在河流",
        "采样日期",
        "pH值",
        "溶解氧",
        "高锰酸盐指数",
        "氨氮",
        "总磷（以P计）",
        "铬（六价）",
        "石油类",
        "叶绿素a",
        "透明度",
        "粪大肠菌群",
        "水质类别",
    ],
    [
        None,
        None,
        None,
        None,
        None,
        "无量纲",
        "mg/L",
        "mg/L",
        "mg/L",
        "mg/L",
        "mg/L",
        "mg/L",
        "mg/L",
        "cm",
        "个/L",
        None,
    ],
    [
        1,
        "JS01",
        "张桥",
        "望虞河",
        dt.datetime(2018, 3, 5),
        7.52,
        8.1,
        3.4,
        "0.025L",
        0.08,
        "0.004L",
        "0.01L",
        -1,
        -1,
        "2.4e3",
        "Ⅱ",
    ],
    [
        2,
        "JS02",
        "湖心",
        "太湖",
        "2018.3.6",
        8.1,
        9.0,
        4.2,
        0.11,
        0.06,
        "<0.004",
        -1,
        0.0213,
        45,
        340,
        "Ⅳ",
    ],
    [
        3,
        "JS03",
        "断流桥",
        "锡澄河",
        "3月",
        "断流",
        "断流",
        "断流",
        "断流",
        "断流",
        "断流",
        "断流",
        "/",
        "/",
        "/",
        "/",
    ],
    [
        "合计",
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
    ],
]


def test_a_month_of_manual_sampling_reads(book, read):
    frame, records = read(book(MONTHLY, merged=["A1:P1"]), "water_monthly")
    assert frame["section"].tolist() == ["JS01", "JS02", "JS03"]
    assert frame["month"].tolist() == ["2018-03"] * 3
    first, second, third = frame.to_dict("records")
    assert (first["nh3n_mg_l"], first["cr6_mg_l"], first["petroleum_mg_l"]) == (
        0.0125,
        0.002,
        0.005,
    )
    assert first["chlorophyll_a_mg_m3"] != first["chlorophyll_a_mg_m3"]
    assert first["faecal_coliforms_per_l"] == 2400
    assert second["chlorophyll_a_mg_m3"] == pytest.approx(21.3)
    assert second["transparency_m"] == 0.45
    assert second["cr6_mg_l"] == 0.002
    assert third["ph"] != third["ph"]
    # Nothing that a person would have to look at, and every odd cell in the log.
    assert records.problems == []
    halves = [one for one in records.entries if one.flag == "<"]
    assert {one.column for one in halves} == {"nh3n_mg_l", "cr6_mg_l", "petroleum_mg_l"}
    assert any("断流" in one.raw for one in records.entries)


def test_one_year_in_one_sheet_with_bare_months(book, read):
    head = ["断面名称", "年", "月", "pH", "DO", "CODMn(mg/L)", "NH3-N（mg/L）", "TP mg/L", "TN"]
    rows = [["张桥", 2018, month, 7.5, 8, 3, 0.3, 0.08, 1.5] for month in (1, 2, 12)]
    frame, records = read(book([head, *rows]), "water_monthly")
    assert frame["month"].tolist() == ["2018-01", "2018-02", "2018-12"]
    assert records.problems == []


def test_a_date_that_is_none_stops(book, read):
    head = ["断面名称", "月份", "pH", "DO", "CODMn", "NH3-N", "TP"]
    frame, records = read(book([head, ["张桥", 13, 7, 8, 3, 0.3, 0.1]]), "water_monthly")
    assert frame.empty
    assert [one.severity for one in records.problems] == ["stop"]


def test_a_table_without_phosphorus_is_refused(book, read):
    head = ["断面名称", "月份", "pH", "DO", "CODMn", "NH3-N", "磷"]
    with pytest.raises(InputError, match="总磷"):
        read(book([head, ["张桥", 1, 7, 8, 3, 0.3, 0.1]]), "water_monthly")


def test_the_list_of_sections_reads(book, read):
    head = [
        "序号",
        "断面编码",
        "断面名称",
        "河流名称",
        "所属流域",
        "水体类型",
        "断面级别",
        "水质目标",
        "经度",
        "纬度",
        "状态",
        "断流停测依据",
    ]
    rows = [
        [1, "JS01", "张桥", "望虞河", "太湖流域", "河流", "国考", "Ⅲ类", 120.31, 31.8, None, None],
        [
            2,
            "JS02",
            "湖心",
            "太湖",
            "太湖流域",
            "湖库",
            "省控断面",
            "IV",
            120.1,
            31.4,
            "正常",
            None,
        ],
        [
            3,
            "JS03",
            "断流桥",
            "锡澄河",
            "太湖流域",
            "河",
            "市考",
            "五类",
            120.2,
            31.6,
            "断流",
            "苏环办1号",
        ],
    ]
    frame, records = read(book([["断面清单"], head, *rows], merged=["A1:L1"]), "water_sections")
    assert frame["water_body"].tolist() == ["river", "lake", "river"]
    assert frame["level"].tolist() == ["national", "provincial", "city"]
    assert frame["target_class"].tolist() == ["III", "IV", "V"]
    assert frame["status"].tolist()[1:] == ["normal", "dry"]
    assert records.problems == []


def test_a_full_analysis_of_a_source_has_a_column_for_every_limit(book, read):
    limits = [line["column"] for line in select("drinking_water_limits")]
    names = {line["column"]: line["name_zh"] for line in select("water_items")}
    head = ["水源地名称", "水源类型", "月份", *(f"{names[one]}(mg/L)" for one in limits)]
    rows = [head, ["肖山", "河流", "2018-07", *([0.001] * len(limits))]]
    frame, records = read(book(rows), "drinking_sources")
    assert frame[limits].notna().all(axis=None)
    assert records.problems == []


def test_a_full_analysis_of_a_well_has_a_column_for_every_item_of_table_1(book, read):
    about, seen = ["水源地名称", "水源类型", "月份"], ["色(度)", "臭和味", "肉眼可见物"]
    counted = ["总大肠菌群(MPN/100mL)", "菌落总数(CFU/mL)"]
    head = [*about, *seen, *counted, "总α放射性(Bq/L)", "总β放射性(Bq/L)"]
    rows = [
        head,
        ["深井", "地下水", "2018-07", "5L", "无", "无", "未检出", 12, 0.043, 0.11],
        ["旧井", "地下水", "2018-07", 10, "有异味", "有", 4, "未检出", "", ""],
    ]
    frame, records = read(book(rows), "drinking_sources")
    assert records.problems == []
    assert frame["colour_pt_co"].tolist() == [2.5, 10]
    assert frame["has_odour_or_taste"].tolist() == ["no", "yes"]
    assert frame["has_visible_matter"].tolist() == ["no", "yes"]
    # Of organisms that were counted and not found there are none.
    assert frame["total_coliforms_per_100ml"].tolist() == [0, 4]
    assert frame["colonies_per_ml"].tolist() == [12, 0]
    assert frame["gross_alpha_bq_l"].tolist()[0] == 0.043
    limits = {line["column"] for line in select("groundwater_limits", clause="表1")}
    held = {name.replace("_ug_l", "_mg_l") for name in limits}
    assert held <= set(frame.columns)


def test_points_of_black_odorous_waters_are_read_with_their_units(book, read):
    rows = [
        [
            "水体名称",
            "监测点位",
            "采样日期",
            "透明度(m)",
            "溶解氧",
            "氧化还原电位(mV)",
            "氨氮(mg/L)",
        ],
        ["甲河", "1#", "2018-10-09", 0.42, "0.2L", -1, "未检出"],
        ["甲河", "2#", "2018年10月9日", 0.08, 0.1, -230.5, 16],
    ]
    frame, records = read(book(rows), "black_odorous_points")
    assert frame["transparency_cm"].tolist() == [42, 8]
    # One below zero is a potential like any other; not detected without a limit is not read.
    assert frame["orp_mv"].tolist() == [-1, -230.5]
    assert frame["do_mg_l"].tolist() == [0.1, 0.1]
    assert [one.column for one in records.problems] == ["氨氮"]


def test_sewage_works_are_read_in_their_own_units(book, read):
    rows = [
        ["2018年污水处理厂运行情况", *[""] * 6],
        ["序号", "污水处理厂名称", "统计范围", "设计规模", "处理水量", "负荷率", "进水COD"],
        ["", "", "", "t/d", "万吨", "%", "mg/L"],
        [1, "甲厂", "城区", 60000, 1533, 70, 212],
        ["合计", "", "", 60000, 1533, "", ""],
    ]
    frame, records = read(book(rows), "sewage_plants")
    assert frame["capacity_10k_m3_d"].tolist() == [6] and frame["scope"].tolist() == ["city"]
    assert [str(one.message) for one in records.problems] == []
    assert frame["treated_10k_m3"].tolist() == [1533]


def test_samples_of_villages_are_read_with_every_item_of_table_1(book, read):
    lines = select("tap_water_limits")
    units = {"-": "", "yes/no": "", "铂钴色度单位": "(度)"}
    heads = [f"{one['item_zh']}{units.get(one['unit'], '(' + one['unit'] + ')')}" for one in lines]
    cells = ["无" if one["column"].startswith("has_") else 0.001 for one in lines]
    cells[0] = "未检出"
    rows = [
        ["水厂名称", "采样日期", "供水方式", "供水人口(万人)", "检测结论", *heads],
        ["甲镇水厂", "2018-07-18", "小型集中式", 0.86, "合格", *cells],
    ]
    frame, records = read(book(rows), "village_water")
    assert records.problems == []
    assert frame["population"].tolist() == [8600] and frame["supply"].tolist() == ["small"]
    assert frame[[one["column"] for one in lines]].notna().all(axis=None)
    assert frame["total_coliforms_per_100ml"].tolist() == [0]
    assert frame["has_visible_matter"].tolist() == ["no"]


def test_turbidity_has_a_unit(book, read):
    rows = [["水源地名称", "水源类型", "月份", "浑浊度(NTU)"], ["深井", "地下水", "2018-07", 0.8]]
    frame, records = read(book(rows), "drinking_sources")
    assert frame["turbidity_ntu"].tolist() == [0.8]
    assert records.problems == []
