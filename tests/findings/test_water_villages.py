"""What the chapter on water says of the drinking water of villages."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from area_report import chapter_of, table

from ecoreport.findings import water, water_villages
from ecoreport.narrative import plain
from ecoreport.standards.tables import select
from ecoreport.water_village_tables import failing, supplies

ITEMS = [line["column"] for line in select("tap_water_limits")]
SOUND = {name: 0.0 for name in ITEMS if not name.startswith("has_")} | {"ph": 7.5}


def test_supplies_and_what_fails_are_shown(tmp_path: Path) -> None:
    day = dt.date(2018, 7, 18)
    rows = [
        {"works": "镇水厂", "date": day, "supply": "central", "population": 8000.0, **SOUND},
        {"works": "东<村>", "date": day, "population": 500.0, **SOUND, "mn_mg_l": 0.15},
    ]
    frames = {"village_water": table("village_water", *rows)}
    chapter = chapter_of(tmp_path, "water", {2018: frames}, district="hailing")
    said = plain(water_villages.heading(chapter))
    assert said == "2处村镇供水工程中1处饮用水合格，合格的供水人口占94.1%（规则未经核实）"
    provenance = water.provenance(chapter, "villages")
    shown = supplies(water_villages.supplies(chapter.report), provenance).striptags()
    assert "集中式供水118 0008 000100.0%" in shown
    assert "没有填写供水方式1050000.0%" in shown
    assert "合计218 5008 00094.1%" in shown
    left = failing(water_villages.failing(chapter.report), provenance)
    assert "东&lt;村&gt;" in left and "锰" in left
    assert any("表4" in plain(one) for one in water_villages.notes(chapter))


def test_notes_are_kept_where_nobody_says_how_many_people(tmp_path: Path) -> None:
    rows = [
        {"works": "东村", "date": dt.date(2018, 7, 18), **SOUND, "mn_mg_l": 0.15},
        {"works": "西村", "date": dt.date(2018, 7, 18), "attains": "yes"},
    ]
    frames = {"village_water": table("village_water", *rows)}
    chapter = chapter_of(tmp_path, "water", {2018: frames}, district="hailing")
    assert water_villages.share(chapter) is None
    said = [plain(one) for one in water_villages.notes(chapter)]
    assert any(one.startswith("不合格的供水工程：东村（锰") for one in said)
    assert "1个样品没有检测值或项目太少，按报送的结论。" in said
    assert "没有供水人口或不能评价、不计入的供水工程：东村、西村。" in said


def test_without_samples_nothing_is_said(tmp_path: Path) -> None:
    empty = chapter_of(tmp_path, "water", {2018: {}}, district="hailing")
    assert water_villages.works(empty.report).empty
