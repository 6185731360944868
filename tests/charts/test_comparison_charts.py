"""Districts ranked, districts as tiles, indicators over years."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from chart_reading import assert_readable, drawn_texts

from ecoreport.charts.changes import Point, Series, indicators_over_years
from ecoreport.charts.chart import Chart
from ecoreport.charts.ranking import Block, Standing, Target, districts_by_indicator
from ecoreport.charts.style import _contrast, appearance, readable_ink
from ecoreport.charts.tiles import DistrictTile, district_tiles, value_classes
from ecoreport.config.load import load_catalogue
from ecoreport.config.vocabulary import Verdict
from ecoreport.i18n import use_locale
from ecoreport.project import Project

QUANTITY = "PM₂.₅年均浓度（μg/m³）"
LONG = "长白朝鲜族自治县与另一个$名字$"


def texts(chart: Chart) -> list[str]:
    return [text for text, _box in drawn_texts(chart.figure)]


def ranking(*standings: Standing, target: str | None = None, name: str = "") -> Chart:
    line = Target(Decimal(target), f"无锡市目标≤{target}") if target else None
    return districts_by_indicator([Block(name, standings)], line, title="t", quantity=QUANTITY)


def test_places_and_values_stand_beside_the_names_and_missing_is_said() -> None:
    chart = ranking(
        Standing("宜兴市", Decimal("36"), 1),
        Standing("江阴市", Decimal("44"), 2, is_own=True),
        Standing(LONG, Decimal("44"), 2),
        Standing("新吴区", Decimal("41"), is_valid=False),
        Standing("滨湖区", None, reason="没有数据"),
        target="43",
    )
    drawn = texts(chart)
    assert drawn.count("2") == 2
    assert {"36", "没有数据", "无锡市目标≤43"} <= set(drawn)
    assert "第2位 江阴市 44" in chart.alt and "滨湖区 没有数据" in chart.alt
    assert "共 5 个区域，有数据 4 个，参与排名 3 个" in chart.note
    assert "斜纹" in chart.note
    assert chart.data["place"].tolist()[:3] == [1, 2, 2]
    assert_readable(chart)


def test_groups_of_another_basis_stand_by_themselves() -> None:
    blocks = [
        Block("城市评价点均值", [Standing("江阴市", Decimal("44"), 1)]),
        Block("辖区点位均值，演示数据", [Standing("姑苏区", Decimal("36"))]),
    ]
    chart = districts_by_indicator(blocks, None, title="t", quantity=QUANTITY)
    assert {"城市评价点均值", "辖区点位均值，演示数据"} <= set(texts(chart))
    assert_readable(chart)


@pytest.mark.parametrize("values", [("0", "0"), ("-3.5", "2"), ("-3", "-1"), ("99999.99", "0.01")])
def test_any_values_are_drawn_from_zero(values: tuple[str, str]) -> None:
    chart = ranking(
        *(Standing(name, Decimal(one), 1) for name, one in zip("甲乙", values, strict=True))
    )
    assert_readable(chart)


def tile(label: str, row: int, column: int, value: str | None = None, **known: Any) -> DistrictTile:
    remark = known.pop("remark", "" if value else "没有数据")
    return DistrictTile(label, row, column, Decimal(value) if value else None, remark, **known)


def test_tiles_stand_in_their_places_and_say_that_they_are_no_map() -> None:
    chart = district_tiles(
        [
            tile("江阴市", 1, 3, "44", is_own=True),
            tile(LONG, 3, 1, "36"),
            tile("滨湖区", 3, 2),
            tile("姑苏区", 2, 2, "40", is_classed=False, remark="口径不同"),
        ],
        title="t",
        quantity=QUANTITY,
    )
    boxes = dict(drawn_texts(chart.figure))
    assert boxes["江阴市"].x0 > boxes["滨湖区"].x0 and boxes["江阴市"].y0 > boxes["滨湖区"].y0
    assert "不是地图" in chart.note and "有数据 3 个" in chart.note
    assert "滨湖区 没有数据" in chart.alt
    assert {"36–38", "42–44", "口径不同，不分级"} <= set(boxes)
    assert_readable(chart)


def test_verdicts_are_told_by_word_and_shape_and_not_by_tints() -> None:
    styles = load_catalogue(Project.here()).verdicts
    tiles = [
        tile(
            "一", 1, number, "40", style=styles[verdict], verdict=styles[verdict].label_indicator_zh
        )
        for number, verdict in enumerate(Verdict, start=1)
    ]
    for row in (tiles[:4], tiles[4:8], tiles[8:]):
        chart = district_tiles([*row, tile("二", 2, row[0].column)], title="t", quantity=QUANTITY)
        assert_readable(chart)
        assert row[0].verdict in chart.alt
    assert "未达标" in texts(district_tiles(tiles[:4], title="t", quantity=QUANTITY))


@pytest.mark.parametrize(
    "values", [("40",), ("40", "40"), ("40", "44"), ("0.01", "0.02"), ("-3", "12.5"), ("0", "9999")]
)
def test_every_value_lies_in_one_class_and_can_be_read_on_its_tint(values: tuple[str, ...]) -> None:
    tiles = [tile("一", 1, column, value) for column, value in enumerate(values, start=1)]
    classes = value_classes(tiles)
    for one in tiles:
        assert one.value is not None
        assert sum(own.holds(one.value) for own in classes) == 1
    for own in classes:
        assert _contrast(readable_ink(own.colour), own.colour) >= 4.5
    assert appearance().ink in {readable_ink(own.colour) for own in classes}


def series(label: str, *values: str, basis: str = "标况", unit: str = "μg/m³") -> Series:
    points = [Point(2016 + year, Decimal(value), basis) for year, value in enumerate(values)]
    return Series(label, unit, points, "比2017年−3 μg/m³，好转")


def test_each_indicator_has_a_panel_with_its_own_words() -> None:
    chart = indicators_over_years(
        [
            series("PM₂.₅年均浓度", "53", "51", "48"),
            series("一个名字特别特别长长长长长长长长长长长长的指标", "1"),
            series("地表水劣Ⅴ类比例", "0", "0", "0", unit=""),
            series("降低", "-3.4", "12000"),
        ],
        title="t",
    )
    assert {"53", "48", "比2017年−3 μg/m³，好转"} <= set(texts(chart))
    assert len(chart.data) == 9
    assert "PM₂.₅年均浓度 2016 53、2017 51、2018 48" in chart.alt
    assert_readable(chart)


def test_years_of_another_basis_and_years_apart_are_not_joined() -> None:
    together = [Point(2017, Decimal(51), "标况"), Point(2018, Decimal(48), "标况")]
    changed = [together[0], Point(2018, Decimal(48), "实况")]
    apart = [together[0], Point(2019, Decimal(48), "标况")]
    lines = []
    for points in (together, changed, apart):
        chart = indicators_over_years([Series("一", "", points, "")], title="t")
        panel = chart.figure.axes[1]
        lines.append(sum(len(line.get_xdata()) == 2 for line in panel.lines))
    assert lines == [1, 0, 0]


def test_english_words_fit() -> None:
    use_locale("en")
    try:
        assert_readable(
            ranking(
                Standing("Changbai Korean Autonomous County", Decimal("36"), 1),
                Standing("Huqiu (Suzhou New District)", None, reason="no data"),
            )
        )
        name = "Huqiu (Suzhou New District)"
        assert_readable(district_tiles([tile(name, 1, 1, "4")], title="t", quantity=QUANTITY))
    finally:
        use_locale("zh")
