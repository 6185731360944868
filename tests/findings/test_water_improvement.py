"""What would have to improve: in the year with the months left, after it by what was missing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from area_report import chapter_of

from ecoreport import show, water_chapter
from ecoreport.findings import water_improvement as findings
from ecoreport.findings.area import Chapter
from ecoreport.narrative import plain
from ecoreport.project import Project
from ecoreport.report import Provenance
from ecoreport.water_tables import improvements as table
from ecoreport.word.models import read_kind
from tests.observe.water_year import listed, sampled


def tables(months: int = 12) -> dict[str, pd.DataFrame]:
    seen = range(1, months + 1)
    return {
        "water_sections": listed(
            {},
            {"name": "张桥"},
            {"name": "没救的"},
            {"background_items": "总磷", "background_document": "函"},
            {"months_planned": 4.0, "name": "一季一次"},
            {"status": "dry", "status_document": "函"},
        ),
        "water_monthly": pd.concat(
            [
                sampled("S1", seen),
                sampled("S2", seen, tp_mg_l=0.21, nh3n_mg_l=1.1),
                sampled("S3", seen, tp_mg_l=0.9),
                sampled("S4", seen, tp_mg_l=0.9),
                sampled("S5", [month for month in (2, 5, 8, 11) if month in seen], tp_mg_l=0.21),
                sampled("S6", seen, tp_mg_l=0.9),
            ],
            ignore_index=True,
        ),
    }


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> Chapter:
    return chapter_of(
        tmp_path_factory.mktemp("part"),
        "water",
        {2018: tables(9)},
        district="wuxi",
        as_of=dt.date(2018, 9, 30),
    )


def test_documents_find_them_under_their_heading(
    part: Chapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    headings: list[str] = []
    monkeypatch.setattr(show, "heading", lambda _text, name: headings.append(name))
    monkeypatch.setattr(show, "display", lambda *_shown, **_about: None)
    water_chapter.improvements(part)

    bulletin = read_kind(Project.here(), "bulletin")
    asked = {
        name
        for section in bulletin.sections
        for one in section.parts
        for name in one.headings
        if one.chapter == "water"
    }
    assert headings == ["improvements"]
    assert set(headings) < asked


def test_the_months_left_are_told(part: Chapter) -> None:
    report = part.report
    found = findings.improvements(report)
    assert [(one.name, one.margin.column) for one in found] == [
        ("张桥", "nh3n_mg_l"),
        ("张桥", "tp_mg_l"),
        ("没救的", "tp_mg_l"),
        ("一季一次", "tp_mg_l"),
    ]
    assert plain(findings.heading(report, found)) == (
        "按1–9月均值，3个断面未达到目标类别，2个在其余月份仍可达到，1个已不可能达到"
    )
    said = [plain(one) for one in findings.lines(report, found)]
    assert said[0] == "张桥（目标Ⅲ类）的氨氮，10月–12月均值须≤0.70 mg/L。"
    assert said[1] == "张桥（目标Ⅲ类）的总磷，10月–12月均值须≤0.170 mg/L。"
    # What can still be reached stands before what cannot.
    assert said[2] == "一季一次（目标Ⅲ类）的总磷，其余1次监测均值须≤0.170 mg/L。"
    assert said[3] == "没救的（目标Ⅲ类）的总磷，其余月份无论多低，全年均值都已超过限值。"


def test_numbers_of_the_sentences_are_facts(part: Chapter) -> None:
    report = part.report
    assert report.fact("water/required/S2/tp_mg_l").value == Decimal("0.170")
    assert "wuxi/2018/water/required/S3/tp_mg_l" not in report.facts
    found = findings.improvements(report)
    for said in [findings.heading(report, found), *findings.lines(report, found)]:
        ids = [text.partition('"')[0] for text in said.split('data-observation="')[1:]]
        assert set(ids) <= set(report.assessment.numbers())


def test_after_the_year_the_fall_is_told(tmp_path: Path) -> None:
    report = chapter_of(tmp_path, "water", {2018: tables()}, district="wuxi").report
    found = findings.improvements(report)
    assert plain(findings.heading(report, found)) == (
        "3个断面的年均值未达到目标类别，差得最多的是没救的总磷，须再下降77.8%"
    )
    assert plain(findings.lines(report, found)[1]) == (
        "张桥（目标Ⅲ类）的总磷，年均值须再下降0.010 mg/L（4.8%）。"
    )
    shown = plain(table(report, found, Provenance()))
    assert "下降0.010 mg/L（4.8%）" in shown and "全年均值" in shown


def test_a_lake_is_held_to_the_class_that_is_asked(tmp_path: Path) -> None:
    lake = {"river": "太湖", "water_body": "lake", "level": "national", "target_class": None}
    known = {
        "water_sections": listed(lake, {**lake, "status": "stopped"}),
        "water_monthly": pd.concat(
            [sampled("S1", range(1, 7), tp_mg_l=0.055), sampled("S2", range(1, 7), tp_mg_l=0.9)],
            ignore_index=True,
        ),
    }
    as_of = dt.date(2018, 6, 30)
    report = chapter_of(tmp_path, "water", {2018: known}, district="suzhou", as_of=as_of).report
    found = findings.improvements(report)
    assert [one.fact for one in found] == ["太湖/tp_mg_l"]
    assert plain(findings.heading(report, found)).endswith("湖泊1项指标超过所要求类别的限值")
    assert plain(findings.lines(report, found)[0]) == (
        "太湖（目标Ⅲ类）的总磷，7月–12月均值须≤0.045 mg/L。"
    )


def test_nothing_measured_asks_nothing(tmp_path: Path) -> None:
    report = chapter_of(tmp_path, "water", {2018: {}}, district="wuxi").report
    assert findings.improvements(report) == []
