"""What is said of a year of air where data are missing, too few, of a part of it, or alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from markupsafe import Markup
from small_report import YEAR, days, month, numbers_in, put, report_of

from ecoreport import air_tables
from ecoreport.drawings import air as drawings
from ecoreport.findings import air, air_cycles, air_places, air_years
from ecoreport.narrative import plain
from ecoreport.report import Report

SEPTEMBER = dt.date(YEAR, 9, 30)
NONE = float("nan")
PM25, O3, NO2 = "pm25_ug_m3", "o3_8h_ug_m3", "no2_ug_m3"
WHOLE_YEAR = [day.strftime("%Y-%m-%d") for day in pd.date_range(f"{YEAR}-01-01", f"{YEAR}-12-31")]

# All that is said of a year that has days above the limits.
FINDINGS: dict[str, Callable[[Report], Markup]] = {
    "annual_note": air.annual_note,
    "good_days": air.good_days,
    "primary": air.primary,
    "exceedances": air.exceedances,
    "particulates": air.particulates,
    "stations": air_places.stations,
    "composite": air_years.composite,
}


def polluted(year: int = YEAR) -> pd.DataFrame:
    """A year with ten days of particulates above the limit, and one point above the others."""
    high = put(days(year), PM25, 90, month(1, 10, year))
    return put(high, PM25, 44, month(5, 28, year), "1207A")


def short(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """The same with a month that has too few days."""
    return put(frame, column, NONE, month(6, 10))


ANNUAL = {
    "all within": (days(), "六项污染物年评价全部达标"),
    "one above": (days(pm10_ug_m3=80), "PM₂.₅、SO₂、NO₂、CO、O₃年评价达标；PM₁₀年评价未达标"),
    "one missing": (
        put(days(), O3, NONE, WHOLE_YEAR),
        "PM₂.₅、PM₁₀、SO₂、NO₂、CO年评价达标；O₃无有效数据",
    ),
    "one short": (
        short(days(), NO2),
        "PM₂.₅、PM₁₀、SO₂、CO、O₃年评价达标；NO₂有效数据不足，不予评价",
    ),
    "one above, one missing": (
        put(days(pm10_ug_m3=80), O3, NONE, WHOLE_YEAR),
        "PM₂.₅、SO₂、NO₂、CO年评价达标；PM₁₀年评价未达标；O₃无有效数据",
    ),
}


@pytest.mark.parametrize("case", ANNUAL)
def test_six_pollutants_are_met_only_where_all_were_judged(tmp_path: Path, case: str) -> None:
    frame, said = ANNUAL[case]
    assert plain(air.annual(report_of(tmp_path, frame))) == said


def test_a_pollutant_without_data_stands_in_table_and_chart(tmp_path: Path) -> None:
    report = report_of(tmp_path, put(days(), O3, NONE, WHOLE_YEAR))
    table = air_tables.statistics(report, air.annual_rows(report))
    assert table.count('<th scope="row">') == 10
    assert "共 10 项，有值 9 项" in drawings.limits(report).note
    assert plain(air_years.composite(report)) == "综合指数无法计算，缺O₃有效数据"
    assert plain(air.exceedances_note(report)) == "O₃无有效日数据。"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """Reports of one polluted year: with enough days, with too few, and up to September."""
    root = tmp_path_factory.mktemp("reports")
    part = report_of(root / "part", polluted(YEAR - 1), polluted(), as_of=SEPTEMBER)
    return {
        "enough": report_of(root / "enough", polluted()),
        "few": report_of(root / "few", short(polluted(), PM25)),
        "part": part,
    }


@pytest.mark.parametrize("name", FINDINGS)
def test_what_rests_on_too_few_days_is_for_reference(reports: dict[str, Report], name: str) -> None:
    assert "（参考）" not in plain(FINDINGS[name](reports["enough"]))
    assert "（参考）" in plain(FINDINGS[name](reports["few"]))


@pytest.mark.parametrize("name", FINDINGS)
def test_a_part_of_a_year_is_never_called_a_year(reports: dict[str, Report], name: str) -> None:
    said = plain(FINDINGS[name](reports["part"]))
    assert "1–9月" in said or "截至9月30日" in said
    assert "年均" not in said
    assert "全年" not in said
    assert "（参考）" in said


@pytest.mark.parametrize("name", ["enough", "part"])
def test_every_number_is_one_that_was_observed(reports: dict[str, Report], name: str) -> None:
    report = reports[name]
    known = report.assessment.numbers()
    said = Markup("").join(finding(report) for finding in FINDINGS.values())
    numbers = numbers_in(said + air.months(report) + air_years.years(report))
    assert len(numbers) > 10
    assert {one: known[one].value for one in numbers} == numbers


def test_nothing_above_the_limit_is_said_of_the_part_only(tmp_path: Path) -> None:
    part = report_of(tmp_path / "a", days(), as_of=SEPTEMBER)
    assert plain(air.particulates(part)) == "截至9月30日，PM₂.₅日均浓度未超标（参考）"
    assert plain(air.annual(part)) == "截至9月30日，各项统计值仅供参考，不作年评价"
    assert plain(air.particulates(report_of(tmp_path / "b", days()))) == "PM₂.₅日均浓度全年未超标"


def test_a_part_of_a_year_is_held_against_the_same_part(tmp_path: Path) -> None:
    # Last year is better up to September, and worse as a whole.
    autumn = [one for n in (10, 11, 12) for one in month(n, 30, YEAR - 1)]
    before = put(days(YEAR - 1, pm25_ug_m3=20), PM25, 80, autumn)
    report = report_of(tmp_path, before, days(), as_of=SEPTEMBER)
    assert "与上年同期相比+" in plain(air_years.composite(report))
    row = drawings.limits(report).data.set_index("label").loc["1–9月PM₂.₅平均浓度"]
    assert (row["value"], row["last_year"]) == (30, 20)


def test_a_year_that_is_not_over_is_not_in_the_series(tmp_path: Path) -> None:
    years = [days(2015, pm25_ug_m3=50), days(2016, pm25_ug_m3=45), days(2017)]
    part = report_of(tmp_path / "a", *years, as_of=SEPTEMBER)
    said = "PM₂.₅年均浓度由2015年的50降至2016年的45 μg/m³"
    assert plain(air_years.years(part)) == said
    assert drawings.years(part).data["year"].tolist() == [2015, 2016]
    whole = report_of(tmp_path / "b", *years)
    assert drawings.years(whole).data["year"].tolist() == [2015, 2016, 2017]


def test_the_chart_counts_the_days_that_were_observed(tmp_path: Path) -> None:
    # 75, 75 and 76 are 75 as published: within the limit, and not above it.
    frame = put(put(days(), PM25, 75, month(3, 3)), PM25, 76, month(3, 3), "1207A")
    report = report_of(tmp_path, put(frame, PM25, 90, month(4, 2)))
    assert plain(air.particulates(report)) == "PM₂.₅日均浓度2天超标"
    assert "超标2天" in drawings.particulates(report).alt


MONTHS = {
    "two are worst": (
        put(put(days(), PM25, 90, month(1, 4)), PM25, 90, month(3, 4)),
        "1月、3月最差，优良率87.1%；2月、4月、5月、6月、7月、8月、9月、10月、11月、12月最好，100.0%",
        "",
    ),
    "all alike": (days(), "各月优良率相同，均为100.0%", ""),
    # June would be worst by far, with too few days to say so.
    "worst month too short": (
        short(put(put(days(), PM25, 90, month(6, 28)), PM25, 90, month(1, 4)), PM25),
        "1月最差，优良率87.1%；2月、3月、4月、5月、7月、8月、9月、10月、11月、12月最好，100.0%",
        "6月有效天数少于规定，不参加比较。",
    ),
}


@pytest.mark.parametrize("case", MONTHS)
def test_months_with_too_few_days_win_nothing_and_ties_are_shared(
    tmp_path: Path, case: str
) -> None:
    frame, said, note = MONTHS[case]
    report = report_of(tmp_path, frame)
    assert plain(air.months(report)) == said
    assert plain(air.months_note(report)) == note


def test_pollutants_that_are_primary_on_as_many_days_share_the_place(tmp_path: Path) -> None:
    frame = put(
        put(days(pm25_ug_m3=30, pm10_ug_m3=40), PM25, 90, month(1, 5)), O3, 190, month(7, 5)
    )
    assert plain(air.primary(report_of(tmp_path, frame))) == "首要污染物以O₃、PM₂.₅最多，各5天"


STATIONS = {
    "one first": (
        put(days(), PM25, 44, WHOLE_YEAR, "1207A"),
        "PM₂.₅年均浓度以莲花最高，44 μg/m³；公园路、留学生创业园最低，30 μg/m³",
        "各月PM₂.₅均以莲花最高",
    ),
    "alike": (
        days(),
        "各点位PM₂.₅年均浓度相同，均为30 μg/m³",
        "各点位各月PM₂.₅平均相同",
    ),
    "by turns": (
        put(put(days(), PM25, 50, month(1, 28), "1206A"), PM25, 50, month(2, 28), "1207A"),
        "PM₂.₅年均浓度以公园路、莲花最高，32 μg/m³；留学生创业园最低，30 μg/m³",
        "多数月份PM₂.₅以公园路、莲花最高",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", STATIONS)
def test_points_with_the_same_value_share_the_place(tmp_path: Path, case: str) -> None:
    frame, said, by_month = STATIONS[case]
    report = report_of(tmp_path, frame)
    assert plain(air_places.stations(report)) == said
    assert plain(air_places.station_months(report)) == by_month


def test_panels_table_and_heading_agree_on_a_points_mean(tmp_path: Path) -> None:
    # Half of the days 40, half 41, and one without: 40.5 is 40, to the even digit.
    even = put(days(), PM25, NONE, [WHOLE_YEAR[0]])
    frame = put(put(even, PM25, 40, WHOLE_YEAR[1::2]), PM25, 41, WHOLE_YEAR[2::2])
    report = report_of(tmp_path, frame)
    assert plain(air_places.stations(report)).endswith("40 μg/m³")
    assert "公园路 40" in drawings.station_months(report).alt
    assert set(drawings.stations(report).data["value"]) == {40}


def test_days_of_the_week_that_are_alike_share_the_place(tmp_path: Path) -> None:
    dates = pd.DatetimeIndex(WHOLE_YEAR)
    weekend = [str(day.date()) for day in dates[dates.day_of_week >= 5]]
    report = report_of(tmp_path, put(days(), NO2, 20, weekend))
    said = "NO₂周一、周二、周三、周四、周五平均最高，周六、周日最低"
    assert plain(air_cycles.weekly(report, NO2)) == said
    assert "最低 20（周六、周日）" in drawings.weekly(report, NO2).alt


def test_years_on_different_bases_are_named_and_the_short_one_marked(tmp_path: Path) -> None:
    report = report_of(tmp_path, short(days(2017), PM25), days(2018))
    assert (
        plain(air_years.years(report))
        == "PM₂.₅年均浓度（μg/m³）2017年30（参考）、2018年30，口径不同"
    )


def test_the_trend_says_that_its_critical_values_are_unverified(tmp_path: Path) -> None:
    years = [days(year, pm25_ug_m3=60.0 - year + 2010) for year in range(2013, 2018)]
    report = report_of(tmp_path, *years)
    said = "按秩相关检验，2013–2017年呈显著下降趋势（规则未经核实）。"
    assert plain(air_years.trend(report)) == said
    assert not air.provenance(report, "years").is_verified
    # One of the five with too few days leaves four.
    one, *others = air_years.yearly(report, "air.pm25_annual_mean")
    known = [one.model_copy(update={"is_sufficient": False}), *others]
    fewer = report.assessment.model_copy(update={"observations": tuple(known)})
    assert "不足5年" in plain(air_years.trend(replace(report, assessment=fewer)))


def test_the_index_is_the_sum_of_what_its_table_shows(tmp_path: Path) -> None:
    report = report_of(tmp_path, days(pm25_ug_m3=44, o3_8h_ug_m3=171, co_mg_m3=1.3))
    items = air_years.composite_items(report)
    assert sum(one.index for one in items) == report.value("air.composite_index")
    assert [one.pollutant for one in items][:2] == ["PM2.5", "O3"]
    assert sum(one.share for one in items) == pytest.approx(100, abs=0.3)
    assert plain(air_years.composite_note(report)) == "对综合指数贡献最大的是PM₂.₅。"
    table = air_tables.composite(report, items, air.provenance(report, "composite"))
    assert table.count("<tr>") == 8


def test_a_standard_is_met_whatever_a_plan_calls_its_tasks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = report_of(tmp_path, days(pm10_ug_m3=80))
    tasks = report.catalogue.plans["wuxi-2018"]
    monkeypatch.setattr(Report, "plan", property(lambda _report: tasks))
    table = air_tables.statistics(report, air.annual_rows(report))
    assert "未达标" in table and "完成" not in table
