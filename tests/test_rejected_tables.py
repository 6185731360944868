"""A table that validation stopped is named wherever its figures are missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ecoreport.config.load import load_catalogue
from ecoreport.i18n import use_locale
from ecoreport.labels import reason_of
from ecoreport.needs import Needs
from ecoreport.prepare import Prepared, prepare
from ecoreport.progress import QUIET, Progress
from ecoreport.project import Pair, Project
from ecoreport.report import Report
from ecoreport.rows import rows_of

ROOT = Path(__file__).parents[1]
PAIR = Pair("wuxi", 2018)
SHARE = "wuxi-2018/water/provincial-section-good-share"
LIST = "断面编码,断面名称,所在水体,水体类型,考核级别,年度目标类别\n"
MONTHS = "断面编码,月份,pH,溶解氧(mg/L),高锰酸盐指数(mg/L),氨氮(mg/L),总磷(mg/L)\n"


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    yield
    use_locale("zh")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for name in ("params", "expectations", "templates"):
        (tmp_path / name).symlink_to(ROOT / name)
    return Project(tmp_path.resolve())


def write(project: Project, name: str, text: str) -> None:
    folder = project.raw(PAIR)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")


def sections(project: Project, ph: str) -> None:
    write(
        project,
        "断面清单.csv",
        LIST + "S1,望虞河桥,望虞河,河流,省考,Ⅲ\nS2,直湖港,直湖港,河流,省考,Ⅲ\n",
    )
    rows = [
        f"{code},2018-{month:02},{ph if (code, month) == ('S1', 5) else '7.5'},8.0,3.5,0.4,0.04\n"
        for code in ("S1", "S2")
        for month in range(1, 13)
    ]
    write(project, "采测分离月监测.csv", MONTHS + "".join(rows))


def made(project: Project) -> Prepared:
    return prepare(project, load_catalogue(project), PAIR, None, Progress(QUIET))


def test_sections_that_were_not_stopped_give_the_share(project: Project) -> None:
    sections(project, ph="7.6")
    (judged,) = (one for one in made(project).assessment.judgements if one.commitment == SHARE)
    assert (judged.value, judged.rejected) == (100, ())


def test_a_stopped_table_of_readings_is_named_and_not_taken_for_one_not_sent(
    project: Project,
) -> None:
    sections(project, ph="77")
    catalogue = load_catalogue(project)
    assessment = made(project).assessment
    assert assessment.validation.stopped_datasets == {"water_monthly"}
    report = Report(project, PAIR, catalogue, assessment)
    judged = report.judgements[SHARE]

    assert (judged.verdict, judged.reason) == ("no_data", "rejected")
    assert judged.rejected == ("water_monthly",)
    plan = next(one for one in report.plans if one.id == "wuxi-2018")
    (row,) = (one for one in rows_of(report, plan) if one.commitment.id == SHARE)
    assert row.reason == "地表水断面月监测未通过校验，错处见总览的数据校验和退回表"
    assert "地表水断面月监测未通过校验" in row.sentence.striptags()
    needs = Needs(catalogue, PAIR, None, report.judgements).of(plan, row.commitment)
    assert [one.what for one in needs] == [row.reason]
    use_locale("en")
    assert "Monthly sampling of surface water" in reason_of(catalogue, judged)


def test_a_reported_figure_still_counts_and_says_what_was_stopped(project: Project) -> None:
    sections(project, ph="77")
    name = load_catalogue(project).indicators["water.provincial_section_good_share"].zh
    write(project, "上报指标值.csv", f"指标名称,报告期,完成值,计量单位\n{name},2018年,60,%\n")
    assessment = made(project).assessment
    report = Report(project, PAIR, load_catalogue(project), assessment)
    plan = next(one for one in report.plans if one.id == "wuxi-2018")
    (row,) = (one for one in rows_of(report, plan) if one.commitment.id == SHARE)

    assert row.judgement.value == 60
    assert row.judgement.rejected == ("water_monthly",)
    assert "地表水断面月监测未通过校验，没有参加计算" in row.sentence.striptags()
