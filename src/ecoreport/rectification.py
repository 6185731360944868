"""Where the problems of a district's own plans stand, beside the verdicts of their commitments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from ecoreport.assess.judgement import Judgement
from ecoreport.config.catalogue import Catalogue
from ecoreport.config.rectification import RectificationItem
from ecoreport.config.rectification_states import LEDGER, RectificationState
from ecoreport.config.vocabulary import Verdict
from ecoreport.facts import Fact
from ecoreport.observe.rectification import ProblemState, problem_states
from ecoreport.project import Pair

UNMET = (Verdict.NOT_MET, Verdict.BEHIND)
"""Verdicts that contradict a closed problem."""


def rectify(
    catalogue: Catalogue,
    pair: Pair,
    last_day: dt.date,
    frames: Mapping[Pair, Mapping[str, pd.DataFrame]],
    judgements: Mapping[str, Judgement],
) -> tuple[ProblemState, ...]:
    """Return how far each problem of the district's own plans has come.

    A state changes no verdict, and a verdict no state: that both disagree is said.

    Parameters
    ----------
    catalogue : Catalogue
    pair : Pair
    last_day : datetime.date
        Later steps are not known yet.
    frames : mapping of Pair to mapping of str to DataFrame
        Frames by dataset; ledgers of earlier years of the district count on.
    judgements : mapping of str to Judgement
        By commitment.
    """
    owners = {plan.owner for plan in catalogue.plans_binding(pair.district)}
    ledgers = [
        of_pair[LEDGER]
        for other, of_pair in sorted(frames.items())
        if other.district in owners and other.year <= pair.year and LEDGER in of_pair
    ]
    frame = pd.concat(ledgers, ignore_index=True) if ledgers else pd.DataFrame()
    return tuple(
        found.model_copy(update={"unmet": unmet(item, judgements)})
        for plan in catalogue.plans_binding(pair.district)
        for item, found in zip(
            plan.problems,
            problem_states(plan.id, plan.problems, frame, catalogue.rectification_states, last_day),
            strict=True,
        )
    )


def unmet(item: RectificationItem, judgements: Mapping[str, Judgement]) -> tuple[str, ...]:
    """Return the commitments of an item that are not met, or not by their present value."""
    judged = [judgements[name] for name in item.commitments if name in judgements]
    return tuple(one.commitment for one in judged if (one.so_far or one.verdict) in UNMET)


def rectification_facts(pair: Pair, problems: Iterable[ProblemState]) -> list[Fact]:
    """Return the counts of each plan's problems, e.g. ``wuxi/2018/rectification/…/closed``.

    There is one count a state, and ``total``, ``reported``, ``overdue`` (deadline passed and not
    closed) and ``inconsistent`` (closed while a commitment is not met).
    """
    by_plan: dict[str, list[ProblemState]] = {}
    for one in problems:
        by_plan.setdefault(one.plan, []).append(one)
    return [
        Fact(id=f"{pair}/rectification/{plan}/{name}", value=Decimal(n))
        for plan, found in by_plan.items()
        for name, n in _counts(found).items()
    ]


def _counts(found: Sequence[ProblemState]) -> dict[str, int]:
    states = {str(state): sum(one.state is state for one in found) for state in RectificationState}
    return states | {
        "total": len(found),
        "reported": len(found) - states[RectificationState.NOT_REPORTED],
        "overdue": sum(one.is_overdue for one in found),
        "inconsistent": sum(one.is_inconsistent for one in found),
    }


@dataclass(frozen=True)
class Problem:
    """An item of a plan with where it stands."""

    item: RectificationItem
    found: ProblemState


def problems_of(
    catalogue: Catalogue, plan: str, problems: Iterable[ProblemState]
) -> tuple[Problem, ...]:
    """Return the problems of one plan in the order of its document."""
    items = {one.id: one for one in catalogue.plans[plan].problems}
    return tuple(Problem(items[one.problem], one) for one in problems if one.plan == plan)
