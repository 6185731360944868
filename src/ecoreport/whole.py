"""All that binds a district as one plan: what several plans ask alike counts once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from ecoreport.assess.judgement import Judgement
from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.models import Commitment, Department
from ecoreport.config.offices import in_office

WHOLE = "all-plans"
"""Id under which facts count over all plans; no plan's id may be it."""
Asked = tuple[CompletePlan, Commitment]


def asked_once(
    plans: Sequence[CompletePlan], judgements: Mapping[str, Judgement]
) -> list[tuple[Asked, ...]]:
    """Return every commitment that the plans count, those that ask the same together.

    Two plans ask the same where indicator, extent, way of judging, target and time do not differ
    and the verdict does not either. Of one plan no two commitments are the same.
    """
    found: dict[Hashable, list[Asked]] = {}
    for plan in plans:
        for one in plan.counted():
            same = found.setdefault(_asks(one, judgements[one.id]), [])
            if any(plan.id == other.id for other, _commitment in same):
                same = found.setdefault(one.id, [])
            same.append((plan, one))
    return [tuple(same) for same in found.values()]


def _asks(one: Commitment, judgement: Judgement) -> Hashable:
    """Return what a commitment asks of the year judged; composites ask what no other does."""
    if not one.indicator:
        return one.id
    is_due = judgement.so_far is None
    return (
        one.indicator,
        one.scope,
        one.kind,
        one.operator,
        one.value,
        one.unit,
        one.base_year,
        one.water_body,
        one.parameter,
        one.frequency,
        one.due_in,
        one.fuzzy,
        one.target_zh,
        None if is_due else one.deadline,
        judgement.verdict,
        judgement.reason,
    )


def whole_plan(
    plans: Sequence[CompletePlan],
    judgements: Mapping[str, Judgement],
    departments: Mapping[str, Department],
    year: int,
) -> CompletePlan:
    """Return all that binds a district as one plan; a single plan is itself.

    A commitment of several plans is the business of every department that one of them names.
    """
    if len(plans) == 1:
        return plans[0]
    words = {plan.unit_word for plan in plans}
    commitments = []
    for (plan, one), *again in asked_once(plans, judgements):
        every = [one, *(other for _plan, other in again)]
        responsible = responsible_for(every, departments, year)
        commitments.append(one.model_copy(update={"responsible": responsible}))
        commitments += plan.parts_of(one)
    return plans[0].model_copy(
        update={
            "id": WHOLE,
            "unit_word": words.pop() if len(words) == 1 else "task",
            "commitments": tuple(commitments),
            "vetoes": tuple(name for plan in plans for name in plan.vetoes),
        }
    )


def responsible_for(
    commitments: Sequence[Commitment], departments: Mapping[str, Department], year: int
) -> tuple[str, ...]:
    """Return the ids of the departments responsible: of those in office, by whichever plan."""
    named = (name for one in commitments for name in one.responsible)
    return tuple(dict.fromkeys(in_office(departments, name, year).id for name in named))
