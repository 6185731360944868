from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging import observed

from ecoreport.assess.compare import fragility, is_met, margin

BETTER_FIRST = {"<=": "lower", "<": "lower", ">=": "higher", ">": "higher"}
NUMBERS = st.decimals(-1000, 1000, places=2)


@pytest.mark.parametrize(
    ("comparison", "at", "above", "below"),
    [
        ("<=", True, False, True),
        ("<", False, False, True),
        (">=", True, True, False),
        (">", False, True, False),
        ("==", True, False, False),
    ],
)
def test_at_the_target_and_just_beside_it(comparison, at, above, below):
    target = Decimal("0.70")
    assert is_met(Decimal("0.7"), comparison, target) is at
    assert is_met(Decimal("0.701"), comparison, target) is above
    assert is_met(Decimal("0.699"), comparison, target) is below


@pytest.mark.parametrize(
    ("value", "comparison", "target", "expected"),
    [("41", "<=", "43", 2), ("45", "<", "43", -2), ("83", ">=", "80", 3), ("97", "==", "100", -3)],
)
def test_the_margin_is_positive_on_the_good_side(value, comparison, target, expected):
    assert margin(Decimal(value), comparison, Decimal(target)) == expected


@given(NUMBERS, st.sampled_from(sorted(BETTER_FIRST)), NUMBERS)
def test_a_met_target_never_has_a_negative_margin(value, comparison, target):
    if is_met(value, comparison, target):
        assert margin(value, comparison, target) >= 0
    else:
        assert margin(value, comparison, target) <= 0


@given(NUMBERS, st.decimals(0, 100, places=2), st.sampled_from(sorted(BETTER_FIRST)), NUMBERS)
def test_a_better_value_is_never_judged_worse(value, gain, comparison, target):
    better = value + gain if BETTER_FIRST[comparison] == "higher" else value - gain
    assert is_met(better, comparison, target) >= is_met(value, comparison, target)


@pytest.mark.parametrize(
    ("value", "known", "comparison", "expected"),
    [
        ("35", {}, "<=", ("at_target",)),
        ("35", {}, "==", ()),
        ("34", {}, "<=", ()),
        ("36", {"unrounded": "35.6"}, "<=", ()),
        ("35", {"unrounded": "35.4"}, "<=", ("at_target", "rounding")),
        ("34", {"sensitivity": {"month": ("33", "36")}}, "<=", ("month",)),
        ("34", {"sensitivity": {"month": ("33", "35"), "day": ("34", "34")}}, "<=", ()),
        (
            "36",
            {"sensitivity": {"day": ("35", "36"), "month": ("34", "37")}},
            "<=",
            ("month", "day"),
        ),
        ("34", {"sensitivity": {"day": ("33", "36")}, "is_sufficient": False}, "<=", ()),
        (None, {}, "<=", ()),
    ],
)
def test_what_would_turn_a_verdict(value, known, comparison, expected):
    assert fragility(observed(value, **known), comparison, Decimal(35)) == expected
