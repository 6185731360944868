"""How a commitment is judged by its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from ecoreport.assess.compare import is_met, margin
from ecoreport.assess.context import Context, least_evidence, weakest
from ecoreport.assess.judgement import Judgement
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import Verdict

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


KNOWN = {Verdict.MET, Verdict.NOT_MET, Verdict.ON_TRACK, Verdict.BEHIND}
"""Verdicts of parts whose values may be added up."""


def _judge_sum(
    commitment: Commitment, context: Context, parts: Mapping[str, Judgement]
) -> Judgement:
    """Hold the sum of the parts against the total that the plan asks for (73 = 13 + 60).

    A part without a value, or with too few data, leaves the sum open, unless what the others come
    to already decides. Before the deadline of the parts the sum waits as they do.
    """
    every = list(parts.values())
    known = [one for one in every if (one.so_far or one.verdict) in KNOWN and one.value is not None]
    values = [one.value for one in known if one.value is not None]
    total = sum(values, Decimal(0))
    verdict, reason = _outcome_of_sum(commitment, total, every, known)
    is_open = any(one.verdict is Verdict.NOT_DUE for one in every)
    asked = [one.path_value for one in every if one.path_value is not None]
    path_value = sum(asked, Decimal(0)) if len(asked) == len(every) else None
    so_far = None
    if is_open:
        verdict, so_far, reason = Verdict.NOT_DUE, verdict, "deadline_ahead"
    elif _is_held_against_time(every) and verdict in {Verdict.MET, Verdict.NOT_MET}:
        is_kept = verdict is Verdict.MET or (path_value is not None and total >= path_value)
        verdict = Verdict.ON_TRACK if is_kept else Verdict.BEHIND
        reason = "share_of_year" if is_kept else "behind_share_of_year"
    target = commitment.value
    judged = context.judge(
        commitment,
        verdict,
        reason=reason,
        so_far=so_far,
        value=total if values else None,
        unit=commitment.unit,
        path_value=path_value,
        margin=None
        if not values or target is None
        else margin(total, commitment.operator or ">=", target),
    )
    return judged.model_copy(update=_of_parts(parts))


def _is_held_against_time(parts: Sequence[Judgement]) -> bool:
    return any(one.verdict in {Verdict.ON_TRACK, Verdict.BEHIND} for one in parts)


def _outcome_of_sum(
    commitment: Commitment, total: Decimal, every: Sequence[Judgement], known: Sequence[Judgement]
) -> tuple[Verdict, str]:
    """Return what a sum comes to as if it were due, and why."""
    if all(one.verdict is Verdict.NOT_APPLICABLE for one in every):
        return Verdict.NOT_APPLICABLE, every[0].reason
    target, comparison = commitment.value, commitment.operator or ">="
    if target is None or not known:
        return _open_outcome(every)
    is_kept = is_met(total, comparison, target)
    # What is still missing can only add: it takes no floor away and gives no ceiling back.
    is_settled = is_kept if comparison in {">=", ">"} else not is_kept and comparison != "=="
    if len(known) == len(every) or is_settled:
        return (Verdict.MET, "") if is_kept else (Verdict.NOT_MET, "")
    return _open_outcome([one for one in every if one not in known])


def _open_outcome(parts: Sequence[Judgement]) -> tuple[Verdict, str]:
    """Return the worst that leaves a sum open, with its reason where the parts share it."""
    found = [one.so_far or one.verdict for one in parts]
    open_ones = [one for one in found if one not in KNOWN] or [Verdict.NO_DATA]
    reasons = {one.reason for one in parts}
    verdict = min(open_ones, key=WORST_FIRST.index)
    return verdict, reasons.pop() if len(reasons) == 1 else "part_open"


def _of_parts(parts: Mapping[str, Judgement]) -> dict[str, object]:
    """Return what a whole takes over from its parts: it is no better than the weakest of them."""
    everything = parts.values()
    return {
        "parts": tuple(parts),
        "observations": tuple(dict.fromkeys(o for part in everything for o in part.observations)),
        "disagreeing": tuple(dict.fromkeys(o for part in everything for o in part.disagreeing)),
        "maturity": weakest(part.maturity for part in everything),
        "is_verified": all(part.is_verified for part in everything),
        "evidence": least_evidence(part.evidence for part in everything),
    }
