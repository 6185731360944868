import pytest

from ecoreport.errors import InputError
from ecoreport.ingest.files import Sheet
from ecoreport.ingest.words import spoken


@pytest.fixture
def find(rules):
    def finding(*rows, dataset="air_daily", merged=()):
        return rules[dataset].headers.find(Sheet("一月", [*map(list, rows)], merged), "表.xlsx")

    return finding


def named(header):
    return {name: (one.index, one.unit) for name, one in header.headings.items()}


@pytest.mark.parametrize(
    ("label", "column", "unit"),
    [
        ("PM2.5(μg/m³)", "pm25_ug_m3", "μg/m3"),
        ("ＰＭ２．５（µg/m³）", "pm25_ug_m3", "μg/m3"),
        ("PM₂.₅", "pm25_ug_m3", ""),
        ("细颗粒物", "pm25_ug_m3", ""),
        ("细颗粒物(PM2.5)\n24小时平均 毫克/立方米", "pm25_ug_m3", "毫克/立方米"),
        ("一氧化碳 mg/m3", "co_mg_m3", "mg/m3"),
        ("SO2/μg·m-3", "so2_ug_m3", "μg·m-3"),
        ("臭氧日最大8小时滑动平均值", "o3_8h_ug_m3", ""),
        ("O3-8h(ug/m3)", "o3_8h_ug_m3", "ug/m3"),
        ("O3", "o3_8h_ug_m3", ""),
        ("臭氧(1小时)", "o3_1h_ug_m3", ""),
    ],
)
def test_headers_in_their_usual_variants(find, label, column, unit):
    header = find(["日期", "点位", label])
    assert named(header)[column] == (2, unit)


@pytest.mark.parametrize("label", ["NO2(标况)", "O3日均值", "O3_24h", "PM2.5增幅"])
def test_what_would_change_the_meaning_is_not_guessed(find, label):
    header = find(["日期", "点位", label])
    assert set(header.headings) == {"date", "station"}
    assert [one[0] for one in header.unknown] == [label]


def test_an_unknown_column_is_named_with_the_nearest_known_one(find):
    assert find(["日期", "点位", "可吸人颗粒物"]).unknown == [("可吸人颗粒物", "PM10")]


def test_an_unknown_or_foreign_unit_in_a_header_is_an_error(find):
    for unit in ("ppb", "mg/立方"):
        with pytest.raises(InputError, match=unit):
            find(["日期", "点位", f"PM2.5({unit})"])


def test_beside_its_eight_hours_plain_ozone_is_something_else(find):
    header = find(["日期", "点位", "O3", "O3_8h"])
    assert named(header)["o3_8h_ug_m3"] == (3, "")
    assert header.doubtful == [("O3_8h", "O3")]


def test_two_rows_deep_below_titles_with_merged_cells(find):
    header = find(
        ["2018年1月环境空气质量日报", "", "", "", "", ""],
        ["填报单位:监测站", "", "", "", "", ""],
        ["日期", "点位", "污染物浓度(mg/m³)", "", "O3(μg/m³)", ""],
        ["", "", "PM2.5", "CO", "8h", "1h"],
        ["2018-01-01", "莲花", 0.045, 1.1, 80, 95],
        merged=(((0, 0), (0, 5)), ((2, 0), (3, 0)), ((2, 1), (3, 1)), ((2, 2), (2, 3)),
                ((2, 4), (2, 5))),
    )  # fmt: skip
    assert (header.first_row, header.last_row) == (3, 4)
    assert named(header) == {
        "date": (0, ""), "station": (1, ""), "pm25_ug_m3": (2, "mg/m3"), "co_mg_m3": (3, "mg/m3"),
        "o3_8h_ug_m3": (4, "μg/m3"), "o3_1h_ug_m3": (5, "μg/m3"),
    }  # fmt: skip


def test_two_rows_deep_without_merged_cells_and_a_row_of_units(find):
    header = find(
        ["日期", "点位", "浓度", "", ""],
        ["", "", "PM2.5", "CO", "AQI"],
        ["", "", "mg/m3", "mg/m3", "/"],
        ["2018-01-01", "莲花", "0.045", "1.1", "60"],
    )
    assert (header.first_row, header.last_row) == (1, 3)
    assert named(header)["pm25_ug_m3"] == (2, "mg/m3")
    assert header.unknown == []


def test_a_sheet_without_two_known_columns_has_no_header(find):
    assert find(["说明", "本表由监测站填报"], ["联系人", "张三"]) is None


def test_no_two_columns_of_a_dataset_share_a_spelling(catalogue):
    for dataset in catalogue.datasets.values():
        owners = {}
        for column in dataset.columns:
            for name in (column.zh, column.name, *column.aliases):
                owners.setdefault(spoken(name), set()).add(column.name)
        assert {name: own for name, own in owners.items() if len(own) > 1} == {}, dataset.id
