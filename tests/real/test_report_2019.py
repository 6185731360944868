"""Hailing 2019 from the public archive to the report, against a plain pandas reading of it."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import whole_runs
from bs4 import BeautifulSoup
from whole_runs import assert_told, ecoreport, opened, pages

WIDE = "data/air/cnemc-station-hourly-2019/sites_hourly_2019_target_cities_wide.csv.gz"
STATIONS = ["1206A", "1207A", "1209A"]
PAIR = {"DISTRICT": "hailing", "YEAR": "2019"}
# GB 3095-2012, 6.4, and HJ 663-2013, tables 2 and 3: percentile of the year's days.
PERCENTILES = {"PM2.5": 0.95, "PM10": 0.95, "SO2": 0.98, "NO2": 0.98, "CO": 0.95, "O3": 0.9}
MEANS = ("PM2.5", "PM10", "SO2", "NO2")
O3_LIMIT_UG_M3 = 160
COLUMNS = {"PM2.5": "pm25", "PM10": "pm10", "SO2": "so2", "NO2": "no2", "CO": "co", "O3": "o3_8h"}


@pytest.fixture(scope="module")
def root(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with demonstration data of earlier years, the archive imported for 2019."""
    made = whole_runs.make_project(tmp_path_factory.mktemp("real") / "project")
    run = ecoreport(made, "import", **PAIR, SOURCE="cnemc", FROM=str(shared / WIDE))
    assert_told(run, 0, "25165 行")
    run = whole_runs.report(made, **PAIR)
    assert_told(run, 0, "reports/hailing/2019/index.html")
    return made


@pytest.fixture(scope="module")
def area(shared: Path) -> pd.DataFrame:
    """Days of the area: means of the stations' valid days, where two of the three have one."""
    wide = pd.read_csv(shared / WIDE, usecols=["date", "hour", "type", *STATIONS])
    end = pd.to_datetime(wide["date"].astype(str)) + pd.to_timedelta(wide["hour"], unit="h")
    wide["day"] = (end - pd.Timedelta(hours=1)).dt.normalize()
    wide["until"] = np.where(wide["hour"] == 0, 24, wide["hour"])
    wide = wide[wide["day"].dt.year == 2019].set_index(["type", "day"])
    days = {}
    for pollutant in PERCENTILES:
        if pollutant == "O3":
            hours = wide.loc["O3_8h"].query("until >= 8")[STATIONS].groupby("day")
            highest, n_windows = hours.max(), hours.count()
            stations = highest.where((n_windows >= 14) | (highest > O3_LIMIT_UG_M3))
        else:
            hours = wide.loc[pollutant, STATIONS].groupby("day")
            stations = hours.mean().where(hours.count() >= 20)
        days[pollutant] = stations.mean(axis=1).where(stations.count(axis=1) >= 2)
    return pd.DataFrame(days).reindex(pd.date_range("2019-01-01", "2019-12-31"))


@pytest.fixture(scope="module")
def observed(root: Path) -> dict[str, dict]:
    """Observations of the year by indicator and period."""
    _manifest, files = opened(root, "2019")
    known = json.loads(files["data/assessment.json"])
    return {one["id"].removeprefix("hailing/2019/"): one for one in known["observations"]}


def value(observed: dict[str, dict], name: str) -> float:
    return float(observed[f"{name}/2019/real_time"]["value"])


@pytest.mark.parametrize("pollutant", PERCENTILES)
def test_annual_statistics_are_those_of_a_plain_computation(
    observed: dict[str, dict], area: pd.DataFrame, pollutant: str
) -> None:
    valid, decimals = area[pollutant].dropna(), 1 if pollutant == "CO" else 0
    share = PERCENTILES[pollutant]
    name = f"air.{COLUMNS[pollutant]}_p{share * 100:.0f}"

    assert value(observed, name) == round(valid.quantile(share), decimals)
    assert float(observed[f"{name}/2019/real_time"]["completeness"]) == round(len(valid) / 365, 4)
    if pollutant in MEANS:
        mean = f"air.{COLUMNS[pollutant]}_annual_mean"
        assert value(observed, mean) == round(valid.mean(), decimals)


def test_august_and_september_are_too_short_and_so_is_the_year(
    root: Path, observed: dict[str, dict], area: pd.DataFrame
) -> None:
    days = area["PM2.5"].groupby(area.index.month).count()
    short = [month for month in days.index if days[month] < (25 if month == 2 else 27)]
    assert short == [8, 9]

    _manifest, files = opened(root, "2019")
    mean = observed["air.pm25_annual_mean/2019/real_time"]
    assert (mean["is_sufficient"], mean["reason"]) == (False, "too_few_days")
    assert float(mean["unrounded"]) == pytest.approx(area["PM2.5"].mean(), abs=1e-6)
    air = BeautifulSoup(files["air.html"], "html.parser")
    assert "有效数据不足" in air.select_one("#annual").get_text()
    assert "8月、9月" in air.select_one("#annual ~ p").get_text()
    verdicts = [
        row.select("td")[-1].get_text() for row in air.select("#air-annual-statistics tr")[1:]
    ]
    assert len(verdicts) == 10
    assert all("有效数据不足" in one for one in verdicts)


def test_every_page_says_that_the_data_are_not_audited_and_nothing_is_demonstration(
    root: Path,
) -> None:
    manifest, files = opened(root, "2019")
    assert not manifest.rests_on_demonstration
    for name, page in pages(root, "2019").items():
        read = BeautifulSoup(page, "html.parser")
        assert "实时数据（未经审核）" in read.select_one(".facts").get_text(), name
        for code in read.select("style, script, pre.code"):
            code.decompose()
        assert "演示" not in read.get_text(), name
    for name, content in files.items():
        if name.endswith(".csv"):
            rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
            assert not any("演示数据" in (row.get("数据性质") or "") for row in rows), name
    assert b"/demonstration/" not in files["data/assessment.json"]


def test_good_days_are_those_of_the_calendar(observed: dict[str, dict], root: Path) -> None:
    _manifest, files = opened(root, "2019")
    calendar = pd.read_csv(io.BytesIO(files["data/air-calendar.csv"]))
    index = calendar["aqi"].dropna()

    assert value(observed, "air.good_days") == (index <= 100).sum()
    assert value(observed, "air.valid_days") == len(index)
    share = Decimal(observed["air.good_days_share/2019/real_time"]["value"])
    assert share == round(Decimal(int((index <= 100).sum()) * 100) / len(index), 1)
