from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoreport.errors import InputError
from ecoreport.standards.rounding import (
    as_fraction,
    exact_mean,
    round_half_even,
    round_up,
    whole_units,
)

ties = st.integers(0, 100_000).map(lambda n: (10 * n + 5) / 1000)
readings = st.decimals(0, 10_000, places=4).map(float) | ties


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        (0.125, 2, 0.12),
        (0.135, 2, 0.14),
        (2.675, 2, 2.68),
        (1.015, 2, 1.02),
        (1.105, 2, 1.10),
        (-0.04, 1, 0.0),
    ],
)
def test_ties_go_to_the_even_digit_of_the_decimal_text(value, decimals, rounded):
    assert repr(round_half_even(value, decimals)) == repr(rounded)
    assert repr(round_half_even(np.array([value]), decimals)[0].item()) == repr(rounded)


@given(st.lists(readings, min_size=1), st.integers(0, 4))
def test_rounding_agrees_with_decimals_and_is_idempotent(values, decimals):
    place = Decimal(1).scaleb(-decimals)
    expected = [float(Decimal(repr(v)).quantize(place, rounding=ROUND_HALF_EVEN)) for v in values]
    rounded = round_half_even(np.array(values), decimals)
    assert rounded.tolist() == expected
    assert round_half_even(values, decimals) == expected
    assert round_half_even(rounded, decimals).tolist() == expected


def test_the_kind_given_is_the_kind_returned():
    series = pd.Series([0.125, None], index=["a", "b"], name="x")
    pd.testing.assert_series_equal(
        round_half_even(series, 2), pd.Series([0.12, np.nan], index=["a", "b"], name="x")
    )
    nullable = round_half_even(pd.Series([0.125, None], dtype="Float64"), 2)
    assert nullable.dtype == "Float64"
    assert nullable[0] == 0.12
    assert nullable.isna().tolist() == [False, True]
    assert str(round_half_even(Decimal("0.095"), 2)) == "0.10"
    assert round_half_even(Fraction(1, 8), 2) == Fraction(3, 25)
    assert round_half_even((15, 25), -1) == (20, 20)
    assert round_half_even([None, 0.5], 0) == [None, 0.0]


def test_text_is_not_a_number():
    with pytest.raises(TypeError):
        round_half_even("0.125", 2)


def test_infinite_and_huge_values_stay():
    assert round_half_even(np.array([np.inf, -np.inf, 1e22, 1e300]), 2).tolist() == [
        np.inf,
        -np.inf,
        1e22,
        1e300,
    ]


def test_rounding_up_leaves_what_is_whole():
    assert round_up([55.0, 55.0000001, -0.1, 2.3], 0) == [55.0, 56.0, -1.0, 3.0]
    assert round_up(Fraction(551, 10)) == 56


def test_a_tie_of_means_survives():
    values = [0.4, 0.4, 0.4, 0.6]
    assert round_half_even(sum(values) / 4, 1) == 0.5  # what floats make of 0.45
    assert round_half_even(exact_mean(values), 1) == Fraction(4, 10)


def test_means_of_means_are_recovered_as_fractions():
    thirds = [91 / 3, 92 / 3]
    assert exact_mean(thirds) == Fraction(61, 2)
    assert as_fraction(745 / 24) == Fraction(745, 24)
    assert as_fraction(0.1) == Fraction(1, 10)
    assert as_fraction(np.float32(0.1)) == Fraction(1, 10)


@given(st.lists(readings, min_size=1))
def test_an_exact_mean_does_not_depend_on_order(values):
    expected = sum(Fraction(repr(value)) for value in values) / len(values)
    assert exact_mean(values) == expected
    assert exact_mean(reversed(values)) == expected


@given(st.lists(readings, min_size=1))
def test_whole_units_give_the_readings_back(values):
    units, scale = whole_units(pd.Series(values))
    assert [Fraction(int(unit), scale) for unit in units] == [Fraction(repr(v)) for v in values]


def test_no_value_has_no_mean():
    with pytest.raises(InputError, match="没有有效数值"):
        exact_mean([float("nan")])
