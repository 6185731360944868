"""Commitments and observations -> judgements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ecoreport.assess.areas import area_values
from ecoreport.assess.composite import judge_composite
from ecoreport.assess.context import Context
from ecoreport.assess.derive import derive
from ecoreport.assess.fuzzy import softened
from ecoreport.assess.judgement import Judgement
from ecoreport.assess.kinds import JUDGES
from ecoreport.assess.term import deadline_of, judge_in_time
from ecoreport.config.models import Commitment, Indicator
from ecoreport.config.vocabulary import Kind
from ecoreport.observe.observation import Observation
from ecoreport.project import Pair

__all__ = ["Judgement", "assess", "required_pairs"]


def required_pairs(pair: Pair, commitments: Sequence[Commitment]) -> set[Pair]:
    """Return the pairs that judging `pair` may read: itself, last year, base years.

    Of every district whose values are held against a target the same years: a commitment is
    judged on the values of its scope.
    """
    years = {pair.year, pair.year - 1}
    base_years: dict[str, set[int]] = {pair.district: set()}
    for one in commitments:
        of_scope = base_years.setdefault(one.scope, set())
        if one.base_year:
            of_scope.add(one.base_year)
            base_years[pair.district].add(one.base_year)
    return {
        Pair(district, year) for district, bases in base_years.items() for year in years | bases
    }


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
    derived, context = _with_derived(commitments, indicators, context)
    wholes = {one.id: one for one in commitments if one.kind is Kind.COMPOSITE}
    simple = {
        one.id: _judge(one, context, deadline_of(one, wholes, context))
        for one in commitments
        if one.kind is not Kind.COMPOSITE
    }
    composite = {
        one.id: softened(
            one,
            judge_composite(
                one,
                context,
                {part.id: simple[part.id] for part in commitments if part.part_of == one.id},
            ),
            context,
        )
        for one in wholes.values()
    }
    judgements = simple | composite
    return [judgements[one.id] for one in commitments], derived


def _with_derived(
    commitments: Sequence[Commitment], indicators: Mapping[str, Indicator], context: Context
) -> tuple[list[Observation], Context]:
    """Return what rests on several years, of every place that is judged, and put it beside them."""
    derived: dict[str, Observation] = {}
    observations = dict(context.observations)
    for place in dict.fromkeys((context.pair.district, *(one.scope for one in commitments))):
        found = {one.id: one for one in derive(indicators, context.at(place))}
        for name, one in found.items():
            if name not in derived:
                pair = Pair(one.district, one.year)
                observations[pair] = [*observations.get(pair, ()), one]
        derived |= found
    return list(derived.values()), replace(context, observations=observations)


def _judge(commitment: Commitment, context: Context, deadline: dt.date | None) -> Judgement:
    own = context.at(commitment.scope)
    judgement = judge_in_time(commitment, own, deadline, _judge_as_if_due)
    areas = area_values(commitment, own, _judge_as_if_due)
    if not areas:
        return judgement
    # What a county and its city tell differently is seen at the city's row too.
    differing = (*judgement.disagreeing, *(name for one in areas for name in one.disagreeing))
    known = {"areas": areas, "disagreeing": tuple(dict.fromkeys(differing))}
    return judgement.model_copy(update=known)


def _judge_as_if_due(commitment: Commitment, context: Context) -> Judgement:
    return softened(commitment, JUDGES[commitment.kind](commitment, context), context)
