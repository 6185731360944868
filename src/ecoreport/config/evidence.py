"""What papers must stand behind each indicator of a plan (佐证台账), and when they are sent."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from ecoreport.config.models import Commitment, Day, Identifier, Strict, Year
from ecoreport.i18n import _


class EvidenceKind(StrEnum):
    """What kind of paper it is; ``params/evidence_kinds.csv`` has the labels."""

    DOCUMENT = "document"
    STATISTICS = "statistics"
    MONITORING = "monitoring"
    SURVEY = "survey"
    CONFIRMATION = "confirmation"
    NIL_RETURN = "nil_return"


class EvidenceSource(StrEnum):
    """Why it must be there; ``params/evidence_sources.csv`` has the labels."""

    PLAN = "plan"
    """The plan's own text names it."""
    INDICATOR = "indicator"
    """The indicator cannot be judged without it."""
    SUGGESTION = "suggestion"
    """Nobody demands it; we suggest it."""


class EvidenceState(StrEnum):
    """What became of one paper; ``params/evidence_states.csv`` has the labels."""

    REGISTERED = "registered"
    CHANGED = "changed"
    ABSENT = "absent"
    UNREGISTERED = "unregistered"
    MISSING = "missing"


class EvidenceRequirement(Strict):
    """One row of ``params/plans/<id>/evidence.csv``: a paper that each year asks for."""

    commitment: str
    """Row of the plan's own table; parts share the papers of their whole."""
    number: Annotated[int, Field(ge=1, le=99)]
    """Number among the papers of its commitment."""
    kind: EvidenceKind
    title_zh: str
    title_en: str
    department: Identifier | None = None
    """Who brings it; empty where that is the first department of the commitment."""
    source: EvidenceSource
    clause: str = ""
    """Where the plan names it."""
    clause_en: str = ""

    @model_validator(mode="after")
    def _has_clause(self) -> Self:
        if (self.source is EvidenceSource.PLAN) != bool(self.clause):
            raise ValueError(_("source 为 plan 的行要写 clause，其他行不写"))
        return self

    def code(self, commitment: Commitment) -> str:
        """Return its number in the ledger, e.g. ``01-2``."""
        return f"{commitment.seq or 0:02d}-{self.number}"

    def owner(self, commitment: Commitment) -> str:
        """Return the department that brings it."""
        return self.department or commitment.responsible[0]


class EvidenceDeadline(Strict):
    """One row of ``params/plans/<id>/evidence_deadlines.csv``: a day of the plan's schedule."""

    id: Identifier
    deadline: Day
    """Last day of what the document names."""
    words_zh: str
    """As the document names it, e.g. 4月底."""
    words_en: str
    task_zh: str
    task_en: str
    is_submission: bool
    """Whether departments send papers by this day; else what they sent is checked."""
    first_year: Year
    """First of the years whose papers are asked for."""
    last_year: Year
    clause: str
    clause_en: str
