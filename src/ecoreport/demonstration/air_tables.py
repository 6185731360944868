"""Fill generated air values into tables the way that monitoring stations do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from ecoreport.demonstration.air import Outage
from ecoreport.demonstration.profiles import AirFile, AirHeader, AirLayout
from ecoreport.demonstration.sheets import NATURE, filled_sheet
from ecoreport.demonstration.workbook import Cell, Sheet, cell_of

MEANS = "平均值"
TOO_FEW_HOURS = "H"
UNITS = ("_ug_m3", "_mg_m3")
ONE_DAY = pd.Timedelta(days=1)


def cells_of(
    values: pd.DataFrame,
    outages: Iterable[Outage],
    layout: AirLayout,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return values as they are written: whole numbers whole, gaps as somebody marks them.

    Parameters
    ----------
    values : pandas.DataFrame
        ``station``, ``date`` and values rounded as the instrument gives them; index from 0.
    outages : iterable of Outage
        Spells without data; a layout with flags shows them.
    layout : AirLayout
    rng : numpy.random.Generator
        Chooses among the marks and flags.

    Returns
    -------
    pandas.DataFrame
        The same columns, cells as objects; without the empty days where the layout has none.
    """
    marks = pd.Series(rng.choice(layout.gap_marks.split("|"), len(values)))
    if layout.gap_flags:
        named = [
            outage if outage.flag else replace(outage, flag=str(rng.choice(layout.gap_flags)))
            for outage in outages
        ]
        flags = _flags(values, named)
        marks = flags.where(flags != "", marks)
    gaps = [cell_of(mark) for mark in marks]
    columns = measured(values)
    written = {column: _written(values[column], gaps) for column in columns}
    cells = values.astype(object).assign(**written)
    if layout.leaves_out_empty_days:
        cells = cells[values[columns].notna().any(axis=1)].reset_index(drop=True)
    return cells


def sheets_of(
    cells: pd.DataFrame, file: AirFile, layout: AirLayout, headers: Sequence[AirHeader]
) -> list[Sheet]:
    """Return the sheets of one file: title, headers, rows, means and notes.

    Parameters
    ----------
    cells : pandas.DataFrame
        From `cells_of`, with ``name`` (of the station) beside ``station``.
    file : AirFile
    layout : AirLayout
    headers : sequence of AirHeader
        Of the layout, in the order of the columns.
    """
    if layout.has_sheet_for_each_station:
        return [
            _sheet(str(name), own, file, layout, headers)
            for name, own in cells.groupby("name", sort=False)
        ]
    return [_sheet(file.sheet or NATURE, cells, file, layout, headers)]


def measured(frame: pd.DataFrame) -> list[str]:
    """Return the columns that hold concentrations."""
    return [str(column) for column in frame if str(column).endswith(UNITS)]


def _sheet(
    name: str,
    cells: pd.DataFrame,
    file: AirFile,
    layout: AirLayout,
    headers: Sequence[AirHeader],
) -> Sheet:
    columns = [header.column for header in headers]
    bottom: list[list[Cell]] = [_means(cells, columns)] if layout.has_means else []
    bottom += [[note] for note in file.notes]
    # The station is the first column, in these layouts by its name.
    merged = columns[:1] if layout.has_merged_station else []
    rows = _rows(cells, columns, layout.date_style)
    return filled_sheet(name, file.title, headers, rows, merged, bottom)


def _rows(cells: pd.DataFrame, columns: list[str], date_style: str) -> list[list[Cell]]:
    dates = pd.Series(_dates(cells["date"], date_style), index=cells.index, dtype=object)
    shown = cells.assign(date=dates, nature=NATURE)[columns]
    return [list(row) for row in shown.itertuples(index=False)]


def _dates(days: pd.Series[pd.Timestamp], style: str) -> list[Cell]:
    """Return dates as cells; ``mixed`` writes the first days of a month out as text."""
    if style == "iso":
        return [f"{day:%Y-%m-%d}" for day in days]
    if style == "slash":
        return [f"{day.year}/{day.month}/{day.day}" for day in days]
    if style == "serial":
        return [day.date() for day in days]
    return [f"{day.year}年{day.month}月{day.day}日" if day.day <= 3 else day.date() for day in days]


def _means(cells: pd.DataFrame, columns: list[str]) -> list[Cell]:
    """Return the row below the days that says the mean of the plain numbers."""
    concentrations = measured(cells)
    means = [_mean(cells[name]) if name in concentrations else None for name in columns]
    return [MEANS, *means[1:]]


def _mean(cells: pd.Series[Any]) -> Cell:
    numbers = pd.to_numeric(cells, errors="coerce")
    present = numbers[numbers >= 0]
    return None if present.empty else round(float(present.mean()), 1)


def _written(values: pd.Series[float], gaps: Sequence[Cell]) -> pd.Series[Any]:
    is_whole = not str(values.name).endswith("_mg_m3")
    numbers = (int(value) if is_whole else value for value in values.fillna(0))
    cells = [
        gap if is_gap else number
        for number, gap, is_gap in zip(numbers, gaps, values.isna(), strict=True)
    ]
    return pd.Series(cells, index=values.index, dtype=object)


def _flags(values: pd.DataFrame, outages: Iterable[Outage]) -> pd.Series[str]:
    """Return the flag of the outage that each row lies in; a day cut into lacks hours."""
    days = pd.to_datetime(values["date"])
    flags = pd.Series("", index=values.index)
    for outage in outages:
        own = values["station"] == outage.station
        is_touched = own & (days + ONE_DAY > outage.first) & (days < outage.last)
        is_whole = own & (days >= outage.first) & (days + ONE_DAY <= outage.last)
        flags = flags.mask(is_touched, TOO_FEW_HOURS).mask(is_whole, outage.flag)
    return flags
