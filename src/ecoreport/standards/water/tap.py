"""Drinking water at the tap: samples held against GB 5749, and the people whose water attains."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

import pandas as pd

from ecoreport.standards.tables import Line, in_force, select, single
from ecoreport.standards.water.indicators import Sides, beyond
from ecoreport.standards.water.limits import band
from ecoreport.standards.water.sources import answers_as_numbers
from ecoreport.standards.water.words import BETWEEN, exceeded_in_words

LIMITS: Final = "tap_water_limits"
KIND_OF_SOURCE: Final = "source_kind"
GROUND: Final = "ground"
NITRATE: Final = "nitrate_n_mg_l"
PLACE: Final = ("town", "works")
"""Waterworks of two towns may have one name."""


def tap_water_edition(on: date) -> str:
    """Return the edition of GB 5749 whose limits are held for a day; empty where none is.

    That of 2006 up to the end of March 2023: the table of the edition of 2022 was found in no
    source.
    """
    lines = _lines(on)
    return lines[0]["edition"] if lines else ""


def tap_water_samples(frame: pd.DataFrame) -> pd.DataFrame:
    """Return whether each sample of tap water attains, and what exceeded its limit.

    Parameters
    ----------
    frame : pandas.DataFrame
        One sample a row: ``date`` and columns of ``water_items.csv``; what is answered by words
        says ``yes`` or ``no``.

    Returns
    -------
    pandas.DataFrame
        On the same index: ``attains`` (``boolean``; missing without limits or values, and where
        nothing exceeded and too little was measured), ``is_short`` (the latter), ``exceeded``
        (items with their multiples), ``n_items`` (measured of table 1), ``edition`` (empty where
        its limits are not held).

    Notes
    -----
    GB 5749-2006, table 1, with the limit of nitrate for ground water alone. The easier limits of
    table 4 for small and scattered supplies were found in no source, nor are those applied that
    table 1 notes where source and treatment are limited: a sample that fails here is not yet
    proven to fail. How many items a sample must have is our own setting.
    """
    rows = answers_as_numbers(frame)
    days = [pd.Timestamp(day).date() for day in rows["date"]]
    edition = pd.Series([tap_water_edition(day) for day in days], rows.index, "str")
    parts = [_judged(rows[edition == name], str(name)) for name in edition.unique() if name]
    nothing = pd.DataFrame(
        {
            "attains": pd.Series(pd.NA, rows.index, "boolean"),
            "is_short": False,
            "exceeded": pd.Series("", rows.index, "str"),
            "n_items": 0,
        }
    )
    known = pd.concat(parts) if parts else nothing[:0]
    others = nothing[~rows.index.isin(known.index)]
    return pd.concat([known, others]).reindex(rows.index).assign(edition=edition)


def served_by(samples: pd.DataFrame) -> pd.DataFrame:
    """Return the waterworks with whether all their samples attained, and the people served.

    Parameters
    ----------
    samples : pandas.DataFrame
        One sample a row: ``works, supply, population``, ``attains`` (``boolean``), ``exceeded``.

    Returns
    -------
    pandas.DataFrame
        One row waterworks, in order: ``works, supply, population`` (the most that a row says),
        ``n_samples, n_judged, n_attaining``, ``attains`` (missing without a judged sample),
        ``exceeded`` (each item once).

    Notes
    -----
    That all samples of a year have to attain is our own reading.
    """
    place = [name for name in PLACE if name in samples]
    grouped = samples.groupby(place, sort=False, dropna=False)
    judged = grouped["attains"].count()
    attaining = grouped["attains"].sum().astype("int64")
    found = pd.DataFrame(
        {
            "supply": grouped["supply"].first(),
            "population": grouped["population"].max(),
            "n_samples": grouped.size(),
            "n_judged": judged,
            "n_attaining": attaining,
            "attains": (attaining == judged).astype("boolean").mask(judged == 0),
            "exceeded": grouped["exceeded"].agg(_together),
        }
    )
    return found.reset_index()


def _judged(rows: pd.DataFrame, edition: str) -> pd.DataFrame:
    lines = select(LIMITS, edition=edition)
    limits = {line["column"]: band(line) for line in lines if line["column"] in rows}
    measured = rows[list(limits)].notna()
    is_ground = _of_ground_water(rows)
    found = pd.concat([beyond(rows[is_ground], _eased(limits)), beyond(rows[~is_ground], limits)])
    texts = {place: exceeded_in_words(own) for place, own in found.groupby(level=0)}
    exceeded = pd.Series([texts.get(place, "") for place in rows.index], rows.index, "str")
    n_items = measured.sum(axis=1)
    least = Fraction(single("tap_water_rules", rule="basic_items_at_least")["value"]) * len(lines)
    is_short = (n_items < float(least)) & (exceeded == "")
    attains = (exceeded == "").astype("boolean").mask(is_short | (n_items == 0))
    return pd.DataFrame(
        {
            "attains": attains,
            "is_short": is_short & (n_items > 0),
            "exceeded": exceeded,
            "n_items": n_items,
        }
    )


def _of_ground_water(rows: pd.DataFrame) -> pd.Series[bool]:
    if KIND_OF_SOURCE not in rows:
        return pd.Series(False, rows.index)
    return rows[KIND_OF_SOURCE].eq(GROUND).fillna(value=False).astype(bool)


def _eased(limits: Mapping[str, Sides]) -> dict[str, Sides]:
    """Return the limits where ground water is the only source."""
    nitrate = float(single("tap_water_rules", rule="nitrate_of_ground_water")["value"])
    low = {NITRATE: limits[NITRATE][0]} if NITRATE in limits else {}
    return {**limits, **{name: (side, nitrate) for name, side in low.items()}}


def _lines(on: date) -> list[Line]:
    return in_force(LIMITS, on, on)


def _together(texts: pd.Series[Any]) -> str:
    """Return the names of items in several texts, each once, without their multiples."""
    names = (part.partition("(")[0] for text in texts if text for part in text.split(BETWEEN))
    return BETWEEN.join(dict.fromkeys(names))
