"""Which rows of a table tell of what had happened by the last day read."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from ecoreport.observe.registry import Inputs
from ecoreport.observe.reported import months_of


def known_periods(frame: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    """Return the rows whose ``period`` lies in the year and has ended."""
    is_known = [
        bool(months) and max(months) <= inputs.period.n_whole_months
        for months in (months_of(str(one), inputs.period.year) for one in frame["period"])
    ]
    return frame.loc[is_known]


def known_days(frame: pd.DataFrame, inputs: Inputs, column: str = "date") -> pd.DataFrame:
    """Return the rows of the year up to the last day read.

    A row without a day is of the year: it counts only where the whole year is read.
    """
    days = frame[column] if column in frame.columns else pd.Series(pd.NaT, frame.index)
    days = pd.to_datetime(days)
    first, last = (pd.Timestamp(one) for one in (inputs.period.first_day, inputs.period.last_day))
    is_known = days.between(first, last)
    return frame[is_known | (days.isna() & inputs.period.is_whole_year)]


def has_happened(days: pd.Series[dt.datetime], inputs: Inputs) -> pd.Series[bool]:
    """Say of each day whether it had come by the last day read; what has no day has not."""
    return pd.to_datetime(days) <= pd.Timestamp(inputs.period.last_day)
