"""What the calendar does to a judgement: deadlines, interim values, the plan's term."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from ecoreport.assess.compare import is_met, shown
from ecoreport.assess.context import Context
from ecoreport.assess.judgement import Judgement
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import ONE_TIME, Kind, Verdict
from ecoreport.message import N_, message

Judge = Callable[[Commitment, Context], Judgement]

GATHERED = {Kind.COUNT_DONE, Kind.SHARE_DONE}
"""What grows through the year, and is held against the share of the year that has passed."""
OPEN = {Verdict.NO_DATA, Verdict.TO_CONFIRM}


def judge_in_time(
    commitment: Commitment, context: Context, deadline: dt.date | None, judge: Judge
) -> Judgement:
    """Judge a commitment as of the last day read.

    Parameters
    ----------
    deadline : date or None
        Its own, or that of the composite it is a part of; None falls due every year.
    judge : callable
        Judges it as if it were due.
    """
    judgement = _or_done_earlier(commitment, context, judge)
    is_broken = commitment.kind is Kind.EVENT_FREE and judgement.verdict is Verdict.NOT_MET
    if _is_term_over(commitment, context):
        return judgement.model_copy(
            update={"verdict": Verdict.NOT_APPLICABLE, "reason": "term_over", "fragility": ()}
        )
    # What has happened cannot be undone by the deadline.
    if is_broken or not is_ahead(deadline, context.last_day):
        return judgement
    assert deadline is not None  # noqa: S101 - else it were not ahead
    path = context.path.get(commitment.id, {})
    due_this_year = deadline.year == context.pair.year
    if context.is_partial and commitment.kind in GATHERED and judgement.value is not None:
        goal = path.get(context.pair.year, commitment.value if due_this_year else None)
        if goal is not None and commitment.operator in {">=", ">"}:
            return _held_against_time(commitment, context, judgement, goal, deadline)
    passed = [year for year in path if year <= context.pair.year]
    if passed:
        interim = _judge_interim(commitment, context, path[max(passed)], judge)
        if max(passed) == context.pair.year or interim.verdict is Verdict.BEHIND:
            return interim
    return judgement.model_copy(
        update={
            "verdict": Verdict.NOT_DUE,
            "so_far": judgement.verdict,
            "reason": "deadline_ahead",
            "fragility": (),
            "path_value": even_path(commitment, context, deadline),
        }
    )


def is_ahead(deadline: dt.date | None, last_day: dt.date) -> bool:
    """Whether there is still time: then nothing is judged as missed or met."""
    return deadline is not None and deadline > last_day


def _is_term_over(commitment: Commitment, context: Context) -> bool:
    term = context.terms.get(commitment.id)
    if term is None or context.pair.year < term.stop:
        return False
    return not (commitment.is_kept or commitment.kind in ONE_TIME)


def _or_done_earlier(commitment: Commitment, context: Context, judge: Judge) -> Judgement:
    """Judge a commitment; what was done once in an earlier year of its plan is still done."""
    judgement = judge(commitment, context)
    term = context.terms.get(commitment.id)
    if term is None or commitment.kind not in ONE_TIME or judgement.verdict not in OPEN:
        return judgement
    for year in range(context.pair.year - 1, term.start - 1, -1):
        earlier = judge(commitment, context.in_year(year))
        if earlier.verdict is Verdict.MET:
            note = message(N_("{year}年已完成"), year=year)
            return earlier.model_copy(
                update={
                    "year": context.pair.year,
                    "as_of": judgement.as_of,
                    "fragility": (),
                    "notes": (*earlier.notes, note),
                }
            )
    return judgement


INTERIM = {Verdict.MET: Verdict.ON_TRACK, Verdict.NOT_MET: Verdict.BEHIND}


def _judge_interim(
    commitment: Commitment, context: Context, interim: Decimal, judge: Judge
) -> Judgement:
    """Hold a commitment whose deadline lies ahead against what is asked of this year."""
    judgement = judge(commitment.model_copy(update={"value": interim}), context)
    verdict = INTERIM.get(judgement.verdict, judgement.verdict)
    return judgement.model_copy(
        update={"verdict": verdict, "reason": judgement.reason or "interim_value"}
    )


def _held_against_time(
    commitment: Commitment,
    context: Context,
    judgement: Judgement,
    goal: Decimal,
    deadline: dt.date,
) -> Judgement:
    """Hold what was done so far against the share of the time that has passed (序时进度).

    A plan of one year begins at nought; in a later year of a plan last year's value is the start.
    """
    first = dt.date(context.pair.year, 1, 1)
    last = min(deadline, dt.date(context.pair.year, 12, 31))
    share = Fraction((context.last_day - first).days + 1, (last - first).days + 1)
    begun = _start_of_year(commitment, context)
    asked = Fraction(begun) + (Fraction(goal) - Fraction(begun)) * share
    assert judgement.value is not None  # noqa: S101 - the caller's condition
    is_kept = is_met(judgement.value, ">=", Decimal(goal)) or Fraction(judgement.value) >= asked
    return judgement.model_copy(
        update={
            "verdict": Verdict.ON_TRACK if is_kept else Verdict.BEHIND,
            "reason": "share_of_year" if is_kept else "behind_share_of_year",
            "fragility": (),
            "path_value": shown(asked),
            "notes": (
                *judgement.notes,
                message(N_("时间已过{percent}%"), percent=shown(100 * share)),
            ),
        }
    )


def _start_of_year(commitment: Commitment, context: Context) -> Decimal:
    term = context.terms.get(commitment.id)
    if term is None or term.start == context.pair.year:
        return Decimal(0)
    before = context.find(commitment.indicator, context.pair.year - 1)
    return Decimal(0) if before is None or before.chosen.value is None else before.chosen.value


def even_path(commitment: Commitment, context: Context, deadline: dt.date) -> Decimal | None:
    """Return what an even way from the base to the target asks at the end of the year judged.

    Ours, not the plan's: it is shown for reference (参考进度) and decides nothing. None without
    a base, or without a number to reach.
    """
    if commitment.value is None or deadline.year <= context.pair.year:
        return None
    is_change = commitment.kind in {Kind.REDUCTION, Kind.GROWTH}
    term = context.terms.get(commitment.id)
    base_year = commitment.base_year
    if base_year is None and not is_change and term is not None:
        base_year = term.start - 1
    if base_year is None or not base_year < context.pair.year:
        return None
    start: Decimal | None = Decimal(0)
    if not is_change:
        base = context.find(commitment.indicator, base_year)
        start = base.chosen.value if base else None
    if start is None or commitment.kind is Kind.CLASS_LIMIT:
        return None
    share = Fraction(context.pair.year - base_year, deadline.year - base_year)
    return shown(Fraction(start) + (Fraction(commitment.value) - Fraction(start)) * share)
