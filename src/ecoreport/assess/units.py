"""Targets that hold for every unit by itself (eight inspectors in every grid)."""

from __future__ import annotations

from collections.abc import Sequence

from ecoreport.assess.compare import is_met, margin
from ecoreport.assess.context import Context, Found, weakest
from ecoreport.assess.judgement import Judgement
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import Verdict
from ecoreport.message import N_, message
from ecoreport.observe.observation import Observation
from ecoreport.observe.precedence import RANKS

NAMED_MOST = 5
"""Units that a note names before it says how many more there are."""


def judge_every_unit(commitment: Commitment, context: Context) -> Judgement | None:
    """Judge by the unit that does worst; None where no values of single units were reported.

    Which units there should be, nobody reports: how many were is said.
    """
    units = _units(commitment, context)
    if not units or commitment.value is None:
        return None
    comparison, target = commitment.operator or ">=", commitment.value
    by_margin = sorted(units, key=lambda one: margin(one.value, comparison, target))  # type: ignore[arg-type]
    worst = by_margin[0]
    assert worst.value is not None  # noqa: S101 - only units with a value are listed
    below = [one for one in by_margin if not is_met(one.value, comparison, target)]  # type: ignore[arg-type]
    notes = [message(N_("共报送{n}个单元"), n=len(units))]
    if below:
        names = tuple(one.unit_name for one in below[:NAMED_MOST])
        text = N_("未达到的单元{n}个：{names}")
        notes.append(message(text, n=len(below), names=names))
    judged = context.judge(
        commitment,
        Verdict.NOT_MET if below else Verdict.MET,
        found=Found(worst),
        margin=margin(worst.value, comparison, target),
        reason="unit_below" if below else "",
        fragility=("at_target",) if worst.value == target and comparison in {">=", "<="} else (),
        notes=tuple(notes),
    )
    return judged.model_copy(
        update={
            "observations": tuple(one.id for one in by_margin),
            "disagreeing": tuple(one.id for one in _differing(commitment, context, units)),
            "maturity": weakest(one.maturity for one in units),
            "is_verified": all(one.trace.is_verified for one in units),
        }
    )


def _units(commitment: Commitment, context: Context) -> list[Observation]:
    """Return the best checked value of each unit; of those checked alike the first."""
    best: dict[str, Observation] = {}
    for one in _told(commitment, context):
        held = best.get(one.unit_name)
        if held is None or RANKS[one.maturity] < RANKS[held.maturity]:
            best[one.unit_name] = one
    return list(best.values())


def _differing(
    commitment: Commitment, context: Context, chosen: Sequence[Observation]
) -> list[Observation]:
    """Return what else was told of the units for the same period, and is another value."""
    held = {one.unit_name: one for one in chosen}
    return [
        one
        for one in _told(commitment, context)
        if one.period == held[one.unit_name].period and one.value != held[one.unit_name].value
    ]


def _told(commitment: Commitment, context: Context) -> list[Observation]:
    """Return the values of single units, of the period judged or of the year."""
    asked = {context.period, str(context.pair.year)}
    return [
        one
        for one in context.observed(commitment.indicator)
        if one.indicator == commitment.indicator
        and one.unit_name
        and one.value is not None
        and one.period in asked
    ]
