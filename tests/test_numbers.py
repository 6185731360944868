from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoreport.numbers import MINUS, THIN_SPACE, format_number, plain_decimal


@pytest.mark.parametrize(
    ("value", "is_signed", "expected"),
    [
        ("45", False, "45"),
        ("45.0", False, "45.0"),
        ("-0.30", False, "−0.30"),
        ("0.5", True, "+0.5"),
        ("0", True, "0"),
        ("-0", True, "0"),
        ("1E+5", False, "100\u2009000"),
        ("1234567.125", False, "1\u2009234\u2009567.125"),
        ("1E+40", False, "10" + "\u2009000" * 13),
    ],
)
def test_numbers_as_readers_see_them(value, is_signed, expected):
    assert format_number(Decimal(value), is_signed=is_signed) == expected


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3))
def test_a_written_number_reads_back(value):
    text = format_number(value).replace(THIN_SPACE, "").replace(MINUS, "-")
    assert Decimal(text) == value


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (95.10, None, "95.1"),
        (0.1, None, "0.1"),
        (100.0, None, "100"),
        (-0.0, None, "0"),
        (1e30, None, "1" + "0" * 30),
        (4.5, 2, "4.50"),
        (4.0, 0, "4"),
        (np.float64(2.675), 3, "2.675"),
        (Decimal("0.70"), None, "0.7"),
    ],
)
def test_a_float_is_the_decimal_that_a_person_reads(value, decimals, expected):
    assert str(plain_decimal(value, decimals)) == expected


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_digit_of_a_float_is_lost(value):
    assert float(plain_decimal(value)) == value


@pytest.mark.parametrize(
    ("value", "decimals"), [(2.675, 2), (0.5, 0), (float("nan"), None), (float("inf"), 1)]
)
def test_a_digit_is_never_lost_silently(value, decimals):
    with pytest.raises(ValueError, match=r"decimals|no number"):
        plain_decimal(value, decimals)
