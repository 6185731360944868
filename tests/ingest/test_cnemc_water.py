import gzip
import json

import pytest

from ecoreport.errors import InputError
from ecoreport.ingest.gather import ingest
from ecoreport.ingest.imports import import_source
from ecoreport.project import Pair

PAIR = Pair("wuxi", 2020)
HEAD = (
    "file_date,section,time,official_class,pH,DO_mgL,CODMn_mgL,NH3N_mgL,TP_mgL,chla_mgL,"
    "station_status,raw_pH,raw_DO_mgL,raw_CODMn_mgL,raw_NH3N_mgL,raw_TP_mgL,raw_chla_mgL"
)
READING = (
    "{day},{section},{time},{klass},7.50,8.0,3.10,0.10,0.05,0.012,{status},7.5012,,3.1,0.1,0.0512,"
)
LIST = (
    "断面编码,断面名称,所在水体,水体类型,考核级别\nT1,沙渚,太湖,河流,国考\nT2,西山,太湖,湖库,国考\n"
)


def reading(day="2020-06-01", section="沙渚", time="06-01 08:00", klass="Ⅱ", status="正常"):
    return READING.format(day=day, section=section, time=time, klass=klass, status=status)


@pytest.fixture
def run(project, catalogue, tmp_path):
    def importing(*readings, has_list=True):
        folder = project.raw(PAIR)
        folder.mkdir(parents=True, exist_ok=True)
        if has_list:
            (folder / "断面清单_2020.csv").write_text(LIST, "utf-8")
        path = tmp_path / "daily.csv.gz"
        path.write_bytes(gzip.compress("\n".join([HEAD, *readings]).encode()))
        return import_source(project, PAIR, "cnemc-water", [str(path)], catalogue)

    return importing


def test_raw_values_of_listed_sections_become_a_table_that_reads(run, project, catalogue):
    imported = run(
        reading(),
        reading(section="别处"),
        reading(time="06-02 00:00", klass="-", status="维护"),
        reading(day="2020-01-01", time="12-31 20:00"),
    )
    frame = ingest(project, PAIR, catalogue).frames["water_automatic"]
    assert [(one.section, one.date.day, one.hour) for one in frame.itertuples()] == [
        ("T1", 1, 8),
        ("T1", 1, 24),
    ]
    first, second = frame.to_dict("records")
    assert (first["ph"], first["do_mg_l"], first["tp_mg_l"]) == (7.5012, 8.0, 0.0512)
    assert first["chlorophyll_a_mg_m3"] == pytest.approx(12)
    assert (first["class_published"], first["status"]) == ("II", "normal")
    assert second["status"] == "maintenance"
    assert set(frame["maturity"]) == {"real_time"}
    assert imported.about["sections_absent"] == ["T2 西山"]
    about = json.loads(
        imported.path.with_name("water_automatic_cnemc_2020.import.json").read_text()
    )
    assert about["rows"] == 2
    assert any("T2 西山" in one for one in imported.remarks())
    # The same again changes nothing; other content keeps the table that stood there.
    assert not run(reading(), reading(time="06-02 00:00", klass="-", status="维护")).is_new
    assert run(reading()).earlier is not None


def test_of_two_stations_of_one_name_the_one_at_work_is_taken(run, project, catalogue):
    run(reading(klass="-", status="维护"), reading(klass="Ⅲ"))
    frame = ingest(project, PAIR, catalogue).frames["water_automatic"]
    assert frame["class_published"].tolist() == ["III"]


@pytest.mark.parametrize(
    ("readings", "said"),
    [
        ([reading(section="别处")], "断面清单所列断面"),
        ([reading(day="2019-06-01")], "断面清单所列断面"),
        ([reading(), reading(klass="Ⅴ")], "T1 2020-06-01 8 时有不同数值"),
        ([reading(time="早上")], "早上"),
    ],
)
def test_what_cannot_be_used_is_named(run, readings, said):
    with pytest.raises(InputError, match=said):
        run(*readings)


def test_without_a_list_nothing_is_imported(run, project):
    with pytest.raises(InputError, match="断面清单"):
        run(reading(), has_list=False)
    assert not list(project.raw(PAIR).glob("water_automatic*"))


def test_another_layout_is_refused(run, project, catalogue, tmp_path):
    run(reading())
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="file_date"):
        import_source(project, PAIR, "cnemc-water", [str(other)], catalogue)
