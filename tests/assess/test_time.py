"""What the calendar does to a judgement: deadlines, interim values, terms, the year so far."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging import PAIR, assigned, commitment, context, observed

from ecoreport.assess import assess
from ecoreport.assess.context import Context
from ecoreport.assess.judgement import Judgement
from ecoreport.config.load import load_catalogue
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import Verdict
from ecoreport.project import Pair, Project

SETTINGS = load_catalogue(Project.here()).assessment
NEXT_DEADLINE = dt.date(2020, 12, 31)
TERM = {"hailing/90": range(2017, 2021)}


def judge(one: Commitment, where: Context) -> Judgement:
    judgements, _derived = assess([one], {}, where)
    return judgements[0]


def in_year(year: int, *observations: Any, **known: Any) -> Context:
    """Return a context of the whole of another year."""
    return context(
        *observations,
        last_day=dt.date(year, 12, 31),
        period=str(year),
        pair=Pair(PAIR.district, year),
        **known,
    )


@pytest.mark.parametrize(
    ("value", "path", "expected", "so_far"),
    [
        pytest.param("60", {2018: "60"}, Verdict.ON_TRACK, None, id="at the interim value"),
        pytest.param("59.9", {2018: "60"}, Verdict.BEHIND, None, id="just short of it"),
        pytest.param("59.9", {2017: "60"}, Verdict.BEHIND, None, id="short of last year's"),
        pytest.param("61", {2017: "60"}, Verdict.NOT_DUE, Verdict.NOT_MET, id="past last year's"),
        pytest.param("61", {2019: "70"}, Verdict.NOT_DUE, Verdict.NOT_MET, id="of a later year"),
        pytest.param("81", {}, Verdict.NOT_DUE, Verdict.MET, id="none at all"),
        pytest.param(None, {2018: "60"}, Verdict.NO_DATA, None, id="nothing reported"),
    ],
)
def test_only_what_the_plan_or_a_letter_gives_for_a_year_is_on_track_or_behind(
    value: str | None, path: dict[int, str], expected: Verdict, so_far: Verdict | None
) -> None:
    found = [observed(value)] if value else []
    points = {"hailing/90": {year: Decimal(point) for year, point in path.items()}}
    judged = judge(commitment(deadline=NEXT_DEADLINE), context(*found, path=points))
    assert (judged.verdict, judged.so_far) == (expected, so_far)


def test_our_even_path_is_for_reference_and_decides_nothing() -> None:
    one = commitment(deadline=NEXT_DEADLINE)
    where = context(observed("60", year=2016), observed("61"), terms=TERM)
    judged = judge(one, where)
    # From 60 in 2016 to 80 in 2020: half the way by 2018.
    assert (judged.verdict, judged.path_value) == (Verdict.NOT_DUE, Decimal(70))
    assert judge(one, context(observed("61"), terms=TERM)).path_value is None


def test_the_even_path_of_a_cut_begins_at_nought_in_its_base_year() -> None:
    one = commitment(
        "reduction", operator=">=", value=Decimal(25), unit="%", base_year=2015,
        deadline=NEXT_DEADLINE,
    )  # fmt: skip
    where = context(observed("100", year=2015), observed("88"), terms=TERM)
    judged = judge(one, where)
    assert (judged.path_value, judged.value) == (Decimal(15), Decimal(12))


@pytest.mark.parametrize(
    ("known", "status", "expected"),
    [
        pytest.param({}, "50", Verdict.NOT_APPLICABLE, id="a level is over with its plan"),
        pytest.param({"is_kept": True}, "50", Verdict.NOT_MET, id="unless it is to be kept"),
        pytest.param({"is_kept": True}, "80", Verdict.MET, id="and it was kept"),
    ],
)
def test_after_the_plans_last_year(known: dict[str, Any], status: str, expected: Verdict) -> None:
    one = commitment(deadline=NEXT_DEADLINE, **known)
    assert judge(one, in_year(2021, observed(status, year=2021), terms=TERM)).verdict is expected


def test_what_was_done_once_is_still_done() -> None:
    one = commitment("milestone", target_zh="建成", deadline=dt.date(2017, 12, 31))
    done = observed(
        None, year=2017, text="done", confirmed_by="王五", confirmed_on=dt.date(2018, 1, 5)
    )
    for year in (2018, 2021):
        judged = judge(one, in_year(year, done, terms=TERM))
        assert (judged.verdict, judged.year) == (Verdict.MET, year)
        assert "2017" in str(judged.notes[-1])


def test_what_was_not_done_by_its_deadline_stays_open_until_it_is() -> None:
    one = commitment("milestone", target_zh="建成", deadline=dt.date(2017, 12, 31))
    begun = observed(None, year=2017, text="started", confirmed_by="王五")
    assert judge(one, in_year(2021, begun, terms=TERM)).verdict is Verdict.TO_CONFIRM
    late = observed(None, year=2021, text="done", confirmed_by="王五")
    assert judge(one, in_year(2021, begun, late, terms=TERM)).verdict is Verdict.MET


def so_far(value: str, day: dt.date, **known: Any) -> Judgement:
    """Judge a count of 100 by the end of 2018, as of a day."""
    label = f"2018-01-01/{day.isoformat()}"
    one = commitment(
        **{"kind": "count_done", "operator": ">=", "value": Decimal(100), "unit": "台",
           "deadline": dt.date(2018, 12, 31)} | known
    )  # fmt: skip
    found = observed(value, period=label, unit="台")
    where = context(
        found, last_day=day, period=label, is_partial=True, terms={"hailing/90": range(2018, 2019)}
    )
    return judge(one, where)


@pytest.mark.parametrize(
    ("value", "day", "expected"),
    [
        pytest.param("74", dt.date(2018, 9, 30), Verdict.BEHIND, id="273 of 365 days ask 74.79"),
        pytest.param("75", dt.date(2018, 9, 30), Verdict.ON_TRACK, id="just enough"),
        pytest.param("100", dt.date(2018, 3, 31), Verdict.ON_TRACK, id="done early"),
        pytest.param("24", dt.date(2018, 3, 31), Verdict.BEHIND, id="90 of 365 days ask 24.66"),
    ],
)
def test_counts_are_held_against_the_share_of_the_year(
    value: str, day: dt.date, expected: Verdict
) -> None:
    judged = so_far(value, day)
    assert judged.verdict is expected
    assert judged.path_value is not None


def test_a_deadline_within_the_year_has_a_year_of_its_own() -> None:
    early = so_far("60", dt.date(2018, 3, 31), deadline=dt.date(2018, 6, 30))
    # 90 of 181 days.
    assert (early.verdict, early.path_value) == (Verdict.ON_TRACK, Decimal("49.72"))


def test_a_later_year_of_a_plan_begins_where_the_last_one_ended() -> None:
    day = dt.date(2018, 6, 30)
    label = f"2018-01-01/{day.isoformat()}"
    one = commitment(
        "count_done", operator=">=", value=Decimal(100), unit="台", deadline=dt.date(2018, 12, 31)
    )
    where = context(
        observed("60", year=2017, unit="台"),
        observed("70", period=label, unit="台"),
        last_day=day,
        period=label,
        is_partial=True,
        terms=TERM,
    )
    judged = judge(one, where)
    # 181 of 365 days: 60 + 40 x 0.4959 = 79.84.
    assert (judged.verdict, judged.path_value) == (Verdict.BEHIND, Decimal("79.84"))


@given(
    value=st.integers(0, 200),
    more=st.integers(0, 100),
    day=st.dates(dt.date(2018, 1, 1), dt.date(2018, 12, 30)),
)
def test_more_done_is_never_further_behind(value: int, more: int, day: dt.date) -> None:
    order = [Verdict.BEHIND, Verdict.ON_TRACK]
    less, greater = so_far(str(value), day), so_far(str(value + more), day)
    assert order.index(less.verdict) <= order.index(greater.verdict)


PERIODS = {
    "monthly": [f"2018-{month:02d}" for month in range(1, 13)],
    "quarterly": [f"2018-Q{quarter}" for quarter in range(1, 5)],
    "half_yearly": ["2018-H1", "2018-H2"],
    "yearly": ["2018"],
}


@pytest.mark.parametrize("frequency", PERIODS)
@pytest.mark.parametrize("case", ["all done", "one not done", "one missing", "none"])
def test_a_duty_that_comes_back_is_judged_by_each_of_its_periods(frequency: str, case: str) -> None:
    periods = PERIODS[frequency]
    texts: dict[str, str] = dict.fromkeys(periods, "done")
    if case == "one not done":
        texts[periods[-1]] = "not_done"
    if case == "one missing":
        del texts[periods[0]]
    if case == "none":
        texts = {}
    found = [
        observed(None, period=period, text=text, confirmed_by="王五")
        for period, text in texts.items()
    ]
    judged = judge(commitment("recurring", frequency=frequency, target_zh="每期"), context(*found))
    missing = Verdict.NO_DATA if len(periods) == 1 else Verdict.INSUFFICIENT_DATA
    expected = {
        "all done": Verdict.MET,
        "one not done": Verdict.NOT_MET,
        "one missing": missing,
        "none": Verdict.NO_DATA,
    }
    assert judged.verdict is expected[case]
    assert judged.target == len(periods)


def test_two_exposures_a_month_must_be_two_in_every_month() -> None:
    one = commitment("recurring", frequency="monthly", operator=">=", value=Decimal(2), unit="次")
    months = [observed("2", period=period, unit="次") for period in PERIODS["monthly"]]
    assert judge(one, context(*months)).verdict is Verdict.MET
    months[6] = observed("1", period="2018-07", unit="次")
    judged = judge(one, context(*months))
    assert (judged.verdict, judged.value) == (Verdict.NOT_MET, Decimal(11))
    assert "2018-07" in str(judged.notes[0])


def test_a_bulletin_of_one_quarter_is_due_when_that_quarter_is_over() -> None:
    one = commitment("recurring", frequency="yearly", due_in="Q2", target_zh="通报")
    spring = context(last_day=dt.date(2018, 3, 31), period="2018-01-01/2018-03-31", is_partial=True)
    assert judge(one, spring).verdict is Verdict.NOT_DUE
    summer = observed(None, period="2018-Q2", text="done", confirmed_by="王五")
    assert judge(one, context(summer)).verdict is Verdict.MET


def test_a_plan_that_has_not_begun_is_not_judged() -> None:
    found = observed("10", year=2016)
    judged = judge(commitment(), in_year(2016, found, terms=TERM))
    assert (judged.verdict, judged.so_far) == (Verdict.NOT_DUE, Verdict.NOT_MET)
    event = commitment("event_free")
    broken = judge(event, in_year(2016, observed("1", year=2016), terms=TERM))
    assert broken.verdict is Verdict.NOT_DUE


def test_what_is_only_striven_for_is_never_behind() -> None:
    fuzzy = {str(word): one for word, one in SETTINGS.fuzzy.items()}
    day = dt.date(2018, 9, 30)
    label = f"2018-01-01/{day.isoformat()}"
    one = commitment(
        "count_done", operator=">=", value=Decimal(100), unit="台", fuzzy="strive",
        deadline=dt.date(2018, 12, 31),
    )  # fmt: skip
    where = context(
        observed("1", period=label, unit="台"), last_day=day, period=label, is_partial=True,
        fuzzy=fuzzy, terms={"hailing/90": range(2018, 2019)},
    )  # fmt: skip
    assert judge(one, where).verdict is Verdict.NOT_DUE


def test_too_few_data_are_neither_on_track_nor_behind() -> None:
    day = dt.date(2018, 6, 30)
    label = f"2018-01-01/{day.isoformat()}"
    one = commitment(
        "count_done", operator=">=", value=Decimal(100), unit="台", deadline=dt.date(2018, 12, 31)
    )
    few = observed("26", period=label, unit="台", is_sufficient=False, reason="later_not_reported")
    where = context(few, last_day=day, period=label, is_partial=True)
    judged = judge(one, where)
    assert (judged.verdict, judged.so_far) == (Verdict.NOT_DUE, Verdict.INSUFFICIENT_DATA)


def test_a_half_and_a_quarter_from_january_are_what_is_so_far() -> None:
    day = dt.date(2018, 6, 30)
    known = {"last_day": day, "period": "2018-01-01/2018-06-30", "is_partial": True}
    one = commitment(
        "count_done", operator=">=", value=Decimal(100), unit="台", deadline=dt.date(2018, 12, 31)
    )
    half = observed("60", period="2018-H1", unit="台")
    judged = judge(one, context(half, terms={"hailing/90": range(2018, 2019)}, **known))
    assert (judged.verdict, judged.value) == (Verdict.ON_TRACK, Decimal(60))


@pytest.mark.parametrize(
    ("letter", "value", "expected", "target"),
    [
        pytest.param("85", "84", Verdict.NOT_MET, "85", id="a stricter letter is judged"),
        pytest.param("75", "78", Verdict.NOT_MET, "80", id="a weaker one never softens the plan"),
        pytest.param("75", "80", Verdict.MET, "80", id="and the plan's own value holds"),
    ],
)
def test_the_stricter_of_plan_and_letter(
    letter: str, value: str, expected: Verdict, target: str
) -> None:
    judged = judge(commitment(), context(observed(value), assigned=assigned(letter)))
    assert (judged.verdict, judged.target) == (expected, Decimal(target))
    assert str(judged.notes[-1])


def test_a_period_that_nobody_signed_is_to_be_confirmed() -> None:
    found = [
        observed(None, period=period, text="done", confirmed_by="" if "Q3" in period else "王五")
        for period in PERIODS["quarterly"]
    ]
    one = commitment("recurring", frequency="quarterly", target_zh="每季")
    judged = judge(one, context(*found))
    assert (judged.verdict, judged.reason) == (Verdict.TO_CONFIRM, "unsigned")


def test_a_recurring_duty_is_no_better_known_than_its_weakest_period() -> None:
    maturities = ("verified", "provisional", "audited", "audited")
    found = [
        observed(None, period=period, text="done", confirmed_by="王五", maturity=maturity)
        for period, maturity in zip(PERIODS["quarterly"], maturities, strict=True)
    ]
    one = commitment("recurring", frequency="quarterly", target_zh="每季")
    assert judge(one, context(*found)).maturity == "provisional"


def test_a_period_that_ended_undone_is_not_made_up_by_the_deadline() -> None:
    one = commitment(
        "recurring", frequency="quarterly", target_zh="每季", deadline=dt.date(2018, 12, 31)
    )
    failed = observed(None, period="2018-Q1", text="not_done", confirmed_by="王五")
    spring = {"last_day": dt.date(2018, 3, 31), "period": "2018-01-01/2018-03-31"}
    assert judge(one, context(failed, is_partial=True, **spring)).verdict is Verdict.NOT_MET
    yearly = commitment("recurring", frequency="yearly", target_zh="每年")
    assert judge(yearly, context(is_partial=True, **spring)).verdict is Verdict.NOT_DUE


def test_periods_that_ended_before_the_plan_was_issued_are_not_asked() -> None:
    one = commitment("recurring", frequency="quarterly", target_zh="每季")
    found = [
        observed(None, period=period, text="done", confirmed_by="王五")
        for period in PERIODS["quarterly"][1:]
    ]
    judged = judge(one, context(*found, issued={"hailing/90": dt.date(2018, 4, 27)}))
    assert (judged.verdict, judged.target) == (Verdict.MET, 3)
