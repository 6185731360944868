"""What is observed of small tables as departments send them, audited."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from ecoreport.config.load import load_catalogue
from ecoreport.observe import observe
from ecoreport.observe.observation import Observation
from ecoreport.project import Pair, Project

CATALOGUE = load_catalogue(Project.here())
Seen = tuple[dict[tuple[str, str], Observation], dict[str, pd.DataFrame]]


def observed(pair: Pair, as_of: dt.date | None = None, **frames: pd.DataFrame) -> Seen:
    """Return observations by indicator and period, and the frames kept for charts."""
    placed = {
        name: frame.assign(maturity="audited", source_file="表.xlsx", source_sheet="", source_row=2)
        for name, frame in frames.items()
    }
    observations, kept = observe(CATALOGUE, pair, placed, [], as_of)
    return {(one.indicator, one.period): one for one in observations}, kept
