import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoreport.errors import InputError
from ecoreport.standards.statistics import (
    attainment_rate,
    exceedance_multiple,
    percentile,
    spearman_trend,
)

readings = st.lists(st.decimals(0, 1000, places=1).map(float), min_size=1, max_size=400)


def test_percentile_of_a_published_worked_example():
    assert percentile([3, 4, 8, 2, 5, 4], 90) == Fraction(13, 2)


@given(readings, st.sampled_from([90, 95, 98]), st.randoms())
def test_percentile_is_the_linear_one_in_any_order(values, percent, random):
    result = percentile(values, percent)
    assert float(result) == pytest.approx(np.percentile(values, percent), abs=1e-9)
    random.shuffle(values)
    assert percentile([*values, math.nan], percent) == result


def test_percentile_ties_are_exact():
    # 0.1 + 0.7 × 0.5 is 0.45 exactly; floats give 0.44999999999999996.
    assert percentile([0.1, 0.8], 50) == Fraction(45, 100)


def test_multiple_of_a_limit_just_exceeded_and_just_met():
    assert exceedance_multiple(84, 70, 2) == 0.2
    assert exceedance_multiple(35.35, 35, 2) == 0.01
    assert math.isnan(exceedance_multiple(70, 70, 2))


def test_attainment_rate_of_253_days():
    assert attainment_rate(253, 365, 1) == 69.3
    assert math.isnan(attainment_rate(0, 0, 1))


@pytest.mark.parametrize(
    ("values", "direction"),
    [
        ([50, 45, 44, 40, 39], "down"),
        ([39, 40, 44, 45, 50], "up"),
        ([39, 44, 40, 45, 50], "up"),  # 0.9 reaches the critical value of five years
        ([44, 39, 40, 50, 45], "no_clear_trend"),
        ([50, 45, 44, math.nan, 39], "too_few_years"),
        ([40, 40, 40, 40, 40], "no_clear_trend"),
    ],
)
def test_trend_of_five_years(values, direction):
    trend = spearman_trend(dict(zip(range(2014, 2019), values, strict=True)))
    assert trend.direction == direction


def test_trend_says_how_well_its_critical_value_was_checked():
    falling = dict(zip(range(2008, 2019), range(60, 49, -1), strict=True))
    assert spearman_trend(falling).critical_value == Fraction("0.564")  # eleven years: line of ten
    assert spearman_trend(falling).verified == "unverified"
    assert spearman_trend(falling, version="exact").verified == "one source"
    with pytest.raises(InputError, match="临界值"):
        spearman_trend(falling, significance="0.10")
