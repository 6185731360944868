"""Shares of water change by the rule of 环办〔2011〕22号, the ecological index by HJ 192-2015."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from side_by_side import GOOD_WATER, catalogue, observed

from ecoreport.comparison.changes import change_on_year_before
from ecoreport.comparison.ranks import Direction
from ecoreport.message import message
from ecoreport.observe.observation import Observation, Trace
from ecoreport.observe.period import Period
from ecoreport.standards.tables import single

BELOW_V, EI = "water.worse_than_v_share", "greening.ecological_index"
PROVINCIAL, COUNT = "water.provincial_section_good_share", "water.provincial_sections_worse_than_v"
PERIOD = Period(2018, dt.date(2018, 12, 31))


def years(name: str, before: str, now: str, **known: object) -> list[Observation]:
    return [
        observed("xishan", before, name=name, year=2017, **known),
        observed("xishan", now, name=name, **known),
    ]


def way(name: str, *observations: Observation) -> Direction | None:
    return change_on_year_before(catalogue(), "xishan", name, observations, PERIOD)


@pytest.mark.parametrize(
    ("good", "below_v", "expected"),
    [
        (("60", "69"), ("10", "10"), (Direction.UNCLEAR, Direction.SAME)),
        (("60", "70"), ("10", "10"), (Direction.UNCLEAR, Direction.SAME)),
        (("60", "70.1"), ("10", "10"), (Direction.BETTER, Direction.SAME)),
        # 6 points more of the good and 5 fewer of the worst come to 11.
        (("60", "66"), ("10", "5"), (Direction.BETTER, Direction.BETTER)),
        (("60", "54"), ("5", "10"), (Direction.WORSE, Direction.WORSE)),
        # Both rose by 12: the water as a whole did not change.
        (("60", "72"), ("2", "14"), (Direction.UNCLEAR, Direction.UNCLEAR)),
        # Clearly better as a whole: what grew worse by itself is not called better.
        (("60", "80"), ("2", "5"), (Direction.BETTER, Direction.UNCLEAR)),
    ],
)
def test_both_shares_together_say_whether_water_changed(
    good: tuple[str, str], below_v: tuple[str, str], expected: tuple[Direction, Direction]
) -> None:
    known = [*years(GOOD_WATER, *good), *years(BELOW_V, *below_v)]
    assert (way(GOOD_WATER, *known), way(BELOW_V, *known)) == expected


def test_a_share_alone_is_held_to_the_same_ten_points() -> None:
    assert way(GOOD_WATER, *years(GOOD_WATER, "60", "69.9")) is Direction.UNCLEAR
    assert way(GOOD_WATER, *years(GOOD_WATER, "60", "71")) is Direction.BETTER
    other_nature = years(BELOW_V, "9", "0", maturity="demonstration")
    assert way(GOOD_WATER, *years(GOOD_WATER, "60", "69"), *other_nature) is Direction.UNCLEAR


def test_sections_counted_tell_the_other_share_exactly() -> None:
    def counted(n: int, year: int) -> Observation:
        trace = Trace(formula=message("数"), substituted="", n_used=45, n_counted=n)
        return observed("xishan", str(n), name=COUNT, year=year, trace=trace)

    shares = years(PROVINCIAL, "51", "56")
    assert way(PROVINCIAL, *shares) is Direction.UNCLEAR
    # 3 of 45 fewer are 6.7 points, beside 5.
    assert way(PROVINCIAL, *shares, counted(4, 2017), counted(1, 2018)) is Direction.BETTER


def test_the_step_of_the_ecological_index_is_that_of_its_standard() -> None:
    step = Decimal(single("ei_changes", sign="")["size_below"])
    assert catalogue().clear_change_from(EI) == step
    assert catalogue().clear_change_from(GOOD_WATER) == 0
    asked = [
        one
        for plan in catalogue().plans.values()
        for one in plan.commitments
        if one.indicator == EI
    ]
    assert asked and all(one.tolerance is None for one in asked)
    assert way(EI, *years(EI, "60.0", "60.9")) is Direction.UNCLEAR
    assert way(EI, *years(EI, "60.0", "61.0")) is Direction.BETTER
