"""Drinking water of villages: samples beside GB 5749, people by whether their water attains."""

import datetime as dt

import pandas as pd
import pytest
from water_year import PAIR, PLACED, catalogue

from ecoreport.observe import observe
from ecoreport.standards.tables import select
from ecoreport.standards.water import tap_water_edition, tap_water_samples

SHARE = "water.rural_drinking_water_pass_rate"
LIMITS = {line["column"]: line for line in select("tap_water_limits")}
SOUND = {
    **{name: 0.0 for name in LIMITS if not name.startswith("has_")},
    "ph": 7.5,
    "has_odour_or_taste": "no",
    "has_visible_matter": "no",
}


def sample(works, population=1000.0, day="2018-07-18", supply="central", attains=None, **cells):
    about = {"works": works, "town": None, "point": "末梢水", "date": pd.Timestamp(day)}
    told = {"supply": supply, "source_kind": "ground", "population": population, "attains": attains}
    return {**about, **told, **SOUND, **cells}


def seen(*samples, as_of=None):
    frame = pd.DataFrame([{"source_row": n, **PLACED, **row} for n, row in enumerate(samples, 2)])
    frames = {"village_water": frame}
    observations, kept = observe(catalogue(), PAIR, frames, [], as_of)
    return next((one for one in observations if one.indicator == SHARE), None), kept


def test_people_count_whose_waterworks_passed_every_sample():
    one, kept = seen(
        sample("镇水厂", 8000.0, "2018-03-20"),
        sample("镇水厂", 8000.0),
        sample("东村", 500.0, "2018-03-20", "small"),
        sample("东村", 500.0, "2018-07-18", "small", mn_mg_l=0.15, total_coliforms_per_100ml=4.0),
        sample("西村", None, fe_mg_l=0.4),
    )
    # 8000 of 8500; who serves an unknown number is named and not counted.
    assert (float(one.value), one.trace.substituted) == (94.1, "8000 ÷ 8500 × 100")
    assert (one.trace.n_used, one.trace.n_expected, one.basis.place) == (2, 3, "有监测的供水人口")
    assert one.trace.edition == "GB 5749-2006" and not one.trace.is_verified
    told = [str(note) for note in one.trace.notes]
    assert told[0].startswith("不合格的供水工程：东村（总大肠菌群、锰）、西村（铁）")
    assert "表4" in told[1]
    assert told[-1] == "没有供水人口或不能评价、不计入的供水工程：西村"
    works = kept["village_water"].set_index("works")
    assert works["n_attaining"].to_dict() == {"镇水厂": 2, "东村": 1, "西村": 0}
    spring, _kept = seen(
        sample("东村", 500.0, "2018-03-20"),
        sample("东村", 500.0, mn_mg_l=0.15),
        as_of=dt.date(2018, 6, 30),
    )
    assert (float(spring.value), spring.trace.notes) == (100.0, ())


@pytest.mark.parametrize(
    ("cells", "attains", "exceeded"),
    [
        ({"turbidity_ntu": 1.0}, True, ""),
        ({"turbidity_ntu": 1.5}, False, "浑浊度(0.5)"),
        ({"ph": 8.6}, False, "pH值"),
        ({"has_odour_or_taste": "yes"}, False, "嗅和味"),
        ({"escherichia_coli_per_100ml": 1.0}, False, "大肠埃希氏菌"),
        ({"nitrate_n_mg_l": 12.0, "source_kind": "surface"}, False, "硝酸盐氮(0.2)"),
        # Of ground water alone up to 20.
        ({"nitrate_n_mg_l": 12.0}, True, ""),
        ({"nitrate_n_mg_l": 22.0}, False, "硝酸盐氮(0.1)"),
    ],
)
def test_samples_are_held_to_table_1(cells, attains, exceeded):
    judged = tap_water_samples(pd.DataFrame([sample("甲", **cells)]))
    assert (judged["attains"][0], judged["exceeded"][0]) == (attains, exceeded)


def test_waterworks_of_two_towns_may_have_one_name():
    here, there = sample("水厂", 300.0), sample("水厂", 100.0, ph=9.9)
    one, kept = seen(here | {"town": "甲镇"}, there | {"town": "乙镇"})
    assert (float(one.value), len(kept["village_water"])) == (75.0, 2)


def test_few_items_say_nothing_and_one_that_fails_says_all():
    bare = dict.fromkeys(SOUND, None)
    few = {**bare, "ph": 7.5, "fe_mg_l": 0.1}
    frame = pd.DataFrame([sample("甲", **few), sample("乙", **{**few, "fe_mg_l": 0.4})])
    frame = frame.astype({name: "float64" for name in SOUND if not name.startswith("has_")})
    judged = tap_water_samples(frame)
    assert judged["is_short"].tolist() == [True, False]
    assert pd.isna(judged["attains"][0]) and not judged["attains"][1]
    # Then the table's own conclusion counts, and is said to.
    one, _kept = seen(sample("甲", 100.0, attains="no", **few), sample("乙", 300.0))
    assert float(one.value) == 75.0
    assert "1个样品没有检测值或项目太少，按报送的结论" in [str(note) for note in one.trace.notes]


def test_the_edition_of_2022_is_not_held_and_judges_nothing():
    assert tap_water_edition(dt.date(2023, 3, 31)) == "GB 5749-2006"
    assert tap_water_edition(dt.date(2023, 4, 1)) == ""
    frame = pd.DataFrame([sample("甲", day="2023-04-01", fe_mg_l=9.0), sample("乙", fe_mg_l=9.0)])
    judged = tap_water_samples(frame)
    assert judged["attains"].isna().tolist() == [True, False]
    assert judged["edition"].tolist() == ["", "GB 5749-2006"]
