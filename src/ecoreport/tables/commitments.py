"""The list of all commitments: as marks on one screen, and as a table to work with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from ecoreport.assess.judgement import AreaValue
from ecoreport.components import component
from ecoreport.config.presentation import VerdictStyle
from ecoreport.config.vocabulary import Verdict
from ecoreport.findings.overview import unit_name
from ecoreport.i18n import _
from ecoreport.labels import localized, verdict_label, worded
from ecoreport.listing import (
    Entry,
    Section,
    departments_of,
    place_name,
    sections,
)
from ecoreport.narrative import number, unit_suffix
from ecoreport.numbers import format_number
from ecoreport.report import Report
from ecoreport.rows import Row
from ecoreport.tables.cells import margin_bar, sparkline
from ecoreport.tables.open_items import department_names
from ecoreport.tables.plans import tallies_of

SAID_BY_VERDICT = {
    Verdict.NO_DATA: "not_reported",
    Verdict.TO_CONFIRM: "not_confirmed",
    Verdict.NOT_ASSIGNED: "target_not_assigned",
}
"""Reasons that say what the verdict's own word says."""

COLUMNS_ALWAYS = 7


@dataclass(frozen=True)
class AreaLine:
    """A value of a district below, beside the value of the whole."""

    name: str
    style: VerdictStyle
    label: str
    value: Markup


@dataclass(frozen=True)
class Line:
    """One line of the table: a commitment, or a part of one."""

    row: Row
    is_part: bool
    place: str
    """The area that it speaks of, where that is another than the list's."""
    clause: str
    number: str
    order: str
    """What it is sorted by in the order of the list."""
    plans: str
    """Places of its plans in the list of plans, separated by spaces."""
    departments: str
    department_places: str
    """Places of its departments in the list of departments, separated by spaces."""
    all_departments: str
    """All names, where `departments` leaves some out that its task does not name."""
    remark: str
    progress: str
    """What an even way to the target asks of this year."""
    areas: list[AreaLine]
    aliases: tuple[str, ...]
    """Anchors of the rows of other plans that ask the same."""
    fuzzy: str

    @property
    def has_remarks(self) -> bool:
        """Whether there is more to say than where its number comes from."""
        row, judgement = self.row, self.row.judgement
        own = (row.note, self.all_departments, row.fragility, self.progress, self.fuzzy)
        of_judgement = (judgement.notes, judgement.target_source, judgement.disagreeing)
        return any((*own, *of_judgement))

    @property
    def has_trace(self) -> bool:
        """Whether there is anything to open that is this row's own."""
        return not self.row.parts and bool(self.row.trace or self.has_remarks)


@dataclass(frozen=True)
class Group:
    """Lines of one task, below the names of its plan, field and departments."""

    title: str
    """Plan, where another begins."""
    field: str
    task: str
    departments: str
    """Who is responsible for every line, where all have the same."""
    lines: list[Line]


def strip(report: Report, entries: Sequence[Entry]) -> Markup:
    """Return one mark for each commitment, by plan and field; each leads to its row."""
    parts = [(section.title, section.fields()) for section in sections(report, entries)]
    return _strip(report, entries, parts, _("逐项结论"))


def areas_strip(report: Report, found: Sequence[tuple[str, Sequence[Entry]]]) -> Markup:
    """Return one mark for each commitment that names an area below, by area."""
    named = list({id(one): one for _area, of_area in found for one in of_area}.values())
    return _strip(report, named, [("", found)], _("分地区"))


def _strip(
    report: Report,
    entries: Sequence[Entry],
    parts: Sequence[tuple[str, Sequence[tuple[str, Sequence[Entry]]]]],
    label: str,
) -> Markup:
    legend = tallies_of(report, [(entry.plan, entry.row) for entry in entries])
    return component("strip", parts=parts, legend=legend, label=label)


def commitment_table(report: Report, entries: Sequence[Entry]) -> Markup:
    """Return the table to work with: sort, filter, open a row to its trace.

    Columns in which nothing would stand are left out.
    """
    listing = _Listing(report, entries)
    groups = list(listing.groups())
    rows = [line.row for group in groups for line in group.lines]
    has = {
        "plans": len(report.plans) > 1,
        "attributes": len({row.commitment.attribute for row in rows}) > 1,
        "margins": any(row.margin for row in rows),
        "history": any(len(row.history) > 1 for row in rows),
        "evidence": any(row.evidence for row in rows),
    }
    return component(
        "commitment_table",
        groups=groups,
        has=has,
        n_columns=COLUMNS_ALWAYS + sum(has.values()),
        plans=[localized(plan) for plan in report.plans],
        departments=listing.department_names,
        unit_name=unit_name(report.plans),
        sparkline=sparkline,
        margin_bar=margin_bar,
    )


@dataclass(frozen=True)
class _Listing:
    """The list as lines of a table."""

    report: Report
    entries: Sequence[Entry]

    @cached_property
    def departments(self) -> Mapping[str, int]:
        """Place of each department that is named, in the order of ``departments.csv``."""
        named = {name for entry in self.entries for name in departments_of(self.report, entry)}
        known = [name for name in self.report.catalogue.departments if name in named]
        return {name: place for place, name in enumerate(known)}

    @property
    def department_names(self) -> list[str]:
        """Names of the departments, each in its place."""
        return [localized(self.report.catalogue.departments[name]) for name in self.departments]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Place of each entry in the list, by its commitment."""
        return {entry.row.commitment.id: at for at, entry in enumerate(self.entries, start=1)}

    def groups(self) -> Iterator[Group]:
        """Yield the lines task by task."""
        for section in sections(self.report, self.entries):
            for place, ((field, task), entries) in enumerate(section.tasks()):
                title = section.title if place == 0 else ""
                yield self._group(section, title, field, task, entries)

    def _group(
        self, section: Section, title: str, field: str, task: str, entries: Sequence[Entry]
    ) -> Group:
        shared = {departments_of(self.report, entry) for entry in entries}
        is_shared = len(shared) == 1 and len(entries) > 1 and len(next(iter(shared))) > 1
        names = self._names(entries[0]) if is_shared else ""
        lines = [
            line for entry in entries for line in self._lines(section, entry, is_shared=is_shared)
        ]
        return Group(title, field, task, names, lines)

    def _names(self, entry: Entry) -> str:
        known = self.report.catalogue.departments
        return _("、").join(localized(known[name]) for name in departments_of(self.report, entry))

    def _lines(self, section: Section, entry: Entry, *, is_shared: bool) -> Iterator[Line]:
        for place, row in enumerate((entry.row, *entry.row.parts)):
            yield self._line(section, entry, row, place, is_shared=is_shared)

    def _line(
        self, section: Section, entry: Entry, row: Row, place: int, *, is_shared: bool
    ) -> Line:
        report, is_part = self.report, place > 0
        of_entry = departments_of(report, entry)
        at = self.places[entry.row.commitment.id]
        is_numbered_apart = bool(section.title)
        some, every = department_names(report, entry), self._names(entry)
        return Line(
            row=row,
            is_part=is_part,
            place=place_name(report, entry, row),
            clause=row.clause if is_part else self._clauses(entry),
            number="" if is_part or row.commitment.seq is None else str(row.commitment.seq),
            order=f"{at}.{place:02d}" if is_part else str(at) if is_numbered_apart else "",
            plans=" ".join(str(at) for at, plan in enumerate(report.plans) if plan in entry.plans),
            departments=some,
            department_places=" ".join(str(self.departments[name]) for name in of_entry),
            all_departments=every if every != some and not is_shared and not is_part else "",
            remark=self._remark(row),
            progress=self._progress(row),
            areas=[self._area(entry, one) for one in row.judgement.areas],
            aliases=tuple(other.anchor for _plan, other in entry.again) if not is_part else (),
            fuzzy=self._fuzzy(row),
        )

    def _clauses(self, entry: Entry) -> str:
        """Return where the plan says it; of several plans each with its own."""
        others = [
            _("方案{n} {clause}").format(n=self.report.plans.index(plan) + 1, clause=row.clause)
            for plan, row in entry.again
        ]
        return _("；").join((entry.row.clause, *others))

    def _remark(self, row: Row) -> str:
        judgement = row.judgement
        if row.reason == row.label or SAID_BY_VERDICT.get(judgement.verdict) == judgement.reason:
            return ""
        return row.reason

    def _progress(self, row: Row) -> str:
        value = row.judgement.path_value
        if value is None:
            return ""
        return format_number(value) + str(unit_suffix(row.judgement.unit))

    def _area(self, entry: Entry, one: AreaValue) -> AreaLine:
        style = self.report.catalogue.verdicts[one.verdict]
        name = localized(self.report.catalogue.districts[one.district])
        return AreaLine(name, style, verdict_label(style, entry.plan), self._value(one))

    def _value(self, one: AreaValue) -> Markup:
        if one.value is None:
            return Markup("—")
        known = (self.report.observations.get(name) for name in one.observations)
        observed = next((found for found in known if found and found.value == one.value), None)
        text = number(observed) if observed else Markup("{}").format(format_number(one.value))
        return text + unit_suffix(one.unit)

    def _fuzzy(self, row: Row) -> str:
        readings = {str(word): one for word, one in self.report.catalogue.assessment.fuzzy.items()}
        reading = readings.get(row.commitment.fuzzy)
        return worded(reading, "word") + _("：") + worded(reading, "meaning") if reading else ""
