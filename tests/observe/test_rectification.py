"""From steps to states: what a step proves, what it lacks, and what no later step forgets."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoreport.config.load import load_catalogue
from ecoreport.config.rectification_states import RectificationState as State
from ecoreport.observe.rectification import LADDER, ProblemState, problem_states
from ecoreport.project import Project

CATALOGUE = load_catalogue(Project.here())
PLAN = CATALOGUE.plans["wuxi-rectification"]
STYLES = CATALOGUE.rectification_states
ITEM = next(one for one in PLAN.problems if one.id == "dust")
"""With a deadline: the end of 2020."""
NEW_YEARS_EVE = dt.date(2018, 12, 31)
EVIDENCE = {
    "document": "整改报告",
    "document_number": "锡政〔2018〕1号",
    "evidence_file": "证明.pdf",
}
CLOSING = {
    **EVIDENCE,
    "acceptance_unit": "市环保局",
    "acceptance_date": dt.date(2018, 1, 2),
    "publicity_start": dt.date(2018, 1, 3),
    "publicity_end": dt.date(2018, 1, 10),
    "publicity_address": "市政府网站",
    "closing_number": "锡环督〔2018〕7号",
}
COLUMNS = ("problem", "state", "date", *CLOSING, "person", "remark")


def step(state: str, day: dt.date | str | None, **known: object) -> dict[str, Any]:
    when = dt.date.fromisoformat(day) if isinstance(day, str) else day
    return {"problem": f"{PLAN.id}/{ITEM.id}", "state": state, "date": when, **known}


def ledger(*steps: dict[str, Any]) -> pd.DataFrame:
    """Return a canonical frame of steps, each with its row."""
    rows = [
        {"maturity": "audited", "source_file": "台账.xlsx", "source_sheet": "台账", **one}
        | {"source_row": number}
        for number, one in enumerate(steps, start=2)
    ]
    columns = [*COLUMNS, "maturity", "source_file", "source_sheet", "source_row"]
    frame = pd.DataFrame(rows, columns=columns)
    for name in ("date", "acceptance_date", "publicity_start", "publicity_end"):
        frame[name] = pd.to_datetime(frame[name])
    return frame


def reached(frame: pd.DataFrame, last_day: dt.date = NEW_YEARS_EVE) -> ProblemState:
    (found,) = problem_states(PLAN.id, [ITEM], frame, STYLES, last_day)
    return found


STARTED = step("under_way", "2018-02-01", **EVIDENCE)
FINISHED = step("awaiting_acceptance", "2018-06-01", **EVIDENCE)
CLOSED = step("closed", "2018-09-01", **CLOSING)


@pytest.mark.parametrize(
    ("steps", "state", "since"),
    [
        ([], State.NOT_REPORTED, None),
        ([step("not_started", "2018-01-05")], State.NOT_STARTED, "2018-01-05"),
        ([STARTED], State.UNDER_WAY, "2018-02-01"),
        ([STARTED, FINISHED], State.AWAITING_ACCEPTANCE, "2018-06-01"),
        ([STARTED, FINISHED, CLOSED], State.CLOSED, "2018-09-01"),
        ([CLOSED], State.CLOSED, "2018-09-01"),
        ([CLOSED, step("relapsed", "2018-10-01")], State.RELAPSED, "2018-10-01"),
        # Of one day, that it came back stands last.
        ([step("relapsed", "2018-09-01"), CLOSED], State.RELAPSED, "2018-09-01"),
        # Work begins anew only where it is shown.
        (
            [CLOSED, step("relapsed", "2018-10-01"), step("under_way", "2018-11-01")],
            State.RELAPSED,
            "2018-10-01",
        ),
        (
            [CLOSED, step("relapsed", "2018-10-01"), step("under_way", "2018-11-01", **EVIDENCE)],
            State.UNDER_WAY,
            "2018-11-01",
        ),
        # That acceptance was refused needs no evidence.
        ([STARTED, FINISHED, step("under_way", "2018-07-01")], State.UNDER_WAY, "2018-07-01"),
        # Nothing begun, said after work was shown, says nothing.
        ([STARTED, step("not_started", "2018-03-01")], State.UNDER_WAY, "2018-02-01"),
        # What was not shown was not reached; but it was reported.
        ([step("under_way", "2018-02-01")], State.NOT_STARTED, "2018-02-01"),
        ([step("closed", "2018-02-01")], State.NOT_STARTED, "2018-02-01"),
        # A step without a day is none.
        ([step("closed", None, **CLOSING)], State.NOT_REPORTED, None),
    ],
)
def test_states(steps: list[dict[str, Any]], state: State, since: str | None) -> None:
    found = reached(ledger(*steps))
    assert found.state is state
    assert found.since == (dt.date.fromisoformat(since) if since else None)


@pytest.mark.parametrize("lacking", [name for name in CLOSING if name not in EVIDENCE])
def test_a_closing_that_lacks_anything_awaits_acceptance_and_says_what(lacking: str) -> None:
    steps = [STARTED, FINISHED, CLOSED | {lacking: None}]
    found = reached(ledger(*steps))
    assert found.state is State.AWAITING_ACCEPTANCE
    assert found.since == dt.date(2018, 6, 1)
    assert found.refused is not None
    assert found.refused.claimed is State.CLOSED
    assert found.missing == ((lacking,),)


def test_a_closing_without_a_paper_awaits_acceptance_and_says_so() -> None:
    found = reached(ledger(FINISHED, CLOSED | dict.fromkeys(EVIDENCE)))
    assert found.state is State.AWAITING_ACCEPTANCE
    assert found.missing == (tuple(EVIDENCE),)
    # One paper will do.
    found = reached(ledger(FINISHED, CLOSED | dict.fromkeys(EVIDENCE) | {"document": "验收意见"}))
    assert found.state is State.CLOSED


@pytest.mark.parametrize("name", ["acceptance_date", "publicity_end"])
def test_a_closing_does_not_rest_on_what_came_after_it(name: str) -> None:
    found = reached(ledger(FINISHED, CLOSED | {name: dt.date(2018, 9, 2)}))
    assert found.state is State.AWAITING_ACCEPTANCE
    assert found.missing == ((name,),)
    assert found.refused is not None
    assert found.refused.late == (name,)
    assert reached(ledger(FINISHED, CLOSED | {name: dt.date(2018, 9, 1)})).state is State.CLOSED


def test_what_the_next_step_needs() -> None:
    paper = (tuple(EVIDENCE),)
    assert reached(ledger()).missing == reached(ledger(STARTED)).missing == paper
    assert reached(ledger(STARTED)).next_state is State.AWAITING_ACCEPTANCE
    found = reached(ledger(FINISHED))
    assert (found.next_state, found.missing) == (State.CLOSED, STYLES[State.CLOSED].requires)
    found = reached(ledger(CLOSED))
    assert (found.next_state, found.missing, found.refused) == (None, (), None)
    found = reached(ledger(CLOSED | {"closing_number": None}, step("relapsed", "2018-10-01")))
    assert (found.next_state, found.refused) == (State.UNDER_WAY, None)


@pytest.mark.parametrize(
    ("steps", "last_day", "is_overdue"),
    [
        ([STARTED], "2020-12-30", False),
        ([STARTED], "2020-12-31", True),
        ([], "2021-06-30", True),
        ([CLOSED], "2021-06-30", False),
        ([CLOSED, step("relapsed", "2021-01-01")], "2021-06-30", True),
    ],
)
def test_overdue(steps: list[dict[str, Any]], last_day: str, is_overdue: bool) -> None:
    assert reached(ledger(*steps), dt.date.fromisoformat(last_day)).is_overdue is is_overdue


def test_a_ledger_that_carries_on_last_years_rows_tells_each_step_once() -> None:
    again = [STARTED | {"source_file": "2019.xlsx"}, CLOSED | {"source_file": "2019.xlsx"}]
    frame = pd.concat([ledger(STARTED, CLOSED | {"closing_number": None}), ledger(*again)])
    found = reached(frame)
    assert [one.claimed for one in found.steps] == [State.UNDER_WAY, State.CLOSED]
    assert found.state is State.CLOSED


FIRST_DAY = dt.date(2018, 1, 1)
PAPERS = st.lists(st.sampled_from(sorted(CLOSING)), unique=True)
STEPS = st.lists(
    st.builds(
        lambda state, day, papers: step(
            state, FIRST_DAY + dt.timedelta(day), **{name: CLOSING[name] for name in papers}
        ),
        st.sampled_from([one.value for one in LADDER if one is not State.NOT_REPORTED]),
        st.integers(0, 40),
        st.one_of(PAPERS, st.just(sorted(CLOSING))),
    ),
    max_size=6,
)
DAYS = st.integers(-1, 45).map(lambda day: FIRST_DAY + dt.timedelta(day))


def height(steps: list[dict[str, Any]], last_day: dt.date = NEW_YEARS_EVE) -> int:
    return LADDER.index(reached(ledger(*steps), last_day).state)


@settings(deadline=None, max_examples=60)
@given(STEPS, st.data())
def test_without_a_step_a_problem_never_stands_better_unless_the_step_brought_it_down(
    steps: list[dict[str, Any]], data: st.DataObject
) -> None:
    if not steps:
        return
    place = data.draw(st.integers(0, len(steps) - 1))
    gone, left = steps[place], [*steps[:place], *steps[place + 1 :]]
    before = height(left, gone["date"])
    claimed = LADDER.index(State(gone["state"]))
    if claimed >= before or gone["state"] == State.NOT_STARTED:
        assert height(left) <= height(steps)


@settings(deadline=None, max_examples=60)
@given(STEPS)
def test_no_problem_stands_higher_than_a_step_claims(steps: list[dict[str, Any]]) -> None:
    claims = [LADDER.index(State(one["state"])) for one in steps]
    assert height(steps) <= max(claims, default=0)


@settings(deadline=None, max_examples=60)
@given(STEPS, DAYS, DAYS)
def test_a_later_day_forgets_no_step(
    steps: list[dict[str, Any]], one: dt.date, other: dt.date
) -> None:
    frame, (first, later) = ledger(*steps), sorted((one, other))
    known, all_known = reached(frame, first).steps, reached(frame, later).steps
    assert all_known[: len(known)] == known


@settings(deadline=None, max_examples=60)
@given(STEPS, st.integers(41, 60))
def test_a_problem_that_came_back_last_has_come_back(steps: list[dict[str, Any]], day: int) -> None:
    relapse = step("relapsed", FIRST_DAY + dt.timedelta(day))
    assert reached(ledger(*steps, relapse)).state is State.RELAPSED


@settings(deadline=None, max_examples=60)
@given(STEPS, st.randoms())
def test_rows_may_stand_in_any_order(steps: list[dict[str, Any]], random: Any) -> None:
    frame = ledger(*steps)
    order = list(range(len(frame)))
    random.shuffle(order)
    assert reached(frame.iloc[order]) == reached(frame)


@settings(deadline=None, max_examples=60)
@given(STEPS, DAYS)
def test_closed_is_only_what_has_all_that_closing_requires(
    steps: list[dict[str, Any]], last_day: dt.date
) -> None:
    found = reached(ledger(*steps), last_day)
    if found.state is State.CLOSED:
        closing = found.last(State.CLOSED)
        assert any(
            not one.lacks(STYLES[State.CLOSED].requires)
            for one in found.steps
            if one.claimed is State.CLOSED
        )
        assert closing is not None
        assert found.missing == ()
    else:
        assert found.missing or found.state is State.CLOSED
