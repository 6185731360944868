from __future__ import annotations

from dataclasses import replace

import pytest
from chart_reading import assert_readable

from ecoreport.charts.chart import Chart
from ecoreport.charts.limits import Row, values_against_limits

PM25 = Row("PM₂.₅ 年平均", "μg/m³", 0, 48, 35, 45, 50)
CO = Row("CO 第95百分位数", "mg/m³", 1, 1.3, 4.0, None, 1.4, is_valid=False)


def draw(*rows: Row) -> Chart:
    return values_against_limits(
        rows,
        ("本期", "上年同期"),
        title="一项超标",
        limit_name="二级限值",
        target_name="规划目标",
    )


def test_rows_of_different_units_share_one_scale() -> None:
    chart = draw(PM25, CO)
    assert chart.data["percent_of_limit"].tolist() == pytest.approx([100 * 48 / 35, 32.5])
    assert "CO 第95百分位数" in chart.note
    assert_readable(chart)


def test_missing_values_say_so() -> None:
    chart = draw(replace(PM25, value=None), replace(CO, value=float("nan")))
    assert chart.svg("c").count("无有效数据") == 2
    assert "有值 0 项" in chart.note
    assert_readable(chart)


def test_extreme_values_are_cut_and_long_names_shortened() -> None:
    chart = draw(replace(PM25, value=9985), replace(CO, label="一个非常非常非常长的指标名称$x_1$"))
    assert "9\u2009985" in chart.svg("c")
    assert_readable(chart)
