"""Every plan, with no data at all: the report stands, and says what to bring."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import whole_runs
from bs4 import BeautifulSoup

from ecoreport.assessment import Assessment
from ecoreport.config.load import load_catalogue
from ecoreport.config.vocabulary import Verdict
from ecoreport.current import read_current
from ecoreport.errors import InputError
from ecoreport.prepare import prepare
from ecoreport.progress import QUIET, Progress
from ecoreport.project import Pair, Project

WITHOUT_DATA = {
    Verdict.NO_DATA,
    Verdict.TO_CONFIRM,
    Verdict.NOT_ASSIGNED,
    Verdict.NOT_DUE,
    Verdict.NOT_APPLICABLE,
}
PAIRS = [
    ("wuxi", 2018),
    ("jiangyin", 2018),
    ("linjiang", 2018),
    ("hailing", 2018),
    *(("suzhou", year) for year in range(2017, 2021)),
]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return whole_runs.make_project(tmp_path_factory.mktemp("empty"), has_demonstration=False)


def assessed(root: Path, district: str, year: int) -> Assessment:
    project = Project(root)
    pair = Pair(district, year)
    return prepare(project, load_catalogue(project), pair, None, Progress(QUIET)).assessment


@pytest.mark.parametrize(("district", "year"), PAIRS)
def test_without_data_every_verdict_is_open(empty: Path, district: str, year: int) -> None:
    assessment = assessed(empty, district, year)
    catalogue = load_catalogue(Project(empty))
    asked = {one.id for one in catalogue.commitments_for(district)}
    assert {one.commitment for one in assessment.judgements} == asked
    verdicts = {one.verdict for one in assessment.judgements}
    assert verdicts <= WITHOUT_DATA - {Verdict.NOT_APPLICABLE}
    assert not assessment.compared


@pytest.mark.parametrize("district", ["wuxi", "jiangyin", "suzhou", "linjiang"])
def test_without_data_the_report_stands_and_says_what_to_bring(empty: Path, district: str) -> None:
    run = whole_runs.ecoreport(empty, "report", DISTRICT=district, YEAR="2018")
    whole_runs.assert_told(run, 0, "没有收到", f"data/raw/{district}/2018")
    manifest, files = read_current(empty / "reports" / district / "2018")
    assert not manifest.rests_on_demonstration
    opening = BeautifulSoup(files["index.html"], "html.parser")
    words = opening.get_text(" ", strip=True)
    for plan in load_catalogue(Project(empty)).plans_binding(district):
        assert plan.title_zh in words
    assert "make templates" in words
    assert "数据截至 —" in words and "演示数据" not in words
    assert not re.search(r"\b(None|nan|NaN)\b", words)


@pytest.mark.parametrize("verb", ["report", "prepare"])
def test_a_district_that_no_plan_binds_is_named_before_anything_is_read(
    empty: Path, verb: str
) -> None:
    run = whole_runs.ecoreport(empty, verb, DISTRICT="gaogang", YEAR="2018")
    whole_runs.assert_told(run, InputError.exit_code, "gaogang", "plans", "jiangyin")


def test_after_its_last_year_a_plan_is_over_but_for_what_is_to_be_kept(empty: Path) -> None:
    judged = {one.commitment: one for one in assessed(empty, "suzhou", 2021).judgements}
    over = {name for name, one in judged.items() if one.reason == "term_over"}
    assert "suzhou-263/air/good-days-share" in over
    assert "suzhou-263/water/taihu-codmn" not in over
    assert judged["suzhou-263/water/taihu-codmn"].verdict is Verdict.NO_DATA
