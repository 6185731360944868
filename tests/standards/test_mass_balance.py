import math
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoreport.errors import InputError
from ecoreport.standards.mass_balance import mass_balance
from ecoreport.standards.ratios import rate, rate_of_sums

YEAR = {
    "stock_start_t": 10.1,
    "generated_t": 200.2,
    "used_t": 150.1,
    "disposed_t": 40.1,
    "transferred_t": 5.0,
    "stock_end_t": 15.1,
}
masses = st.integers(0, 10**9).map(lambda n: n / 1000)


def year(**values):
    return pd.DataFrame([{**YEAR, **values}])


def test_a_balanced_year_is_balanced_to_the_last_decimal():
    found = mass_balance(year()).iloc[0]
    assert found["gap_t"] == Decimal("0.0")
    assert bool(found["is_balanced"])
    assert (found["in_t"], found["out_t"]) == (Decimal("210.3"), Decimal("210.3"))
    assert found["gap_percent"] == 0


def test_a_gap_is_shown_with_its_side():
    lost = mass_balance(year(used_t=140.1)).iloc[0]
    assert lost["gap_t"] == 10
    assert lost["gap_percent"] == pytest.approx(100 * 10 / 210.3)
    assert not lost["is_balanced"]
    assert mass_balance(year(used_t=160.1)).iloc[0]["gap_t"] == -10


def test_a_gap_up_to_the_tolerance_counts_as_balanced():
    frame = year(used_t=150.0)
    assert mass_balance(frame, Decimal("0.1"))["is_balanced"].tolist() == [True]
    assert mass_balance(frame, Decimal("0.09"))["is_balanced"].tolist() == [False]
    with pytest.raises(InputError):
        mass_balance(frame, Decimal(-1))


def test_a_missing_term_is_named_and_never_taken_as_zero():
    found = mass_balance(year(transferred_t=math.nan, stock_end_t=None)).iloc[0]
    assert found["missing_terms"] == ("转移量", "年末贮存量")
    assert found["gap_t"] is None
    assert found["in_t"] == Decimal("210.3")
    assert found["is_balanced"] is pd.NA
    assert math.isnan(found["gap_percent"])


def test_what_was_dumped_is_a_way_out_and_none_where_nobody_tells_of_it():
    lost = mass_balance(year(used_t=140.1, dumped_t=10.0)).iloc[0]
    assert (lost["gap_t"], bool(lost["is_balanced"])) == (0, True)
    nothing = mass_balance(year(dumped_t=math.nan)).iloc[0]
    assert (nothing["gap_t"], nothing["missing_terms"]) == (0, ())


def test_nothing_at_all_balances_without_a_percentage():
    found = mass_balance(year(**dict.fromkeys(YEAR, 0))).iloc[0]
    assert found["gap_t"] == 0
    assert math.isnan(found["gap_percent"])


@pytest.mark.parametrize("value", ["12", -1, math.inf])
def test_wrong_masses_are_errors(value):
    with pytest.raises(InputError, match="disposed_t"):
        mass_balance(year(disposed_t=value))
    with pytest.raises(InputError, match="used_t"):
        mass_balance(year().drop(columns="used_t"))


@settings(deadline=None, max_examples=60)
@given(st.lists(masses, min_size=5, max_size=5))
def test_what_is_left_over_balances_exactly(terms):
    columns = ["stock_start_t", "used_t", "disposed_t", "transferred_t", "stock_end_t"]
    row = dict(zip(columns, terms, strict=True))
    out = sum(Decimal(str(row[name])) for name in columns[1:])
    generated = out - Decimal(str(row["stock_start_t"]))
    if generated >= 0:
        found = mass_balance(pd.DataFrame([{**row, "generated_t": generated}])).iloc[0]
        assert found["gap_t"] == 0


@settings(deadline=None, max_examples=60)
@given(st.lists(masses, min_size=6, max_size=6), st.sampled_from([1000, 10]))
def test_the_gap_scales_with_the_unit(terms, unit):
    row = {name: Decimal(str(value)) for name, value in zip(YEAR, terms, strict=True)}
    straight = mass_balance(pd.DataFrame([row])).iloc[0]
    scaled = mass_balance(pd.DataFrame([row]) * Decimal(unit)).iloc[0]
    assert scaled["gap_t"] == straight["gap_t"] * unit
    assert scaled["is_balanced"] == straight["is_balanced"]


def test_rates_keep_both_numbers():
    found = rate(1, 3)
    assert (found.part, found.whole, found.absence) == (1, 3, "")
    assert found.percent(1) == 33.3
    assert found.absence_zh == ""
    assert rate(0, 3).percent(1) == 0
    assert rate_of_sums([0.1, 0.2], [0.3]).share == 1
    assert rate(None, 3).absence == "missing"
    assert rate(1, math.nan).absence == "missing"
    assert rate(0, 0).absence == "nothing_to_rate"
    assert rate_of_sums([1, 2], [2, 4]).percent(0) == 50
    assert rate_of_sums([1, None], [2, 4]).absence == "missing"


@pytest.mark.parametrize(("part", "whole"), [(4, 3), (1, 0), (-1, 3), (1, math.inf)])
def test_what_is_no_part_of_a_whole_is_an_error(part, whole):
    with pytest.raises(InputError):
        rate(part, whole)
