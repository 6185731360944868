"""Black-odorous urban water: the level of a reading, of a point, and of a whole water body."""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ecoreport.standards.tables import least_verified, select, single
from ecoreport.standards.water.categories import (
    BLACK_ODOUR_LEVELS,
    Codes,
    codes_in,
    from_codes,
    ordered_type,
)
from ecoreport.standards.water.readings import (
    Floats,
    group_keys,
    numbers,
    present,
    require_columns,
)

COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
TRANSPARENCY = "transparency_cm"
DEPTH = "depth_cm"
CLEAR_TO_BOTTOM = "is_clear_to_bottom"
NONE, LIGHT, SEVERE = "none", "light", "severe"
BLACK = (LIGHT, SEVERE)
"""Levels of waters that are black-odorous."""


@dataclass(frozen=True)
class BlackOdourBody:
    """The level of a water body and what it rests on.

    Attributes
    ----------
    level : str or None
        Key of ``black_odour_levels.csv``; None without an assessed point.
    n_points, n_assessed, n_severe : int
    share_severe : fractions.Fraction or None
        Of the assessed points, 0 to 1.
    severe_stretches : list of tuple
        First and last point of each run of severe points that makes the stretch severe.
    is_sufficient : bool
        Enough points were assessed.
    verified : str
        How well the rules were checked.
    """

    level: str | None
    n_points: int
    n_assessed: int
    n_severe: int
    share_severe: Fraction | None
    severe_stretches: list[tuple[Hashable, Hashable]]
    is_sufficient: bool
    verified: str


def black_odour_levels(readings: pd.DataFrame) -> pd.DataFrame:
    """Return the level of each reading, indicator by indicator.

    Parameters
    ----------
    readings : pandas.DataFrame
        One visit to a point a row, any of ``transparency_cm, do_mg_l, orp_mv, nh3n_mg_l``.
        ``depth_cm``: water shallower than 25 cm is severe below a transparency of 40 % of its
        depth. ``is_clear_to_bottom``: such water is then not black-odorous by its transparency.

    Returns
    -------
    pandas.DataFrame
        On the same index: an ordered categorical (none, light, severe) an indicator present, and
        ``level``, the worst of them.

    Raises
    ------
    InputError
        If no indicator is there, or for impossible values, naming the column.

    Notes
    -----
    建城〔2015〕130号 (城市黑臭水体整治工作指南), grading table. What is clear to the bottom was
    read in one implementation only.
    """
    columns = dict.fromkeys(line["column"] for line in select("black_odour_limits"))
    codes = {column: _codes(readings, column) for column in present(readings, columns)}
    codes["level"] = np.max(list(codes.values()), axis=0)
    dtype = ordered_type(BLACK_ODOUR_LEVELS)
    levels = {name: from_codes(of_one, dtype, readings.index) for name, of_one in codes.items()}
    return pd.DataFrame(levels, index=readings.index)


def black_odour_points(readings: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return the level of each point from all its visits.

    Parameters
    ----------
    readings : pandas.DataFrame
        As in `black_odour_levels`, with the columns of `by`.
    by : list of str
        What names a point: ``["water_body", "point"]``.

    Returns
    -------
    pandas.DataFrame
        One row a point on an index of `by`, sorted: ``level``, ``n_visits`` (with any result),
        ``is_sufficient`` (three visits), and ``percent_severe_…`` an indicator (NaN without one).

    Notes
    -----
    建城〔2015〕130号: severe with more than 60 % of the results of one indicator severe, or more
    than 30 % of two each (one source). Otherwise light; a point without any light or severe result
    is called none, which is our reading: the guide has only waters in view that are known as
    black-odorous.
    """
    keys = [column.to_numpy() for _name, column in group_keys(readings, by).items()]
    levels = black_odour_levels(readings)
    order = _order()
    codes = pd.DataFrame({column: levels[column].cat.codes for column in levels})
    n_results = (codes >= 0).groupby(keys, sort=True).sum()
    n_severe = (codes == order.index(SEVERE)).groupby(keys, sort=True).sum()
    n_light = (codes["level"] > order.index(NONE)).groupby(keys, sort=True).sum()
    percent = (100 * n_severe / n_results.where(n_results > 0)).drop(columns="level")
    places = np.select(
        [n_results["level"] == 0, _is_severe(percent), _holds("point_light", n_light)],
        [-1, order.index(SEVERE), order.index(LIGHT)],
        default=order.index(NONE),
    )
    points = pd.DataFrame(
        {
            "level": from_codes(places, ordered_type(BLACK_ODOUR_LEVELS), percent.index),
            "n_visits": n_results["level"],
            "is_sufficient": _holds("visits_at_least", n_results["level"]),
        }
    )
    points = points.join(percent.add_prefix("percent_severe_"))
    points.index.names = list(by)
    return points


def black_odour_body(levels: pd.Series[Any]) -> BlackOdourBody:
    """Return the level of a water body from its points.

    Parameters
    ----------
    levels : pandas.Series
        ``level`` of `black_odour_points`, the points in their order along the water.

    Returns
    -------
    BlackOdourBody

    Raises
    ------
    InputError
        For words that are no levels.

    Notes
    -----
    建城〔2015〕130号: with 60 % of the points severe the whole water is; three severe points
    or more in a row make the stretch between them severe (one source). A point without a level
    breaks the row.
    """
    codes = codes_in(levels, BLACK_ODOUR_LEVELS)
    order = _order()
    is_severe = codes == order.index(SEVERE)
    n_assessed, n_severe = int((codes >= 0).sum()), int(is_severe.sum())
    share = Fraction(n_severe, n_assessed) if n_assessed else None
    level = None
    if share is not None:
        is_whole = _holds("body_severe_share", 100 * share)
        level = SEVERE if is_whole else order[min(codes.max(), order.index(LIGHT))]
    rules = ("body_severe_share", "stretch_severe_points", "points_at_least")
    return BlackOdourBody(
        level=level,
        n_points=len(levels),
        n_assessed=n_assessed,
        n_severe=n_severe,
        share_severe=share,
        severe_stretches=_stretches(is_severe, levels.index),
        is_sufficient=bool(_holds("points_at_least", n_assessed)),
        verified=least_verified(
            single("black_odour_rules", rule=rule)["verified"] for rule in rules
        ),
    )


def _order() -> list[str]:
    return list(ordered_type(BLACK_ODOUR_LEVELS).categories)


def _codes(readings: pd.DataFrame, column: str) -> Codes:
    values = numbers(readings, column)
    codes = np.zeros(len(values), dtype=np.int8)
    order = _order()
    for line in select("black_odour_limits", column=column):
        limit: Floats | float = float(line["limit"])
        if column == TRANSPARENCY and line["level"] == SEVERE and DEPTH in readings.columns:
            limit = _transparency_limit(readings, float(line["limit"]))
        is_beyond = COMPARISONS[line["comparison"]](values, limit)
        codes[is_beyond] = np.maximum(codes[is_beyond], order.index(line["level"]))
    if column == TRANSPARENCY and CLEAR_TO_BOTTOM in readings.columns:
        is_clear = (numbers(readings, CLEAR_TO_BOTTOM) == 1) & _is_shallow(readings)
        clear = single("black_odour_rules", rule="clear_to_the_bottom")["value"]
        codes[is_clear] = order.index(clear)
    codes[np.isnan(values)] = -1
    return codes


def _is_shallow(readings: pd.DataFrame) -> npt.NDArray[np.bool_]:
    require_columns(readings, [DEPTH])
    return np.asarray(_holds("shallow_depth", numbers(readings, DEPTH)), dtype=bool)


def _transparency_limit(readings: pd.DataFrame, limit: float) -> Floats:
    percent = float(single("black_odour_rules", rule="shallow_transparency_share")["value"])
    of_depth = numbers(readings, DEPTH) * percent / 100
    return np.where(_is_shallow(readings), of_depth, limit)


def _is_severe(percent: pd.DataFrame) -> npt.NDArray[np.bool_]:
    by_one = _holds("point_severe_by_one", percent).any(axis=1)
    n_several = _holds("point_severe_by_several", percent).sum(axis=1)
    return np.asarray(by_one | _holds("point_several_indicators", n_several), dtype=bool)


def _holds(rule: str, value: Any) -> Any:
    line = single("black_odour_rules", rule=rule)
    return COMPARISONS[line["comparison"]](value, float(line["value"]))


def _stretches(
    is_severe: npt.NDArray[np.bool_], index: pd.Index
) -> list[tuple[Hashable, Hashable]]:
    stretches = []
    for is_run, run in groupby(range(len(is_severe)), key=lambda place: is_severe[place]):
        places = list(run)
        if is_run and _holds("stretch_severe_points", len(places)):
            stretches.append((index[places[0]], index[places[-1]]))
    return stretches
