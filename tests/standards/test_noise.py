import math
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoreport.errors import InputError
from ecoreport.standards.noise import (
    day_night_levels,
    energy_average,
    night_peak_limit,
    noise_attainment,
    noise_attainment_rates,
    noise_grade,
    noise_limit,
    regional_level,
    road_traffic_level,
)
from ecoreport.standards.tables import select

NOW = date(2018, 6, 1)
GRADES = ["一级", "二级", "三级", "四级", "五级"]

# Suzhou (Anhui), third quarter of 2020, as its bureau published levels and verdicts.
SUZHOU = pd.DataFrame(
    [
        ("监测站", "1类", 54.2, 42.0, True, True),
        ("科技广场", "2类", 64.7, 55.7, False, False),
        ("国电宿州热电", "3类", 53.3, 48.5, True, True),
        ("区刑警队", "4a类", 55.5, 48.5, True, True),
        ("环保局", "1类", 54.2, 50.5, True, False),
        ("雪龙化纤", "3类", 51.9, 50.3, True, True),
        ("明日世纪花园", "1类", 48.6, 44.0, True, True),
    ],
    columns=["point", "functional_area", "day_db", "night_db", "day", "night"],
)

# Dazhou, third quarter of 2015: points within limits, points measured, published rate.
DAZHOU = {
    ("1", "day"): (4, 6, 66.7),
    ("1", "night"): (5, 6, 83.3),
    ("2", "day"): (9, 13, 69.2),
    ("2", "night"): (9, 13, 69.2),
    ("4a", "day"): (7, 8, 87.5),
    ("4a", "night"): (5, 8, 62.5),
}

levels_db = st.integers(0, 1200).map(lambda n: n / 10)


@pytest.mark.parametrize(
    ("area", "day", "night"),
    [("0", 50, 40), ("1", 55, 45), ("2", 60, 50), ("3", 65, 55), ("4a", 70, 55), ("4b", 70, 60)],
)
def test_a_limit_just_reached_is_kept(area, day, night):
    points = pd.DataFrame(
        {"functional_area": area, "day_db": [day, day + 0.1], "night_db": [night, night + 0.1]}
    )
    found = noise_attainment(points, NOW)
    for period, limit in (("day", day), ("night", night)):
        assert noise_limit(area, period, NOW).value == limit
        assert found[f"{period}_limit_db"].tolist() == [limit] * 2
        assert found[f"{period}_is_within"].tolist() == [True, False]
        assert found[f"{period}_excess_db"][1] == 0.1
        assert math.isnan(found[f"{period}_excess_db"][0])
    assert night_peak_limit(area, NOW) == night + 15


def test_published_verdicts_of_points():
    found = noise_attainment(SUZHOU, NOW)
    assert found["day_is_within"].tolist() == SUZHOU["day"].tolist()
    assert found["night_is_within"].tolist() == SUZHOU["night"].tolist()


def test_published_rates_by_area():
    rows = [
        {"functional_area": area, f"{period}_db": 40.0 if place < within else 90.0}
        for (area, period), (within, measured, _percent) in DAZHOU.items()
        for place in range(measured)
    ]
    found = noise_attainment_rates(pd.DataFrame(rows), NOW).set_index(["functional_area", "period"])
    for key, (within, measured, percent) in DAZHOU.items():
        assert found.loc[key].tolist() == [measured, within, percent]
    assert found.loc[("all", "day")].tolist() == [27, 20, 74.1]


def test_a_period_not_measured_is_no_attainment():
    points = pd.DataFrame({"functional_area": ["2类"], "day_db": [50.0], "night_db": [math.nan]})
    assert noise_attainment(points, NOW)["night_is_within"].isna().tolist() == [True]
    rates = noise_attainment_rates(points, NOW)
    assert rates["n_measured"].tolist() == [1, 0, 1, 0]
    assert rates["percent"].isna().tolist() == [False, True, False, True]


@pytest.mark.parametrize("area", ["4类", "5", None])
def test_class_4_alone_is_not_enough(area):
    points = pd.DataFrame({"functional_area": [area], "day_db": [50.0], "night_db": [40.0]})
    with pytest.raises(InputError, match="4a类"):
        noise_attainment(points, NOW)


def test_days_and_areas_without_a_limit_are_errors():
    with pytest.raises(InputError, match="2008-09-30"):
        noise_limit("2", "day", date(2008, 9, 30))
    with pytest.raises(InputError, match="evening"):
        noise_limit("2", "evening", NOW)


@pytest.mark.parametrize(
    "line", select("noise_grades"), ids=lambda line: str(list(line.values())[1:4])
)
def test_bounds_belong_to_the_better_grade(line):
    if not line["to"]:
        return
    bound = float(line["to"])
    levels = pd.Series([bound, round(bound + 0.1, 1), bound + 0.04, math.nan])
    found = noise_grade(levels, line["kind"], line["period"])["grade"]
    place = GRADES.index(line["name_zh"])
    assert found[:3].tolist() == [GRADES[place], GRADES[place + 1], GRADES[place]]
    assert found.isna().tolist() == [False] * 3 + [True]


@pytest.mark.parametrize(
    ("level", "kind", "period", "grade", "word"),
    [
        (54.5, "regional", "day", "二级", "较好"),  # Xuancheng 2018
        (46.1, "regional", "night", "三级", "一般"),
        (59.3, "road_traffic", "day", "一级", "好"),
        (51.4, "road_traffic", "night", "一级", "好"),
        (69.6, "road_traffic", "day", "二级", "较好"),  # Changsha 2016
        (55.5, "regional", "day", "三级", "一般"),  # Jiangsu 2023
        (47.3, "regional", "night", "三级", "一般"),
        (44.9, "regional", "night", "二级", "较好"),  # Lianyungang 2023
        (51.5, "regional", "night", "四级", "较差"),  # Wuxi 2023
        (49.6, "regional", "day", "一级", "好"),  # Yanbian 2025
    ],
)
def test_published_grades(level, kind, period, grade, word):
    found = noise_grade(pd.Series([level]), kind, period)
    assert found.loc[0, ["grade", "word"]].tolist() == [grade, word]


def test_how_well_a_grade_was_checked():
    day = noise_grade(pd.Series([40.0, 62.0, 99.0, math.nan]), "regional", "day")["verified"]
    assert day.tolist()[:3] == ["verified"] * 3
    assert day.isna()[3]
    night = noise_grade(pd.Series([39.0, 47.0, 60.0]), "regional", "night")["verified"]
    assert night.tolist() == ["one source", "verified", "one source"]
    assert set(noise_grade(pd.Series([50.0]), "road_traffic", "night")["verified"]) == {
        "one source"
    }


def test_another_kind_of_grade_is_an_error():
    with pytest.raises(InputError, match="airports"):
        noise_grade(pd.Series([50.0]), "airports", "day")


def test_energy_average_is_not_the_mean():
    assert energy_average([50.0, 60.0]) == 57.4
    assert energy_average([100, 80, 60, 40, 20]) == 93.1
    assert energy_average([55.0] * 7 + [math.nan]) == 55.0
    with pytest.raises(InputError, match="等效声级"):
        energy_average([math.nan])


@settings(deadline=None, max_examples=60)
@given(st.lists(levels_db, min_size=1, max_size=24), st.randoms(use_true_random=False))
def test_energy_average_lies_between_mean_and_loudest_in_any_order(levels, random):
    shuffled = list(levels)
    random.shuffle(shuffled)
    average = energy_average(levels)
    assert energy_average(shuffled) == average
    assert sum(levels) / len(levels) - 0.06 <= average <= max(levels) + 1e-9


HOURS = [60, 70, 67, 76, 75, 70, *[72, 78, 75, 70] * 4, 72, 75]


def hours(levels, **columns):
    return pd.DataFrame(
        {"point": "A", "date": "2018-03-01", "hour": range(24), "level_db": levels}
    ).assign(**columns)


def test_levels_of_a_day_as_another_program_gives_them():
    found = day_night_levels(hours(HOURS)).iloc[0]
    assert [round(found[name]) for name in ("day_db", "night_db", "day_night_db")] == [75, 73, 79]
    assert found[["n_day_hours", "n_night_hours"]].tolist() == [16, 8]


def test_a_constant_level_is_louder_by_the_penalty_of_its_nights():
    found = day_night_levels(hours([55.0] * 24)).iloc[0]
    assert found[["day_db", "night_db"]].tolist() == [55.0, 55.0]
    assert found["day_night_db"] == round(10 * math.log10((16 + 80) / 24) + 55, 1)


def test_points_and_days_stand_apart_and_what_is_missing_stays_missing():
    night_only = hours([50.0] * 24, point="B").query("hour < 6")
    both = pd.concat([night_only, hours([60.0] * 24)])
    found = day_night_levels(both)
    assert found["point"].tolist() == ["B", "A"]
    assert found.loc[0, ["day_db", "day_night_db"]].isna().all()
    assert found.loc[0, "night_db"] == 50.0
    assert found["n_day_hours"].tolist() == [0, 16]


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pd.concat([hours(HOURS), hours(HOURS)]), "重复"),
        (hours(HOURS, hour=24), "hour"),
        (hours(HOURS, hour=1.5), "hour"),
        (hours(HOURS, level_db=200.0), "level_db"),
        (hours(HOURS, level_db="75"), "level_db"),
    ],
)
def test_wrong_hours_are_errors(frame, message):
    with pytest.raises(InputError, match=message):
        day_night_levels(frame)


def test_means_of_a_city():
    assert regional_level([54.0, 55.1, math.nan]) == 54.6  # 54.55, half to even
    roads = pd.DataFrame({"level_db": [70.0, 66.0, 80.0], "length_km": [1.0, 3.0, math.nan]})
    assert road_traffic_level(roads) == 67.0
    with pytest.raises(InputError, match="路段"):
        road_traffic_level(roads.assign(length_km=0.0))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(levels_db, st.integers(1, 500)), min_size=1, max_size=8),
    st.sampled_from([2, 1000]),
    st.randoms(use_true_random=False),
)
def test_the_mean_of_roads_depends_neither_on_order_nor_on_the_unit_of_length(rows, unit, random):
    straight = road_traffic_level(pd.DataFrame(rows, columns=["level_db", "length_km"]))
    random.shuffle(rows)
    scaled = [(level, length * unit) for level, length in rows]
    assert road_traffic_level(pd.DataFrame(scaled, columns=["level_db", "length_km"])) == straight
