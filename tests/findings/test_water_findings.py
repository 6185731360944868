"""What the chapter on surface water says and draws of made-up sections, lakes and sources."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from area_report import chapter_of

from ecoreport.config.vocabulary import Verdict
from ecoreport.drawings import water as drawings
from ecoreport.findings import water as findings
from ecoreport.findings import water_declared, water_trophic
from ecoreport.findings.area import Chapter
from ecoreport.narrative import plain
from ecoreport.standards.water import basic_source_items
from tests.observe.water_year import PLACED, listed, sampled


def source(name: str, months: range = range(1, 13), **cells: object) -> pd.DataFrame:
    values = {
        **dict.fromkeys(sorted(basic_source_items("river", 2018)), 0.0),
        "ph": 7.5, "do_mg_l": 8.0, "codmn_mg_l": 3.0, "nh3n_mg_l": 0.2, "tp_mg_l": 0.03,
    }  # fmt: skip
    known = {"source": name, "kind": "river", "frequency": None, "intake_10k_m3": 100.0}
    rows = [{**known, "month": f"2018-{month:02d}", "attains": None, **values} for month in months]
    frame = pd.DataFrame(rows).assign(source_row=range(2, len(rows) + 2), **PLACED)
    return frame.assign(**cells)


@pytest.fixture(scope="module")
def water(tmp_path_factory: pytest.TempPathFactory) -> Chapter:
    tables = {
        "water_sections": listed(
            {},
            {"river": "锡澄运河", "background_items": "总磷", "background_document": "函"},
            {"river": "锡澄运河", "target_class": "IV"},
        ),
        "water_monthly": pd.concat(
            [
                sampled("S1"),
                sampled("S2", range(1, 12), tp_mg_l=0.3),
                sampled("S3", nh3n_mg_l=[0.4] * 6 + [1.2] * 5 + [2.5], tp_mg_l=0.25),
            ],
            ignore_index=True,
        ),
        "drinking_sources": pd.concat(
            [source("锡东"), source("肖山", tp_mg_l=[0.03] * 11 + [0.9])], ignore_index=True
        ),
    }
    return chapter_of(tmp_path_factory.mktemp("water"), "water", {2018: tables}, district="wuxi")


def test_sections_are_told_as_counts(water: Chapter) -> None:
    said = plain(findings.sections(water.report))
    assert said == "3个断面中2个有监测的各月均达到Ⅲ类，35个断面月次中1个为劣Ⅴ类"
    said = plain(findings.counts(water))
    assert "3个断面中2个达到Ⅲ类（66.7%），无劣Ⅴ类" in said


def test_tiles_follow_the_list_and_hatch_what_is_missing(water: Chapter) -> None:
    data = drawings.sections(water).data.set_index(["section", "month"])
    assert data.loc[("断面2", 12), ["class", "remark"]].tolist() == ["", "missing"]
    assert data.loc[("断面3", 12), "class"] == "below_V"
    assert data.loc[("断面3", 1), ["class", "target_class"]].tolist() == ["IV", "IV"]


def test_background_items_do_not_exceed(water: Chapter) -> None:
    said = plain(findings.items(water.report))
    assert said == "35个断面月次中12个劣于Ⅲ类，超标最多的是总磷（12次）"
    data = drawings.items(water).data
    totals = data.groupby("item", sort=False)["sections_beyond_class_iii"].sum()
    assert totals.to_dict() == {"总磷": 12, "氨氮": 6}


def test_only_tables_that_were_used_are_sources(water: Chapter, tmp_path: Path) -> None:
    assert findings._sections_of(water.report) == ("water_sections", "water_monthly")
    hours = pd.concat([sampled("S1", range(1, 3))] * 10, ignore_index=True).drop(columns="month")
    hours = hours.assign(date=pd.date_range("2018-01-01", periods=20), hour=1, status=None)
    tables = {"water_sections": listed({}), "water_automatic": hours}
    automatic = chapter_of(tmp_path, "water", {2018: tables}, district="wuxi")
    assert findings._sections_of(automatic.report) == ("water_sections", "water_automatic")


def test_targets_are_held_against_as_sections(water: Chapter) -> None:
    rows = drawings.counts(water).data.set_index("indicator")
    assert (rows["assessed"] == 3).all()
    assert any("个）" in target for target in rows["target"])
    assert drawings._sections_asked(Decimal("62.2"), 45, ">=") == 28
    assert drawings._sections_asked(Decimal("2.3"), 45, "<=") == 1


def test_sources_that_exceeded_are_counted(water: Chapter) -> None:
    said = plain(findings.sources_heading(water.report))
    assert said == "2个饮用水水源地中1个历次监测均达标，其余共有1次超标"
    assert "有结论 24 次" in drawings.sources(water).note
    said = [plain(one) for one in findings.sources_notes(water)]
    assert len(said) == 1 and said[0].startswith("锡东、肖山有月份没有监测值的应测项目（共33项）")
    assert findings.provenance(water, "sources").method == "GB 3838-2002 表1、表2"


def test_sources_of_too_few_items_are_said_and_not_called_fine(tmp_path: Path) -> None:
    few = source("肖山").drop(columns=sorted(basic_source_items("river", 2018))).assign(ph=7.2)
    tables = {"drinking_sources": pd.concat([source("锡东"), few], ignore_index=True)}
    chapter = chapter_of(tmp_path, "water", {2018: tables}, district="wuxi")
    assert "1个饮用水水源地历次监测均达标" in plain(findings.sources_heading(chapter.report))
    assert "12 次监测的项目太少，没有评价" in drawings.sources(chapter).note
    said = "".join(plain(one) for one in findings.sources_notes(chapter))
    assert "不按监测值评价的月次：肖山 2018-01" in said


def test_lakes_stand_beside_the_class_that_is_asked(tmp_path: Path) -> None:
    lake = {"river": "太湖", "water_body": "lake", "level": "national"}
    tables = {
        "water_sections": listed(lake),
        "water_monthly": sampled("S1", tp_mg_l=0.055, tn_mg_l=2.0),
    }
    chapter = chapter_of(tmp_path, "water", {2018: tables}, district="suzhou")
    found = findings.lakes(chapter.report).set_index("column")
    assert not found.loc["tp_mg_l", "is_within"] and found.loc["tn_mg_l", "is_within"]
    assert "超过的是太湖总磷" in plain(findings.lakes_heading(chapter.report))
    assert drawings.lakes(chapter).data["limit"].tolist() == found["limit"].tolist()


def test_every_number_of_a_sentence_is_a_fact(water: Chapter) -> None:
    known = water.report.assessment.numbers()
    for said in (findings.sections(water.report), findings.counts(water)):
        ids = [part.partition('"')[0] for part in said.split('data-observation="')[1:]]
        assert ids and set(ids) <= set(known)


def test_without_water_tables_nothing_is_drawn(tmp_path: Path) -> None:
    chapter = chapter_of(tmp_path, "water", {2018: {}}, district="wuxi")
    assert not findings.section_frames(chapter.report)
    assert not findings.counted(chapter) and not findings.has_exceeded(chapter.report)
    assert findings.lakes(chapter.report).empty and findings.sources(chapter.report).empty


def test_the_trophic_state_is_told_by_lake_and_months_without_five_items_are_left_out(
    tmp_path: Path,
) -> None:
    lake = {"river": "太湖", "water_body": "lake", "level": "national"}
    five = {"chlorophyll_a_mg_m3": [5.0] * 6 + [60.0] * 4 + [None] * 2, "transparency_m": 0.5}
    tables = {"water_sections": listed(lake), "water_monthly": sampled("S1", **five)}
    chapter = chapter_of(tmp_path, "water", {2018: tables}, district="suzhou")
    said = plain(water_trophic.heading(chapter.report))
    assert said == "太湖10个月中4个月富营养，最高7月54.9（轻度富营养）"
    chart = drawings.trophic(chapter)
    assert "斜纹 2 次" in chart.note and chart.title == said


@pytest.mark.parametrize(
    ("beyond", "verdict"), [(0, Verdict.MET), (1, Verdict.TO_CONFIRM), (12, Verdict.TO_CONFIRM)]
)
def test_rates_by_volume_and_by_source_that_disagree_are_left_to_a_person(
    tmp_path: Path, beyond: int, verdict: Verdict
) -> None:
    months = [0.9] * beyond + [0.03] * (12 - beyond)
    tables = {
        "drinking_sources": pd.concat(
            [source("锡东", intake_10k_m3=900.0), source("肖山", tp_mg_l=months)],
            ignore_index=True,
        )
    }
    report = chapter_of(tmp_path, "water", {2018: tables}, district="wuxi").report
    judgement = report.judgements["wuxi-rectification/water/drinking-sources"]
    rates = {
        one.basis.place: float(one.value or 0)
        for one in report.observations.values()
        if one.indicator == "water.drinking_source_pass_rate"
    }
    # One month of 100 in 12000, or all twelve of them; one of two sources either way.
    by_volume = {0: 100.0, 1: 99.2, 12: 90.0}[beyond]
    assert rates == {"按取水量": by_volume, "按水源地个数": 50.0 if beyond else 100.0}
    assert (judgement.so_far or judgement.verdict) is verdict


def test_what_the_list_declares_is_said_with_its_document_and_stands_in_the_data(
    tmp_path: Path,
) -> None:
    tables = {
        "water_sections": listed(
            {},
            {"status": "dry", "status_document": "锡环函〔2018〕1号"},
            {"status": "stopped"},
            {"background_items": "总磷", "background_document": "本底函"},
            {"months_planned": 4.0},
            {"name": "缺月的"},
        ),
        "water_monthly": pd.concat(
            [
                sampled("S1"),
                sampled("S2"),
                sampled("S4", tp_mg_l=0.3),
                sampled("S5", (2, 5, 8, 11)),
                sampled("S6", (1, 2)),
            ],
            ignore_index=True,
        ),
    }
    chapter = chapter_of(tmp_path, "water", {2018: tables}, district="wuxi")
    said = "".join(plain(one) for one in water_declared.declared(chapter.report))
    assert "清单注明断流、不参评的断面：断面2（锡环函〔2018〕1号）。" in said
    assert "清单注明停测、不参评的断面：断面3（清单没有写依据）。" in said
    assert "按清单扣除本底项目的断面：断面4总磷（本底函）。" in said
    assert "清单计划采样少于每月一次的断面：断面5。" in said
    assert "有效月份不足、不计入的断面：缺月的（规则未经核实）。" in said
    data = drawings.sections(chapter).data.drop_duplicates("section").set_index("section")
    assert data["declared"].to_dict() == {
        "断面1": "",
        "断面2": "断流（锡环函〔2018〕1号）",
        "断面3": "停测（清单没有写依据）",
        "断面4": "扣除本底：总磷（本底函）",
        "断面5": "一年4次",
        "缺月的": "",
    }
    assert data["remark"].to_dict() == {
        "断面1": "",
        "断面2": "",
        "断面3": "stopped",
        "断面4": "",
        "断面5": "missing",
        "缺月的": "",
    }
