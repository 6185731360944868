"""Figures of districts below, and of single units, in a district's own table."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from ecoreport.assessment import Assessment
from ecoreport.config.load import load_catalogue
from ecoreport.config.vocabulary import EvidenceStatus, Verdict
from ecoreport.prepare import prepare
from ecoreport.progress import QUIET, Progress
from ecoreport.project import Pair, Project
from ecoreport.report import Report
from ecoreport.rows import rows_of


def assessed(project: Project, district: str, rows: list[tuple[object, ...]]) -> Assessment:
    """Assess 2018 of a district whose one table holds `rows`."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["指标", "时段", "数值", "单位", "区域", "单元", "责任单位", "证明材料"])
    for row in rows:
        sheet.append(row)
    folder = project.raw(Pair("wuxi", 2018))
    folder.mkdir(parents=True, exist_ok=True)
    book.save(folder / "上报值_2018.xlsx")
    catalogue = load_catalogue(project)
    return prepare(project, catalogue, Pair(district, 2018), None, Progress(QUIET)).assessment


@pytest.fixture
def project(tmp_path: Path) -> Project:
    here = Project.here()
    for name in ("params", "expectations"):
        (tmp_path / name).symlink_to(here.root / name)
    return Project(tmp_path)


def test_a_failing_county_stays_visible_under_a_city_that_does_not_fail(project: Project) -> None:
    rate = "城市污水处理率"
    assessment = assessed(
        project,
        "wuxi",
        [
            (rate, "2018", 97, "%", None, None, None, None),
            (rate, "2018", 96, "%", "江阴市", None, None, None),
            (rate, "2018", 80, "%", "宜兴", None, None, None),
        ],
    )
    judged = {one.commitment: one for one in assessment.judgements}
    city = judged["wuxi-2018/water/city-sewage-treatment-rate"]
    assert (city.verdict, city.value) == (Verdict.MET, 97)
    assert {one.district: one.verdict for one in city.areas} == {
        "jiangyin": Verdict.MET,
        "yixing": Verdict.NOT_MET,
    }
    assert all(set(one.observations) <= set(assessment.numbers()) for one in city.areas)


def test_what_a_county_and_its_city_tell_differently_stands_at_the_citys_row(
    project: Project,
) -> None:
    rate = "城市污水处理率"
    own = project.raw(Pair("jiangyin", 2018))
    own.mkdir(parents=True)
    (own / "上报值_2018.csv").write_text(f"指标,时段,数值,单位\n{rate},2018,93,%\n", "utf-8")
    rows = [
        (rate, "2018", 97, "%", None, None, None, None),
        (rate, "2018", 96, "%", "江阴市", None, None, None),
    ]
    assessment = assessed(project, "wuxi", rows)
    known = {one.id: one for one in assessment.observations}
    judged = {one.commitment: one for one in assessment.judgements}
    city = judged["wuxi-2018/water/city-sewage-treatment-rate"]
    (county,) = city.areas
    # What the county sent itself goes first; what the city says of it is not lost.
    assert county.value == 93
    assert [known[name].value for name in county.disagreeing] == [96]
    assert set(county.disagreeing) <= set(city.disagreeing)
    catalogue = load_catalogue(project)
    report = Report(project, Pair("wuxi", 2018), catalogue, assessment)
    plan = next(one for one in report.plans if one.id == "wuxi-2018")
    (row,) = (one for one in rows_of(report, plan) if one.commitment.id == city.commitment)
    (said,) = row.others
    assert said.startswith("江阴市 · 96%") and "data/raw/wuxi/2018/" in said


def test_the_worst_unit_is_judged_and_named(project: Project) -> None:
    name = "三级网格专门巡查人员（每个网格）"
    rows = [(name, "2018", n, "人", None, grid, None, None) for grid, n in GRIDS]
    assessment = assessed(project, "wuxi", rows)
    judged = {one.commitment: one for one in assessment.judgements}
    grid = judged["wuxi-2018/institutional/grid-inspectors"]
    assert (grid.verdict, grid.value, grid.reason) == (Verdict.NOT_MET, 7, "unit_below")
    assert "<b>东港" in " ".join(str(note) for note in grid.notes)


GRIDS = (("安镇", 9), ("<b>东港", 7), ("鹅湖", 8))


def test_a_row_of_the_district_itself_may_name_it(project: Project) -> None:
    rows = [("城市污水处理率", "2018", 90.25, "%", "无锡市", None, None, None)]
    assessment = assessed(project, "wuxi", rows)
    judged = {one.commitment: one for one in assessment.judgements}
    city = judged["wuxi-2018/water/city-sewage-treatment-rate"]
    # 左右: 5 % of 95 below it is still about 95.
    assert (city.verdict, city.reason, city.value) == (Verdict.MET, "within_around", 90.25)


def test_a_county_reads_the_citys_value_for_what_the_city_promised(project: Project) -> None:
    rows = [("城市污水处理率", "2018", 97, "%", None, None, None, None)]
    assessment = assessed(project, "jiangyin", rows)
    judged = {one.commitment: one for one in assessment.judgements}
    city = judged["wuxi-2018/water/city-sewage-treatment-rate"]
    assert (city.verdict, city.value, city.district) == (Verdict.MET, 97, "jiangyin")


@pytest.mark.parametrize("area", ["江阴是", "苏州市", "<b>宜兴"])
def test_a_row_of_an_unknown_area_is_nobodys(project: Project, area: str) -> None:
    rows = [
        ("城市污水处理率", "2018", 97, "%", area, None, None, None),
        ("城市污水处理率", "2018", 40, "%", None, None, None, None),
    ]
    assessment = assessed(project, "wuxi", rows)
    assert "reported" in assessment.validation.stopped_datasets
    judged = {one.commitment: one for one in assessment.judgements}
    city = judged["wuxi-2018/water/city-sewage-treatment-rate"]
    assert (city.verdict, city.reason) == (Verdict.NO_DATA, "rejected")


def test_an_amount_for_the_city_is_no_target_of_each_district(project: Project) -> None:
    indicator = "resources.energy_saving_projects"
    rows = [
        (indicator, "2018", 120, "个", None, None, None, None),
        (indicator, "2018", 50, "个", "江阴市", None, None, None),
    ]
    judged = {one.commitment: one for one in assessed(project, "wuxi", rows).judgements}
    city = next(one for one in judged.values() if one.areas)
    assert city.verdict is Verdict.MET
    assert [(one.value, one.verdict) for one in city.areas] == [(50, Verdict.NOT_APPLICABLE)]


def test_a_file_that_is_not_there_is_no_evidence(project: Project) -> None:
    rows = [("城市污水处理率", "2018", 97, "%", None, None, None, "报告.pdf")]
    name = "wuxi-2018/water/city-sewage-treatment-rate"
    judged = {one.commitment: one for one in assessed(project, "wuxi", rows).judgements}
    assert judged[name].evidence is EvidenceStatus.NONE
    (project.raw(Pair("wuxi", 2018)) / "报告.pdf").write_bytes(b"%PDF-1.4")
    judged = {one.commitment: one for one in assessed(project, "wuxi", rows).judgements}
    assert judged[name].evidence is EvidenceStatus.PARTIAL
