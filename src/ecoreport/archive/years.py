"""From the days of all stations to their annual statistics, on every core."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import pandas as pd

from ecoreport.standards.air import annual_statistics

STATIONS_A_TASK = 40


def station_statistics(days: pd.DataFrame, year: int, n_workers: int | None = None) -> pd.DataFrame:
    """Return the annual statistics of every station.

    Parameters
    ----------
    days : pandas.DataFrame
        ``station``, ``date`` and the columns of a day.
    year : int
    n_workers : int, optional
        Processes; as many as there are cores when not given.

    Returns
    -------
    pandas.DataFrame
        ``station`` and the columns of `ecoreport.standards.air.annual_statistics`.
    """
    by_station = [(str(code), of_one) for code, of_one in days.groupby("station", sort=True)]
    tasks = [
        by_station[start : start + STATIONS_A_TASK]
        for start in range(0, len(by_station), STATIONS_A_TASK)
    ]
    n_workers = min(n_workers or os.cpu_count() or 1, len(tasks))
    of_tasks = partial(_statistics, year=year)
    if n_workers < 2:
        return pd.concat(map(of_tasks, tasks), ignore_index=True)
    # polars has threads of its own: a forked child could inherit a lock that nobody frees.
    with ProcessPoolExecutor(n_workers, mp_context=get_context("spawn")) as pool:
        return pd.concat(pool.map(of_tasks, tasks), ignore_index=True)


def _statistics(stations: list[tuple[str, pd.DataFrame]], year: int) -> pd.DataFrame:
    found = []
    for code, days in stations:
        statistics = annual_statistics(days.set_index("date").drop(columns="station"), year)
        statistics.insert(0, "station", code)
        found.append(statistics)
    return pd.concat(found, ignore_index=True)
