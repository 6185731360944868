"""Invent what departments tell of green space, wetlands and land, and the ecological index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from ecoreport.config.load import load_catalogue
from ecoreport.config.models import Strict, Year
from ecoreport.demonstration.courses import Figures, figures_of, number_cell, papers, rounded
from ecoreport.demonstration.profiles import Fill, rows_of
from ecoreport.demonstration.workbook import Row
from ecoreport.project import Pair, Project
from ecoreport.standards.tables import select

EI = "ei_official"
TOP: Final = Decimal(100)


class GreenCourse(Strict):
    """A row of ``green_space.csv``: a number that one department fills in, over the years.

    With ``share_of`` the number is a share of another column's, told as ``first`` of ``per``.
    """

    district: str
    department: str
    column: str
    first_year: Year
    first: Decimal
    yearly: Decimal = Decimal(0)
    decimals: int
    share_of: str = ""
    per: Decimal = Decimal(100)
    indicator: str = ""
    """Whose reported figure the share is, where one is reported."""


class IndexCourse(Strict):
    """A row of ``ei_subindices.csv``: the index, a sub-index or an area of land cover."""

    district: str
    department: str
    column: str
    first_year: Year
    first: Decimal | None = None
    """Empty: the sub-index that makes the whole index what it is."""
    yearly: Decimal = Decimal(0)
    decimals: int
    indicator: str = ""


def green_space_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return a row a department, each with the columns that are its own."""
    names = load_catalogue(project).departments
    courses = rows_of(project, "green_space", GreenCourse, pair)
    told = figures_of(project, pair, seed)
    wholes = {one.column: _on_course(one, pair) for one in courses if not one.share_of}
    found: dict[str, Row] = {}
    for one in courses:
        if one.department not in found:
            name, number = names[one.department].zh, len(found) + 1
            row: Row = {"seq": number, "period": f"{pair.year}年", "department": name}
            title = f"{pair.year}年{name}绿地湿地统计"
            found[one.department] = row | papers(title, number, pair.year)
        value = _share(one, pair, wholes, told) if one.share_of else _on_course(one, pair)
        found[one.department][one.column] = number_cell(value)
    return list(found.values())


def _on_course(one: GreenCourse, pair: Pair) -> Decimal:
    return rounded(one.first + (pair.year - one.first_year) * one.yearly, one.decimals)


def _share(one: GreenCourse, pair: Pair, wholes: Mapping[str, Decimal], told: Figures) -> Decimal:
    share = told.get(one.indicator, one.first + (pair.year - one.first_year) * one.yearly)
    return rounded(share * wholes[one.share_of] / one.per, one.decimals)


def ei_subindices_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return the one row of the index: its sub-indices give what the province issued."""
    courses = rows_of(project, "ei_subindices", IndexCourse, pair)
    if not courses:
        return []
    told = figures_of(project, pair, seed)
    values = {
        one.column: rounded(
            told.get(one.indicator, one.first + (pair.year - one.first_year) * one.yearly),
            one.decimals,
        )
        for one in courses
        if one.first is not None
    }
    values |= {
        one.column: rounded(_completing(values, one.column), one.decimals)
        for one in courses
        if one.first is None
    }
    row: Row = {
        "period": f"{pair.year}年",
        "grade_official": _grade(values[EI]),
        "department": load_catalogue(project).departments[courses[0].department].zh,
    }
    cells = {column: number_cell(value) for column, value in values.items()}
    return [row | cells | papers(f"{pair.year}年生态环境状况评价结果", 1, pair.year)]


def _completing(values: Mapping[str, Decimal], column: str) -> Decimal:
    """Return the sub-index that makes the weighted sum of all five the official index."""
    lines = select("ei_subindices")
    others = sum(
        (
            Decimal(line["weight"]) * _good(line["sense"], values[line["column"]])
            for line in lines
            if line["column"] != column
        ),
        Decimal(0),
    )
    [own] = [line for line in lines if line["column"] == column]
    return _good(own["sense"], (values[EI] - others) / Decimal(own["weight"]))


def _good(sense: str, value: Decimal) -> Decimal:
    return TOP - value if sense == "inverse" else value


def _grade(index: Decimal) -> str:
    grades: Sequence[Mapping[str, str]] = select("ei_grades")
    return next(line["name_zh"] for line in grades if index >= Decimal(line["from"] or 0))


FILL: Final[dict[str, Fill]] = {
    "green_space": green_space_rows,
    "ei_subindices": ei_subindices_rows,
}
