"""What papers a plan asks for, of whom, and by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ecoreport.config.catalogue import Catalogue, CompletePlan
from ecoreport.config.evidence import EvidenceDeadline, EvidenceRequirement, EvidenceSource
from ecoreport.config.models import Commitment, PlanField
from ecoreport.errors import InputError
from ecoreport.i18n import _


@dataclass(frozen=True)
class Required:
    """A paper that each year asks for.

    Attributes
    ----------
    code : str
        Its number in the ledger: number of the indicator, number of the paper.
    owner : str
        Department that brings it.
    """

    code: str
    seq: int
    commitment: Commitment
    requirement: EvidenceRequirement
    owner: str

    @property
    def is_asked(self) -> bool:
        """Whether the plan or the indicator asks for it; what we suggest is listed, not counted."""
        return self.requirement.source is not EvidenceSource.SUGGESTION


@dataclass(frozen=True)
class NumberedField:
    """A field of the plan with its number and the rows of its table."""

    number: int
    field: PlanField
    commitments: tuple[Commitment, ...]


def evidence_plan(catalogue: Catalogue, district: str) -> CompletePlan:
    """Return the plan of a district that asks for papers.

    Raises
    ------
    InputError
        If none of its own plans does, or more than one: numbers would then mean two things.
    """
    plans = [plan for plan in catalogue.plans_of(district) if plan.evidence]
    name = catalogue.districts[district].name_zh
    if not plans:
        raise InputError(
            _(
                "{district}的方案没有佐证材料表（params/plans/方案/evidence.csv），无从整理台账。"
                "请先按该方案逐项写明应交的材料"
            ).format(district=name)
        )
    if len(plans) > 1:
        raise InputError(
            _("{district}有几个方案带佐证材料表（{plans}），编号会混淆。请只保留一个").format(
                district=name, plans=_("、").join(plan.id for plan in plans)
            )
        )
    return plans[0]


def required_papers(plan: CompletePlan) -> tuple[Required, ...]:
    """Return the papers that each year asks for, in the order of the plan's own table."""
    commitments = {one.id: one for one in plan.commitments}
    papers = [
        Required(one.code(own), own.seq or 0, own, one, one.owner(own))
        for one in plan.evidence
        if (own := commitments.get(one.commitment)) is not None
    ]
    return tuple(sorted(papers, key=lambda paper: (paper.seq, paper.requirement.number)))


def fields_of(plan: CompletePlan) -> tuple[NumberedField, ...]:
    """Return the plan's fields with their numbers, each with the indicators that ask for papers."""
    asked = {one.commitment for one in plan.evidence}
    by_seq = {one.seq: one for one in plan.counted() if one.id in asked}
    return tuple(
        NumberedField(
            number,
            field,
            tuple(by_seq[seq] for task in field.tasks for seq in task.seq if seq in by_seq),
        )
        for number, field in enumerate(plan.fields, start=1)
    )


def years_asked(plan: CompletePlan) -> tuple[int, ...]:
    """Return the years whose papers the plan asks for; none where it does not say."""
    if not plan.evidence_deadlines:
        return ()
    first = min(one.first_year for one in plan.evidence_deadlines)
    last = max(one.last_year for one in plan.evidence_deadlines)
    return tuple(range(first, last + 1))


def deadlines_for(plan: CompletePlan, years: Iterable[int]) -> tuple[EvidenceDeadline, ...]:
    """Return the plan's days for the papers of any of `years`, earliest first."""
    asked = set(years)
    return tuple(
        sorted(
            (
                one
                for one in plan.evidence_deadlines
                if asked & set(range(one.first_year, one.last_year + 1))
            ),
            key=lambda one: one.deadline,
        )
    )
