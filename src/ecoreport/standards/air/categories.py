"""Categories of the AQI (HJ 633), and the good and the heavily polluted days of a year."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.air.editions import air_edition
from ecoreport.standards.air.readings import require_columns
from ecoreport.standards.statistics import attainment_rate
from ecoreport.standards.tables import select, single


def aqi_category(values: pd.Series[Any]) -> pd.Series[Any]:
    """Return the category of each AQI as an ordered categorical of its Chinese names."""
    lines = select("aqi_categories")
    numbers = values.to_numpy(np.float64, na_value=np.nan)
    levels = np.searchsorted([int(line["aqi_high"]) for line in lines], numbers)
    codes = np.where(np.isnan(numbers), -1, np.minimum(levels, len(lines) - 1))
    names = [line["category_zh"] for line in lines]
    return pd.Series(
        pd.Categorical.from_codes(codes.astype(np.int64), pd.Index(names), ordered=True),
        index=values.index,
    )


@dataclass(frozen=True)
class GoodDays:
    """How many of the days with an AQI were good, and how many heavily polluted.

    Attributes
    ----------
    n_valid_days : int
        Days with an AQI: the denominator.
    n_good_days : int
        优 and 良 (AQI up to 100).
    n_heavy_days : int
        重度污染 and 严重污染 (AQI above 200).
    good_day_share : fractions.Fraction or None
        Exact, 0 to 1; None without a valid day.
    good_day_percent : float
        Rounded; NaN without a valid day.
    by_category : dict
        Chinese name to days, every category.
    verified : str
        How well the number of decimals was checked.
    """

    n_valid_days: int
    n_good_days: int
    n_heavy_days: int
    good_day_share: Fraction | None
    good_day_percent: float
    by_category: dict[str, int]
    verified: str


def good_days(aqi_frame: pd.DataFrame, year: int, edition: str | None = None) -> GoodDays:
    """Count good and heavily polluted days among the days with an AQI.

    Parameters
    ----------
    aqi_frame : pandas.DataFrame
        With ``aqi`` as `aqi` gives it for days; the dates may be of a part of the year.
    year, edition
        As in `aqi`.

    Returns
    -------
    GoodDays
    """
    require_columns(aqi_frame, ["aqi"])
    decimals = single(
        "air_rounding",
        edition=air_edition(year, edition).assessment,
        quantity="good_day_share",
    )
    counts = aqi_category(aqi_frame["aqi"]).value_counts()
    lines = select("aqi_categories")
    days = {line["category_zh"]: int(counts[line["category_zh"]]) for line in lines}
    n_valid = sum(days.values())
    n_good = sum(days[line["category_zh"]] for line in lines if line["is_good"] == "true")
    return GoodDays(
        n_valid_days=n_valid,
        n_good_days=n_good,
        n_heavy_days=sum(days[line["category_zh"]] for line in lines if line["is_heavy"] == "true"),
        good_day_share=Fraction(n_good, n_valid) if n_valid else None,
        good_day_percent=attainment_rate(n_good, n_valid, int(decimals["attainment_decimals"])),
        by_category=days,
        verified=decimals["verified"],
    )


def good_days_by_month(
    aqi_frame: pd.DataFrame, year: int, edition: str | None = None
) -> dict[int, GoodDays]:
    """Count good days month by month.

    Parameters
    ----------
    aqi_frame : pandas.DataFrame
        As in `good_days`, on a DatetimeIndex.

    Returns
    -------
    dict
        1 to 12; a month without data has no valid day.
    """
    if not isinstance(aqi_frame.index, pd.DatetimeIndex):
        raise InputError(_("日数据的索引应为不带时区的日期（DatetimeIndex）。"))
    months = aqi_frame.index.month
    return {month: good_days(aqi_frame[months == month], year, edition) for month in range(1, 13)}
