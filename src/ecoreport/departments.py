"""Who answers for what: the departments of a year, their commitments, and what each still owes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ecoreport.assess.conclusion import ATTENTION_ORDER
from ecoreport.assess.judgement import Judgement
from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.models import Commitment, Department
from ecoreport.config.offices import in_office
from ecoreport.config.vocabulary import EvidenceStatus, Verdict
from ecoreport.facts import Fact, set_apart
from ecoreport.message import N_
from ecoreport.project import Pair

WORKBOOK = "data/departments.xlsx"
"""Download with one sheet a department."""
ANSWERS = (N_("认可"), N_("异议"), N_("补充佐证"))
"""What a department may say to its verdicts."""
SETTLED = (Verdict.MET, Verdict.NOT_MET, Verdict.ON_TRACK, Verdict.BEHIND)
MISSING = (
    Verdict.NO_DATA,
    Verdict.INSUFFICIENT_DATA,
    Verdict.TO_CONFIRM,
    Verdict.NOT_ASSIGNED,
)


@dataclass(frozen=True)
class Duty:
    """A commitment as one of its departments has it."""

    plan: CompletePlan
    commitment: Commitment
    department: str
    named: tuple[str, ...]
    """All departments that the plan names for it, in its order, as they are in office."""

    @property
    def is_first(self) -> bool:
        """Whether the plan names this department first."""
        return self.named[0] == self.department

    def is_in_full(self, most_named: int) -> bool:
        """Whether it stands in full with this department: named first, or among few."""
        return self.is_first or len(self.named) <= most_named


def predecessors(departments: Mapping[str, Department], name: str) -> list[Department]:
    """Return whose duty a department took over directly."""
    return [one for one in departments.values() if one.successor == name]


def duties(
    plans: Sequence[CompletePlan], departments: Mapping[str, Department], year: int
) -> dict[str, list[Duty]]:
    """Return what each department answers for, by the id of who is in office.

    A part of a composite stands by itself only with a department that the composite does not
    name: all others see it below the whole.

    Returns
    -------
    dict of str to list of Duty
        Departments in the order of ``params/departments.csv``, duties in that of the plans.
    """
    found: dict[str, list[Duty]] = {name: [] for name in departments}
    for plan in plans:
        named = {
            one.id: tuple(
                dict.fromkeys(in_office(departments, name, year).id for name in one.responsible)
            )
            for one in plan.commitments
        }
        for one in plan.commitments:
            of_the_whole = named.get(one.part_of, ())
            for name in named[one.id]:
                if name not in of_the_whole:
                    found[name].append(Duty(plan, one, name, named[one.id]))
    return {name: owed for name, owed in found.items() if owed}


def is_open(judgement: Judgement) -> bool:
    """Whether a commitment needs attention: not met, behind, missing or open."""
    return judgement.verdict in ATTENTION_ORDER


def is_open_so_far(judgement: Judgement) -> bool:
    """Whether a commitment that is not due yet is not met, missing or open by its present value."""
    return judgement.so_far in ATTENTION_ORDER


def lacks(judgement: Judgement) -> bool:
    """Whether a figure, a confirmation or an assigned target is missing."""
    return (judgement.so_far or judgement.verdict) in MISSING


def lacks_evidence(judgement: Judgement) -> bool:
    """Whether there is a verdict, but not all the papers behind it."""
    return (
        judgement.so_far or judgement.verdict
    ) in SETTLED and judgement.evidence is not EvidenceStatus.COMPLETE


def department_facts(
    pair: Pair,
    plans: Sequence[CompletePlan],
    judgements: Mapping[str, Judgement],
    departments: Mapping[str, Department],
) -> list[Fact]:
    """Return what departments have, e.g. ``hailing/2018/count/department/hailing-audit/open``.

    Of all plans: ``total``, ``open``, ``open_so_far``, ``demonstration``. Of one plan
    ``…/<department>/<plan>/total``, ``…/demonstration`` and one count for each verdict that
    occurs. What rests on demonstration data beside real data (`set_apart`) is in ``total`` and
    ``demonstration`` only. ``count/departments/all`` and ``…/open`` count the departments.
    """
    apart = {plan.id: bool(set_apart(plan, judgements)) for plan in plans}
    counts: Counter[str] = Counter()
    for name, owed in duties(plans, departments, pair.year).items():
        mine = _counts(owed, judgements, apart)
        counts.update({f"department/{name}/{key}": n for key, n in mine.items()})
        counts["departments/all"] += 1
        for state in ("open", "open_so_far"):
            counts[f"departments/{state}"] += mine[state] > 0
    return [Fact(id=f"{pair}/count/{key}", value=Decimal(n)) for key, n in counts.items()]


def _counts(
    owed: Sequence[Duty], judgements: Mapping[str, Judgement], apart: Mapping[str, bool]
) -> Counter[str]:
    counts = Counter({"total": 0, "open": 0, "open_so_far": 0, "demonstration": 0})
    for duty in owed:
        plan, judgement = duty.plan.id, judgements[duty.commitment.id]
        counts.update(["total", f"{plan}/total"])
        if apart[plan] and judgement.rests_on_demonstration:
            counts.update(["demonstration", f"{plan}/demonstration"])
            continue
        counts[f"{plan}/{judgement.verdict}"] += 1
        counts["open"] += is_open(judgement)
        counts["open_so_far"] += is_open_so_far(judgement)
    return counts
