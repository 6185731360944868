"""What the suite of sewage works needs to know of the area's sewage and of usual loads."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from ecoreport.standards.tables import single
from ecoreport.standards.water import plant_loads, plants_beside_totals
from ecoreport.validate.last_year import best_checked
from ecoreport.validate.situation import Situation

TOTALS: Final = "sewage"


def _loads_agreeing(situation: Situation) -> list[list[object]]:
    """Return the pairs of plant and reported load that volume and capacity give."""
    frame = situation.frame
    is_near = ((_loads(situation) - frame["load_percent"]).abs() <= _rule("load_tolerance")) | (
        _loads(situation).isna()
    )
    near = frame[is_near][["plant", "load_percent"]].dropna()
    return [list(pair) for pair in near.itertuples(index=False, name=None)]


def _plants_usually_loaded(situation: Situation) -> list[str]:
    """Return the plants whose load is not strangely low or high; one without a load is not."""
    loads = _loads(situation)
    is_strange = (loads < _rule("load_low_below")) | (loads > _rule("load_high_above"))
    return [str(name) for name in situation.frame["plant"][~is_strange].dropna()]


def _scopes_adding_up(situation: Situation) -> list[str]:
    """Return the scopes whose plants come to the area's total, or have none to come to."""
    frame, totals = situation.frame, situation.frames.get(TOTALS)
    scopes = [str(scope) for scope in frame["scope"].dropna().drop_duplicates()]
    if totals is None:
        return scopes
    own = best_checked(frame.dropna(subset="plant"), ["plant"])
    whole = best_checked(totals, ["scope", "county"])
    found = plants_beside_totals(own, whole, situation.pair.district)
    differing = set(found[~found["is_within"].astype(bool)]["scope"])
    return [scope for scope in scopes if scope not in differing]


def _loads(situation: Situation) -> pd.Series[Any]:
    days = 366 if calendar.isleap(situation.year) else 365
    return plant_loads(situation.frame, days)


def _rule(name: str) -> float:
    return float(single("sewage_rules", rule=name)["value"])


SEWAGE_PARAMETERS: dict[str, Callable[[Situation], Any]] = {
    "loads_agreeing": _loads_agreeing,
    "plants_usually_loaded": _plants_usually_loaded,
    "scopes_adding_up": _scopes_adding_up,
}
