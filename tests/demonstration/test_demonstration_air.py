"""Generated air is like that of a Jiangsu district, and its days are the means of its hours."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from generated_tables import day_of, records

from ecoreport.demonstration.air import autoregressive
from ecoreport.demonstration.air_files import air_days, air_hours
from ecoreport.demonstration.faults import CELL_FAULTS
from ecoreport.demonstration.profiles import Fault, Level, rows_of
from ecoreport.project import Pair, Project
from ecoreport.standards.air import aqi, daily_from_hourly
from ecoreport.standards.rounding import round_half_even

HEADERS = {
    "SO₂": "so2_ug_m3",
    "NO₂": "no2_ug_m3",
    "PM10": "pm10_ug_m3",
    "PM2.5": "pm25_ug_m3",
    "CO": "co_mg_m3",
    "O₃-8h": "o3_8h_ug_m3",
}


@pytest.fixture(scope="module")
def hours(project: Project, pair: Pair) -> pd.DataFrame:
    return air_hours(project, pair).values


@pytest.fixture(scope="module")
def days(project: Project, pair: Pair, hours: pd.DataFrame) -> pd.DataFrame:
    return air_days(project, pair, hours)


@pytest.fixture(scope="module")
def area(days: pd.DataFrame) -> pd.DataFrame:
    stations = days.groupby("date").mean(numeric_only=True)
    enough = days.groupby("date")["pm25_ug_m3"].count() >= 2
    return stations[enough]


def test_statistics_of_the_year_are_the_levels_asked_for(
    project: Project, pair: Pair, area: pd.DataFrame
) -> None:
    levels = {level.pollutant: level.level for level in rows_of(project, "air_levels", Level, pair)}
    seen = {
        "pm25": area["pm25_ug_m3"].mean(),
        "pm10": area["pm10_ug_m3"].mean(),
        "so2": area["so2_ug_m3"].mean(),
        "no2": area["no2_ug_m3"].mean(),
        "co": area["co_mg_m3"].quantile(0.95),
        "o3_8h": area["o3_8h_ug_m3"].quantile(0.90),
    }
    for pollutant, level in levels.items():
        assert seen[pollutant] == pytest.approx(level, rel=0.03), pollutant


def test_good_and_heavy_days_are_those_of_a_jiangsu_district(
    pair: Pair, area: pd.DataFrame
) -> None:
    index = aqi(area.round(1), "day", pair.year)["aqi"]
    assert 0.63 <= (index <= 100).mean() <= 0.76
    assert 3 <= (index > 200).sum() <= 10


def test_winter_is_dusty_and_summer_has_the_ozone(area: pd.DataFrame) -> None:
    month = pd.DatetimeIndex(area.index).month
    winter, summer = area[month.isin([12, 1, 2])].mean(), area[month.isin([6, 7, 8])].mean()
    assert winter["pm25_ug_m3"] > 1.5 * summer["pm25_ug_m3"]
    assert summer["o3_8h_ug_m3"] > 1.5 * winter["o3_8h_ug_m3"]


def test_bad_days_come_in_spells(area: pd.DataFrame) -> None:
    logarithm = np.log(area["pm25_ug_m3"])
    assert 0.45 < logarithm.autocorr(1) < 0.85


def test_ozone_peaks_after_noon_and_traffic_at_rush_hours(hours: pd.DataFrame) -> None:
    course = hours.groupby("hour").mean(numeric_only=True)
    assert course["o3_ug_m3"].idxmax() in range(14, 18)
    assert course["no2_ug_m3"].idxmin() in range(12, 17)
    weekend = pd.to_datetime(hours["date"]).dt.day_of_week >= 5
    no2 = hours["no2_ug_m3"]
    assert no2[weekend].mean() < no2[~weekend].mean()


def test_every_month_has_enough_days_for_the_area(area: pd.DataFrame) -> None:
    n_days = area.groupby(pd.DatetimeIndex(area.index).month)["pm25_ug_m3"].count()
    assert len(area) >= 324
    assert n_days.drop(2).min() >= 27
    assert n_days[2] >= 25


def test_fine_particles_exceed_pm10_only_where_that_is_the_fault(
    project: Project, pair: Pair, days: pd.DataFrame
) -> None:
    faults = [f for f in rows_of(project, "faults", Fault, pair) if f.kind == "below_fine"]
    expected = sum((fault.last_day - fault.first_day).days + 1 for fault in faults)
    assert (days["pm25_ug_m3"] > days["pm10_ug_m3"]).sum() == expected


def test_the_daily_table_of_2018_is_made_of_the_hourly_files(project: Project) -> None:
    """From the files alone: read the hours, apply the standard, meet every plain cell."""
    pair = Pair("hailing", 2018)
    folder = project.demonstration(pair)
    expected = daily_from_hourly(_hours_of_files(folder), 2018).set_index(["station", "date"])
    skipped = {
        (fault.station, day, fault.column)
        for fault in rows_of(project, "faults", Fault, pair)
        if fault.kind in CELL_FAULTS and fault.column and fault.first_day
        for day in pd.date_range(fault.first_day, fault.last_day)
    }
    n_compared = 0
    for row in records(folder / "演示数据_环境空气日均值_2018.xlsx", last_header_row=2):
        key = (row["station"], pd.Timestamp(day_of(row["日期"])))
        for header, column in HEADERS.items():
            if (*key, column) not in skipped:
                value = round_half_even(expected.loc[key, column], 1 if column == "co_mg_m3" else 0)
                is_number = isinstance(row[header], float)
                assert is_number == (not np.isnan(value)), (key, column, row[header])
                assert not is_number or row[header] == value, (key, column)
                n_compared += is_number
    assert n_compared > 6000


def _hours_of_files(folder: Path) -> pd.DataFrame:
    frame = pd.concat(pd.read_csv(path, skiprows=1) for path in sorted(folder.glob("*小时值*.csv")))
    frame.columns = frame.columns.str.replace(r"\(.*", "", regex=True)
    names = {"点位编码": "station", "日期": "date", "时": "hour", "O3": "o3_ug_m3"}
    ascii_headers = {
        header.translate(str.maketrans("₂₃", "23")): column for header, column in HEADERS.items()
    }
    frame = frame.rename(columns=names | ascii_headers)
    return frame.assign(date=pd.to_datetime(frame["date"]))


def test_noise_has_the_persistence_asked_for() -> None:
    noise = autoregressive(20_000, 0.6, np.random.default_rng(1), series=3)
    assert noise.shape == (3, 20_000)
    assert noise.std(axis=1) == pytest.approx(1, abs=0.05)
    assert np.corrcoef(noise[0, :-1], noise[0, 1:])[0, 1] == pytest.approx(0.6, abs=0.03)
    starts = autoregressive(2, 0.9, np.random.default_rng(2), series=20_000)[:, 0]
    assert starts.std() == pytest.approx(1, abs=0.03)
