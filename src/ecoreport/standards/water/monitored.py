"""Black-odorous waters as their points are monitored: points, waters, and what the list says."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from ecoreport.standards.tables import select, single
from ecoreport.standards.water.black_odour import (
    LIGHT,
    NONE,
    SEVERE,
    black_odour_body,
    black_odour_points,
)
from ecoreport.standards.water.categories import BLACK_ODOUR_LEVELS, ordered_type
from ecoreport.standards.water.sources import answers_as_numbers

BODY, POINT, DATE, COURSE = "body", "point", "date", "course"
LEVELS: Final = (NONE, LIGHT, SEVERE)


def readings_of_state(readings: pd.DataFrame, found_removed: pd.Series[Any]) -> pd.DataFrame:
    """Return the visits that tell of the state of each water now.

    Parameters
    ----------
    readings : pandas.DataFrame
        One visit to a point a row: ``body, point, date``.
    found_removed : pandas.Series
        By the names of waters, the day on which one was found to be black-odorous no more.

    Returns
    -------
    pandas.DataFrame
        Of a water found removed and visited since, all visits from that day on: whether it came
        back. Of others the newest of each point, as many as a point needs: what they were before
        their works is no part of what they are.

    Notes
    -----
    No rule says which visits to take: this is our own reading.
    """
    needed = int(single("black_odour_rules", rule="visits_at_least")["value"])
    days = found_removed.reindex(readings[BODY]).set_axis(readings.index)
    newest = readings.sort_values(DATE, kind="stable").groupby([BODY, POINT], sort=False)
    is_newest = newest.cumcount(ascending=False).reindex(readings.index) < needed
    is_since = pd.to_datetime(readings[DATE]) >= pd.to_datetime(days)
    was_visited = is_since.groupby(readings[BODY]).transform("any")
    return readings[is_since.where(was_visited, is_newest).astype(bool)]


def monitored_points(readings: pd.DataFrame) -> pd.DataFrame:
    """Return the level of each point from all its visits, with the means behind it.

    Parameters
    ----------
    readings : pandas.DataFrame
        One visit a row: ``body, point``, any of the columns of `black_odour_levels`, and
        ``course``, the place of the point along the water, where it is known.

    Returns
    -------
    pandas.DataFrame
        One row a point, by water and along it: ``body, point``, ``level`` (missing where nothing
        was measured), ``n_visits``, ``is_sufficient``, and the mean of each indicator.
    """
    rows = answers_as_numbers(readings)
    found = black_odour_points(rows, [BODY, POINT])
    columns = dict.fromkeys(line["column"] for line in select("black_odour_limits"))
    known = [name for name in columns if name in rows]
    grouped = rows.groupby([BODY, POINT], sort=False)
    means = grouped[known].mean()
    # Without a place of its own a point stands where the table first names it.
    place = grouped[COURSE].min() if COURSE in rows else pd.Series(dtype="float64")
    order = pd.DataFrame(
        {
            "water": pd.factorize(means.index.get_level_values(BODY))[0],
            "place": place.reindex(means.index).to_numpy("float64"),
            "row": range(len(means)),
        }
    ).sort_values(["water", "place", "row"])
    joined = means.join(found[["level", "n_visits", "is_sufficient"]])
    ordered = joined.iloc[order["row"].to_numpy()].reset_index()
    return ordered.assign(level=_as_text(ordered["level"]))


def monitored_waters(points: pd.DataFrame) -> pd.DataFrame:
    """Return the level of each water from its points.

    Parameters
    ----------
    points : pandas.DataFrame
        As `monitored_points` gives them: those of a water in their order along it.

    Returns
    -------
    pandas.DataFrame
        One row a water, in order: ``body``, ``level`` (missing without an assessed point),
        ``n_points``, ``n_assessed``, ``n_none``, ``n_light``, ``n_severe``, ``is_sufficient``
        (enough points, each visited often enough), ``is_verified``.

    Notes
    -----
    建城〔2015〕130号, as in `black_odour_body`.
    """
    dtype = ordered_type(BLACK_ODOUR_LEVELS)
    rows = []
    for body, own in points.groupby(BODY, sort=False):
        found = black_odour_body(own["level"].astype(dtype))
        counts = own["level"].value_counts()
        rows.append(
            {
                BODY: body,
                "level": found.level,
                "n_points": found.n_points,
                "n_assessed": found.n_assessed,
                **{f"n_{level}": int(counts.get(level, 0)) for level in LEVELS},
                "is_sufficient": found.is_sufficient and bool(own["is_sufficient"].all()),
                "is_verified": found.verified == "verified",
            }
        )
    return pd.DataFrame(rows)


def agrees_with_list(
    levels: pd.Series[Any], after: pd.Series[Any], is_removed: pd.Series[Any]
) -> pd.Series[Any]:
    """Return whether the level monitored is what the list of waters says.

    Parameters
    ----------
    levels : pandas.Series
        ``level`` of `monitored_waters`.
    after, is_removed : pandas.Series
        On the same index: the level that the list gives a water now, and ``yes`` or ``no``; where
        it gives none, a water found removed is to be ``none``.

    Returns
    -------
    pandas.Series
        ``boolean``; missing where one of the two says nothing.
    """
    told = after.astype("object").where(after.notna(), is_removed.map({"yes": NONE}))
    is_known = levels.notna() & told.notna()
    return (levels.astype("object") == told).astype("boolean").where(is_known)


def _as_text(levels: pd.Series[Any]) -> pd.Series[str]:
    return levels.astype("object").where(levels.notna(), None).astype("str")
