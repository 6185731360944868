import datetime as dt
from decimal import Decimal

import pandas as pd
import pytest
from air_year import catalogue, observations
from hypothesis import given
from hypothesis import strategies as st

from ecoreport.assess.derive import DERIVATIONS
from ecoreport.observe import statistics
from ecoreport.observe.reported import months_of

EVENTS = "institutional.major_environmental_events"
PLAN = "institutional.plan"
FOREST = "greening.forest_cover"
COMMON = {
    "document": "文件",
    "document_number": "泰海〔2019〕1号",
    "evidence_file": "材料.pdf",
    "department": "hailing-environment",
    "confirmed_by": "王",
    "confirmed_on": pd.Timestamp("2019-01-15"),
    "maturity": "audited",
    "source_file": "data/raw/air.xlsx",
    "source_sheet": "上报值",
}


def rows(dataset, *changes):
    """Return what is observed of a dataset of some rows, each a few cells beside the usual."""
    made = [
        {**COMMON, "source_row": number, **change} for number, change in enumerate(changes, start=5)
    ]
    return {dataset: pd.DataFrame(made)}


def reported(*changes):
    usual = {"indicator": FOREST, "period": "2018", "value": 22.7, "basis": "全区"}
    as_is = {"value_as_reported": "22.7", "unit_as_reported": "%"}
    return observations(rows("reported", *({**usual, **as_is, **one} for one in changes)))


def returns(*changes, as_of=None):
    usual = {"indicator": EVENTS, "events": 0.0}
    found = observations(rows("nil_returns", *({**usual, **one} for one in changes)), as_of)
    (one,) = found.values()
    return one


def months(*numbers, **known):
    ends = {month: pd.Period(f"2018-{month:02d}").end_time.normalize() for month in numbers}
    return [
        {"period": f"2018-{month:02d}", "confirmed_on": end, **known} for month, end in ends.items()
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [(22.7, "22.7"), (0.1 + 0.2, "0.30000000000000004"), (100.0, "100"), (-1.0, "-1"), (0.0, "0")],
)
def test_a_figure_is_the_decimal_that_was_written(cell, expected):
    (found,) = reported({"value": cell}).values()
    assert str(found.value) == expected


def test_a_figure_knows_where_it_stands():
    (found,) = reported({}).values()
    assert found.id == f"hailing/2018/{FOREST}/2018/audited"
    (source,) = found.trace.sources
    assert (source.file, source.sheet, source.rows) == ("data/raw/air.xlsx", "上报值", (5,))
    assert (found.basis.place, found.trace.substituted) == ("全区", "22.7 %")
    assert (found.has_document, found.has_evidence_file) == (True, True)
    assert not found.trace.is_verified


def test_a_figure_in_another_unit_shows_both():
    (found,) = reported({"value_as_reported": "0.227", "unit_as_reported": "小数"}).values()
    assert found.trace.substituted == "0.227 小数 = 22.7 %"


def test_a_blank_figure_is_no_figure():
    assert reported({"value": float("nan")}) == {}


def test_two_figures_of_one_maturity_have_two_ids():
    found = reported({}, {"value": 25.0, "basis": "城区"}, {"maturity": "verified"})
    assert list(found) == [
        f"{FOREST}/2018/audited",
        f"{FOREST}/2018/audited/2",
        f"{FOREST}/2018/verified",
    ]


def test_a_confirmation_says_who_and_when():
    (found,) = observations(
        rows("confirmations", {"indicator": PLAN, "period": "2018", "status": "done"})
    ).values()
    assert (found.value, found.text) == (None, "done")
    assert (found.confirmed_by, found.confirmed_on) == ("王", dt.date(2019, 1, 15))


@pytest.mark.parametrize(
    ("found", "n_covered", "is_sufficient"),
    [
        (months(*range(1, 13)), 12, True),
        (months(*range(1, 12)), 11, False),
        ([{"period": "2018"}], 12, True),
        ([{"period": f"2018-Q{quarter}"} for quarter in (1, 2, 3, 4)], 12, True),
        ([{"period": "2018-H1"}, {"period": "2018-Q3"}], 9, False),
        ([*months(*range(1, 12)), *months(12, confirmed_by="")], 11, False),
        ([*months(*range(1, 13)), *months(1)], 12, True),
    ],
)
def test_a_nil_return_covers_its_months(found, n_covered, is_sufficient):
    one = returns(*found)
    assert (one.value, one.trace.n_used, one.trace.n_expected) == (0, n_covered, 12)
    assert one.is_sufficient is is_sufficient
    assert one.reason == ("" if is_sufficient else "nil_return_missing")


def test_events_count_whoever_signed_them():
    found = returns(*months(*range(1, 12)), *months(12, events=2.0, confirmed_by=""))
    assert (found.value, found.is_sufficient) == (2, False)
    assert found.trace.substituted.endswith("0 + 2 = 2")


def test_events_that_two_returns_may_tell_of_are_said_to_be_so():
    found = returns({"period": "2018", "events": 1.0}, *months(3, events=1.0))
    assert found.value == 2
    assert found.trace.notes
    assert not returns({"period": "2018"}, *months(3)).trace.notes


@pytest.mark.parametrize(
    ("as_of", "n_expected", "is_sufficient"),
    [((2018, 9, 30), 9, True), ((2018, 10, 15), 9, True), ((2018, 10, 31), 10, False)],
)
def test_as_of_expects_returns_of_months_that_have_ended(as_of, n_expected, is_sufficient):
    later = months(11, events=1.0)
    found = returns(*months(*range(1, 10)), *later, as_of=dt.date(*as_of))
    assert (found.value, found.trace.n_expected) == (0, n_expected)
    assert found.is_sufficient is is_sufficient


def test_in_the_first_weeks_of_a_year_no_return_can_be_expected():
    signed = {"period": "2018-01", "confirmed_on": pd.Timestamp("2018-01-10")}
    found = returns(signed, as_of=dt.date(2018, 1, 15))
    assert (found.is_sufficient, found.completeness) == (False, None)


def test_returns_rest_on_all_their_files_and_on_the_weakest():
    found = returns(*months(*range(1, 12)), *months(12, maturity="provisional"))
    assert str(found.maturity) == "provisional"
    assert found.trace.sources[0].rows == tuple(range(5, 17))


def test_a_blank_return_covers_nothing():
    assert (
        observations(rows("nil_returns", {"indicator": EVENTS, "period": "2018", "events": None}))
        == {}
    )


def test_a_table_without_a_row_for_a_place_tells_nothing_of_part_of_a_year():
    none = rows("nil_returns", {"indicator": EVENTS, "period": "2018-01", "events": 0.0})
    frames = {name: frame.iloc[:0] for name, frame in none.items()}
    assert observations(frames, as_of=dt.date(2018, 9, 30)) == {}


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2018", tuple(range(1, 13))),
        ("2018-H2", tuple(range(7, 13))),
        ("2018-Q2", (4, 5, 6)),
        ("2018-03", (3,)),
        ("2017-03", ()),
        ("2018-13", ()),
        ("2018-Q5", ()),
        ("", ()),
    ],
)
def test_the_months_of_a_period(period, expected):
    assert months_of(period, 2018) == expected


@given(st.text(max_size=9))
def test_any_text_is_some_months_or_none(text):
    assert set(months_of(text, 2018)) <= set(range(1, 13))


def test_every_statistic_has_a_function_and_every_function_is_used():
    named = {one.statistic for one in catalogue().observed()}
    assert named == set(statistics()) | set(DERIVATIONS)
    assert not set(statistics()) & set(DERIVATIONS)
    for one in catalogue().indicators.values():
        if one.statistic in DERIVATIONS:
            assert one.argument in catalogue().indicators


def test_exact_decimals_survive_a_file():
    (found,) = reported({"value": 95.1}).values()
    again = type(found).model_validate_json(found.model_dump_json(exclude_defaults=True))
    assert again == found
    assert again.value == Decimal("95.1")


@pytest.mark.parametrize(
    ("period", "is_known"),
    [("2018", False), ("2018-Q3", True), ("2018-09", True), ("2018-10", False)],
)
def test_as_of_reads_no_figure_of_what_had_not_ended(period, is_known):
    usual = {"indicator": FOREST, "value": 22.7, "basis": "全区", "confirmed_on": pd.NaT}
    found = observations(rows("reported", {**usual, "period": period}), dt.date(2018, 9, 30))
    assert bool(found) is is_known


@pytest.mark.parametrize(("day", "is_known"), [("2018-09-30", True), ("2018-10-01", False)])
def test_as_of_reads_no_confirmation_of_later_days(day, is_known):
    row = {"indicator": PLAN, "period": "2018", "status": "done", "confirmed_on": pd.Timestamp(day)}
    found = observations(rows("confirmations", row), dt.date(2018, 9, 30))
    assert bool(found) is is_known


def test_a_better_checked_return_takes_the_place_of_an_earlier_one():
    found = returns(*months(3, events=1.0, maturity="provisional"), *months(3, events=0.0))
    assert found.value == 0
