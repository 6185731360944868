"""Places: shared by equals, of one nature and basis only, whatever order districts come in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from side_by_side import GOOD_WATER, PM25, catalogue, indicator, observed

from ecoreport.comparison.districts import areas_between, compared_districts
from ecoreport.comparison.ranks import (
    Direction,
    Group,
    direction,
    grouped,
    reliable,
    values_of,
    year_before,
)
from ecoreport.observe.observation import Basis, Observation
from ecoreport.observe.period import Period
from ecoreport.observe.surveys import SAMPLING

WUXI = ("xishan", "huishan", "binhu", "liangxi", "xinwu", "jiangyin", "yixing")


def ranked(observations: Sequence[Observation], name: str = PM25) -> tuple[Group, ...]:
    values = {one.district: one for one in observations}
    return grouped(indicator(name), values, reliable(observations))


def places(group: Group) -> dict[str, int | None]:
    return dict(group.place_of)


def test_equal_values_share_a_place_and_the_next_one_is_left_out() -> None:
    values = ("44", "40", "42", "42", "50")
    (group,) = ranked([observed(*pair) for pair in zip(WUXI, values, strict=False)])
    assert places(group) == {"huishan": 1, "binhu": 2, "liangxi": 2, "xishan": 4, "xinwu": 5}


@pytest.mark.parametrize(("name", "first"), [(PM25, "xishan"), (GOOD_WATER, "huishan")])
def test_the_better_end_comes_first(name: str, first: str) -> None:
    pair = [observed("xishan", "40", name=name), observed("huishan", "70", name=name)]
    (group,) = ranked(pair, name)
    assert group.members[0].district == first


def test_numbers_decide_and_not_how_they_are_written() -> None:
    (group,) = ranked([observed("xishan", "40"), observed("huishan", "40.0")])
    assert set(places(group).values()) == {1}


APART = {
    "basis": {"basis": Basis(state="reference")},
    "place": {"basis": Basis(state="mixed", place="district_points")},
    "nature": {"maturity": "demonstration"},
    "unit": {"unit": "mg/m³"},
    "part of a year": {"period": "2018-01-01/2018-09-30"},
}


@pytest.mark.parametrize("case", APART)
def test_what_is_of_another_kind_is_not_ranked_with_the_others(case: str) -> None:
    others = [observed(district, "40") for district in WUXI[:3]]
    apart = observed("yixing", "1", **APART[case])
    main, *rest = ranked([*others, apart])
    assert set(places(main)) == set(WUXI[:3])
    assert [places(group) for group in rest] == [{"yixing": None}]


def test_audited_and_verified_values_are_ranked_together() -> None:
    (group,) = ranked([observed("xishan", "40", maturity="verified"), observed("huishan", "41")])
    assert places(group) == {"xishan": 1, "huishan": 2}


def test_too_few_data_have_no_place() -> None:
    few = observed("yixing", "1", is_sufficient=False)
    (group,) = ranked([observed("xishan", "40"), observed("huishan", "41"), few])
    assert "yixing" not in places(group)


def test_without_a_better_end_nothing_is_ranked() -> None:
    name = next(one.id for one in catalogue().indicators.values() if one.better == "none")
    (group,) = ranked(
        [observed("xishan", "1", name=name), observed("huishan", "2", name=name)], name
    )
    assert not group.is_ranked


VALUES = st.lists(
    st.tuples(
        st.integers(30, 34).map(str), st.sampled_from(["audited", "demonstration"]), st.booleans()
    ),
    min_size=len(WUXI),
    max_size=len(WUXI),
)


@given(values=VALUES, order=st.permutations(range(len(WUXI))))
def test_the_order_of_districts_changes_no_place(
    values: list[tuple[str, str, bool]], order: list[int]
) -> None:
    all_ = [
        observed(district, value, maturity=maturity, is_sufficient=is_sufficient)
        for district, (value, maturity, is_sufficient) in zip(WUXI, values, strict=True)
    ]
    groups = ranked(all_)
    assert ranked([all_[position] for position in order]) == groups
    for group in groups:
        assert len({one.observation.is_demonstration for one in group.members}) == 1
        for one in group.members:
            better = sum(other.observation.value < one.observation.value for other in group.members)
            assert one.place == (1 + better if len(group.members) > 1 else None)


def test_a_part_of_a_year_is_sound_where_each_of_its_months_is() -> None:
    part = observed("xishan", "40", period="2018-01-01/2018-03-31", is_sufficient=False)
    months = [observed("xishan", "40", period=f"2018-0{month}") for month in (1, 2, 3)]
    assert part.id in reliable([part, *months])
    assert part.id not in reliable([part, *months[:2]])
    assert part.id not in reliable(
        [part, *(observed("huishan", "40", period=one.period) for one in months)]
    )
    year = observed("xishan", "40", is_sufficient=False)
    assert year.id not in reliable([year, *months])


CHANGES = {
    "lower": ("40", "41", {}, Direction.BETTER),
    "higher": ("41", "40", {}, Direction.WORSE),
    "same": ("40", "40.0", {}, Direction.SAME),
    "other basis": ("40", "41", {"basis": Basis(state="reference")}, Direction.NOT_COMPARABLE),
    "other nature": ("40", "41", {"maturity": "demonstration"}, Direction.NOT_COMPARABLE),
    "too few": ("40", "41", {"is_sufficient": False}, Direction.NOT_COMPARABLE),
}


@pytest.mark.parametrize("case", CHANGES)
def test_better_and_worse_only_where_both_years_can_be_compared(case: str) -> None:
    now, then, known, expected = CHANGES[case]
    last, before = observed("xishan", now), observed("xishan", then, year=2017, **known)
    assert direction(indicator(), last, before, reliable([last, before])) is expected


def test_a_change_smaller_than_the_standard_asks_is_no_clear_change() -> None:
    index = indicator("greening.ecological_index")
    clear_from = catalogue().clear_change_from(index.id)
    assert clear_from == 1  # HJ 192-2015: below 1 point
    for change, expected in (("-0.5", Direction.UNCLEAR), ("-1", Direction.WORSE)):
        before = observed("xishan", "60.7", name=index.id, year=2017)
        now = observed("xishan", str(Decimal("60.7") + Decimal(change)), name=index.id)
        assert direction(index, now, before, reliable([now, before]), clear_from) is expected


@pytest.mark.parametrize(
    ("before", "now", "unrounded", "name", "expected"),
    [
        # 66.66 and 66.64 are told as 66.7 and 66.6.
        ("66.7", "66.6", ("66.66", "66.64"), GOOD_WATER, Direction.UNCLEAR),
        ("66.7", "66.6", ("66.74", "66.56"), GOOD_WATER, Direction.WORSE),
        ("66.7", "66.6", ("", ""), GOOD_WATER, Direction.WORSE),
        ("8.4", "8.3", ("", ""), "water.good_share_increase", Direction.UNCLEAR),
        ("8.4", "8.2", ("", ""), "water.good_share_increase", Direction.WORSE),
        ("44", "43", ("43.5", "43.4"), PM25, Direction.UNCLEAR),
    ],
)
def test_what_rounding_makes_is_no_change(
    before: str, now: str, unrounded: tuple[str, str], name: str, expected: Direction
) -> None:
    last = observed("xishan", before, name=name, year=2017, unrounded=unrounded[0])
    this = observed("xishan", now, name=name, unrounded=unrounded[1])
    assert direction(indicator(name), this, last, reliable([last, this])) is expected


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (("79.1", "76.8", "81.2"), ("80.4", "78.2", "82.4"), Direction.UNCLEAR),
        (("75.1", "72.8", "77.2"), ("80.4", "78.2", "82.4"), Direction.BETTER),
        # The two intervals overlap, and yet the change is clear.
        (("77.0", "74.7", "79.2"), ("80.4", "78.2", "82.4"), Direction.BETTER),
        # Last year's sample gave no margin.
        (("79.1", "", ""), ("80.4", "78.2", "82.4"), Direction.UNCLEAR),
    ],
)
def test_a_change_within_the_margins_of_two_samples_is_none(
    before: tuple[str, str, str], now: tuple[str, str, str], expected: Direction
) -> None:
    name = "institutional.public_satisfaction"
    last, this = (
        observed(
            "xishan", value, name=name, year=year,
            sensitivity={SAMPLING: (Decimal(low), Decimal(high))} if low else {},
        )
        for year, (value, low, high) in ((2017, before), (2018, now))
    )  # fmt: skip
    assert direction(indicator(name), this, last, reliable([last, this])) is expected


def test_what_is_better_depends_on_the_indicator() -> None:
    last = observed("xishan", "80", name=GOOD_WATER)
    before = observed("xishan", "70", name=GOOD_WATER, year=2017)
    way = direction(indicator(GOOD_WATER), last, before, reliable([last, before]))
    assert way is Direction.BETTER


def test_a_part_of_a_year_is_held_against_the_same_part() -> None:
    period = Period(2018, dt.date(2018, 9, 30))
    now = observed("xishan", "40", period=period.label)
    whole = observed("xishan", "41", year=2017)
    part = observed("xishan", "43", year=2017, period=period.in_year(2017).label)
    assert year_before([whole, part], now, period) is part
    assert year_before([whole], now, period) is None


def values(*observations: Observation, name: str = PM25) -> dict[str, Observation]:
    districts = compared_districts(catalogue(), "wuxi")
    return values_of(
        catalogue(), districts, name, observations, Period(2018, dt.date(2018, 12, 31))
    )


def test_an_area_stands_for_its_parts_only_where_none_has_a_value() -> None:
    area = observed("wuxi-urban", "60", name=GOOD_WATER)
    yixing = observed("yixing", "70", name=GOOD_WATER)
    assert set(values(area, yixing, name=GOOD_WATER)) == {"wuxi-urban", "yixing"}
    part = observed("liangxi", "50", name=GOOD_WATER)
    assert set(values(area, yixing, part, name=GOOD_WATER)) == {"liangxi", "yixing"}


def test_the_air_of_an_area_may_be_that_of_its_city() -> None:
    city = observed("wuxi", "42")
    assert values(city) == {"wuxi-urban": city}
    assert values(observed("wuxi", "60", name=GOOD_WATER), name=GOOD_WATER) == {}


def test_single_points_and_other_years_are_no_values() -> None:
    point = observed("yixing", "40").model_copy(
        update={"id": f"yixing/2018/{PM25}@2002A/2018/audited"}
    )
    assert values(point, observed("jiangyin", "40", year=2017)) == {}


def test_who_is_compared() -> None:
    def names(district: str) -> set[str]:
        return {one.id for one in compared_districts(catalogue(), district)}

    assert names("wuxi") == names("jiangyin") == names("liangxi") == set(WUXI)
    assert len(names("suzhou")) == 10
    assert names("hailing") >= {"hailing", "gaogang", "jiangyan"}
    assert names("wuxi-urban") == set(WUXI) - {"jiangyin", "yixing"}
    between = areas_between(catalogue(), compared_districts(catalogue(), "wuxi"))
    assert [one.id for one in between] == ["wuxi-urban"]


def test_districts_that_are_compared_have_a_place_on_their_grid() -> None:
    for district in ("wuxi", "suzhou", "taizhou", "baishan"):
        compared = compared_districts(catalogue(), district)
        tiles = [catalogue().tiles[one.id] for one in compared]
        assert {one.city for one in tiles} == {district}
        assert len({(one.row, one.column) for one in tiles}) == len(compared)
