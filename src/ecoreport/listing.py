"""One list of all that binds a district: what several plans ask alike stands in it once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from ecoreport.assess.conclusion import ATTENTION_ORDER
from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.vocabulary import Verdict
from ecoreport.departments import in_office
from ecoreport.i18n import _
from ecoreport.labels import localized
from ecoreport.report import Report
from ecoreport.rows import Row, rows_of

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


def listed(report: Report) -> list[Entry]:
    """Return every commitment that binds the district, once.

    What names the district itself, or is asked by a plan of its own, comes before what binds it
    as a part of the area above; then plan by plan, each in its own order. Two plans ask the same
    where indicator, extent, way of judging, target and time do not differ and the verdict does
    not either: such rows are one entry, in the place of the first.
    """
    found: dict[Hashable, list[tuple[CompletePlan, Row]]] = {}
    for plan in report.plans:
        for row in rows_of(report, plan):
            same = found.setdefault(_asked(row), [])
            if any(plan.id == other.id for other, _row in same):
                same = found.setdefault(row.commitment.id, [])
            same.append((plan, row))
    entries = [
        Entry(plan, row, tuple(again), binds_as_part=_binds_as_part(report, plan, row))
        for (plan, row), *again in found.values()
    ]
    return sorted(entries, key=lambda entry: entry.binds_as_part)


def _asked(row: Row) -> Hashable:
    """Return what a commitment asks of the year judged; composites ask what no other does."""
    one = row.commitment
    if not one.indicator:
        return one.id
    is_due = row.judgement.so_far is None
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
        row.judgement.verdict,
        row.judgement.reason,
    )


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


def whole_of(report: Report, entries: Sequence[Entry]) -> CompletePlan:
    """Return all that binds the district as one plan: of a single plan itself.

    Of several plans it holds each entry once, so that counts count nothing twice.
    """
    if len(report.plans) == 1:
        return report.plan
    words = {plan.unit_word for plan in report.plans}
    commitments = [
        one
        for entry in entries
        for one in (
            entry.row.commitment.model_copy(update={"responsible": departments_of(report, entry)}),
            *(part.commitment for part in entry.row.parts),
        )
    ]
    return report.plan.model_copy(
        update={
            "id": "all-plans",
            "unit_word": words.pop() if len(words) == 1 else "task",
            "commitments": tuple(commitments),
            "vetoes": tuple(name for plan in report.plans for name in plan.vetoes),
        }
    )


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
    known = report.catalogue.departments
    named = (name for row in entry.rows for name in row.commitment.responsible)
    return tuple(dict.fromkeys(in_office(known, name, report.year).id for name in named))


def worst_first(entries: Iterable[Entry]) -> list[Entry]:
    """Return the open entries, worst first, otherwise in their order; binding before reference."""
    ranked = [
        ((ATTENTION_ORDER.index(verdict), entry.row.commitment.attribute == "reference"), entry)
        for entry in entries
        if (verdict := entry.open_verdict) is not None
    ]
    return [entry for _rank, entry in sorted(ranked, key=lambda pair: pair[0])]


def _grouped(
    entries: Iterable[Entry], key: Callable[[Entry], Key]
) -> list[tuple[Key, list[Entry]]]:
    return [(name, list(run)) for name, run in groupby(entries, key)]
