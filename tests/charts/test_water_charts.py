from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pandas as pd
from chart_reading import assert_readable

from ecoreport.charts.water_counts import CountRow, counts_against_targets
from ecoreport.charts.water_items import items_beyond_limit
from ecoreport.charts.water_tiles import SectionRow, sections_by_month
from ecoreport.charts.water_trophic import LakeMonths, trophic_state_by_month

STATES = ["I", "II", "III", "IV", "V", "below_V", "missing", "dry", "stopped", *["ahead"] * 3]
ROW = SectionRow("张桥", "望虞河", STATES, "IV", True, "III", "未达到")
COUNT = CountRow("国考断面达到Ⅲ类的比例", 23, 45, "51.1%", Decimal(28), "≥62.2%（28个） 未达标")


def test_tiles_name_classes_gaps_and_targets() -> None:
    short = replace(
        ROW,
        label="一个名字非常非常长的断面$x_1$",
        river="另一条名字很长的河流",
        is_sufficient=False,
        year_class="missing",
        target_class="",
        outcome="",
    )
    chart = sections_by_month(
        [ROW, replace(ROW, label="大桥角新桥"), short], title="t", period="全年"
    )
    assert_readable(chart)
    assert "18 个" in chart.note and "仅供参考：一个名字" in chart.note
    assert "劣Ⅴ类 3次" in chart.alt and "无有效数据 3次" in chart.alt
    assert (chart.data["class"] == "").sum() == 18


def test_many_sections_stay_within_the_budget_of_a_chart() -> None:
    rows = [replace(ROW, label=f"断面{n}", river=f"河{n // 3}") for n in range(45)]
    assert len(sections_by_month(rows, title="t", period="全年").html("c").encode()) < 200_000


def test_items_with_most_section_months_come_first_and_months_without_data_are_hatched() -> None:
    beyond = pd.DataFrame(
        {month: [1, 4] if month < 12 else [0, 0] for month in range(1, 13)},
        index=["nh3n_mg_l", "tp_mg_l"],
    )
    names = {"nh3n_mg_l": "氨氮", "tp_mg_l": "总磷"}
    chart = items_beyond_limit(beyond, [45] * 11 + [0], names, title="t")
    assert_readable(chart)
    assert chart.data["item"].iloc[0] == "总磷"
    assert "总磷 44、氨氮 11" in chart.alt and "495 个" in chart.note


def test_a_narrow_screen_has_the_counts_as_a_list() -> None:
    (row,) = counts_against_targets([COUNT], title="t").rows
    assert row.figures == "23 / 45，51.1%，目标 ≥62.2%（28个） 未达标"
    assert (row.bar, row.target) == (51.1, 62.2)


def test_counts_stand_beside_the_sections_that_a_target_comes_to() -> None:
    none = CountRow("劣Ⅴ类断面比例", 0, 45, "0%", is_valid=False)
    chart = counts_against_targets([COUNT, none], title="t")
    assert_readable(chart)
    assert chart.data["sections_asked"].fillna("").tolist() == ["28", ""]
    assert "目标 ≥62.2%（28个）" in chart.alt and "仅供参考" in chart.note


def test_the_trophic_state_stands_on_its_bands_and_gaps_are_hatched() -> None:
    whole = LakeMonths(
        "太湖", [48.2, 49.0, 50.0, 50.1, 55.5, 60.2, 66.1, 71.3, 58.0, 52.2, 49.9, 47.0]
    )
    part = LakeMonths("一个名字很长很长的湖泊$x$", [28.0, None, 31.5, *[None] * 9])
    chart = trophic_state_by_month([whole, part], title="t", months_ended=9)
    assert_readable(chart)
    assert "斜纹 7 次" in chart.note
    assert "71.3" in chart.alt and chart.data["tli"].notna().sum() == 14
