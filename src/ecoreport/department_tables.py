"""The index of departments, and the page of each: commitments, what is missing, its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from ecoreport.components import component
from ecoreport.config.models import Department
from ecoreport.config.presentation import VerdictStyle
from ecoreport.departments import ANSWERS, Duty, duties
from ecoreport.findings import departments as findings
from ecoreport.i18n import _
from ecoreport.labels import localized, verdict_label
from ecoreport.message import N_
from ecoreport.narrative import number, sentence
from ecoreport.needs import Need, Needs
from ecoreport.report import Report
from ecoreport.rows import Row, rows_of

ROWS_PAGE = "index.html"
"""The opening chapter: each commitment has a row there, with its trace."""


@dataclass(frozen=True)
class Line:
    """A commitment on the page of a department."""

    row: Row
    sequence: str
    """Number in its plan; of a part that stands alone, the number of the whole."""
    anchor: str
    """Place where it stands in full with the department named first."""
    is_anchor: bool
    """Whether this line is that place."""
    together: str
    """Who else is named."""
    deadline: str
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class Shared:
    """Commitments of one verdict that a department has together with many."""

    style: VerdictStyle
    label: str
    is_demonstration: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class PlanGroup:
    """What a department has of one plan."""

    title: str
    counts: Markup
    lines: tuple[Line, ...]
    shared: tuple[Shared, ...]


@dataclass(frozen=True)
class Missing:
    """What is missing in one table by one day."""

    what: str
    where: str
    by_when: str
    lines: tuple[tuple[str, str], ...]
    """Number and title of the commitments."""


@dataclass(frozen=True)
class Section:
    """The page of one department."""

    department: Department
    standing: str
    groups: tuple[PlanGroup, ...]
    missing: tuple[Missing, ...]

    @property
    def name(self) -> str:
        """Name of the department in the reader's language."""
        return localized(self.department)

    @property
    def anchor(self) -> str:
        """Id of the section."""
        return f"d-{self.department.id}"

    @property
    def n_missing(self) -> int:
        """How many things are missing."""
        return sum(len(one.lines) for one in self.missing)


def sections(report: Report) -> list[Section]:
    """Return the page of each department that answers for something, most open first."""
    plans = report.plans
    owed = duties(plans, report.catalogue.departments, report.year)
    rows: dict[str, Row] = {}
    sequences: dict[str, str] = {}
    for whole in (row for plan in plans for row in rows_of(report, plan)):
        for row in (whole, *(_alone(whole, part) for part in whole.parts)):
            rows[row.commitment.id] = row
            sequences[row.commitment.id] = str(whole.commitment.seq or "")
    needs = Needs(report.catalogue, report.pair, report.as_of, report.judgements)
    maker = _Maker(report, rows, sequences, needs)
    return [maker.section(name, owed[name]) for name in findings.named(report)]


def index(report: Report, listed: Sequence[Section]) -> Markup:
    """Return the departments with their counts, each leading to its section."""
    columns = [
        (verdict, " / ".join(dict.fromkeys(verdict_label(style, one) for one in report.plans)))
        for verdict, style in report.catalogue.verdicts.items()
        if any(_of_verdict(report, one, verdict) for one in listed)
    ]
    states = {"open": _("未决"), "open_so_far": _("按现值未决")}
    if not report.fact("count/departments/open_so_far").value:
        del states["open_so_far"]
    rows = [
        {
            "section": one,
            "total": number(findings.count_of(report, one.department.id, "total")),
            "states": [number(findings.count_of(report, one.department.id, n)) for n in states],
            "apart": _apart(report, one),
            "counts": [_of_verdict(report, one, verdict) for verdict, _label in columns],
        }
        for one in listed
    ]
    heads = [*states.values(), *(label for _verdict, label in columns)]
    return component("department_index", columns=heads, rows=rows)


def section(report: Report, one: Section) -> Markup:
    """Return the page of a department."""
    choices = [_(answer) for answer in ANSWERS]
    summary = findings.summary(report, one.department.id)
    return component(
        "department", section=one, summary=summary, choices=choices, rows_page=ROWS_PAGE
    )


def _apart(report: Report, one: Section) -> Markup:
    """Say how many have demonstration data only, beside real data of others."""
    fact = findings.count_of(report, one.department.id, "demonstration")
    return sentence(N_("另有{n}项只有演示数据"), n=number(fact)) if fact.value else Markup("")


def _of_verdict(report: Report, section: Section, verdict: str) -> int:
    names = (
        f"{report.pair}/count/department/{section.department.id}/{plan.id}/{verdict}"
        for plan in report.plans
    )
    return sum(int(report.facts[name].value) for name in names if name in report.facts)


def _alone(whole: Row, part: Row) -> Row:
    """Return a part as it stands without the whole above it."""
    return replace(part, title=_("{whole}：{part}").format(whole=whole.title, part=part.title))


@dataclass(frozen=True)
class _Maker:
    """Makes sections from rows that are made once."""

    report: Report
    rows: Mapping[str, Row]
    sequences: Mapping[str, str]
    needs: Needs

    def section(self, name: str, owed: Sequence[Duty]) -> Section:
        department = self.report.catalogue.departments[name]
        by_plan: dict[str, list[Duty]] = {}
        for duty in owed:
            by_plan.setdefault(duty.plan.id, []).append(duty)
        groups = tuple(self._group(one) for one in by_plan.values())
        return Section(
            department=department,
            standing=findings.standing(self.report, department),
            groups=groups,
            missing=tuple(self._missing(line for group in groups for line in group.lines)),
        )

    def _group(self, owed: Sequence[Duty]) -> PlanGroup:
        limit = self.report.catalogue.report.departments_in_full
        return PlanGroup(
            title=localized(owed[0].plan),
            counts=findings.counts(self.report, owed[0].department, owed[0].plan),
            lines=tuple(self._line(one) for one in owed if one.is_in_full(limit)),
            shared=tuple(_shared(self._line(one) for one in owed if not one.is_in_full(limit))),
        )

    def _line(self, duty: Duty) -> Line:
        commitment = duty.commitment
        place = commitment.seq or commitment.id.partition("/")[2].replace("/", "-")
        return Line(
            row=self.rows[commitment.id],
            sequence=self.sequences[commitment.id],
            anchor=f"n-{duty.plan.id}-{place}",
            is_anchor=duty.is_first,
            together=self._together(duty),
            deadline=self.needs.deadline(commitment),
            needs=tuple(self.needs.of(duty.plan, commitment)),
        )

    def _together(self, duty: Duty) -> str:
        if len(duty.named) > self.report.catalogue.report.departments_in_full:
            return _("共{n}个单位").format(n=len(duty.named))
        departments = self.report.catalogue.departments
        others = [localized(departments[one]) for one in duty.named if one != duty.department]
        return _("同{names}").format(names=_("、").join(others)) if others else ""

    def _missing(self, lines: Iterable[Line]) -> list[Missing]:
        found: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
        for line in lines:
            for need in line.needs:
                key = (need.what, need.where, need.by_when)
                titled = (line.sequence, self._title(line, need))
                found.setdefault(key, []).append(titled)
        return [Missing(*key, tuple(named)) for key, named in found.items()]

    def _title(self, line: Line, need: Need) -> str:
        """Return the title of what is missing: a part is named under its whole."""
        is_whole = need.commitment.id == line.row.commitment.id
        return line.row.title if is_whole else self.rows[need.commitment.id].title


def _shared(lines: Iterable[Line]) -> list[Shared]:
    """Group lines by verdict, in the order of verdicts."""
    found: dict[tuple[str, bool], list[Line]] = {}
    for line in lines:
        found.setdefault((line.row.label, line.row.is_demonstration), []).append(line)
    ordered = sorted(found.values(), key=lambda group: group[0].row.style.order)
    return [
        Shared(group[0].row.style, group[0].row.label, group[0].row.is_demonstration, tuple(group))
        for group in ordered
    ]
