"""Tables of waste and surveys as departments keep them."""

import datetime as dt

import openpyxl
import pytest

from ecoreport.errors import InputError
from ecoreport.ingest.gather import ingest
from ecoreport.ingest.templates import write_templates
from ecoreport.project import Pair


@pytest.fixture
def book(tmp_path):
    """Write rows into a workbook."""

    def write(rows, merged=()):
        workbook = openpyxl.Workbook()
        for row in rows:
            workbook.active.append(row)
        for region in merged:
            workbook.active.merge_cells(region)
        path = tmp_path / "表.xlsx"
        workbook.save(path)
        return path

    return write


FLOWS = [
    ["2018年海陵区固体废物产生利用处置情况表"],
    ["填报单位：海陵区环境保护局", None, None, None, None, "单位：万吨"],
    ["序号", "固废种类", "年度", "上年末贮存量", "产生量(万吨)", "综合利用量（万吨）",
     "其中：利用往年贮存量(吨)", "处置量 万吨", "年末贮存量(吨)", "综合利用率", "处置去向"],
    [1, "一般工业固废", "2018年", 1200, 12.5, 11.3, 300, 1.2, "—", "90.4%", "外售"],
    [2, "危 险 废 物", 2018, "/", "0.85", "0.2", None, "０.６", 130, None, None],
    [3, "生活垃圾", "2018", 0, "28.6万吨", None, None, 28.6, 0, None, None],
    ["合计", None, None, 1200, 41.95, 11.5, 300, 30.4, 130, None, None],
    ["注：生活垃圾为清运量"],
]  # fmt: skip


def test_tonnes_and_ten_thousands_of_tonnes_stand_side_by_side(book, read):
    frame, records = read(book(FLOWS), "waste_flows")
    assert frame["waste"].tolist() == ["industrial", "hazardous", "municipal"]
    assert frame["period"].tolist() == ["2018"] * 3
    assert frame["generated_t"].tolist() == [125000, 8500, 286000]
    assert frame["used_t"].tolist()[:2] == [113000, 2000]
    assert frame["used_from_stock_t"].tolist()[0] == 300
    assert frame["disposed_t"].tolist() == [12000, 6000, 286000]
    assert frame["stock_start_t"].isna().tolist() == [False, True, False]
    assert frame["stock_end_t"].tolist()[1:] == [130, 0]
    assert frame["coverage"].isna().all()
    # The rate is not read: it is computed. An unknown column is named.
    said = [str(one.message) for one in records.problems]
    assert any("处置去向" in text for text in said)
    assert not any("综合利用率" in text for text in said)


def test_a_merged_kind_speaks_for_the_months_below(book, read):
    rows = [
        ["废物种类", "范围", "月份", "产生量（吨）", "无害化处理量（吨）"],
        ["生活垃圾", "城镇", "2018年1月", 2100, 2100],
        [None, None, "2018年2月", 1900, 1880],
        ["餐厨垃圾", None, "2018-Q1", 300, "暂缺"],
    ]
    frame, _records = read(book(rows, merged=["A2:A3", "B2:B3"]), "waste_flows")
    assert frame["waste"].tolist() == ["municipal", "municipal", "kitchen"]
    assert frame["coverage"].tolist()[:2] == ["urban", "urban"]
    assert frame["period"].tolist() == ["2018-01", "2018-02", "2018-Q1"]
    assert frame["safely_treated_t"].isna().tolist() == [False, False, True]


def test_an_unknown_kind_is_set_aside_and_named(book, read):
    rows = [["种类", "年份", "产生量(吨)"], ["废矿石", 2018, 5], ["污泥", 2018, 7]]
    frame, records = read(book(rows), "waste_flows")
    assert frame["waste"].tolist() == ["sludge"]
    assert any("可选：生活垃圾" in str(one.message) for one in records.problems)


def test_a_unit_that_is_no_mass_is_refused(book, read):
    rows = [["种类", "年份", "产生量(立方米)"], ["污泥", 2018, 7]]
    with pytest.raises(InputError, match="立方米"):
        read(book(rows), "waste_flows")


def test_capacities_are_read_in_tonnes_a_year(book, read):
    rows = [
        ["单位名称", "废物类别", "处置方式", "经营规模(万吨/年)", "运行状态", "投产日期", "地址"],
        ["甲公司", "危险废物", "焚烧", 2.5, "已投运", "2017.6.30", "工业园"],
        ["乙公司", "危废", "安全填埋", 1, "在建", None, None],
    ]
    frame, records = read(book(rows), "waste_facilities")
    assert frame["capacity_t_a"].tolist() == [25000, 10000]
    assert frame["process"].tolist() == ["incineration", "landfill"]
    assert frame["status"].tolist() == ["operating", "under_construction"]
    assert frame["commissioned"].tolist()[0] == dt.datetime(2017, 6, 30)
    assert records.problems == []


def test_coverage_comes_as_numbers_and_not_as_a_rate(book, read):
    rows = [
        ["街道", "区位", "类型", "截止时间", "小区总数", "已配置数", "覆盖率"],
        ["城东街道", "建成区", "居民小区", "2018年12月", 45, 30, "66.7%"],
    ]
    with pytest.raises(InputError, match="时段"):
        read(book(rows), "sorting_coverage")
    rows[0][3] = "统计时间"
    frame, records = read(book(rows), "sorting_coverage")
    assert frame.loc[0, ["zone", "unit_kind", "period"]].tolist() == [
        "built_up",
        "estates",
        "2018-12",
    ]
    assert (frame["n_due"][0], frame["n_covered"][0]) == (45, 30)
    assert records.problems == []


def test_answers_of_a_survey_are_counts(book, read):
    rows = [
        ["2018年生态文明建设公众调查结果"],
        ["调查名称", "指标", "题目", "有效样本量", "满意人数", "抽样方式", "deff",
         "调查单位", "调查时间", "满意率"],
        ["公众调查", "公众对生态文明建设的满意度", "总体满意吗", "1,373人", 1104, "多阶段抽样", 1.6,
         "统计局", "2018年11月20日", 0.804],
        ["公众调查", "知晓度", "垃圾分几类", 1373, 1200, "街头拦访", None,
         "统计局", "2018-11-20", None],
    ]  # fmt: skip
    frame, _records = read(book(rows), "surveys")
    assert frame["topic"].tolist() == ["satisfaction", "awareness"]
    assert frame["n_yes"].tolist() == [1104, 1200]
    assert frame["design"].tolist() == ["multistage", "voluntary"]
    assert frame["date"].tolist() == [dt.datetime(2018, 11, 20)] * 2


DATASETS = {
    "waste_flows": {"废物种类": "秸秆", "时段": "2018", "产生量(t)": 50, "应处理量(t)": 45},
    "waste_facilities": {
        "设施名称": "甲", "废物种类": "危险废物", "处理方式": "焚烧", "状态": "投运",
        "设计能力(吨/年)": 100,
    },
    "sorting_coverage": {
        "街道（镇）": "甲", "范围": "市区", "对象": "小区", "时段": "2018", "应覆盖数(个)": 4,
        "已覆盖数(个)": 3,
    },
    "surveys": {
        "调查名称": "甲", "调查内容": "知晓度", "问题": "乙", "有效回答数(个)": 500,
        "肯定回答数(个)": 450, "抽样方式": "简单随机抽样",
    },
}  # fmt: skip


def test_templates_read_back_as_they_were_filled_in(project, catalogue):
    pair = Pair("hailing", 2018)
    paths = {path.stem: path for path in write_templates(project, pair, catalogue)}
    for name, cells in DATASETS.items():
        path = paths[f"{catalogue.datasets[name].zh}_2018"]
        workbook = openpyxl.load_workbook(path)
        sheet = workbook.worksheets[0]
        head = [cell.value for cell in sheet[1]]
        assert cells.keys() <= set(head)
        sheet.append([cells.get(label) for label in head])
        workbook.save(path)
    ingested = ingest(project, pair, catalogue)
    assert not set(ingested.problems["dataset"]) & DATASETS.keys()
    assert DATASETS.keys() <= ingested.frames.keys()
    assert ingested.frames["waste_flows"]["due_t"].tolist() == [45]
    assert ingested.frames["surveys"]["design"].tolist() == ["simple_random"]


@pytest.mark.parametrize(
    ("header", "capacity", "said"),
    [
        ("设计能力(吨/日)", 365000, "由 吨/日 换算为 吨/年（按一年365天）"),
        ("设计能力（吨／日）", 365000, "（按一年365天）"),
        ("设计能力(t/d)", 365000, "（按一年365天）"),
        ("设计处理能力 吨/天", 365000, "（按一年365天）"),
        ("设计能力(万吨/年)", 10000000, "由 万吨/年 换算为 吨/年"),
    ],
)
def test_capacities_by_the_day_are_those_of_365_days_and_the_log_says_so(
    book, read, header, capacity, said
):
    rows = [
        ["设施名称", "固废种类", "处理方式", header, "状态"],
        ["厂", "生活垃圾", "焚烧", 1000, "投运"],
    ]
    frame, records = read(book(rows), "waste_facilities")
    assert frame["capacity_t_a"].tolist() == [capacity]
    assert any(said in one.reason for one in records.entries if one.column == "capacity_t_a")


def test_tonnes_of_sewage_a_day_are_cubic_metres(book, read):
    rows = [
        ["统计范围", "污水排放量(万立方米)", "污水处理量(万立方米)", "设计处理能力（万吨/日）"],
        ["城市", 5000, 4800, 12],
    ]
    frame, _records = read(book(rows), "sewage")
    assert frame["capacity_10k_m3_d"].tolist() == [12]
