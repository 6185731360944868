"""Reported figures hang together over the years, and leave out what is left out on purpose."""

from decimal import Decimal
from pathlib import Path

import pytest
from generated_tables import records

from ecoreport.config.catalogue import Catalogue
from ecoreport.demonstration.profiles import rows_of
from ecoreport.demonstration.reported import (
    ReportedCase,
    ReportedProfile,
    cases_of,
    duties,
    figures,
)
from ecoreport.project import Pair, Project

YEARS = (2016, 2017, 2018)


@pytest.fixture(scope="module")
def by_year(project: Project) -> dict[int, dict[str, Decimal]]:
    pairs = [Pair("hailing", year) for year in YEARS]
    return {pair.year: figures(project, pair, cases_of(project, pair)) for pair in pairs}


def file_of(project: Project, pair: Pair, word: str) -> Path:
    [path] = project.demonstration(pair).glob(f"*{word}*")
    return path


@pytest.mark.parametrize(("dataset", "word"), [("reported", "上报值"), ("confirmations", "认定")])
def test_every_indicator_of_the_plan_is_reported_or_withheld_on_purpose(
    project: Project, pair: Pair, catalogue: Catalogue, dataset: str, word: str
) -> None:
    cases = rows_of(project, "reported_cases", ReportedCase, pair)
    withheld = {catalogue.indicators[one.indicator].zh for one in cases if one.case == "withheld"}
    names = [row["指标名称"] for row in records(file_of(project, pair, word))]
    expected = {duty.indicator.zh for duty in duties(catalogue, pair, dataset)}
    assert len(names) == len(set(names))
    assert expected - withheld <= set(names)
    assert not withheld & set(names)


def test_shares_that_rise_never_fall_back(
    project: Project, by_year: dict[int, dict[str, Decimal]]
) -> None:
    profiles = rows_of(project, "reported_profiles", ReportedProfile, Pair("hailing", 2018))
    rising = [one for one in profiles if one.yearly > 2 * one.spread]
    assert len(rising) > 12
    for one in rising:
        values = [by_year[year][one.indicator] for year in YEARS]
        assert values == sorted(values), one.indicator


def test_the_ecological_index_falls_by_less_than_a_point(
    by_year: dict[int, dict[str, Decimal]],
) -> None:
    change = by_year[2018]["greening.ecological_index"] - by_year[2017]["greening.ecological_index"]
    assert -1 < change < 0


def test_totals_are_intensity_times_gdp(by_year: dict[int, dict[str, Decimal]]) -> None:
    for values in by_year.values():
        exact = values["resources.energy_per_gdp"] * values["gdp"]
        assert abs(values["resources.energy_total"] - exact) <= Decimal("0.05")


def test_water_shares_are_counts_of_twelve_sections(
    by_year: dict[int, dict[str, Decimal]],
) -> None:
    for values in by_year.values():
        sections = values["water.good_share"] * 12 / 100
        assert abs(sections - round(sections)) < Decimal("0.01")
    rise = by_year[2018]["water.good_share"] - by_year[2017]["water.good_share"]
    assert rise == by_year[2018]["water.good_share_increase"]


@pytest.mark.parametrize(("year", "n_months"), [(2016, 12), (2017, 11), (2018, 12)])
def test_nil_returns_cover_the_months(project: Project, year: int, n_months: int) -> None:
    returned = records(file_of(project, Pair("hailing", year), "零报告"))
    assert len({row["月份"] for row in returned}) == n_months
    assert {row["发生起数"] for row in returned} == {0.0, "零报告"}


def test_documents_and_people_are_plainly_invented(project: Project, pair: Pair) -> None:
    for word in ("上报值", "认定", "零报告"):
        for row in records(file_of(project, pair, word)):
            for header in ("文号", "依据文件", "佐证材料", "填报人", "审核人", "认定人", "签发人"):
                assert str(row.get(header, "")).startswith("演示") or not row.get(header)
