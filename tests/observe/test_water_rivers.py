"""How good the water of a river is: by means of few sections, by shares of many."""

import pandas as pd
from water_year import listed, sampled, seen


def of(rows, river):
    return rows.set_index("river").loc[river]


def test_few_sections_go_by_their_means_and_many_by_shares():
    small = [{"river": "小河"}] * 2
    big = [{"river": "大河"}] * 5
    monthly = [
        sampled("S1", tp_mg_l=0.1),
        sampled("S2", tp_mg_l=0.34),
        *(sampled(f"S{number}", nh3n_mg_l=0.4) for number in range(3, 7)),
        sampled("S7", nh3n_mg_l=2.5),
    ]
    _found, kept, _all = seen(listed(*small, *big), *monthly)
    rivers = kept["water_river_year"]
    # (0.1 + 0.34) / 2 = 0.22: class IV, 0.1 times beyond class III.
    few = of(rivers, "小河")
    assert (few["method"], few["class"], few["grade"]) == ("means", "IV", "lightly_polluted")
    assert few["main_indicators"] == "总磷(0.1)"
    # Four of five of class III or better are 80 %.
    many = of(rivers, "大河")
    assert (many["method"], many["grade"], many["percent_to_iii"]) == ("shares", "good", 80.0)
    assert many["main_indicators"] == ""
    # Five of seven are 71.4 %, one of seven below V is 14.3 %.
    whole = of(rivers, "")
    assert (whole["grade"], whole["n_sections"]) == ("lightly_polluted", 7)
    assert whole["main_indicators"] == "氨氮(14.3%)、总磷(14.3%)"
    years = kept["water_section_year"].set_index("section")
    assert years.loc["S7", "grade"] == "heavily_polluted"
    assert years.loc["S7", "main_indicators"] == "氨氮(1.5)"


def test_what_is_left_out_of_a_section_is_left_out_of_its_river():
    background = {"background_items": "总磷", "background_document": "函"}
    _found, kept, _all = seen(listed(background), sampled("S1", tp_mg_l=0.36))
    assert kept["water_river_year"]["grade"].tolist() == ["excellent"]


def test_rivers_and_lakes_stand_apart_and_short_years_have_no_grade():
    lake = {"river": "望虞河", "water_body": "lake"}
    _found, kept, _all = seen(listed({}, lake), sampled("S1"), sampled("S2"))
    rivers = kept["water_river_year"]
    assert rivers["water_body"].tolist() == ["river", "lake"]
    assert "" not in set(rivers["river"])
    _found, kept, _all = seen(listed({}), sampled("S1", range(1, 4)))
    assert "water_river_year" not in kept


def test_the_items_that_sections_lack_are_named():
    found, _kept, _all = seen(
        listed({}, {"name": "少项的"}), sampled("S1"), sampled("S2", cod_mg_l=None)
    )
    told = [str(note) for note in found["water.good_share"].trace.notes]
    assert any(
        "1个断面参评项目不足21项、类别可能偏好：断面1；没有监测值的15项：" in one for one in told
    )
    assert any("少项的；没有监测值的16项：化学需氧量" in one and "…" in one for one in told)


def test_an_item_of_the_background_was_measured_and_does_not_lack():
    background = {"background_items": "总磷", "background_document": "函"}
    _found, kept, _all = seen(listed(background), sampled("S1"))
    assert "总磷" not in kept["water_section_year"]["missing_items"].iloc[0]


def test_a_detection_limit_above_the_target_is_named_with_its_section():
    frame = sampled("S1", tp_mg_l=0.15).assign(tp_mg_l_detection_limit=0.3)
    found, kept, _all = seen(listed({}), frame)
    note = "有项目的检出限高于目标类别的限值、是否达到由方法决定的断面：断面1（总磷）"
    assert note in map(str, found["water.good_share"].trace.notes)
    assert set(kept["water_section_month"]["unresolved_items"]) == {"总磷"}
    frame = frame.assign(tp_mg_l_detection_limit=pd.Series([None] * 12, dtype="float64"))
    found, _kept, _all = seen(listed({}), frame)
    assert note not in map(str, found["water.good_share"].trace.notes)
    # Of class IV 0.3 is the limit itself.
    frame = frame.assign(tp_mg_l_detection_limit=0.3)
    found, _kept, _all = seen(listed({"target_class": "IV"}), frame)
    assert note not in map(str, found["water.good_share"].trace.notes)
