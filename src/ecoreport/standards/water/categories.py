"""The ordered words of water assessments: classes, grades, changes, states, levels."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.tables import answered_once, select

Codes = npt.NDArray[np.int8]
"""Place in an ordered type, 0 the first; -1 where there is none."""

WATER_CLASSES = ("water_classes", "class")
GRADES = ("water_grades", "grade")
CHANGES = ("water_changes", "change")
TROPHIC_STATES = ("tli_bands", "state")
BLACK_ODOUR_LEVELS = ("black_odour_levels", "level")


@answered_once
def ordered_type(words: tuple[str, str]) -> pd.CategoricalDtype:
    """Return the ordered type of a table's words, in the order of the table.

    Parameters
    ----------
    words : tuple
        Table and column: one of the constants of this module.
    """
    table, column = words
    return pd.CategoricalDtype([line[column] for line in select(table)], ordered=True)


def from_codes(codes: npt.NDArray[Any], dtype: pd.CategoricalDtype, index: pd.Index) -> pd.Series:
    """Return codes as a series of an ordered type."""
    return pd.Series(pd.Categorical.from_codes(codes, dtype=dtype), index=index)


def water_class_type() -> pd.CategoricalDtype:
    """Return the ordered type of water classes: I, II, III, IV, V, below_V."""
    return ordered_type(WATER_CLASSES)


@answered_once
def class_code(water_class: str) -> int:
    """Return the place of a water class, 0 for I.

    Raises
    ------
    InputError
        If there is no such class.
    """
    classes = list(water_class_type().categories)
    if water_class not in classes:
        raise InputError(
            _("没有水质类别 {value!r}。可用的类别：{known}").format(
                value=water_class, known=", ".join(classes)
            )
        )
    return classes.index(water_class)


def symbol_of(water_class: str) -> str:
    """Return how the standard prints a class: ``Ⅲ`` of III."""
    class_code(water_class)
    return select("water_classes", **{"class": water_class})[0]["symbol"]


def as_water_classes(values: pd.Series[Any]) -> pd.Series[Any]:
    """Return words for water classes as the ordered type.

    Parameters
    ----------
    values : pandas.Series
        ``III``, ``Ⅲ`` or ``Ⅲ类`` alike, ``below_V``, ``劣Ⅴ`` or ``劣Ⅴ类``; missing ones stay.

    Returns
    -------
    pandas.Series
        On the same index.

    Raises
    ------
    InputError
        Naming the first word that is no class.
    """
    codes = {
        line[column]: code
        for code, line in enumerate(select("water_classes"))
        for column in ("class", "symbol", "name_zh")
    }
    found = values.astype(object).map(codes)
    is_unknown = (found.isna() & values.notna()).to_numpy()
    if is_unknown.any():
        position = int(is_unknown.argmax())
        raise InputError(
            _("第 {row} 个值（{label}）{value!r} 不是水质类别，应为 Ⅰ 至 Ⅴ 或 劣Ⅴ。").format(
                row=position + 1, label=values.index[position], value=values.iloc[position]
            )
        )
    places = found.astype("Float64").to_numpy(np.float64, na_value=-1).astype(np.int8)
    return from_codes(places, water_class_type(), values.index)


def codes_in(values: pd.Series[Any], words: tuple[str, str]) -> Codes:
    """Return the places of words in an ordered type; -1 where one is missing.

    Raises
    ------
    InputError
        Naming the words that are not of the type.
    """
    dtype = ordered_type(words)
    unknown = sorted({str(value) for value in values.dropna()} - set(dtype.categories))
    if unknown:
        raise InputError(
            _("{values} 无效，应为：{known}").format(
                values=", ".join(unknown), known=", ".join(dtype.categories)
            )
        )
    return values.astype(dtype).cat.codes.to_numpy().astype(np.int8)
