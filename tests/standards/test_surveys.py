import math
from fractions import Fraction
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoreport.errors import InputError
from ecoreport.standards.surveys import (
    change_interval,
    margin_of_error,
    sample_size,
    survey_outcome,
    survey_share,
    wilson_interval,
)
from ecoreport.standards.tables import table

samples = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_satisfaction_near_its_target_is_borderline():
    found = survey_share(1104, 1373)
    assert round(100 * float(found.share), 1) == 80.4
    assert round(100 * found.margin, 1) == 2.1
    assert survey_outcome(80.4, 2.1, 80) == "borderline"
    assert survey_outcome(found.share, found.margin, Fraction(80, 100)) == "borderline"


@pytest.mark.parametrize(
    ("share", "margin", "target", "better", "outcome"),
    [
        (82.1, 2.1, 80, "higher", "reached"),
        (82.0, 2.1, 80, "higher", "borderline"),
        (77.9, 2.1, 80, "higher", "borderline"),
        (77.8, 2.1, 80, "higher", "missed"),
        (80.0, 0.0, 80, "higher", "reached"),
        (79.9, 0.0, 80, "higher", "missed"),
        (17.9, 2.1, 20, "lower", "reached"),
        (18.0, 2.1, 20, "lower", "borderline"),
        (22.2, 2.1, 20, "lower", "missed"),
        (80.4, None, 80, "higher", "no_margin"),
    ],
)
def test_outcome_against_a_target(share, margin, target, better, outcome):
    assert survey_outcome(share, margin, target, better) == outcome
    assert outcome in set(table("survey_outcomes")["outcome"])


@settings(deadline=None)
@given(st.integers(0, 1000), st.integers(0, 300), st.integers(0, 1000))
def test_a_least_and_a_most_mirror_each_other(share, margin, target):
    mirrored = survey_outcome(1000 - share, margin, 1000 - target, "lower")
    assert survey_outcome(share, margin, target) == mirrored


def test_margin_of_textbooks():
    assert margin_of_error(0.5, 1067) == pytest.approx(0.03, abs=5e-6)
    assert margin_of_error(0.5, 400, design_effect=4) == pytest.approx(margin_of_error(0.5, 100))
    assert margin_of_error(0.5, 400, population=400) == 0
    assert margin_of_error(Fraction(1, 2), 100, confidence=0.99) == pytest.approx(
        0.128791, abs=1e-6
    )
    assert margin_of_error(1, 100) == 0


def test_wilson_interval_of_textbooks():
    # Newcombe 1998, Statistics in Medicine 17: 857, table I, method 3.
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson_interval(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson_interval(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)
    assert wilson_interval(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)


@settings(deadline=None)
@given(samples, st.sampled_from([1.0, 1.5, 3.0]))
def test_wilson_interval_holds_the_share_and_mirrors(sample, effect):
    n_yes, n = sample
    low, high = wilson_interval(n_yes, n, design_effect=effect)
    assert 0 <= low <= n_yes / n <= high <= 1
    mirrored = wilson_interval(n - n_yes, n, design_effect=effect)
    assert mirrored == pytest.approx((1 - high, 1 - low))
    # The ends solve the score equation.
    z = NormalDist().inv_cdf(0.975)
    for end in {low, high} - {0.0, 1.0}:
        score = abs(n_yes / n - end) / math.sqrt(end * (1 - end) * effect / n)
        assert score == pytest.approx(z, rel=1e-6)


def test_sample_sizes_of_textbooks():
    assert sample_size(0.05) == 385
    assert sample_size(0.03) == 1068
    assert sample_size(0.05, design_effect=2) == 769
    assert sample_size(0.05, population=1000) == 278
    assert sample_size(0.05, confidence=0.99) == 664


@settings(deadline=None)
@given(
    st.integers(5, 300).map(lambda n: n / 1000),
    st.integers(1, 99).map(lambda n: n / 100),
    st.sampled_from([1.0, 2.0]),
    st.sampled_from([None, 5000]),
)
def test_a_sample_size_is_the_smallest_with_its_margin(margin, share, effect, population):
    n = sample_size(margin, share, design_effect=effect, population=population)
    options = {"design_effect": effect, "population": population}
    if population is None or n <= population:
        assert margin_of_error(share, n, **options) <= margin * (1 + 1e-9)
    if n > 1:
        assert margin_of_error(share, n - 1, **options) > margin * (1 - 1e-9)


@settings(deadline=None)
@given(st.integers(1, 4000), st.integers(1, 99))
def test_margins_shrink_with_the_sample(n, percent):
    share = Fraction(percent, 100)
    assert margin_of_error(share, n + 1) < margin_of_error(share, n)


def test_designs_say_what_they_need():
    stratified = survey_share(300, 400, "stratified", design_effect=1.2)
    assert stratified.margin > survey_share(300, 400).margin
    assert stratified.design_effect == 1.2
    with pytest.raises(InputError, match=r"整群抽样.*设计效应"):
        survey_share(300, 400, "cluster")
    online = survey_share(300, 400, "voluntary")
    assert online.share == Fraction(3, 4)
    assert (online.margin, online.low, online.high) == (None, None, None)
    assert survey_outcome(online.share, online.margin, Fraction(1, 2)) == "no_margin"


@pytest.mark.parametrize(
    "call",
    [
        lambda: survey_share(5, 4),
        lambda: survey_share(0, 0),
        lambda: survey_share(-1, 4),
        lambda: survey_share(3, 4, "snowball"),
        lambda: survey_share(3, 4, population=3),
        lambda: survey_share(3, 4, confidence=95),
        lambda: survey_share(3, 4, "cluster", design_effect=0),
        lambda: margin_of_error(80.4, 100),
        lambda: sample_size(2),
        lambda: survey_outcome(80, -1, 80),
        lambda: survey_outcome(80, math.nan, 80),
        lambda: survey_outcome(80, 1, 80, "best"),
    ],
)
def test_what_is_no_survey_is_an_error(call):
    with pytest.raises(InputError):
        call()


def measured(n_yes: int, n_asked: int):
    return Fraction(n_yes, n_asked), *wilson_interval(n_yes, n_asked)


@pytest.mark.parametrize(
    ("now", "before", "interval"),
    [
        # Newcombe 1998, table II, method 10.
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
    ],
)
def test_change_between_two_samples_as_published(now, before, interval):
    assert change_interval(measured(*now), measured(*before)) == pytest.approx(interval, abs=5e-5)


@settings(deadline=None)
@given(samples, samples)
def test_a_change_turned_round_is_its_mirror(now, before):
    low, high = change_interval(measured(*now), measured(*before))
    assert low <= float(Fraction(*now) - Fraction(*before)) <= high
    assert change_interval(measured(*before), measured(*now)) == pytest.approx((-high, -low))


def test_a_share_outside_its_interval_is_refused():
    with pytest.raises(InputError, match="不在其误差范围"):
        change_interval((80.4, 81, 82), (79.1, 77, 81))
