import math

import numpy as np
import pandas as pd
import pytest

from ecoreport.errors import InputError
from ecoreport.standards.air import area_daily, daily_from_hourly, rounded_readings

POLLUTANTS = ["pm25_ug_m3", "pm10_ug_m3", "so2_ug_m3", "no2_ug_m3", "co_mg_m3"]


def hours(date="2018-05-01", station="1206A", **values):
    frame = pd.DataFrame({"station": station, "date": pd.Timestamp(date), "hour": range(1, 25)})
    constants = {**dict.fromkeys(POLLUTANTS, 10.0), "o3_ug_m3": 80.0, "o3_8h_ug_m3": 70.0}
    return frame.assign(**(constants | values))


def with_gap(n_missing, value=10.0):
    return np.array([math.nan] * n_missing + [value] * (24 - n_missing))


def station_day(station, date="2018-05-01", **values):
    constants = {**dict.fromkeys(POLLUTANTS, 10.0), "o3_8h_ug_m3": 70.0}
    return {"station": station, "date": pd.Timestamp(date), **constants, **values}


def test_a_daily_mean_needs_20_hours():
    day = daily_from_hourly(hours(pm25_ug_m3=with_gap(4), pm10_ug_m3=with_gap(5)), 2018).iloc[0]
    assert day["pm25_ug_m3"] == 10.0
    assert day["pm25_n_hours"] == 20
    assert math.isnan(day["pm10_ug_m3"])
    assert day["pm10_n_hours"] == 19


def test_a_daily_mean_is_exact():
    readings = [0.4, 0.4, 0.4, 0.6] * 6
    assert sum(readings) / 24 != 0.45
    assert daily_from_hourly(hours(co_mg_m3=readings), 2018)["co_mg_m3"][0] == 0.45


def test_readings_with_many_decimals_have_a_mean_too():
    long = daily_from_hourly(hours(so2_ug_m3=[1 / 3] * 12 + [2 / 3] * 12), 2018)
    assert long["so2_ug_m3"][0] == 0.5


def test_ozone_counts_windows_that_end_from_8_to_24():
    running = [200.0] * 7 + [70.0] * 17
    assert daily_from_hourly(hours(o3_8h_ug_m3=running), 2018)["o3_8h_ug_m3"][0] == 70.0


@pytest.mark.parametrize(
    ("n_windows", "level", "expected"),
    [(14, 160.0, 160.0), (13, 160.0, math.nan), (13, 161.0, 161.0)],
)
def test_ozone_needs_14_windows_or_an_exceedance(n_windows, level, expected):
    running = with_gap(24 - n_windows, level)
    day = daily_from_hourly(hours(o3_8h_ug_m3=running), 2018)
    np.testing.assert_equal(day["o3_8h_ug_m3"][0], expected)
    assert day["o3_8h_n_hours"][0] == n_windows


def test_the_limit_that_lets_a_short_day_count_is_the_one_of_the_class():
    short = hours(o3_8h_ug_m3=with_gap(20, 120.0))
    assert math.isnan(daily_from_hourly(short, 2018)["o3_8h_ug_m3"][0])
    assert daily_from_hourly(short, 2018, functional_class=1)["o3_8h_ug_m3"][0] == 120.0


def test_each_station_and_day_is_one_row():
    two = pd.concat([hours("2018-05-02"), hours("2018-05-01"), hours(station="1207A")])
    days = daily_from_hourly(two, 2018)
    assert days[["station", "date"]].to_numpy().tolist() == [
        ["1206A", pd.Timestamp("2018-05-01")],
        ["1206A", pd.Timestamp("2018-05-02")],
        ["1207A", pd.Timestamp("2018-05-01")],
    ]


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pd.concat([hours(), hours()]), "重复"),
        (hours().assign(hour=range(24)), "小时 0"),
        (hours("2017-12-31"), "2017-12-31"),
        (hours().assign(date="2018-05-01"), "date"),
        (hours().drop(columns="o3_8h_ug_m3"), "o3_8h_ug_m3"),
        (hours(no2_ug_m3=-1.0), "no2_ug_m3"),
    ],
)
def test_wrong_hours_are_errors(frame, message):
    with pytest.raises(InputError, match=message):
        daily_from_hourly(frame, 2018)


@pytest.mark.parametrize(
    ("n_points", "n_with_value", "is_given"),
    [(1, 1, True), (2, 1, True), (3, 2, True), (3, 1, False), (4, 3, True), (4, 2, False)],
)
def test_an_area_needs_its_share_of_points(n_points, n_with_value, is_given):
    rows = [
        station_day(f"P{i}", pm25_ug_m3=30.0 + i if i < n_with_value else math.nan)
        for i in range(n_points)
    ]
    day = area_daily(pd.DataFrame(rows), [f"P{i}" for i in range(n_points)], 2018).iloc[0]
    assert day["pm25_n_points"] == n_with_value
    np.testing.assert_equal(
        day["pm25_ug_m3"], 30.0 + (n_with_value - 1) / 2 if is_given else math.nan
    )


def test_a_point_without_data_still_counts_and_a_foreign_one_does_not():
    rows = pd.DataFrame([station_day("A", pm25_ug_m3=20.0), station_day("X", pm25_ug_m3=90.0)])
    assert area_daily(rows, ["A", "B"], 2018)["pm25_ug_m3"].iloc[0] == 20.0
    assert area_daily(rows, ["A", "B", "C"], 2018)["pm25_ug_m3"].isna().all()
    assert area_daily(rows, ["A", "B", "C"], 2018, minimum_share_percent=30).index.name == "date"


def test_an_area_needs_points_and_days_given_once():
    rows = pd.DataFrame([station_day("A"), station_day("A")])
    with pytest.raises(InputError, match="重复"):
        area_daily(rows, ["A"], 2018)
    with pytest.raises(InputError, match="评价点位"):
        area_daily(rows, [], 2018)


def test_readings_as_published():
    frame = pd.DataFrame([station_day("A", pm25_ug_m3=75.5, co_mg_m3=0.25)])
    rounded = rounded_readings(frame, "day", 2018)
    assert rounded.loc[0, ["pm25_ug_m3", "co_mg_m3", "station"]].tolist() == [76.0, 0.2, "A"]
    assert frame["pm25_ug_m3"][0] == 75.5
