"""How a commitment is judged by its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from ecoreport.assess.compare import is_met, margin
from ecoreport.assess.context import Context, weakest
from ecoreport.assess.judgement import Judgement
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import EvidenceStatus, Verdict

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

EVIDENCE_WORST_FIRST = (EvidenceStatus.NONE, EvidenceStatus.PARTIAL, EvidenceStatus.COMPLETE)


def judge_composite(
    commitment: Commitment, context: Context, parts: Mapping[str, Judgement]
) -> Judgement:
    """Judge a commitment by its parts: all must hold, any, each unit by itself, or their sum.

    Parameters
    ----------
    parts : mapping of commitment id to Judgement
        Its own parts only.
    """
    if commitment.combine == "sum":
        return _judge_sum(commitment, context, parts)
    order = WORST_FIRST if commitment.combine != "any" else tuple(reversed(WORST_FIRST))
    applicable = [
        part for part in parts.values() if part.verdict is not Verdict.NOT_APPLICABLE
    ] or list(parts.values())
    verdict = min((part.verdict for part in applicable), key=order.index)
    decisive = [part for part in applicable if part.verdict is verdict]
    judged = context.judge(
        commitment,
        verdict,
        reason=_composite_reason(verdict, decisive),
        fragility=_composite_fragility(commitment, verdict, decisive),
        so_far=_so_far(parts.values(), order) if verdict is Verdict.NOT_DUE else None,
        unit="",
    )
    return judged.model_copy(update=_of_parts(parts))


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


def _judge_sum(
    commitment: Commitment, context: Context, parts: Mapping[str, Judgement]
) -> Judgement:
    """Hold the sum of the parts against the total that the plan asks for (73 = 13 + 60).

    A part without a value leaves the sum open, unless what the others come to already suffices.
    """
    values = [part.value for part in parts.values() if part.value is not None]
    total = sum(values, Decimal(0))
    comparison = commitment.operator or ">="
    is_complete = len(values) == len(parts)
    target = commitment.value
    if target is None or not values:
        verdict, reason = Verdict.NO_DATA, "not_reported"
    elif is_met(total, comparison, target) and (is_complete or comparison in {">=", ">"}):
        verdict, reason = Verdict.MET, ""
    elif is_complete:
        verdict, reason = Verdict.NOT_MET, ""
    else:
        verdict, reason = Verdict.NO_DATA, "part_open"
    judged = context.judge(
        commitment,
        verdict,
        reason=reason,
        value=total if values else None,
        unit=commitment.unit,
        margin=margin(total, comparison, target) if values and target is not None else None,
    )
    return judged.model_copy(update=_of_parts(parts))


def _of_parts(parts: Mapping[str, Judgement]) -> dict[str, object]:
    """Return what a whole takes over from its parts: it is no better than the weakest of them."""
    everything = parts.values()
    return {
        "parts": tuple(parts),
        "observations": tuple(dict.fromkeys(o for part in everything for o in part.observations)),
        "disagreeing": tuple(dict.fromkeys(o for part in everything for o in part.disagreeing)),
        "maturity": weakest(part.maturity for part in everything),
        "is_verified": all(part.is_verified for part in everything),
        "evidence": min((part.evidence for part in everything), key=EVIDENCE_WORST_FIRST.index),
    }
