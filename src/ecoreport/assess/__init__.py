"""Commitments and observations -> judgements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ecoreport.assess.composite import judge_composite
from ecoreport.assess.context import Context
from ecoreport.assess.derive import derive
from ecoreport.assess.judgement import Judgement
from ecoreport.assess.kinds import JUDGES
from ecoreport.config.models import Commitment, Indicator
from ecoreport.config.vocabulary import Kind, Verdict
from ecoreport.observe.observation import Observation
from ecoreport.project import Pair

__all__ = ["Judgement", "assess", "required_pairs"]


def required_pairs(pair: Pair, commitments: Sequence[Commitment]) -> set[Pair]:
    """Return the pairs that judging `pair` may read: itself, last year, base years."""
    base_years = {one.base_year for one in commitments if one.base_year}
    return {Pair(pair.district, year) for year in {pair.year, pair.year - 1, *base_years}}


def assess(
    commitments: Sequence[Commitment], indicators: Mapping[str, Indicator], context: Context
) -> tuple[list[Judgement], list[Observation]]:
    """Judge every commitment.

    Parameters
    ----------
    commitments : sequence of Commitment
        Parts and composites together; a composite's parts name it in ``part_of``.
    indicators : mapping of id to Indicator
    context : Context
        Observations of all pairs that :func:`required_pairs` names.

    Returns
    -------
    judgements : list of Judgement
        In the order of `commitments`.
    derived : list of Observation
        What was computed across years on the way.
    """
    derived = list(derive(indicators, context))
    own = [*context.observations.get(context.pair, ()), *derived]
    context = replace(context, observations={**context.observations, context.pair: own})
    wholes = {one.id: one for one in commitments if one.kind is Kind.COMPOSITE}
    simple = {
        one.id: _judge(one, context, _deadline(one, wholes))
        for one in commitments
        if one.kind is not Kind.COMPOSITE
    }
    composite = {
        one.id: judge_composite(
            one,
            context,
            {part.id: simple[part.id] for part in commitments if part.part_of == one.id},
        )
        for one in wholes.values()
    }
    judgements = simple | composite
    return [judgements[one.id] for one in commitments], derived


def _judge(commitment: Commitment, context: Context, deadline: dt.date | None) -> Judgement:
    judgement = JUDGES[commitment.kind](commitment, context)
    is_broken = commitment.kind is Kind.EVENT_FREE and judgement.verdict is Verdict.NOT_MET
    # What has happened cannot be undone by the deadline.
    if is_broken or not is_ahead(deadline, context.last_day):
        return judgement
    if (interim := context.path.get((commitment.id, context.pair.year))) is not None:
        return _judge_interim(commitment, context, interim)
    return judgement.model_copy(
        update={
            "verdict": Verdict.NOT_DUE,
            "so_far": judgement.verdict,
            "reason": "deadline_ahead",
            "fragility": (),
        }
    )


INTERIM = {Verdict.MET: Verdict.ON_TRACK, Verdict.NOT_MET: Verdict.BEHIND}


def _judge_interim(commitment: Commitment, context: Context, interim: Decimal) -> Judgement:
    """Hold a commitment whose deadline lies ahead against what its plan asks of this year."""
    now = commitment.model_copy(update={"value": interim})
    judgement = JUDGES[commitment.kind](now, context)
    verdict = INTERIM.get(judgement.verdict, judgement.verdict)
    return judgement.model_copy(
        update={"verdict": verdict, "reason": judgement.reason or "interim_value"}
    )


def _deadline(commitment: Commitment, wholes: Mapping[str, Commitment]) -> dt.date | None:
    """Return the commitment's own deadline, or that of the composite it is a part of."""
    whole = wholes.get(commitment.part_of)
    return commitment.deadline or (whole.deadline if whole else None)


def is_ahead(deadline: dt.date | None, last_day: dt.date) -> bool:
    """Whether there is still time: then nothing is judged as missed or met."""
    return deadline is not None and deadline > last_day
