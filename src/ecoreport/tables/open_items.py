"""What is not met, missing or open: single lines while they are few, then by department."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from ecoreport.assess.conclusion import ATTENTION_ORDER
from ecoreport.components import component
from ecoreport.config.presentation import VerdictStyle
from ecoreport.config.vocabulary import ASKED_FOR
from ecoreport.findings.overview import all_heading
from ecoreport.i18n import _
from ecoreport.labels import localized, verdict_label
from ecoreport.listing import Entry, departments_of, worst_first
from ecoreport.report import Report
from ecoreport.rows import Row

LINES_BY_DEPARTMENT = 2
"""Of the lines shown, so many at least are left to what is asked for, where that is much."""
TITLES_NAMED = 2


Tally = tuple[VerdictStyle, str, int]
"""A verdict, its word, and how many have it."""


@dataclass(frozen=True)
class AttentionLine:
    """A commitment that needs attention, by its verdict or by its present value."""

    entry: Entry
    style: VerdictStyle
    label: str
    parts: list[tuple[str, str]]
    """Title and word of the parts that are open."""
    departments: str

    @property
    def row(self) -> Row:
        """The commitment as a row."""
        return self.entry.row


@dataclass(frozen=True)
class DepartmentLine:
    """What one department has still to send or to have confirmed."""

    department: str
    tallies: list[Tally]
    named: list[Row]
    n_all: int


def attention(report: Report, entries: Sequence[Entry]) -> Markup:
    """Return what is not met, missing or open: worst first, with who is responsible.

    What somebody has still to send, confirm or assign stands by itself while all lines hold it;
    where it is more, each department has one line for what it owes.
    """
    return _attention(report, [one for one in worst_first(entries) if not one.is_ahead])


def open_so_far(report: Report, entries: Sequence[Entry]) -> Markup:
    """Return what is not due yet and open by its present value, in the same way."""
    return _attention(report, [one for one in worst_first(entries) if one.is_ahead])


def _attention(report: Report, found: Sequence[Entry]) -> Markup:
    limit = report.catalogue.report.attention_max
    single, by_department = list(found), []
    if len(found) > limit:
        is_named = partial(_names_district, report)
        single = [one for one in found if one.open_verdict not in ASKED_FOR or is_named(one)]
        asked = [one for one in found if one not in single]
        by_department = _by_department(report, asked)
        kept = min(len(by_department), max(limit - len(single), LINES_BY_DEPARTMENT))
        single, by_department = single[: limit - kept], by_department[:kept]
    n_shown = len(single) + sum(line.n_all for line in by_department)
    return component(
        "attention",
        lines=[_line(report, one) for one in single],
        departments=by_department,
        n_more=len(found) - n_shown,
        all_name=all_heading(report),
    )


def _names_district(report: Report, entry: Entry) -> bool:
    """Whether a plan from above names the district itself."""
    return entry.plan.owner != report.pair.district and not entry.binds_as_part


def _line(report: Report, entry: Entry) -> AttentionLine:
    style, label = _present(report, entry, entry.row)
    if entry.is_ahead:
        label = _so_far(label)
    parts = [(part.title, _present(report, entry, part)) for part in entry.row.parts]
    open_parts = [
        (title, part_label)
        for title, (part_style, part_label) in parts
        if part_style.verdict in ATTENTION_ORDER
    ]
    return AttentionLine(entry, style, label, open_parts, department_names(report, entry))


def _so_far(label: str) -> str:
    """Say of a verdict before the deadline that it is that of the present value."""
    return _("按现值：{verdict}").format(verdict=label)


def _present(report: Report, entry: Entry, row: Row) -> tuple[VerdictStyle, str]:
    """Return a row's verdict and its word; before the deadline those of its present value."""
    if row.judgement.so_far is None:
        return row.style, row.label
    style = report.catalogue.verdicts[row.judgement.so_far]
    return style, verdict_label(style, entry.plan)


def _by_department(report: Report, entries: Sequence[Entry]) -> list[DepartmentLine]:
    """Return a line for each department named first, most open first: each entry counts once."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(departments_of(report, entry)[0], []).append(entry)
    ranked = sorted(found.items(), key=lambda pair: -len(pair[1]))
    return [_department_line(report, name, owed) for name, owed in ranked]


def _department_line(report: Report, name: str, owed: Sequence[Entry]) -> DepartmentLine:
    counts = Counter(one.open_verdict for one in owed)
    styles = [
        report.catalogue.verdicts[verdict]
        for verdict in ATTENTION_ORDER
        if verdict in ASKED_FOR and counts[verdict]
    ]
    labelled = [(style, verdict_label(style, owed[0].plan)) for style in styles]
    if owed[0].is_ahead:
        labelled[0] = (labelled[0][0], _so_far(labelled[0][1]))
    return DepartmentLine(
        department=localized(report.catalogue.departments[name]),
        tallies=[(style, label, counts[style.verdict]) for style, label in labelled],
        named=[one.row for one in owed[:TITLES_NAMED]],
        n_all=len(owed),
    )


def department_names(report: Report, entry: Entry, most: int = 2) -> str:
    """Return who is responsible: the first few by name, of the others how many."""
    names = [
        localized(report.catalogue.departments[name]) for name in departments_of(report, entry)
    ]
    if len(names) <= most:
        return _("、").join(names)
    return _("{first}等{n}个单位").format(first=names[0], n=len(names))
