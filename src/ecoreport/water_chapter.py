"""What only the chapter on surface water shows: each call shows one section, or nothing."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from ecoreport import area_chapter, show
from ecoreport import water_plant_tables as plant_tables
from ecoreport import water_tables as tables
from ecoreport import water_village_tables as village_tables
from ecoreport.charts.chart import Chart
from ecoreport.drawings import water as drawings
from ecoreport.drawings import water_treatment as treatment_drawings
from ecoreport.findings import area as area_findings
from ecoreport.findings import water as findings
from ecoreport.findings import (
    water_apart,
    water_declared,
    water_grades,
    water_monitored,
    water_plants,
    water_trophic,
    water_villages,
)
from ecoreport.findings import water_improvement as improvement
from ecoreport.findings import water_treatment as treatment
from ecoreport.findings.area import Chapter
from ecoreport.message import N_
from ecoreport.narrative import sentence


def figures(chapter: Chapter) -> None:
    """Show the values beside their targets; of few values only how many there are."""
    if treatment.has_enough_figures(chapter):
        area_chapter.figures(chapter)
    elif area_findings.figures(chapter) and not chapter.is_single:
        show.heading(area_findings.figures_heading(chapter), "figures")
        show.paragraph(
            sentence(N_("有数值的不到三分之一，不画图；逐项结论和要补的数据见后面的表。"))
        )


def sections(chapter: Chapter) -> None:
    """Show the sections month by month."""
    if findings.section_frames(chapter.report):
        _shown(chapter, "sections", findings.sections(chapter.report), drawings.sections)
        show.paragraph(*water_declared.declared(chapter.report))
        show.paragraph(*water_grades.limits(chapter.report))


def rivers(chapter: Chapter) -> None:
    """Show how good the water of rivers and lakes is, and what pollutes the sections that are not.

    By tables: each row has an answer of its own.
    """
    report = chapter.report
    if found := water_grades.rivers(report):
        show.heading(water_grades.rivers_heading(report, found), "rivers")
        provenance = findings.provenance(chapter, "rivers")
        show.table(tables.rivers(found, provenance), "water-rivers")
        if rows := water_grades.polluted(report):
            show.table(tables.polluted(report, rows, provenance), "water-polluted")


def apart(chapter: Chapter) -> None:
    """Show total nitrogen and coliforms, which are no part of the class of a section."""
    report = chapter.report
    if found := water_apart.apart(report):
        show.heading(water_apart.heading(report, found), "apart")
        provenance = findings.provenance(chapter, "apart")
        show.table(tables.apart(report, found, provenance), "water-apart")


def counts(chapter: Chapter) -> None:
    """Show how many sections reach their class, beside what the plan asks."""
    if findings.counted(chapter):
        _shown(chapter, "counts", findings.counts(chapter), drawings.counts, "sections")


def items(chapter: Chapter) -> None:
    """Show which items exceed class III, in how many sections and months."""
    if findings.has_exceeded(chapter.report):
        _shown(chapter, "items", findings.items(chapter.report), drawings.items)


def improvements(chapter: Chapter) -> None:
    """Show what would have to improve in sections and lakes that miss their class."""
    report = chapter.report
    if found := improvement.improvements(report):
        show.heading(improvement.heading(report, found), "improvements")
        show.paragraph(*improvement.lines(report, found))
        provenance = findings.provenance(chapter, "improvements")
        show.table(tables.improvements(report, found, provenance), "water-improvement")


def lakes(chapter: Chapter) -> None:
    """Show the parameters of lakes beside the limits of the classes asked."""
    if not findings.lakes(chapter.report).empty:
        _shown(chapter, "lakes", findings.lakes_heading(chapter.report), drawings.lakes)


def trophic(chapter: Chapter) -> None:
    """Show the trophic state of lakes through the year."""
    if not water_trophic.months(chapter.report).empty:
        _shown(chapter, "trophic", water_trophic.heading(chapter.report), drawings.trophic)


def sources(chapter: Chapter) -> None:
    """Show the drinking-water sources month by month."""
    if not findings.sources(chapter.report).empty:
        _shown(chapter, "sources", findings.sources_heading(chapter.report), drawings.sources)
        show.paragraph(*findings.sources_notes(chapter))


def villages(chapter: Chapter) -> None:
    """Show the drinking water of villages: people whose water attains, waterworks that fail."""
    report = chapter.report
    if len(water_villages.works(report)):
        show.heading(water_villages.heading(chapter), "villages")
        provenance = findings.provenance(chapter, "villages")
        found = water_villages.supplies(report)
        show.table(village_tables.supplies(found, provenance), "water-villages")
        if len(failing := water_villages.failing(report)):
            show.table(village_tables.failing(failing, provenance), "water-villages-failing")
        show.paragraph(*water_villages.notes(chapter))


def black_odour(chapter: Chapter) -> None:
    """Show the black-odorous waters before and after."""
    report = chapter.report
    if not treatment.black_odour(report).empty:
        heading = treatment.black_odour_heading(report)
        _shown(chapter, "black-odour", heading, treatment_drawings.black_odour)


def black_odour_points(chapter: Chapter) -> None:
    """Show what the points monitored in black-odorous waters are, beside what the list says."""
    report = chapter.report
    if found := water_monitored.monitored(report):
        show.heading(water_monitored.heading(report, found), "black-odour-points")
        provenance = findings.provenance(chapter, "black-odour-points")
        show.table(tables.monitored(found, provenance), "water-monitored")


def sewage(chapter: Chapter) -> None:
    """Show the rates of sewage treatment over the years beside their targets."""
    if found := treatment.sewage(chapter):
        show.heading(treatment.sewage_heading(chapter), "sewage")
        provenance = chapter.report.provenance(treatment.observed(found))
        show.chart(treatment_drawings.sewage(chapter), "water-sewage", provenance)


def sewage_plants(chapter: Chapter) -> None:
    """Show the sewage works, and their volumes beside the area's."""
    report = chapter.report
    known, beside = water_plants.plants(report), water_plants.totals(report)
    if len(known):
        show.heading(water_plants.heading(chapter), "sewage-plants")
        provenance = findings.provenance(chapter, "sewage-plants")
        show.table(plant_tables.plants(known, provenance), "water-plants")
        if len(beside):
            both = findings.provenance(chapter, "sewage-totals")
            show.table(plant_tables.totals(beside, both), "water-plants-totals")


def discharges(chapter: Chapter) -> None:
    """Show the discharges over the years beside the way from base to target."""
    if found := treatment.discharges(chapter):
        show.heading(treatment.discharges_heading(chapter), "discharges")
        provenance = chapter.report.provenance(treatment.observed(found))
        show.chart(treatment_drawings.discharges(chapter), "water-discharges", provenance)


def years(chapter: Chapter) -> None:
    """Show the indicators over the years that the charts above do not show."""
    if found := treatment.other_years(chapter):
        show.heading(treatment.other_years_heading(chapter, found), "years")
        provenance = chapter.report.provenance(value for one in found for value in one.observations)
        show.chart(treatment_drawings.other_years(chapter, found), "water-years", provenance)


def _shown(
    chapter: Chapter, what: str, finding: Markup, draw: Callable[[Chapter], Chart], basis: str = ""
) -> None:
    show.heading(finding, what)
    show.chart(draw(chapter), f"{chapter.area}-{what}", findings.provenance(chapter, basis or what))
