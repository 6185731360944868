"""Grades of a city's regional and road traffic noise (HJ 640)."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.columns import numbers, ordered
from ecoreport.standards.noise.levels import LOUDEST_DB, rule
from ecoreport.standards.rounding import round_half_even
from ecoreport.standards.tables import Line, least_verified, select

Kind = Literal["regional", "road_traffic"]
Period = Literal["day", "night"]


def noise_grade(levels: pd.Series[Any], kind: Kind, period: Period) -> pd.DataFrame:
    """Return the grade of each mean level of a city.

    Parameters
    ----------
    levels : pandas.Series
        dB(A): as `regional_level` or `road_traffic_level` give them.
    kind : {"regional", "road_traffic"}
    period : {"day", "night"}

    Returns
    -------
    pandas.DataFrame
        On the same index: ``grade`` (ordered categorical 一级 to 五级, best first), ``word`` (its
        word 好 to 差), ``verified`` (of that grade's bounds); missing where there is no level.

    Raises
    ------
    InputError
        For another kind or period, and for text or impossible levels.

    Notes
    -----
    HJ 640-2012, 4 and 5: a bound belongs to the better grade; levels are taken to one decimal, as
    the table is written (``50.1~55.0``). Bounds at night that no bulletin shows are
    those of two programs.
    """
    lines = _lines(kind, period)
    values = numbers(levels.to_frame("level_db"), "level_db", 0, LOUDEST_DB)
    printed = round_half_even(values, int(rule("decimals")))
    places = np.searchsorted([float(line["to"]) for line in lines[:-1]], printed, side="left")
    codes = np.where(np.isnan(printed), -1, places)
    checked = [_checked(lines, place) for place in range(len(lines))]
    return pd.DataFrame(
        {
            "grade": ordered(codes, [line["name_zh"] for line in lines], levels.index),
            "word": ordered(codes, [line["word_zh"] for line in lines], levels.index),
            "verified": [None if code < 0 else checked[code] for code in codes],
        },
        index=levels.index,
    )


def _checked(lines: list[Line], place: int) -> str:
    """Return how certain a grade is: as its two bounds, each in the line that it closes."""
    return least_verified(line["verified"] for line in lines[max(place - 1, 0) : place + 1])


def _lines(kind: str, period: str) -> list[Line]:
    lines = select("noise_grades", kind=kind, period=period)
    if not lines:
        raise InputError(
            _(
                "没有 {kind!r}、{period!r} 的噪声等级表：应为 {kinds} 之一，昼间 day 或夜间 night。"
            ).format(kind=kind, period=period, kinds="regional, road_traffic")
        )
    return lines
