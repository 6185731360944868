"""What the suites of noise need to know: which measurements are whole, and what hours give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from ecoreport.standards.noise import quarter_levels
from ecoreport.standards.noise.levels import HOURS_OF_A_DAY, LOUDEST_DB
from ecoreport.validate.last_year import PRECEDENCE
from ecoreport.validate.situation import Situation

HOURS: Final = "noise_hourly"
KEY: Final = ["point", "date", "hour"]
DECIMALS: Final = 1
ALL: Final = "all"
"""Source of a row that holds a whole month."""


def _known(frame: pd.DataFrame | None) -> pd.DataFrame:
    """Return the hours that can be computed with, each once; others are stopped elsewhere."""
    if frame is None or frame.empty or not pd.api.types.is_numeric_dtype(frame["level_db"]):
        return pd.DataFrame(columns=[*KEY, "level_db", "source_row"])
    is_possible = frame["level_db"].between(0, LOUDEST_DB)
    is_hour = frame["hour"].between(1, HOURS_OF_A_DAY)
    rows = frame[is_possible & is_hour & frame["date"].notna() & frame["point"].notna()]
    checked = rows.sort_values("maturity", key=lambda words: words.map(PRECEDENCE), kind="stable")
    return checked.drop_duplicates(KEY).sort_index()


def _quarter_of(rows: pd.DataFrame) -> pd.Series[str]:
    dates = pd.to_datetime(rows["date"])
    return dates.dt.year.astype("str") + "-Q" + dates.dt.quarter.astype("str")


def _whole(situation: Situation) -> list[int]:
    """Return the rows of the frame but, of each measurement that is not whole, the last."""
    known = _known(situation.frame)
    every = [int(row) for row in situation.frame["source_row"]]
    if known.empty:
        return every
    levels = quarter_levels(known)
    short = levels[levels[["day_db", "night_db"]].isna().any(axis="columns")]
    named = known.assign(period=_quarter_of(known)).merge(short[["point", "period"]])
    last = set(named.groupby(["point", "period"])["source_row"].max())
    return [row for row in every if row not in last]


def _as_hours(column: str) -> Callable[[Situation], list[list[float]]]:
    """Return what gives the pairs of row and level that hours, where there are any, bear out."""

    def pairs(situation: Situation) -> list[list[float]]:
        rows = situation.frame[["point", "period", "source_row", column]].dropna()
        known = _known(situation.frames.get(HOURS))
        if rows.empty:
            return []
        levels = quarter_levels(known).set_index(["point", "period"])[column]
        own = pd.MultiIndex.from_frame(rows[["point", "period"]])
        computed = levels.reindex(own).astype("float64").to_numpy()
        gap = (rows[column] - computed).abs().round(DECIMALS)
        agreeing = rows[~(gap > 0)]
        return agreeing[["source_row", column]].astype("float64").to_numpy().tolist()

    return pairs


def _whole_totals(situation: Situation) -> list[int]:
    """Return the rows of the frame but the totals of a month that its sources exceed."""
    frame = situation.frame
    ordered = frame.sort_values("maturity", key=lambda words: words.map(PRECEDENCE), kind="stable")
    rows = ordered.drop_duplicates(["month", "source"])
    is_total = rows["source"] == ALL
    parts = rows[~is_total].groupby("month")["complaints"].sum()
    totals = rows[is_total]
    short = totals[totals["complaints"].to_numpy() < parts.reindex(totals["month"]).to_numpy()]
    return [int(row) for row in frame["source_row"] if row not in set(short["source_row"])]


NOISE_PARAMETERS: dict[str, Callable[[Situation], Any]] = {
    "rows_of_whole_measurements": _whole,
    "day_levels_as_hours": _as_hours("day_db"),
    "night_levels_as_hours": _as_hours("night_db"),
    "rows_of_whole_totals": _whole_totals,
}
