"""Sources of drinking water of several kinds in one table: which attain, and what exceeded."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from ecoreport.standards.tables import select
from ecoreport.standards.water.drinking import (
    GROUNDWATER,
    groundwater_edition,
    source_attainment,
    source_exceedances,
    source_limits,
)

GROUND: Final = "ground"
"""What tables call ground water; ``groundwater`` is its kind among the standard's functions."""
UG_A_MG: Final = 1000
BETWEEN: Final = "、"


def judged_sources(frame: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return whether each row attains, and what exceeded its limit.

    Parameters
    ----------
    frame : pandas.DataFrame
        One source and month a row: ``kind`` (``river``, ``lake``, ``ground``), ``month`` (1 to 12)
        and columns of ``water_items.csv`` in mg/L.
    year : int
        With the month it chooses the edition.

    Returns
    -------
    pandas.DataFrame
        On the same index: ``attains`` (``boolean``, missing where nothing was measured),
        ``exceeded`` (items with their multiples), ``edition`` (of ground water; else empty).

    Notes
    -----
    GB 3838-2002, tables 1 to 3; GB/T 14848 at class III (one source): the edition of 2017 from May
    2018, that of 1993 before.
    """
    edition = pd.Series(
        [
            groundwater_edition(date(year, int(month), 1)) if kind == GROUND else ""
            for kind, month in zip(frame["kind"], frame["month"], strict=True)
        ],
        frame.index,
        "str",
    )
    nothing = pd.DataFrame(
        {
            "attains": pd.Series(pd.NA, frame.index, "boolean"),
            "exceeded": pd.Series("", frame.index, "str"),
        }
    )
    parts = [
        _judged(own, str(kind), str(named), year)
        for (kind, named), own in frame.groupby([frame["kind"], edition])
    ]
    judged = pd.concat([one for one in parts if one is not None] or [nothing])
    found = judged.reindex(frame.index)
    return found.assign(exceeded=found["exceeded"].fillna(""), edition=edition)


def _judged(rows: pd.DataFrame, kind: str, named: str, year: int) -> pd.DataFrame | None:
    of_standard, edition = (GROUNDWATER, named) if kind == GROUND else (kind, None)
    values = _in_micrograms(rows) if kind == GROUND else rows
    limits = source_limits(of_standard, year, edition)
    if not any(name in values and values[name].notna().any() for name in limits):
        return None
    found = source_exceedances(values, of_standard, year, edition)
    texts = {place: _in_words(own) for place, own in found.groupby("position")}
    return pd.DataFrame(
        {
            "attains": source_attainment(values, of_standard, year, edition),
            "exceeded": [texts.get(place, "") for place in range(len(rows))],
        },
        index=rows.index,
    )


def _in_micrograms(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the organic substances in the unit that the standard of ground water has."""
    columns = dict.fromkeys(line["column"] for line in select("groundwater_limits", clause="表1"))
    plain = {name: name.replace("_ug_l", "_mg_l") for name in columns if name.endswith("_ug_l")}
    return rows.assign(
        **{name: rows[source] * UG_A_MG for name, source in plain.items() if source in rows}
    )


def _in_words(found: pd.DataFrame) -> str:
    names = {line["column"]: line["name_zh"] for line in select("water_items")}
    return BETWEEN.join(
        names[column] if np.isnan(multiple) else f"{names[column]}({multiple:.1f})"
        for column, multiple in zip(found["column"], found["multiple"], strict=True)
    )
