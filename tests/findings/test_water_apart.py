"""Total nitrogen and faecal coliforms: graded apart, never part of the class of a section."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from area_report import chapter_of

from ecoreport.findings import water, water_apart, water_grades
from ecoreport.findings.area import Chapter
from ecoreport.narrative import plain
from ecoreport.water_tables import apart, rivers
from tests.observe.water_year import listed, sampled


def chapter(folder: Path, *monthly: pd.DataFrame, **lake: str) -> Chapter:
    sections = listed({}, {"river": "演示湖", "water_body": "lake"} | lake)
    frames = {"water_sections": sections, "water_monthly": pd.concat(monthly, ignore_index=True)}
    return chapter_of(folder, "water", {2018: frames}, district="wuxi")


def test_nitrogen_of_lakes_and_coliforms_have_a_class_of_their_own(tmp_path: Path) -> None:
    # Nitrogen of 1.8 mg/L is class V in a lake and nothing in a river; 12000 a litre is class IV.
    found = chapter(
        tmp_path,
        sampled("S1", tn_mg_l=6.0, faecal_coliforms_per_l=12000.0),
        sampled("S2", tn_mg_l=1.8, faecal_coliforms_per_l=180.0),
    )
    years = water.section_frames(found.report)["water_section_year"].set_index("section")
    assert years.loc["S1", "class"] == "II" and pd.isna(years.loc["S1", "nitrogen_class"])
    assert years.loc["S2", ["nitrogen_class", "coliform_class"]].tolist() == ["V", "I"]
    assert years.loc["S1", "coliform_class"] == "IV"
    known = water_apart.apart(found.report)
    said = plain(water_apart.heading(found.report, known))
    assert said == "不计入断面类别、单独评价：总氮（湖库）均劣于Ⅲ类；粪大肠菌群劣于Ⅲ类的是断面1"
    table = apart(found.report, known, water.provenance(found, "apart")).striptags()
    assert "总氮（河流） 1 6.00~6.00 mg/L 标准没有河流的限值，不评类别".replace(" ", "") in (
        table.replace(" ", "").replace("\n", "")
    )
    assert "180~12 000 个/L" in table


def test_a_year_of_one_month_has_no_class_apart(tmp_path: Path) -> None:
    # Twelve months of the section's own items; the item apart was measured in one, or in two.
    few = {"tn_mg_l": [1.8, 2.2, *[None] * 10], "faecal_coliforms_per_l": [12000.0, *[None] * 11]}
    often = {"faecal_coliforms_per_l": 180.0}
    found = chapter(tmp_path, sampled("S1", **often), sampled("S2", **few))
    years = water.section_frames(found.report)["water_section_year"].set_index("section")
    behind = ["nitrogen_months", "coliform_months", "n_months"]
    assert years.loc["S2", behind].tolist() == [2, 1, 12]
    assert years.loc["S2", ["nitrogen_class", "coliform_class"]].isna().all()
    assert years.loc["S1", "coliform_class"] == "I"
    known = water_apart.apart(found.report)
    said = plain(water_apart.heading(found.report, known))
    assert said == (
        "不计入断面类别、单独评价：总氮（湖库）监测的月份不足，不评类别；粪大肠菌群均达到Ⅲ类"
    )
    table = apart(found.report, known, water.provenance(found, "apart")).striptags()
    assert "仅供参考：断面2（2个月，均值2.00）" in table
    assert "仅供参考：断面2（1个月，均值12 000）" in table
    assert "没有月份足够的断面，不评类别" in table
    assert "180~180 个/L" in table


def test_months_that_were_never_to_be_had_are_not_asked_of_items_apart(tmp_path: Path) -> None:
    # The list declares two samplings a year: both were taken.
    values = {"months": (3, 9), "faecal_coliforms_per_l": 12000.0}
    declared = {"months_planned": 2}
    found = chapter(tmp_path, sampled("S2", **values), **declared)
    years = water.section_frames(found.report)["water_section_year"].set_index("section")
    assert years.loc["S2", ["coliform_class", "coliform_months"]].tolist() == ["IV", 2]


def test_items_apart_that_nobody_measured_are_not_shown(tmp_path: Path) -> None:
    bare = {"tn_mg_l": None}
    found = chapter(tmp_path, sampled("S1", **bare), sampled("S2", **bare))
    assert water_apart.apart(found.report) == []


def test_shares_of_the_grades_of_rivers_all_have_one_decimal(tmp_path: Path) -> None:
    found = chapter(tmp_path, sampled("S1"), sampled("S2"))
    graded = water_grades.rivers(found.report)
    table = rivers(graded, water.provenance(found, "rivers")).striptags()
    assert "100.0%" in table and "0.0%" in table and "100%" not in table
