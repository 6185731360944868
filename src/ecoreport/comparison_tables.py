"""Tables of the chapter on districts and years side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from ecoreport.comparison.lines import Line, Outcome
from ecoreport.components import component
from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.presentation import VerdictStyle
from ecoreport.config.vocabulary import Verdict
from ecoreport.findings.comparison import columns, name_of, plan_of
from ecoreport.findings.comparison_years import columns as columns_of_years
from ecoreport.i18n import _
from ecoreport.labels import localized, verdict_label
from ecoreport.narrative import number
from ecoreport.numbers import format_number
from ecoreport.report import Report


@dataclass(frozen=True)
class Cell:
    """How one commitment stands in one column."""

    style: VerdictStyle | None
    """None where the plan had not begun."""
    label: str
    value: Markup
    is_observed: bool
    is_demonstration: bool
    is_so_far: bool
    """Whether the mark is of the present value, before the deadline."""


@dataclass(frozen=True)
class MatrixRow:
    """One commitment over the columns; a cell is None where nothing was judged."""

    title: str
    unit: str
    cells: Sequence[Cell | None]


def districts(report: Report, lines: Sequence[Line]) -> Markup:
    """Return what is asked of several districts, district by district."""
    return _matrix(
        report,
        lines,
        {name: name_of(report, name) for name in columns(report, lines)},
        identifier="district-matrix",
        caption=_("各区域逐项结论"),
        own=report.pair.district,
    )


def years(report: Report, lines: Sequence[Line]) -> Markup:
    """Return the commitments that were judged in more than one year, year by year."""
    return _matrix(
        report,
        lines,
        {year: _("{year}年").format(year=year) for year in columns_of_years(lines)},
        identifier="year-matrix",
        caption=_("逐年结论"),
        own=str(report.year),
    )


def _matrix(
    report: Report,
    lines: Sequence[Line],
    columns: Mapping[str, str],
    *,
    identifier: str,
    caption: str,
    own: str,
) -> Markup:
    """Lay out commitments by columns: each cell a mark with its word and value, counts below."""
    areas = report.catalogue.terms["areas"]
    by_area = groupby(
        sorted(lines, key=lambda line: _area_order(report, line)),
        key=lambda line: line.commitment.area,
    )
    groups = [
        (localized(areas[area]), [_row(report, one, columns) for one in of_area])
        for area, of_area in by_area
    ]
    cells = [cell for _area, rows in groups for row in rows for cell in row.cells]
    drawn = [cell for cell in cells if cell is not None]
    return component(
        "verdict_matrix",
        identifier=identifier,
        caption=caption,
        columns=[(name, key == own) for key, name in columns.items()],
        groups=groups,
        counts=_counts(report, lines, columns),
        has_so_far=any(cell.is_so_far for cell in drawn),
        has_gaps=None in cells,
        has_before=any(cell.style is None for cell in drawn),
        has_demonstration=any(cell.is_demonstration for cell in drawn),
        has_real=any(cell.is_observed and not cell.is_demonstration for cell in drawn),
    )


def _area_order(report: Report, line: Line) -> int:
    return list(report.catalogue.terms["areas"]).index(line.commitment.area)


def _row(report: Report, line: Line, columns: Mapping[str, str]) -> MatrixRow:
    plan = plan_of(report, line)
    title = localized(report.indicator(line.indicator) if line.indicator else line.commitment)
    units = {one.unit for one in line.outcomes.values() if one.value is not None}
    unit = units.pop() if len(units) == 1 else ""
    return MatrixRow(
        title=title,
        unit=_(unit) if unit != "/" else "",
        cells=[_cell(report, plan, line.outcomes.get(column)) for column in columns],
    )


def _cell(report: Report, plan: CompletePlan, outcome: Outcome | None) -> Cell | None:
    if outcome is None:
        return None
    style = None if outcome.is_before_plan else report.catalogue.verdicts[outcome.shown]
    return Cell(
        style=style,
        label=verdict_label(style, plan) if style else _("方案尚未开始，不作评价"),
        value=_value(report, outcome),
        is_observed=bool(outcome.observation),
        is_demonstration=outcome.is_demonstration,
        is_so_far=outcome.so_far is not None and not outcome.is_before_plan,
    )


def _value(report: Report, outcome: Outcome) -> Markup:
    if outcome.value is None:
        return Markup("")
    observed = report.observations.get(outcome.observation)
    if observed is not None and observed.value == outcome.value:
        return number(observed)
    return Markup("{}").format(format_number(outcome.value))


def _counts(
    report: Report, lines: Sequence[Line], columns: Mapping[str, str]
) -> list[tuple[VerdictStyle, str, list[Markup]]]:
    """Return for each verdict that occurs its count in each column: due, and (not due yet)."""
    plan = plan_of(report, lines[0])
    found = [
        (style, verdict_label(style, plan), [_count(report, one, verdict) for one in columns])
        for verdict, style in report.catalogue.verdicts.items()
    ]
    return [line for line in found if any(line[2])]


def _count(report: Report, column: str, verdict: Verdict) -> Markup:
    due, so_far = (
        report.facts.get(f"{report.pair}/compared/{group}/{column}/{verdict}")
        for group in ("verdicts", "so_far")
    )
    told = [number(due) if due else "", Markup("({})").format(number(so_far)) if so_far else ""]
    return Markup(" ").join(filter(None, told))
