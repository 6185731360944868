"""Noise: counts of points, means, grades and sums, each by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial

import pandas as pd
from departmental import CATALOGUE, observed

from ecoreport.observe import observe
from ecoreport.project import Pair

PAIR = Pair("linjiang", 2018)
seen = partial(observed, PAIR)


def points(*rows: tuple[str, str, str, float | None, float | None]) -> pd.DataFrame:
    columns = ["point", "functional_area", "period", "day_db", "night_db"]
    return pd.DataFrame(rows, columns=columns)


YEAR_OF_POINTS = points(
    ("甲", "1", "2018-Q1", 55.0, 45.1),
    ("甲", "1", "2018-Q2", 55.1, 45.0),
    ("甲", "1", "2018-Q3", 54.0, 44.0),
    ("甲", "1", "2018-Q4", 54.0, 44.0),
    ("乙", "4a", "2018-Q1", 70.0, 56.0),
    ("乙", "4a", "2018-Q2", 69.0, 55.1),
    ("乙", "4a", "2018-Q3", 69.0, 55.0),
    ("乙", "4a", "2018-Q4", 69.0, None),
)


def test_points_within_limits_are_counted_day_and_night_apart() -> None:
    found, kept = seen(noise_points=YEAR_OF_POINTS)
    day = found["noise.day_attainment", "2018"]
    assert (day.trace.n_counted, day.trace.n_used, day.value) == (7, 8, Decimal("87.5"))
    assert day.trace.substituted == "7 ÷ 8 × 100"
    assert day.is_sufficient
    night = found["noise.night_attainment", "2018"]
    assert (night.trace.n_counted, night.trace.n_used, night.value) == (4, 7, Decimal("57.1"))
    # One night was not measured: seven of eight.
    assert (night.is_sufficient, night.reason) == (False, "points_missing")
    assert night.trace.n_expected == 8
    first = found["noise.night_attainment", "2018-Q1"]
    assert (first.trace.n_counted, first.trace.n_used) == (0, 2)
    frame = kept["noise_attainment"]
    own = frame[(frame["quarter"] == "") & (frame["functional_area"] == "4a")]
    assert own.set_index("period")["n_within"].to_dict() == {"day": 4, "night": 1}


def test_a_part_of_the_year_counts_the_quarters_that_have_ended() -> None:
    found, _kept = seen(dt.date(2018, 9, 29), noise_points=YEAR_OF_POINTS)
    label = "2018-01-01/2018-09-29"
    day = found["noise.day_attainment", label]
    assert (day.trace.n_counted, day.trace.n_used, day.trace.n_expected) == (3, 4, 4)
    assert day.reason == "too_few_months"
    assert ("noise.day_attainment", "2018-Q3") not in found


def test_a_point_that_was_left_out_in_a_quarter_is_missed() -> None:
    found, _kept = seen(noise_points=YEAR_OF_POINTS.iloc[1:])
    day = found["noise.day_attainment", "2018"]
    assert (day.trace.n_used, day.trace.n_expected, day.reason) == (7, 8, "points_missing")


def hours_of(point: str, area: str, *days: str) -> pd.DataFrame:
    """24 hours each day: 54.0 by day, 46.0 by night."""
    starts = pd.DatetimeIndex(
        [start for day in days for start in pd.date_range(day, periods=24, freq="h")]
    )
    levels = [54.0 if 6 <= hour < 22 else 46.0 for hour in starts.hour]
    frame = pd.DataFrame({"point": point, "functional_area": area, "date": starts.normalize()})
    return frame.assign(hour=starts.hour + 1, level_db=levels)


EACH_QUARTER = ("2018-02-05", "2018-05-05", "2018-08-05", "2018-11-05")


def test_hours_stand_in_for_the_table_of_quarters() -> None:
    hourly = pd.concat([hours_of("甲", "1", *EACH_QUARTER), hours_of("乙", "4a", *EACH_QUARTER)])
    found, _kept = seen(noise_hourly=hourly.reset_index(drop=True))
    day, night = (found[f"noise.{name}_attainment", "2018"] for name in ("day", "night"))
    assert (day.trace.n_counted, day.trace.n_used, day.value) == (8, 8, Decimal("100.0"))
    assert (night.trace.n_counted, night.trace.n_used) == (4, 8)
    assert day.is_sufficient
    assert "由小时值按能量平均计算" in str(day.trace.notes[1])
    # An hour of the night is missing: that night does not count.
    short, _kept = seen(noise_hourly=hourly.reset_index(drop=True).drop(index=1))
    night = short["noise.night_attainment", "2018"]
    assert (night.trace.n_used, night.trace.n_expected, night.reason) == (7, 8, "points_missing")
    assert short["noise.day_attainment", "2018"].trace.n_used == 8


def test_beside_a_table_of_quarters_hours_are_only_compared() -> None:
    hourly = hours_of("甲", "1", *EACH_QUARTER)
    found, _kept = seen(noise_points=YEAR_OF_POINTS, noise_hourly=hourly)
    alone, _kept = seen(noise_points=YEAR_OF_POINTS)
    day = found["noise.day_attainment", "2018"]
    assert day.value == alone["noise.day_attainment", "2018"].value
    assert str(day.trace.notes[1]) == "有小时值的4个点次，由小时值算出的声级与表中不同的4个"
    third = found["noise.day_attainment", "2018-Q3"]
    assert "有小时值的1个点次" in str(third.trace.notes[1])


def test_levels_of_grid_and_roads_with_their_grades() -> None:
    grid = pd.DataFrame(
        {
            "square": ["1", "2", "3"],
            "date": pd.to_datetime(["2018-05-01", "2018-05-02", "2018-10-03"]),
            "day_db": [50.0, 55.0, 60.1],
            "night_db": [None, None, None],
        }
    ).astype({"night_db": "float64"})
    roads = pd.DataFrame(
        {
            "road": ["甲路", "乙路", "丙路"],
            "length_km": [3.0, 1.0, None],
            "date": pd.to_datetime(["2018-05-01"] * 3),
            "day_db": [66.0, 70.0, 80.0],
            "night_db": [58.1, 58.1, None],
        }
    )
    found, kept = seen(noise_regional=grid, noise_roads=roads)
    regional = found["noise.regional_day_level", "2018"]
    # (50.0 + 55.0 + 60.1) / 3 = 55.03…: printed 55.0, which belongs to the better grade.
    assert regional.value == Decimal("55.0")
    assert str(regional.trace.notes[0]) == "等级：二级（较好）"
    assert not regional.trace.is_verified
    assert ("noise.regional_night_level", "2018") not in found
    road = found["noise.road_day_level", "2018"]
    assert (road.value, road.trace.n_used, road.trace.n_expected) == (Decimal("67.0"), 2, 3)
    assert str(road.trace.notes[0]) == "等级：一级（好）"
    # A road without a length has no weight: two of three are not the whole network.
    assert (road.is_sufficient, road.reason) == (False, "points_missing")
    assert str(road.trace.notes[1]) == "表中3个，有数据的2个"
    assert (regional.is_sufficient, len(regional.trace.notes)) == (True, 1)
    assert road.trace.is_verified
    assert found["noise.road_night_level", "2018"].value == Decimal("58.1")
    assert kept["noise_levels"]["grade"].tolist() == ["二级", "一级", "二级"]
    early, _kept = seen(dt.date(2018, 6, 30), noise_regional=grid)
    assert early["noise.regional_day_level", "2018-01-01/2018-06-30"].value == Decimal("52.5")


def test_complaints_and_permits_are_sums_of_months_that_have_ended() -> None:
    frame = pd.DataFrame(
        {
            "month": [f"2018-{month:02}" for month in range(1, 13)] * 2,
            "source": ["construction"] * 12 + ["social"] * 12,
            "complaints": [1.0] * 12 + [2.0] * 12,
            "night_permits": [3.0] * 11 + [None] * 13,
        }
    )
    found, _kept = seen(noise_complaints=frame)
    assert found["noise.complaints", "2018"].value == 36
    assert found["noise.complaints", "2018"].is_sufficient
    permits = found["noise.night_work_permits", "2018"]
    assert (permits.value, permits.reason) == (33, "too_few_months")
    half, _kept = seen(dt.date(2018, 6, 30), noise_complaints=frame)
    assert half["noise.complaints", "2018-01-01/2018-06-30"].value == 18


def test_better_checked_rows_go_first() -> None:
    rough = YEAR_OF_POINTS.assign(maturity="provisional", day_db=90.0)
    frame = pd.concat([rough, YEAR_OF_POINTS.assign(maturity="verified")], ignore_index=True)
    frame = frame.assign(source_file="表.xlsx", source_sheet="", source_row=2)
    observations, _kept = observe(CATALOGUE, PAIR, {"noise_points": frame}, [])
    (day,) = [
        one
        for one in observations
        if (one.indicator, one.period) == ("noise.day_attainment", "2018")
    ]
    assert (day.trace.n_counted, day.maturity) == (7, "verified")


def test_without_tables_nothing_is_observed() -> None:
    found, kept = seen()
    assert not [name for name, _period in found if name.startswith("noise.")]
    assert not [name for name in kept if name.startswith("noise_")]


def test_the_row_of_a_whole_month_is_not_counted_beside_its_sources() -> None:
    frame = pd.DataFrame(
        {
            "month": ["2018-01"] * 3 + ["2018-02", "2018-03"],
            "source": ["all", "construction", "social", "all", "traffic"],
            "complaints": [10.0, 6.0, 3.0, 0.0, 4.0],
        }
    )
    found, kept = seen(dt.date(2018, 3, 31), noise_complaints=frame)
    assert found["noise.complaints", "2018-01-01/2018-03-31"].value == 14
    by_month = kept["noise_complaints_by_month"].set_index(["month", "source"])["complaints"]
    assert by_month[1].to_dict() == {"all": 1, "construction": 6, "social": 3}
    assert by_month[2].to_dict() == {"all": 0}
