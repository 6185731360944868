"""Every hour of 2019 as the national platform published it, from 37 stations."""

import pandas as pd
import pytest

from ecoreport.standards.air import annual_statistics, aqi, area_daily, daily_from_hourly

COLUMNS = {
    "PM2.5": "pm25_ug_m3",
    "PM10": "pm10_ug_m3",
    "SO2": "so2_ug_m3",
    "NO2": "no2_ug_m3",
    "CO": "co_mg_m3",
    "O3": "o3_ug_m3",
    "O3_8h": "o3_8h_ug_m3",
    "AQI": "aqi_published",
}
SIX = list(COLUMNS.values())[:6]
HAILING = ["1206A", "1207A", "1209A"]


@pytest.fixture(scope="module")
def hours(shared):
    folder = shared / "data" / "air" / "cnemc-station-hourly-2019"
    wide = pd.read_csv(folder / "sites_hourly_2019_target_cities_wide.csv.gz")
    wide = wide[wide["type"].isin(list(COLUMNS))]
    long = wide.melt(["date", "hour", "type"], var_name="station")
    keys = ["station", "date", "hour"]
    table = long.pivot(index=keys, columns="type", values="value")  # noqa: PD010 - no averaging
    table = table.rename(columns=COLUMNS).reset_index()
    # Hour 0 ends at midnight: it is hour 24 of the day before.
    is_midnight = table["hour"] == 0
    date = pd.to_datetime(table["date"].astype(str))
    table["date"] = date.mask(is_midnight, date - pd.Timedelta(days=1))
    table["hour"] = table["hour"].mask(is_midnight, 24)
    return table[table["date"].dt.year == 2019]


def test_every_complete_hour_has_the_published_index(hours):
    complete = hours.dropna(subset=[*SIX, "aqi_published"])
    result = aqi(complete, "hour", 2019, require_all=True)
    differs = complete[result["aqi"] != complete["aqi_published"]]
    assert differs.empty, differs.head()
    assert len(complete) > 258_000


@pytest.fixture(scope="module")
def hailing(hours):
    days = daily_from_hourly(hours[hours["station"].isin(HAILING)], 2019)
    return area_daily(days, HAILING, 2019)


def test_hailing_has_too_few_days_in_august_and_september(hailing):
    statistics = annual_statistics(hailing, 2019)
    n_by_month = hailing["pm25_ug_m3"].notna().groupby(hailing.index.month).sum()
    assert n_by_month[[8, 9]].tolist() == [25, 25]
    assert set(statistics["verdict"]) == {"insufficient_data"}
    assert all({8, 9} <= set(months) for months in statistics["invalid_months"])


def test_annual_values_of_hailing_agree_with_plain_pandas(hours, hailing):
    own = hours[hours["station"].isin(HAILING)]
    grouped = own.groupby(["station", "date"])["pm25_ug_m3"]
    by_station = grouped.mean().where(grouped.count() >= 20)
    by_day = by_station.groupby("date")
    area = by_day.mean().where(by_day.count() >= 2).dropna()
    statistics = annual_statistics(hailing, 2019).set_index(["pollutant", "statistic"])
    mean, p95 = (
        statistics.loc[("PM2.5", name), "value_unrounded"] for name in ("annual_mean", "p95_24h")
    )
    assert mean == pytest.approx(area.mean(), abs=1e-9)
    assert p95 == pytest.approx(area.quantile(0.95), abs=1e-9)
    assert statistics.loc[("PM2.5", "annual_mean"), "n_valid_days"] == len(area) == 346
