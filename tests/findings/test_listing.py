"""What the opening chapter shows of several plans, of a county, and where nothing was received."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from small_report import catalogue

from ecoreport import tables
from ecoreport.assess.judgement import AreaValue, Judgement
from ecoreport.config.vocabulary import Verdict
from ecoreport.facts import judgement_facts
from ecoreport.findings import overview
from ecoreport.judging import judge_pair
from ecoreport.listing import areas_named, listed, sections, whole_of, worst_first
from ecoreport.narrative import plain
from ecoreport.needs import Needs
from ecoreport.observed import Observed
from ecoreport.project import Pair, Project
from ecoreport.report import Report
from ecoreport.tables.tables_to_bring import places_to_bring
from ecoreport.validate.finding import Validation
from ecoreport.word.blocks import blocks_of

SHEET_BYTES_A_ROW = 900
"""What a row without data takes of the table to work with, at most."""
OPEN = {Verdict.NO_DATA, Verdict.TO_CONFIRM, Verdict.NOT_ASSIGNED, Verdict.NOT_DUE}
REPORTS = [("wuxi", 2018), ("suzhou", 2017), ("suzhou", 2020), ("linjiang", 2018)]
Make = Callable[[str, int], Report]


@pytest.fixture
def without_data(tmp_path: Path) -> Make:
    """A report of a district of which nothing came."""

    def make(district: str, year: int) -> Report:
        pair = Pair(district, year)
        nothing = {pair: Observed((), (), Validation(), frozenset())}
        assessment = judge_pair(catalogue(), pair, None, nothing, "")
        return Report(Project(tmp_path), pair, catalogue(), assessment)

    return make


def with_judgement(report: Report, commitment: str, **changes: object) -> Report:
    """Return a report in which one commitment was judged otherwise."""
    judgements = tuple(
        one.model_copy(update=changes) if one.commitment == commitment else one
        for one in report.assessment.judgements
    )
    assessment = report.assessment.model_copy(update={"judgements": judgements})
    return Report(report.project, report.pair, report.catalogue, assessment)


def rows_in(table: str) -> dict[str, str]:
    """Return the rows of a table by their ids."""
    return dict(re.findall(r'<tr id="([^"]+)".*?>(.*?)</tr>', table, re.DOTALL))


def test_what_two_plans_ask_alike_is_one_entry_that_names_both(without_data: Make) -> None:
    report = without_data("wuxi", 2018)
    entries = listed(report)
    shown = [row.commitment.id for entry in entries for row in entry.rows]
    asked = [one.id for plan in report.plans for one in plan.counted()]
    assert sorted(shown) == sorted(asked)

    both = {entry.row.commitment.id: entry for entry in entries if entry.again}
    share = both["wuxi-2018/institutional/assessment-share"]
    assert [plan.id for plan in share.plans] == ["wuxi-2018", "wuxi-rectification"]
    # Another target or a later time is another commitment.
    assert "wuxi-2018/greening/tree-cover" not in both
    assert "wuxi-2018/greening/natural-wetland-protection-rate" not in both

    table = tables.commitment_table(report, entries)
    line = rows_in(table)[share.row.anchor]
    assert "1、2" in line
    assert f"；方案2 {share.again[0][1].clause}" in line
    assert f'id="{share.again[0][1].anchor}"' in line


def test_what_misses_its_target_most_stands_first(without_data: Make) -> None:
    report = without_data("wuxi", 2018)
    of_reference = next(
        one.row.commitment.id
        for one in listed(report)
        if one.row.commitment.attribute == "reference"
    )
    missed = {
        "wuxi-2018/water/city-sewage-treatment-rate": ("95", "-0.5"),
        "wuxi-2018/water/town-sewage-treatment-rate": ("85", "-20"),
        "wuxi-2018/water/cod-emissions": ("0", "-1"),
        of_reference: ("50", "-40"),
    }
    duty = next(one.row.commitment.id for one in listed(report) if one.row.commitment.seq == 60)
    report = with_judgement(report, duty, verdict=Verdict.NOT_MET)
    for name, (target, margin) in missed.items():
        known = {"target": Decimal(target), "margin": Decimal(margin), "value": Decimal(1)}
        report = with_judgement(report, name, verdict=Verdict.NOT_MET, so_far=None, **known)
    facts = judgement_facts(report.pair, list(report.judgements.values()))
    assessment = report.assessment.model_copy(update={"facts": (*report.assessment.facts, *facts)})
    report = Report(report.project, report.pair, report.catalogue, assessment)
    found = [one.row.commitment.id for one in worst_first(listed(report))][:5]
    assert found == [
        "wuxi-2018/water/cod-emissions",
        "wuxi-2018/water/town-sewage-treatment-rate",
        "wuxi-2018/water/city-sewage-treatment-rate",
        duty,
        of_reference,
    ]


def test_counts_of_several_plans_count_nothing_twice(without_data: Make) -> None:
    report = without_data("wuxi", 2018)
    entries = listed(report)
    whole = whole_of(report)
    n_twice = sum(len(entry.again) for entry in entries)
    assert n_twice > 0
    assert (
        len(whole.counted())
        == len(entries)
        == sum(len(p.counted()) for p in report.plans) - (n_twice)
    )
    said = plain(overview.conclusion_heading(report, whole))
    total, *parts = map(int, re.findall(r"(\d+)项", said))
    assert total == sum(parts) == len(entries)
    assert "2个方案" in said


def test_a_county_sees_first_what_names_it(without_data: Make) -> None:
    report = without_data("jiangyin", 2018)
    entries = listed(report)
    scopes = [entry.row.commitment.scope for entry in entries]
    n_named = scopes.count("jiangyin")
    assert 0 < n_named < len(entries)
    assert set(scopes[:n_named]) == {"jiangyin"}
    assert "jiangyin" not in scopes[n_named:]
    # What speaks of another county binds this one not at all.
    assert set(scopes[n_named:]) == {"wuxi"}
    assert not sections(report, entries)[0].binds_as_part

    cards = tables.conclusion(report, [])
    assert "点名江阴市" in cards and "按无锡市整体评价" in cards
    first = tables.attention(report, entries).split("</li>")[:n_named]
    assert all(any(e.row.title in line for e in entries[:n_named]) for line in first)
    assert {place.district for place in places_to_bring(report, entries)} == {"jiangyin", "wuxi"}


def test_a_city_shows_what_names_its_areas(without_data: Make) -> None:
    report = without_data("wuxi", 2018)
    found = dict(areas_named(report, listed(report)))
    assert {"江阴市", "宜兴市", "新吴区"} <= set(found)
    assert all(e.row.commitment.scope == "jiangyin" or e.row.parts for e in found["江阴市"])


@pytest.mark.parametrize(("district", "year"), REPORTS)
def test_without_data_a_report_says_what_to_bring_and_leaves_nothing_out(
    without_data: Make, district: str, year: int
) -> None:
    report = without_data(district, year)
    entries = listed(report)
    assert {one.verdict for one in report.judgements.values()} <= OPEN

    listing = tables.attention(report, entries)
    assert listing.count("<li>") <= report.catalogue.report.attention_max
    n_open = sum(1 for one in entries if one.open_verdict and not one.is_ahead)
    said = sum(map(int, re.findall(r"</span> (\d+)项", listing)))
    more = re.search(r"另有 (\d+) 项", listing)
    assert said + (int(more[1]) if more else 0) == n_open

    places = places_to_bring(report, entries)
    bring = tables.to_bring(report, places)
    assert f"make templates DISTRICT={district} YEAR={year}" in bring
    files = {f"{report.catalogue.datasets[name].zh}_{year}.xlsx" for name in ("reported",)}
    assert all(file in bring for file in files)
    for row in (row for entry in entries if entry.open_verdict for row in entry.rows):
        for one in row.parts or (row,):
            for way in report.catalogue.ways()[one.commitment.indicator]:
                for name in way:
                    assert report.catalogue.datasets[name].template_name(year) in bring, one
    # A document to hand up tells nobody how to run the programs, or of lists that it has not.
    on_paper = str(blocks_of(listing + bring))
    assert "make " not in on_paper and "data/raw" not in on_paper and "见“" not in on_paper
    assert "先生成空白表" in bring and "先生成空白表" not in on_paper
    heading = plain(overview.verdict_heading(report, whole_of(report)))
    assert "0项" not in re.sub(r"\d+0项", "", heading)


@pytest.mark.parametrize(("district", "year"), [*REPORTS, ("jiangyin", 2018)])
def test_every_mark_leads_to_its_row_and_no_row_stands_twice(
    without_data: Make, district: str, year: int
) -> None:
    report = without_data(district, year)
    entries = listed(report)
    table = tables.commitment_table(report, entries)
    ids = re.findall(r' id="([^"]+)"', table)
    assert len(ids) == len(set(ids))
    pages = [tables.strip(report, entries), tables.attention(report, entries)]
    pages += [tables.plan_table(report, plan) for plan in report.plans]
    for page in pages:
        links = set(re.findall(r'<a href="#([^"]+)"', page))
        assert links <= set(ids)
    assert len(re.findall(r"<li>", pages[0])) == len(entries)
    n_rows = len(rows_in(table))
    assert len(table.encode()) < n_rows * SHEET_BYTES_A_ROW


def test_departments_of_a_row_are_those_that_the_head_lists(without_data: Make) -> None:
    report = without_data("wuxi", 2018)
    table = tables.commitment_table(report, listed(report))
    *_others, names = re.findall(r'<th[^>]*data-filter="([^"]+)"', table)
    line = rows_in(table)["c-wuxi-2018-greening-red-line-assessment"]
    places = re.findall(r'data-filter="([\d ]+)"', line)[-1].split()
    departments = report.catalogue.departments
    asked = report.plans[0].commitments
    of_row = next(one for one in asked if one.id == "wuxi-2018/greening/red-line-assessment")
    found = [names.split("|")[int(place)] for place in places]
    assert found == [departments[name].zh for name in of_row.responsible]


def test_one_failing_county_stays_visible_under_a_city_that_keeps_its_target(
    without_data: Make,
) -> None:
    report = without_data("wuxi", 2018)
    commitment = "wuxi-2018/greening/tree-cover"
    areas = (
        AreaValue(district="jiangyin", verdict=Verdict.NOT_MET, value=Decimal("24.1"), unit="%"),
        AreaValue(district="yixing", verdict=Verdict.MET, value=Decimal("30"), unit="%"),
    )
    report = with_judgement(
        report, commitment, verdict=Verdict.MET, reason="", value=Decimal("27.4"), areas=areas
    )
    line = plain_row(report, commitment)
    assert "江阴市 24.1% 未完成" in line
    assert "宜兴市 30% 完成" in line


def plain_row(report: Report, commitment: str) -> str:
    """Return the words of a row of the table to work with."""
    table = tables.commitment_table(report, listed(report))
    row = rows_in(table)["c-" + commitment.replace("/", "-")]
    return " ".join(re.sub(r"<[^>]+>", "", row).split())


def test_the_even_way_is_for_reference_and_in_no_count(without_data: Make) -> None:
    report = without_data("wuxi", 2018)
    ahead = next(
        one
        for one in report.judgements.values()
        if one.verdict is Verdict.NOT_DUE and one.target is not None
    )
    before = overview.counts(report, whole_of(report))
    changed = with_judgement(report, ahead.commitment, path_value=Decimal("12.34"))
    entries = listed(changed)
    table = tables.commitment_table(changed, entries)
    after = table[table.index(f'id="{anchor(ahead)}"') :].split("<tr id=")[0]
    assert "参考进度" in after and "12.34" in after
    assert "不计入任何结论" in tables.notes(changed, entries)
    assert overview.counts(changed, whole_of(changed)) == before


def anchor(judgement: Judgement) -> str:
    """Return the id of a judgement's row."""
    return "c-" + judgement.commitment.replace("/", "-")


def test_notes_say_how_words_are_read_and_how_far_the_text_goes(without_data: Make) -> None:
    report = without_data("wuxi", 2018)
    entries = listed(report)
    said = tables.notes(report, entries)
    used = {row.commitment.fuzzy for entry in entries for row in (entry.row, *entry.row.parts)} - {
        ""
    }
    assert used
    for word, reading in report.catalogue.assessment.fuzzy.items():
        assert (reading.meaning_zh in said) == (word in used)
    broken_off = report.plans[1].coverage_note
    assert "中断" in broken_off
    assert broken_off in said.unescape()
    assert "报告只覆盖到这里" in tables.conclusion(report, [])


def test_contradictions_are_those_that_touch_the_district(without_data: Make) -> None:
    city, county = without_data("wuxi", 2018), without_data("jiangyin", 2018)
    of_city, of_county = tables.contradictions_of(city), tables.contradictions_of(county)
    assert [plan.id for plan, _found in of_city] == ["wuxi-2018", "wuxi-rectification"]
    bound = {one.id for plan in county.plans for one in plan.commitments}
    for _plan, found in of_county:
        assert all(bound & set(one.commitments.split()) for one in found)
    n_city, n_county = (sum(len(found) for _plan, found in of) for of in (of_city, of_county))
    assert 0 < n_county < n_city
    assert str(n_county) in overview.contradictions_heading(of_county)
    # One that lies between two plans names the rows of both.
    shown = tables.contradictions(city, of_city)
    assert "省考断面" in shown and "国考断面" in shown


def test_words_follow_what_a_plan_calls_its_commitments(without_data: Make) -> None:
    report = without_data("linjiang", 2018)
    assert overview.all_heading(report) == "全部任务"
    (said,) = overview.counts(report, report.plan)
    assert plain(said).startswith("任务156项")
    assert "参考性" not in said


def test_what_is_computed_of_measurements_is_asked_for_with_the_figure_that_stands_beside_it(
    without_data: Make,
) -> None:
    report = without_data("wuxi", 2018)
    (place,) = places_to_bring(report, listed(report))
    tables_by_file = {way[0].file: table for table in place.tables for way in table.ways}
    of_sections = tables_by_file["地表水断面清单_2018.xlsx"]
    told = [[(one.file, one.sender) for one in way] for way in of_sections.ways]
    assert told == [
        [
            ("地表水断面清单_2018.xlsx", "生态环境局"),
            ("地表水断面月监测_2018.xlsx", "生态环境监测站"),
        ],
        [("上报指标值_2018.xlsx", "各责任单位")],
    ]
    needs = Needs(report.catalogue, report.pair, None, report.judgements)
    plan = next(one for one in report.plans if one.id == "wuxi-2018")
    asked = "wuxi-2018/water/provincial-section-good-share"
    (commitment,) = (one for one in plan.commitments if one.id == asked)
    (need,) = needs.of(plan, commitment)
    assert need.where == (
        "地表水断面清单_2018.xlsx（生态环境局） 和 地表水断面月监测_2018.xlsx（生态环境监测站）"
        "；或者 上报指标值_2018.xlsx（各责任单位）"
    )
