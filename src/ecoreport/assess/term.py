"""What the calendar does to a judgement: deadlines, interim values, the plan's term."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from ecoreport.assess.compare import is_met, shown
from ecoreport.assess.context import Context
from ecoreport.assess.judgement import Judgement
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import CHANGES, ONE_TIME, Kind, Verdict
from ecoreport.message import N_, message

Judge = Callable[[Commitment, Context], Judgement]

GATHERED = {Kind.COUNT_DONE, Kind.SHARE_DONE}
"""What grows through the year, and is held against the share of the year that has passed."""
OF_THE_YEAR = {
    Kind.LEVEL,
    Kind.NOT_LOWER,
    Kind.REDUCTION,
    Kind.GROWTH,
    Kind.CLASS_LIMIT,
    Kind.ASSIGNED,
}
"""Numbers of a year, known when it is over."""
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
    term = context.terms.get(commitment.id)
    if term is not None and context.pair.year < term.start:
        return _waiting(judgement, "plan_not_begun")
    if _is_term_over(commitment, context):
        return judgement.model_copy(
            update={"verdict": Verdict.NOT_APPLICABLE, "reason": "term_over", "fragility": ()}
        )
    # What has happened, or was not done in its period, cannot be undone by the deadline.
    is_broken = commitment.kind is Kind.EVENT_FREE and judgement.verdict is Verdict.NOT_MET
    if is_broken or commitment.kind is Kind.RECURRING:
        return judgement
    if deadline is None or not is_ahead(deadline, context.last_day):
        return _by_letter(commitment, context, judge, judgement)
    found = _so_far(commitment, context, deadline, judge, judgement)
    if found is not None:
        return found
    waiting = _waiting(judgement, "deadline_ahead")
    return waiting.model_copy(update={"path_value": even_path(commitment, context, deadline)})


def deadline_of(
    commitment: Commitment, wholes: Mapping[str, Commitment], context: Context
) -> dt.date | None:
    """Return the day by which a commitment falls due; None where it is due all the time.

    Its own, or that of the composite it is a part of. Without one a count is due when its plan
    ends, and a number of a year when the year ends.
    """
    whole = wholes.get(commitment.part_of)
    deadline = commitment.deadline or (whole.deadline if whole else None)
    term = context.terms.get(commitment.id)
    if deadline is None and commitment.kind in GATHERED and term is not None:
        return dt.date(max(term.stop - 1, context.pair.year), 12, 31)
    if deadline is None and commitment.kind in OF_THE_YEAR:
        return dt.date(context.pair.year, 12, 31)
    return deadline


def _waiting(judgement: Judgement, reason: str) -> Judgement:
    """Return a judgement outside the counts, with what its present value would come to."""
    return judgement.model_copy(
        update={
            "verdict": Verdict.NOT_DUE,
            "so_far": judgement.so_far or judgement.verdict,
            "reason": reason,
            "fragility": (),
        }
    )


def _so_far(
    commitment: Commitment,
    context: Context,
    deadline: dt.date,
    judge: Judge,
    judgement: Judgement,
) -> Judgement | None:
    """Hold what is so far against what is asked by now; None where nothing says what that is."""
    path = context.path.get(commitment.id, {})
    if context.is_partial:
        # A mean of some months says nothing of the year's; a count does.
        due_this_year = deadline.year == context.pair.year
        goal = path.get(context.pair.year, commitment.value if due_this_year else None)
        return _held_against_time(commitment, context, judgement, goal, deadline)
    passed = [year for year in path if year <= context.pair.year]
    if not passed:
        return None
    interim = _judge_interim(commitment, context, path[max(passed)], judge)
    is_of_this_year = max(passed) == context.pair.year
    return interim if is_of_this_year or interim.verdict is Verdict.BEHIND else None


def _by_letter(
    commitment: Commitment, context: Context, judge: Judge, judgement: Judgement
) -> Judgement:
    """Judge by the stricter of plan and letter: a letter never softens what the plan asks."""
    letter = context.assigned.get(commitment.id)
    if letter is None or commitment.kind is Kind.ASSIGNED or commitment.value is None:
        return judgement
    stricter = max if commitment.operator in {">=", ">"} else min
    if stricter(letter.value, commitment.value) == commitment.value:
        note = message(N_("下达值{value}不严于方案，按方案评价"), value=letter.value)
        return judgement.model_copy(update={"notes": (*judgement.notes, note)})
    judged = judge(commitment.model_copy(update={"value": letter.value}), context)
    note = message(N_("方案目标{value}，按更严的下达值评价"), value=commitment.value)
    return judged.model_copy(
        update={"target_source": letter.document, "notes": (*judged.notes, note)}
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
    goal: Decimal | None,
    deadline: dt.date,
) -> Judgement | None:
    """Hold what was done so far against the share of the time that has passed (序时进度).

    A plan of one year begins at nought; in a later year of a plan last year's value is the start,
    and without it nothing can be said. Nor can it of too few data, or of what is only striven for.
    """
    reading = context.fuzzy.get(commitment.fuzzy)
    begun = _start_of_year(commitment, context)
    if (
        commitment.kind not in GATHERED
        or commitment.operator not in {">=", ">"}
        or judgement.verdict not in {Verdict.MET, Verdict.NOT_MET}
        or (reading is not None and not reading.counts_as_failure)
        or None in {goal, begun, judgement.value}
    ):
        return None
    assert goal is not None and begun is not None and judgement.value is not None  # noqa: S101
    first = dt.date(context.pair.year, 1, 1)
    last = min(deadline, dt.date(context.pair.year, 12, 31))
    share = Fraction((context.last_day - first).days + 1, (last - first).days + 1)
    asked = Fraction(begun) + (Fraction(goal) - Fraction(begun)) * share
    passed = message(N_("时间已过{percent}%"), percent=shown(100 * share))
    is_kept = is_met(judgement.value, ">=", goal) or Fraction(judgement.value) >= asked
    return judgement.model_copy(
        update={
            "verdict": Verdict.ON_TRACK if is_kept else Verdict.BEHIND,
            "reason": "share_of_year" if is_kept else "behind_share_of_year",
            "fragility": (),
            "path_value": shown(asked),
            "notes": (*judgement.notes, passed),
        }
    )


def _start_of_year(commitment: Commitment, context: Context) -> Decimal | None:
    term = context.terms.get(commitment.id)
    if term is None or term.start == context.pair.year:
        return Decimal(0)
    before = context.find(commitment.indicator, context.pair.year - 1)
    return before.chosen.value if before is not None and before.chosen.is_sufficient else None


def even_path(commitment: Commitment, context: Context, deadline: dt.date) -> Decimal | None:
    """Return what an even way from the base to the target asks at the end of the year judged.

    Ours, not the plan's: it is shown for reference (参考进度) and decides nothing. None without
    a base, or without a number to reach.
    """
    if commitment.value is None or deadline.year <= context.pair.year:
        return None
    is_change = commitment.kind in CHANGES
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
