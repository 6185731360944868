"""Which rows are at fault: properties and cases that a suite's numbers do not reach."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoreport.validate import faults

CELLS = st.sampled_from([1.0, 2.0, np.nan])
ROWS = st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 3), CELLS), max_size=8)


@given(ROWS)
def test_rows_contradict_exactly_when_their_key_has_two_versions(
    rows: list[tuple[str, int, float]],
) -> None:
    frame = pd.DataFrame(rows, columns=["station", "date", "value"])
    versions: dict[tuple[str, int], set[str]] = {}
    for station, date, value in rows:
        versions.setdefault((station, date), set()).add(str(value))
    expected = [len(versions[station, date]) > 1 for station, date, _value in rows]
    assert list(faults.contradicting(frame, ["station", "date"])) == expected


def days(*values: float) -> pd.DataFrame:
    dates = pd.date_range("2018-01-01", periods=len(values))
    return pd.DataFrame({"station": "a", "date": dates, "value": values})


def test_a_jump_is_above_both_neighbours() -> None:
    assert list(faults.jumping(days(10, 60, 11), "station", ["date"], 5, 20)) == [
        False,
        True,
        False,
    ]
    # A rise that lasts is weather, not an instrument.
    assert not faults.jumping(days(10, 60, 70), "station", ["date"], 5, 20).any()
    # Five times next to nothing is nothing.
    assert not faults.jumping(days(1, 6, 1), "station", ["date"], 5, 20).any()


def test_neighbours_are_of_the_same_station() -> None:
    frame = pd.concat([days(10, 10), days(100, 100).assign(station="b")], ignore_index=True)
    assert not faults.jumping(frame, "station", ["date"], 5, 20).any()


def test_rows_may_come_in_any_order() -> None:
    shuffled = days(10, 60, 11).iloc[[1, 2, 0]]
    assert list(faults.jumping(shuffled, "station", ["date"], 5, 20)) == [True, False, False]
    assert list(faults.stuck(days(5, 5, 5, 6).iloc[[3, 1, 0, 2]], "station", ["date"], 2)) == [
        False,
        True,
        True,
        True,
    ]


def test_as_many_equal_values_as_allowed_are_not_stuck() -> None:
    assert not faults.stuck(days(5, 5, 6, 6), "station", ["date"], 2).any()


def test_periods_stand_for_their_months() -> None:
    frame = pd.DataFrame({"indicator": "x", "period": ["2018-Q1", "2018-05"]})
    months = [f"2018-{month:02d}" for month in range(1, 7)]
    (fault,) = faults.lacking_values(
        frame, "indicator", ["x"], "period", months, {"2018-Q1": months[:3]}
    )
    assert (fault["n"], fault["spans"]) == ("2", "2018-04、2018-06")


def test_a_group_without_any_row_lacks_everything() -> None:
    frame = pd.DataFrame({"indicator": ["x"], "period": ["2018"]})
    (fault,) = faults.lacking_values(frame, "indicator", ["y"], "period", ["2018"], {})
    assert (fault["group"], fault["n"]) == ("y", "1")


@pytest.mark.parametrize(
    ("chosen", "said"),
    [("1101", "1…2、4"), ("0000", ""), ("1111", "1…4"), ("0110", "2…3")],
)
def test_spans(chosen: str, said: str) -> None:
    assert faults.spans(["1", "2", "3", "4"], [one == "1" for one in chosen]) == said


def test_february_needs_fewer_days_and_later_months_are_not_asked_for() -> None:
    frame = days(*range(59)).iloc[3:56]
    minima = {"2018-01": {"value": 27}, "2018-02": {"value": 25}, "2018-03": {"value": 27}}
    assert faults.short_periods(frame, "station", ["a"], minima) == []
    (fault,) = faults.short_periods(frame.iloc[2:], "station", ["a"], minima)
    assert (fault["period"], fault["n"]) == ("2018-01", "26")


def test_a_day_that_is_missing_has_too_few_hours() -> None:
    index = pd.MultiIndex.from_product(
        [["a"], pd.to_datetime(["2018-01-01", "2018-01-03"]), range(1, 25)],
        names=["station", "date", "hour"],
    )
    frame = index.to_frame(index=False).assign(o3_8h=1.0)
    first = dt.datetime(2018, 1, 1)
    (fault,) = faults.short_days(frame, "station", ["a"], {"o3_8h": 14}, {"o3_8h": 8}, first)
    assert (fault["period"], fault["n"], fault["spans"]) == ("2018-01", "1", "01-02")
    morning = frame[frame["hour"] <= 20]
    found = faults.short_days(morning, "station", ["a"], {"o3_8h": 14}, {"o3_8h": 8}, first)
    assert found[0]["n"] == "3"


def test_columns_short_of_the_same_days_are_one_fault() -> None:
    fault = {"group": "a", "period": "2018-07", "n": "12"}
    found = faults.of_all_columns(
        [
            {**fault, "column": "so2"},
            {**fault, "column": "no2"},
            {**fault, "column": "o3", "n": "1"},
        ]
    )
    assert [(one["column"], one["n"]) for one in found] == [("so2、no2", "12"), ("o3", "1")]
    silent = days(*range(59)).iloc[3:56].assign(other=lambda frame: frame["value"])
    minima = {"2018-01": {"value": 29, "other": 29}}
    (both,) = faults.short_periods(silent, "station", ["a"], minima)
    assert both["column"] == "value、other"


STEPS = ("start", "finish", "close", "relapse")
MAY_FOLLOW = {"start": ["finish", "relapse"], "relapse": ["close"]}


def not_following(*steps: tuple[str, int, str], may_begin: tuple[str, ...] = STEPS) -> list[bool]:
    frame = pd.DataFrame(steps, columns=["problem", "date", "state"])
    return list(faults.not_following(frame, "problem", "date", MAY_FOLLOW, may_begin))


def test_a_step_that_cannot_stand_behind_the_one_before_it_is_at_fault() -> None:
    assert not_following(("a", 1, "start"), ("a", 2, "close"), ("a", 3, "relapse")) == [False] * 3
    assert not_following(("a", 1, "start"), ("a", 2, "relapse")) == [False, True]
    # The day counts, not the row; each problem has steps of its own.
    assert not_following(("a", 2, "relapse"), ("a", 1, "close"), ("b", 1, "start")) == [False] * 3
    assert not_following(("a", 3, "start"), ("a", 1, "close")) == [True, False]
    # Of one day the step that comes first in the order of steps counts first.
    assert not_following(("a", 1, "relapse"), ("a", 1, "close")) == [False, False]


def test_some_steps_cannot_be_the_first() -> None:
    assert not_following(("a", 1, "relapse")) == [False]
    assert not_following(("a", 1, "relapse"), may_begin=STEPS[:3]) == [True]


@pytest.mark.parametrize(
    ("now", "limits", "is_unlike"),
    [
        (31.0, {"ratio": 3.0}, True),
        (30.0, {"ratio": 3.0}, False),
        (2.0, {"ratio": 3.0}, True),
        (31.0, {"difference": 20.0}, True),
        (30.0, {"difference": 20.0}, False),
        # Many times as much of little is still little.
        (31.0, {"ratio": 3.0, "difference": 25.0}, False),
        (36.0, {"ratio": 3.0, "difference": 25.0}, True),
    ],
)
def test_a_value_is_held_against_last_years(
    now: float, limits: dict[str, float], is_unlike: bool
) -> None:
    rows = pd.DataFrame({"month": ["2018-03"], "source": ["social"], "complaints": [now]})
    last_year = {"complaints": {"-03|social": 10.0}}
    assert list(faults.unlike_last_year(rows, ["month", "source"], last_year, **limits)) == [
        is_unlike
    ]


@pytest.mark.parametrize(
    ("n_now", "n_before", "n_faults"),
    [(10, 5, 0), (11, 5, 1), (5, 10, 0), (4, 10, 1), (3, 0, 0), (0, 3, 1)],
)
def test_a_list_is_about_as_long_as_last_years(n_now: int, n_before: int, n_faults: int) -> None:
    names = [f"{number}" for number in range(n_now)]
    frame = pd.DataFrame({"enterprise": [*names, *names[:1]]})
    assert len(faults.number_unlike_last_year(frame, ["enterprise"], n_before, 2)) == n_faults
