"""What a frame of water readings must be before anything is computed from it."""

from __future__ import annotations

import math

import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards import columns
from ecoreport.standards.columns import Floats, require_columns
from ecoreport.standards.columns import present_columns as present
from ecoreport.standards.tables import answered_once, select, single

__all__ = [
    "Floats",
    "column_of",
    "group_keys",
    "numbers",
    "parameter_of",
    "present",
    "require_columns",
]

YES_OR_NO = "yes/no"


@answered_once
def parameter_of(column: str) -> str:
    """Return the parameter in a column: ``NH3-N`` of ``nh3n_mg_l``."""
    return single("water_items", column=column)["parameter"]


@answered_once
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
    lowest, highest, takes_booleans = _possible(column)
    return columns.numbers(frame, column, lowest, highest, takes_booleans=takes_booleans)


@answered_once
def _possible(column: str) -> tuple[float, float, bool]:
    """Return the lowest and the highest value of an item, and whether yes and no are values."""
    line = single("water_items", column=column)
    lowest, highest = float(line["lowest"] or -math.inf), float(line["highest"] or math.inf)
    return lowest, highest, line["unit"] == YES_OR_NO
