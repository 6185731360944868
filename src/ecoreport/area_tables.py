"""Tables of an area's chapter: what the plans ask, and what has still to be brought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ecoreport.components import component
from ecoreport.department_tables import ROWS_PAGE
from ecoreport.findings.area import Chapter
from ecoreport.findings.nature import SubIndex
from ecoreport.findings.overview import unit_name
from ecoreport.findings.wording import last_year, period_name, spanned_name
from ecoreport.i18n import _
from ecoreport.listing import Entry, Section, place_name, sections
from ecoreport.needs import Need, Needs
from ecoreport.numbers import format_number, plain_decimal
from ecoreport.observe.observation import Observation
from ecoreport.report import Provenance
from ecoreport.rows import Row, maturity_label
from ecoreport.standards.rounding import round_half_even
from ecoreport.tables.cells import written
from ecoreport.tables.commitments import SAID_BY_VERDICT
from ecoreport.tables.open_items import Tally, department_names
from ecoreport.tables.plans import tallies_of

EI_TABLE = "ei_subindices"
TITLES_MAX = 8
"""Commitments that a line of what is missing names; the list of all has the others."""


@dataclass(frozen=True)
class Line:
    """One commitment, or a part of one, as the area's table shows it."""

    row: Row
    anchor: str
    """Place of its row in the list of all: of a part that of the whole."""
    is_part: bool
    remark: str
    """Why, where the verdict's own word does not say it."""
    place: str
    """The district that it speaks of, where that is another than the plan's."""
    departments: str


@dataclass(frozen=True)
class Theme:
    """What a plan asks of the area under one of its titles."""

    title: str
    anchor: str
    total: int
    tallies: list[Tally]
    figures: list[Line]
    """What has a number for its target."""


@dataclass(frozen=True)
class Missing:
    """What is missing in one table by one day."""

    what: str
    where: str
    by_when: str
    departments: str
    lines: list[tuple[str, str]]
    """Anchor and title of the commitments named."""
    n_more: int


def commitments(chapter: Chapter) -> Markup:
    """Return what the plans ask of the area with value and verdict; of very many only themes."""
    if len(chapter.entries) > chapter.report.catalogue.report.plan_rows_max:
        return themes(chapter)
    parts = [
        (section.title, [line for entry in section.entries for line in _lines(chapter, entry)])
        for section in sections(chapter.report, chapter.entries)
    ]
    lines = [line for _title, found in parts for line in found]
    return component(
        "area_commitments",
        area=chapter.area,
        parts=parts,
        rows_page=ROWS_PAGE,
        unit_name=unit_name(chapter.report.plans),
        has_margins=any(line.row.margin for line in lines),
        has_evidence=any(line.row.evidence for line in lines),
        provenance=_provenance(chapter),
    )


def _lines(chapter: Chapter, entry: Entry) -> Iterator[Line]:
    for row in (entry.row, *entry.row.parts):
        is_part = row is not entry.row
        yield Line(
            row=row,
            anchor=entry.row.anchor,
            is_part=is_part,
            remark=_remark(row),
            place=place_name(chapter.report, entry, row),
            departments="" if is_part else department_names(chapter.report, entry),
        )


def _remark(row: Row) -> str:
    is_said = SAID_BY_VERDICT.get(row.judgement.verdict) == row.judgement.reason
    return "" if is_said or row.judgement.text or row.reason == row.label else row.reason


def themes(chapter: Chapter) -> Markup:
    """Return what the plans ask of the area by their titles: how much, and which numbers."""
    found = sections(chapter.report, chapter.entries)
    parts = [(section.title, list(_themes(chapter, section))) for section in found]
    return component(
        "area_themes",
        area=chapter.area,
        parts=parts,
        has_figures=any(one.figures for _title, listed in parts for one in listed),
        rows_page=ROWS_PAGE,
        provenance=_provenance(chapter),
    )


def _themes(chapter: Chapter, section: Section) -> Iterator[Theme]:
    for (field, task), entries in section.tasks():
        lines = [line for entry in entries for line in _lines(chapter, entry)]
        yield Theme(
            title=" · ".join(filter(None, (field, task))),
            anchor=entries[0].row.anchor,
            total=len(entries),
            tallies=tallies_of(chapter.report, [(one.plan, one.row) for one in entries]),
            figures=[line for line in lines if line.row.has_numeric_target],
        )


def _provenance(chapter: Chapter) -> Provenance:
    return chapter.report.provenance(chapter.observed(chapter.commitments))


def unjudged(chapter: Chapter, found: Sequence[Observation]) -> Markup:
    """Return values that no plan asks for, with last year's and the change."""
    report = chapter.report
    rows = [
        {
            "label": spanned_name(report, report.indicator(one.indicator), one),
            "unit": one.unit,
            "value": written(one),
            "before": written(last_year(report, one)),
            "maturity": maturity_label(report, one.maturity),
            "is_sufficient": one.is_sufficient,
            "is_demonstration": one.is_demonstration,
        }
        for one in found
    ]
    return component(
        "area_values",
        area=chapter.area,
        rows=rows,
        period=period_name(report, report.year),
        last_period=_("上年同期") if report.as_of else _("上年"),
        provenance=report.provenance(found),
    )


def sub_indices(chapter: Chapter, found: Sequence[SubIndex]) -> Markup:
    """Return the sub-indices of the ecological index with what each brings to it."""
    rows = [
        {
            "name": one.name,
            "is_inverse": one.is_inverse,
            "value": format_number(one.value),
            "last_year": "—" if one.last_year is None else format_number(one.last_year),
            "weight": format_number(one.weight),
            "points": format_number(plain_decimal(round_half_even(float(one.points), 2), 2)),
        }
        for one in found
    ]
    report = chapter.report
    return component(
        "ei_parts",
        rows=rows,
        period=period_name(report, report.year),
        provenance=Provenance(
            sources=report.files(EI_TABLE),
            method="HJ 192-2015",
            is_demonstration=report.is_dataset_made(EI_TABLE),
        ),
    )


def missing(chapter: Chapter) -> list[Missing]:
    """Return what is still missing in the area, by table and departments."""
    report = chapter.report
    needs = Needs(report.catalogue, report.pair, report.as_of, report.judgements)
    found: dict[tuple[str, str, str, str], list[tuple[str, str]]] = {}
    for entry in chapter.entries:
        names = department_names(report, entry)
        for need in needs.of(entry.plan, entry.row.commitment):
            key = (need.what, need.where, need.by_when, names)
            found.setdefault(key, []).append((entry.row.anchor, _title(entry, need)))
    return [
        Missing(*key, lines=lines[:TITLES_MAX], n_more=max(0, len(lines) - TITLES_MAX))
        for key, lines in found.items()
    ]


def _title(entry: Entry, need: Need) -> str:
    """Return the title of what is missing: of a composite that of its part."""
    rows = (entry.row, *entry.row.parts)
    return next(row.title for row in rows if row.commitment.id == need.commitment.id)


def missing_table(chapter: Chapter, found: Sequence[Missing]) -> Markup:
    """Return what is missing as a table."""
    return component("area_missing", area=chapter.area, lines=found, rows_page=ROWS_PAGE)
