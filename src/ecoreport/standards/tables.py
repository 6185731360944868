"""The standards' own figures: read from ``params/standards/*.csv``, resolved by date."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache, wraps
from types import MappingProxyType
from typing import Concatenate, ParamSpec, TypeVar, cast

import pandas as pd

from ecoreport.errors import InputError, ParameterError
from ecoreport.i18n import _
from ecoreport.project import Project

Line = Mapping[str, str]
Given = ParamSpec("Given")
Answer = TypeVar("Answer")

# From the least to the most certain: a result is as certain as its least certain part.
VERIFIED_LEVELS = ("unverified", "one source", "verified")


def table(name: str) -> pd.DataFrame:
    """Return one table of the standards with every cell as text.

    Text keeps figures exact: ``Fraction("0.0025")`` is what the standard prints.

    Parameters
    ----------
    name : str
        File name in ``params/standards`` without ``.csv``.

    Returns
    -------
    pandas.DataFrame
        Empty cells are empty texts.

    Raises
    ------
    ParameterError
        If the table is missing or unreadable.
    """
    return pd.DataFrame(_lines(name))


def select(name: str, **cells: str) -> list[Line]:
    """Return the lines of a table whose columns hold exactly the given texts, in file order."""
    return list(_selected(Project.here(), name, frozenset(cells.items())))


def single(name: str, **cells: str) -> Line:
    """Return the one line of a table whose columns hold exactly the given texts.

    Raises
    ------
    ParameterError
        If there is no such line, or more than one.
    """
    lines = select(name, **cells)
    if len(lines) != 1:
        raise ParameterError(
            _("标准表 {file} 中符合 {cells} 的应为 1 行，实为 {count} 行。").format(
                file=f"{name}.csv",
                cells=", ".join(f"{column}={cell}" for column, cell in cells.items()),
                count=len(lines),
            )
        )
    return lines[0]


def answered_once(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Keep the answers of a function that asks nothing but the tables of the project.

    They are given to all who ask: nobody may change them.
    """

    def ask(_project: Project, *given: Given.args, **named: Given.kwargs) -> Answer:
        return function(*given, **named)

    known = cast("Callable[Concatenate[Project, Given], Answer]", cache(ask))

    @wraps(function)
    def answer(*given: Given.args, **named: Given.kwargs) -> Answer:
        return known(Project.here(), *given, **named)

    return answer


def _lines(name: str) -> tuple[Line, ...]:
    return _read(Project.here(), name)


@cache
def _selected(project: Project, name: str, cells: frozenset[tuple[str, str]]) -> tuple[Line, ...]:
    return tuple(line for line in _read(project, name) if cells <= line.items())


@cache
def _read(project: Project, name: str) -> tuple[Line, ...]:
    path = project.params / "standards" / f"{name}.csv"
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            columns, *lines = csv.reader(text, strict=True)
        return tuple(
            MappingProxyType(dict(zip(columns, cells, strict=True))) for cells in lines if cells
        )
    except (OSError, ValueError, csv.Error) as error:
        raise ParameterError(
            _("无法读取标准表 {file}：{reason}。请从版本库恢复该文件。").format(
                file=path.name, reason=error
            )
        ) from error


def least_verified(levels: Iterable[str]) -> str:
    """Return the least certain of several entries of a column ``verified``."""
    return min(levels, key=VERIFIED_LEVELS.index)


def in_force(name: str, first: date, last: date) -> list[Line]:
    """Return the lines of a table valid on at least one day from `first` to `last`.

    The table has ``valid_from`` and ``valid_to`` (ISO dates; an empty end means still in force).
    """
    return [
        line
        for line in _lines(name)
        if line["valid_from"] <= last.isoformat()
        and (not line["valid_to"] or line["valid_to"] >= first.isoformat())
    ]


def edition_for(name: str, on: date) -> str:
    """Return the edition of a table in force on one day.

    Parameters
    ----------
    name : str
        A table with ``edition``, ``valid_from`` and ``valid_to``.
    on : datetime.date

    Raises
    ------
    InputError
        If no edition, or more than one, is in force on that day.
    """
    editions = sorted({line["edition"] for line in in_force(name, on, on)})
    if len(editions) != 1:
        raise InputError(
            _("{date} 在标准表 {file} 中没有唯一的现行版本（{editions}），请指明 edition。").format(
                date=on.isoformat(), file=f"{name}.csv", editions=", ".join(editions) or "—"
            )
        )
    return editions[0]
