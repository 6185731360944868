import math
import random

import numpy as np
import pandas as pd
import pytest

from ecoreport.errors import InputError
from ecoreport.standards.air import annual_statistics, exceedance

LEVELS = {
    "pm25_ug_m3": 30.0,
    "pm10_ug_m3": 60.0,
    "so2_ug_m3": 10.0,
    "no2_ug_m3": 30.0,
    "co_mg_m3": 0.8,
    "o3_8h_ug_m3": 120.0,
}


def year_of_days(year=2018, **columns):
    return pd.DataFrame({**LEVELS, **columns}, index=pd.date_range(f"{year}", f"{year}-12-31"))


def row(statistics, pollutant, statistic="annual_mean"):
    is_row = (statistics["pollutant"] == pollutant) & (statistics["statistic"] == statistic)
    return statistics[is_row].iloc[0]


def without(daily, column, dates):
    daily.loc[dates, column] = math.nan
    return daily


def test_one_row_a_pollutant_and_statistic():
    statistics = annual_statistics(year_of_days(), 2018)
    assert statistics[["pollutant", "statistic"]].to_numpy().tolist() == [
        ["SO2", "annual_mean"],
        ["SO2", "p98_24h"],
        ["NO2", "annual_mean"],
        ["NO2", "p98_24h"],
        ["PM10", "annual_mean"],
        ["PM10", "p95_24h"],
        ["PM2.5", "annual_mean"],
        ["PM2.5", "p95_24h"],
        ["CO", "p95_24h"],
        ["O3", "p90_8h"],
    ]
    assert statistics["limit"].tolist() == [60, 150, 40, 80, 70, 150, 35, 75, 4, 160]
    assert set(statistics["verdict"]) == {"met"}
    assert set(statistics["edition"]) == {"GB 3095-2012"}


def test_a_mean_that_is_a_tie_is_rounded_to_even_and_meets_the_limit():
    # Tenths that add up to 365 × 70.5; adding them as floats may end above the tie.
    generator = random.Random(291)  # noqa: S311
    tenths = [generator.randint(300, 1110) for _ in range(364)]
    tenths.append(705 * 365 - sum(tenths))
    daily = year_of_days(pm10_ug_m3=[tenth / 10 for tenth in tenths])
    mean = row(annual_statistics(daily, 2018), "PM10")
    assert (mean["value_unrounded"], mean["value"], mean["verdict"]) == (70.5, 70.0, "met")


def test_percentiles_are_those_of_the_days():
    values = np.arange(365) / 2
    statistics = annual_statistics(year_of_days(no2_ug_m3=values), 2018)
    p98 = row(statistics, "NO2", "p98_24h")
    assert p98["value_unrounded"] == pytest.approx(np.percentile(values, 98), abs=1e-12)
    assert (p98["value"], p98["verdict"], p98["exceedance_multiple"]) == (178.0, "not_met", 1.22)


def test_an_order_of_days_changes_nothing():
    values = np.arange(365) % 97 + 0.1
    daily = year_of_days(pm25_ug_m3=values)
    shuffled = daily.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(annual_statistics(daily, 2018), annual_statistics(shuffled, 2018))


@pytest.mark.parametrize(
    ("missing", "is_valid", "invalid_months"),
    [
        (pd.date_range("2018-08-01", periods=4), True, []),
        (pd.date_range("2018-08-01", periods=5), False, [8]),
        (pd.date_range("2018-02-01", periods=3), True, []),
        (pd.date_range("2018-02-01", periods=4), False, [2]),
    ],
)
def test_months_need_27_days_and_february_25(missing, is_valid, invalid_months):
    daily = without(year_of_days(), "pm25_ug_m3", missing)
    statistics = annual_statistics(daily, 2018)
    mean = row(statistics, "PM2.5")
    assert bool(mean["is_valid"]) is is_valid
    assert mean["invalid_months"] == invalid_months
    assert mean["verdict"] == ("met" if is_valid else "insufficient_data")
    assert mean["value"] == 30.0
    assert row(statistics, "PM10")["verdict"] == "met"


@pytest.mark.parametrize(("n_days", "is_valid"), [(324, True), (323, False)])
def test_a_year_needs_324_days(n_days, is_valid):
    # Every month keeps its minimum of days: 25 + 11 × 27 = 322, fewer than a year needs.
    dates = pd.date_range("2018", "2018-12-31")
    kept = np.where(dates.month == 2, 25, 27)
    spare = dates[dates.day > kept]
    missing = spare[: 365 - n_days]
    mean = row(annual_statistics(without(year_of_days(), "so2_ug_m3", missing), 2018), "SO2")
    assert mean["invalid_months"] == []
    assert bool(mean["is_valid"]) is is_valid
    assert mean["n_valid_days"] == n_days


def test_a_leap_year_expects_366_days():
    mean = row(annual_statistics(year_of_days(2020), 2020), "SO2")
    assert (mean["n_expected"], mean["completeness"]) == (366, 1.0)


def test_no_day_at_all_has_no_value():
    statistics = annual_statistics(year_of_days(co_mg_m3=math.nan), 2018)
    co = row(statistics, "CO", "p95_24h")
    assert math.isnan(co["value"])
    assert (co["n_valid_days"], co["verdict"]) == (0, "insufficient_data")


def test_2026_reports_pm25_with_a_decimal_and_judges_it_whole():
    daily = year_of_days(2027, pm25_ug_m3=30.4)
    mean = row(annual_statistics(daily, 2027), "PM2.5")
    assert (mean["value"], mean["limit"], mean["verdict"]) == (30.4, 30.0, "met")
    assert (mean["edition"], mean["stage"]) == ("GB 3095-2026", "transition")
    final = row(annual_statistics(year_of_days(2031), 2031), "PM2.5")
    assert (final["limit"], final["verdict"], final["exceedance_multiple"]) == (25, "not_met", 0.2)


def test_what_is_from_memory_is_marked():
    statistics = annual_statistics(year_of_days(), 2018)
    assert row(statistics, "PM2.5", "p95_24h")["unverified"] == ["statistic", "validity"]
    assert row(statistics, "PM2.5")["unverified"] == ["validity"]
    assert row(statistics, "PM2.5")["verified"] == "unverified"


def test_class_1_areas_have_their_own_limits():
    statistics = annual_statistics(year_of_days(), 2018, functional_class=1)
    assert row(statistics, "PM2.5")["verdict"] == "not_met"


@pytest.mark.parametrize(
    ("daily", "year", "message"),
    [
        (year_of_days().drop(columns="co_mg_m3"), 2018, "co_mg_m3"),
        (year_of_days(), 2019, "2018-01-01"),
        (pd.concat([year_of_days(), year_of_days()[:1]]), 2018, "重复"),
        (year_of_days().reset_index(drop=True), 2018, "DatetimeIndex"),
        (year_of_days().tz_localize("UTC"), 2018, "时区"),
        (year_of_days(2026), 2026, "GB 3095-2026"),
        (year_of_days(pm10_ug_m3=-1.0), 2018, "pm10_ug_m3"),
    ],
)
def test_wrong_days_are_errors(daily, year, message):
    with pytest.raises(InputError, match=message):
        annual_statistics(daily, year)


def test_exceedance_compares_rounded_days():
    pm25 = [75.5, 75.4, 150.0, *[30.0] * 362]
    days = exceedance(year_of_days(pm25_ug_m3=pm25, co_mg_m3=math.nan), 2018)
    pm = days[days["pollutant"] == "PM2.5"].iloc[0]
    assert (pm["n_exceedance_days"], pm["n_valid_days"], pm["attainment_rate"]) == (2, 365, 99.5)
    assert (pm["maximum"], pm["maximum_multiple"]) == (150.0, 1.0)
    assert pm["maximum_on"] == pd.Timestamp("2018-01-03")
    co = days[days["pollutant"] == "CO"].iloc[0]
    assert co["n_valid_days"] == 0
    assert math.isnan(co["attainment_rate"])
    assert pd.isna(co["maximum_on"])
