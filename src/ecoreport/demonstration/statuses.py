"""Invent how far duties without a figure have come, and which papers are lacking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ecoreport.config.models import Strict, Year
from ecoreport.demonstration.profiles import rows_of
from ecoreport.demonstration.reported import Cases, Duty
from ecoreport.demonstration.seeds import generator_for
from ecoreport.project import Pair, Project

DONE = "已完成"


class StatusShare(Strict):
    """A row of ``reported_statuses.csv``: a status, and the share of a table's duties with it.

    The rows of a district, year and dataset stand in order, what is farthest first; the rest of
    its duties is not reported. Each duty keeps its place over years and tables, so that none falls
    back where the shares of what is farther only grow.
    """

    district: str
    year: Year
    dataset: str
    status: str
    percent: float
    without_papers_percent: float = 0
    """Of those with this status: neither document nor evidence."""
    without_evidence_percent: float = 0
    """A document, but no file of evidence."""


@dataclass(frozen=True)
class Told:
    """What a department tells of a duty."""

    status: str
    has_document: bool = True
    has_evidence: bool = True


def status_shares(project: Project, pair: Pair, dataset: str) -> list[StatusShare]:
    """Return the shares of one table; none where all of its duties are done."""
    found = rows_of(project, "reported_statuses", StatusShare, pair)
    return [one for one in found if one.dataset == dataset]


def told_of(
    duty: Duty, shares: Sequence[StatusShare], cases: Cases, district: str, seed: str
) -> Told | None:
    """Return what is told of a duty; None where nothing is reported.

    Parameters
    ----------
    shares : sequence of StatusShare
        Of the table; without any each duty is done.
    cases : Cases
        Go before what is drawn.
    """
    name = duty.indicator.id
    if cases.has(name, "withheld"):
        return None
    drawn = _drawn(shares, district, f"{name}/{duty.area}", seed) if shares else Told(DONE)
    status = cases.argument(name, "status") or (drawn.status if drawn else "")
    if not status:
        return None
    papers = drawn or Told(status)
    return Told(
        status,
        has_document=papers.has_document and not cases.has(name, "without_document"),
        has_evidence=papers.has_evidence and not cases.has(name, "without_evidence"),
    )


def _drawn(shares: Sequence[StatusShare], district: str, thing: str, seed: str) -> Told | None:
    rng = generator_for(district, f"statuses/{thing}", seed)
    place, papers = 100 * rng.random(2)
    passed = 0.0
    for one in shares:
        passed += one.percent
        if place < passed:
            has_document = papers >= one.without_papers_percent
            with_evidence_from = one.without_papers_percent + one.without_evidence_percent
            return Told(one.status, has_document, has_evidence=papers >= with_evidence_from)
    return None
