"""What a frame of water readings must be before anything is computed from it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.tables import Line, select, single

Floats = npt.NDArray[np.float64]
"""One number a row; NaN where nothing was measured."""

YES_OR_NO = "yes/no"
MOST_NAMED = 10
SHORT_FLOATS = ("float16", "float32")


def parameter_of(column: str) -> str:
    """Return the parameter in a column: ``NH3-N`` of ``nh3n_mg_l``."""
    return single("water_items", column=column)["parameter"]


def column_of(parameter: str) -> str:
    """Return the first column of ``water_items.csv`` that holds a parameter.

    Raises
    ------
    InputError
        If no column does.
    """
    lines = select("water_items", parameter=parameter)
    if not lines:
        raise InputError(_("没有名为 {parameter!r} 的水质项目。").format(parameter=parameter))
    return lines[0]["column"]


def present(frame: pd.DataFrame, columns: Iterable[str]) -> list[str]:
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
    for column in found:
        if isinstance(frame[column], pd.DataFrame):
            raise InputError(_("列 {column} 重复出现，请只保留一列。").format(column=column))
    return found


def require_columns(frame: pd.DataFrame, columns: Iterable[str]) -> None:
    """Stop if a frame lacks a column.

    Raises
    ------
    InputError
    """
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise InputError(_("数据缺少列 {columns}。").format(columns=", ".join(missing)))


def group_keys(frame: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return the columns that keep groups apart, with rows numbered from 0.

    Raises
    ------
    InputError
        If one is missing or has an empty cell: its rows would be dropped.
    """
    require_columns(frame, by)
    keys = frame[by].reset_index(drop=True)
    for column in by:
        if keys[column].isna().any():
            position = int(keys[column].isna().argmax())
            raise InputError(
                _("分组列 {column} 第 {row} 个值为空，请补全。").format(
                    column=column, row=position + 1
                )
            )
    return keys


def numbers(frame: pd.DataFrame, column: str) -> Floats:
    """Return the readings of a column, checked.

    Parameters
    ----------
    frame : pandas.DataFrame
    column : str
        Key of ``water_items.csv``.

    Returns
    -------
    numpy.ndarray
        float64, NaN where nothing was measured. A float32 stands for its shortest decimal text.

    Raises
    ------
    InputError
        Naming the column and the first row at fault: text, an infinite number, or one outside
        what ``water_items.csv`` allows.
    """
    line = single("water_items", column=column)
    values = frame[column]
    floats = _floats(values, takes_booleans=line["unit"] == YES_OR_NO)
    is_wrong = values.notna().to_numpy() & ~_is_possible(floats, line)
    if is_wrong.any():
        position = int(is_wrong.argmax())
        raise InputError(
            _(
                "列 {column} 第 {row} 个值（{label}）为 {value!r}：{allowed}，未监测的请留空。"
            ).format(
                column=column,
                row=position + 1,
                label=frame.index[position],
                value=values.iloc[position],
                allowed=_allowed(line),
            )
        )
    return floats


def _is_possible(floats: Floats, line: Line) -> npt.NDArray[np.bool_]:
    lowest = float(line["lowest"] or -math.inf)
    highest = float(line["highest"] or math.inf)
    return np.isfinite(floats) & (floats >= lowest) & (floats <= highest)


def _allowed(line: Line) -> str:
    if line["lowest"] and line["highest"]:
        text = _("应为 {lowest} 至 {highest} 之间的数")
    elif line["lowest"]:
        text = _("应为不小于 {lowest} 的数")
    else:
        text = _("应为数")
    return text.format(lowest=line["lowest"], highest=line["highest"])


def _floats(values: pd.Series[Any], *, takes_booleans: bool) -> Floats:
    kind = values.dtype.kind
    if str(values.dtype).lower() in SHORT_FLOATS:
        return values.to_numpy(np.float32, na_value=np.nan).astype(str).astype(np.float64)
    if kind in "iuf" or (kind == "b" and takes_booleans):
        return values.to_numpy(np.float64, na_value=np.nan)
    floats = [float(value) if _is_number(value, takes_booleans) else math.nan for value in values]
    return np.array(floats, dtype=np.float64)


def _is_number(value: object, takes_booleans: bool) -> bool:
    if isinstance(value, (bool, np.bool_)):
        return takes_booleans
    return isinstance(value, (Real, Decimal))
