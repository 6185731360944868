"""One list of all that binds a district: what several plans ask alike stands in it once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TypeVar

from ecoreport.assess.conclusion import ATTENTION_ORDER
from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.vocabulary import Attribute, Verdict
from ecoreport.i18n import _
from ecoreport.labels import localized
from ecoreport.report import Report
from ecoreport.rows import Row, row_of
from ecoreport.whole import responsible_for

Key = TypeVar("Key")


@dataclass(frozen=True)
class Entry:
    """A commitment as the list shows it: once, with every plan that asks it."""

    plan: CompletePlan
    row: Row
    again: tuple[tuple[CompletePlan, Row], ...] = ()
    """The other plans that ask the same, with their rows."""
    binds_as_part: bool = False
    """Whether it binds the district only as a part of the area above that it speaks of."""

    @property
    def plans(self) -> tuple[CompletePlan, ...]:
        """Every plan that asks it."""
        return (self.plan, *(plan for plan, _row in self.again))

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of every plan that asks it."""
        return (self.row, *(row for _plan, row in self.again))

    @property
    def open_verdict(self) -> Verdict | None:
        """Verdict that asks for attention, before the deadline that of the present value."""
        judgement = self.row.judgement
        verdict = judgement.so_far or judgement.verdict
        return verdict if verdict in ATTENTION_ORDER else None

    @property
    def is_ahead(self) -> bool:
        """Whether its deadline lies ahead, so that it is in no count of what is open."""
        return self.row.judgement.so_far is not None


@dataclass(frozen=True)
class Section:
    """Consecutive entries of one plan that bind the district in one way."""

    title: str
    """Plan, and how it binds; empty where there is one section only."""
    plan: CompletePlan
    binds_as_part: bool
    entries: tuple[Entry, ...]

    def fields(self) -> list[tuple[str, list[Entry]]]:
        """Return the entries by the fields under which the plan groups them."""
        return _grouped(self.entries, lambda entry: entry.row.field)

    def tasks(self) -> list[tuple[tuple[str, str], list[Entry]]]:
        """Return the entries by field and task of the plan."""
        return _grouped(self.entries, lambda entry: (entry.row.field, entry.row.task))


def listed(report: Report, only: Set[str] | None = None) -> list[Entry]:
    """Return every commitment that binds the district, once; or those of `only`, by id.

    What names the district itself, or is asked by a plan of its own, comes before what binds it
    as a part of the area above; then plan by plan, each in its own order. Two plans ask the same
    where indicator, extent, way of judging, target and time do not differ and the verdict does
    not either: such rows are one entry, in the place of the first.
    """
    plans = {plan.id: plan for plan in report.plans}
    asked = {(plan.id, one.id): one for plan in report.plans for one in plan.counted()}
    entries = []
    for same in report.asked_alike:
        if only is not None and same[0][1] not in only:
            continue
        (plan, row), *again = [
            (plans[place[0]], row_of(report, plans[place[0]], asked[place])) for place in same
        ]
        is_part = _binds_as_part(report, plan, row)
        entries.append(Entry(plan, row, tuple(again), binds_as_part=is_part))
    return sorted(entries, key=lambda entry: entry.binds_as_part)


def _binds_as_part(report: Report, plan: CompletePlan, row: Row) -> bool:
    own = report.pair.district
    return own not in {plan.owner, row.commitment.scope}


def sections(report: Report, entries: Sequence[Entry]) -> list[Section]:
    """Return the entries by plan, and by how they bind the district.

    Parameters
    ----------
    entries : sequence of Entry
        As :func:`listed` orders them.
    """
    runs = _grouped(entries, lambda entry: (entry.plan.id, entry.binds_as_part))
    is_one = len(runs) == 1
    return [
        Section(
            "" if is_one else section_title(report, run[0].plan, binds_as_part=binds_as_part),
            run[0].plan,
            binds_as_part,
            tuple(run),
        )
        for (_plan, binds_as_part), run in runs
    ]


def whole_of(report: Report) -> CompletePlan:
    """Return all that binds the district as one plan: counts of it count nothing twice."""
    return report.whole


def section_title(report: Report, plan: CompletePlan, *, binds_as_part: bool) -> str:
    """Name a plan; of a plan from above also say whether it names the district."""
    if plan.owner == report.pair.district:
        return localized(plan)
    if binds_as_part:
        text = _("{plan}：按{above}整体评价，{district}是其中一部分")
    else:
        text = _("{plan}：点名{district}")
    above = localized(report.catalogue.districts[plan.owner])
    return text.format(plan=localized(plan), above=above, district=localized(report.district))


def areas_named(report: Report, entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """Return what is asked of areas below the district, by area, in the order of districts."""
    below = {one.id: one for one in report.catalogue.areas_of(report.pair.district)}
    named: dict[str, list[Entry]] = {name: [] for name in below}
    for entry in entries:
        rows = (entry.row, *entry.row.parts)
        for scope in dict.fromkeys(row.commitment.scope for row in rows):
            if scope in named:
                named[scope].append(entry)
    return [(localized(below[name]), found) for name, found in named.items() if found]


def place_name(report: Report, entry: Entry, row: Row) -> str:
    """Return the area that a row speaks of, where it is neither the district nor the plan's own."""
    scope = row.commitment.scope
    if scope in {report.pair.district, entry.plan.owner}:
        return ""
    return localized(report.catalogue.districts[scope])


def departments_of(report: Report, entry: Entry) -> tuple[str, ...]:
    """Return the ids of the departments responsible: of those in office, by whichever plan."""
    asked = [row.commitment for row in entry.rows]
    return responsible_for(asked, report.catalogue.departments, report.year)


def worst_first(entries: Iterable[Entry]) -> list[Entry]:
    """Return the open entries, worst first.

    Of one verdict what binds goes before what is for reference; then what lies farthest from its
    target, for its size, before what has no figure; otherwise they keep their order.
    """
    ranked = [
        ((ATTENTION_ORDER.index(verdict), not _binds(entry), -_gap(entry)), entry)
        for entry in entries
        if (verdict := entry.open_verdict) is not None
    ]
    return [entry for _rank, entry in sorted(ranked, key=lambda pair: pair[0])]


def _binds(entry: Entry) -> bool:
    return entry.row.commitment.attribute is Attribute.BINDING


def _gap(entry: Entry) -> Decimal:
    """Return how far a value misses its target as a share of it: of none at all by the whole."""
    judgement = entry.row.judgement
    if judgement.margin is None or judgement.target is None or judgement.margin >= 0:
        return Decimal(0)
    return -judgement.margin / abs(judgement.target) if judgement.target else Decimal(1)


def _grouped(
    entries: Iterable[Entry], key: Callable[[Entry], Key]
) -> list[tuple[Key, list[Entry]]]:
    return [(name, list(run)) for name, run in groupby(entries, key)]
