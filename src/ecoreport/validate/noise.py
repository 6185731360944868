"""What the suites of noise need to know: rows of measurements that are not whole, and unlike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from ecoreport.standards.noise import quarter_levels
from ecoreport.standards.noise.levels import HOURS_OF_A_DAY, LOUDEST_DB
from ecoreport.validate.last_year import best_checked
from ecoreport.validate.situation import Situation

HOURS: Final = "noise_hourly"
KEY: Final = ["point", "date", "hour"]
PLACE: Final = ["source_file", "source_sheet", "source_row"]
"""What names a row: several files, and several sheets of one, have rows of one number."""
DECIMALS: Final = 1
ALL: Final = "all"
"""Source of a row that holds a whole month."""


def _known(frame: pd.DataFrame | None) -> pd.DataFrame:
    """Return the hours that can be computed with, each once; others are stopped elsewhere."""
    if frame is None or frame.empty or not pd.api.types.is_numeric_dtype(frame["level_db"]):
        return pd.DataFrame(columns=[*KEY, "level_db", *PLACE])
    is_possible = frame["level_db"].between(0, LOUDEST_DB)
    is_hour = frame["hour"].between(1, HOURS_OF_A_DAY)
    rows = frame[is_possible & is_hour & frame["date"].notna() & frame["point"].notna()]
    return best_checked(rows, KEY)


def _quarter_of(rows: pd.DataFrame) -> pd.Series[str]:
    dates = pd.to_datetime(rows["date"])
    return dates.dt.year.astype("str") + "-Q" + dates.dt.quarter.astype("str")


def _short_measurements(situation: Situation) -> list[list[object]]:
    """Return, of each measurement that is not whole, the last row."""
    known = _known(situation.frame)
    if known.empty:
        return []
    levels = quarter_levels(known)
    short = levels[levels[["day_db", "night_db"]].isna().any(axis="columns")]
    named = known.assign(period=_quarter_of(known)).merge(short[["point", "period"]])
    return _places(named.drop_duplicates(["point", "period"], keep="last"))


def _unlike_hours(column: str) -> Callable[[Situation], list[list[object]]]:
    """Return what gives the rows whose level the hours, where there are any, do not bear out."""

    def rows(situation: Situation) -> list[list[object]]:
        told = situation.frame.dropna(subset=["point", "period", column])
        known = _known(situation.frames.get(HOURS))
        if told.empty or known.empty:
            return []
        levels = quarter_levels(known).set_index(["point", "period"])[column]
        own = pd.MultiIndex.from_frame(told[["point", "period"]])
        computed = levels.reindex(own).astype("float64").to_numpy()
        gap = (told[column] - computed).abs().round(DECIMALS)
        return _places(told[gap > 0])

    return rows


def _short_totals(situation: Situation) -> list[list[object]]:
    """Return the totals of a month that its sources exceed."""
    rows = best_checked(situation.frame, ["month", "source"])
    is_total = rows["source"] == ALL
    parts = rows[~is_total].groupby("month")["complaints"].sum()
    totals = rows[is_total]
    return _places(
        totals[totals["complaints"].to_numpy() < parts.reindex(totals["month"]).to_numpy()]
    )


def _places(rows: pd.DataFrame) -> list[list[object]]:
    return [[file, sheet, int(row)] for file, sheet, row in rows[PLACE].to_numpy()]


NOISE_PARAMETERS: dict[str, Callable[[Situation], Any]] = {
    "rows_of_short_measurements": _short_measurements,
    "rows_of_days_unlike_hours": _unlike_hours("day_db"),
    "rows_of_nights_unlike_hours": _unlike_hours("night_db"),
    "rows_of_short_totals": _short_totals,
}
