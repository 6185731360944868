from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from ecoreport.assess.outlook import further_bad_days_allowed, mean_needed

COUNTS = st.integers(0, 300)


@given(COUNTS, COUNTS, st.integers(0, 120), st.fractions(0, 100, max_denominator=10))
def test_one_bad_day_more_than_allowed_misses_the_target(n_good, n_bad, n_left, target):
    n_valid = n_good + n_bad
    assume(n_valid + n_left > 0)
    allowed = further_bad_days_allowed(n_good, n_valid, n_left, target, 1)

    def share_is_reached(n_bad_more):
        share = Fraction(100 * (n_good + n_left - n_bad_more), n_valid + n_left)
        return round(share * 10) >= target * 10

    if allowed is None:
        assert not share_is_reached(0)
    else:
        assert share_is_reached(allowed)
        assert allowed == n_left or not share_is_reached(allowed + 1)


def test_the_share_is_rounded_before_it_is_held_against_the_target():
    assert further_bad_days_allowed(200, 273, 92, Fraction("65.8"), 1) == 52
    assert round(Fraction(100 * (200 + 92 - 52), 365), 4) == Fraction("65.7534")


def test_the_mean_that_the_rest_of_a_year_needs():
    assert mean_needed(Fraction(40), 273, 92, Fraction(35)) == Fraction(35 * 365 - 40 * 273, 92)
    assert mean_needed(Fraction(60), 273, 92, Fraction(35)) is None
    assert mean_needed(Fraction(30), 365, 0, Fraction(35)) is None
