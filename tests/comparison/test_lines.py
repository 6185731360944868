"""What is asked of several districts, and over years: one line each, nothing added up wrongly."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from side_by_side import catalogue, observed

from ecoreport.assess.judgement import AreaValue, Judgement
from ecoreport.comparison.districts import compared_districts
from ecoreport.comparison.lines import Line, lines_by_district, lines_by_year, tallied, turned
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import Verdict

SORTING = "suzhou-263/waste/sorting-coverage-counties"


def judged(commitment: str, verdict: str = "met", **known: Any) -> Judgement:
    defaults = {"district": "suzhou", "year": 2018, "observations": ("o",), "maturity": "audited"}
    return Judgement.model_validate(
        {"commitment": commitment, "verdict": verdict, **defaults, **known}
    )


def of_suzhou(*judgements: Judgement) -> list[Line]:
    return lines_by_district(catalogue(), compared_districts(catalogue(), "suzhou"), judgements, {})


def test_parts_of_one_composite_stand_in_one_line() -> None:
    (line,) = of_suzhou(
        judged(f"{SORTING}/kunshan", "not_met"),
        judged(f"{SORTING}/taicang"),
        judged(SORTING, "not_met"),
    )
    assert line.commitment.id == SORTING
    assert {name: one.verdict for name, one in line.outcomes.items()} == {
        "kunshan": Verdict.NOT_MET,
        "taicang": Verdict.MET,
    }


def test_rows_of_one_plan_that_share_an_indicator_stand_in_one_line() -> None:
    stem = "suzhou-263/waste/hazardous-incineration"
    (line,) = of_suzhou(judged(f"{stem}-wuzhong"), judged(f"{stem}-kunshan", "not_met"))
    assert line.indicator == "waste.hazardous_incineration_capacity_added"
    assert set(line.outcomes) == {"wuzhong", "kunshan"}


def test_what_a_city_is_judged_by_is_no_districts_own() -> None:
    city_row = next(
        one.id for one in catalogue().plans["suzhou-263"].commitments if one.scope == "suzhou"
    )
    beside = [judged(city_row, district=name) for name in ("kunshan", "taicang")]
    assert of_suzhou(*beside) == []


def test_a_line_with_one_district_is_no_comparison() -> None:
    assert of_suzhou(judged(f"{SORTING}/kunshan")) == []


def test_values_below_stand_in_the_line_of_their_citys_row() -> None:
    city_row = next(
        one.id for one in catalogue().plans["suzhou-263"].commitments if one.scope == "suzhou"
    )
    values = {name: observed(name, value) for name, value in (("kunshan", "3"), ("taicang", "9"))}
    areas = tuple(
        AreaValue(
            district=name,
            verdict=Verdict.NOT_MET,
            value=one.value,
            unit=one.unit,
            observations=(one.id,),
        )
        for name, one in values.items()
    )
    (line,) = lines_by_district(
        catalogue(),
        compared_districts(catalogue(), "suzhou"),
        [judged(city_row, areas=areas)],
        {one.id: one for one in values.values()},
    )
    assert {name: one.value for name, one in line.outcomes.items()} == {
        "kunshan": Decimal(3),
        "taicang": Decimal(9),
    }


def test_of_two_rows_of_one_district_the_worse_one_shows() -> None:
    stem = "suzhou-263/water/sewage-plants-merged"
    verdicts = ("met", "not_met")
    for order in (verdicts, verdicts[::-1]):
        found = of_suzhou(
            judged(f"{stem}/wujiang", order[0]),
            judged(f"{stem}/wujiang", order[1]),
            judged(f"{stem}/xiangcheng"),
        )
        assert found[0].outcomes["wujiang"].verdict is Verdict.NOT_MET


def hailing(n: int = 1) -> tuple[Commitment, ...]:
    return catalogue().plans["hailing"].counted()[:n]


def years(*judgements: Judgement) -> list[Line]:
    plan = catalogue().plans["hailing"].model_copy(update={"first_year": 2016})
    return lines_by_year([plan], judgements)


def test_years_stand_in_order_and_a_single_year_is_left_out() -> None:
    one, other, _third = (row.id for row in hailing(3))
    (line,) = years(judged(one), judged(one, year=2016), judged(one, year=2017), judged(other))
    assert list(line.outcomes) == ["2016", "2017", "2018"]


def test_what_is_not_due_is_counted_apart_by_its_present_value() -> None:
    name = hailing()[0].id
    lines = years(judged(name, "not_due", so_far="not_met", year=2017), judged(name))
    assert tallied(lines, "2017") == {}
    assert tallied(lines, "2017", is_so_far=True) == {Verdict.NOT_MET: 1}
    assert tallied(lines, "2018") == {Verdict.MET: 1}
    assert turned(lines, "2017", "2018") == {Verdict.MET: 1}


def test_a_year_before_the_plan_began_is_neither_met_nor_not_met() -> None:
    one, other, _third = (row.id for row in hailing(3))
    found = lines_by_year(
        [catalogue().plans["hailing"]],
        [
            judged(one, "not_met", year=2017, value=Decimal(5)),
            judged(one, value=Decimal(7)),
            # A duty that was not confirmed then says nothing of a plan that there was not.
            judged(other, "not_met", year=2017),
            judged(other),
        ],
    )
    assert [line.commitment.id for line in found] == [one]
    cut = next(row for row in catalogue().plans["wuxi-2018"].counted() if row.kind == "reduction")
    tonnes = judged(cut.id, "no_data", year=2017, value=Decimal(3180), unit="吨")
    assert lines_by_year([catalogue().plans["wuxi-2018"]], [tonnes, judged(cut.id)]) == []
    assert tallied(found, "2017") == {} and turned(found, "2017", "2018") == {}
    before = found[0].outcomes["2017"]
    assert (before.value, before.has_result, before.is_settled) == (5, False, False)


def test_demonstration_and_real_data_are_never_added_up_nor_held_against_each_other() -> None:
    one, other, _third = (row.id for row in hailing(3))
    lines = years(
        judged(one, "not_met", year=2017, maturity="demonstration"),
        judged(one),
        judged(other, year=2017),
        judged(other, maturity="demonstration"),
    )
    assert tallied(lines, "2018") == {Verdict.MET: 1}
    assert turned(lines, "2017", "2018") == {}


def test_a_verdict_that_is_open_in_one_year_did_not_turn() -> None:
    name = hailing()[0].id
    lines = years(judged(name, "no_data", year=2017, observations=()), judged(name))
    assert turned(lines, "2017", "2018") == {}
