"""Columns of numbers and of words, checked before anything is computed from them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.tables import select

Floats = npt.NDArray[np.float64]
"""One number a row; NaN where there is none."""

Rows = npt.NDArray[np.bool_]
"""True for the rows meant."""

ALIAS_SEPARATOR = ";"
MOST_NAMED = 10
SHORT_FLOATS = ("float16", "float32")


def month_numbers(months: pd.Series, year: int) -> pd.Series:
    """Return the months of a year as numbers from 1.

    Parameters
    ----------
    months : pandas.Series
        As tables have them once read: ``2018-03``.

    Returns
    -------
    pandas.Series
        ``Int64`` on the same index; missing where it is no month of `year`.
    """
    parts = months.astype("str").str.partition("-")
    numbers = pd.to_numeric(parts[2], errors="coerce").astype("Int64")
    return numbers.where(parts[0] == str(year))


def require_columns(frame: pd.DataFrame, columns: Iterable[str]) -> None:
    """Stop if a frame lacks a column or has it twice.

    Raises
    ------
    InputError
    """
    wanted = list(columns)
    missing = [column for column in wanted if column not in frame.columns]
    if missing:
        raise InputError(_("数据缺少列 {columns}。").format(columns=", ".join(missing)))
    # A frame asked for one of two columns of a name would give both.
    repeated = (
        []
        if frame.columns.is_unique
        else [column for column in wanted if isinstance(frame[column], pd.DataFrame)]
    )
    if repeated:
        raise InputError(
            _("列 {columns} 重复出现，请只保留一列。").format(columns=", ".join(repeated))
        )


def present_columns(frame: pd.DataFrame, columns: Iterable[str]) -> list[str]:
    """Return those of the columns that a frame has, in the order given.

    Raises
    ------
    InputError
        If it has none of them, or one of them twice.
    """
    wanted = list(columns)
    found = [column for column in wanted if column in frame.columns]
    if not found:
        raise InputError(
            _("数据中没有可评价的列，应至少有其中一列：{columns} 等。").format(
                columns=", ".join(wanted[:MOST_NAMED])
            )
        )
    require_columns(frame, found)
    return found


def numbers(
    frame: pd.DataFrame,
    column: str,
    lowest: float = 0,
    highest: float = math.inf,
    *,
    takes_booleans: bool = False,
) -> Floats:
    """Return the numbers of a column, checked.

    Parameters
    ----------
    frame : pandas.DataFrame
    column : str
    lowest, highest : float
        What is possible, both included.
    takes_booleans : bool
        True: yes is 1 and no is 0. False: they are no numbers.

    Returns
    -------
    numpy.ndarray
        float64, NaN where there is nothing. A float32 stands for its shortest decimal text.

    Raises
    ------
    InputError
        If the column is missing or twice there; naming the first row at fault for text, an
        infinite number, or one that is not possible.
    """
    require_columns(frame, [column])
    values = frame[column]
    floats = _floats(values, takes_booleans=takes_booleans)
    is_possible = np.isfinite(floats) & (floats >= lowest) & (floats <= highest)
    is_nothing = np.isnan(floats) if values.dtype == np.float64 else values.isna().to_numpy()
    is_wrong = ~(is_possible | is_nothing)
    if is_wrong.any():
        position = int(is_wrong.argmax())
        raise InputError(
            _("列 {column} 第 {row} 个值（{label}）为 {value!r}，{allowed}没有的请留空。").format(
                column=column,
                row=position + 1,
                label=frame.index[position],
                value=values.iloc[position],
                allowed=_allowed(lowest, highest),
            )
        )
    return floats


def words(frame: pd.DataFrame, column: str, table: str, key: str) -> npt.NDArray[np.object_]:
    """Return the words of a column as the keys of a table.

    Parameters
    ----------
    frame : pandas.DataFrame
    column : str
    table, key : str
        Table of the standards and its column of keys. A cell may hold the key, ``name_zh`` or one
        of ``aliases``.

    Returns
    -------
    numpy.ndarray
        One key a row.

    Raises
    ------
    InputError
        Naming the first row without a known word.
    """
    require_columns(frame, [column])
    known = {
        word: line[key]
        for line in select(table)
        for word in (
            line[key],
            line["name_zh"],
            *line.get("aliases", "").split(ALIAS_SEPARATOR),
        )
        if word
    }
    cells = frame[column].astype(object)
    found = cells.map(lambda cell: known.get(str(cell).strip()))
    is_unknown = found.isna().to_numpy()
    if is_unknown.any():
        position = int(is_unknown.argmax())
        raise InputError(
            _("列 {column} 第 {row} 个值（{label}）为 {value!r}，应为其中之一：{known}。").format(
                column=column,
                row=position + 1,
                label=frame.index[position],
                value=cells.iloc[position],
                known=_("、").join(line["name_zh"] for line in select(table)),
            )
        )
    return found.to_numpy(object)


def keys(table: str, key: str) -> list[str]:
    """Return the keys of a table in its order."""
    return [line[key] for line in select(table)]


def ordered(codes: npt.NDArray[Any], names: Sequence[str], index: pd.Index) -> pd.Series[Any]:
    """Return places as an ordered categorical; -1 is missing."""
    categories = pd.Index(list(names), dtype=object)
    values = pd.Categorical.from_codes(codes, categories=categories, ordered=True)
    return pd.Series(values, index=index)


def named(is_meant: Mapping[str, Rows], index: pd.Index) -> pd.Series[Any]:
    """Return for each row a tuple of the names whose mask is True, in the order of the mapping."""
    if not is_meant or index.empty:
        return pd.Series([()] * len(index), index=index, dtype=object)
    names = np.array(list(is_meant), dtype=object)
    masks = np.array(list(is_meant.values()), dtype=bool)
    patterns, which = np.unique(masks, axis=1, return_inverse=True)
    tuples = [tuple(names[pattern]) for pattern in patterns.T]
    return pd.Series([tuples[place] for place in which.ravel()], index=index, dtype=object)


def _floats(values: pd.Series[Any], *, takes_booleans: bool) -> Floats:
    if values.dtype == np.float64:
        return values.to_numpy(copy=True)
    kind = values.dtype.kind
    if str(values.dtype).lower() in SHORT_FLOATS:
        return values.to_numpy(np.float32, na_value=np.nan).astype(str).astype(np.float64)
    if kind in "iuf" or (kind == "b" and takes_booleans):
        return values.to_numpy(np.float64, na_value=np.nan)
    floats = [
        float(value) if _is_number(value, takes_booleans=takes_booleans) else math.nan
        for value in values
    ]
    return np.array(floats, dtype=np.float64)


def _is_number(value: object, *, takes_booleans: bool) -> bool:
    if isinstance(value, (bool, np.bool_)):
        return takes_booleans
    return isinstance(value, (Real, Decimal))


def _allowed(lowest: float, highest: float) -> str:
    if math.isfinite(lowest) and math.isfinite(highest):
        text = _("应为 {lowest} 至 {highest} 之间的数，")
    elif math.isfinite(lowest):
        text = _("应为不小于 {lowest} 的数，")
    else:
        text = _("应为数，")
    return text.format(lowest=f"{lowest:g}", highest=f"{highest:g}")
