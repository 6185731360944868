"""Invent the year's basic figures of energy, water, land and value added."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

from ecoreport.config.load import load_catalogue
from ecoreport.config.models import Strict, Words, Year
from ecoreport.demonstration.courses import figures_of, number_cell, papers, rounded
from ecoreport.demonstration.profiles import Fill, rows_of
from ecoreport.demonstration.workbook import Row
from ecoreport.project import Pair, Project


class ResourceCourse(Strict):
    """A row of ``resource_accounts.csv``: a number that one department fills in, over the years."""

    district: str
    department: str
    column: str
    first_year: Year
    kind: Literal["course", "told", "share", "inverse", "rest", "falling", "last_year"]
    """What it is: a course of its own; the figure reported of ``indicator``; that figure, or the
    course where none is reported, of a ``per``-th of the column in ``of``; so much of that column
    that it gives the figure; that column less others; last year's own times the growth of that
    column, less the reported fall; last year's of that column."""
    first: Decimal = Decimal(0)
    yearly: Decimal = Decimal(0)
    decimals: int
    of: Words = ()
    per: Decimal = Decimal(1)
    indicator: str = ""


@dataclass
class Accounts:
    """The columns of a district in any year, each computed once."""

    project: Project
    district: str
    seed: str
    courses: dict[str, ResourceCourse]
    found: dict[tuple[str, int], Decimal | None] = field(default_factory=dict)

    def value(self, column: str, year: int) -> Decimal | None:
        """Return what a column says in a year; None where it rests on a year never told of."""
        key = column, year
        if key not in self.found:
            exact = self._exact(self.courses[column], year)
            known = self.courses[column]
            self.found[key] = None if exact is None else rounded(exact, known.decimals)
        return self.found[key]

    def _exact(self, one: ResourceCourse, year: int) -> Decimal | None:
        own = one.first + (year - one.first_year) * one.yearly
        if one.kind == "last_year":
            return self.value(one.of[0], year - 1)
        if year < one.first_year and one.kind != "course":
            return None
        told = figures_of(self.project, Pair(self.district, year), self.seed)
        figure = told.get(one.indicator, own)
        others = [self.value(name, year) for name in one.of]
        if one.kind in {"course", "told"} or None in others:
            return figure if one.kind in {"course", "told"} else None
        first, *rest = [other for other in others if other is not None]
        if one.kind == "rest":
            return first - sum(rest, Decimal(0))
        if one.kind == "falling":
            return own if year == one.first_year else self._fallen(one, year, figure)
        return figure * first / one.per if one.kind == "share" else first * one.per / figure

    def _fallen(self, one: ResourceCourse, year: int, percent: Decimal) -> Decimal | None:
        ends = (
            self.value(one.column, year - 1),
            self.value(one.of[0], year),
            self.value(one.of[0], year - 1),
        )
        before, now, then = ends
        if before is None or now is None or then is None:
            return None
        return before * now / then * (1 - percent / 100)


def resource_accounts_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return a row a department, each with the columns that are its own."""
    names = load_catalogue(project).departments
    courses = rows_of(project, "resource_accounts", ResourceCourse, pair)
    accounts = Accounts(project, pair.district, seed, {one.column: one for one in courses})
    found: dict[str, Row] = {}
    for one in courses:
        if one.department not in found:
            name, number = names[one.department].zh, len(found) + 1
            title = f"{pair.year}年{name}资源能源基本数据"
            row: Row = {"period": f"{pair.year}年", "department": name}
            found[one.department] = row | papers(title, number, pair.year)
        value = accounts.value(one.column, pair.year)
        found[one.department][one.column] = None if value is None else number_cell(value)
    return list(found.values())


FILL: Final[dict[str, Fill]] = {"resource_accounts": resource_accounts_rows}
