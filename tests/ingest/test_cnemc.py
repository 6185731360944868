import gzip
import json

import pytest

from ecoreport.errors import InputError
from ecoreport.ingest.gather import ingest
from ecoreport.ingest.imports import import_source
from ecoreport.project import Pair

PAIR = Pair("hailing", 2019)
TYPES = {"AQI": 60, "PM2.5": 43, "PM2.5_24h": 40, "O3": 30, "O3_8h": 28, "O3_8h_24h": 99, "CO": 0.5}


def day(path, date, hours, columns=("1206A", "9999A"), shift=0):
    """One daily file: every value is the type's own, plus the hour and `shift`."""
    lines = [",".join(["date", "hour", "type", *columns])]
    for hour in hours:
        for name, value in TYPES.items():
            cells = [str(value + hour + shift)] * len(columns)
            lines.append(",".join([date, str(hour), name, *cells]))
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture
def run(project, catalogue):
    def importing(*paths, source="cnemc"):
        return import_source(project, PAIR, source, [str(path) for path in paths], catalogue)

    return importing


def test_hour_zero_is_the_last_hour_of_the_day_before(tmp_path, run, project, catalogue):
    day(tmp_path / "china_sites_20190101.csv", "20190101", [0, 1, 23])
    day(tmp_path / "china_sites_20190102.csv", "20190102", [0, 2])
    imported = run(tmp_path / "china_sites_*.csv")
    frame = ingest(project, PAIR, catalogue).frames["air_hourly"]
    assert [(one.date.day, one.hour, one.pm25_ug_m3) for one in frame.itertuples()] == [
        (1, 1, 44), (1, 23, 66), (1, 24, 43), (2, 2, 45)
    ]  # fmt: skip
    first = frame.iloc[0]
    assert (first["aqi_published"], first["o3_8h_ug_m3"], first["co_mg_m3"]) == (61, 29, 1.5)
    assert set(frame["maturity"]) == {"real_time"}
    about = imported.about
    assert (about["hours_present"], about["hours_missing"]) == (4, 8756)
    assert about["hours_of_other_years_dropped"] == 1
    assert about["stations_absent"] == ["1207A", "1209A"]
    assert [one["name"] for one in about["files"]] == [
        "china_sites_20190101.csv", "china_sites_20190102.csv"
    ]  # fmt: skip


def test_columns_come_and_go_and_stand_twice(tmp_path, run, project, catalogue):
    day(tmp_path / "a.csv", "20190101", [5], ["1206A", "1206A.1", "1206A"])
    second = day(tmp_path / "b.csv", "20190102", [5], ["1209A", "1206A"])
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(second.read_bytes()))
    second.unlink()
    imported = run(tmp_path)
    assert imported.about["duplicate_station_columns_dropped"] == {"1206A": 2}
    frame = ingest(project, PAIR, catalogue).frames["air_hourly"]
    assert list(zip(frame["station"], frame["date"].dt.day, strict=True)) == [
        ("1206A", 1), ("1206A", 2), ("1209A", 2)
    ]  # fmt: skip


def test_importing_again_changes_nothing_and_another_table_is_kept(tmp_path, run):
    path = day(tmp_path / "a.csv", "20190101", [5])
    first = run(path)
    stamp = first.path.stat().st_mtime_ns
    assert run(path).is_new is False
    assert first.path.stat().st_mtime_ns == stamp
    content = first.path.read_bytes()
    day(path, "20190101", [5], shift=1)
    third = run(path)
    assert third.is_new and third.path == first.path
    assert third.earlier.read_bytes() == content
    assert third.earlier.name in third.remarks()[-1]
    assert (
        json.loads((first.path.parent / "air_hourly_cnemc_2019.import.json").read_text())["files"]
        != first.about["files"]
    )


def test_what_stands_in_two_files_must_agree(tmp_path, run):
    one = day(tmp_path / "a.csv", "20190101", [5])
    assert run(one, day(tmp_path / "b.csv", "20190101", [5])).about["repeated_rows_dropped"] > 0
    with pytest.raises(InputError, match="2019-01-01 05"):
        run(one, day(tmp_path / "c.csv", "20190101", [5], shift=1))


def test_what_cannot_be_imported_is_refused_and_nothing_is_written(tmp_path, run, project):
    good = day(tmp_path / "good.csv", "20190101", [5])
    other = tmp_path / "other.csv"
    other.write_text("日期,点位\n2019-01-01,莲花\n")
    broken = tmp_path / "broken.csv.gz"
    broken.write_bytes(gzip.compress(good.read_bytes() * 500)[:200])
    text = tmp_path / "text.csv"
    text.write_text("date,hour,type,1206A\n20190101,5,PM2.5,很高\n")
    for arguments, hint in (
        ([other], "other.csv"),
        ([broken], "broken.csv.gz"),
        ([text], "text.csv"),
        ([tmp_path / "nothing.csv"], "nothing.csv"),
        ([], "FROM"),
        ([day(tmp_path / "old.csv", "20170101", [5])], "2017"),
        ([day(tmp_path / "far.csv", "20190101", [5], ["9999A"])], "1206A"),
    ):
        with pytest.raises(InputError, match=hint):
            run(*arguments)
    with pytest.raises(InputError, match="cnemc"):
        run(good, source="weather")
    assert not project.raw(PAIR).exists()
