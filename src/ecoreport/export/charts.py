"""The data behind a chart as a download."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from numbers import Integral, Real

import numpy as np
import pandas as pd

from ecoreport.i18n import _
from ecoreport.numbers import plain_decimal
from ecoreport.workbooks import Cell, Table, csv_bytes


def chart_csv(frame: pd.DataFrame, *, is_demonstration: bool = False) -> bytes:
    """Return what a chart was drawn from as CSV, as Excel and WPS open it.

    Parameters
    ----------
    frame : pandas.DataFrame
        An index with a name is a column too; one without is only a count of rows.
    is_demonstration : bool
        Whether each row says that it is demonstration data.

    Returns
    -------
    bytes
        UTF-8 with BOM and CRLF; numbers as they are, missing ones empty.
    """
    has_index = any(name is not None for name in frame.index.names)
    shown = frame.reset_index() if has_index else frame
    header = [str(name) for name in shown.columns]
    rows = [[_cell(value) for value in row] for row in shown.itertuples(index=False, name=None)]
    if is_demonstration:
        header.append(_("数据性质"))
        rows = [[*row, _("演示数据")] for row in rows]
    return csv_bytes(Table("", header, rows))


def _cell(value: object) -> Cell:
    if isinstance(value, (bool, np.bool_)):
        return _("是") if value else _("否")
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Decimal):
        return value
    if isinstance(value, Real):
        number = float(value)
        return plain_decimal(number) if math.isfinite(number) else None
    return _text(value)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        return _("、").join(_text(one) for one in _ordered(value))
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    day = getattr(value, "isoformat", None)
    return str(day()).removesuffix("T00:00:00") if day else str(value)


def _ordered(values: Iterable[object]) -> Iterable[object]:
    return sorted(values, key=str) if isinstance(values, (set, frozenset)) else values
