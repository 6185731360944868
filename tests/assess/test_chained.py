"""Cuts since a base year of what is told at the prices of its year."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging import STATE_2017, commitment, judge, observed

from ecoreport.config.vocabulary import Verdict

TOO_FEW = {"is_sufficient": False, "reason": "too_few_days"}


WATER, WATER_FALL = "resources.water_per_gdp", "resources.water_per_gdp_cut"
AT_PRICES = {"yearly_falls": {WATER: WATER_FALL}}
NINE = {"indicator": WATER, "operator": ">=", "value": Decimal(9), "unit": "%", "base_year": 2015}


def levels(now="39.3", base: str | None = "45.0"):
    known = [observed(now, indicator=WATER, unit="立方米/万元")]
    if base:
        known.append(observed(base, indicator=WATER, unit="立方米/万元", year=2015))
    return known


def falls(**by_year):
    return [
        observed(f"{float(value):.2f}", unrounded=value, indicator=WATER_FALL, year=int(year[1:]))
        for year, value in by_year.items()
    ]


@pytest.mark.parametrize(
    ("by_year", "expected", "value"),
    [
        # 1 − 0.97 × 0.965 × 0.975 = 8.736…%; at current prices it is 12.7%.
        ({"y2016": "3", "y2017": "3.5", "y2018": "2.5"}, ("not_met", ""), "8.74"),
        # 1 − 0.94 × 1.01 × 0.95 = 9.807 %: it rose in between.
        ({"y2016": "6", "y2017": "-1", "y2018": "5"}, ("met", ""), "9.81"),
        # Exactly nine of a hundred: 1 − 0.91 × 1 × 1.
        ({"y2016": "9", "y2017": "0", "y2018": "0"}, ("met", ""), "9"),
    ],
)
def test_a_cut_told_at_prices_is_made_of_the_falls_of_all_years(by_year, expected, value):
    one = commitment("reduction", **NINE)
    for known in (levels(), levels(base=None)):
        found = judge(one, *known, *falls(**by_year), **AT_PRICES)
        assert (str(found.verdict), found.reason) == expected
        assert round(found.value, 2) == Decimal(value) and found.unit == "%"
        assert len(found.observations) == 4
        assert "按可比价：2016、2017、2018年比上年下降（%）" in str(found.notes[0])


LACKING = "本项按各年当年价，比较含价格变动；按可比价要有2016、2017、2018年的下降率，缺{}年"
OTHER = "本项按各年当年价，比较含价格变动；2016年的下降率与2018年口径不同，不能连乘"


def fall_of(year, value="3", **known):
    return observed(value, unrounded=value, indicator=WATER_FALL, year=year, **known)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (falls(y2017="3.5", y2018="2.5"), LACKING.format("2016")),
        (falls(y2016="3", y2017="3.5"), LACKING.format("2018")),
        ([], LACKING.format("2016、2017、2018")),
        (
            [*falls(y2017="3.5", y2018="2.5"), fall_of(2016, **TOO_FEW)],
            LACKING.format("2016"),
        ),
        ([*falls(y2017="3.5", y2018="2.5"), fall_of(2016, basis=STATE_2017)], OTHER),
    ],
)
def test_without_the_fall_of_a_year_it_is_told_that_prices_are_those_of_the_years(known, said):
    found = judge(commitment("reduction", **NINE), *levels(), *known, **AT_PRICES)
    assert (found.verdict, round(found.value, 2)) == (Verdict.MET, Decimal("12.67"))
    told = [str(note) for note in found.notes]
    assert "2015年基数 45.0 立方米/万元，本年 39.3 立方米/万元" in told
    assert said in told


@given(st.lists(st.integers(1000, 9999), min_size=2, max_size=2), st.integers(1, 99))
def test_noise_of_floats_turns_no_verdict(between, percent):
    """The falls multiply to exactly the target, whatever the amounts in between."""
    amounts = [10000, *between, 100 * (100 - percent)]
    by_year = {
        f"y{2016 + place}": repr(100 * (1 - after / before))
        for place, (before, after) in enumerate(pairwise(amounts))
    }
    one = commitment("reduction", **{**NINE, "value": Decimal(percent)})
    found = judge(one, *levels(), *falls(**by_year), **AT_PRICES)
    assert (found.verdict, found.value, found.fragility) == (Verdict.MET, percent, ())


def test_other_sources_of_a_fall_are_named():
    other = fall_of(2017, "9", maturity="provisional")
    every = falls(y2016="3", y2017="3.5", y2018="2.5")
    found = judge(commitment("reduction", **NINE), *levels(), *every, other, **AT_PRICES)
    assert (found.verdict, found.disagreeing) == (Verdict.NOT_MET, (other.id,))


@pytest.mark.parametrize("base_year", [2018, 2019])
def test_where_no_year_has_passed_nothing_is_said_of_prices(base_year):
    one = commitment("reduction", **{**NINE, "base_year": base_year})
    found = judge(one, *levels(), *falls(y2018="2.5"), **AT_PRICES)
    assert not [note for note in found.notes if "价" in str(note)]


def test_only_cuts_in_per_cent_of_what_is_told_at_prices_are_made_of_falls():
    every = falls(y2016="3", y2017="3.5", y2018="2.5")
    amount = commitment("reduction", **{**NINE, "unit": "立方米/万元", "value": Decimal(5)})
    found = judge(amount, *levels(), *every, **AT_PRICES)
    assert (found.value, len(found.notes)) == (Decimal("5.7"), 1)
    other = judge(commitment("reduction", **NINE), *levels(), *every)
    assert round(other.value, 2) == Decimal("12.67")
