"""Points monitored in black-odorous waters: their levels, and whether the list says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, cast

import pandas as pd

from ecoreport.config.models import Indicator
from ecoreport.message import N_, Message, message
from ecoreport.observe.computed import counted, observation_of, sources_of, weakest
from ecoreport.observe.dated import known_days
from ecoreport.observe.observation import Observation
from ecoreport.observe.precedence import best_checked_rows
from ecoreport.observe.registry import Inputs, statistic
from ecoreport.observe.water_tables import BLACK_ODOUR
from ecoreport.standards.tables import single
from ecoreport.standards.water import (
    agrees_with_list,
    monitored_points,
    monitored_waters,
    readings_of_state,
)
from ecoreport.standards.water.black_odour import NONE

DATASET: Final = "black_odorous_points"
KEY: Final = ["body", "point", "date"]
NOT_BLACK = N_("按各点位监测判定为不黑臭的水体数")


@statistic("black_odour_monitored")
def black_odour_monitored(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Count the waters that their points, monitored, find not black-odorous.

    A water with too few points or visits has a level for reference only and is not counted.
    """
    frames = monitored(inputs)
    if not frames:
        return []
    waters = frames["black_odour_monitored"]
    assessed = graded_waters(waters)
    rule = single("black_odour_rules", rule="body_severe_share")
    computed = replace(
        counted(int((assessed["level"] == NONE).sum()), len(assessed), message(NOT_BLACK)),
        n_expected=len(waters),
        edition=rule["edition"],
        clause=rule["clause"],
        is_verified=bool(assessed["is_verified"].all()),
        notes=_notes(waters),
    )
    if assessed.empty:
        computed = replace(computed, value=None, reason="too_few_points")
    maturity = weakest(inputs.frames[DATASET]["maturity"])
    return [observation_of(indicator, inputs, computed, maturity, sources_of(inputs, [DATASET]))]


def monitored(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """Return what is kept of the points, computed once; empty without any.

    Returns
    -------
    dict of pandas.DataFrame
        ``black_odour_points``: as `monitored_points`. ``black_odour_monitored``: as
        `monitored_waters`, with ``after`` and ``is_removed`` of the list of waters (missing where
        it does not name the water), and ``agrees`` with it.
    """
    if DATASET not in inputs.computed:
        frame = inputs.frames.get(DATASET)
        inputs.computed[DATASET] = {} if frame is None else _monitored(frame, inputs)
    return cast("dict[str, pd.DataFrame]", inputs.computed[DATASET])


def graded_waters(waters: pd.DataFrame) -> pd.DataFrame:
    """Return those of ``black_odour_monitored`` with a level, points and visits enough for it."""
    return waters[waters["level"].notna() & waters["is_sufficient"]]


def _monitored(frame: pd.DataFrame, inputs: Inputs) -> dict[str, pd.DataFrame]:
    rows = known_days(best_checked_rows(frame, KEY), inputs).dropna(subset=KEY)
    visits = rows.drop_duplicates(KEY, ignore_index=True)
    listed = _listed(inputs)
    days = listed["removed_on"].dropna()
    known = days[days <= pd.Timestamp(inputs.period.last_day)]
    state = readings_of_state(visits, known) if len(visits) else visits
    if state.empty:
        return {}
    points = monitored_points(state)
    waters = monitored_waters(points)
    # What the list learnt later is no part of what it said by the last day read.
    is_later = listed["removed_on"] > pd.Timestamp(inputs.period.last_day)
    if inputs.period.is_partial:
        is_later |= listed["removed_on"].isna() & listed["is_removed"].eq("yes")
    listed[["after", "is_removed"]] = listed[["after", "is_removed"]].mask(is_later)
    own = listed.reindex(waters["body"])[["after", "is_removed"]].reset_index(drop=True)
    agrees = agrees_with_list(waters["level"], own["after"], own["is_removed"])
    return {
        "black_odour_points": points,
        "black_odour_monitored": waters.join(own).assign(agrees=agrees),
    }


def _listed(inputs: Inputs) -> pd.DataFrame:
    """Return what the list says of each water, by its name; empty without a list."""
    frame = inputs.frames.get(BLACK_ODOUR)
    if frame is None:
        nothing = pd.DataFrame({"body": [], "after": [], "is_removed": []}, dtype="str")
        days = pd.Series([], dtype="datetime64[us]")
        return nothing.assign(removed_on=days).set_index("body")
    return best_checked_rows(frame, ["body"]).drop_duplicates("body").set_index("body")


def _notes(waters: pd.DataFrame) -> tuple[Message, ...]:
    """Name what is black-odorous, what the list calls otherwise, and what rests on too little."""
    black = waters["level"].notna() & (waters["level"] != NONE)
    told = (
        (N_("监测判定为黑臭的水体：{names}"), black),
        (N_("与黑臭水体清单所报不一致的水体：{names}"), waters["agrees"].eq(other=False)),
        (N_("监测点或监测次数不足、只作参考的水体：{names}"), ~waters["is_sufficient"]),
    )
    notes = [
        message(text, names=tuple(waters.loc[is_own.fillna(value=False), "body"].astype(str)))
        for text, is_own in told
        if is_own.fillna(value=False).any()
    ]
    text = N_("认定消除的水体取认定之后的各次监测，其余取每个点位最近几次：本项目的理解、未经核实")
    return (*notes, message(text))
