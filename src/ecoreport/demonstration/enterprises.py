"""Invent registers of enterprises: soil self-monitoring, environmental risks."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from ecoreport.config.models import Strict, Year
from ecoreport.demonstration.courses import papers, rounded
from ecoreport.demonstration.profiles import Fill, rows_of
from ecoreport.demonstration.seeds import generator_for
from ecoreport.demonstration.workbook import Row
from ecoreport.project import Pair, Project

YES, NO = "是", "否"


class EnterpriseGroup(Strict):
    """A row of ``enterprise_groups.csv``: enterprises alike, and how many do what is asked.

    Whoever does it in one year does it in the next: shares only grow.
    """

    district: str
    dataset: str
    first_year: Year
    name: str
    """Of each, with its number in it."""
    n_enterprises: int
    first_number: int = 1
    is_key_industry: str = ""
    risk_level: str = ""
    done_percent: Decimal
    """Monitored, or registered."""
    done_yearly: Decimal
    then_percent: Decimal
    """Published, or checked."""
    then_yearly: Decimal


def soil_enterprises_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return a row an enterprise: its self-monitoring of the year and whether it is published."""
    found: list[Row] = []
    for group in _groups(project, pair, "soil_enterprises"):
        n_done, n_then = _numbers(group, pair)
        for number in range(group.n_enterprises):
            day = _day(pair, f"soil_enterprises/{_name(group, number)}", seed)
            is_done, is_published = number < n_done, number < min(n_then, n_done)
            row: Row = {
                "seq": len(found) + 1,
                "enterprise": _name(group, number),
                "is_monitored": YES if is_done else NO,
                "monitored_on": day if is_done else None,
                "is_published": YES if is_published else NO,
                "published_on": day + dt.timedelta(days=24) if is_published else None,
            }
            found.append(row | papers(f"{pair.year}年土壤自行监测调度表", 1, pair.year))
    return found


def risk_enterprises_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return a row an enterprise: whether it is in the database, and whether it was checked."""
    found: list[Row] = []
    for group in _groups(project, pair, "risk_enterprises"):
        for number in range(group.n_enterprises):
            registered, checked = (_since(group, pair, number, place, seed) for place in (0, 1))
            row: Row = {
                "seq": len(found) + 1,
                "enterprise": _name(group, number),
                "is_key_industry": group.is_key_industry,
                "risk_level": group.risk_level,
                "is_registered": YES if registered else NO,
                "registered_on": registered,
                "is_checked": YES if checked else NO,
                "checked_on": checked,
            }
            found.append(row | papers(f"{pair.year}年环境风险企业调度表", 1, pair.year))
    return found


def _groups(project: Project, pair: Pair, dataset: str) -> list[EnterpriseGroup]:
    known = rows_of(project, "enterprise_groups", EnterpriseGroup, pair)
    return [one for one in known if one.dataset == dataset]


def _numbers(group: EnterpriseGroup, pair: Pair) -> tuple[int, int]:
    """Return how many did the first thing and how many the second."""
    years = pair.year - group.first_year
    done = min(group.done_percent + years * group.done_yearly, Decimal(100))
    then = min(group.then_percent + years * group.then_yearly, Decimal(100))
    n_done, n_then = (int(rounded(group.n_enterprises * one / 100, 0)) for one in (done, then))
    return n_done, n_then


def _since(
    group: EnterpriseGroup, pair: Pair, number: int, place: int, seed: str
) -> dt.date | None:
    """Return the day since which an enterprise does the first or the second thing."""
    for year in range(group.first_year, pair.year + 1):
        own = Pair(pair.district, year)
        if number < _numbers(group, own)[place]:
            return _day(own, f"{group.dataset}/{_name(group, number)}/{place}", seed)
    return None


def _name(group: EnterpriseGroup, number: int) -> str:
    return group.name.format(group.first_number + number)


def _day(pair: Pair, thing: str, seed: str) -> dt.date:
    """Return a day of the year's first ten months: what follows it is of the year as well."""
    rng = generator_for(pair, thing, seed)
    return dt.date(pair.year, 2, 1) + dt.timedelta(days=int(rng.integers(0, 270)))


FILL: Final[dict[str, Fill]] = {
    "soil_enterprises": soil_enterprises_rows,
    "risk_enterprises": risk_enterprises_rows,
}
