"""What the opening chapter says of what is open, of last year, and of a part of a year."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from small_report import YEAR, days, numbers_in, report_of

from ecoreport import tables
from ecoreport.findings import overview
from ecoreport.listing import listed
from ecoreport.narrative import plain
from ecoreport.report import Report
from ecoreport.rows import rows_of

SEPTEMBER = dt.date(YEAR, 9, 30)


@pytest.fixture
def before_the_deadline(tmp_path: Path) -> Report:
    """A year in which nothing is due: all of the plan ends with 2018."""
    return report_of(tmp_path, days())


def test_before_the_deadline_what_is_open_is_named_outside_the_counts(
    before_the_deadline: Report,
) -> None:
    report, plan = before_the_deadline, before_the_deadline.plan
    assert report.conclusion(plan).attention == ()
    assert overview.has_only_open_so_far(report, plan)
    said = overview.open_so_far_heading(report, plan)
    n_open = len(report.conclusion(plan).open_so_far)
    assert n_open > 30
    assert list(numbers_in(said).values()) == [n_open]
    shown = tables.open_so_far(report, listed(report))
    assert "按现值：未报送" in shown and "未到时限" not in shown
    assert "按现值" in plain(overview.departments_heading(report, plan))


def test_after_the_deadline_nothing_is_open_so_far(tmp_path: Path) -> None:
    report = report_of(tmp_path, days(2018))
    assert not report.conclusion(report.plan).open_so_far
    said = plain(overview.attention_heading(report, report.plan))
    assert f"{len(report.conclusion(report.plan).attention)}项" in said


def test_departments_with_as_much_open_share_the_place(before_the_deadline: Report) -> None:
    report = before_the_deadline
    prefix = f"{report.pair}/count/{report.plan.id}/open_so_far/"
    facts = {name: fact for name, fact in report.facts.items() if name.startswith(prefix)}
    ranked = sorted(facts.values(), key=lambda fact: -fact.value)
    for fact in ranked[:2]:
        report.facts[fact.id] = fact.model_copy(update={"value": ranked[0].value})
    said = overview.departments_heading(report, report.plan)
    for fact in ranked[:2]:
        department = report.catalogue.departments[fact.id.rsplit("/", 1)[1]]
        assert department.zh in said
    assert f"各{ranked[0].value}项" in plain(said)
    assert set(numbers_in(said)) <= set(report.facts)


TWO_YEARS = (YEAR - 1, YEAR)
HEADLINE = {
    "same basis": (TWO_YEARS, None, f"比{YEAR - 1}年"),
    "same part": (TWO_YEARS, SEPTEMBER, f"比{YEAR - 1}年同期"),
    "another basis": ((2017, 2018), None, "口径不同"),
    "nothing before": ((YEAR,), None, f"缺{YEAR - 1}年数据"),
}


@pytest.mark.parametrize("case", HEADLINE)
def test_headline_figures_are_held_against_the_same_part_of_last_year(
    tmp_path: Path, case: str
) -> None:
    years, as_of, said = HEADLINE[case]
    frames = [days(year, pm25_ug_m3=30.0 + year - YEAR) for year in years]
    report = report_of(tmp_path, *frames, as_of=as_of)
    figure = plain(tables.headline_figures(report, report.plans).split("</div>")[0])
    assert said in figure
    assert ("口径不同" in figure) == (case == "another basis")
    assert ("1–9月PM₂.₅平均浓度" in figure) == (as_of is not None)


def test_a_part_beside_a_whole_year_is_of_another_period(tmp_path: Path) -> None:
    report = report_of(tmp_path, days(YEAR - 1), days(), as_of=SEPTEMBER)
    whole_only = [
        one
        for one in report.assessment.observations
        if one.year == YEAR or one.period == str(one.year)
    ]
    report.assessment = report.assessment.model_copy(update={"observations": tuple(whole_only)})
    figure = tables.headline_figures(report, report.plans).split("</div>")[0]
    assert "时段不同，不作比较" in figure and "口径不同" not in figure


def test_the_small_lines_hold_whole_years_only(tmp_path: Path) -> None:
    years = [days(2016), days(2017), days(2018)]
    name = "air.good_days_share_change"
    for as_of, last in ((None, 2018), (dt.date(2018, 9, 30), 2017)):
        report = report_of(tmp_path / str(last), *years, as_of=as_of)
        rows = [part for row in rows_of(report, report.plan) for part in (row, *row.parts)]
        history = next(row.history for row in rows if row.commitment.indicator == name)
        assert [year for year, _value in history] == list(range(2017, last + 1))


def test_the_heading_accounts_for_every_commitment(tmp_path: Path) -> None:
    report = report_of(tmp_path, days(2018))
    total, *parts = numbers_in(overview.verdict_heading(report, report.plan)).values()
    assert total == sum(parts) == len(report.plan.counted())
    assert len(parts) > 2
