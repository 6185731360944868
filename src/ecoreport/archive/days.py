"""From the hours of all stations to their days, by the rules of `daily_from_hourly`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from ecoreport.archive.read import Hours
from ecoreport.standards.air.days import DayRule
from ecoreport.standards.air.readings import stem

SCALE = 10_000
"""Readings are summed as whole ten-thousandths: exact for what the archive writes."""


class Days:
    """What is known of each day of each station, while files are read one after the other.

    A day may lie in two files, and a file may know stations that no earlier one had.

    Parameters
    ----------
    year : int
    rules : sequence of DayRule
    """

    def __init__(self, year: int, rules: Sequence[DayRule]) -> None:
        self._rules = rules
        self._dates = np.arange(f"{year}-01-01", f"{year + 1}-01-01", dtype="datetime64[D]")
        self._stations: dict[str, int] = {}
        shape = (len(rules), len(self._dates), 0)
        self._count = np.zeros(shape, dtype=np.int64)
        self._total = np.zeros(shape, dtype=np.int64)
        self._largest = np.full(shape, np.nan)
        self._is_known = np.zeros(shape[1:], dtype=bool)

    def add(self, hours: Hours) -> None:
        """Add hours of the year; the caller sees that none is added twice."""
        places = self._places(hours.stations)
        days = (hours.date - self._dates[0]).astype(np.int64)
        for day in np.unique(days):
            self._is_known[day, places] |= np.isfinite(hours.values[days == day]).any(axis=0)
        for number, rule in enumerate(self._rules):
            is_counted = (hours.column == rule.hour_column) & (
                (hours.hour >= rule.first_hour) & (hours.hour <= rule.last_hour)
            )
            for day in np.unique(days[is_counted]):
                values = hours.values[is_counted & (days == day)]
                units = np.rint(np.nan_to_num(values, nan=0.0) * SCALE).astype(np.int64)
                at = (number, day, places)
                self._count[at] += np.isfinite(values).sum(axis=0)
                self._total[at] += units.sum(axis=0)
                self._largest[at] = np.fmax(self._largest[at], np.fmax.reduce(values, axis=0))

    def frame(self) -> pd.DataFrame:
        """Return the days of all stations.

        Returns
        -------
        pandas.DataFrame
            One row a station and day with any reading, sorted; the columns of
            `ecoreport.standards.air.daily_from_hourly`.
        """
        codes = np.array(list(self._stations))
        order = np.argsort(codes)
        is_known = self._is_known[:, order].T
        station, day = np.nonzero(is_known)
        columns: dict[str, npt.NDArray[np.generic]] = {
            "station": codes[order][station],
            "date": self._dates[day].astype("datetime64[s]"),
        }
        for number, rule in enumerate(self._rules):
            columns[rule.column] = self._values(number, rule)[:, order].T[is_known]
        for number, rule in enumerate(self._rules):
            counts = self._count[number][:, order].T[is_known]
            columns[f"{stem(rule.column)}_n_hours"] = counts
        return pd.DataFrame(columns)

    def _values(self, number: int, rule: DayRule) -> npt.NDArray[np.float64]:
        count, value = self._count[number], self._largest[number]
        if rule.is_mean:
            # One correctly rounded quotient of whole numbers, as `daily_from_hourly` takes it.
            value = self._total[number] / np.maximum(count * SCALE, 1)
        is_valid = count >= rule.minimum_values
        if rule.counts_above is not None:
            is_valid |= value > rule.counts_above
        return np.where(is_valid & (count > 0), value, np.nan)

    def _places(self, stations: Sequence[str]) -> npt.NDArray[np.int64]:
        known = len(self._stations)
        places = [self._stations.setdefault(code, len(self._stations)) for code in stations]
        n_new = len(self._stations) - known
        if n_new:
            wider = ((0, 0), (0, 0), (0, n_new))
            self._count = np.pad(self._count, wider)
            self._total = np.pad(self._total, wider)
            self._largest = np.pad(self._largest, wider, constant_values=np.nan)
            self._is_known = np.pad(self._is_known, wider[1:])
        return np.array(places, dtype=np.int64)
