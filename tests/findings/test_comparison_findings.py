"""What is said of districts and years side by side: places, ties, what is missing or differs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from small_report import YEAR, days, month, numbers_in, put, report_of

from ecoreport import comparison_tables
from ecoreport.comparison.facts import comparison_facts
from ecoreport.config.models import Commitment
from ecoreport.drawings import comparison as drawings
from ecoreport.errors import InputError
from ecoreport.findings import comparison as findings
from ecoreport.findings import comparison_years as of_years
from ecoreport.ingest.parts import Source
from ecoreport.narrative import plain
from ecoreport.observe.observation import Observation
from ecoreport.observe.period import period_of
from ecoreport.report import Report
from ecoreport.word.blocks import blocks_of

PM25, GOOD_WATER = "air.pm25_annual_mean", "water.good_share"


def beside(report: Report, values: dict[str, str], name: str = PM25, **known: Any) -> Report:
    """Return a report that knows values of other districts, like its own but for `known`."""
    own = report.observation(PM25)
    assert own is not None
    added = [
        Observation.model_validate(
            own.model_dump()
            | {
                "id": f"{district}/{report.year}/{name}/{own.period}/{own.maturity}",
                "district": district,
                "indicator": name,
                "value": Decimal(value),
            }
            | known
        )
        for district, value in values.items()
    ]
    return _counted(report, [*report.assessment.observations, *added])


def _counted(report: Report, observations: Sequence[Observation]) -> Report:
    known = report.assessment
    judgements = [*known.judgements, *known.compared]
    period = period_of(report.pair, report.as_of)
    counted = comparison_facts(report.catalogue, report.pair, period, observations, judgements)
    facts = {one.id: one for one in (*known.facts, *counted)}
    assessment = known.model_copy(
        update={"observations": tuple(observations), "facts": tuple(facts.values())}
    )
    return Report(report.project, report.pair, report.catalogue, assessment)


@pytest.fixture
def alone(tmp_path: Path) -> Report:
    return report_of(tmp_path, days(pm25_ug_m3=40.0))


def chosen(report: Report, name: str = "") -> findings.Chosen:
    found = findings.choose(report, name)
    assert found is not None
    return found


def said(report: Report, name: str = "") -> str:
    return plain(findings.ranking(report, chosen(report, name)))


def test_alone_there_is_nothing_to_rank_and_it_is_said_what_to_bring(alone: Report) -> None:
    assert findings.choose(alone) is None and findings.lines(alone) == []
    assert "高港区" in plain(findings.asked(alone))
    brought = plain(findings.bring(alone))
    (on_paper,) = blocks_of(f"<p>{findings.bring(alone)}</p>")
    assert "make" not in str(on_paper) and "data/raw" not in str(on_paper)
    assert f"data/raw/gaogang/{YEAR}" in brought and "data/raw/hailing" not in brought


def test_files_of_another_nature_are_said_to_be_set_aside(alone: Report) -> None:
    path = f"data/demonstration/gaogang/{YEAR}/a.csv"
    aside = Source(
        path=path, sha256="0" * 64, dataset="air_daily", rows=1, ignored_because="性质不同"
    )
    alone.assessment = alone.assessment.model_copy(update={"compared_sources": (aside,)})
    said = plain(findings.bring(alone))
    assert said.startswith("高港区的数据与本报告的数据性质不同")
    assert "data/raw/gaogang" not in said


def test_best_and_worst_and_the_own_place_are_named(alone: Report) -> None:
    report = beside(alone, {"gaogang": "38", "jiangyan": "44"})
    assert said(report) == (
        "3个区域的PM₂.₅年均浓度以高港区最好，38 μg/m³；姜堰区最差，44 μg/m³；海陵区列第2位"
    )
    heading = findings.ranking(report, chosen(report))
    assert set(numbers_in(heading)) <= {*report.facts, *report.observations}


def test_districts_that_share_a_place_are_named_together(alone: Report) -> None:
    report = beside(alone, {"gaogang": "38", "jiangyan": "40", "xinghua": "44", "taixing": "38"})
    assert "高港区、泰兴市最好" in said(report)
    assert "海陵区并列第3位" in said(report)
    same = beside(alone, {"gaogang": "40"})
    assert said(same) == "2个区域的PM₂.₅年均浓度相同，均为40 μg/m³"


def test_where_more_is_better_the_highest_comes_first(alone: Report) -> None:
    report = beside(alone, {"gaogang": "70", "jiangyan": "90"}, GOOD_WATER, unit="%")
    assert "姜堰区最好，90%；高港区最差，70%" in said(report, GOOD_WATER)


def test_values_on_another_basis_are_never_ranked_with_the_others(alone: Report) -> None:
    report = beside(beside(alone, {"gaogang": "44"}), {"jiangyan": "1"}, basis={"state": "actual"})
    assert said(report).startswith("2个区域") and "姜堰区" not in said(report)
    note = plain(findings.ranking_note(report, chosen(report)))
    assert "不与其他区域排在一起：姜堰区" in note
    chart = drawings.ranking(report, chosen(report)).data.set_index("district")
    assert chart.loc["姜堰区", "value"] == 1 and chart["place"].isna()["姜堰区"]
    tiles = drawings.tiles(report, chosen(report)).data.set_index("district")
    assert tiles.loc["姜堰区", "remark"] == "口径不同"


def test_demonstration_data_are_never_ranked_with_real_data(alone: Report) -> None:
    report = beside(beside(alone, {"gaogang": "44"}), {"jiangyan": "1"}, maturity="demonstration")
    assert "姜堰区" not in said(report)
    assert drawings.ranking(report, chosen(report)).data["block"].str.contains("演示数据").any()


def test_who_has_no_data_or_too_few_is_named(alone: Report) -> None:
    report = beside(beside(alone, {"gaogang": "44"}), {"jiangyan": "1"}, is_sufficient=False)
    note = plain(findings.ranking_note(report, chosen(report)))
    assert "没有数据：兴化市、靖江市、泰兴市" in note and "有效数据不足，不排名：姜堰区" in note
    assert "姜堰区" not in said(report)


def test_an_indicator_may_be_chosen_and_a_wrong_one_is_refused(alone: Report) -> None:
    report = beside(alone, {"gaogang": "44"})
    with pytest.raises(InputError, match=PM25):
        findings.choose(report, "air.pm25_anual_mean")
    assert findings.choose(report, GOOD_WATER) is None


def test_a_part_of_a_year_is_ranked_for_reference(tmp_path: Path) -> None:
    as_of = dt.date(YEAR, 3, 31)
    report = report_of(tmp_path, days(pm25_ug_m3=40.0), as_of=as_of)
    own = report.observation(PM25)
    assert own is not None and not own.is_sufficient
    parts = {f"{YEAR}-0{number}": True for number in (1, 2, 3)} | {own.period: False}
    for period, is_sufficient in parts.items():
        identifier = f"gaogang/{YEAR}/{PM25}/{period}/audited"
        known = {"id": identifier, "period": period, "is_sufficient": is_sufficient}
        report = beside(report, {"gaogang": "44"}, **known)
    assert said(report).startswith("2个区域的1–3月PM₂.₅平均浓度")
    assert "仅供参考" in plain(findings.ranking_note(report, chosen(report)))


def test_changes_are_judged_on_one_basis_only(tmp_path: Path) -> None:
    two = [days(2016, pm25_ug_m3=45.0), days(2017, pm25_ug_m3=40.0)]
    report = report_of(tmp_path / "same", *two)
    (pm25, *_others) = of_years.changes(report)
    assert of_years.change_text(report, pm25) == "比2016年−5 μg/m³，好转"
    heading = of_years.changes_heading(report)
    assert plain(heading) == "主要指标与2016年相比1项好转，2项持平"
    assert set(numbers_in(heading)) <= set(report.facts)
    other = report_of(tmp_path / "other", days(2017, pm25_ug_m3=45.0), days(2018, pm25_ug_m3=40.0))
    changes = of_years.changes(other)
    assert "口径不同" in of_years.change_text(other, changes[0])
    assert plain(of_years.changes_heading(other)) == "主要指标没有可与2017年比较的数值"
    assert "不作比较：PM₂.₅年均浓度" in plain(of_years.changes_note(other, changes))


def test_real_and_demonstration_years_are_neither_compared_nor_drawn_together(
    tmp_path: Path,
) -> None:
    report = report_of(tmp_path, days(2016, "demonstration"), days(2017))
    assert of_years.changes(report) == []
    assert "data/raw/hailing/2016" in plain(of_years.bring(report))


def test_a_year_with_too_few_days_is_not_compared(tmp_path: Path) -> None:
    few = put(days(2016), "pm25_ug_m3", float("nan"), month(1, 31, 2016) + month(2, 29, 2016))
    report = report_of(tmp_path, few, days(2017))
    texts = {
        one.indicator.id: of_years.change_text(report, one) for one in of_years.changes(report)
    }
    assert texts[PM25] == "有效数据不足，不作比较"


def _two_years(tmp_path: Path, year: int = 2019) -> tuple[Report, Commitment]:
    report = report_of(tmp_path, days(year))
    row = next(one for one in report.plan.counted() if one.indicator)
    now = report.judgements[row.id].model_copy(update={"verdict": "met", "value": Decimal(5)})
    before = now.model_copy(
        update={"year": year - 1, "verdict": "not_due", "so_far": "not_met", "observations": ("o",)}
    )
    judgements = [now if one.commitment == row.id else one for one in report.assessment.judgements]
    report.assessment = report.assessment.model_copy(
        update={"judgements": tuple(judgements), "compared": (before,)}
    )
    return _counted(report, report.assessment.observations), row


def test_years_stand_beside_each_other_with_marks_words_and_counts(tmp_path: Path) -> None:
    report, row = _two_years(tmp_path)
    (line,) = of_years.lines(report)
    assert line.commitment.id == row.id
    assert plain(of_years.turned_heading(report, [line])) == "逐年结论：与2018年相比1项转为达标"
    table = comparison_tables.years(report, [line])
    assert "按现值：未达标" in table and ">达标" in table
    assert "#mark-not_met" in table and "#mark-met" in table
    assert set(numbers_in(table)) <= {*report.facts, *report.observations}


def test_before_the_plan_began_only_values_stand_in_the_years(tmp_path: Path) -> None:
    report, _row = _two_years(tmp_path, 2018)
    (line,) = of_years.lines(report)
    said = plain(of_years.turned_heading(report, [line]))
    assert said == "逐年数值：方案从2018年开始，以前各年不作评价"
    table = comparison_tables.years(report, [line])
    assert "#mark-met" in table and "#mark-not_met" not in table
    assert "当年方案尚未开始，不作评价" in table
    assert not any("/2017/" in name for name in numbers_in(table))


def test_the_counts_below_the_years_add_up_to_the_lines(tmp_path: Path) -> None:
    report, row = _two_years(tmp_path)
    open_ = next(one for one in report.judgements.values() if one.commitment != row.id)
    before = open_.model_copy(update={"year": 2018, "verdict": "not_assigned"})
    report.assessment = report.assessment.model_copy(
        update={"compared": (*report.assessment.compared, before)}
    )
    report = _counted(report, report.assessment.observations)
    lines = of_years.lines(report)
    assert len(lines) == 2
    counted = numbers_in(comparison_tables.years(report, lines))
    for year in of_years.columns(lines):
        own = (f"/compared/so_far/{year}/", f"/compared/verdicts/{year}/")
        assert sum(n for name, n in counted.items() if any(part in name for part in own)) == 2
