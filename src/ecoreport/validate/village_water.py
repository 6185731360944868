"""What the suite of villages' drinking water needs to know: what samples and their limits say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from ecoreport.standards.water import tap_water_samples
from ecoreport.validate.situation import Situation


def _works_with_one_population(situation: Situation) -> list[str]:
    """Return the waterworks of which no two rows say different numbers of people."""
    n_told = situation.frame.groupby("works")["population"].nunique()
    return [str(name) for name in n_told[n_told <= 1].index]


def _works_judged(situation: Situation) -> list[str]:
    """Return the waterworks of which every sample has enough items to be judged, or none."""
    samples = _samples(situation)
    return _others(situation, samples[samples["is_short"].astype(bool)])


def _works_as_concluded(situation: Situation) -> list[str]:
    """Return the waterworks of which no conclusion differs from that of the values."""
    samples = _samples(situation)
    declared = samples["declared"].map({"yes": True, "no": False}).astype("boolean")
    is_other = (samples["attains"] != declared).fillna(value=False).astype(bool)
    return _others(situation, samples[is_other])


def _samples(situation: Situation) -> pd.DataFrame:
    rows = situation.frame.dropna(subset=["works", "date"]).reset_index(drop=True)
    about = rows[["works"]].assign(declared=rows["attains"])
    return about.join(tap_water_samples(rows))


def _others(situation: Situation, strange: pd.DataFrame) -> list[str]:
    names = situation.frame["works"].dropna().drop_duplicates()
    return [str(name) for name in names[~names.isin(strange["works"])]]


VILLAGE_PARAMETERS: dict[str, Callable[[Situation], Any]] = {
    "works_with_one_population": _works_with_one_population,
    "works_judged": _works_judged,
    "works_as_concluded": _works_as_concluded,
}
