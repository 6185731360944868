"""The whole country's archive against the functions that read one district's."""

import gzip
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecoreport.archive.take_in import ABOUT, DAYS, HOURS, STATISTICS, take_in
from ecoreport.errors import InputError
from ecoreport.project import Project
from ecoreport.standards.air import annual_statistics, daily_from_hourly

TYPES = {
    "AQI": "aqi_published",
    "PM2.5": "pm25_ug_m3",
    "PM10": "pm10_ug_m3",
    "SO2": "so2_ug_m3",
    "NO2": "no2_ug_m3",
    "CO": "co_mg_m3",
    "O3": "o3_ug_m3",
    "O3_8h": "o3_8h_ug_m3",
}


@pytest.fixture
def project(tmp_path_factory):
    """An empty project with the parameters of this one, apart from the files to be read."""
    root = tmp_path_factory.mktemp("project")
    (root / "params").symlink_to(Path(__file__).parents[2] / "params")
    return Project(root.resolve())


def day_file(path, date, values, stations=("1206A", "9999A"), hours=range(24)):
    """One daily file; `values` says what stands at (hour, type, station), None for nothing."""
    lines = [",".join(["date", "hour", "type", *stations])]
    for hour in hours:
        for name in (*TYPES, "PM2.5_24h"):
            cells = [
                "" if (one := values(hour, name, code)) is None else str(one) for code in stations
            ]
            lines.append(",".join([date, str(hour), name, *cells]))
    path.write_text("\n".join(lines) + "\n")
    return path


def plain(hour, name, station):
    return {"CO": 0.7, "O3": 40}.get(name, 50) + hour + (station == "9999A")


def taken(project, *paths, **options):
    archive = take_in(project, 2019, list(paths), n_workers=1, **options)
    return archive, pd.read_parquet(archive.folder / DAYS)


def hours_as_the_district_reads_them(folder):
    hours = pd.read_parquet(folder / HOURS)
    hours["date"] = pd.to_datetime(hours["date"])
    return hours.astype({"station": str})


def test_days_and_statistics_are_those_of_the_standard(tmp_path, project):
    for day in (1, 2, 3):
        day_file(tmp_path / f"china_sites_2019010{day}.csv", f"2019010{day}", plain)
    archive, days = taken(project, tmp_path)
    expected = daily_from_hourly(hours_as_the_district_reads_them(archive.folder), 2019)
    pd.testing.assert_frame_equal(days, expected, check_dtype=False, check_exact=True)
    # Hour 0 of the third day is the second's last; the fourth day has no file.
    assert days["pm25_n_hours"].tolist() == [24, 24, 23] * 2
    statistics = pd.read_csv(archive.folder / STATISTICS, encoding="utf-8-sig")
    one = annual_statistics(expected[expected["station"] == "9999A"].set_index("date"), 2019)
    of_one = statistics[statistics["station"] == "9999A"]
    assert of_one["value_unrounded"].tolist() == one["value_unrounded"].tolist()
    assert set(of_one["verdict"]) == {"insufficient_data"}
    about = json.loads((archive.folder / ABOUT).read_text(encoding="utf-8"))
    assert (about["stations"], about["hours_present"]) == (2, 71)
    assert about["hours_of_other_years_dropped"] == 1


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.one_of(st.none(), st.integers(0, 5000).map(lambda one: one / 10)),
        min_size=24 * len(TYPES),
        max_size=24 * len(TYPES),
    )
)
def test_any_day_is_that_of_the_standard(tmp_path_factory, project, cells):
    folder = tmp_path_factory.mktemp("archive")
    names = list(TYPES)

    def values(hour, name, station):
        if name not in TYPES or station == "9999A":
            return 30
        return cells[hour * len(TYPES) + names.index(name)]

    day_file(folder / "china_sites_20190601.csv", "20190601", values)
    archive, days = taken(project, folder)
    expected = daily_from_hourly(hours_as_the_district_reads_them(archive.folder), 2019)
    pd.testing.assert_frame_equal(days, expected, check_dtype=False, check_exact=True)


def test_stations_come_and_go_and_stand_twice(tmp_path, project):
    day_file(tmp_path / "a.csv", "20190101", plain, ("1206A", "1206A.1", "8888A"))
    second = day_file(tmp_path / "b.csv", "20190102", plain, ("7777A", "1206A"))
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(second.read_bytes()))
    second.unlink()
    _, days = taken(project, tmp_path)
    assert sorted(days["station"].unique()) == ["1206A", "7777A", "8888A"]


def test_the_same_hour_in_two_files_counts_once(tmp_path, project):
    first = day_file(tmp_path / "a.csv", "20190101", plain)
    (tmp_path / "b.csv").write_bytes(first.read_bytes())
    archive, days = taken(project, tmp_path)
    assert archive.about["repeated_rows_dropped"] == 23 * len(TYPES)
    assert days["pm25_n_hours"].max() == 23


def test_two_files_that_contradict_each_other_are_refused(tmp_path, project):
    day_file(tmp_path / "a.csv", "20190101", plain)
    day_file(tmp_path / "b.csv", "20190101", lambda *at: plain(*at) + 1)
    with pytest.raises(InputError, match=r"2019-01-01 第 1 小时的 aqi_published.*b\.csv"):
        taken(project, tmp_path)
    left = [one.name for one in (project.root / "data" / "processed").rglob("*") if one.is_file()]
    assert left == []


def test_a_value_below_zero_is_set_aside_and_counted(tmp_path, project):
    day_file(
        tmp_path / "a.csv",
        "20190101",
        lambda hour, name, code: -1 if (hour, name) == (5, "SO2") else plain(hour, name, code),
    )
    archive, days = taken(project, tmp_path)
    assert archive.about["readings_below_zero_set_aside"] == 2
    assert days["so2_n_hours"].tolist() == [22, 22]
    assert np.isfinite(days["so2_ug_m3"]).all()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("date,hour,type,1206A\n20190101,5,PM2.5,abc\n", "已损坏"),
        ("date,hour,type,1206A\n20191301,5,PM2.5,4\n", "已损坏"),
        ("date,hour,type,1206A\n20190101,24,PM2.5,4\n", "hour 列应为 0 至 23"),
        ("date,hour,type,1206A,1206A\n20190101,5,PM2.5,4,5\n", "站点 1206A 有两列"),
        ("date,hour,type,1206A\n20170101,5,PM2.5,4\n", "没有 2019 年的小时"),
        ("城市,日期\n", "不是公开实时数据存档的格式"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path, project, text, said):
    path = tmp_path / "china_sites_20190101.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        taken(project, path)


def test_taking_in_again_replaces_the_whole(tmp_path, project):
    day_file(tmp_path / "a.csv", "20190101", plain)
    first, _ = taken(project, tmp_path)
    day_file(tmp_path / "c.csv", "20190103", plain)
    second, days = taken(project, tmp_path)
    assert first.folder == second.folder
    assert days["date"].nunique() == 3
    assert sorted(one.name for one in second.folder.parent.iterdir()) == ["2019"]


def test_a_station_named_as_a_formula_is_text(project, tmp_path):
    path = day_file(tmp_path / "a.csv", "20190105", plain, stations=("1206A", "=1+1"))
    archive, _days = taken(project, path)
    lines = (archive.folder / STATISTICS).read_text("utf-8-sig").splitlines()
    assert {line.split(",")[0] for line in lines[1:]} == {"1206A", "'=1+1"}
