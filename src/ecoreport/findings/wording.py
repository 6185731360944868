"""Of what days a finding speaks, how far it can be relied on, and who shares an extreme value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeVar

from markupsafe import Markup

from ecoreport.charts.labels import day
from ecoreport.charts.labels import months as month_names
from ecoreport.config.models import Indicator
from ecoreport.i18n import _
from ecoreport.labels import localized
from ecoreport.message import N_
from ecoreport.narrative import sentence
from ecoreport.observe.observation import Observation
from ecoreport.observe.period import period_of
from ecoreport.report import Report
from ecoreport.symbols import symbol

Item = TypeVar("Item")
ANNUAL_MEAN = "annual_mean"


def qualified(said: Markup, *observations: Observation | None) -> Markup:
    """Mark what rests on too few data as for reference only."""
    if all(one.is_sufficient for one in observations if one is not None):
        return said
    return said + sentence(N_("（参考）"))


def unverified(said: Markup, *, is_verified: bool) -> Markup:
    """Mark what rests on a rule that was not read in its source."""
    return said if is_verified else said + sentence(N_("（规则未经核实）"))


def dated(report: Report, said: Markup) -> Markup:
    """Say up to which day something was counted, where that is not the end of the year."""
    if report.as_of is None:
        return said
    return sentence(N_("截至{day}，{said}"), day=day(report.as_of), said=said)


def span(report: Report) -> str:
    """Return the part of the year that data cover: 1–9月; empty for a whole year."""
    if report.as_of is None:
        return ""
    period = period_of(report.pair, report.as_of)
    last = report.as_of
    if period.n_whole_months < last.month:
        return _("{first}–{last}").format(first=day(period.first_day), last=day(last))
    if last.month == 1:
        return month_names()[0]
    name = month_names()[last.month - 1]
    return _("1–{month}月").format(month=last.month, month_name=name)


def period_name(report: Report, year: int) -> str:
    """Return what stands over the figures of a year, or of the same part of it: 2018年1–9月."""
    if report.as_of is None:
        return _("{year}年").format(year=year)
    return _("{year}年{span}").format(year=year, span=span(report))


def mean_name(report: Report, pollutant: str) -> str:
    """Return what a pollutant's mean of the period reported on is called: 1–9月PM₂.₅平均浓度."""
    if report.as_of is None:
        return _("{pollutant}年均浓度").format(pollutant=symbol(pollutant))
    return _("{span}{pollutant}平均浓度").format(span=span(report), pollutant=symbol(pollutant))


def is_part(observation: Observation) -> bool:
    """Whether an observation is of a part of its year only."""
    return observation.period != str(observation.year)


def measured_name(report: Report, indicator: Indicator, observation: Observation | None) -> str:
    """Return an indicator's name; the mean of a part of a year is not called that of a year."""
    if observation is None or not is_part(observation):
        return localized(indicator)
    if indicator.argument.endswith(f":{ANNUAL_MEAN}"):
        return mean_name(report, indicator.argument.partition(":")[0])
    return localized(indicator)


def spanned_name(report: Report, indicator: Indicator, observation: Observation | None) -> str:
    """Return an indicator's name with the part of the year, where it is of a part."""
    name, part = measured_name(report, indicator, observation), span(report)
    if observation is None or not is_part(observation) or part in name:
        return name
    return _("{name}（{span}）").format(name=name, span=part)


def last_year(report: Report, now: Observation) -> Observation | None:
    """Return last year's value of the same part of the year, real beside real.

    A part of a year is never held against a whole, nor what was measured against what our
    generator made.
    """
    year = report.year - 1
    part = period_of(report.pair, report.as_of).in_year(year).label if is_part(now) else ""
    before = report.observation(now.indicator, year=year, period=part)
    if before is None or before.value is None:
        return None
    return before if before.is_demonstration == now.is_demonstration else None


def sharing_extreme(
    items: Iterable[Item],
    key: Callable[[Item], float | Decimal],
    choose: Callable[[Iterable[float | Decimal]], float | Decimal],
) -> list[Item]:
    """Return all items whose `key` is the one that `choose` (``max``, ``min``) takes.

    Items that share a value share the place: none of them is first alone.
    """
    listed = list(items)
    if not listed:
        return []
    extreme = choose([key(one) for one in listed])
    return [one for one in listed if key(one) == extreme]
