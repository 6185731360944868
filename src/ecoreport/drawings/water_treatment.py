"""The charts of black-odorous waters, sewage and discharges, each under its finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from ecoreport.charts.changes import Point
from ecoreport.charts.chart import Chart
from ecoreport.charts.water_black_odour import Body, levels_before_and_after
from ecoreport.charts.water_discharges import Discharge, discharges_with_paths
from ecoreport.charts.water_sewage import Scope, YearRate, rates_by_scope
from ecoreport.drawings import area as area_drawings
from ecoreport.findings import water_treatment as findings
from ecoreport.findings.area import Chapter
from ecoreport.findings.area_values import YearSeries
from ecoreport.findings.water_treatment import Rates
from ecoreport.i18n import _
from ecoreport.labels import basis_text, localized
from ecoreport.narrative import blurred, plain, target_text
from ecoreport.numbers import format_number
from ecoreport.observe.observation import Observation


def black_odour(chapter: Chapter) -> Chart:
    """Draw the levels of black-odorous waters before and after."""
    report = chapter.report
    rows = [
        _body({str(name): cell for name, cell in row.items()})
        for row in findings.black_odour(report).to_dict("records")
    ]
    return levels_before_and_after(rows, title=plain(findings.black_odour_heading(report)))


def _body(row: dict[str, Any]) -> Body:
    day = row["removed_on"]
    if not row["is_removed"]:
        said = _("尚未认定")
    elif pd.isna(day):
        said = _("日期未填")
    else:
        said = f"{day:%Y-%m-%d}"
    return Body(
        name=str(row["body"]),
        before=str(row["before"]),
        after="" if pd.isna(row["after"]) else str(row["after"]),
        said=said,
        is_removed=bool(row["is_removed"]),
    )


def sewage(chapter: Chapter) -> Chart:
    """Draw the rates of sewage treatment beside their targets."""
    rows = [
        Scope(
            label=localized(one.indicator),
            years=[YearRate(v.year, v.value, v.is_sufficient) for v in one.values if v.value],
            target=one.judgement.target if one.judgement else None,
            said=_asked(one) if one.now.year == chapter.report.year else "",
        )
        for one in findings.sewage(chapter)
    ]
    return rates_by_scope(rows, title=plain(findings.sewage_heading(chapter)))


def discharges(chapter: Chapter) -> Chart:
    """Draw the discharges beside the way to their targets."""
    rows = [
        Discharge(
            label=localized(one.indicator),
            unit=_(one.indicator.unit),
            points=[_point(value) for value in _with_base(one)],
            said=_cut(one),
            path=findings.path(one),
        )
        for one in findings.discharges(chapter)
    ]
    return discharges_with_paths(rows, title=plain(findings.discharges_heading(chapter)))


def other_years(chapter: Chapter, shown: Sequence[YearSeries]) -> Chart:
    """Draw the indicators over the years that have no chart of their own."""
    drawn = area_drawings.years(chapter, shown)
    return replace(drawn, title=plain(findings.other_years_heading(chapter, shown)))


def _with_base(one: Rates) -> list[Observation]:
    """Return the years in order, the base year among them."""
    known = {value.year: value for value in one.values}
    if one.base is not None:
        known.setdefault(one.base.year, one.base)
    return [known[year] for year in sorted(known)]


def _point(value: Observation) -> Point:
    assert value.value is not None  # noqa: S101 - years hold values only
    return Point(value.year, value.value, basis_text(value), value.is_sufficient)


def _cut(one: Rates) -> str:
    """Say how far a discharge was cut on its base, and what is asked."""
    judgement = one.judgement
    if judgement is None or judgement.value is None or judgement.unit != "%":
        return _asked(one)
    base = one.base.year if one.base else one.now.year - 1
    text = _("较{year}年削减{value}%，{asked}")
    return text.format(year=base, value=format_number(judgement.value), asked=_asked(one))


def _asked(one: Rates) -> str:
    if one.judgement is None:
        return _("没有目标")
    unit = one.judgement.unit if one.judgement.unit == "%" else ""
    target = blurred(target_text(one.judgement) + unit, one.fuzzy)
    return _("目标{target} {verdict}").format(target=target, verdict=one.verdict)
