"""Tables and blocks of the pages, by what they are for."""

from __future__ import annotations

from ecoreport.tables.cells import margin_bar, sparkline, written
from ecoreport.tables.commitments import areas_strip, commitment_table, strip
from ecoreport.tables.figures import headline_figures
from ecoreport.tables.open_items import attention, open_so_far
from ecoreport.tables.plans import (
    conclusion,
    contradictions,
    contradictions_of,
    notes,
    plan_table,
    plan_tables,
)
from ecoreport.tables.quality import checks, corrections, sources
from ecoreport.tables.tables_to_bring import places_to_bring, to_bring

__all__ = [
    "areas_strip",
    "attention",
    "checks",
    "commitment_table",
    "conclusion",
    "contradictions",
    "contradictions_of",
    "corrections",
    "headline_figures",
    "margin_bar",
    "notes",
    "open_so_far",
    "places_to_bring",
    "plan_table",
    "plan_tables",
    "sources",
    "sparkline",
    "strip",
    "to_bring",
    "written",
]
