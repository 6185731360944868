"""What the months left must be: exact cases, and that what is stated attains and more does not."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ecoreport.standards.water import (
    attains_target,
    class_limit,
    limit_margin,
    period_means,
    section_class,
    target_margins,
)


def months(**values):
    return pd.DataFrame(values)


def year_class(values: list[float], column: str = "tp_mg_l", body: str = "river"):
    rows = pd.DataFrame({column: values, "section": "S"})
    return section_class(period_means(rows, ["section"], 2018)[[column]], body)


def test_the_months_left_make_up_for_those_so_far():
    # Nine months at 0.21 and a limit of 0.2: (0.2 x 12 - 0.21 x 9) / 3 = 0.17.
    (found,) = target_margins(months(tp_mg_l=[0.21] * 9), "river", "III", 2018, 3)
    assert (found.column, found.is_floor, found.required) == ("tp_mg_l", False, Fraction("0.17"))
    assert found.stated == Decimal("0.17") and not found.is_impossible
    assert (found.mean, found.limit) == (Fraction("0.21"), Fraction("0.2"))


def test_what_is_stated_is_rounded_to_the_safe_side():
    (found,) = target_margins(months(tp_mg_l=[0.2, 0.2, 0.201]), "river", "III", 2018, 9)
    assert found.required == Fraction("1.799") / 9
    assert found.stated == Decimal("0.199")


def test_what_no_mean_would_do_is_impossible():
    (found,) = target_margins(months(tp_mg_l=[0.4] * 10), "river", "III", 2018, 2)
    assert found.is_impossible and found.stated is None
    # Exactly nought is no mean of anything measured.
    (found,) = target_margins(months(tp_mg_l=[0.4] * 6), "river", "III", 2018, 6)
    assert found.required == 0 and found.is_impossible


def test_oxygen_must_rise_and_no_higher_than_water_holds():
    (found,) = target_margins(months(do_mg_l=[4.5] * 9), "river", "III", 2018, 3)
    assert found.is_floor and found.stated == Decimal("6.5")
    (found,) = target_margins(months(do_mg_l=[1.0] * 9), "river", "III", 2018, 3)
    assert found.required == 17 and found.is_impossible


def test_after_the_year_it_is_told_how_much_was_missing():
    (found,) = target_margins(months(nh3n_mg_l=[1.2] * 12), "river", "III", 2018, 0)
    assert found.required is None and not found.is_impossible
    assert (found.shortfall, found.fall_percent) == (Decimal("0.20"), Decimal("16.7"))
    (oxygen,) = target_margins(months(do_mg_l=[4.96] * 12), "river", "III", 2018, 0)
    assert (oxygen.shortfall, oxygen.fall_percent) == (Decimal("0.1"), None)


def test_a_target_that_is_kept_asks_nothing():
    assert target_margins(months(tp_mg_l=[0.2] * 9, cu_mg_l=None), "river", "III", 2018, 3) == []


def test_the_mean_of_ions_is_left_open():
    acid = months(ph=[5.5] * 6)
    (found,) = target_margins(acid, "river", "III", 2020, 6)
    assert found.required is None and not found.is_impossible
    (found,) = target_margins(acid, "river", "III", 2018, 6)
    assert found.stated == Decimal("6.5")


def test_a_lake_is_the_mean_of_its_points_though_one_has_fewer_months():
    limit = class_limit("TP", "III", "lake")
    points = [pd.Series([0.06] * 9), pd.Series([0.07] * 6)]
    found = limit_margin(points, "tp_mg_l", limit, 2018, 3)
    assert found is not None and found.mean == Fraction("0.065")
    assert found.required is not None
    ends = [(0.06 * 9 + 3 * float(found.required)) / 12, (0.07 * 6 + 3 * float(found.required)) / 9]
    assert sum(ends) / 2 == pytest.approx(0.05)


readings = st.integers(1, 900).map(lambda n: n / 1000)


@settings(deadline=None)
@given(st.lists(readings, min_size=1, max_size=11), st.sampled_from(["river", "lake"]))
def test_what_is_stated_attains_and_a_little_more_does_not(so_far, body):
    n_left = 12 - len(so_far)
    found = target_margins(months(tp_mg_l=so_far), body, "III", 2018, n_left)
    assume(found)
    (margin,) = found
    last_place = Decimal("0.001")
    if margin.stated is None:
        least = [*so_far, *[float(last_place)] * n_left]
        assert not attains_target(year_class(least, body=body), "III").item()
        return
    enough = [*so_far, *[float(margin.stated)] * n_left]
    more = [*so_far, *[float(margin.stated + last_place)] * n_left]
    assert attains_target(year_class(enough, body=body), "III").item()
    assert not attains_target(year_class(more, body=body), "III").item()


@settings(deadline=None)
@given(st.lists(readings, min_size=12, max_size=12))
def test_a_fall_by_what_was_missing_attains_and_a_lesser_amount_does_not(year):
    found = target_margins(months(tp_mg_l=year), "river", "III", 2018, 0)
    assume(found)
    (margin,) = found
    assert margin.fall_percent is not None
    assert margin.mean - Fraction(margin.shortfall) <= margin.limit
    assert margin.mean - Fraction(margin.shortfall - Decimal("0.001")) > margin.limit
    assert margin.mean * (1 - Fraction(margin.fall_percent) / 100) <= margin.limit
    assert abs(Fraction(margin.fall_percent) - 100 * Fraction(margin.shortfall) / margin.mean) < 0.1


def test_amount_and_percent_speak_of_one_fall():
    (found,) = target_margins(months(tp_mg_l=[0.2034] * 12), "river", "III", 2018, 0)
    assert (found.shortfall, found.fall_percent) == (Decimal("0.004"), Decimal("2.0"))
