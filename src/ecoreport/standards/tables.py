"""The standards' own figures: read from ``params/standards/*.csv``, resolved by date."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd

from ecoreport.errors import InputError, ParameterError
from ecoreport.i18n import _
from ecoreport.project import Project

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
        A copy; empty cells are empty texts.

    Raises
    ------
    ParameterError
        If the table is missing or unreadable.
    """
    return _read(Project.here().params / "standards" / f"{name}.csv").copy()


@cache
def _read(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise ParameterError(
            _("无法读取标准表 {file}:{reason}。请从版本库恢复该文件。").format(
                file=path.name, reason=error
            )
        ) from error


def select(name: str, **cells: str) -> pd.DataFrame:
    """Return the rows of a table whose columns hold exactly the given texts."""
    rows = table(name)
    for column, cell in cells.items():
        rows = rows[rows[column] == cell]
    return rows


def single(name: str, **cells: str) -> dict[str, str]:
    """Return the one row of a table whose columns hold exactly the given texts.

    Raises
    ------
    ParameterError
        If there is no such row, or more than one.
    """
    rows = select(name, **cells).to_dict("records")
    if len(rows) != 1:
        raise ParameterError(
            _("标准表 {file} 中符合 {cells} 的应为 1 行,实为 {count} 行。").format(
                file=f"{name}.csv",
                cells=", ".join(f"{column}={cell}" for column, cell in cells.items()),
                count=len(rows),
            )
        )
    return {str(column): str(cell) for column, cell in rows[0].items()}


def least_verified(levels: list[str]) -> str:
    """Return the least certain of several entries of a column ``verified``."""
    return min(levels, key=VERIFIED_LEVELS.index)


def in_force(name: str, first: date, last: date) -> pd.DataFrame:
    """Return the rows of a table valid on at least one day from `first` to `last`.

    The table has ``valid_from`` and ``valid_to`` (ISO dates; an empty end means still in force).
    """
    rows = table(name)
    has_begun = rows["valid_from"] <= last.isoformat()
    has_not_ended = (rows["valid_to"] == "") | (rows["valid_to"] >= first.isoformat())
    return rows[has_begun & has_not_ended]


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
        If no edition is in force on that day.
    """
    editions = in_force(name, on, on)["edition"].unique()
    if len(editions) != 1:
        raise InputError(
            _("{date} 在标准表 {file} 中没有唯一的现行版本({editions}),请指明 edition。").format(
                date=on.isoformat(), file=f"{name}.csv", editions=", ".join(editions) or "—"
            )
        )
    return str(editions[0])
