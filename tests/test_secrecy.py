"""What must not be stored is refused at the door; what is internal never leaves the house."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from ecoreport.approve import approve
from ecoreport.assess import assess
from ecoreport.assess.situation import situation
from ecoreport.cli import main
from ecoreport.config.layouts import Dataset
from ecoreport.config.load import load_catalogue
from ecoreport.errors import InputError
from ecoreport.evidence.make import make_ledger
from ecoreport.export import downloads
from ecoreport.ingest.gather import ingest
from ecoreport.ingest.templates import write_templates
from ecoreport.prepare import Prepared, keep, prepare
from ecoreport.progress import QUIET, Progress
from ecoreport.project import Pair, Project
from ecoreport.publish import publish
from ecoreport.render.assemble import assemble
from ecoreport.site import site_of
from ecoreport.store import read_frame

ROOT = Path(__file__).parents[1]
PAIR = Pair("hailing", 2018)
HEAD = "日期,点位,PM2.5,PM10,SO2,NO2,CO,O3_8h\n"
ODD = "8765"
"""A value that stops the table: it must not be told."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project whose daily means of the air are internal."""
    for name in ("params", "expectations", "templates", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    layout = tmp_path / "params" / "datasets" / "air_daily.yml"
    layout.write_text(layout.read_text("utf-8") + "secrecy: internal\n", "utf-8")
    return Project(tmp_path.resolve())


def days(project: Project, pm25: str = "41") -> Path:
    folder = project.raw(PAIR)
    folder.mkdir(parents=True, exist_ok=True)
    rows = [
        f"2018-{month:02}-{day:02},莲花,{pm25},9000,12,30,0.8,94\n"
        for month in range(1, 13)
        for day in range(1, 29)
    ]
    path = folder / "空气日均值.csv"
    path.write_text(HEAD + "".join(rows), "utf-8")
    return path


def made(project: Project, *, is_public: bool = False) -> Prepared:
    catalogue = load_catalogue(project)
    return prepare(project, catalogue, PAIR, None, Progress(QUIET), is_public=is_public)


@pytest.mark.parametrize(
    "name", ["土壤详查点位表.xlsx", "2018农用地详查样品数据.pdf", "~$土壤详查点位表.xlsx"]
)
def test_what_must_not_be_stored_is_refused_at_the_door(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    days(project)
    (project.raw(PAIR) / name).write_bytes(b"")
    monkeypatch.setenv("ECOREPORT_ROOT", str(project.root))

    assert main(["check", "hailing", "2018"]) == 2
    said = capsys.readouterr().err
    assert name in said
    assert "不得存入" in said
    kept = project.root / "data" / "processed"
    assert [one for one in kept.rglob("*") if one.is_file() and ".locks" not in one.parts] == []


def test_it_is_no_paper_of_the_ledger_either(project: Project) -> None:
    folder = project.evidence(Pair("hailing", 2015)) / "01"
    folder.mkdir(parents=True)
    (folder / "农用地详查样品清单.pdf").write_bytes(b"x")

    with pytest.raises(InputError, match=r"详查样品清单.*不得存入"):
        make_ledger(project, load_catalogue(project), "hailing", [2015])

    assert not (project.root / "reports").exists()


def test_nobody_is_asked_for_what_must_not_be_stored(project: Project) -> None:
    catalogue = load_catalogue(project)
    written = {path.stem for path in write_templates(project, PAIR, catalogue)}
    forbidden = [one for one in catalogue.datasets.values() if one.secrecy == "forbidden"]
    assert forbidden
    assert all(f"{one.zh}_2018" not in written for one in forbidden)


def test_rows_of_an_internal_table_reach_no_assessment_and_no_download(project: Project) -> None:
    path = days(project, pm25=ODD)
    prepared = made(project)
    assessment = prepared.assessment

    assert "air_daily" in assessment.validation.stopped_datasets
    own = [one for one in assessment.validation.findings if one.dataset == "air_daily"]
    assert own
    assert all(not one.value and one.row is None and not one.file for one in own)
    files = downloads(assessment, load_catalogue(project), "zh")
    for name, content in files.items():
        if name.endswith((".csv", ".json")):
            assert ODD not in content.decode("utf-8-sig"), name
    assert ODD in path.read_text("utf-8")


def test_a_report_that_tells_of_internal_data_is_not_published(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    web = tmp_path_factory.mktemp("readers") / "web"
    days(project)
    assessment = made(project).assessment
    assert assessment.internal_datasets == ("air_daily",)

    catalogue = load_catalogue(project)
    site = site_of(project, catalogue, assessment, "zh")
    files = {"index.html": b"<p>1</p>"} | downloads(assessment, catalogue, "zh")
    assemble(project.reports(PAIR), files, site, "hailing", is_verified=True)
    names = {"compiled_by": "张三", "checked_by": "李四", "released_by": "王五"}
    now = dt.datetime(2019, 3, 1, tzinfo=dt.UTC)
    approve(project, "hailing/2018", names, now)
    with pytest.raises(InputError, match=r"内部数据（环境空气日均值）.*EDITION=public"):
        publish(project, catalogue, ["hailing/2018"], str(web), now)
    assert not web.exists()


def test_a_public_edition_does_not_read_internal_data(project: Project) -> None:
    days(project)
    keep(project, made(project))
    prepared = made(project, is_public=True)
    keep(project, prepared)
    assessment = prepared.assessment

    assert assessment.internal_datasets == ()
    assert not [one for one in assessment.observations if one.indicator.startswith("air.")]
    told = json.dumps([one.model_dump(mode="json") for one in assessment.sources])
    assert "空气日均值" not in told
    assert not list(project.processed(PAIR).rglob("air_*.parquet"))


def test_a_public_edition_says_what_it_withholds(project: Project) -> None:
    catalogue = load_catalogue(project)
    indicators = {
        one.indicator: one.id for one in catalogue.commitments_for("wuxi") if one.kind == "level"
    }
    pair = Pair("wuxi", 2018)
    asked = indicators["air.pm25_annual_mean"]
    for withheld, reason in ((set(), "not_reported"), ({"air_daily"}, "withheld")):
        context = situation(catalogue, pair, None, {pair: []}, {}, withheld)
        judged, _derived = assess(catalogue.commitments_for("wuxi"), catalogue.indicators, context)
        assert {one.commitment: one.reason for one in judged}[asked] == reason


def test_a_letter_corrects_no_internal_table(project: Project) -> None:
    reported = load_catalogue(project).datasets["reported"]
    with pytest.raises(ValueError, match="不能更正"):
        Dataset.model_validate(reported.model_dump() | {"secrecy": "internal"})


def test_the_project_reads_its_own_internal_tables(project: Project) -> None:
    days(project)
    frames = ingest(project, PAIR, load_catalogue(project)).frames
    assert len(frames["air_daily"]) == 336


def test_of_plots_and_samples_only_counts_and_sums_are_kept(project: Project) -> None:
    folder = project.raw(PAIR)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "污染地块名录.csv").write_text(
        "地块编号,地块面积,经度,纬度,是否安全利用\nPLOT-7,81237,119.923456,32.491234,是\n"
        "PLOT-8,40012,119.91,32.4,是\nPLOT-9,50013,119.91,32.4,否\n",
        "utf-8",
    )
    (folder / "土壤点位监测数据.csv").write_text(
        "点位编号,采样日期,土地利用类型,pH,镉,经度,纬度\n"
        "POINT-9,2018-09-03,水田,6.123,0.3217,119.923456,32.491234\n",
        "utf-8",
    )
    prepared = made(project)
    keep(project, prepared)
    assessment = prepared.assessment

    assert set(assessment.internal_datasets) == {"contaminated_plots", "soil_points"}
    values = {one.indicator: one.value for one in assessment.observations}
    assert values["soil.contaminated_site_safe_use_rate"] is not None
    kept = project.processed(PAIR) / "whole-year"
    told = [(kept / "assessment.json").read_text("utf-8")]
    told += [read_frame(path).to_csv() for path in kept.rglob("*.parquet")]
    files = downloads(assessment, load_catalogue(project), "zh")
    told += [content.decode("utf-8-sig") for name, content in files.items() if name[-3:] != "lsx"]
    for secret in ("PLOT-7", "POINT-9", "81237", "0.3217", "119.92"):
        assert not [text for text in told if secret in text], secret


def test_a_public_edition_tells_no_survey_of_a_few(project: Project) -> None:
    folder = project.raw(PAIR)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "公众满意度调查.csv").write_text(
        "调查名称,调查内容,问题,题目性质,有效回答数,肯定回答数,抽样方式,调查机构,调查日期\n"
        "座谈会,满意度,您满意吗,总体,9,7,简单随机抽样,第九调查队,2018-11-02\n",
        "utf-8",
    )
    told = {}
    for is_public in (False, True):
        prepared = made(project, is_public=is_public)
        assessment = prepared.assessment
        files = downloads(assessment, load_catalogue(project), "zh", is_internal=not is_public)
        text = "".join(
            content.decode("utf-8-sig") for name, content in files.items() if name[-3:] != "lsx"
        )
        told[is_public] = text + assessment.model_dump_json()
        assert ("survey_shares" in prepared.frames[PAIR]) is not is_public
    for secret in ("第九调查队", "7 ÷ 9", "77.8"):
        assert secret in told[False]
        assert secret not in told[True]
    assert "可能认出个人或地块" in told[True]


def test_a_public_edition_names_no_waterworks_of_a_few(project: Project) -> None:
    folder = project.raw(PAIR)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "农村饮用水水质监测.csv").write_text(
        "供水工程,所在乡镇,采样点,采样日期,供水方式,供水人口,是否合格\n"
        "大镇水厂,大镇,末梢水,2018-07-18,集中式,8600,合格\n"
        "李家湾水井,小镇,李四家,2018-07-18,分散式,42,不合格\n"
        "李家湾水井,小镇,王五家,2018-07-18,分散式,,合格\n"
        "李家湾水井,,钱七家,2018-07-18,分散式,4200,合格\n"
        "赵庄水井, 小镇 ,赵六家,2018-07-18,赵庄自备井,,孙八说合格\n",
        "utf-8",
    )
    told, shares, works = {}, {}, {}
    for is_public in (False, True):
        prepared = made(project, is_public=is_public)
        assessment = prepared.assessment
        files = downloads(assessment, load_catalogue(project), "zh", is_internal=not is_public)
        text = "".join(
            content.decode("utf-8-sig") for name, content in files.items() if name[-3:] != "lsx"
        )
        frames = "".join(frame.to_csv() for frame in prepared.frames[PAIR].values())
        told[is_public] = text + frames + assessment.model_dump_json()
        shares[is_public] = [
            (one.value, one.trace.n_used, one.trace.n_counted)
            for one in assessment.observations
            if "/village_water_population" in one.id
        ]
        works[is_public] = prepared.frames[PAIR]["village_water"]
    for secret in ("李家湾", "赵庄", "小镇"):
        assert secret in told[False]
        assert secret not in told[True]
    for secret in ("李四", "王五", "赵六", "钱七", "孙八", "自备井"):
        assert secret not in told[True]
    assert "大镇水厂" in told[True] and "供水人口不足100或不明、不列名之1" in told[True]
    # The same works with the same people and samples stand behind the same figures.
    assert shares[True] == shares[False] != []
    names = ["works", "town"]
    assert works[True].drop(columns=names).equals(works[False].drop(columns=names))


@pytest.mark.parametrize(
    ("name", "sheet"),
    [("李家湾水井_农村饮用水水质监测", "Sheet1"), ("农村饮用水水质监测", "李家湾")],
)
def test_places_with_the_name_of_a_few_have_to_be_renamed_for_the_public(
    project: Project, name: str, sheet: str
) -> None:
    folder = project.raw(PAIR)
    folder.mkdir(parents=True, exist_ok=True)
    with pd.ExcelWriter(folder / f"{name}.xlsx") as workbook:
        pd.DataFrame(
            [["李家湾水井", "小镇", "李四家", "2018-07-18", "分散式", 42, "合格"]],
            columns=[
                "供水工程",
                "所在乡镇",
                "采样点",
                "采样日期",
                "供水方式",
                "供水人口",
                "是否合格",
            ],
        ).to_excel(workbook, sheet_name=sheet, index=False)
    assert made(project).assessment
    with pytest.raises(InputError, match=r"李家湾水井.*请给文件或工作表换一个"):
        made(project, is_public=True)


def test_an_unknown_edition_is_named(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ECOREPORT_ROOT", str(project.root))
    assert main(["report", "hailing", "2018", "--edition", "secret"]) == 2
    assert "EDITION" in capsys.readouterr().err
