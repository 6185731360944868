"""What a plan of rectification puts right (整改事项)."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from ecoreport.config.models import Day, Identifier, Identifiers, Strict, split_words


class RectificationItem(Strict):
    """One row of ``params/plans/<id>/problems.csv``: what is to be put right (整改事项)."""

    id: Identifier
    number: str
    """Number as the document prints it."""
    commitments: Annotated[tuple[str, ...], BeforeValidator(split_words), Field(min_length=1)]
    """Rows whose verdicts show whether the goal is reached; ``|`` between them."""
    goal_zh: str
    goal_en: str
    measures_zh: str
    measures_en: str
    deadline: Day | None = None
    """Last day named for any of its commitments; empty where the document names none."""
    lead: Identifiers = ()
    """Departments that lead; empty where the document names none."""
    acceptance: Identifiers = ()
    """Departments that accept the result (验收单位); empty where the document names none."""
    note: str = ""
    """For people; never parsed."""


def problem_id(plan: str, item: RectificationItem) -> str:
    """Return how a ledger names an item: ids repeat from one plan to the next."""
    return f"{plan}/{item.id}"


def problem_spellings(plan: str, item: RectificationItem) -> tuple[str, ...]:
    """Return the ways in which tables may name an item; the first is what templates write."""
    numbered = (f"{item.number} {goal}" for goal in (item.goal_zh, item.goal_en))
    return (*numbered, item.number, item.goal_zh, item.goal_en, item.id, problem_id(plan, item))
