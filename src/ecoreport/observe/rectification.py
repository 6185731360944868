"""How far each problem of a plan has come on a day (整改销号), from the steps of a ledger (台账).

A step claims a state; what it shows proves one, the claimed or a lower one. It raises a problem to
what it proves and keeps it from standing higher than what it claims.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from ecoreport.config.models import Strict
from ecoreport.config.rectification import RectificationItem, problem_id
from ecoreport.config.rectification_states import RectificationState, StateStyle
from ecoreport.config.vocabulary import Maturity

State = RectificationState
Styles = Mapping[State, StateStyle]
LADDER = tuple(State)
RUNGS = (State.NOT_STARTED, State.UNDER_WAY, State.AWAITING_ACCEPTANCE, State.CLOSED)
"""States that a problem climbs one by one; it never climbs to having come back (反弹)."""
DAYS = ("acceptance_date", "publicity_start", "publicity_end")
TEXTS = (
    "document",
    "document_number",
    "evidence_file",
    "person",
    "acceptance_unit",
    "publicity_address",
    "closing_number",
    "remark",
)
MATURITIES = tuple(Maturity)


class Step(Strict):
    """One row of a ledger: on `day` a problem is said to have reached a state."""

    day: dt.date
    claimed: State
    proven: State
    """What it shows: the claimed state, or a lower one where something is lacking."""
    document: str = ""
    document_number: str = ""
    evidence_file: str = ""
    person: str = ""
    acceptance_unit: str = ""
    acceptance_date: dt.date | None = None
    publicity_start: dt.date | None = None
    publicity_end: dt.date | None = None
    publicity_address: str = ""
    closing_number: str = ""
    remark: str = ""
    maturity: Maturity
    source_file: str
    source_sheet: str = ""
    source_row: int

    @property
    def late(self) -> tuple[str, ...]:
        """Columns with a day after the step itself: they show nothing of it."""
        return tuple(name for name in DAYS if (day := getattr(self, name)) and day > self.day)

    @property
    def is_demonstration(self) -> bool:
        """Whether our generator made it."""
        return self.maturity is Maturity.DEMONSTRATION

    def lacks(self, requires: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
        """Return the groups of columns of which none is filled in."""
        late = self.late
        return tuple(
            tuple(group)
            for group in requires
            if not any(getattr(self, name) and name not in late for name in group)
        )


class ProblemState(Strict):
    """How far one problem has come on a last day."""

    plan: str
    problem: str
    """Id of the plan's item."""
    state: State
    since: dt.date | None = None
    """Day of the step that brought it there; none where nothing was reported."""
    steps: tuple[Step, ...] = ()
    """All that was reported up to the last day, earliest first."""
    is_overdue: bool = False
    """Whether the item's deadline has passed and it is not closed."""
    next_state: State | None = None
    """The state to be reached next; none where it is closed."""
    missing: tuple[tuple[str, ...], ...] = ()
    """Columns that `next_state` asks for and that the ledger lacks; of each group one will do."""
    refused: Step | None = None
    """The last step that claimed more than `state` and could not show it."""
    unmet: tuple[str, ...] = ()
    """Commitments of the item that are not met."""

    @property
    def is_inconsistent(self) -> bool:
        """Whether it is closed while a commitment of it is not met (销号与评价不一致)."""
        return self.state is State.CLOSED and bool(self.unmet)

    def last(self, claimed: State) -> Step | None:
        """Return the last step that claims a state."""
        return next((one for one in reversed(self.steps) if one.claimed is claimed), None)


def problem_states(
    plan: str,
    items: Iterable[RectificationItem],
    frame: pd.DataFrame,
    styles: Styles,
    last_day: dt.date,
) -> list[ProblemState]:
    """Return how far each item of a plan has come at the end of `last_day`.

    Parameters
    ----------
    plan : str
    items : iterable of RectificationItem
    frame : pandas.DataFrame
        Canonical rows of ledgers, of any years and in any order; without rows nothing is known.
    styles : mapping of RectificationState to StateStyle
        What each state requires.
    last_day : datetime.date
        Steps after it are not known yet.
    """
    steps = steps_of(frame, styles, last_day)
    return [
        _problem_state(plan, item, steps.get(problem_id(plan, item), []), styles, last_day)
        for item in items
    ]


def steps_of(frame: pd.DataFrame, styles: Styles, last_day: dt.date) -> dict[str, list[Step]]:
    """Return the steps of each problem up to a day, earliest first; a row without a day is none.

    Of rows that tell the same step (a ledger carries on those of last year) the one that shows
    most stays.
    """
    best: dict[tuple[str, tuple[object, ...]], Step] = {}
    for cells in frame.to_dict("records"):
        row = {str(name): cell for name, cell in cells.items()}
        if pd.isna(row["date"]) or pd.Timestamp(row["date"]).date() > last_day:
            continue
        step = _step(row, styles)
        key = (str(row["problem"]), _order(step))
        if key not in best or _rank(step) < _rank(best[key]):
            best[key] = step
    found: dict[str, list[Step]] = {}
    for problem, order in sorted(best):
        found.setdefault(problem, []).append(best[problem, order])
    return found


def _order(step: Step) -> tuple[object, ...]:
    """Return what steps are sorted by; of one day, that a problem came back stands last."""
    return step.day, step.claimed is State.RELAPSED, LADDER.index(step.claimed)


def _rank(step: Step) -> tuple[object, ...]:
    """Return what is least for the row that shows most: proof, then checking, then its place."""
    shown = [bool(getattr(step, name)) for name in (*TEXTS, *DAYS)]
    place = (step.source_file, step.source_sheet, step.source_row)
    return -LADDER.index(step.proven), MATURITIES.index(step.maturity), -sum(shown), place


def _step(row: Mapping[str, Any], styles: Styles) -> Step:
    claimed = State(row["state"])
    step = Step.model_validate(
        {
            **{name: _text(row.get(name)) for name in TEXTS},
            **{name: _day(row.get(name)) for name in DAYS},
            "day": _day(row["date"]),
            "claimed": claimed,
            "proven": claimed,
            "maturity": row["maturity"],
            "source_file": row["source_file"],
            "source_sheet": row["source_sheet"],
            "source_row": row["source_row"],
        }
    )
    return step.model_copy(update={"proven": _proven(step, styles)})


def _proven(step: Step, styles: Styles) -> State:
    """Return the highest state, up to the claimed one, whose every rung a step shows."""
    if step.claimed not in RUNGS:
        return step.claimed
    proven = State.NOT_STARTED
    for rung in RUNGS[: RUNGS.index(step.claimed) + 1]:
        if step.lacks(styles[rung].requires):
            break
        proven = rung
    return proven


def _problem_state(
    plan: str,
    item: RectificationItem,
    steps: Sequence[Step],
    styles: Styles,
    last_day: dt.date,
) -> ProblemState:
    state, since, refused = State.NOT_REPORTED, None, None
    for step in steps:
        reached = _reached(state, step)
        if step.claimed is State.RELAPSED or LADDER.index(reached) < LADDER.index(state):
            refused = None
        if reached is not state:
            state, since = reached, step.day
        if LADDER.index(step.claimed) > LADDER.index(state):
            refused = step
    if refused and LADDER.index(refused.claimed) <= LADDER.index(state):
        refused = None
    following = _next(state)
    requires = styles[following].requires if following else ()
    return ProblemState(
        plan=plan,
        problem=item.id,
        state=state,
        since=since,
        steps=tuple(steps),
        is_overdue=_is_overdue(item, state, last_day),
        next_state=following,
        missing=(refused and refused.lacks(requires)) or requires,
        refused=refused,
    )


def _reached(state: State, step: Step) -> State:
    """Return where a step brings a problem: not below what it proves, nor above what it claims.

    That nothing was begun says nothing of a problem on which work was shown.
    """
    if step.claimed is State.NOT_STARTED:
        return max(state, State.NOT_STARTED, key=LADDER.index)
    return min(max(state, step.proven, key=LADDER.index), step.claimed, key=LADDER.index)


def _next(state: State) -> State | None:
    if state is State.CLOSED:
        return None
    return next(one for one in RUNGS[1:] if LADDER.index(one) > LADDER.index(state))


def _is_overdue(item: RectificationItem, state: State, last_day: dt.date) -> bool:
    return item.deadline is not None and item.deadline <= last_day and state is not State.CLOSED


def _text(cell: object) -> str:
    return "" if cell is None or pd.isna(cell) else str(cell).strip()  # type: ignore[call-overload]


def _day(cell: object) -> dt.date | None:
    missing = cell is None or pd.isna(cell)  # type: ignore[call-overload]
    return None if missing else pd.Timestamp(cell).date()  # type: ignore[arg-type]
