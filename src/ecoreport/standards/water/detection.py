"""Readings below the detection limit: what enters means, and where the method decides."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.water.classes import WaterBody
from ecoreport.standards.water.indicators import beyond, reference_bands
from ecoreport.standards.water.readings import column_of, numbers, require_columns
from ecoreport.standards.water.rules import assessment_rule


def half_detection_limits(frame: pd.DataFrame, detection_limits: pd.DataFrame) -> pd.DataFrame:
    """Return readings with half the detection limit where they are below it.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns of ``water_items.csv``.
    detection_limits : pandas.DataFrame
        On the same index, some of the same columns: the detection limit where the reading was
        below it (``0.004L`` is 0.004), NaN where it was measured.

    Returns
    -------
    pandas.DataFrame
        A copy.

    Raises
    ------
    InputError
        If the two do not belong together, or for pH, which has no detection limit.

    Notes
    -----
    环办监测函〔2020〕82号, item 7: half the detection limit enters statistics.
    """
    _require_beside(frame, detection_limits)
    share = float(assessment_rule("detection_limit_share").number)
    halved = frame.copy()
    for column in detection_limits.columns:
        limits = numbers(detection_limits, column)
        halved[column] = np.where(np.isnan(limits), numbers(frame, column), limits * share)
    return halved


def unresolved_limits(
    detection_limits: pd.DataFrame,
    water_body: WaterBody,
    reference: str | pd.Series[Any] = "III",
) -> pd.DataFrame:
    """Return the readings whose detection limit lies beyond the limit of a class.

    Whether such a reading meets the class the method cannot tell.

    Parameters
    ----------
    detection_limits : pandas.DataFrame
        As in `half_detection_limits`.
    water_body, reference
        As in `exceedances`.

    Returns
    -------
    pandas.DataFrame
        On the index of the frame (repeated): ``position``, ``column``, ``parameter``,
        ``detection_limit``, ``limit``, ``is_half_beyond`` (the value that enters means is itself
        beyond the limit: the class is then made by the method).
    """
    limits = reference_bands(detection_limits, water_body, reference)
    above = {column: (-np.inf, highest) for column, (_lowest, highest) in limits.items()}
    found = beyond(detection_limits, above).rename(columns={"value": "detection_limit"})
    share = float(assessment_rule("detection_limit_share").number)
    is_half_beyond = found["detection_limit"] * share > found["limit"]
    return found.drop(columns="multiple").assign(is_half_beyond=is_half_beyond)


def _require_beside(frame: pd.DataFrame, detection_limits: pd.DataFrame) -> None:
    if not detection_limits.index.equals(frame.index):
        raise InputError(_("检出限表的行应与数据相同。"))
    require_columns(frame, detection_limits.columns)
    if column_of("pH") in detection_limits.columns:
        raise InputError(_("pH 没有检出限，请核对标有 L 的数值。"))
