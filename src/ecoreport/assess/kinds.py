"""How each kind of commitment is judged: one small function for each."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from ecoreport.assess.chained import YearlyFalls, yearly_falls
from ecoreport.assess.classes import judge_class_limit
from ecoreport.assess.compare import fragility, is_met, margin, shown
from ecoreport.assess.context import Context, Found
from ecoreport.assess.judgement import Judgement
from ecoreport.assess.recurring import judge_recurring
from ecoreport.assess.units import judge_every_unit
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import Kind, Verdict
from ecoreport.message import N_, Message, message
from ecoreport.observe.observation import Observation

Judge = Callable[[Commitment, Context], Judgement]


def judge_level(commitment: Commitment, context: Context) -> Judgement:
    """Hold a value against the plan's own number; that of every unit where the plan says so."""
    if commitment.is_for_every_unit and (judged := judge_every_unit(commitment, context)):
        return judged
    found = context.find(commitment.indicator)
    if found is None or found.chosen.value is None:
        return context.absent(commitment, found)
    return _compare(commitment, context, found, _required(commitment.value, commitment))


def judge_assigned(commitment: Commitment, context: Context) -> Judgement:
    """Hold a value against what a superior assigned; without an assignment there is no verdict."""
    found = context.find(commitment.indicator)
    assigned = context.assigned.get(commitment.id)
    if found is None and context.is_rejected(commitment):
        return context.absent(commitment, found)
    if assigned is None:
        return context.judge(
            commitment, Verdict.NOT_ASSIGNED, found=found, reason="target_not_assigned"
        )
    if found is None or found.chosen.value is None:
        return context.absent(
            commitment, found, target=assigned.value, target_source=assigned.document
        )
    return _compare(commitment, context, found, assigned.value, target_source=assigned.document)


def judge_not_lower(commitment: Commitment, context: Context) -> Judgement:
    """Hold a value against that of its base year (last year where the plan names none).

    A fall smaller than the step of the indicator's standard, or the commitment's ``tolerance``, is
    no clear change, and so not a fall.
    """
    found = context.find(commitment.indicator)
    if found is None or found.chosen.value is None:
        return context.absent(commitment, found)
    base = context.find(commitment.indicator, _base_year(commitment, context))
    if problem := _base_problem(found.chosen, base.chosen if base else None):
        return _without_base(commitment, context, found, base, problem)
    assert base is not None and base.chosen.value is not None  # noqa: S101 - said by _base_problem
    change = found.chosen.value - base.chosen.value
    tolerance = _step(commitment, context)
    kept = change >= 0 or -change < tolerance
    return context.judge(
        commitment,
        _verdict(kept, found),
        found=found,
        bases=[base.chosen],
        target=base.chosen.value,
        operator=">=",
        margin=change,
        reason=found.chosen.reason or ("no_clear_change" if kept and change < 0 else ""),
        fragility=("at_target",) if found.chosen.is_sufficient and change == -tolerance else (),
    )


def judge_change(commitment: Commitment, context: Context) -> Judgement:
    """Hold a cut or a growth against its own base year, in per cent of the base or as an amount.

    The exact change is compared; what is shown is rounded, and the note tells its two numbers. A
    change in the right direction that is smaller than the step of the indicator's standard, or the
    commitment's ``tolerance``, is no clear change: whether it counts is for a person to say.

    Of what is told at the prices of its year, the falls of all years since the base at comparable
    prices go before the two values, where all are known.
    """
    found = context.find(commitment.indicator)
    if found is None or found.chosen.value is None:
        return context.absent(commitment, found)
    falls = yearly_falls(commitment, context, _base_year(commitment, context))
    if falls is None:
        return _judge_on_base(commitment, context, found)
    if (exact := falls.together) is not None:
        return _judge_fall(commitment, context, falls.beside(found), falls, exact)
    return _judge_on_base(commitment, context, found, (falls.note,))


def _judge_fall(
    commitment: Commitment,
    context: Context,
    found: Found,
    falls: YearlyFalls,
    exact: Fraction,
) -> Judgement:
    change, target = shown(exact), _required(commitment.value, commitment)
    comparison = commitment.operator or ">="
    kept = is_met(exact, comparison, target)
    is_turned_by_rounding = is_met(change, comparison, target) is not kept
    return context.judge(
        commitment,
        _verdict(kept, found),
        found=found,
        bases=falls.observations,
        value=change,
        unit=commitment.unit,
        operator=comparison,
        margin=margin(change, comparison, target),
        reason=found.chosen.reason,
        fragility=("rounding",) if found.chosen.is_sufficient and is_turned_by_rounding else (),
        notes=(falls.note,),
    )


def _judge_on_base(
    commitment: Commitment, context: Context, found: Found, notes: tuple[Message, ...] = ()
) -> Judgement:
    base = context.find(commitment.indicator, _base_year(commitment, context))
    if problem := _base_problem(found.chosen, base.chosen if base else None):
        return _without_base(commitment, context, found, base, problem, notes)
    assert base is not None and base.chosen.value is not None  # noqa: S101 - said by _base_problem
    assert found.chosen.value is not None  # noqa: S101 - the caller asks first
    exact = Fraction(found.chosen.value) - Fraction(base.chosen.value)
    exact *= -1 if commitment.kind is Kind.REDUCTION else 1
    unit, target = found.chosen.unit, _required(commitment.value, commitment)
    if commitment.unit == "%" and base.chosen.value != 0:
        # Of a base below nought too a rise is a rise.
        exact, unit = 100 * exact / abs(Fraction(base.chosen.value)), "%"
    elif commitment.unit == "%" and (target != 0 or found.chosen.value == 0):
        # From nought no share can be formed; whether anything rose at all can be said.
        return _without_base(commitment, context, found, base, "base_zero", notes)
    change = shown(exact)
    comparison = commitment.operator or ">="
    kept = is_met(exact, comparison, target)
    is_unclear = kept and abs(found.chosen.value - base.chosen.value) < _step(commitment, context)
    is_turned_by_rounding = is_met(change, comparison, target) is not kept
    return context.judge(
        commitment,
        Verdict.TO_CONFIRM if is_unclear else _verdict(kept, found),
        found=found,
        bases=[base.chosen],
        value=change,
        unit=unit,
        operator=comparison,
        margin=margin(change, comparison, target),
        reason="no_clear_change" if is_unclear else found.chosen.reason,
        fragility=("rounding",) if found.chosen.is_sufficient and is_turned_by_rounding else (),
        notes=(
            message(
                N_("{year}年基数 {base} {unit}，本年 {value} {unit}"),
                year=base.chosen.year,
                base=base.chosen.value,
                value=found.chosen.value,
                unit=found.chosen.unit,
            ),
            *notes,
        ),
    )


STATUS_VERDICTS = {
    "done": (Verdict.MET, ""),
    "mostly_done": (Verdict.NOT_MET, "mostly_done"),
    "started": (Verdict.NOT_MET, "started"),
    "not_done": (Verdict.NOT_MET, "not_done"),
}


def judge_status(commitment: Commitment, context: Context) -> Judgement:
    """Judge a duty without a number by what a person confirmed, on a document."""
    found = context.find(commitment.indicator)
    if found is None and context.is_rejected(commitment):
        return context.absent(commitment, found)
    if found is None:
        return context.judge(commitment, Verdict.TO_CONFIRM, reason="not_confirmed")
    verdict, reason = STATUS_VERDICTS.get(found.chosen.text, (Verdict.TO_CONFIRM, "not_confirmed"))
    if not found.chosen.is_sufficient:
        verdict, reason = Verdict.INSUFFICIENT_DATA, found.chosen.reason
    if not found.chosen.confirmed_by:
        verdict, reason = Verdict.TO_CONFIRM, "unsigned"
    day, deadline = found.chosen.confirmed_on, commitment.deadline
    is_late = verdict is Verdict.MET and None not in {day, deadline} and day > deadline  # type: ignore[operator]
    notes = (message(N_("认定日期{day}在时限{deadline}之后"), day=day, deadline=deadline),)
    return context.judge(
        commitment, verdict, found=found, reason=reason, notes=notes if is_late else ()
    )


def judge_event_free(commitment: Commitment, context: Context) -> Judgement:
    """Judge that nothing happened: only nil returns for the whole period can show it."""
    found = context.find(commitment.indicator)
    if found is None or found.chosen.value is None:
        return context.absent(commitment, found)
    if found.chosen.value > 0:
        return context.judge(commitment, Verdict.NOT_MET, found=found, reason="event_reported")
    verdict = Verdict.MET if found.chosen.is_sufficient else Verdict.INSUFFICIENT_DATA
    return context.judge(commitment, verdict, found=found, reason=found.chosen.reason)


JUDGES: dict[Kind, Judge] = {
    Kind.LEVEL: judge_level,
    Kind.ASSIGNED: judge_assigned,
    Kind.NOT_LOWER: judge_not_lower,
    Kind.REDUCTION: judge_change,
    Kind.GROWTH: judge_change,
    Kind.MILESTONE: judge_status,
    Kind.QUALITATIVE: judge_status,
    Kind.EVENT_FREE: judge_event_free,
    Kind.COUNT_DONE: judge_level,
    Kind.SHARE_DONE: judge_level,
    Kind.CLASS_LIMIT: judge_class_limit,
    Kind.RECURRING: judge_recurring,
}
"""Every kind but the composite, which is judged by its parts."""


def _compare(
    commitment: Commitment,
    context: Context,
    found: Found,
    target: Decimal,
    target_source: str = "",
) -> Judgement:
    value = _required(found.chosen.value, commitment)
    comparison = commitment.operator or ">="
    return context.judge(
        commitment,
        _verdict(is_met(value, comparison, target), found),
        found=found,
        target=target,
        operator=comparison,
        target_source=target_source,
        margin=margin(value, comparison, target),
        reason=found.chosen.reason,
        fragility=fragility(found.chosen, comparison, target),
    )


def _verdict(kept: bool, found: Found) -> Verdict:
    """Too little data is never met, nor is it a failure."""
    if not found.chosen.is_sufficient:
        return Verdict.INSUFFICIENT_DATA
    return Verdict.MET if kept else Verdict.NOT_MET


def _required(value: Decimal | None, commitment: Commitment) -> Decimal:
    if value is None:
        raise ValueError(f"{commitment.id}: a {commitment.kind} needs a value")
    return value


def _step(commitment: Commitment, context: Context) -> Decimal:
    """Return the change below which nothing changed: the plan's own word goes first."""
    if commitment.tolerance is not None:
        return commitment.tolerance
    return context.steps.get(commitment.indicator, Decimal(0))


def _base_year(commitment: Commitment, context: Context) -> int:
    return commitment.base_year or context.pair.year - 1


def _base_problem(value: Observation, base: Observation | None) -> str:
    """Return the code of why `value` cannot be compared with `base`; empty where it can."""
    if base is None or base.value is None:
        return "no_base"
    if value.basis != base.basis:
        return "basis_differs"
    if (value.period == str(value.year)) is not (base.period == str(base.year)):
        return "period_differs"
    return "" if base.is_sufficient else "base_insufficient"


def _without_base(
    commitment: Commitment,
    context: Context,
    found: Found,
    base: Found | None,
    reason: str,
    notes: tuple[Message, ...] = (),
) -> Judgement:
    is_absent = reason in {"no_base", "base_zero"}
    verdict = Verdict.NO_DATA if is_absent else Verdict.INSUFFICIENT_DATA
    return context.judge(
        commitment,
        verdict,
        found=found,
        bases=[base.chosen] if base else (),
        reason=reason,
        notes=notes,
    )
