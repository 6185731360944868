"""Figures beside targets, duties over the years and by theme, returns by period."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest
from chart_reading import assert_readable, drawn_texts

from ecoreport.charts.changes import Point, Series, indicators_over_years
from ecoreport.charts.chart import Chart
from ecoreport.charts.duties import Duty, duties_by_theme, duties_over_years
from ecoreport.charts.flows import Flow, fate_of_waste
from ecoreport.charts.returns import Part, Return, returns_by_period
from ecoreport.charts.targets import (
    BAND,
    BAR,
    BAR_LEFT,
    BAR_WIDTH,
    CAP,
    Row,
    _place,
    figures_beside_targets,
)
from ecoreport.components import component
from ecoreport.config.load import load_catalogue
from ecoreport.config.vocabulary import Verdict
from ecoreport.project import Project
from ecoreport.report import Provenance

STYLES = load_catalogue(Project.here()).verdicts
WORDS = {
    "done": "已完成",
    "mostly_done": "基本完成",
    "started": "已启动",
    "not_done": "未开展",
    "open": "没有认定",
}
STATES = {"fine": "已报告", "wrong": "有事件", "missing": "没有报告", "ahead": "未到期"}
RATE = Row(
    "城镇新建绿色建筑比例（东部地区）", "%", Decimal("62.4"), Decimal(50), ">=", "≥50",
    STYLES[Verdict.MET], "达标", Decimal("54.2"),
)  # fmt: skip
ENERGY = Row(
    "单位地区生产总值能耗", "吨标煤/万元", Decimal("0.413"), Decimal("0.70"), "<=", "≤0.70",
    STYLES[Verdict.MET], "达标", Decimal("0.428"),
)  # fmt: skip


def texts(chart: Chart) -> list[str]:
    return [text for text, _box in drawn_texts(chart.figure)]


def targets(*rows: Row) -> Chart:
    return figures_beside_targets(rows, ("2018年", "2017年"), title="t", target_name="目标")


def test_figures_of_any_unit_stand_beside_their_targets() -> None:
    chart = targets(RATE, ENERGY)
    assert {"62.4", "≥50", "54.2", "0.413", "≤0.70"} <= set(texts(chart))
    assert "城镇新建绿色建筑比例（东部地区） 62.4%，目标≥50，达标" in chart.alt
    assert chart.data["last_year"].tolist() == [Decimal("54.2"), Decimal("0.428")]
    assert_readable(chart)


def test_shares_are_drawn_of_the_whole_and_others_of_their_largest() -> None:
    assert _place(RATE, Decimal(50)) == BAR_LEFT + BAR_WIDTH / 2
    assert _place(ENERGY, Decimal("0.70")) == pytest.approx(BAR_LEFT + BAR_WIDTH / 1.15)
    assert _place(replace(RATE, value=Decimal(120)), Decimal(120)) < BAR_LEFT + BAR_WIDTH
    assert _place(RATE, Decimal(-3)) == BAR_LEFT


@pytest.mark.parametrize("target", ["0", "0.5", "3", "9", "18", "30", "90"])
@pytest.mark.parametrize("before", [None, "1", "12", "24"])
def test_no_mark_crosses_the_words_for_a_missing_value(target: str, before: str | None) -> None:
    last = None if before is None else Decimal(before)
    chart = targets(replace(RATE, value=None, target=Decimal(target), before=last))
    ((_text, words),) = (one for one in drawn_texts(chart.figure) if one[0] == "无数据")
    canvas = chart.figure.axes[0]
    drawn = [line.get_window_extent() for line in canvas.lines]
    in_row = [box for box in drawn if box.y0 < words.y1 and box.y1 > words.y0]
    assert in_row
    assert not [box for box in in_row if box.x0 < words.x1 and box.x1 > words.x0]
    assert_readable(chart)


def test_a_missing_value_says_so_beside_its_target() -> None:
    style = STYLES[Verdict.INSUFFICIENT_DATA]
    chart = targets(
        replace(RATE, value=None, style=STYLES[Verdict.NO_DATA], verdict="未报送"),
        replace(ENERGY, is_valid=False, style=style, verdict="有效数据不足，不予评价"),
        replace(ENERGY, label="一个非常非常非常非常非常长的指标名称$x_1$" * 2, is_missed=True),
    )
    assert "无数据" in texts(chart)
    assert "有值 2 项" in chart.note and "深色条" in chart.note
    assert_readable(chart)


def test_a_target_of_nought_can_be_drawn() -> None:
    nought = replace(ENERGY, value=Decimal(0), target=Decimal(0), before=None, target_text="≤0")
    assert_readable(targets(nought))


def test_a_sample_shows_what_it_leaves_open() -> None:
    open_ended = replace(RATE, interval=(Decimal("60.3"), Decimal("64.5")))
    chart = targets(open_ended, ENERGY)
    assert "误差范围" in chart.note
    assert chart.data["low"].tolist()[0] == Decimal("60.3")
    assert "low" not in targets(RATE).data
    assert_readable(chart)


def test_what_a_sample_leaves_open_touches_neither_bar_nor_dot() -> None:
    chart = targets(replace(RATE, interval=(Decimal("49.0"), Decimal("64.5"))))
    boxes = [line.get_window_extent() for line in chart.figure.axes[0].lines]
    dots = [box for box in boxes if box.width and box.height > CAP * 2]
    dot = min(dots, key=lambda box: box.y0)  # the other one is in the head
    whisker = [box for box in boxes if 0 < box.height <= CAP * 2 or box.width > dot.width]
    middle = (dot.y0 + dot.y1) / 2
    in_row = [box for box in whisker if abs(box.y0 - middle) < BAND]
    assert len(in_row) == 3  # a line and its two ends
    assert max(box.y1 for box in in_row) < min(dot.y0, middle - BAR / 2)


def test_waste_is_drawn_as_parts_of_what_came_in() -> None:
    words = {"used_t": "利用量", "disposed_t": "处置量", "stock_end_t": "年末贮存量"}
    flows = [
        Flow("一般工业固体废物", 51000, {"used_t": 45600, "disposed_t": 4200, "stock_end_t": 1000}),
        Flow("危险废物", 1000, {"used_t": 300, "disposed_t": 800, "stock_end_t": 0}),
    ]
    chart = fate_of_waste(flows, words, title="t")
    assert {"51\u2009000", "200", "\u2212100", "89.4%"} <= set(texts(chart))
    assert "危险废物：利用量 30.0%、处置量 80.0%" in chart.alt
    assert chart.data["gap_t"].tolist() == [200, -100]
    assert_readable(chart)


def test_years_have_their_target_as_a_line_with_its_number() -> None:
    points = [Point(2016 + n, Decimal(value)) for n, value in enumerate(("18", "19", "20"))]
    series = [
        Series(name, "%", points, "比2017年+1 百分点，好转", target, f"≥{target}" if target else "")
        for name, target in (("甲", Decimal(20)), ("乙", None), ("丙", Decimal("18.5")))
    ]
    chart = indicators_over_years(series, title="t")
    assert {"≥20", "≥18.5"} <= set(texts(chart))
    assert chart.data["target"].dropna().unique().tolist() == [Decimal(20), Decimal("18.5")]
    assert_readable(chart)


def test_duties_say_their_status_in_words_and_a_gap_is_hatched() -> None:
    duties = [
        Duty("河长制", "制度", {2016: "not_done", 2017: "started", 2018: "done"}, "齐全"),
        Duty("空间规划" * 12, "空间", {2018: "mostly_done"}, "无"),
    ]
    chart = duties_over_years(duties, [2016, 2017, 2018], WORDS, title="t")
    assert {"未开展", "已启动", "已完成", "基本完成", "齐全"} <= set(texts(chart))
    assert "没有认定" in chart.note
    assert chart.data["status"].tolist() == ["未开展", "已启动", "已完成", "", "", "基本完成"]
    assert_readable(chart)


def test_many_duties_are_squares_by_theme() -> None:
    counts = pd.DataFrame(
        {"open": [40, 1], "done": [0, 12], "started": [3, 0]}, index=["执法", "制度" * 30]
    )
    chart = duties_by_theme(counts, WORDS, title="t")
    assert {"0 / 43", "12 / 13", "已完成", "已启动", "没有认定"} <= set(texts(chart))
    assert "基本完成" not in texts(chart)
    assert "执法：已启动 3、没有认定 40" in chart.alt
    assert_readable(chart)


def test_returns_are_tiles_along_the_months() -> None:
    monthly = Return("重、特大突发环境事件", [
        *(Part(month, month, "fine", "0") for month in range(1, 5)),
        Part(5, 5, "wrong", "2"), Part(6, 6, "missing"),
        *(Part(month, month, "ahead") for month in range(7, 13)),
    ])  # fmt: skip
    quarterly = Return("信息公开", [Part(1, 3, "fine"), Part(4, 6, "wrong"), Part(7, 12, "ahead")])
    chart = returns_by_period([monthly, quarterly], STATES, title="t")
    assert texts(chart).count("0") == 4
    assert "缺 1 期" in chart.note
    assert "重、特大突发环境事件：已报告 4、有事件 1、没有报告 1、未到期 6" in chart.alt
    assert_readable(chart)


def test_a_narrow_screen_has_the_figures_as_a_list() -> None:
    chart = targets(RATE, replace(ENERGY, value=None, before=None))
    rate, energy = chart.rows
    assert (rate.label, rate.verdict) == ("城镇新建绿色建筑比例（东部地区）", RATE.verdict)
    assert rate.figures == "62.4%，目标 ≥50，2017年 54.2"
    assert (rate.bar, rate.target) == (62.4, 50.0)
    assert (energy.figures, energy.bar) == ("无数据，目标 ≤0.70", None)
    html = component(
        "chart", identifier="a", drawing="", note="", rows=chart.rows, provenance=Provenance()
    )
    assert 'd="M0 4H62.4"' in html and "verdict-met" in html
