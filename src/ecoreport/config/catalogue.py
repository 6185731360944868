"""All of ``params/``, read and checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from decimal import Decimal

from ecoreport.config.assessment import AssessmentSettings
from ecoreport.config.corrections import FiledCorrection
from ecoreport.config.disclosure import PublicMinimum
from ecoreport.config.evidence import EvidenceDeadline, EvidenceRequirement
from ecoreport.config.layouts import Dataset
from ecoreport.config.models import (
    Commitment,
    Computation,
    Contradiction,
    Department,
    District,
    DistrictYear,
    Indicator,
    PathPoint,
    Plan,
    PlanField,
    Station,
)
from ecoreport.config.plausible import Plausible, PlausibleParts
from ecoreport.config.presentation import ReportSettings, Term, VerdictStyle
from ecoreport.config.rectification import RectificationItem
from ecoreport.config.rectification_states import RectificationState, StateStyle
from ecoreport.config.tiles import Tile
from ecoreport.config.vocabulary import Secrecy, Verdict
from ecoreport.project import Pair

ECOLOGICAL_INDEX = "official_ecological_index"
"""Statistic of the index whose standard grades its changes."""


class CompletePlan(Plan):
    """A plan with the rows of its tables."""

    commitments: tuple[Commitment, ...]
    contradictions: tuple[Contradiction, ...]
    path: tuple[PathPoint, ...] = ()
    """Interim values, in the order of the table."""
    problems: tuple[RectificationItem, ...] = ()
    """What a plan of rectification puts right, in the order of the document."""
    evidence: tuple[EvidenceRequirement, ...] = ()
    """Papers that each year asks for, where the plan asks for them."""
    evidence_deadlines: tuple[EvidenceDeadline, ...] = ()
    """When they are sent and checked, earliest first."""
    owner: str = ""
    """District that names the plan as its own."""

    def parts_of(self, commitment: Commitment) -> tuple[Commitment, ...]:
        """Return the parts of a composite, in the order of the table."""
        return tuple(one for one in self.commitments if one.part_of == commitment.id)

    def path_of(self, commitment: Commitment) -> tuple[PathPoint, ...]:
        """Return the interim values of a commitment, earliest first."""
        points = (point for point in self.path if point.commitment == commitment.id)
        return tuple(sorted(points, key=lambda point: point.year))

    def counted(self) -> tuple[Commitment, ...]:
        """Return the commitments that the plan itself counts: no parts."""
        return tuple(one for one in self.commitments if not one.part_of)

    def restricted_to(self, scopes: Set[str]) -> CompletePlan:
        """Return the plan as it binds a district: rows that name it, or an area it lies in.

        Of a composite only the district's own parts are left, but of a sum all: a sum without one
        of its parts is another sum.
        """
        sums = {one.id for one in self.commitments if one.combine == "sum"}
        wholes = {one.part_of for one in self.commitments if one.part_of}
        own = [one for one in self.commitments if one.scope in scopes]
        kept = {one.id for one in own if one.id not in wholes - sums}
        kept |= {one.part_of for one in own if one.part_of}
        kept |= {one.id for one in self.commitments if one.part_of in kept & sums}
        commitments = tuple(one for one in self.commitments if one.id in kept)
        numbers = {one.seq for one in commitments}
        return self.model_copy(
            update={
                "commitments": commitments,
                "fields": tuple(_fields_with(self.fields, numbers)),
                "vetoes": tuple(name for name in self.vetoes if name in kept),
                "path": tuple(point for point in self.path if point.commitment in kept),
                "contradictions": tuple(
                    one for one in self.contradictions if kept & set(one.commitments.split())
                ),
                "problems": tuple(one for one in self.problems if kept & set(one.commitments)),
            }
        )


def _fields_with(fields: Iterable[PlanField], numbers: Set[int | None]) -> Iterator[PlanField]:
    """Yield the fields and tasks that hold any of some numbers, with those numbers only."""
    for field_ in fields:
        tasks = [
            task.model_copy(update={"seq": tuple(seq for seq in task.seq if seq in numbers)})
            for task in field_.tasks
        ]
        if any(task.seq for task in tasks):
            yield field_.model_copy(update={"tasks": tuple(task for task in tasks if task.seq)})


@dataclass(frozen=True)
class Catalogue:
    """What people wrote under ``params/``, by id."""

    districts: Mapping[str, District]
    plans: Mapping[str, CompletePlan]
    indicators: Mapping[str, Indicator]
    datasets: Mapping[str, Dataset]
    departments: Mapping[str, Department]
    verdicts: Mapping[Verdict, VerdictStyle]
    """In the order of legends and counts."""
    report: ReportSettings
    assessment: AssessmentSettings
    terms: Mapping[str, Mapping[str, Term]]
    """Labels of closed lists: ``terms["maturities"]["audited"].zh``."""
    tiles: Mapping[str, Tile] = field(default_factory=dict)
    """Place of each district on its city's tile grid."""
    rectification_states: Mapping[RectificationState, StateStyle] = field(default_factory=dict)
    """In the order of legends and counts."""
    district_years: Mapping[Pair, DistrictYear] = field(default_factory=dict)
    computed: tuple[Computation, ...] = ()
    """What gives an indicator beside its own dataset, in the order of the table."""
    public_minimums: Mapping[str, PublicMinimum] = field(default_factory=dict)
    """Counts below which a public edition tells nothing, by dataset."""
    plausible: Mapping[str, Plausible] = field(default_factory=dict)
    """What figures of an indicator can well be, by its id."""
    plausible_parts: tuple[PlausibleParts, ...] = ()
    """Which indicators are parts of another."""
    yearly_falls: Mapping[str, str] = field(default_factory=dict)
    """Indicator of the fall on the year before at comparable prices, by what falls."""
    corrections: Mapping[Pair, tuple[FiledCorrection, ...]] = field(default_factory=dict)
    """By the district and year of the table, in the order of their file."""
    at_fault: Mapping[str, str] = field(default_factory=dict)
    """Districts whose own files are wrong, with what is wrong: their tables must not be read."""

    def district_year(self, pair: Pair) -> DistrictYear:
        """Return what holds for one year only; nothing where there is no file for it."""
        nothing = DistrictYear(district=pair.district, year=pair.year)
        return self.district_years.get(pair, nothing)

    def datasets_that_are(self, secrecy: Secrecy) -> frozenset[str]:
        """Return the datasets of one level of secrecy."""
        return frozenset(one.id for one in self.datasets.values() if one.secrecy is secrecy)

    def observed(self) -> Iterator[Indicator]:
        """Yield each indicator as its own dataset gives it, then as others give it too."""
        yield from self.indicators.values()
        for one in self.computed:
            yield self.indicators[one.indicator].model_copy(
                update={
                    "statistic": one.statistic,
                    "argument": one.argument,
                    "dataset": one.dataset,
                    "is_verified": one.is_verified,
                }
            )

    def ways(self) -> dict[str, list[tuple[str, ...]]]:
        """Return which datasets give each indicator: each way by itself, computed ones first."""
        found: dict[str, list[tuple[str, ...]]] = {name: [] for name in self.indicators}
        for one in self.computed:
            found[one.indicator].append(one.datasets)
        for name, indicator in self.indicators.items():
            found[name].append((indicator.dataset,))
        return found

    def family(self, dataset: str) -> frozenset[str]:
        """Return the datasets that tell the same as `dataset`, itself among them."""
        own = self.datasets[dataset]
        head = own.stands_in_for or dataset
        beside = {one.id for one in self.datasets.values() if dataset in one.beside}
        return frozenset({head, *self.stand_ins(head), *own.beside, *beside})

    def stand_ins(self, dataset: str) -> frozenset[str]:
        """Return the datasets from which `dataset` is computed where it was not sent."""
        return frozenset(
            one.id for one in self.datasets.values() if dataset and one.stands_in_for == dataset
        )

    def lineage(self, district: str) -> tuple[District, ...]:
        """Return a district and those above it, from the district upwards."""
        found = [self.districts[district]]
        while (parent := found[-1].parent) is not None:
            found.append(self.districts[parent])
        return tuple(found)

    def plans_of(self, district: str) -> tuple[CompletePlan, ...]:
        """Return the plans that a district's file names."""
        return tuple(self.plans[plan] for plan in self.districts[district].plans)

    def plans_binding(self, district: str) -> tuple[CompletePlan, ...]:
        """Return the plans that bind a district: its own, then what plans above ask of it."""
        own, *above = self.lineage(district)
        scopes = {one.id for one in (own, *above)}
        upper = [plan.restricted_to(scopes) for place in above for plan in self.plans_of(place.id)]
        return (*self.plans_of(district), *(plan for plan in upper if plan.commitments))

    def commitments_for(self, district: str) -> tuple[Commitment, ...]:
        """Return the commitments that bind a district, in the order of its plans."""
        bound = [one for plan in self.plans_binding(district) for one in plan.commitments]
        return tuple({one.id: one for one in bound}.values())

    def areas_of(self, district: str) -> tuple[District, ...]:
        """Return the districts below a district, whatever stands between, in their order."""
        return tuple(
            one
            for one in self.districts.values()
            if any(above.id == district for above in self.lineage(one.id)[1:])
        )

    def clear_change_from(self, indicator: str) -> Decimal:
        """Return the change from which an indicator has changed by its standard; else 0."""
        is_index = any(
            (one.indicator, one.statistic) == (indicator, ECOLOGICAL_INDEX) for one in self.computed
        )
        if not is_index:
            return Decimal(0)
        from ecoreport.standards.ecology import clear_change_from  # noqa: PLC0415 - with pandas

        return clear_change_from()

    def stations(
        self, district: str, year: int, role: str = "national_assessment"
    ) -> tuple[Station, ...]:
        """Return the stations of a district that have `role` in `year`."""
        return tuple(
            station
            for station in self.districts[district].stations
            if any(
                one.role == role and (one.first_year or year) <= year <= (one.last_year or year)
                for one in station.roles
            )
        )

    def department_named(self, district: str, name: str) -> Department | None:
        """Return the department that a table of `district` calls `name`, by id, name or alias.

        Departments of the districts above are known too; the nearest one wins.
        """
        for place in self.lineage(district):
            for one in self.departments.values():
                if one.district == place.id and name in {one.id, one.zh, one.en, *one.aliases}:
                    return one
        return None
