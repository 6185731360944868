"""How each kind of commitment is judged: one small function for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from ecoreport.assess.compare import fragility, is_met, margin
from ecoreport.assess.context import Context, Found, weakest
from ecoreport.assess.judgement import Judgement
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import EvidenceStatus, Kind, Verdict
from ecoreport.message import N_, message
from ecoreport.numbers import plain_decimal
from ecoreport.observe.observation import Observation
from ecoreport.standards.rounding import round_half_even

Judge = Callable[[Commitment, Context], Judgement]

WORST_FIRST = (
    Verdict.NOT_MET,
    Verdict.BEHIND,
    Verdict.NO_DATA,
    Verdict.INSUFFICIENT_DATA,
    Verdict.TO_CONFIRM,
    Verdict.NOT_ASSIGNED,
    Verdict.NOT_DUE,
    Verdict.ON_TRACK,
    Verdict.MET,
    Verdict.NOT_APPLICABLE,
)
"""A composite of several parts that must all hold is as good as the first of these it holds."""

SHOWN_DECIMALS = 2
"""Of a change in per cent, which no standard rounds."""

EVIDENCE_WORST_FIRST = (EvidenceStatus.NONE, EvidenceStatus.PARTIAL, EvidenceStatus.COMPLETE)


def judge_level(commitment: Commitment, context: Context) -> Judgement:
    """Hold a value against the plan's own number."""
    found = context.find(commitment.indicator)
    if found is None or found.chosen.value is None:
        return context.absent(commitment, found)
    return _compare(commitment, context, found, _required(commitment.value, commitment))


def judge_assigned(commitment: Commitment, context: Context) -> Judgement:
    """Hold a value against what a superior assigned; without an assignment there is no verdict."""
    found = context.find(commitment.indicator)
    assigned = context.assigned.get(commitment.id)
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

    A fall smaller than the commitment's ``tolerance`` is no clear change by the standard of the
    indicator, and so not a fall.
    """
    found = context.find(commitment.indicator)
    if found is None or found.chosen.value is None:
        return context.absent(commitment, found)
    base = context.find(commitment.indicator, _base_year(commitment, context))
    if problem := _base_problem(found.chosen, base.chosen if base else None):
        return _without_base(commitment, context, found, base, problem)
    assert base is not None and base.chosen.value is not None  # noqa: S101 - said by _base_problem
    change = found.chosen.value - base.chosen.value
    tolerance = commitment.tolerance or Decimal(0)
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
    """Hold a cut or a growth against its own base year, in per cent of the base.

    The exact change is compared; what is shown is rounded, and the note tells its two numbers.
    """
    found = context.find(commitment.indicator)
    if found is None or found.chosen.value is None:
        return context.absent(commitment, found)
    base = context.find(commitment.indicator, _base_year(commitment, context))
    if problem := _base_problem(found.chosen, base.chosen if base else None):
        return _without_base(commitment, context, found, base, problem)
    assert base is not None and base.chosen.value is not None  # noqa: S101 - said by _base_problem
    if base.chosen.value == 0:
        return _without_base(commitment, context, found, base, "no_base")
    exact = 100 * (Fraction(found.chosen.value) - Fraction(base.chosen.value))
    exact /= Fraction(base.chosen.value) * (-1 if commitment.kind is Kind.REDUCTION else 1)
    change = plain_decimal(float(round_half_even(exact, SHOWN_DECIMALS)))
    target = _required(commitment.value, commitment)
    comparison = commitment.operator or ">="
    kept = is_met(exact, comparison, target)
    is_turned_by_rounding = is_met(change, comparison, target) is not kept
    return context.judge(
        commitment,
        _verdict(kept, found),
        found=found,
        bases=[base.chosen],
        value=change,
        unit="%",
        operator=comparison,
        margin=margin(change, comparison, target),
        reason=found.chosen.reason,
        fragility=("rounding",) if found.chosen.is_sufficient and is_turned_by_rounding else (),
        notes=(
            message(
                N_("{year}年基数 {base} {unit}，本年 {value} {unit}"),
                year=base.chosen.year,
                base=base.chosen.value,
                value=found.chosen.value,
                unit=found.chosen.unit,
            ),
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
    if not found.chosen.confirmed_by:
        verdict, reason = Verdict.TO_CONFIRM, "unsigned"
    return context.judge(commitment, verdict, found=found, reason=reason)


def judge_event_free(commitment: Commitment, context: Context) -> Judgement:
    """Judge that nothing happened: only nil returns for the whole period can show it."""
    found = context.find(commitment.indicator)
    if found is None or found.chosen.value is None:
        return context.absent(commitment, found)
    if found.chosen.value > 0:
        return context.judge(commitment, Verdict.NOT_MET, found=found, reason="event_reported")
    verdict = Verdict.MET if found.chosen.is_sufficient else Verdict.INSUFFICIENT_DATA
    return context.judge(commitment, verdict, found=found, reason=found.chosen.reason)


def judge_composite(
    commitment: Commitment, context: Context, parts: Mapping[str, Judgement]
) -> Judgement:
    """Judge a commitment by its parts: all must hold, or any.

    Parameters
    ----------
    parts : mapping of commitment id to Judgement
        Its own parts only.
    """
    order = WORST_FIRST if commitment.combine != "any" else tuple(reversed(WORST_FIRST))
    applicable = [
        part for part in parts.values() if part.verdict is not Verdict.NOT_APPLICABLE
    ] or list(parts.values())
    verdict = min((part.verdict for part in applicable), key=order.index)
    decisive = [part for part in applicable if part.verdict is verdict]
    return context.judge(
        commitment,
        verdict,
        reason=_composite_reason(verdict, decisive),
        fragility=_composite_fragility(commitment, verdict, decisive),
        so_far=_so_far(parts.values(), order) if verdict is Verdict.NOT_DUE else None,
        parts=tuple(parts),
        unit="",
        observations=tuple(
            dict.fromkeys(one for part in parts.values() for one in part.observations)
        ),
        disagreeing=tuple(dict.fromkeys(o for part in parts.values() for o in part.disagreeing)),
        maturity=weakest(part.maturity for part in parts.values()),
        is_verified=all(part.is_verified for part in parts.values()),
        evidence=min((part.evidence for part in parts.values()), key=EVIDENCE_WORST_FIRST.index),
    )


def _composite_reason(verdict: Verdict, decisive: Sequence[Judgement]) -> str:
    """Return the reason that the parts share which decide, or that some of them are open."""
    if verdict in {Verdict.MET, Verdict.NOT_MET}:
        return "" if verdict is Verdict.MET else "part_not_met"
    reasons = {part.reason for part in decisive}
    return reasons.pop() if len(reasons) == 1 else "part_open"


def _composite_fragility(
    commitment: Commitment, verdict: Verdict, decisive: Sequence[Judgement]
) -> tuple[str, ...]:
    """Return what would turn the whole: where one part suffices for it, any part's own marks.

    Where several parts hold the verdict up, turning one of them turns nothing.
    """
    turned_by_one = Verdict.MET if commitment.combine != "any" else Verdict.NOT_MET
    if verdict is not turned_by_one and len(decisive) > 1:
        return ()
    return tuple(dict.fromkeys(code for part in decisive for code in part.fragility))


def _so_far(parts: Iterable[Judgement], order: Sequence[Verdict]) -> Verdict:
    return min((part.so_far or part.verdict for part in parts), key=order.index)


JUDGES: dict[Kind, Judge] = {
    Kind.LEVEL: judge_level,
    Kind.ASSIGNED: judge_assigned,
    Kind.NOT_LOWER: judge_not_lower,
    Kind.REDUCTION: judge_change,
    Kind.GROWTH: judge_change,
    Kind.MILESTONE: judge_status,
    Kind.QUALITATIVE: judge_status,
    Kind.EVENT_FREE: judge_event_free,
}


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
    commitment: Commitment, context: Context, found: Found, base: Found | None, reason: str
) -> Judgement:
    verdict = Verdict.NO_DATA if reason == "no_base" else Verdict.INSUFFICIENT_DATA
    return context.judge(
        commitment, verdict, found=found, bases=[base.chosen] if base else (), reason=reason
    )
