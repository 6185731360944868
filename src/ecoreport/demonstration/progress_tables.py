"""Fill in what departments report of their commitments at a month's end (调度)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from ecoreport.assess.compare import is_met
from ecoreport.config.load import load_catalogue
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import Kind
from ecoreport.demonstration.profiles import Fill, rows_of
from ecoreport.demonstration.reported import Duty, ReportedProfile, cases_of, figures
from ecoreport.demonstration.reported_tables import papers_of
from ecoreport.demonstration.statuses import DONE, Told, status_shares, told_of
from ecoreport.demonstration.workbook import Row
from ecoreport.project import Pair, Project

DATASET: Final = "progress"
MONTH: Final = 12
UNDER_WAY: Final = "正在推进"


def progress_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return what is reported at the end of the year on each commitment that has something.

    Figures are those of the table of figures, before anything was withheld from it; a case
    ``in_progress`` gives another.
    """
    catalogue = load_catalogue(project)
    cases = cases_of(project, pair)
    values = figures(project, pair, cases, seed)
    profiles = {
        one.indicator: one for one in rows_of(project, "reported_profiles", ReportedProfile, pair)
    }
    shares = status_shares(project, pair, DATASET)
    areas = {one.id: one.name_zh for one in catalogue.areas_of(pair.district)}
    found = []
    for number, one in enumerate(catalogue.commitments_for(pair.district), start=1):
        indicator = catalogue.indicators.get(one.indicator)
        if indicator is None:
            continue
        department = catalogue.departments[one.responsible[0]].zh
        duty = Duty(indicator, department, one.seq, areas.get(one.scope, ""))
        told: Told | None = None
        figure: Row = {}
        if indicator.dataset == "confirmations":
            told = told_of(duty, shares, cases, pair.district, seed)
        elif one.indicator in values:
            given = cases.argument(one.indicator, "in_progress")
            value = Decimal(given) if given is not None else values[one.indicator]
            told = Told(_status_of(one, value))
            figure = _figure(profiles[one.indicator], value)
        if told is not None:
            papers = papers_of(duty, number, pair.year, told)
            found.append(_common(one, department, pair, told) | figure | papers)
    return found


def _common(commitment: Commitment, department: str, pair: Pair, told: Told) -> Row:
    return {
        "commitment": commitment.id,
        "title": commitment.title_zh,
        "department": department,
        "period": f"{pair.year}年{MONTH}月",
        "status": told.status,
        "date": dt.date(pair.year, MONTH, 28),
    }


def _figure(profile: ReportedProfile, value: Decimal) -> Row:
    return {
        "value": float((value * profile.factor).normalize()),
        "unit": profile.unit,
        "basis": profile.basis,
    }


def _status_of(commitment: Commitment, value: Decimal) -> str:
    """Return how far a commitment with a figure has come: only a count is ever done."""
    is_count = commitment.kind is Kind.COUNT_DONE and commitment.value is not None
    if is_count and is_met(value, commitment.operator or ">=", commitment.value or Decimal(0)):
        return DONE
    return UNDER_WAY


FILL: Final[dict[str, Fill]] = {DATASET: progress_rows}
