from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoreport.standards.resources import (
    half_unit,
    intensity,
    intensity_fall,
    range_of_rounding,
)

AMOUNTS = st.decimals(min_value=1, max_value=10**6, places=2)


def test_an_intensity_is_a_quotient_in_the_unit_asked_for():
    assert intensity(Decimal("219.42"), Decimal(530)) == Decimal("0.414")
    assert intensity(Decimal(214), Decimal(26750), 10_000) == 80
    assert intensity(1, 0) is None


def test_a_fall_is_against_the_year_before_and_a_rise_is_below_nought():
    # 1 % more energy for 6 % more value.
    assert intensity_fall(101, 106, 100, 100) == 100 * (1 - Fraction(101, 106))
    assert intensity_fall(107, 106, 100, 100) < 0
    assert intensity_fall(1, 1, 0, 1) is None
    assert intensity_fall(1, 0, 1, 1) is None


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, st.integers(1, 50))
def test_prices_cancel_in_a_fall(part, whole, before, whole_before, price):
    fall = intensity_fall(part, whole, before, whole_before)
    assert fall == intensity_fall(part, price * whole, before, price * whole_before)


@given(AMOUNTS, AMOUNTS)
def test_what_rounding_leaves_open_holds_the_value_itself(part, whole):
    low, high = range_of_rounding(intensity, [part, whole])
    assert low < intensity(part, whole) < high


def test_rounding_leaves_open_what_the_last_digits_do():
    ends = range_of_rounding(intensity, [Decimal("219.4"), Decimal(530)])
    assert ends == (Fraction("219.35") / Fraction("530.5"), Fraction("219.45") / Fraction("529.5"))
    assert range_of_rounding(intensity, [Decimal(1), Decimal(0)]) is not None
    assert range_of_rounding(lambda _one: None, [Decimal(1)]) is None


@pytest.mark.parametrize(("figure", "half"), [("0.414", "0.0005"), ("530", "0.5"), ("1E+2", "50")])
def test_half_a_unit_is_that_of_the_last_digit_written(figure, half):
    assert half_unit(Decimal(figure)) == Fraction(half)
