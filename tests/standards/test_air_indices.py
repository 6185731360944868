import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoreport.errors import InputError
from ecoreport.standards.air import aqi, good_days, good_days_by_month, iaqi

DAY = {
    "pm25_ug_m3": 30.0,
    "pm10_ug_m3": 40.0,
    "so2_ug_m3": 10.0,
    "no2_ug_m3": 20.0,
    "co_mg_m3": 0.8,
    "o3_8h_ug_m3": 90.0,
}
HOUR = {("o3_ug_m3" if name == "o3_8h_ug_m3" else name): value for name, value in DAY.items()}


def day(**values):
    return pd.DataFrame([{**DAY, **values}])


def index_of(value, pollutant, averaging, year=2018):
    return iaqi(pd.Series([value]), pollutant, averaging, year)[0]


@pytest.mark.parametrize("value", [2.2, Decimal("2.2"), Fraction(22, 10)])
def test_co_of_2_2_over_a_day_is_55(value):
    assert index_of(value, "CO", "24h") == 55


@pytest.mark.parametrize(
    ("pollutant", "averaging", "value", "expected"),
    [
        ("PM2.5", "24h", 35, 50),
        ("PM2.5", "24h", 35.001, 51),
        ("PM2.5", "24h", 75, 100),
        ("PM10", "24h", 150, 100),
        ("SO2", "24h", 475, 150),
        ("NO2", "1h", 200, 100),
        ("PM2.5", "24h", 500, 500),
        ("PM2.5", "24h", 900, 500),
        ("PM2.5", "24h", 0, 0),
    ],
)
def test_breakpoints_of_2012(pollutant, averaging, value, expected):
    assert index_of(value, pollutant, averaging) == expected


def test_a_daily_mean_in_thirds_stays_on_its_breakpoint():
    # (100 + 100 + 106) / 3 hours is 102: a float quotient must not climb over a step.
    assert index_of(306 / 3, "PM10", "24h") == 76
    assert index_of(2170 / 62, "PM2.5", "24h") == 50


def test_so2_above_800_turns_to_24_hours_in_2012_and_is_200_in_2026():
    hour = pd.DataFrame([HOUR | {"so2_ug_m3": 900.0}])
    assert aqi(hour, "hour", 2018)["iaqi_so2"].isna()[0]
    assert aqi(hour, "hour", 2018, require_all=True)["aqi"].isna()[0]
    with_mean = hour.assign(so2_24h_ug_m3=475.0)
    assert aqi(with_mean, "hour", 2018)["aqi"][0] == 150
    assert aqi(hour.assign(so2_ug_m3=80.0, so2_24h_ug_m3=475.0), "hour", 2018)["aqi"][0] == 43
    assert aqi(hour, "hour", 2027)["aqi"][0] == 200


def test_ozone_above_800_turns_to_one_hour_in_2012_and_is_300_in_2026():
    assert aqi(day(o3_8h_ug_m3=801.0), "day", 2018)["iaqi_o3_8h"].isna()[0]
    both = day(o3_8h_ug_m3=801.0, o3_1h_ug_m3=1000.0)
    result = aqi(both, "day", 2018, require_all=True)
    assert result["aqi"][0] == 400
    assert result["primary_pollutants"][0] == ["O3"]
    assert aqi(both, "day", 2027)["aqi"][0] == 300


def test_2012_counts_the_hourly_ozone_of_a_day_and_2026_does_not():
    frame = day(o3_1h_ug_m3=300.0)
    assert aqi(frame, "day", 2018)["aqi"][0] == 150
    assert aqi(frame, "day", 2027)["aqi"][0] == 45


def test_2026_rounds_concentrations_first():
    assert aqi(day(pm25_ug_m3=60.5), "day", 2027)["aqi"][0] == 100
    assert aqi(day(pm25_ug_m3=60.5), "day", 2018)["aqi"][0] == 82
    assert aqi(day(co_mg_m3=2.05), "day", 2027)["iaqi_co"][0] == 50


def test_primary_pollutants_name_ties_and_nothing_up_to_50():
    frame = pd.concat(
        [
            day(pm25_ug_m3=75.0, pm10_ug_m3=150.0),
            day(pm25_ug_m3=35.0),
            day(o3_8h_ug_m3=math.nan, pm25_ug_m3=math.nan, pm10_ug_m3=51.0),
        ],
        ignore_index=True,
    )
    result = aqi(frame, "day", 2018)
    assert result["primary_pollutants"].tolist() == [["PM2.5", "PM10"], [], ["PM10"]]
    assert result["category"].tolist() == ["良", "优", "良"]
    assert result["category"].cat.ordered


def test_a_missing_pollutant_is_treated_as_the_edition_says():
    frame = pd.concat(
        [day(no2_ug_m3=math.nan), day(no2_ug_m3=math.nan, pm25_ug_m3=115.0)], ignore_index=True
    )
    assert aqi(frame, "day", 2018)["aqi"].tolist() == [45, 150]
    assert aqi(frame, "day", 2018, require_all=True)["aqi"].isna().all()
    assert aqi(frame, "day", 2027)["aqi"].tolist() == [pd.NA, 150]
    assert aqi(frame, "day", 2027, require_all=True)["aqi"].isna().all()


def test_nothing_measured_has_no_index():
    nothing = day(**dict.fromkeys(DAY, math.nan))
    result = aqi(nothing, "day", 2018)
    assert result["aqi"].isna()[0]
    assert result["category"].isna()[0]
    assert result["primary_pollutants"][0] == []
    assert aqi(nothing.iloc[:0], "day", 2018).empty


def test_the_index_of_the_frame_is_kept():
    frame = pd.concat([day(), day()]).set_axis(["x", "x"])
    assert aqi(frame, "day", 2018).index.tolist() == ["x", "x"]


@pytest.mark.parametrize(
    ("frame", "averaging", "year", "message"),
    [
        (day(), "week", 2018, "week"),
        (day(), "hour", 2018, "o3_ug_m3"),
        (day(so2_ug_m3=-1.0), "day", 2018, "so2_ug_m3"),
        (day(so2_ug_m3=math.inf), "day", 2018, "so2_ug_m3"),
        (day(so2_ug_m3="12"), "day", 2018, "so2_ug_m3"),
        (day(), "day", 2026, "GB 3095-2012.*GB 3095-2026"),
    ],
)
def test_what_cannot_be_judged_is_an_error(frame, averaging, year, message):
    with pytest.raises(InputError, match=message):
        aqi(frame, averaging, year)


levels = st.lists(st.decimals(0, 800, places=1).map(float), min_size=6, max_size=6)


@settings(deadline=None)
@given(levels, st.integers(0, 5), st.decimals(0, 100, places=1).map(float))
def test_more_pollution_never_lowers_the_index(values, raised, by):
    low = pd.DataFrame([dict(zip(DAY, values, strict=True))])
    high = low.copy()
    high.iloc[0, raised] = min(high.iloc[0, raised] + by, 800.0)
    for year in (2018, 2027):
        assert aqi(high, "day", year)["aqi"][0] >= aqi(low, "day", year)["aqi"][0]


def test_good_days_are_counted_over_valid_days():
    values = [50, 100, 101, 200, 201, 301, pd.NA]
    dates = pd.date_range("2018-01-29", periods=7)
    frame = pd.DataFrame({"aqi": pd.array(values, dtype="Int64")}, index=dates)
    days = good_days(frame, 2018)
    assert (days.n_good_days, days.n_valid_days, days.n_heavy_days) == (2, 6, 2)
    assert days.good_day_share == Fraction(1, 3)
    assert days.good_day_percent == 33.3
    assert list(days.by_category.values()) == [1, 1, 1, 1, 1, 1]
    months = good_days_by_month(frame, 2018)
    assert [months[month].n_valid_days for month in (1, 2, 3)] == [3, 3, 0]
    assert math.isnan(months[3].good_day_percent)
    with pytest.raises(InputError, match="DatetimeIndex"):
        good_days_by_month(frame.reset_index(drop=True), 2018)


def test_the_whole_of_a_column_is_read_at_once():
    hours = pd.DataFrame({name: np.full(1000, value) for name, value in HOUR.items()})
    assert aqi(hours, "hour", 2018)["aqi"].unique().tolist() == [43]
