"""Noise in functional areas: limits by day and by night (GB 3096), points within them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np
import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.columns import Floats, keys, numbers, words
from ecoreport.standards.noise.levels import LOUDEST_DB, rule
from ecoreport.standards.rounding import round_half_even
from ecoreport.standards.statistics import attainment_rate
from ecoreport.standards.tables import Line, in_force

AREA = "functional_area"
PERIODS = ("day", "night")
EVERY_AREA = "all"


@dataclass(frozen=True)
class NoiseLimit:
    """A limit of GB 3096, exact, with where it stands.

    Attributes
    ----------
    area, period : str
        Key of ``noise_areas.csv``; ``day`` or ``night``.
    value : fractions.Fraction
        dB(A).
    edition, clause, source, verified : str
    """

    area: str
    period: str
    value: Fraction
    edition: str
    clause: str
    source: str
    verified: str


def noise_limit(area: str, period: str, on: date) -> NoiseLimit:
    """Return the limit of a functional area.

    Parameters
    ----------
    area : {"0", "1", "2", "3", "4a", "4b"}
        Areas of class 4 are roads and waterways (4a) or trunk railways (4b).
    period : {"day", "night"}
    on : datetime.date

    Raises
    ------
    InputError
        If there is no such limit on that day.

    Notes
    -----
    GB 3096-2008, table 1.
    """
    found = [line for line in _lines(on) if (line["area"], line["period"]) == (area, period)]
    if not found:
        raise InputError(
            _("{date} 没有 {area} 类声环境功能区（{period}）的限值，功能区应为 {known}。").format(
                date=on.isoformat(),
                area=area,
                period=period,
                known=", ".join(keys("noise_areas", "area")),
            )
        )
    line = found[0]
    return NoiseLimit(
        area=area,
        period=period,
        value=Fraction(line["limit"]),
        edition=line["edition"],
        clause=line["clause"],
        source=line["source"],
        verified=line["verified"],
    )


def night_peak_limit(area: str, on: date) -> Fraction:
    """Return the highest level that a sudden noise at night may reach, dB(A).

    Parameters
    ----------
    area, on
        As in `noise_limit`.

    Notes
    -----
    GB 3096-2008, 5.4: 15 dB above the limit of the night.
    """
    return noise_limit(area, "night", on).value + rule("night_peak_above_limit")


def noise_attainment(points: pd.DataFrame, on: date) -> pd.DataFrame:
    """Judge the level of each point by day and by night, each on its own.

    Parameters
    ----------
    points : pandas.DataFrame
        One point and time a row: ``functional_area`` (0类, 1类 … 4a类, 4b类; ``4类`` is not
        enough: its nights differ), ``day_db``, ``night_db`` (dB(A)). NaN is not measured.
    on : datetime.date
        When they were measured.

    Returns
    -------
    pandas.DataFrame
        On the same index: for both periods ``…_limit_db``, ``…_is_within`` (``boolean``; missing
        where nothing was measured), ``…_excess_db`` (how far above; NaN within).

    Raises
    ------
    InputError
        For missing columns, an unknown area, text and impossible levels, and a day without limits.

    Notes
    -----
    GB 3096-2008, table 1: a limit that is just reached is kept. Levels are compared as they are
    given: whether they are rounded to whole decibels first was not read anywhere.
    """
    areas = words(points, AREA, "noise_areas", "area")
    columns: dict[str, object] = {}
    for period in PERIODS:
        levels = numbers(points, f"{period}_db", 0, LOUDEST_DB)
        limits = _limits(areas, period, on)
        is_within = pd.Series(levels <= limits, index=points.index, dtype="boolean")
        excess = np.where(levels > limits, levels - limits, np.nan)
        columns[f"{period}_limit_db"] = limits
        columns[f"{period}_is_within"] = is_within.where(~np.isnan(levels))
        columns[f"{period}_excess_db"] = round_half_even(excess, int(rule("decimals")))
    return pd.DataFrame(columns, index=points.index)


def noise_attainment_rates(points: pd.DataFrame, on: date) -> pd.DataFrame:
    """Count the points within their limits by functional area and period (点次达标率).

    Parameters
    ----------
    points, on
        As in `noise_attainment`; a point measured four times a year is four rows.

    Returns
    -------
    pandas.DataFrame
        One row an area that occurs and a period, and last those of ``all``: ``functional_area``,
        ``period``, ``n_measured``, ``n_within``, ``percent`` (one decimal; NaN without any).

    Raises
    ------
    InputError
        As `noise_attainment`.

    Notes
    -----
    HJ 640-2012, 6: by points and times, day and night apart.
    """
    judged = noise_attainment(points, on)
    areas = words(points, AREA, "noise_areas", "area")
    rows = [
        _count(judged[f"{period}_is_within"], areas, area, period)
        for area in (*keys("noise_areas", "area"), EVERY_AREA)
        for period in PERIODS
        if area == EVERY_AREA or (areas == area).any()
    ]
    return pd.DataFrame(rows)


def _count(is_within: pd.Series, areas: np.ndarray, area: str, period: str) -> dict[str, object]:
    of_area = is_within if area == EVERY_AREA else is_within[areas == area]
    n_measured, n_within = int(of_area.notna().sum()), int(of_area.sum())
    return {
        AREA: area,
        "period": period,
        "n_measured": n_measured,
        "n_within": n_within,
        "percent": attainment_rate(n_within, n_measured, int(rule("rate_decimals"))),
    }


def _limits(areas: np.ndarray, period: str, on: date) -> Floats:
    by_area = {area: float(noise_limit(area, period, on).value) for area in set(areas)}
    return np.array([by_area[area] for area in areas], dtype=np.float64)


def _lines(on: date) -> list[Line]:
    return in_force("noise_limits", on, on)
