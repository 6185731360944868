import math
from datetime import date
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoreport.errors import InputError
from ecoreport.standards.soil import (
    farmland_indices,
    nemerow_grade,
    nemerow_index,
    safe_use_rate,
    single_index_grade,
)

indices = st.lists(st.integers(0, 500).map(lambda n: n / 100), min_size=1, max_size=8)


def test_nemerow_is_the_root_of_mean_and_largest():
    frame = pd.DataFrame({"Cd": [1.0, math.nan, math.nan], "Pb": [3.0, 0.4, math.nan]})
    found = nemerow_index(frame)
    assert found[0] == pytest.approx(math.sqrt((2**2 + 3**2) / 2))
    assert found[1] == pytest.approx(0.4)
    assert math.isnan(found[2])
    with pytest.raises(InputError):
        nemerow_index(pd.DataFrame({"Cd": ["1"]}))


@settings(deadline=None, max_examples=60)
@given(indices, st.randoms(use_true_random=False))
def test_nemerow_lies_between_mean_and_largest_in_any_order(values, random):
    shuffled = list(values)
    random.shuffle(shuffled)
    names = [f"item {place}" for place in range(len(values))]
    straight = nemerow_index(pd.DataFrame([values], columns=names))[0]
    assert nemerow_index(pd.DataFrame([shuffled], columns=names))[0] == pytest.approx(straight)
    assert sum(values) / len(values) - 1e-9 <= straight <= max(values) + 1e-9


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        (0, "清洁（安全）"),
        (0.7, "清洁（安全）"),
        (0.71, "尚清洁（警戒线）"),
        (1, "尚清洁（警戒线）"),
        (1.01, "轻度污染"),
        (2, "轻度污染"),
        (3, "中度污染"),
        (3.01, "重度污染"),
    ],
)
def test_bounds_of_the_nemerow_grades_belong_below(value, grade):
    assert nemerow_grade(pd.Series([value]))[0] == grade
    assert nemerow_grade(pd.Series([math.nan])).isna()[0]


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        (1, "无污染"),
        (1.01, "轻微污染"),
        (2, "轻微污染"),
        (3, "轻度污染"),
        (5, "中度污染"),
        (5.1, "重度污染"),
    ],
)
def test_bounds_of_the_single_index_grades_belong_below(value, grade):
    assert single_index_grade(pd.Series([value]))[0] == grade


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 4000), st.sampled_from([2, 4, 1024]))
def test_an_index_does_not_depend_on_the_unit(content, factor):
    frame = pd.DataFrame({"ph": [6.0], "land_use": ["水田"], "pb_mg_kg": [float(content)]})
    on = date(2019, 1, 1)
    index = farmland_indices(frame, on)["pb_mg_kg"][0]
    scaled = farmland_indices(frame.assign(pb_mg_kg=content * factor), on)["pb_mg_kg"][0]
    assert scaled == index * factor


def areas(used, polluted):
    return pd.DataFrame({"safely_used_area": used, "polluted_area": polluted})


def test_safe_use_is_area_by_area():
    found = safe_use_rate(areas([90.0, 1.5], [100.0, 2.0]))
    assert found.share == Fraction(915, 1020)
    assert found.percent(1) == 89.7
    assert (found.part, found.whole) == (Fraction(183, 2), 102)


def test_nothing_of_nothing_has_a_name():
    nothing = safe_use_rate(areas([0, 0], [0, 0]))
    assert nothing.share is None
    assert nothing.absence == "nothing_to_rate"
    assert "分母为零" in nothing.absence_zh
    assert math.isnan(nothing.percent(1))
    unreported = safe_use_rate(areas([], []))
    assert unreported.absence == "missing"
    gap = safe_use_rate(areas([1.0, math.nan], [2.0, 3.0]))
    assert (gap.share, gap.absence) == (None, "missing")


@pytest.mark.parametrize(
    ("used", "polluted", "message"),
    [
        ([1, 3], [2, 2], "第 2 行"),
        ([-1], [2], "safely_used_area"),
        (["1"], [2], "safely_used_area"),
    ],
)
def test_areas_that_cannot_be_are_errors(used, polluted, message):
    with pytest.raises(InputError, match=message):
        safe_use_rate(areas(used, polluted))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), min_size=1, max_size=8),
    st.sampled_from([Fraction(1), Fraction(15), Fraction(1, 4)]),
    st.randoms(use_true_random=False),
)
def test_a_rate_of_areas_depends_neither_on_unit_nor_on_order(pairs, unit, random):
    rows = [(min(pair), max(pair)) for pair in pairs]
    straight = safe_use_rate(areas(*zip(*rows, strict=True)))
    random.shuffle(rows)
    scaled = [(float(used * unit), float(whole * unit)) for used, whole in rows]
    again = safe_use_rate(areas(*zip(*scaled, strict=True)))
    assert (again.share, again.absence) == (straight.share, straight.absence)
    assert straight.share is None or 0 <= straight.share <= 1
