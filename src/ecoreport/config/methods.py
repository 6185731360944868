"""How numbers come about, in words: ``params/methods``, for the pages of the documentation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeVar

from pydantic import BaseModel

from ecoreport.config.explain import is_headed, unknown, validated
from ecoreport.config.models import Strict, Words
from ecoreport.config.read import Problems, read_table
from ecoreport.config.vocabulary import Area
from ecoreport.i18n import _
from ecoreport.project import Project

Topic = Literal[
    "edition",
    "hours",
    "validity",
    "rounding",
    "equality",
    "detection_limit",
    "missing",
    "denominator",
    "secrecy",
    "source",
    "precedence",
    "unverified",
]
Model = TypeVar("Model", bound=BaseModel)


class StatisticMethod(Strict):
    """One row of ``statistics.csv``: a ``statistic`` of the indicators."""

    statistic: str
    functions: Words = ()
    """Public functions of ``ecoreport.standards`` that the number comes from."""
    tables: Words = ()
    """Tables of ``params/standards`` that hold its figures."""
    zh: str
    """One sentence; the English one is the function's docstring."""


class FunctionMethod(Strict):
    """One row of ``functions.csv``: a public function of ``ecoreport.standards``."""

    function: str
    """``air.aqi``: the package or module, and the function."""
    area: Area | None = None
    """Empty where several areas use it."""
    zh: str
    """One sentence; the English one is the function's docstring."""


class TableMethod(Strict):
    """One row of ``tables.csv``: a table of ``params/standards``."""

    table: str
    area: Area | None = None
    zh: str
    en: str
    is_shown_whole: bool
    """Whether a page shows all of it; of a long one only where its figures come from."""


class Practice(Strict):
    """One row of ``practices.csv``: what is done about rounding, validity, equality and so on."""

    area: Area | None = None
    """Empty where it holds for all."""
    topic: Topic
    tables: Words = ()
    zh: str
    en: str


@dataclass(frozen=True)
class Methods:
    """All of ``params/methods``, in the order of the tables."""

    statistics: tuple[StatisticMethod, ...]
    functions: tuple[FunctionMethod, ...]
    tables: tuple[TableMethod, ...]
    practices: tuple[Practice, ...]


def load_methods(project: Project) -> Methods:
    """Read the words for statistics, functions, tables and practices.

    Raises
    ------
    ParameterError
        If a file is wrong, a row stands twice, a row names a table that does not exist, or a
        table of ``params/standards`` stands in no row.
    """
    problems = Problems()
    found = Methods(
        statistics=_rows(project, "statistics", StatisticMethod, problems),
        functions=_rows(project, "functions", FunctionMethod, problems),
        tables=_rows(project, "tables", TableMethod, problems),
        practices=_rows(project, "practices", Practice, problems),
    )
    known = {path.stem for path in (project.params / "standards").glob("*.csv")} - {"sources"}
    listed = [one.table for one in found.tables]
    keys = {
        "tables": listed,
        "functions": [one.function for one in found.functions],
        "statistics": [one.statistic for one in found.statistics],
    }
    for file, words in keys.items():
        for word, n_rows in Counter(words).items():
            if n_rows > 1:
                problems.add(_file(file), 1, _("{word} 不止一行").format(word=word))
    for word in sorted(known - set(listed)):
        problems.add(_file("tables"), 1, _("缺少 {word} 一行").format(word=word))
    named: tuple[tuple[str, Iterable[tuple[str, ...]]], ...] = (
        ("tables", [(one,) for one in listed]),
        ("statistics", [one.tables for one in found.statistics]),
        ("practices", [one.tables for one in found.practices]),
    )
    for file, rows in named:
        for one in sorted({name for row in rows for name in row} - known):
            problems.add(_file(file), 1, unknown(one, known))
    problems.raise_if_any()
    return found


def _rows(project: Project, name: str, model: type[Model], problems: Problems) -> tuple[Model, ...]:
    table = read_table(project.params / "methods" / f"{name}.csv", _file(name), problems)
    if not table.columns or not is_headed(table, model, problems):
        return ()
    found = (validated(row, model, problems) for row in table.rows)
    return tuple(one.value for one in found if one is not None)


def _file(name: str) -> str:
    return f"params/methods/{name}.csv"
