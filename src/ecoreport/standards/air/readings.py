"""What a frame of air readings must be before anything is computed from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.columns import numbers
from ecoreport.standards.tables import select, single

UNIT_SUFFIXES = ("_ug_m3", "_mg_m3")


def stem(column: str) -> str:
    """Return the name of a column without its unit: ``pm25`` of ``pm25_ug_m3``."""
    for suffix in UNIT_SUFFIXES:
        column = column.removesuffix(suffix)
    return column


def pollutant_of(column: str, frame: str) -> str:
    """Return the pollutant in a column of an ``hour`` or ``day`` frame."""
    return single("air_columns", frame=frame, column=column)["pollutant"]


def day_column(pollutant: str, averaging: str) -> str:
    """Return the column of a day frame that holds a pollutant's daily values."""
    return single("air_columns", frame="day", pollutant=pollutant, averaging=averaging)["column"]


def required_columns(frame: str) -> list[str]:
    """Return the columns that every ``hour`` or ``day`` frame has, in the order of the table."""
    lines = select("air_columns", frame=frame, is_required="true")
    return [line["column"] for line in lines]


def require_columns(frame: pd.DataFrame, columns: Iterable[str]) -> None:
    """Stop if a frame lacks a column; a pollutant not measured is a column of missing values.

    Raises
    ------
    InputError
    """
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise InputError(
            _("数据缺少列 {columns}。未监测的项目请保留空列，不要删去。").format(
                columns=", ".join(missing)
            )
        )


def require_readings(frame: pd.DataFrame, columns: Sequence[str]) -> None:
    """Stop unless the columns are there and hold finite numbers of zero or more, or nothing.

    Raises
    ------
    InputError
        Naming the column and the first row at fault.
    """
    require_columns(frame, columns)
    for column in columns:
        numbers(frame, column)


def require_days(index: pd.Index, year: int) -> None:
    """Stop unless an index holds whole days of one year, each once.

    Raises
    ------
    InputError
        Naming the first day at fault.
    """
    if not isinstance(index, pd.DatetimeIndex):
        raise InputError(_("日数据的索引应为不带时区的日期（DatetimeIndex）。"))
    require_dates(index.to_series(), year)
    if index.has_duplicates:
        raise InputError(
            _("日期 {date} 重复出现，同一地点每日只能有一行。").format(
                date=index[index.duplicated()][0].date()
            )
        )


def require_dates(dates: pd.Series[Any], year: int) -> None:
    """Stop unless every date is a whole day of one year, without a time zone.

    Raises
    ------
    InputError
        Naming the first date at fault.
    """
    if dates.dtype.kind != "M" or getattr(dates.dtype, "tz", None) is not None:
        raise InputError(
            _("date 列应为不带时区的日期（datetime64），实为 {dtype}。").format(dtype=dates.dtype)
        )
    is_wrong = dates.isna() | (dates != dates.dt.normalize()) | (dates.dt.year != year)
    if is_wrong.any():
        raise InputError(
            _("日期 {date} 不是 {year} 年的日期（应为不带时刻的日期）。").format(
                date=dates[is_wrong].iloc[0], year=year
            )
        )
