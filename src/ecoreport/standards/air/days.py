"""From hours to days of a station, and from the stations' days to the days of an area."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.air.editions import AirEdition, air_edition, limit
from ecoreport.standards.air.readings import (
    require_columns,
    require_dates,
    require_readings,
    required_columns,
    stem,
)
from ecoreport.standards.air.validity import minimum
from ecoreport.standards.rounding import round_half_even, whole_units
from ecoreport.standards.tables import Line, select, single

FIRST_HOUR, LAST_HOUR = 1, 24

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class DayRule:
    """How one column of a day follows from the hours of a station.

    Attributes
    ----------
    column, hour_column : str
        Of the day, and of its hours.
    is_mean : bool
        The mean of the hours; else their maximum.
    first_hour, last_hour : int
        Hours (by their end) that count.
    minimum_values : int
        Values that a valid day needs.
    counts_above : float or None
        A value above it is valid whatever the number of values behind it.
    """

    column: str
    hour_column: str
    is_mean: bool
    first_hour: int
    last_hour: int
    minimum_values: int
    counts_above: float | None


def day_rules(year: int, edition: str | None = None, functional_class: int = 2) -> list[DayRule]:
    """Return the rules of a day's columns, in the order of ``air_columns.csv``.

    Parameters
    ----------
    year, edition, functional_class
        As in `daily_from_hourly`, whose notes name the clauses.
    """
    standard = air_edition(year, edition)
    rules = []
    for line in select("air_columns", frame="day"):
        is_window = line["averaging"] == "8h"
        first, last = _counted_windows(standard) if is_window else (FIRST_HOUR, LAST_HOUR)
        rules.append(
            DayRule(
                column=line["column"],
                hour_column=_hour_column(line),
                is_mean=line["averaging"] == "24h",
                first_hour=first,
                last_hour=last,
                minimum_values=_needed(line, standard),
                counts_above=float(limit("O3", "8h", standard, functional_class).value)
                if is_window
                else None,
            )
        )
    return rules


def daily_from_hourly(
    hourly: pd.DataFrame, year: int, edition: str | None = None, functional_class: int = 2
) -> pd.DataFrame:
    """Return the daily values of each station from its hours.

    Parameters
    ----------
    hourly : pandas.DataFrame
        One row an hour of a station: ``station``, ``date`` (the day that the hour belongs to),
        ``hour`` (1 to 24, its end), ``pm25_ug_m3, pm10_ug_m3, so2_ug_m3, no2_ug_m3, co_mg_m3,
        o3_ug_m3`` and ``o3_8h_ug_m3`` (the published mean of the eight hours that end here).
    year : int
        Of all dates.
    edition : str, optional
        See `air_edition`.
    functional_class : {1, 2}
        Of the O3 limit that a day with too few 8-hour values must exceed to count.

    Returns
    -------
    pandas.DataFrame
        One row a station and day, sorted: ``station``, ``date``, the columns of a day with
        ``o3_8h_ug_m3`` and ``o3_1h_ug_m3`` (NaN where too few hours are valid), and for each the
        number of values behind it: ``pm25_n_hours`` …, ``o3_8h_n_hours`` (ends of windows).

    Raises
    ------
    InputError
        For missing columns, wrong dates or hours, an hour given twice, or impossible values.

    Notes
    -----
    GB 3095, table 4: a daily mean needs 20 hours. HJ 663 6.1.2: the maximum of the 8-hour means
    that end from 08 to 24 needs 14 of them; with fewer it counts only above the limit. The
    maximum of the hours needs 20 of them too (no rule read). Means are exact up to the float
    that holds them; they are not rounded here.
    """
    rules = day_rules(year, edition, functional_class)
    _require_hours(hourly, year)
    hours = hourly.reset_index(drop=True)
    grouped = hours.groupby(["station", "date"], sort=True)
    days = grouped.size().index.to_frame(index=False)
    day_of_hour = grouped.ngroup()
    counts = {}
    for rule in rules:
        is_counted = hours["hour"].between(rule.first_hour, rule.last_hour)
        readings = hours.loc[is_counted, rule.hour_column].dropna()
        of_day = day_of_hour[readings.index]
        count = np.bincount(of_day, minlength=len(days))
        value = (_means if rule.is_mean else _maxima)(readings, of_day, count)
        is_valid = count >= rule.minimum_values
        if rule.counts_above is not None:
            is_valid |= value > rule.counts_above
        days[rule.column] = np.where(is_valid, value, np.nan)
        counts[f"{stem(rule.column)}_n_hours"] = count
    return days.assign(**counts)


def area_daily(
    station_daily: pd.DataFrame,
    points: Collection[str],
    year: int,
    edition: str | None = None,
    minimum_share_percent: int | None = None,
) -> pd.DataFrame:
    """Return the daily values of an area: the means over its points.

    Parameters
    ----------
    station_daily : pandas.DataFrame
        One row a station and day: ``station``, ``date`` and the columns of a day.
    points : collection of str
        All assessment points of the area, also those without data; other stations are left out.
    year : int
        Of all dates.
    edition : str, optional
        See `air_edition`.
    minimum_share_percent : int, optional
        Share of the points that must have a value on a day; from ``air_area_day.csv`` when not
        given (75, and 50 where there are fewer than four points; unverified).

    Returns
    -------
    pandas.DataFrame
        On a DatetimeIndex ``date``: the columns of a day (NaN where too few points have a value)
        and for each the number of points behind it, ``pm25_n_points`` ….

    Raises
    ------
    InputError
        Without points, for missing columns, wrong dates, a day given twice, impossible values.

    Notes
    -----
    HJ 663 table A.2: daily value = mean of the points' daily values. Exact, not rounded here.
    """
    share = minimum_share_percent or _area_share(len(set(points)), air_edition(year, edition))
    present = [
        line["column"]
        for line in select("air_columns", frame="day")
        if line["is_required"] == "true" or line["column"] in station_daily.columns
    ]
    _require_unique(station_daily, ["station", "date"], year)
    require_readings(station_daily, present)
    selected = station_daily[station_daily["station"].isin(set(points))].reset_index(drop=True)
    grouped = selected.groupby("date", sort=True)
    days = pd.DataFrame(index=pd.DatetimeIndex(grouped.size().index, name="date"))
    date_of_row = grouped.ngroup()
    counts = {}
    for column in present:
        values = selected[column].dropna()
        of_day = date_of_row[values.index]
        count = np.bincount(of_day, minlength=len(days))
        is_valid = (count > 0) & (100 * count >= share * len(set(points)))
        days[column] = np.where(is_valid, _means(values, of_day, count), np.nan)
        counts[f"{stem(column)}_n_points"] = count
    return days.assign(**counts)


def rounded_readings(
    frame: pd.DataFrame, averaging: str, year: int, edition: str | None = None
) -> pd.DataFrame:
    """Return readings with the decimals with which they are published.

    Published indices follow from published concentrations: hand these days to `aqi`, and the
    unrounded ones to `annual_statistics`, so that a mean is rounded once.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns of an ``hour`` or ``day`` frame, as far as present; others are left alone.
    averaging : {"hour", "day"}
    year : int
    edition : str, optional
        See `air_edition`.

    Returns
    -------
    pandas.DataFrame
        A copy: whole µg/m3, CO one decimal of mg/m3, half to even.

    Notes
    -----
    HJ 663-2026 table 3 and HJ 633-2026; for 2012 the practice of published reports. ``aqi`` itself
    rounds concentrations only for HJ 633-2026, whose text asks for it.
    """
    standard = air_edition(year, edition)
    present = [
        line for line in select("air_columns", frame=averaging) if line["column"] in frame.columns
    ]
    require_readings(frame, [line["column"] for line in present])
    rounded = frame.copy()
    for line in present:
        decimals = single("air_rounding", edition=standard.assessment, quantity=line["pollutant"])[
            "raw_decimals"
        ]
        rounded[line["column"]] = round_half_even(frame[line["column"]], int(decimals))
    return rounded


def _hour_column(line: Line) -> str:
    averaging = "8h" if line["averaging"] == "8h" else "1h"
    return single("air_columns", frame="hour", pollutant=line["pollutant"], averaging=averaging)[
        "column"
    ]


def _needed(line: Line, standard: AirEdition) -> int:
    requirement = "windows_in_day" if line["averaging"] == "8h" else "hours_in_day"
    return minimum(requirement, line["pollutant"], line["averaging"], standard)


def _means(values: pd.Series[Any], of_day: pd.Series[int], count: Counts) -> Floats:
    units, scale = whole_units(values)
    sums = units.groupby(of_day).sum().reindex(range(len(count)), fill_value=0)
    # Where there is no value the quotient is zero over one, and never valid.
    means: Floats = (sums.to_numpy() / np.maximum(count * scale, 1)).astype(np.float64)
    return means


def _maxima(values: pd.Series[Any], of_day: pd.Series[int], count: Counts) -> Floats:
    maxima = values.groupby(of_day).max().reindex(range(len(count)))
    return maxima.to_numpy(np.float64, na_value=np.nan)


def _counted_windows(standard: AirEdition) -> tuple[int, int]:
    first, last = (
        minimum(requirement, "O3", "8h", standard)
        for requirement in ("first_window_end_hour", "last_window_end_hour")
    )
    return first, last


def _area_share(n_points: int, standard: AirEdition) -> int:
    if not n_points:
        raise InputError(_("未给出评价点位，无法计算区域日均值。"))
    for line in select("air_area_day", edition=standard.assessment):
        if n_points >= int(line["points_from"]) and n_points <= int(line["points_to"] or n_points):
            return int(line["minimum_share_percent"])
    raise InputError(_("没有 {count} 个点位时的有效点位比例规定。").format(count=n_points))


def _require_hours(hourly: pd.DataFrame, year: int) -> None:
    require_columns(hourly, ["hour"])
    is_wrong = ~hourly["hour"].isin(range(FIRST_HOUR, LAST_HOUR + 1))
    if is_wrong.any():
        raise InputError(
            _("小时 {hour} 不在 1 至 24 之间（小时为时段的结束时刻）。").format(
                hour=hourly.loc[is_wrong, "hour"].iloc[0]
            )
        )
    _require_unique(hourly, ["station", "date", "hour"], year)
    require_readings(hourly, required_columns("hour"))


def _require_unique(frame: pd.DataFrame, keys: list[str], year: int) -> None:
    require_columns(frame, keys)
    require_dates(frame["date"], year)
    is_repeated = frame.duplicated(keys)
    if is_repeated.any():
        first = frame.loc[is_repeated, keys].iloc[0]
        raise InputError(
            _("{row} 重复出现，每个站点每个时段只能有一行。").format(
                row=" ".join(str(cell) for cell in first)
            )
        )
