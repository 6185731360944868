"""Charts of black-odorous waters, sewage and discharges: legible, complete, nothing made up."""

from __future__ import annotations

from decimal import Decimal

from chart_reading import assert_readable

from ecoreport.charts.changes import Point
from ecoreport.charts.water_black_odour import Body, levels_before_and_after
from ecoreport.charts.water_discharges import Discharge, discharges_with_paths
from ecoreport.charts.water_sewage import Scope, YearRate, rates_by_scope


def test_waters_not_removed_stand_first_and_unknown_levels_are_hatched() -> None:
    bodies = [Body(f"河{n}", "light", "none", "2018-06-30", True) for n in range(37)]
    bodies += [
        Body("一条名字非常非常非常长的黑臭河道$x$", "severe", "light", "尚未认定", False),
        Body("另一条", "severe", "", "日期未填", True),
    ]
    chart = levels_before_and_after(bodies, title="t")
    assert_readable(chart)
    assert chart.data["name"].iloc[0].startswith("一条名字") and len(chart.data) == 39
    assert chart.data["name"].iloc[1] == "另一条"
    assert "共 39 条" in chart.note and "斜纹 1 条" in chart.note
    assert_readable(levels_before_and_after(bodies[-2:], title="t"))


def test_rates_stand_beside_their_targets() -> None:
    scopes = [
        Scope(
            "城市污水处理率",
            [
                YearRate(2016, Decimal("94.1")),
                YearRate(2017, Decimal(95)),
                YearRate(2018, Decimal(100)),
            ],
            Decimal(95),
            "目标≥95% 达标",
        ),
        Scope("农村生活污水处理率，名字很长很长很长", [YearRate(2018, Decimal("61.25"), False)]),
    ]
    chart = rates_by_scope(scopes, title="t")
    assert_readable(chart)
    assert "94.1%" in chart.alt and "仅供参考" in chart.note
    assert chart.data["target_percent"].fillna("").tolist() == ["95"] * 3 + [""]


def test_discharges_stand_beside_the_way_to_the_target() -> None:
    points = [
        Point(year, Decimal(value)) for year, value in ((2015, 52000), (2017, 49000), (2018, 47100))
    ]
    path = {2015: Decimal(52000), 2018: Decimal("47210.8")}
    found = [
        Discharge("化学需氧量排放量", "吨", points, "较2015年削减9.4%，目标≥9.21% 达标", path),
        Discharge("总磷排放量", "吨", [Point(2018, Decimal("3.25"), is_valid=False)], "没有目标"),
        Discharge("氨氮排放量", "吨", points[1:], "没有目标"),
    ]
    chart = discharges_with_paths(found, title="t")
    assert_readable(chart)
    assert "47 100" in chart.alt.replace("\u2009", " ") and "不是方案的规定" in chart.note
    assert "仅供参考" in chart.note
    own = chart.data[chart.data["pollutant"] == "化学需氧量排放量"].set_index("year")
    assert own["path"].to_dict() == {2015: "52000", 2017: "", 2018: "47210.8"}
