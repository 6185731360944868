"""Who answers for what, what is missing from whom, and which numbers are told of it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from small_report import catalogue, days, numbers_in, report_of

from ecoreport import department_tables as tables
from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.models import Department
from ecoreport.config.offices import in_office
from ecoreport.departments import duties
from ecoreport.findings import departments as findings
from ecoreport.judging import judge_pair
from ecoreport.narrative import plain
from ecoreport.observed import Observed
from ecoreport.project import Pair, Project
from ecoreport.report import Report
from ecoreport.validate.finding import Validation

LINK = re.compile(r'<a href="#([^"]+)"')
ID = re.compile(r' id="([^"]+)"')


def without_data(root: Path, district: str, year: int, as_of: dt.date | None = None) -> Report:
    """Return the report of a district that sent nothing."""
    pair = Pair(district, year)
    nothing = Observed((), (), Validation(), frozenset())
    assessment = judge_pair(catalogue(), pair, as_of, {pair: nothing}, "")
    return Report(Project(root), pair, catalogue(), assessment)


@pytest.fixture(scope="module")
def wuxi(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return without_data(tmp_path_factory.mktemp("wuxi"), "wuxi", 2018)


def department(name: str, **known: object) -> Department:
    words = {"id": name, "district": "wuxi", "zh": name, "en": name, "level": "city"}
    return Department.model_validate(words | known)


def test_a_duty_goes_to_who_is_in_office() -> None:
    known = {
        one.id: one
        for one in (
            department("old", last_year=2018, successor="new"),
            department("new", first_year=2019, last_year=2021, successor="newest"),
            department("newest", first_year=2022),
            department("gone", last_year=2018),
            department("here", last_year=2018, successor="there"),
            department("there", last_year=2018, successor="here"),
        )
    }
    held = [in_office(known, "old", year).id for year in (2018, 2019, 2021, 2022)]
    assert held == ["old", "new", "new", "newest"]
    assert in_office(known, "gone", 2020).id == "gone"
    assert in_office(known, "here", 2020).id == "there"


def test_a_bureau_bears_the_name_of_the_year(tmp_path: Path, wuxi: Report) -> None:
    later = without_data(tmp_path, "wuxi", 2019)
    assert "wuxi-environment" in findings.named(wuxi)
    assert "wuxi-ecology-environment" in findings.named(later)
    assert "wuxi-environment" not in findings.named(later)
    known = catalogue().departments
    before = findings.standing(wuxi, known["wuxi-environment"])
    after = findings.standing(later, known["wuxi-ecology-environment"])
    assert before == "2019年起由市生态环境局承担"
    assert after == "2018年及以前为市环保局"
    assert findings.standing(wuxi, known["wuxi-audit"]) == ""
    county = without_data(tmp_path, "jiangyin", 2018)
    assert findings.standing(county, known["wuxi-audit"]) == "无锡市"


@pytest.mark.parametrize("plan", catalogue().plans.values(), ids=lambda plan: plan.id)
def test_each_commitment_is_with_each_of_its_departments_once(plan: CompletePlan) -> None:
    owed = duties([plan], catalogue().departments, plan.first_year)
    listed = [(duty.commitment.id, name) for name, ours in owed.items() for duty in ours]
    assert len(listed) == len(set(listed))
    assert {(one.id, one.responsible[0]) for one in plan.counted()} <= {
        (duty.commitment.id, duty.department)
        for ours in owed.values()
        for duty in ours
        if duty.is_first
    }
    seen = {name for _commitment, name in listed}
    assert seen == {name for one in plan.commitments for name in one.responsible}


def test_the_numbers_of_departments_add_up(wuxi: Report) -> None:
    for one in tables.sections(wuxi):
        name = one.department.id
        total = findings.count_of(wuxi, name, "total").value
        shown = sum(
            len(group.lines) + sum(len(shared.lines) for shared in group.shared)
            for group in one.groups
        )
        assert total == shown
        for group in one.groups:
            whole, *parts = numbers_in(group.counts).values()
            assert whole == sum(parts)
        counted = numbers_in(findings.summary(wuxi, name))
        assert counted[f"wuxi/2018/count/department/{name}/total"] == total


def test_the_heading_names_who_has_most_open(wuxi: Report) -> None:
    said = findings.heading(wuxi)
    n_open = {name: findings.count_of(wuxi, name, "open").value for name in findings.named(wuxi)}
    most = max(n_open.values())
    leading = [name for name, n in n_open.items() if n == most]
    assert numbers_in(said)[f"wuxi/2018/count/department/{leading[0]}/open"] == most
    for name in leading:
        assert catalogue().departments[name].zh in said
    assert list(n_open.values()) == sorted(n_open.values(), reverse=True)


def test_what_many_share_stands_in_full_once_and_is_led_to(wuxi: Report) -> None:
    pages = [tables.section(wuxi, one) for one in tables.sections(wuxi)]
    ids = ID.findall("".join(pages))
    targets = LINK.findall("".join(pages))
    assert len(ids) == len(set(ids))
    assert len(targets) > 2000 and set(targets) <= set(ids)
    assert sum(name.startswith("n-wuxi-2018-") for name in ids) == 327


def test_a_part_stands_with_the_county_that_it_is_of(tmp_path: Path) -> None:
    suzhou = without_data(tmp_path, "suzhou", 2018)
    listed = {one.department.id: one for one in tables.sections(suzhou)}
    (group,) = listed["kunshan-government"].groups
    parts = [line for line in group.lines if line.row.commitment.part_of]
    assert parts
    assert all("：" in line.row.title and line.sequence for line in parts)


def test_without_data_everything_says_what_to_bring_and_by_when(wuxi: Report) -> None:
    for one in tables.sections(wuxi):
        for line in (line for group in one.groups for line in group.lines):
            assert line.needs, line.row.commitment.id
            for need in line.needs:
                assert need.what and need.where and need.by_when
    page = next(
        tables.section(wuxi, one)
        for one in tables.sections(wuxi)
        if one.department.id == "wuxi-environment"
    )
    assert "工作完成情况认定_2018.xlsx" in page and "上报指标值_2018.xlsx" in page
    assert "2018-06-30（已到期）" in page
    for word in ("认可", "异议", "补充佐证", "签字：", "盖章：", "日期："):
        assert word in page


def test_a_deadline_ahead_is_not_said_to_be_past(tmp_path: Path) -> None:
    june = without_data(tmp_path, "wuxi", 2018, dt.date(2018, 6, 30))
    days_told = {missing.by_when for one in tables.sections(june) for missing in one.missing}
    assert {"2018-06-30（已到期）", "2018-12-31"} <= days_told
    assert "2018-12-31（已到期）" not in days_told
    assert "按现值" in plain(findings.heading(june)) or "有未决" in plain(findings.heading(june))


def test_what_was_sent_is_not_missing(tmp_path: Path) -> None:
    empty = without_data(tmp_path / "empty", "hailing", 2018)
    sent = report_of(tmp_path / "sent", days(2017), days(2018))
    name = "hailing-environment"

    def missing(report: Report) -> set[str]:
        (one,) = [one for one in tables.sections(report) if one.department.id == name]
        return {title for missing in one.missing for _seq, title in missing.lines}

    assert missing(sent) <= missing(empty)
    for one in tables.sections(sent):
        for line in (line for group in one.groups for line in group.lines):
            if line.row.judgement.verdict == "met":
                assert all(need.what.startswith("佐证") for need in line.needs)
