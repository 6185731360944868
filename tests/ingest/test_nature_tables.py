"""Tables of green space and of the ecological index as departments keep them."""

import openpyxl
import pytest

from ecoreport.errors import InputError


@pytest.fixture
def book(tmp_path):
    """Write rows into a workbook."""

    def write(rows):
        workbook = openpyxl.Workbook()
        for row in rows:
            workbook.active.append(row)
        path = tmp_path / "表.xlsx"
        workbook.save(path)
        return path

    return write


def test_areas_come_in_many_units_and_rates_are_not_read(book, read):
    rows = [
        ["2018年林业和园林绿化统计"],
        ["年度", "国土面积(平方公里)", "森林面积（公顷）", "湿地面积(万亩)", "受保护湿地面积（亩）",
         "公园绿地面积(万平方米)", "常住人口（万人）", "新增造林（亩）", "森林覆盖率", "责任单位"],
        ["2018年", 305, "6,820", 3, 15000, 640, 50.2, 6000, "22.4%", None],
    ]  # fmt: skip
    frame, records = read(book(rows), "green_space")
    row = frame.iloc[0]
    assert (row["land_km2"], row["forest_km2"]) == (305, 68.2)
    assert (row["wetland_km2"], row["wetland_protected_km2"]) == (20, 10)
    assert (row["park_km2"], row["park_residents"]) == (6.4, 502000)
    assert row["new_forest_10k_mu"] == 0.6
    assert records.problems == []


def test_both_definitions_of_wetlands_are_told_apart(book, read):
    rows = [
        [
            "年份",
            "湿地总面积(km2)",
            "自然湿地面积(km2)",
            "自然湿地保护面积(km2)",
            "湿地保护面积(km2)",
        ],
        [2018, 100, 80, 44, 51.1],
    ]
    row = read(book(rows), "green_space")[0].iloc[0]
    assert (row["natural_wetland_protected_km2"], row["wetland_protected_km2"]) == (44, 51.1)


def test_a_unit_that_is_no_area_is_refused(book, read):
    rows = [["年份", "森林面积(万立方米)", "国土面积(km2)"], [2018, 3, 300]]
    with pytest.raises(InputError, match="万立方米"):
        read(book(rows), "green_space")


def test_an_index_comes_with_its_sub_indices(book, read):
    rows = [
        ["年份", "EI值", "级别", "生物丰度", "植被覆盖指数", "水网密度指数", "土地胁迫",
         "污染负荷指数", "环境限制指数", "国土面积(km2)", "有林地(km2)", "河流（渠）(km2)",
         "与上年变化"],
        ["2018", 66.1, "良", 50, 80, 60, 20, 22.5, "—", 305, 60.5, 12, 0.4],
    ]  # fmt: skip
    frame, records = read(book(rows), "ei_subindices")
    row = frame.iloc[0]
    assert (row["ei_official"], row["grade_official"]) == (66.1, "good")
    assert row[["biological_richness", "land_stress", "pollution_load"]].tolist() == [50, 20, 22.5]
    assert (row["area_km2"], row["forest_km2"], row["rivers_km2"]) == (305, 60.5, 12)
    assert row.isna()["environment_restriction"]
    assert [str(one.message) for one in records.problems] == ["不认识的列“与上年变化”，未读入。"]
