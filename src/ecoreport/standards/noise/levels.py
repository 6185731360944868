"""Levels of noise: energy averages of hours, means over a city's grid and roads."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.columns import Floats, Rows, numbers
from ecoreport.standards.rounding import Values, as_fraction, exact_mean, round_half_even
from ecoreport.standards.tables import single

LOUDEST_DB = 140
"""No equivalent level out of doors comes near."""

HOURS_OF_A_DAY = 24


def rule(name: str) -> Fraction:
    """Return a number of ``noise_rules.csv``."""
    return Fraction(single("noise_rules", rule=name)["value"])


def energy_average(levels: Iterable[float]) -> float:
    """Return the energy average of equivalent levels of equal duration.

    Parameters
    ----------
    levels : iterable of float
        dB(A); missing values are left out.

    Returns
    -------
    float
        dB(A), one decimal, as levels are printed.

    Raises
    ------
    InputError
        Without any level, and for text or impossible ones.

    Notes
    -----
    ``10 lg (Σ 10^(L/10) / n)``.
    """
    return _printed(_energy_average(_levels(pd.Series(list(levels), dtype=object))))


def day_night_levels(hours: pd.DataFrame) -> pd.DataFrame:
    """Return the levels of day, of night and of both from the levels of hours.

    Parameters
    ----------
    hours : pandas.DataFrame
        One hour of one point and day a row: ``point``, ``date``, ``hour`` (0 to 23, the hour that
        begins then) and ``level_db`` (equivalent level of the hour).

    Returns
    -------
    pandas.DataFrame
        One point and day a row, by ``point`` and ``date``: ``day_db`` (Ld), ``night_db`` (Ln),
        ``day_night_db`` (Ldn), one decimal; ``n_day_hours``, ``n_night_hours``. A level is missing
        where no hour of its period was measured; how many hours it needs is for the caller to ask.

    Raises
    ------
    InputError
        For missing columns, text, impossible levels or hours, and an hour that is there twice.

    Notes
    -----
    GB 3096-2008, 3.4: day from 6:00 to 22:00, night from 22:00 to 6:00 (local governments may set
    others). HJ 640-2012, 6: the energy average of the hours of each. Ldn adds 10 dB to the nights;
    no limit is set to it. Its weights are the 16 and 8 hours, so both must be there.
    """
    clock = numbers(hours, "hour", 0, HOURS_OF_A_DAY - 1)
    _require_whole_hours(hours, clock)
    is_day = (clock >= float(rule("day_from_hour"))) & (clock < float(rule("night_from_hour")))
    energy = 10 ** (numbers(hours, "level_db", 0, LOUDEST_DB) / 10)
    day, n_day = _energies(hours, energy, is_day)
    night, n_night = _energies(hours, energy, ~is_day)
    share = float(rule("night_from_hour") - rule("day_from_hour")) / HOURS_OF_A_DAY
    penalty = 10 ** (float(rule("night_penalty")) / 10)
    both = share * day + (1 - share) * penalty * night
    return pd.DataFrame(
        {
            "day_db": _printed(10 * np.log10(day)),
            "night_db": _printed(10 * np.log10(night)),
            "day_night_db": _printed(10 * np.log10(both)),
            "n_day_hours": n_day,
            "n_night_hours": n_night,
        }
    ).reset_index()


def regional_level(levels: Iterable[float]) -> float:
    """Return the mean level of a city's grid (区域声环境平均等效声级).

    Parameters
    ----------
    levels : iterable of float
        One level a square of the grid, dB(A); missing values are left out.

    Returns
    -------
    float
        dB(A), one decimal.

    Raises
    ------
    InputError
        As `energy_average`.

    Notes
    -----
    HJ 640-2012, 4: the arithmetic mean, as a published year of a city shows (one source);
    the clause was not read.
    """
    present = _levels(pd.Series(list(levels), dtype=object))
    return float(_printed(exact_mean(present.tolist())))


def road_traffic_level(roads: pd.DataFrame) -> float:
    """Return the mean level of a city's roads (道路交通噪声平均等效声级).

    Parameters
    ----------
    roads : pandas.DataFrame
        One section a row: ``level_db`` (dB(A)) and ``length_km``.

    Returns
    -------
    float
        dB(A), one decimal.

    Raises
    ------
    InputError
        For missing columns, text or impossible numbers, and without any measured length.

    Notes
    -----
    HJ 640-2012, 5: the mean weighted by length. A section without a level or a length is left out.
    """
    levels, lengths = numbers(roads, "level_db", 0, LOUDEST_DB), numbers(roads, "length_km")
    pairs = [
        (as_fraction(float(level)), as_fraction(float(length)))
        for level, length in zip(levels, lengths, strict=True)
        if not math.isnan(level) and not math.isnan(length)
    ]
    total = sum((length for _level, length in pairs), Fraction(0))
    if total == 0:
        raise InputError(_("没有同时有等效声级和长度的路段，无法计算道路交通噪声平均值。"))
    weighted = sum((level * length for level, length in pairs), Fraction(0))
    return float(_printed(weighted / total))


def _printed(levels: Values) -> Values:
    return round_half_even(levels, _decimals())


def _decimals() -> int:
    return int(rule("decimals"))


def _energies(
    hours: pd.DataFrame, energy: Floats, is_meant: Rows
) -> tuple[pd.Series[float], pd.Series[int]]:
    """Return the mean energy of the hours meant and their number, by point and day."""
    of_period = pd.Series(np.where(is_meant, energy, np.nan), index=hours.index)
    groups = of_period.groupby([hours["point"], hours["date"]], sort=False)
    return groups.mean(), groups.count()


def _energy_average(levels: Floats) -> float:
    return float(10 * np.log10(np.mean(10 ** (levels / 10))))


def _levels(values: pd.Series[Any]) -> Floats:
    levels = numbers(values.to_frame("level_db"), "level_db", 0, LOUDEST_DB)
    present = levels[~np.isnan(levels)]
    if not present.size:
        raise InputError(_("没有有效的等效声级，无法计算平均值。"))
    return present


def _require_whole_hours(hours: pd.DataFrame, clock: Floats) -> None:
    is_wrong = np.isnan(clock) | (clock != np.floor(clock))
    if is_wrong.any():
        position = int(is_wrong.argmax())
        raise InputError(
            _("列 hour 第 {row} 个值为 {value!r}，应为 0 至 23 的整数。").format(
                row=position + 1, value=hours["hour"].iloc[position]
            )
        )
    repeated = hours.duplicated(["point", "date", "hour"]).to_numpy()
    if repeated.any():
        row = hours.iloc[int(repeated.argmax())]
        raise InputError(
            _("点位 {point} {date} {hour} 时的等效声级重复出现，请只保留一个。").format(
                point=row["point"], date=row["date"], hour=row["hour"]
            )
        )
