"""Invent what departments tell of waste: masses by kind, facilities, coverage of sorting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, Literal

from ecoreport.config.load import load_catalogue
from ecoreport.config.models import Day, Strict, Year
from ecoreport.demonstration.courses import (
    Figures,
    deviation,
    figures_of,
    number_cell,
    papers,
    rounded,
    with_totals,
)
from ecoreport.demonstration.profiles import Fill, rows_of
from ecoreport.demonstration.workbook import Row
from ecoreport.project import Pair, Project

Masses = dict[str, Decimal]
"""Tonnes by column of ``waste_flows``."""

OPERATING, UNDER_CONSTRUCTION, PLANNED, CLOSED = "投运", "在建", "拟建", "关闭"
HUNDRED: Final = Decimal(100)
COUNTED: Final = ("n_due", "n_covered", "households_due", "households_covered")


class WasteCourse(Strict):
    """A row of ``waste_flows.csv``: how much of a kind there is, and what becomes of it.

    The part that ``rate_for`` names is ``rate_percent`` of ``rate_of``; it is shared out over use,
    transfer and disposal. What is left goes into stock, or is disposed of.
    """

    district: str
    waste: str
    coverage: str = ""
    department: str
    first_year: Year
    generated_t: Decimal
    generated_yearly_percent: Decimal = Decimal(0)
    spread_percent: Decimal = Decimal(0)
    stock_start_t: Decimal = Decimal(0)
    used_from_stock_percent: Decimal = Decimal(0)
    """Of the stock at the start of a year."""
    due_percent: Decimal | None = None
    """Of what was generated; nothing is filled in where empty."""
    rate_for: Literal["used", "used+disposed", "safely_treated"]
    rate_of: Literal["generated", "due"] = "generated"
    rate_indicator: str = ""
    """Whose reported figure the rate is, where one is reported."""
    rate_percent: Decimal
    rate_yearly: Decimal = Decimal(0)
    together_indicator: str = ""
    """Whose reported figure the use of this coverage and of those above it is, together."""
    used_indicator: str = ""
    used_percent: Decimal = Decimal(0)
    used_yearly: Decimal = Decimal(0)
    transferred_percent: Decimal = Decimal(0)
    remainder: Literal["stock", "disposed"]
    decimals: int = 0
    note: str = ""


class WasteFacility(Strict):
    """A row of ``waste_facilities.csv``; its status follows from its years."""

    district: str
    facility: str
    waste: str
    process: str
    capacity_t_a: Decimal
    department: str
    planned_from: Year
    built_from: Year
    commissioned: Day
    closed: Day | None = None


class SortingPlace(Strict):
    """A row of ``sorting_places.csv``: units of one kind in a street or town over the years."""

    district: str
    area: str = ""
    """As the table names the district below; empty for the district's own."""
    place: str
    zone: str
    unit_kind: str
    department: str
    first_year: Year
    n_due: Decimal
    due_yearly: Decimal = Decimal(0)
    covered_percent: Decimal
    covered_yearly: Decimal
    households_each: Decimal = Decimal(0)
    """Mean households of a unit; none are filled in where that is nought."""


def waste_flows_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return a row a kind of waste and coverage: what was generated and what became of it."""
    names = load_catalogue(project).departments
    courses = rows_of(project, "waste_flows", WasteCourse, pair)
    years = range(min((one.first_year for one in courses), default=pair.year), pair.year + 1)
    told = {year: figures_of(project, Pair(pair.district, year), seed) for year in years}
    found: list[Row] = []
    earlier: dict[str, list[Masses]] = {}
    for number, course in enumerate(courses, start=1):
        row: Row = {
            "seq": number,
            "waste": course.waste,
            "coverage": course.coverage or None,
            "period": f"{pair.year}年",
            "department": names[course.department].zh,
            "remark": course.note or None,
        }
        masses = _masses(course, pair, told, seed)
        above = earlier.setdefault(course.waste, [])
        if course.together_indicator in told[pair.year]:
            masses |= _used_together(masses, above, told[pair.year][course.together_indicator])
        above.append(masses)
        cells: Row = {name: number_cell(mass) for name, mass in masses.items()}
        title = f"{pair.year}年{course.coverage}{course.waste}产生和处理情况"
        found.append(row | cells | papers(title, number, pair.year))
    return found


def _masses(course: WasteCourse, pair: Pair, told: Mapping[int, Figures], seed: str) -> Masses:
    """Return the masses of the last year: each begins with the stock that the one before left."""
    stock = course.stock_start_t
    found: Masses = {}
    for year in range(course.first_year, pair.year + 1):
        found = _of_year(course, Pair(pair.district, year), stock, told[year], seed)
        stock = found["stock_end_t"]
    return found


def _used_together(own: Masses, above: Sequence[Masses], percent: Decimal) -> Masses:
    """Return what of a coverage is used, so that it is `percent` of it and of those above."""
    parts = [*above, own]
    whole = sum((one["generated_t"] for one in parts), Decimal(0))
    used = rounded(whole * percent / HUNDRED, 0) - sum((one["used_t"] for one in above), Decimal(0))
    return {"used_t": used, "disposed_t": own["used_t"] + own["disposed_t"] - used}


def _of_year(
    course: WasteCourse, pair: Pair, stock: Decimal, figures: Figures, seed: str
) -> Masses:
    years = pair.year - course.first_year

    def percent(indicator: str, first: Decimal, yearly: Decimal) -> Decimal:
        return figures.get(indicator, min(first + years * yearly, HUNDRED)) / HUNDRED

    def tonnes(mass: Decimal) -> Decimal:
        return rounded(mass, course.decimals)

    thing = f"waste_flows/{course.waste}/{course.coverage}"
    growth = (1 + course.generated_yearly_percent / HUNDRED) ** years
    change = 1 + deviation(pair, thing, course.spread_percent, seed) / HUNDRED
    generated = tonnes(course.generated_t * growth * change)
    from_stock = tonnes(stock * course.used_from_stock_percent / HUNDRED)
    due = None if course.due_percent is None else tonnes(generated * course.due_percent / HUNDRED)
    whole = due if course.rate_of == "due" and due is not None else generated + from_stock
    rate = percent(course.rate_indicator, course.rate_percent, course.rate_yearly)
    use = percent(course.used_indicator, course.used_percent, course.used_yearly)
    part = tonnes(rate * whole)
    used = part if course.rate_for == "used" else tonnes(use * whole)
    transferred = tonnes(course.transferred_percent / HUNDRED * whole)
    disposed = max(part - used - transferred, Decimal(0))
    if course.remainder == "disposed":
        disposed = stock + generated - used - transferred
    found = {"stock_start_t": stock, "generated_t": generated}
    found |= {} if due is None else {"due_t": due}
    found |= {"used_t": used}
    found |= {"used_from_stock_t": from_stock} if from_stock else {}
    found |= {"disposed_t": disposed}
    found |= {"safely_treated_t": part} if course.rate_for == "safely_treated" else {}
    left = stock + generated - used - disposed - transferred
    return found | {"transferred_t": transferred, "stock_end_t": left}


def waste_facilities_rows(project: Project, pair: Pair, _seed: str) -> list[Row]:
    """Return a row a facility that was planned, built, run or closed by the end of the year."""
    names = load_catalogue(project).departments
    last_day = dt.date(pair.year, 12, 31)
    found: list[Row] = []
    for number, one in enumerate(
        rows_of(project, "waste_facilities", WasteFacility, pair), start=1
    ):
        if one.planned_from <= pair.year:
            row: Row = {
                "seq": number,
                "facility": one.facility,
                "waste": one.waste,
                "process": one.process,
                "capacity_t_a": number_cell(one.capacity_t_a),
                "status": _status(one, last_day),
                "commissioned": one.commissioned if one.commissioned <= last_day else None,
                "department": names[one.department].zh,
            }
            found.append(row | papers(f"{one.facility}情况", number, pair.year))
    return found


def _status(one: WasteFacility, last_day: dt.date) -> str:
    if one.closed is not None and one.closed <= last_day:
        return CLOSED
    if one.commissioned <= last_day:
        return OPERATING
    return UNDER_CONSTRUCTION if one.built_from <= last_day.year else PLANNED


def sorting_coverage_rows(project: Project, pair: Pair, _seed: str) -> list[Row]:
    """Return a row a street or town, zone and kind of unit: those due and those covered."""
    names = load_catalogue(project).departments
    places = rows_of(project, "sorting_places", SortingPlace, pair)
    found: list[Row] = []
    for number, one in enumerate(places, start=1):
        department = names[one.department].zh
        row: Row = {"seq": number, "period": f"{pair.year}年", "department": department}
        title = f"{pair.year}年{one.area}{one.place}垃圾分类台账"
        counted = _covered(one, pair.year - one.first_year)
        found.append(row | counted | papers(title, number, pair.year))
    return with_totals(found, COUNTED)


def _covered(one: SortingPlace, years: int) -> Row:
    due = rounded(one.n_due + years * one.due_yearly, 0)
    share = min(one.covered_percent + years * one.covered_yearly, HUNDRED) / HUNDRED
    covered = rounded(due * share, 0)
    row: Row = {
        "area": one.area or None,
        "place": one.place,
        "zone": one.zone,
        "unit_kind": one.unit_kind,
        "n_due": int(due),
        "n_covered": int(covered),
    }
    if one.households_each:
        row["households_due"] = int(due * one.households_each)
        row["households_covered"] = int(covered * one.households_each)
    return row


FILL: Final[dict[str, Fill]] = {
    "waste_flows": waste_flows_rows,
    "waste_facilities": waste_facilities_rows,
    "sorting_coverage": sorting_coverage_rows,
}
