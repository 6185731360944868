"""Shares of enterprises that did what was asked: self-monitoring, entry (入库), 八查八改."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from ecoreport.config.models import Indicator
from ecoreport.message import N_, Message, message
from ecoreport.observe.computed import counted_percent, observation_of, sources_of, weakest
from ecoreport.observe.dated import has_happened
from ecoreport.observe.observation import Observation
from ecoreport.observe.precedence import best_checked_rows
from ecoreport.observe.registry import Inputs, statistic

YES: Final = "yes"
LARGER: Final = ("larger", "major")
SHARE = N_("已做到的企业数 ÷ 应做到的企业数 × 100，按名录逐家统计")


@statistic("enterprise_share")
def enterprise_share(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Measure the share of enterprises that did something, of those on the register.

    The argument is what was done, and of which enterprises: ``monitored:all``,
    ``registered:key_industry``, ``checked:larger_risk``. What nobody says was done was not; what
    bears a day counts from that day on.
    """
    done, _colon, which = indicator.argument.partition(":")
    frame = inputs.frames.get(indicator.dataset)
    if frame is None:
        return []
    rows = best_checked_rows(frame, ["enterprise"]).drop_duplicates("enterprise")
    asked = rows[_is_asked(rows, which)]
    if asked.empty:
        return []
    is_done = _is_done(asked, done, inputs)
    n_done, n_asked = int(is_done.sum()), len(asked)
    computed = replace(
        counted_percent(n_done, n_asked, message(SHARE), indicator.decimals),
        notes=_notes(asked, done),
    )
    sources = sources_of(inputs, [indicator.dataset])
    maturity = weakest(asked["maturity"])
    return [observation_of(indicator, inputs, computed, maturity, sources, asked)]


def _is_asked(rows: pd.DataFrame, which: str) -> pd.Series[bool]:
    if which == "key_industry":
        return rows["is_key_industry"] == YES
    if which == "larger_risk":
        return rows["risk_level"].isin(LARGER)
    return pd.Series(True, rows.index)


def _is_done(rows: pd.DataFrame, done: str, inputs: Inputs) -> pd.Series[bool]:
    """Say which enterprises had done it: one without a day did it within the year."""
    days = rows[f"{done}_on"]
    in_time = has_happened(days, inputs) | (days.isna() & inputs.period.is_whole_year)
    return (rows[f"is_{done}"] == YES) & in_time


def _notes(rows: pd.DataFrame, done: str) -> tuple[Message, ...]:
    n_open = int(rows[f"is_{done}"].isna().sum())
    return (message(N_("{n}家没有填写，按未做到计"), n=n_open),) if n_open else ()
