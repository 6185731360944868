"""The class of surface water: of each item, and of a section by its worst item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ecoreport.standards.water.categories import Codes, from_codes, water_class_type
from ecoreport.standards.water.limits import bands, codes_of, rows_by_body, section_columns
from ecoreport.standards.water.readings import (
    column_of,
    numbers,
    parameter_of,
    present,
    require_columns,
)
from ecoreport.standards.water.rules import assessment_rule

WaterBody = str | pd.Series
"""``river`` or ``lake`` for every row, or a series of these on the index of the readings."""


def item_classes(
    frame: pd.DataFrame, water_body: WaterBody, *, uses_saturation: bool = False
) -> pd.DataFrame:
    """Return the class of each of the 21 items that a frame has.

    Parameters
    ----------
    frame : pandas.DataFrame
        One reading or mean a row, any index. Any of the columns of ``water_items.csv`` that
        belong to the section class: ``ph, do_mg_l, codmn_mg_l, cod_mg_l, bod5_mg_l, nh3n_mg_l,
        tp_mg_l, cu_mg_l`` …; other columns are left alone. NaN is not measured; zero is a reading.
    water_body : {"river", "lake"} or pandas.Series
        A reservoir is a lake. A series gives each row its own.
    uses_saturation : bool
        True: dissolved oxygen of 90 % saturation or more is class I too; needs
        ``water_temperature_c``, and counts where that was measured.

    Returns
    -------
    pandas.DataFrame
        On the same index, one ordered categorical (I, II, III, IV, V, below_V) a column of the
        frame, in the order of the standard; missing where nothing was measured.

    Raises
    ------
    InputError
        If no column can be judged, for a wrong `water_body`, and for text or impossible values,
        naming the column.

    Notes
    -----
    GB 3838-2002, table 1: the best class whose limit is met; equality meets. Values are compared
    as they are: the national platform does not round first. Dissolved oxygen of class I is held
    to 7.5 mg/L, as the platform does; pH within 6 to 9 is class I, else below V. The saturated
    concentration is 468 / (31.6 + T) (one source). Nitrogen and coliforms stand apart:
    `nitrogen_class`, `coliform_class`.
    """
    codes = item_codes(frame, water_body, uses_saturation=uses_saturation)
    dtype = water_class_type()
    classes = {column: from_codes(of_item, dtype, frame.index) for column, of_item in codes.items()}
    return pd.DataFrame(classes, index=frame.index)


def section_class(
    frame: pd.DataFrame, water_body: WaterBody, *, uses_saturation: bool = False
) -> pd.Series[Any]:
    """Return the class of each row: that of its worst item.

    Parameters
    ----------
    frame, water_body, uses_saturation
        As in `item_classes`.

    Returns
    -------
    pandas.Series
        Ordered categorical on the same index; missing where no item was measured. Which items
        were not measured says `missing_items`: a class of few items may be too good.

    Raises
    ------
    InputError
        As `item_classes`.

    Notes
    -----
    环办〔2011〕22号: single factor over the 21 items of table 1 without temperature, total
    nitrogen and faecal coliforms.
    """
    codes = item_codes(frame, water_body, uses_saturation=uses_saturation)
    worst = np.max(list(codes.values()), axis=0)
    return from_codes(worst, water_class_type(), frame.index)


def nitrogen_class(frame: pd.DataFrame, water_body: WaterBody) -> pd.Series[Any]:
    """Return the class of total nitrogen, which is no part of the section class.

    Parameters
    ----------
    frame : pandas.DataFrame
        With ``tn_mg_l``.
    water_body
        As in `item_classes`.

    Returns
    -------
    pandas.Series
        Ordered categorical; missing for rivers, for which the standard sets no limit.

    Notes
    -----
    GB 3838-2002, table 1, item 9 (lakes and reservoirs).
    """
    return _class_apart(frame, "TN", water_body)


def coliform_class(frame: pd.DataFrame) -> pd.Series[Any]:
    """Return the class of faecal coliforms, which are no part of the section class.

    Parameters
    ----------
    frame : pandas.DataFrame
        With ``faecal_coliforms_per_l``.

    Returns
    -------
    pandas.Series
        Ordered categorical.

    Notes
    -----
    GB 3838-2002, table 1, item 24.
    """
    return _class_apart(frame, "FC", "river")


def missing_items(frame: pd.DataFrame) -> pd.Series[Any]:
    """Name the items of the section class that were not measured.

    Parameters
    ----------
    frame : pandas.DataFrame
        As in `item_classes`.

    Returns
    -------
    pandas.Series
        On the same index: a tuple of parameters (``("Cu", "Zn")``), in the order of the standard.
    """
    columns = section_columns()
    return missing_of(frame, columns)


def missing_of(frame: pd.DataFrame, columns: Mapping[str, str]) -> pd.Series[Any]:
    """Name those of some columns in which a row has nothing, by what each column stands for."""
    nothing = np.ones(len(frame), dtype=bool)
    is_missing = np.array(
        [
            np.isnan(numbers(frame, column)) if column in frame.columns else nothing
            for column in columns
        ]
    )
    names = np.array(list(columns.values()), dtype=object)
    packed = np.packbits(is_missing, axis=0)
    patterns, which = np.unique(packed, axis=1, return_inverse=True)
    are_missing = np.unpackbits(patterns, axis=0, count=len(names)).astype(bool)
    named = [tuple(names[pattern]) for pattern in are_missing.T]
    return pd.Series([named[one] for one in which.ravel()], index=frame.index, dtype=object)


def item_codes(
    frame: pd.DataFrame, water_body: WaterBody, *, uses_saturation: bool = False
) -> dict[str, Codes]:
    """Return the places of the classes of `item_classes`, by column."""
    rows = rows_by_body(water_body, frame.index)
    codes: dict[str, Codes] = {}
    for column in present(frame, section_columns()):
        values = numbers(frame, column)
        of_item = np.full(len(frame), -1, dtype=np.int8)
        for body, is_body in rows.items():
            of_item[is_body] = codes_of(values[is_body], bands(parameter_of(column), body))
        codes[column] = of_item
    if uses_saturation:
        oxygen = column_of("DO")
        require_columns(frame, [oxygen, column_of("T")])
        codes[oxygen][_is_saturated(frame)] = 0
    return codes


def _is_saturated(frame: pd.DataFrame) -> Any:
    temperature = numbers(frame, column_of("T"))
    oxygen = numbers(frame, column_of("DO"))
    offset = float(assessment_rule("saturation_offset").number)
    saturated = float(assessment_rule("saturation_numerator").number) / (offset + temperature)
    return 100 * oxygen >= float(assessment_rule("saturation_share").number) * saturated


def _class_apart(frame: pd.DataFrame, parameter: str, water_body: WaterBody) -> pd.Series[Any]:
    column = column_of(parameter)
    require_columns(frame, [column])
    values = numbers(frame, column)
    codes = np.full(len(frame), -1, dtype=np.int8)
    for body, is_body in rows_by_body(water_body, frame.index).items():
        codes[is_body] = codes_of(values[is_body], bands(parameter, body))
    return from_codes(codes, water_class_type(), frame.index)
