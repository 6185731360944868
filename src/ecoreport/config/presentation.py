"""Models of the tables that say how verdicts and other words are shown."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ecoreport.config.models import Strict
from ecoreport.config.vocabulary import Verdict

Colour = Annotated[str, Field(pattern=r"^#[0-9A-F]{6}$")]
Shape = Literal[
    "circle",
    "square",
    "triangle_up",
    "triangle_down",
    "diamond",
    "hexagon",
    "pentagon",
    "dash",
    "cross",
    "ring",
]
Pattern = Literal["solid", "hatched", "dotted", "outline"]


class VerdictStyle(Strict):
    """One row of ``params/verdicts.csv``: the words and the mark of a verdict."""

    verdict: Verdict
    order: int
    """Place in legends and counts."""
    label_indicator_zh: str
    """For plans whose commitments are indicators (达标)."""
    label_task_zh: str
    """For plans of tasks (完成)."""
    label_rectification_zh: str
    """For plans of rectification; that a problem is closed (已销号) its ledger says."""
    label_en: str
    shape: Shape
    """One shape a verdict, so that nothing rests on colour alone."""
    colour: Colour
    """Of the mark, and of its word on white."""
    ink: Colour
    """Of text that stands on the mark."""
    pattern: Pattern
    """How the mark is filled; ``outline`` leaves it white."""

    def label_zh(self, unit_word: str) -> str:
        """Return the word for a plan's ``unit_word``."""
        return str(getattr(self, f"label_{unit_word}_zh"))


class Term(Strict):
    """A word of a closed list with its labels: ``maturities.csv``, ``evidence.csv`` and others."""

    word: str
    zh: str
    en: str
    note_zh: str = ""
    """What it means, where the label alone does not say it."""
    note_en: str = ""


class ReportSettings(Strict):
    """``params/report.yml``: how much a report shows, and how large it may be."""

    headline: Annotated[tuple[str, ...], Field(min_length=1, max_length=6)]
    """Indicators of the headline figures, in order; one asked for without a value says so."""
    followed: tuple[str, ...] = ()
    """Indicators that chapters follow over the years though no plan asks for them."""
    chapters: Annotated[tuple[str, ...], Field(min_length=1)]
    """Chapters without whose notebooks there is no report; more may stand beside them."""
    attention_max: Annotated[int, Field(ge=1, le=20)]
    """Lines under what needs attention."""
    plan_rows_max: Annotated[int, Field(ge=1)]
    """Commitments up to which a plan's own table lists each; of a longer plan it lists tasks."""
    departments_in_full: Annotated[int, Field(ge=1, le=20)]
    """Commitments that name at most so many departments stand in full with each of them; others
    only with the one named first."""
    departments_drawn: Annotated[int, Field(ge=1, le=60)]
    """Departments in the chart, most open first; the index below it has all."""
    history_years: Annotated[int, Field(ge=1, le=20)]
    """Years before the one judged that are read for trends, where there are files."""
    page_budget_bytes: Annotated[int, Field(gt=0)]
    """Largest size of one page with all that it embeds."""
    chart_budget_bytes: Annotated[int, Field(gt=0)]
    """Largest size of one chart in a page."""
    site_address: Annotated[
        str, Field(pattern=r"^(https?://[A-Za-z0-9.-]+(:\d+)?(/[\w.-]+)*/?)?$")
    ] = ""
    """Where the site is published, for search engines of the intranet; empty where none asks."""
