"""What the chapters of the areas say of real plans."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from area_report import chapter_of, demonstration, events, figures, statuses, table
from small_report import numbers_in

from ecoreport import area_chapter, area_tables
from ecoreport.drawings import area as drawings
from ecoreport.drawings import waste as waste_drawings
from ecoreport.findings import area as findings
from ecoreport.findings import area_returns, area_values, nature, waste
from ecoreport.findings.area import Chapter
from ecoreport.i18n import use_locale
from ecoreport.narrative import plain
from ecoreport.word.blocks import blocks_of

RESOURCES = {
    "resources__industrial_value_per_land": 78.4,
    "resources__green_travel_rate": 58.5,
    "resources__efficient_appliance_rate": 79.6,
}
EI = "hailing/2018/greening.ecological_index"
EVENTS = "institutional.major_environmental_events"


@pytest.fixture
def resources(tmp_path: Path) -> Chapter:
    before = figures(2017, **RESOURCES | {"resources__green_travel_rate": 60.0})
    now = figures(2018, **RESOURCES)
    return chapter_of(tmp_path, "resources", {2017: {"reported": before}, 2018: {"reported": now}})


def test_the_heading_counts_every_commitment_once(resources: Chapter) -> None:
    found = numbers_in(findings.heading(resources))
    total = found.pop("hailing/2018/count/area/resources/all/total")
    assert total == 7 == sum(found.values())
    assert found["hailing/2018/count/area/resources/all/not_met"] == 2


def test_what_misses_its_target_most_is_named_with_its_numbers(resources: Chapter) -> None:
    said = findings.figures_heading(resources)
    assert "差得最多的是单位工业用地工业增加值（东部地区），78.4" in plain(said)
    found = numbers_in(said)
    figure = "hailing/2018/resources.industrial_value_per_land/2018/audited"
    assert found[figure] == Decimal("78.4")
    assert found["hailing/2018/target/hailing/23"] == 80
    assert found["hailing/2018/count/area/resources/figures/reached"] == 1
    assert found["hailing/2018/count/area/resources/figures/missed"] == 2
    # 能耗、用水量的两个分项、绿色建筑、绿色采购
    assert found["hailing/2018/count/area/resources/figures/absent"] == 4


def test_shortfalls_stand_in_sentences_the_greatest_first(resources: Chapter) -> None:
    first, second = findings.note(resources)
    assert "单位工业用地" in first and "节能、节水器具" in second


def test_where_all_reach_their_targets_the_nearest_is_named(tmp_path: Path) -> None:
    now = figures(2018, greening__forest_cover=22.7, greening__protected_area_share=16.4)
    chapter = chapter_of(tmp_path, "greening", {2018: {"reported": now}})
    said = plain(findings.figures_heading(chapter))
    assert said.endswith("离目标最近的是受保护地区占国土面积比例（平原地区），16.4%，目标16%")


def test_what_got_worse_is_named_and_years_have_the_target(resources: Chapter) -> None:
    shown = area_values.series(resources)
    assert "1项变差，2项持平；变差的是公众绿色出行率" in plain(
        area_values.years_heading(resources, shown)
    )
    asked = {one.indicator.id: one.asked.id for one in shown if one.asked}
    assert asked["resources.green_travel_rate"] == "hailing/32"


def test_years_show_what_plans_ask_for_and_what_the_chapter_speaks_of(tmp_path: Path) -> None:
    values = {"greening__forest_cover": 22.0, "greening__wetland_protection_rate": 46.0}
    years = {year: {"reported": figures(year, **values)} for year in (2017, 2018)}
    chapter = chapter_of(tmp_path, "greening", years)
    shown = area_values.series(chapter)
    assert [one.indicator.id for one in shown] == ["greening.forest_cover"]
    assert numbers_in(area_values.years_heading(chapter, shown)) == {
        "hailing/2018/count/area/greening/change/same": 1
    }
    others = [one.indicator for one in area_values.unjudged(chapter)]
    assert others == ["greening.wetland_protection_rate"]


def test_a_growth_without_its_base_is_not_drawn_beside_its_target(tmp_path: Path) -> None:
    tables = {"reported": figures(2018, resources__prefabricated_share=(18.6, "全市"))}
    chapter = chapter_of(tmp_path, "resources", {2018: tables}, district="wuxi")
    drawn = drawings.figures(chapter)
    assert "装配式建筑比例提高 缺少基数，目标>0" in drawn.alt


def test_a_change_below_the_standards_step_is_no_clear_change(tmp_path: Path) -> None:
    years = {
        year: {"reported": figures(year, greening__ecological_index=value)}
        for year, value in ((2017, 60.7), (2018, 60.2))
    }
    chapter = chapter_of(tmp_path, "greening", years)
    said = area_values.years_heading(chapter, area_values.series(chapter))
    assert numbers_in(said) == {"hailing/2018/count/area/greening/change/unclear": 1}


def test_another_basis_breaks_the_line_and_is_not_compared(tmp_path: Path) -> None:
    years = {
        2017: {"reported": figures(2017, greening__forest_cover=(30.0, "建成区"))},
        2018: {"reported": figures(2018, greening__forest_cover=22.7)},
    }
    chapter = chapter_of(tmp_path, "greening", years)
    shown = area_values.series(chapter)
    assert "没有可与2017年比较的数值" in plain(area_values.years_heading(chapter, shown))
    assert drawings.years(chapter, shown).data["basis"].tolist() == ["建成区", "全区"]


def test_duties_are_counted_by_status_and_the_open_ones_named(tmp_path: Path) -> None:
    years = {
        2017: {"confirmations": statuses(2017, institutional__plan="started")},
        2018: {
            "confirmations": statuses(
                2018, institutional__plan="done", institutional__spatial_plan="mostly_done"
            )
        },
    }
    chapter = chapter_of(tmp_path, "institutional", years)
    said = findings.duties_heading(chapter)
    counts = {name.rpartition("/")[2]: int(n) for name, n in numbers_in(said).items()}
    assert counts == {"total": 7, "done": 1, "mostly_done": 1, "open": 5}
    assert "还没有完成的是空间规划" in plain(said)
    drawn = drawings.duties(chapter).data.set_index(["duty", "year"])["status"]
    assert drawn["生态文明建设规划"].tolist() == ["已启动", "已完成"]
    assert drawn["空间规划", 2017] == ""


def test_each_month_of_the_nil_returns_is_known_or_missing(tmp_path: Path) -> None:
    months = dict.fromkeys((1, 2, 3, 4, 6), 0.0) | {5: 1.0}
    tables = {"nil_returns": events(2018, EVENTS, months)}
    chapter = chapter_of(tmp_path, "institutional", {2018: tables})
    (asked,) = findings.returns(chapter)
    states = [part.state for part in area_returns.parts(chapter, asked)]
    assert states == ["fine"] * 4 + ["wrong"] + ["fine"] + ["missing"] * 6
    assert "缺 6 期" in drawings.returns(chapter).note


def test_months_that_lie_ahead_are_not_missing(tmp_path: Path) -> None:
    tables = {"nil_returns": events(2018, EVENTS, dict.fromkeys(range(1, 6), 0.0))}
    tables["nil_returns"]["confirmed_on"] = "2018-06-05"
    chapter = chapter_of(
        tmp_path, "institutional", {2018: tables}, as_of=dt.date(2018, 6, 30)
    )  # fmt: skip
    asked = findings.area_facts.returns(chapter.plan)[0]  # type: ignore[arg-type]
    states = [part.state for part in area_returns.parts(chapter, asked)]
    assert states[5:] == ["missing"] + ["ahead"] * 6


def test_demonstration_beside_real_data_is_counted_apart(tmp_path: Path) -> None:
    tables = {
        "reported": demonstration(figures(2018, greening__forest_cover=22.7)),
        "confirmations": statuses(2018, greening__farmland_red_line="done"),
    }
    chapter = chapter_of(tmp_path, "greening", {2018: tables})
    said = plain(findings.figures_heading(chapter))
    assert "另有1项只有演示数据" in said and "达到" not in said.partition("；")[0]
    assert "另有1项只有演示数据" in plain(findings.heading(chapter))


def test_a_single_commitment_is_the_heading_itself(tmp_path: Path) -> None:
    tables = {"confirmations": statuses(2018, soil__contaminated_site_supervision="started")}
    chapter = chapter_of(tmp_path, "soil", {2018: tables})
    assert "认定为已启动，未达标" in plain(findings.heading(chapter))
    # Below charts of other values the same sentence would stand twice.
    assert plain(findings.duties_heading(chapter)) == "污染场地环境监管体系历年的认定"
    assert findings.note(chapter) == []


@pytest.mark.parametrize("area", ["soil", "waste", "greening", "institutional", "resources"])
def test_without_data_an_area_lists_what_is_asked_and_draws_nothing(
    tmp_path: Path, area: str
) -> None:
    chapter = chapter_of(tmp_path, area, {2018: {}}, district="wuxi")
    assert not chapter.has_data
    drawn = (findings.figures, area_values.series, findings.duties, findings.returns)
    assert [section(chapter) for section in drawn] == [[]] * 4
    asked = area_tables.themes(chapter)
    assert "无锡市2018年生态文明建设实施方案" in asked and "index.html#c-wuxi-2018" in asked


SURVEY = {
    "survey": "2018年公众调查",
    "topic": "satisfaction",
    "question": "总体满意度",
    "is_overall": True,
    "design": "simple_random",
    "n_asked": 1400.0,
}


@pytest.mark.parametrize(
    ("n_yes", "said"), [(1126.0, "不能断定（临界）"), (1300.0, "目标不在范围之内")]
)
def test_a_survey_says_what_chance_leaves_open(tmp_path: Path, n_yes: float, said: str) -> None:
    tables = {"surveys": table("surveys", SURVEY | {"n_yes": n_yes})}
    chapter = chapter_of(tmp_path, "institutional", {2018: tables})
    (sentence,) = area_values.surveyed(chapter)
    assert said in plain(sentence)
    low, high = numbers_in(sentence).values()
    assert low < Decimal(100) * Decimal(n_yes) / 1400 < high
    assert "误差范围" in drawings.figures(chapter).note


def test_waste_that_is_unaccounted_for_is_named(tmp_path: Path) -> None:
    steel = {
        "waste": "industrial", "period": "2018", "stock_start_t": 1000.0, "generated_t": 50000.0,
        "used_t": 45000.0, "disposed_t": 4800.0, "transferred_t": 0.0, "stock_end_t": 1000.0,
    }  # fmt: skip
    lacking = {"waste": "hazardous", "period": "2018", "generated_t": 2000.0}
    tables = {"waste_flows": table("waste_flows", steel, lacking)}
    chapter = chapter_of(tmp_path, "waste", {2018: tables})
    said = waste.flows_heading(chapter)
    assert plain(said) == "1类废物的来源与去向中0类平衡；差额最大的是一般工业固体废物，200 吨"
    assert numbers_in(said)["hailing/2018/waste/industrial/gap"] == 200
    assert "危险废物" in waste.flows_note(chapter)
    assert waste_drawings.flows(chapter).data["gap_t"].tolist() == [200]


def test_the_official_index_stands_beside_what_its_parts_give(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = {
        "biological_richness": 60.0, "vegetation_coverage": 80.0, "water_network_density": 70.0,
        "land_stress": 20.0, "pollution_load": 40.0,
    }  # fmt: skip
    years = {
        year: {"ei_subindices": table("ei_subindices", {"period": str(year), **parts, **told})}
        for year, told in ((2017, {"biological_richness": 61.0}), (2018, {"ei_official": 69.4}))
    }
    chapter = chapter_of(tmp_path, "greening", years)
    found = nature.sub_indices(chapter)
    # 0.35 × 60 + 0.25 × 80 + 0.15 × 70 + 0.15 × (100 − 20) + 0.10 × (100 − 40)
    assert sum(one.points for one in found) == Decimal("69.5")
    assert numbers_in(nature.heading(chapter)) == {
        f"{EI}/2018/audited/official_ecological_index": Decimal("69.4"),
        "hailing/2018/greening/ei_computed": Decimal("69.5"),
    }
    assert found[0].last_year == 61
    assert "以100减" in area_tables.sub_indices(chapter, found)
    area_chapter.ecological_index(chapter)
    assert "（EQI）" in capsys.readouterr().out


def test_values_that_no_plan_asks_for_are_listed(tmp_path: Path) -> None:
    now = figures(2018, waste__industrial_solid_waste_use_rate=93.1)
    chapter = chapter_of(tmp_path, "waste", {2018: {"reported": now}})
    (found,) = area_values.unjudged(chapter)
    assert found.value == Decimal("93.1")
    assert "93.1" in area_tables.unjudged(chapter, [found])


def test_a_figure_told_by_two_sources_or_under_two_names_is_listed_once(tmp_path: Path) -> None:
    urban = {
        "waste": "municipal", "coverage": "urban", "period": "2018", "generated_t": 9000.0,
        "safely_treated_t": 9000.0,
    }  # fmt: skip
    rural = {**urban, "coverage": "rural", "generated_t": 1000.0, "safely_treated_t": 900.0}
    tables = {
        "reported": figures(2018, waste__household_waste_treatment_rate=100.0),
        "waste_flows": table("waste_flows", urban, rural),
    }
    chapter = chapter_of(tmp_path, "waste", {2018: tables})
    # 城镇的一项方案已要求；城乡的和没有写城镇或城乡的是同一个数。
    (found,) = area_values.unjudged(chapter)
    assert found.value == Decimal("99.00")


def test_a_quarter_that_nobody_reported_is_missing(tmp_path: Path) -> None:
    tables = {"confirmations": statuses(2018, greening__bulletin_q3="done")}
    tables["confirmations"]["period"] = "2018-Q3"
    chapter = chapter_of(tmp_path, "greening", {2018: tables}, district="linjiang")
    (asked,) = findings.returns(chapter)
    (part,) = area_returns.parts(chapter, asked)
    assert (part.first, part.last, part.state) == (7, 9, "fine")


def test_an_area_that_no_plan_asks_for_says_so(tmp_path: Path) -> None:
    chapter = chapter_of(tmp_path, "noise", {2018: {}})
    assert plain(findings.heading(chapter)) == "适用的方案对声环境没有提出要求"
    assert "海陵区创建国家生态文明建设示范区工作实施方案" in findings.unasked(chapter)
    bring = findings.unasked_bring(chapter)
    assert "data/raw/hailing/2018" in bring
    assert "data/raw" not in str(blocks_of(f"<p>{bring}</p>"))


def test_what_is_missing_names_table_department_and_day(tmp_path: Path) -> None:
    tables = {"reported": figures(2018, waste__straw_use_rate=96.4)}
    chapter = chapter_of(tmp_path, "waste", {2018: tables})
    missing = {title: one for one in area_tables.missing(chapter) for _a, title in one.lines}
    assert "秸秆综合利用率" not in missing
    manure = missing["畜禽养殖场粪便综合利用率"]
    where = (
        "固体废物产生和去向_2018.xlsx（生态环境局、城管局、农业农村局等）"
        "；或者 上报指标值_2018.xlsx（各责任单位）"
    )
    assert (manure.where, manure.departments) == (where, "区农委")
    assert manure.by_when.startswith("2018-12-31")


def test_rows_lead_to_the_list_of_all_and_hostile_text_is_escaped(resources: Chapter) -> None:
    table = area_tables.commitments(resources)
    assert 'href="index.html#c-hailing-23"' in table
    assert 'data-observation="hailing/2018/margin/hailing/23"' in table
    assert table.count("<tr") == table.count("</tr>")


def test_all_is_said_in_english(resources: Chapter) -> None:
    use_locale("en")
    try:
        assert findings.heading(resources)
        assert drawings.figures(resources).alt
        assert area_tables.commitments(resources)
    finally:
        use_locale("zh")
