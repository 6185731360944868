"""The sections of an area's chapter: each call shows one, or nothing where there is no data."""

from __future__ import annotations

from collections.abc import Sequence

from ecoreport import area_tables as tables
from ecoreport import show
from ecoreport.config.models import Commitment
from ecoreport.drawings import area as drawings
from ecoreport.drawings import capacity as capacity_drawings
from ecoreport.drawings import waste as waste_drawings
from ecoreport.findings import area as findings
from ecoreport.findings import area_values as values
from ecoreport.findings import capacity, nature, waste
from ecoreport.findings.area import Chapter
from ecoreport.report import Provenance, Report
from ecoreport.tables import places_to_bring, to_bring


def open_chapter(report: Report, area: str) -> Chapter:
    """Return one area of a report.

    Parameters
    ----------
    area : str
        A word of ``params/areas.csv``.
    """
    show.changed(report)
    return Chapter(report, area)


def summary(chapter: Chapter) -> None:
    """Show how the area stands, and what is not met."""
    show.heading(findings.heading(chapter), "summary")
    if chapter.has_data:
        show.paragraph(*findings.note(chapter))
    elif chapter.plan is None:
        show.missing(findings.unasked(chapter), findings.unasked_bring(chapter))


def figures(chapter: Chapter) -> None:
    """Show the values beside their targets."""
    if asked := findings.figures(chapter):
        if not chapter.is_single:
            show.heading(findings.figures_heading(chapter), "figures")
        provenance = _provenance(chapter, asked)
        show.chart(drawings.figures(chapter), f"{chapter.area}-figures", provenance)
        show.paragraph(*values.surveyed(chapter))


def years(chapter: Chapter) -> None:
    """Show the indicators over the years."""
    if found := values.series(chapter):
        show.heading(values.years_heading(chapter, found), "years")
        provenance = chapter.report.provenance(value for one in found for value in one.observations)
        show.chart(drawings.years(chapter, found), f"{chapter.area}-years", provenance)


def flows(chapter: Chapter) -> None:
    """Show what became of each kind of waste."""
    if not waste.flows(chapter).empty:
        show.heading(waste.flows_heading(chapter), "flows")
        show.paragraph(waste.flows_note(chapter))
        show.chart(waste_drawings.flows(chapter), "waste-flows", waste.provenance(chapter))


def capacities(chapter: Chapter) -> None:
    """Show the capacities of waste facilities beside what was generated."""
    report = chapter.report
    if not capacity.capacities(report).empty:
        show.heading(capacity.capacities_heading(report), "capacity")
        provenance = capacity.provenance(report)
        show.chart(capacity_drawings.capacities(report), "waste-capacity", provenance)


def ecological_index(chapter: Chapter) -> None:
    """Show what the ecological index is made of."""
    if found := nature.sub_indices(chapter):
        show.heading(nature.heading(chapter), "ei")
        show.paragraph(nature.note())
        show.table(tables.sub_indices(chapter, found), "greening-ei")


def duties(chapter: Chapter) -> None:
    """Show which duties are done, under way and open."""
    if asked := findings.duties(chapter):
        # Below charts of other values the sentence above the chapter is too far away.
        if not chapter.is_single or values.series(chapter):
            show.heading(findings.duties_heading(chapter), "duties")
        provenance = _provenance(chapter, asked)
        show.chart(drawings.duties(chapter), f"{chapter.area}-duties", provenance)


def returns(chapter: Chapter) -> None:
    """Show of what is reported period by period which periods are there."""
    if reported := findings.returns(chapter):
        show.heading(findings.returns_heading(chapter), "returns")
        provenance = chapter.report.provenance(chapter.observed(reported))
        show.chart(drawings.returns(chapter), f"{chapter.area}-returns", provenance)


def commitments(chapter: Chapter) -> None:
    """Show what the plans ask; without data by their titles only."""
    if chapter.plan is None:
        return
    if chapter.has_data:
        show.heading(findings.asked_heading(chapter), "asked")
    table = tables.commitments if chapter.has_data else tables.themes
    show.table(table(chapter), f"{chapter.area}-asked")


def others(chapter: Chapter) -> None:
    """Show the values that no plan asks for."""
    if found := values.unjudged(chapter):
        show.heading(values.unjudged_heading(chapter), "others")
        show.table(tables.unjudged(chapter, found), f"{chapter.area}-others")


def missing(chapter: Chapter) -> None:
    """Show what has still to be brought, in which table and from whom."""
    if chapter.plan is None:
        return
    report = chapter.report
    if not chapter.has_data:
        if places := places_to_bring(report, chapter.entries):
            show.heading(findings.missing_heading(chapter), "missing")
            show.block(to_bring(report, places))
    elif found := tables.missing(chapter):
        show.heading(findings.missing_heading(chapter), "missing")
        show.table(tables.missing_table(chapter, found), f"{chapter.area}-missing")


def _provenance(chapter: Chapter, asked: Sequence[Commitment]) -> Provenance:
    """Return what a chart of this year and of those before rests on."""
    before = [value for one in asked for value in chapter.earlier(one)]
    return chapter.report.provenance([*chapter.observed(asked), *before])
