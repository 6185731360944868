"""What is known when a district and year are judged: parameters and observations put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence, Set
from decimal import Decimal

from ecoreport.assess import assess
from ecoreport.assess.context import Context
from ecoreport.assess.judgement import Judgement
from ecoreport.config.catalogue import Catalogue
from ecoreport.config.models import AssignedTarget
from ecoreport.config.vocabulary import Kind
from ecoreport.observe.observation import Observation
from ecoreport.observe.period import period_of
from ecoreport.project import Pair

Observations = Mapping[Pair, Sequence[Observation]]
Rejected = Mapping[Pair, frozenset[str]]


def situation(
    catalogue: Catalogue,
    pair: Pair,
    as_of: dt.date | None,
    observations: Observations,
    rejected: Rejected,
    withheld: Set[str] = frozenset(),
) -> Context:
    """Return the context in which `pair` is judged.

    Parameters
    ----------
    observations : mapping of Pair
        Of the pair, of the years it is compared with, and of the districts above and below it.
    rejected : mapping of Pair
        Datasets that validation stopped.
    withheld : set of str
        Internal datasets with files that were not read.
    """
    period = period_of(pair, as_of)
    plans = catalogue.plans_binding(pair.district)
    ways_of = catalogue.ways()
    return Context(
        pair=pair,
        last_day=period.last_day,
        period=period.label,
        is_partial=not period.is_whole_year,
        observations=observations,
        assigned=_assigned(catalogue, pair, pair.year),
        datasets={name: frozenset().union(*ways) for name, ways in ways_of.items()},
        coverages={one.id: one.coverage for one in catalogue.indicators.values()},
        steps={
            one.indicator: catalogue.clear_change_from(one.indicator) for one in catalogue.computed
        },
        yearly_falls=catalogue.yearly_falls,
        rejected_datasets=rejected.get(pair, frozenset()),
        withheld=frozenset(
            name for name, ways in ways_of.items() if any(withheld & set(way) for way in ways)
        ),
        path=_path(catalogue, pair),
        terms={
            one.id: range(plan.first_year, plan.last_year + 1)
            for plan in plans
            for one in plan.commitments
        },
        issued={one.id: plan.issued for plan in plans if plan.issued for one in plan.commitments},
        air_of={one.id: one.air_of for one in catalogue.districts.values() if one.air_of},
        areas={
            place.id: [
                area.id
                for area in catalogue.areas_of(place.id)
                if observations.get(Pair(area.id, pair.year))
            ]
            for place in catalogue.lineage(pair.district)
        },
        fuzzy={str(word): one for word, one in catalogue.assessment.fuzzy.items()},
    )


def _assigned(catalogue: Catalogue, pair: Pair, year: int) -> dict[str, AssignedTarget]:
    """Return what was assigned for `year` to the scope of each commitment, or to all of it above.

    What a letter gives a county of a city's target is not the city's: it stands in no lineage of
    the commitment's scope.
    """
    found: dict[str, AssignedTarget] = {}
    for commitment in catalogue.commitments_for(pair.district):
        for place in reversed(catalogue.lineage(commitment.scope)):
            for one in catalogue.district_year(Pair(place.id, year)).assigned_targets:
                if one.commitment == commitment.id:
                    found[commitment.id] = one
    return found


def _path(catalogue: Catalogue, pair: Pair) -> dict[str, dict[int, Decimal]]:
    """Return the interim values of plans, and over them those that letters gave for a year."""
    path: dict[str, dict[int, Decimal]] = {}
    plans = catalogue.plans_binding(pair.district)
    for point in (point for plan in plans for point in plan.path):
        path.setdefault(point.commitment, {})[point.year] = point.value
    kinds = {one.id: one.kind for plan in plans for one in plan.commitments}
    first = min((plan.first_year for plan in plans), default=pair.year)
    for year in range(first, pair.year + 1):
        for name, letter in _assigned(catalogue, pair, year).items():
            if kinds[name] is not Kind.ASSIGNED:
                path.setdefault(name, {})[year] = letter.value
    return path


def judge_beside(
    catalogue: Catalogue,
    pair: Pair,
    as_of: dt.date | None,
    observations: Observations,
    rejected: Rejected,
) -> tuple[list[Judgement], list[Observation]]:
    """Judge what stands beside a pair: other districts in its year, itself in earlier years.

    Returns
    -------
    judgements : list of Judgement
        Those only that rest on something observed.
    derived : list of Observation
        What was computed across years on the way.
    """
    judgements: list[Judgement] = []
    derived: dict[str, Observation] = {}
    for other in observations:
        is_beside = other.year == pair.year or other.district == pair.district
        if other == pair or not is_beside or other.year > pair.year or not observations[other]:
            continue
        day = as_of if other.year == pair.year else None
        context = situation(catalogue, other, day, observations, rejected)
        judged, found = assess(
            catalogue.commitments_for(other.district), catalogue.indicators, context
        )
        judgements += [one for one in judged if one.observations]
        derived |= {one.id: one for one in found}
    return judgements, list(derived.values())
