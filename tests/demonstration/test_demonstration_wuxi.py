"""Wuxi, bound by two plans: many verdicts, figures that hang together, and much that is missing."""

import itertools
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from generated_tables import records

from ecoreport.assess.judgement import Judgement
from ecoreport.assessment import Assessment
from ecoreport.config.catalogue import Catalogue
from ecoreport.config.load import load_catalogue
from ecoreport.config.vocabulary import EvidenceStatus, Verdict
from ecoreport.demonstration.profiles import rows_of
from ecoreport.demonstration.reported import ReportedPart, ReportedProfile, cases_of, figures
from ecoreport.ingest.gather import Ingested, ingest
from ecoreport.prepare import prepare
from ecoreport.progress import QUIET, Progress
from ecoreport.project import Pair, Project

YEARS = (2016, 2017, 2018)
PAIR = Pair("wuxi", 2018)
OWN = {"air_daily", "reported", "confirmations", "nil_returns", "progress", "rectification"}
DISAGREEING = "air.voc_projects_industry"
"""The districts come to less than what the city says."""
STATUSES = ["not_done", "started", "mostly_done", "done"]
DOCUMENTED = {
    "so2_ug_m3_usual", "so2_ug_m3_jump", "enough_days", "rows_repeated", "pm25_within_pm10",
    "days_present", "confirmed_by_given", "evidence_given", "months_covered",
    "closed_closing_number_given",
}  # fmt: skip


@pytest.fixture(scope="module")
def elsewhere(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project with Wuxi's demonstration files and no others."""
    root: Path = tmp_path_factory.mktemp("project")
    for name in ("params", "expectations", "notebooks"):
        (root / name).symlink_to(project.root / name)
    shutil.copytree(
        project.root / "data" / "demonstration" / "wuxi", root / "data" / "demonstration" / "wuxi"
    )
    return Project(root)


@pytest.fixture(scope="module")
def by_year(elsewhere: Project, catalogue: Catalogue) -> dict[int, Ingested]:
    return {year: ingest(elsewhere, Pair("wuxi", year), catalogue) for year in YEARS}


@pytest.fixture(scope="module")
def assessment(elsewhere: Project, catalogue: Catalogue) -> Assessment:
    return prepare(elsewhere, catalogue, PAIR, None, Progress(QUIET)).assessment


@pytest.fixture(scope="module")
def judged(assessment: Assessment) -> dict[str, Judgement]:
    return {one.commitment: one for one in assessment.judgements}


def test_every_file_is_read_and_nothing_stops(by_year: dict[int, Ingested]) -> None:
    for year, ingested in by_year.items():
        expected = OWN if year == 2018 else OWN - {"progress", "rectification"}
        assert expected <= set(ingested.frames)
        assert not any(one.ignored_because for one in ingested.sources)
        assert "stop" not in set(ingested.problems["severity"])
        assert all(frame.empty for frame in ingested.aside.values())


def test_only_documented_warnings(assessment: Assessment) -> None:
    failed = {
        one.key: one
        for one in assessment.validation.checks
        if not one.is_passed and one.dataset in OWN
    }
    assert set(failed) <= DOCUMENTED
    assert {one.severity for one in failed.values()} == {"warning"}


def test_two_thirds_of_the_figures_are_reported(
    catalogue: Catalogue, by_year: dict[int, Ingested]
) -> None:
    computed = {one.id for one in catalogue.observed() if one.dataset != "reported"}
    asked = {
        one.indicator
        for one in catalogue.commitments_for("wuxi")
        if one.indicator and catalogue.indicators[one.indicator].dataset == "reported"
    } - computed
    told = set(by_year[2018].frames["reported"]["indicator"]) & asked
    assert 0.6 <= len(told) / len(asked) <= 0.72


def test_districts_come_to_the_city_but_for_one(project: Project) -> None:
    values = figures(project, PAIR, cases_of(project, PAIR))
    totals: Counter[str] = Counter()
    for part in rows_of(project, "reported_parts", ReportedPart, PAIR):
        if part.area and part.indicator in values:
            totals[part.indicator] += int(part.value)
    assert len(totals) == 3
    differing = {name for name, total in totals.items() if Decimal(total) != values[name]}
    assert differing == {DISAGREEING}


def test_figures_keep_their_course(project: Project) -> None:
    profiles = rows_of(project, "reported_profiles", ReportedProfile, PAIR)
    moving = [one for one in profiles if one.first_year == 2016 and one.yearly]
    assert len(moving) > 15
    values = {
        year: figures(project, pair, cases_of(project, pair))
        for year in YEARS
        if (pair := Pair("wuxi", year))
    }
    for one in moving:
        course = [values[year][one.indicator] for year in YEARS]
        assert abs(one.yearly) > 2 * one.spread
        assert course == sorted(course, reverse=one.yearly < 0), one.indicator


def test_no_status_falls_back(by_year: dict[int, Ingested]) -> None:
    """Neither over the years nor from December's table to January's confirmations."""
    frames = {
        year: one.frames["confirmations"].assign(area=lambda frame: frame["area"].fillna(""))
        for year, one in by_year.items()
    }
    key = ["indicator", "area"]
    for earlier, later in itertools.pairwise(YEARS):
        both = frames[earlier].merge(frames[later], on=key, how="left", suffixes=("_old", "_new"))
        assert both["status_new"].notna().all()
        assert (rank(both["status_new"]) >= rank(both["status_old"])).all()
    progress = by_year[2018].frames["progress"]
    both = progress[progress["value"].isna()].assign(
        indicator=lambda frame: frame["commitment"].map(indicators())
    )
    both = both.merge(frames[2018], on="indicator", suffixes=("_old", "_new"))
    assert len(both) > 3
    assert (rank(both["status_new"]) >= rank(both["status_old"])).all()


def rank(statuses: "pd.Series[Any]") -> "pd.Series[int]":
    return statuses.map(STATUSES.index)


def indicators() -> dict[str, str]:
    catalogue = load_catalogue(Project.here())
    return {one.id: one.indicator for one in catalogue.commitments_for("wuxi")}


@pytest.mark.parametrize(
    ("commitment", "verdict", "reason"),
    [
        ("resources/coal-consumption", Verdict.MET, ""),
        ("institutional/assessment-share", Verdict.MET, ""),
        ("resources/gdp-per-construction-land", Verdict.NOT_MET, ""),
        ("resources/services-share", Verdict.NOT_MET, ""),
        ("air/nox-emissions", Verdict.NOT_MET, ""),
        ("air/mechanised-sweeping", Verdict.NOT_MET, ""),
        ("resources/water-per-gdp", Verdict.NO_DATA, "no_base"),
        ("resources/prefabricated-share", Verdict.NO_DATA, "no_base"),
        ("air/denox-lines-share", Verdict.NO_DATA, "not_reported"),
        ("air/old-vehicles-retired", Verdict.NOT_ASSIGNED, "target_not_assigned"),
        ("resources/chemical-firms-in-parks-share", Verdict.TO_CONFIRM, "bases_differ"),
        ("institutional/liability-insurance", Verdict.TO_CONFIRM, "unsigned"),
        ("soil/no-risk-events", Verdict.INSUFFICIENT_DATA, "nil_return_missing"),
        ("institutional/no-nuclear-events", Verdict.NO_DATA, "not_reported"),
        ("institutional/grid-inspectors", Verdict.NOT_MET, "unit_below"),
        ("resources/markets-renewed", Verdict.MET, ""),
        ("resources/gas-users", Verdict.MET, ""),
        ("water/wharves", Verdict.NOT_MET, ""),
    ],
)
def test_each_kind_of_verdict_is_there(
    judged: dict[str, Judgement], commitment: str, verdict: Verdict, reason: str
) -> None:
    found = judged[f"wuxi-2018/{commitment}"]
    assert found.verdict is verdict
    assert not reason or found.reason == reason


def test_what_is_at_its_target_says_so(judged: dict[str, Judgement]) -> None:
    coal = judged["wuxi-2018/resources/coal-consumption"]
    assert (coal.value, coal.margin) == (197, 0)
    assert "at_target" in judged["wuxi-2018/resources/markets-renewed"].fragility
    pm25 = judged["wuxi-2018/air/pm25-annual-mean"]
    assert pm25.verdict is Verdict.MET
    assert {"at_target", "rounding"} <= set(pm25.fragility)


def test_papers_are_lacking_here_and_there(judged: dict[str, Judgement]) -> None:
    told = [one for one in judged.values() if one.evidence is not None]
    counted = Counter(one.evidence for one in told if one.verdict is Verdict.MET)
    assert counted[EvidenceStatus.COMPLETE] > 4 * counted[EvidenceStatus.PARTIAL]
    assert counted[EvidenceStatus.PARTIAL] > 5
    assert counted[EvidenceStatus.NONE] > 2


def test_two_sources_of_one_figure_are_named(judged: dict[str, Judgement]) -> None:
    assert judged["wuxi-2018/water/old-mains"].disagreeing
    assert not judged["wuxi-2018/water/household-meters"].disagreeing


def test_problems_stand_on_every_rung(assessment: Assessment) -> None:
    states = Counter(str(one.state) for one in assessment.rectification)
    assert set(states) == {
        "closed", "awaiting_acceptance", "under_way", "not_started", "relapsed", "not_reported",
    }  # fmt: skip
    assert any(one.is_inconsistent for one in assessment.rectification)


def test_papers_and_people_are_plainly_invented(project: Project) -> None:
    headers = ("文号", "依据文件", "来源文件", "佐证材料", "证明材料", "填报人", "填表人", "审核人",
               "认定人", "签发人", "责任人", "验收单位", "公示网址", "销号文号")  # fmt: skip
    for word in ("上报值", "认定", "零报告", "调度", "整改台账"):
        [path] = project.demonstration(PAIR).glob(f"*{word}*")
        for row in records(path):
            assert all(str(row.get(one) or "演示").startswith("演示") for one in headers)
