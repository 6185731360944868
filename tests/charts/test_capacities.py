from __future__ import annotations

from chart_reading import assert_readable, drawn_texts

from ecoreport.charts.capacities import Capacity, capacities_against_need

HAZARDOUS = Capacity("危险废物", 42000.0, 30000.0, 60000.0)


def test_capacity_stands_beside_its_need() -> None:
    rows = [HAZARDOUS, Capacity("医疗废物", 900.0, None, None)]
    chart = capacities_against_need(rows, title="危险废物的投运能力小于产生量")
    texts = {text for text, _box in drawn_texts(chart.figure)}
    assert "能力4.20万吨/年，产生6.00万吨（70%）" in texts
    assert "能力900吨/年" in texts
    assert chart.data["under_construction"].tolist()[0] == 30000
    assert_readable(chart)


def test_a_capacity_that_is_not_whole_says_so() -> None:
    rows = [Capacity("餐厨垃圾", None, None, 3000.0, n_unknown=2)]
    chart = capacities_against_need(rows, title="不能比较")
    assert "能力不全，产生3\u2009000吨" in {text for text, _box in drawn_texts(chart.figure)}
    assert "2 个设施没有能力数据" in chart.note
    assert_readable(chart)
