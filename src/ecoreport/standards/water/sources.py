"""Sources of drinking water of several kinds in one table: which attain, and what exceeded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from ecoreport.standards.rounding import as_fraction
from ecoreport.standards.tables import select
from ecoreport.standards.water.drinking import (
    GROUNDWATER,
    groundwater_edition,
    has_enough_source_items,
    missing_source_items,
    source_attainment,
    source_exceedances,
    source_limits,
    source_tables,
)
from ecoreport.standards.water.readings import YES_OR_NO
from ecoreport.standards.water.words import BETWEEN, exceeded_in_words, name_of

GROUND: Final = "ground"
"""What tables call ground water; ``groundwater`` is its kind among the standard's functions."""
KINDS_OF_SOURCE: Final = {"river": "river", "lake": "lake", GROUND: GROUNDWATER}
"""What the standard's functions call each kind of source that tables know."""
ANSWERS: Final = {"no": 0.0, "yes": 1.0}
UG_A_MG: Final = 1000


def judged_sources(frame: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return whether each row attains, what exceeded its limit, and what was not measured.

    Parameters
    ----------
    frame : pandas.DataFrame
        One source and month a row: ``kind`` (``river``, ``lake``, ``ground``), ``month`` (1 to 12)
        and columns of ``water_items.csv`` in mg/L; what is answered by words says ``yes``, ``no``.
    year : int
        With the month it chooses the edition.

    Returns
    -------
    pandas.DataFrame
        On the same index: ``attains`` (``boolean``; missing where nothing was measured, and where
        nothing exceeded and too little was), ``is_short`` (the latter), ``exceeded`` (items with
        their multiples), ``missing_items`` (names of usual items without a value), ``edition`` and
        ``clause`` (what was applied; empty where nothing was measured).

    Notes
    -----
    GB 3838-2002, tables 1 to 3; GB/T 14848 at class III (one source): the edition of 2017 from May
    2018, that of 1993 before. How many items a row must have to attain is our own setting, see
    `has_enough_source_items`; one that exceeds a limit does not attain, however few it has.
    """
    frame = answers_as_numbers(frame)
    edition = pd.Series(
        [
            groundwater_edition(date(year, int(month), 1)) if kind == GROUND else ""
            for kind, month in zip(frame["kind"], frame["month"], strict=True)
        ],
        frame.index,
        "str",
    )
    texts = ("exceeded", "missing_items", "edition", "clause")
    nothing = pd.DataFrame(
        {
            "attains": pd.Series(pd.NA, frame.index, "boolean"),
            "is_short": False,
            **{name: pd.Series("", frame.index, "str") for name in texts},
        }
    )
    parts = [
        _judged(own, str(kind), str(named), year)
        for (kind, named), own in frame.groupby([frame["kind"], edition])
    ]
    known = pd.concat([one for one in parts if one is not None] or [nothing])
    is_judged = frame.index.isin(known.index)
    return pd.concat([known, nothing[~is_judged]]).reindex(frame.index)


def answers_as_numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows in which items answered by words are numbers: 0 is ``no``, 1 is ``yes``.

    As the tables of limits have odour and visible matter, of which there is to be none (无).
    """
    named = [line["column"] for line in select("water_items", unit=YES_OR_NO)]
    answered = {
        name: frame[name].map(ANSWERS).astype("float64")
        for name in named
        if name in frame and not pd.api.types.is_numeric_dtype(frame[name])
    }
    return frame.assign(**answered)


def _judged(rows: pd.DataFrame, kind: str, named: str, year: int) -> pd.DataFrame | None:
    """Return what is known of the rows of one kind that have a value; None without any."""
    of_standard, edition = KINDS_OF_SOURCE[kind], named or None
    values = _in_micrograms(rows) if kind == GROUND else rows
    columns = [one for one in source_limits(of_standard, year, edition) if one in values]
    measured = values[columns].notna()
    is_measured = measured.any(axis=1)
    if not is_measured.any():
        return None
    values = values[is_measured]
    found = source_exceedances(values, of_standard, year, edition)
    texts = {place: exceeded_in_words(own) for place, own in found.groupby("position")}
    attains = source_attainment(values, of_standard, year, edition)
    is_enough = has_enough_source_items(values, of_standard, year, edition)
    is_short = attains.fillna(value=False).astype(bool) & ~is_enough
    tables = source_tables(of_standard, year, edition)
    return pd.DataFrame(
        {
            "attains": attains.mask(is_short),
            "is_short": is_short,
            "exceeded": [texts.get(place, "") for place in range(len(values))],
            "missing_items": [
                BETWEEN.join(map(name_of, names))
                for names in missing_source_items(values, of_standard, year, edition)
            ],
            "edition": _applied(measured[is_measured], tables, 0),
            "clause": _applied(measured[is_measured], tables, 1),
        },
        index=values.index,
    )


def _applied(measured: pd.DataFrame, tables: Mapping[str, tuple[str, str]], part: int) -> list[str]:
    """Return of each row the editions, or the tables, in which its limits stand."""
    applied = np.array([tables[str(name)][part] for name in measured], dtype=object)
    return [BETWEEN.join(sorted(set(applied[is_here]))) for is_here in measured.to_numpy()]


def _in_micrograms(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the organic substances in the unit that the standard of ground water has."""
    columns = dict.fromkeys(line["column"] for line in select("groundwater_limits"))
    plain = {name: name.replace("_ug_l", "_mg_l") for name in columns if name.endswith("_ug_l")}
    known = {
        name: rows[source].map(_micrograms) for name, source in plain.items() if source in rows
    }
    others = rows.drop(columns=list(known), errors="ignore")
    return pd.concat([others, pd.DataFrame(known, index=rows.index)], axis=1)


def _micrograms(milligrams: float) -> float:
    """Return a concentration in µg/L, exact: 0.0003 mg/L equals a limit of 0.3 µg/L."""
    return float(as_fraction(milligrams) * UG_A_MG) if np.isfinite(milligrams) else np.nan
