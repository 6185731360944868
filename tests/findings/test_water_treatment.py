"""What the chapter on water says of black-odorous waters, sewage and discharges."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest
from area_report import chapter_of, table

from ecoreport import water_plant_tables as plant_tables
from ecoreport.drawings import area as area_drawings
from ecoreport.drawings import water_treatment as drawings
from ecoreport.findings import water, water_monitored, water_plants
from ecoreport.findings import water_treatment as findings
from ecoreport.findings.area import Chapter
from ecoreport.narrative import plain
from ecoreport.water_tables import monitored


def of_year(year: int, cod: float, tn: float, treated: float) -> Mapping[str, pd.DataFrame]:
    return {
        "discharges": table(
            "discharges",
            {"pollutant": "cod", "discharge_t": cod},
            {"pollutant": "tn", "origin": "industry", "discharge_t": tn / 2},
            {"pollutant": "tn", "origin": "domestic", "discharge_t": tn / 2},
        ),
        "sewage": table(
            "sewage",
            {"scope": "city", "discharged_10k_m3": 100.0, "treated_10k_m3": treated},
            {"scope": "town", "discharged_10k_m3": 200.0, "treated_10k_m3": 150.0},
            {"scope": "rural", "discharged_10k_m3": 50.0, "treated_10k_m3": 30.0},
        ),
        "black_odour": table(
            "black_odour",
            {"body": "甲河", "before": "severe", "after": "none", "is_removed": "yes",
             "removed_on": dt.date(year, 6, 30)},
            {"body": "乙浜", "before": "light", "after": "light", "is_removed": "no"},
        ),
    }  # fmt: skip


@pytest.fixture(scope="module")
def wuxi(tmp_path_factory: pytest.TempPathFactory) -> Chapter:
    years = {
        2015: of_year(2015, 50000.0, 12000.0, 90.0),
        2017: of_year(2017, 46000.0, 11500.0, 94.0),
        2018: of_year(2018, 45000.0, 11400.0, 96.5),
    }
    return chapter_of(tmp_path_factory.mktemp("wuxi"), "water", years, district="wuxi")


def test_waters_are_counted_and_those_left_are_named(wuxi: Chapter) -> None:
    said = plain(findings.black_odour_heading(wuxi.report))
    assert said == "2条黑臭水体中1条已认定消除，尚未消除的是乙浜"
    chart = drawings.black_odour(wuxi)
    assert chart.data["said"].tolist() == ["尚未认定", "2018-06-30"]


def test_points_that_are_black_again_contradict_the_list(tmp_path: Path) -> None:
    good = {"transparency_cm": 60.0, "do_mg_l": 5.0, "orp_mv": 150.0, "nh3n_mg_l": 2.0}
    visits = [
        {"body": body, "point": f"{point}号", "date": dt.date(2018, 9, day), **good, **worse}
        for body, worse in (("甲河", {"do_mg_l": 1.2}), ("乙浜", {"orp_mv": None}))
        for point in (1, 2, 3)
        for day in (2, 8, 14)
    ]
    frames = {**of_year(2018, 1.0, 1.0, 1.0)}
    frames["black_odorous_points"] = table("black_odorous_points", *visits)
    chapter = chapter_of(tmp_path, "water", {2018: frames}, district="wuxi")
    found = water_monitored.monitored(chapter.report)
    said = plain(water_monitored.heading(chapter.report, found))
    expected = "2条有监测的水体中1条判定为不黑臭，与清单所报不一致的是甲河、乙浜（规则未经核实）"
    assert said == expected
    shown = monitored(found, water.provenance(chapter, "black-odour-points")).striptags()
    assert "轻度黑臭3个轻度黑臭不黑臭 不一致" in shown and "—" in shown


@pytest.mark.parametrize(
    ("n_enough", "expected"),
    [
        (
            1,
            "1条有监测的水体均判定为不黑臭；另有2条监测点、次数或指标不足，没有计入（规则未经核实）",
        ),
        (0, "2条水体有监测记录，监测点、次数或指标都不足以判定（规则未经核实）"),
    ],
)
def test_waters_monitored_too_little_are_not_counted(
    tmp_path: Path, n_enough: int, expected: str
) -> None:
    good = {"transparency_cm": 60.0, "do_mg_l": 5.0, "orp_mv": 150.0, "nh3n_mg_l": 2.0}
    # 乙浜 is black by its only visit, which the list denies; of 丙塘 one indicator lacks.
    waters = {"甲河": {}, "乙浜": {"do_mg_l": 1.2}, "丙塘": dict.fromkeys(good)}
    visits = [
        {"body": body, "point": f"{point}号", "date": dt.date(2018, 9, day), **good, **worse}
        for body, worse in waters.items()
        if n_enough or body != "甲河"
        for point in (1, 2, 3)
        for day in ((2, 8, 14) if body != "乙浜" else (2,))
    ]
    frames = {**of_year(2018, 1.0, 1.0, 1.0)}
    frames["black_odorous_points"] = table("black_odorous_points", *visits)
    chapter = chapter_of(tmp_path, "water", {2018: frames}, district="wuxi")
    found = water_monitored.monitored(chapter.report)
    assert plain(water_monitored.heading(chapter.report, found)) == expected


def test_works_are_shown_with_their_load_and_what_does_not_add_up(tmp_path: Path) -> None:
    about = {"plant": "甲厂", "scope": "city", "capacity_10k_m3_d": 0.2, "treated_10k_m3": 82.0}
    plants = [
        {**about, "cod_in_mg_l": 210.0, "cod_out_mg_l": 21.0, "nh3n_out_mg_l": 0.5},
        {**about, "plant": "乙<厂>", "capacity_10k_m3_d": 0.1, "treated_10k_m3": None},
    ]
    frames = {**of_year(2018, 1.0, 1.0, 96.0)}
    frames["sewage_plants"] = table("sewage_plants", plants[0])
    chapter = chapter_of(tmp_path / "one", "water", {2018: frames}, district="wuxi")
    said = plain(water_plants.heading(chapter))
    assert said == (
        "1座污水处理厂合计负荷率112.3%，1座超过设计处理能力；城市各厂处理量之和与污水处理统计不符"
    )
    beside = water_plants.totals(chapter.report)
    told = plant_tables.totals(beside, water.provenance(chapter, "sewage-totals")).striptags()
    assert "82.096.0−14.6%不符" in told and "允许相差5%" in told
    frames["sewage_plants"] = table("sewage_plants", *plants)
    chapter = chapter_of(tmp_path / "two", "water", {2018: frames}, district="wuxi")
    known = water_plants.plants(chapter.report)
    shown = plant_tables.plants(known, water.provenance(chapter, "sewage-plants"))
    assert "甲厂城市0.282.0112.3%—210→2190.0%—→0.50—" in shown.striptags()
    assert "乙&lt;厂&gt;" in shown
    # Without every volume the sum says nothing.
    assert water_plants.totals(chapter.report).empty


def test_each_rate_is_held_against_its_own_target(wuxi: Chapter) -> None:
    said = plain(findings.sewage_heading(wuxi))
    assert (
        said
        == "城市污水处理率96.5%（完成），城镇污水处理率75.0%（未完成），农村生活污水处理率60.0%"
    )
    chart = drawings.sewage(wuxi)
    assert "目标≥95%左右 完成" in chart.alt
    data = chart.data.set_index(["indicator", "year"])
    assert data.loc[("城市污水处理率", 2015), "rate_percent"] == "90.0"
    assert data.loc[("城镇污水处理率", 2018), "target_percent"] == "85"


def test_a_word_that_blurs_a_target_stands_wherever_the_target_does(wuxi: Chapter) -> None:
    row = wuxi.rows["wuxi-2018/water/town-sewage-treatment-rate"]
    assert (row.target_with_unit, row.target_alone) == ("≥85%左右", "≥85左右")
    assert f"{row.title} 75.0%，目标≥85左右，未完成" in area_drawings.figures(wuxi).alt
    strict = wuxi.rows["wuxi-2018/water/cod-emissions"]
    assert strict.target_with_unit == "≥9.21%"


def test_without_its_base_a_cut_has_no_bar(tmp_path: Path) -> None:
    tables = {2018: of_year(2018, 45000.0, 11400.0, 96.5)}
    chapter = chapter_of(tmp_path, "water", tables, district="wuxi")
    rows = area_drawings.figures(chapter).data.set_index("indicator")
    cut = rows.loc["化学需氧量排放量较2015年削减"]
    assert (cut["unit"], cut["value"]) == ("%", None)


def test_cuts_are_held_against_the_base_year(wuxi: Chapter) -> None:
    found = {one.indicator.id: one for one in findings.discharges(wuxi)}
    assert set(found) == {"water.cod_emissions", "water.total_nitrogen_discharge"}
    # 50000 cut by 9.21 %.
    assert {
        year: float(one) for year, one in findings.path(found["water.cod_emissions"]).items()
    } == {
        2015: 50000.0,
        2018: 45395.0,
    }
    said = plain(findings.discharges_heading(wuxi))
    assert said == "削减达到目标的是化学需氧量排放量；削减未达到目标的是总氮排放量"
    chart = drawings.discharges(wuxi)
    assert "较2015年削减10%，目标≥9.21% 完成" in chart.alt


def test_what_has_a_chart_of_its_own_is_not_drawn_again(wuxi: Chapter) -> None:
    found = findings.other_years(wuxi)
    assert [one.indicator.id for one in found] == ["water.black_odorous_waters_treated"]
    chart = drawings.other_years(wuxi, found)
    assert chart.title == "其余有逐年数值的指标与2017年相比没有变差的"


def test_years_are_those_of_the_source_that_is_judged(tmp_path: Path) -> None:
    told = {
        "water.sewage_treatment_rate": (98.0, "%"),
        # Only Suzhou's plan asks for it.
        "water.taihu_tp_mean": (0.08, "mg/L"),
        "water.rural_drinking_water_pass_rate": (100.0, "%"),
    }
    rows = [
        {"indicator": name, "value": value, "unit": unit, "basis": "全市"}
        for name, (value, unit) in told.items()
    ]
    years = {
        year: {
            **of_year(year, 1.0, 1.0, 96.0),
            "reported": table("reported", *({**row, "period": str(year)} for row in rows)),
        }
        for year in (2017, 2018)
    }
    wuxi = chapter_of(tmp_path, "water", years, district="wuxi")
    values = {one.indicator.id: one.values for one in findings.sewage(wuxi)}
    assert [str(one.value) for one in values["water.sewage_treatment_rate"]] == ["75.0", "75.0"]
    assert wuxi.report.change("water.sewage_treatment_rate").value == 0
    drawn = {one.indicator.id for one in findings.other_years(wuxi)}
    assert "water.black_odorous_waters_treated" in drawn
    assert "water.taihu_tp_mean" not in drawn


def test_every_number_of_a_sentence_is_known(wuxi: Chapter) -> None:
    known = wuxi.report.assessment.numbers()
    for said in (findings.sewage_heading(wuxi), findings.black_odour_heading(wuxi.report)):
        ids = [part.partition('"')[0] for part in said.split('data-observation="')[1:]]
        assert ids and set(ids) <= set(known)


def test_without_tables_nothing_is_shown(tmp_path: Path) -> None:
    chapter = chapter_of(tmp_path, "water", {2018: {}}, district="wuxi")
    assert findings.black_odour(chapter.report).empty
    assert not findings.sewage(chapter) and not findings.discharges(chapter)


def test_a_chart_of_gaps_is_not_drawn(wuxi: Chapter, tmp_path: Path) -> None:
    # Of some thirty figures with a target the tables give seven at most.
    assert not findings.has_enough_figures(wuxi)
    few = chapter_of(tmp_path, "water", {2018: of_year(2018, 1.0, 1.0, 96.0)}, district="hailing")
    assert findings.has_enough_figures(few)


def test_without_targets_the_change_is_told(tmp_path: Path) -> None:
    years = {
        2017: of_year(2017, 46000.0, 11000.0, 94.0),
        2018: of_year(2018, 45000.0, 11000.0, 95.0),
    }
    chapter = chapter_of(tmp_path, "water", years, district="hailing")
    said = plain(findings.discharges_heading(chapter))
    assert said == "比上年减少的是化学需氧量排放量；没有减少的是总氮排放量"
