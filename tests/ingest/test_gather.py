import json

import pandas as pd
import pytest

from ecoreport.i18n import LOCALES, SOURCE_LOCALE, use_locale
from ecoreport.ingest.gather import ingest
from ecoreport.project import Pair

PAIR = Pair("hailing", 2018)
HEAD = "日期,点位,PM2.5,PM10,SO2,NO2,CO,O3_8h,数据性质\n"


def daily(folder, name="空气日均值.csv", station="莲花", maturity="", pm25=60):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"{HEAD}2018-01-03,{station},{pm25},80,10,30,0.8,100,{maturity}\n")
    return path


def because(ingested):
    return {one.path.rsplit("/", 1)[-1]: one.ignored_because for one in ingested.sources}


def test_a_real_file_makes_the_demonstration_of_its_dataset_ignored(project, catalogue):
    daily(project.demonstration(PAIR), maturity="核定", pm25=11)
    demonstration = ingest(project, PAIR, catalogue)
    assert demonstration.is_demonstration("air_daily")
    assert demonstration.frames["air_daily"]["maturity"].tolist() == ["demonstration"]

    daily(project.raw(PAIR), "2018空气日均值.csv", pm25=22)
    real = ingest(project, PAIR, catalogue)
    assert not real.is_demonstration("air_daily")
    assert real.frames["air_daily"]["pm25_ug_m3"].tolist() == [22]
    assert "演示数据不用" in because(real)["空气日均值.csv"]
    assert because(real)["2018空气日均值.csv"] == ""


def test_maturity_is_said_by_the_row_then_the_year_then_the_dataset(project, catalogue):
    daily(project.raw(PAIR), "空气日均值1.csv", maturity="审核")
    daily(project.raw(PAIR), "空气日均值2.csv")
    assert ingest(project, PAIR, catalogue).frames["air_daily"]["maturity"].tolist() == [
        "audited",
        "provisional",
    ]


def test_demonstration_data_among_the_real_are_refused(project, catalogue):
    daily(project.raw(PAIR), maturity="演示数据")
    ingested = ingest(project, PAIR, catalogue)
    assert ingested.frames["air_daily"].empty
    assert ingested.problems["severity"].tolist() == ["stop"]
    assert "演示数据" in ingested.problems["message"][0]


def test_one_bad_file_stops_its_dataset_and_hides_nothing(project, catalogue):
    daily(project.raw(PAIR), "空气日均值好.csv")
    (project.raw(PAIR) / "空气日均值坏.xlsx").write_bytes(b"PK\x03\x04broken")
    (project.raw(PAIR) / "空气日均值.xlsm").write_bytes(b"PK\x03\x04")
    ingested = ingest(project, PAIR, catalogue)
    assert len(ingested.frames["air_daily"]) == 1
    stops = ingested.problems.query("severity == 'stop'")
    assert sorted(stops["file"].str.rsplit("/").str[-1]) == ["空气日均值.xlsm", "空气日均值坏.xlsx"]


def test_locks_hidden_files_links_and_strangers_are_named(project, catalogue, tmp_path):
    folder = project.raw(PAIR)
    real = daily(folder)
    outside = daily(tmp_path / "outside")
    (folder / "~$空气日均值.xlsx").write_bytes(b"x")
    (folder / ".空气日均值.csv").write_bytes(b"x")
    (folder / "空气日均值外.csv").symlink_to(outside)
    (folder / "空气日均值内.csv").symlink_to(real)
    (folder / "别的单位").symlink_to(outside.parent)
    (folder / "证明.pdf").write_bytes(b"x")
    (folder / "通讯录.xlsx").write_bytes(b"x")
    ingested = ingest(project, PAIR, catalogue)
    assert because(ingested) == {
        "空气日均值.csv": "",
        "空气日均值内.csv": "",
        "~$空气日均值.xlsx": "Excel 打开时的锁定文件",
        ".空气日均值.csv": "隐藏文件",
        "空气日均值外.csv": "符号链接指向文件夹之外或不存在",
        "别的单位": "符号链接指向文件夹之外或不存在",
        "证明.pdf": "不是表格",
        "通讯录.xlsx": "文件名不属于任何数据集",
    }
    assert ingested.problems["file"].str.rsplit("/").str[-1].tolist() == ["通讯录.xlsx"]


def test_the_same_key_in_two_files_is_kept_twice(project, catalogue):
    daily(project.raw(PAIR), "空气日均值1.csv", pm25=60)
    daily(project.raw(PAIR), "空气日均值2.csv", pm25=61)
    frame = ingest(project, PAIR, catalogue).frames["air_daily"]
    assert frame["pm25_ug_m3"].tolist() == [60, 61]


def test_what_did_not_change_is_not_read_again(project, catalogue, monkeypatch):
    path = daily(project.raw(PAIR), station="无名")
    first = ingest(project, PAIR, catalogue)
    monkeypatch.setattr("ecoreport.ingest.parts.read_tables", None)
    second = ingest(project, PAIR, catalogue)
    for ours, theirs in ((first.frames, second.frames), (first.aside, second.aside)):
        pd.testing.assert_frame_equal(ours["air_daily"], theirs["air_daily"])
    pd.testing.assert_frame_equal(first.problems, second.problems)
    assert first.sources == second.sources
    path.write_text(path.read_text().replace("60", "61"))
    with pytest.raises(TypeError):
        ingest(project, PAIR, catalogue)


def test_files_are_written_for_the_next_step_and_go_with_their_source(project, catalogue):
    path = daily(project.raw(PAIR))
    ingest(project, PAIR, catalogue)
    folder = project.processed(PAIR)
    assert pd.read_parquet(folder / "air_daily.parquet")["station"].tolist() == ["1207A"]
    (source,) = json.loads((folder / "sources.json").read_text())
    assert (source["dataset"], source["rows"]) == ("air_daily", 1)
    path.unlink()
    assert ingest(project, PAIR, catalogue).frames == {}
    assert [one.name for one in folder.iterdir()] == ["sources.json"]


HOURS_HEAD = "日期,小时,点位,PM2.5,PM10,SO2,NO2,CO,O3\n"


def hourly(folder, name="空气小时值.csv", pm25=60):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"{HOURS_HEAD}2018-01-03,5,莲花,{pm25},80,10,30,0.8,100\n")
    return path


@pytest.mark.parametrize(
    ("real", "other", "left"),
    [(hourly, daily, "空气日均值.csv"), (daily, hourly, "空气小时值.csv")],
)
def test_real_hours_and_demonstration_days_are_never_used_together(
    project, catalogue, real, other, left
):
    other(project.demonstration(PAIR))
    assert len(ingest(project, PAIR, catalogue).frames) == 1

    real(project.raw(PAIR), f"实测{real(project.root / 'x').name}")
    ingested = ingest(project, PAIR, catalogue)
    (dataset,) = ingested.frames
    assert not ingested.is_demonstration(dataset)
    assert "不与实际数据并用" in because(ingested)[left]
    assert ("小时值" in because(ingested)[left]) == (real is hourly)


def test_a_real_file_that_cannot_be_read_lets_no_demonstration_in(project, catalogue):
    daily(project.demonstration(PAIR))
    project.raw(PAIR).mkdir(parents=True)
    (project.raw(PAIR) / "空气小时值.xlsx").write_bytes(b"PK\x03\x04broken")
    assert list(ingest(project, PAIR, catalogue).frames) == ["air_hourly"]


def test_an_unfilled_table_of_hours_leaves_the_demonstration_of_days(project, catalogue):
    daily(project.demonstration(PAIR))
    project.raw(PAIR).mkdir(parents=True)
    (project.raw(PAIR) / "空气小时值.csv").write_text(HOURS_HEAD)
    ingested = ingest(project, PAIR, catalogue)
    assert ingested.is_demonstration("air_daily")
    assert because(ingested)["空气小时值.csv"] == "没有填写任何数据"


def test_real_days_and_hours_are_both_read(project, catalogue):
    daily(project.raw(PAIR))
    hourly(project.raw(PAIR))
    assert set(ingest(project, PAIR, catalogue).frames) == {"air_daily", "air_hourly"}


@pytest.fixture
def other_languages():
    yield
    use_locale(SOURCE_LOCALE)


@pytest.mark.usefixtures("other_languages")
def test_languages_in_turn_read_once_each_and_tell_in_their_own(project, catalogue, monkeypatch):
    path = daily(project.raw(PAIR), station="无名")
    said = {}
    for locale in LOCALES:
        use_locale(locale)
        said[locale] = ingest(project, PAIR, catalogue)
    monkeypatch.setattr("ecoreport.ingest.parts.read_tables", None)
    for locale in LOCALES:
        use_locale(locale)
        again = ingest(project, PAIR, catalogue)
        pd.testing.assert_frame_equal(again.problems, said[locale].problems)
    assert "was not read" in said["en"].problems["message"][0]
    assert "未读入" in said["zh"].problems["message"][0]

    path.write_text(path.read_text().replace("60", "61"))
    for locale in LOCALES:
        use_locale(locale)
        with pytest.raises(TypeError):
            ingest(project, PAIR, catalogue)
