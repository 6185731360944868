"""Samples above the limits of each item: what is drawn, told and downloaded are the same counts."""

from chart_reading import assert_readable, drawn_texts

from ecoreport.charts.soil_items import ItemCounts, ItemGroup, samples_by_item

GROUPS = (
    ItemGroup("农用地（GB 15618-2018）", (ItemCounts("镉", 37, 2, 1), ItemCounts("汞", 40, 0, 0))),
    ItemGroup(
        "建设用地，第二类用地，10个样品",
        (ItemCounts("铬（六价）", 9, 1, 0),),
        "其余44项均不高于筛选值",
    ),
    ItemGroup("建设用地，第一类用地，6个样品", (), "45项均不高于筛选值"),
)


def test_samples_above_both_limits_count_at_both() -> None:
    chart = samples_by_item(GROUPS, title="t", note="n")
    assert_readable(chart)
    texts = [text for text, _box in drawn_texts(chart.figure)]
    assert {"其余44项均不高于筛选值", "45项均不高于筛选值", "高于管制值"} <= set(texts)
    assert "镉 40个样品，高于筛选值3个、管制值1个" in chart.alt
    first = chart.data.iloc[0]
    assert first["n_judged"] == 40
    assert (first["n_above_screening_only"], first["n_above_intervention"]) == (2, 1)


def test_narrow_screens_have_a_row_an_item() -> None:
    rows = samples_by_item(GROUPS, title="t", note="n").rows
    assert [one.bar for one in rows] == [7.5, 0.0, 10.0]
    assert rows[2].label == "建设用地，第二类用地，10个样品：铬（六价）"


def test_items_never_measured_have_an_empty_bar() -> None:
    group = ItemGroup("农用地", (ItemCounts("镉", 0, 0, 0),))
    assert_readable(samples_by_item([group], title="t", note="n"))
