"""Readings below the detection limit: which limit stood in the table, from the cleaning log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from ecoreport.standards.water import assessment_rule
from ecoreport.standards.water.limits import section_columns

BELOW: Final = "<"
"""Flag of a reading that stood below its detection limit; half of it was taken."""
PLACE: Final = ["source_file", "source_sheet", "source_row"]
SUFFIX: Final = "_detection_limit"
DATASETS: Final = ("water_monthly",)


def detection_limits(frame: pd.DataFrame, log: pd.DataFrame) -> pd.DataFrame:
    """Return the detection limits of readings that lay below them.

    Parameters
    ----------
    frame : pandas.DataFrame
        Canonical rows, with their places.
    log : pandas.DataFrame
        Their cleaning log.

    Returns
    -------
    pandas.DataFrame
        On the index of the frame, a column for each item of the section class that was anywhere
        below its limit: the limit, NaN where the item was measured.
    """
    marked = log[(log["flag"] == BELOW) & log["column"].isin(section_columns())]
    share = float(assessment_rule("detection_limit_share").number)
    limits = marked.assign(limit=pd.to_numeric(marked["value"], errors="coerce") / share)
    wide = limits.pivot_table(index=PLACE, columns="column", values="limit", aggfunc="first")
    found = wide.reindex(pd.MultiIndex.from_frame(frame[PLACE]))
    return found.set_axis(frame.index, axis="index").rename_axis(columns=None)


def with_detection_limits(
    frames: Mapping[str, pd.DataFrame], logs: Mapping[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """Return frames in which water's monthly rows have ``<item>_detection_limit`` beside them."""
    return {
        name: frame.join(detection_limits(frame, logs[name]).add_suffix(SUFFIX))
        if name in DATASETS and name in logs
        else frame
        for name, frame in frames.items()
    }
