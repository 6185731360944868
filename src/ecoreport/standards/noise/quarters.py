"""Levels of day and night of each quarter, from hours of 24-hour measurements."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ecoreport.standards.noise.levels import HOURS_OF_A_DAY, day_night_levels, rule

A_DAY = pd.Timedelta(hours=24)
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
    told = measured.assign(
        date=dates,
        hour=measured["hour"].astype("int64") - 1,
        period=dates.dt.year.astype("str") + "-Q" + dates.dt.quarter.astype("str"),
    )
    parts = [_one_measurement(own) for _key, own in told.groupby(["point", "period"], sort=False)]
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    found = pd.concat(parts, ignore_index=True)
    n_day = int(rule("night_from_hour") - rule("day_from_hour"))
    is_whole = {
        "day_db": found["n_day_hours"] == n_day,
        "night_db": found["n_night_hours"] == HOURS_OF_A_DAY - n_day,
    }
    for column, is_known in is_whole.items():
        found[column] = found[column].where(is_known)
    return found[COLUMNS]


def _one_measurement(hours: pd.DataFrame) -> pd.DataFrame:
    """Return the levels of one measurement of a point in a quarter."""
    moments = (hours["date"] + pd.to_timedelta(hours["hour"], "h")).sort_values(kind="stable")
    behind = np.searchsorted(moments.to_numpy(), (moments + A_DAY).to_numpy())
    n_within = behind - np.arange(len(moments))
    first = int(n_within.argmax())
    own = hours.loc[moments.index[first : behind[first]]]
    levels = day_night_levels(own[["point", "hour", "level_db"]].assign(date=own["period"]))
    has_more = len(own) < len(hours)
    return levels.rename(columns={"date": "period"}).assign(has_more=has_more)
