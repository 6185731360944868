import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from water_frames import CLASSES, clean, words

from ecoreport.errors import InputError
from ecoreport.standards.water import (
    basin_grade,
    class_shares,
    grade_change,
    grade_of_shares,
    section_class,
    section_grade,
    share_change,
)

GRADES = ["excellent", "good", "lightly_polluted", "moderately_polluted", "heavily_polluted"]


def classes_of(**counts):
    return pd.Series([name for name, count in counts.items() for _ in range(count)], dtype=object)


def sections(*rows):
    return pd.concat([clean(**row) for row in rows], ignore_index=True)


def test_the_grade_of_each_class():
    grades = section_grade(pd.Series([*CLASSES, None]))
    assert grades.tolist()[:6] == ["excellent", *GRADES]
    assert grades.isna().tolist() == [False] * 6 + [True]
    assert grades.cat.categories.tolist() == GRADES


@pytest.mark.parametrize(
    ("to_iii", "below_v", "grade"),
    [
        (90, 10, "excellent"),
        (Fraction(8999, 100), 0, "good"),
        (75, 25, "good"),
        (74.9, 19.9, "lightly_polluted"),
        (74.9, 20, "moderately_polluted"),
        (60, 39.9, "moderately_polluted"),
        (60, 40, "heavily_polluted"),
        (0, 100, "heavily_polluted"),
    ],
)
def test_the_grade_of_shares_at_their_limits(to_iii, below_v, grade):
    assert grade_of_shares(to_iii, below_v) == grade


@given(st.integers(0, 100), st.integers(0, 100))
def test_every_share_has_a_grade_or_is_no_share(to_iii, below_v):
    if to_iii + below_v > 100:
        with pytest.raises(InputError, match="100"):
            grade_of_shares(to_iii, below_v)
    else:
        assert grade_of_shares(to_iii, below_v) in GRADES


def test_shares_are_over_the_sections_with_a_class():
    shares = class_shares(pd.concat([classes_of(I=1, III=1, V=1), pd.Series([None])]))
    assert (shares.n_sections, shares.n_assessed) == (4, 3)
    assert shares.counts == {"I": 1, "II": 0, "III": 1, "IV": 0, "V": 1, "below_V": 0}
    assert (shares.percent_to_iii, shares.percent_below_v) == (66.7, 0.0)
    assert math.isnan(class_shares(pd.Series([], dtype=object)).percent_to_iii)


def test_four_sections_are_graded_by_their_means():
    # Three clean sections and one far below V: the mean NH3-N is 1.2, of class IV.
    frame = sections({"nh3n_mg_l": 4.8}, {}, {}, {})
    result = basin_grade(frame, "river", 2018)
    assert (result.method, result.water_class, result.grade) == ("means", "IV", "lightly_polluted")
    assert result.main_indicators["parameter"].tolist() == ["NH3-N"]
    assert result.main_indicators["multiple"].tolist() == [0.2]
    assert result.shares.percent_to_iii == 75.0
    assert result.verified == "one source"


def test_five_sections_are_graded_by_their_shares():
    frame = sections({"nh3n_mg_l": 4.8}, {}, {}, {}, {})
    result = basin_grade(frame, "river", 2018)
    assert (result.method, result.water_class, result.grade) == ("shares", None, "good")
    assert result.main_indicators.empty
    polluted = basin_grade(sections(*[{"nh3n_mg_l": 4.8}] * 2, {}, {}, {}), "river", 2018)
    assert polluted.grade == "heavily_polluted"
    assert polluted.main_indicators["share"].tolist() == [40.0]


def test_sections_without_readings_do_not_choose_the_method():
    frame = sections({"nh3n_mg_l": 4.8}, {}, {}, {})
    frame.loc[4] = np.nan
    result = basin_grade(frame, "river", 2018)
    assert (result.method, result.water_class) == ("means", "IV")
    assert (result.shares.n_sections, result.shares.n_assessed) == (5, 4)


def test_nothing_measured_has_no_grade():
    for frame in (clean() * np.nan, clean().iloc[:0]):
        result = basin_grade(frame, "lake", 2018)
        assert result.grade is None
        assert result.water_class is None
        assert result.main_indicators.empty


def test_rivers_and_lakes_have_no_common_mean():
    frame = sections({}, {})
    bodies = pd.Series(["river", "lake"])
    with pytest.raises(InputError, match="分开"):
        basin_grade(frame, bodies, 2018)
    assert basin_grade(sections(*[{}] * 5), pd.Series(["river", "lake", *["lake"] * 3]), 2018).grade
    assert basin_grade(frame, pd.Series(["lake", "lake"]), 2018).grade == "excellent"


def test_one_step_of_the_grade_is_some_change_and_two_a_clear_one():
    before = section_grade(pd.Series(["III", "III", "III", "IV", "below_V", None, "I"]))
    after = section_grade(pd.Series(["III", "IV", "V", "III", "III", "I", "II"]))
    assert words(grade_change(before, after)) == [
        "no_clear_change",
        "slightly_worse",
        "clearly_worse",
        "slightly_better",
        "clearly_better",
        None,
        "no_clear_change",
    ]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ({"III": 10}, {"III": 10}, "no_clear_change"),
        ({"III": 8, "IV": 2}, {"III": 9, "IV": 1}, "no_clear_change"),
        ({"III": 16, "IV": 4}, {"III": 18, "V": 1, "IV": 1}, "no_clear_change"),
        ({"III": 8, "IV": 2}, {"III": 10}, "slightly_better"),
        ({"III": 8, "below_V": 1, "IV": 1}, {"III": 9, "IV": 1}, "slightly_better"),
        ({"III": 8, "below_V": 1, "IV": 1}, {"III": 10}, "clearly_better"),
        ({"III": 10}, {"III": 8, "IV": 2}, "slightly_worse"),
        ({"III": 10}, {"III": 8, "below_V": 1, "IV": 1}, "clearly_worse"),
    ],
)
def test_shares_change_by_10_and_20_points(before, after, change):
    result = share_change(classes_of(**before), classes_of(**after))
    assert result.change == change
    assert result.verified == "unverified"


def test_a_period_without_classes_has_no_change():
    assert share_change(classes_of(), classes_of(I=1)).change is None


def test_changes_of_other_words_or_sections_are_errors():
    grades = section_grade(section_class(clean(), "river"))
    with pytest.raises(InputError, match="断面"):
        grade_change(grades, grades.set_axis(["x"]))
    with pytest.raises(InputError, match="优"):
        grade_change(pd.Series(["优"]), grades)
