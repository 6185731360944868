"""The public archive of 2019, imported for Hailing, against a plain reading of the same files."""

from pathlib import Path

import pandas as pd
import pytest

from ecoreport.config.load import load_catalogue
from ecoreport.ingest.gather import ingest
from ecoreport.ingest.imports import import_source
from ecoreport.project import Pair, Project

PAIR = Pair("hailing", 2019)
STATIONS = ["1206A", "1207A", "1209A"]
TYPES = {
    "PM2.5": "pm25_ug_m3",
    "PM10": "pm10_ug_m3",
    "SO2": "so2_ug_m3",
    "NO2": "no2_ug_m3",
    "CO": "co_mg_m3",
    "O3": "o3_ug_m3",
    "O3_8h": "o3_8h_ug_m3",
    "AQI": "aqi_published",
}
WIDE = "sites_hourly_2019_target_cities_wide.csv.gz"
JANUARY = "raw-january-whole-country"


@pytest.fixture(scope="module")
def archive(shared):
    return shared / "data" / "air" / "cnemc-station-hourly-2019"


@pytest.fixture(scope="module")
def imported(archive, tmp_path_factory):
    """Import some files into a project of their own: what was written, what is read of it."""
    params = Path(__file__).parents[2] / "params"

    def importing(*names):
        root = tmp_path_factory.mktemp("project")
        (root / "params").symlink_to(params)
        project = Project(root.resolve())
        catalogue = load_catalogue(project)
        paths = [str(archive / name) for name in names]
        about = import_source(project, PAIR, "cnemc", paths, catalogue).about
        return about, ingest(project, PAIR, catalogue)

    return importing


def plain(path):
    """The archive as it stands, one row a moment and type of Hailing's stations."""
    wide = pd.read_csv(path, usecols=["date", "hour", "type", *STATIONS])
    return wide[wide["type"].isin(list(TYPES))]


def test_the_year_has_every_value_of_the_archive_in_its_hour(archive, imported):
    about, ingested = imported(WIDE)
    frame = ingested.frames["air_hourly"]
    wide = plain(archive / WIDE)
    # The first hour 0 belongs to 2018; nothing else is left out.
    wide = wide[~((wide["date"] == 20190101) & (wide["hour"] == 0))]
    for kind, column in TYPES.items():
        for station in STATIONS:
            values = wide.loc[wide["type"] == kind, station].dropna()
            read = frame.loc[frame["station"] == station, column].dropna()
            assert len(read) == len(values), (station, kind)
            assert sorted(read) == sorted(values), (station, kind)
    keyed = frame.set_index(["station", "date", "hour"])
    stated = wide.set_index(["date", "hour", "type"])["1207A"]
    for date, hour, own_date, own_hour in (
        (20190102, 0, "2019-01-01", 24), (20190615, 13, "2019-06-15", 13),
        (20191231, 23, "2019-12-31", 23),
    ):  # fmt: skip
        published = stated[(date, hour, "O3_8h")]
        assert keyed.loc[("1207A", own_date, own_hour), "o3_8h_ug_m3"] == published
    assert about["hours_present"] == wide[["date", "hour"]].drop_duplicates().shape[0]
    assert about["hours_present"] + about["hours_missing"] == 365 * 24
    assert not frame.duplicated(["station", "date", "hour"]).any()
    assert frame["hour"].between(1, 24).all() and (frame["date"].dt.year == 2019).all()
    assert set(frame["maturity"]) == {"real_time"}
    assert ingested.problems.empty


def test_the_raw_daily_files_say_the_same_as_the_merged_one(archive, imported):
    about, ingested = imported(JANUARY)
    assert len(about["files"]) == 10
    raw = ingested.frames["air_hourly"]
    merged = imported(WIDE)[1].frames["air_hourly"]
    keys = ["station", "date", "hour"]
    values = list(TYPES.values())
    pd.testing.assert_frame_equal(
        raw[keys + values],
        merged.merge(raw[keys], on=keys)[keys + values],
    )
    hours = sum(
        plain(path)[["date", "hour"]].drop_duplicates().shape[0]
        for path in (archive / JANUARY).iterdir()
    )
    assert about["hours_present"] == hours - 1
    assert raw["date"].max() == pd.Timestamp("2019-01-10")


def test_files_of_another_layout_in_the_folder_are_left_alone(imported):
    about, ingested = imported(".")
    assert about["files_of_another_layout"] == [
        "DERIVED_station_daily_2019_whole_country.csv.gz",
        "target_stations.csv",
    ]
    assert len(about["files"]) == 11
    assert len(ingested.frames["air_hourly"]) == about["rows"]
