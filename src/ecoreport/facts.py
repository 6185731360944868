"""Numbers of sentences that are counted or subtracted, not observed: named and checked alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ecoreport.assess.conclusion import Conclusion
from ecoreport.assess.judgement import Judgement
from ecoreport.config.models import Strict
from ecoreport.project import Pair


class Fact(Strict):
    """A number with the name under which pages speak of it."""

    id: str
    value: Decimal
    unit: str = ""


def conclusion_facts(pair: Pair, plan: str, conclusion: Conclusion) -> list[Fact]:
    """Return the counts of a plan's conclusion, e.g. ``hailing/2018/count/hailing/binding/met``."""
    prefix = f"{pair}/count/{plan}"
    facts = [
        Fact(id=f"{prefix}/{attribute}/{verdict}", value=Decimal(count))
        for attribute, counts in conclusion.counts.items()
        for verdict, count in counts.items()
    ]
    totals = [
        Fact(id=f"{prefix}/{attribute}/total", value=Decimal(total))
        for attribute, total in conclusion.totals.items()
    ]
    return [*facts, *totals]


def judgement_facts(pair: Pair, judgements: Sequence[Judgement]) -> list[Fact]:
    """Return each judgement's target and margin, e.g. ``hailing/2018/margin/hailing/…``."""
    facts = []
    for judgement in judgements:
        if judgement.target is not None:
            facts.append(
                Fact(
                    id=f"{pair}/target/{judgement.commitment}",
                    value=judgement.target,
                    unit=judgement.unit,
                )
            )
        if judgement.margin is not None:
            facts.append(
                Fact(
                    id=f"{pair}/margin/{judgement.commitment}",
                    value=judgement.margin,
                    unit=judgement.unit,
                )
            )
    return facts


def by_id(facts: Sequence[Fact]) -> Mapping[str, Fact]:
    """Index facts by id."""
    return {fact.id: fact for fact in facts}
