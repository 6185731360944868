"""Levels of day and night of each quarter, from hours of 24-hour measurements."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ecoreport.standards.noise.levels import HOURS_OF_A_DAY, day_night_levels, rule

SECONDS_OF_AN_HOUR = 3600
FAR_APART = 10**9
"""Hours, more than there are between any two dates."""
COLUMNS = ["point", "period", "day_db", "night_db", "n_day_hours", "n_night_hours", "has_more"]


def quarter_levels(hours: pd.DataFrame) -> pd.DataFrame:
    """Return the levels of day and night of each point and quarter.

    Parameters
    ----------
    hours : pandas.DataFrame
        One hour of one point a row, none twice: ``point``, ``date``, ``hour`` (1 to 24, the hour
        that ends then) and ``level_db`` (equivalent level of the hour).

    Returns
    -------
    pandas.DataFrame
        One point and quarter a row: ``point``, ``period`` (``2018-Q1``), ``day_db`` and
        ``night_db`` (one decimal; missing where not every hour of the period was measured),
        ``n_day_hours``, ``n_night_hours``, and ``has_more``: whether hours of other days were left
        out.

    Raises
    ------
    InputError
        As :func:`day_night_levels`.

    Notes
    -----
    GB 3096-2008, 3.4; HJ 640-2012, 6: functional areas are measured for 24 hours in a row, once a
    quarter, over midnight too. Where a quarter has more, the first 24 hours measured most count:
    the standard names no way of putting several together.
    """
    measured = hours[hours["level_db"].notna()]
    dates = pd.to_datetime(measured["date"])
    told = measured[["point", "level_db"]].assign(
        hour=measured["hour"].astype("int64") - 1,
        date=dates.dt.year.astype("str") + "-Q" + dates.dt.quarter.astype("str"),
        hours_since_1970=dates.dt.as_unit("s").astype("int64") // SECONDS_OF_AN_HOUR
        + measured["hour"].astype("int64"),
    )
    own = _first_measurements(told)
    found = day_night_levels(own).rename(columns={"date": "period"})
    n_told = told.groupby(["point", "date"]).size().to_numpy()
    found["has_more"] = found["n_day_hours"] + found["n_night_hours"] < n_told
    n_day = int(rule("night_from_hour") - rule("day_from_hour"))
    is_whole = {
        "day_db": found["n_day_hours"] == n_day,
        "night_db": found["n_night_hours"] == HOURS_OF_A_DAY - n_day,
    }
    for column, is_known in is_whole.items():
        found[column] = found[column].where(is_known)
    return found[COLUMNS]


def _first_measurements(told: pd.DataFrame) -> pd.DataFrame:
    """Return, of each point and quarter, the first 24 hours of which most were measured."""
    ordered = told.assign(group=told.groupby(["point", "date"]).ngroup())
    ordered = ordered.sort_values(["group", "hours_since_1970"], kind="stable", ignore_index=True)
    # One axis for all: a group ends long before the next one begins.
    moments = ordered["group"] * FAR_APART + ordered["hours_since_1970"]
    behind = pd.Series(np.searchsorted(moments, moments + HOURS_OF_A_DAY))
    first = (behind - behind.index).groupby(ordered["group"]).idxmax()
    begins = ordered["group"].map(first)
    is_own = (ordered.index >= begins) & (ordered.index < begins.map(behind))
    return ordered[is_own]
