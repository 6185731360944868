"""Sewage works: load, removal, and whether their volumes make up the area's total."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

import numpy as np
import pandas as pd

from ecoreport.standards.rounding import as_fraction
from ecoreport.standards.tables import single

CITY, TOWN = "city", "town"
SCOPES: Final = {CITY: (CITY,), TOWN: (CITY, TOWN), "rural": ("rural",)}
"""Scopes of plants that belong to a scope of the area: 城镇 has 城市 in it."""
TREATED: Final = "treated_10k_m3"
BESIDE: Final = [
    "scope", "n_plants", "plants_10k_m3", "total_10k_m3", "difference_percent", "is_within",
]  # fmt: skip


def plant_loads(plants: pd.DataFrame, days_of_year: int) -> pd.Series[Any]:
    """Return how much of its capacity each plant took in.

    Parameters
    ----------
    plants : pandas.DataFrame
        One plant a row: ``treated_10k_m3`` in a year, ``capacity_10k_m3_d``, and ``days`` that it
        ran (missing: all of the year).
    days_of_year : int

    Returns
    -------
    pandas.Series
        Per cent, on the same index; missing without a volume or a capacity.
    """
    capacity = plants["capacity_10k_m3_d"] * plants["days"].fillna(days_of_year)
    return 100 * plants[TREATED] / capacity.where(capacity > 0)


def whole_load(plants: pd.DataFrame, days_of_year: int) -> Fraction | None:
    """Return the load of all plants together, exact; None where none has volume and capacity.

    Parameters
    ----------
    plants, days_of_year
        As in `plant_loads`. A plant of which either is missing is left out of both sums.
    """
    known = plants[plant_loads(plants, days_of_year).notna()]
    if known.empty:
        return None
    days = known["days"].fillna(days_of_year)
    capacity = sum(
        as_fraction(one) * as_fraction(n)
        for one, n in zip(known["capacity_10k_m3_d"], days, strict=True)
    )
    return 100 * sum(map(as_fraction, known[TREATED]), Fraction(0)) / capacity


def removal(plants: pd.DataFrame, item: str) -> pd.Series[Any]:
    """Return what share of an item each plant removes.

    Parameters
    ----------
    plants : pandas.DataFrame
        With ``<item>_in_mg_l`` and ``<item>_out_mg_l``, means over the year.
    item : str
        ``cod`` or ``nh3n``.

    Returns
    -------
    pandas.Series
        Per cent; missing without both, or where nothing came in.
    """
    inflow, outflow = plants[f"{item}_in_mg_l"], plants[f"{item}_out_mg_l"]
    return 100 * (inflow - outflow) / inflow.where(inflow > 0)


def plants_beside_totals(plants: pd.DataFrame, totals: pd.DataFrame, district: str) -> pd.DataFrame:
    """Return the volumes of the plants of each scope beside the area's total of it.

    Parameters
    ----------
    plants : pandas.DataFrame
        One plant a row: ``scope`` (``city``, ``town``, ``rural``), ``treated_10k_m3``.
    totals : pandas.DataFrame
        One scope and county a row: ``scope, county, treated_10k_m3``. A row of the whole district
        goes before the sum of its parts.
    district : str
        Whose rows without a county, or with itself as one, are of the whole.

    Returns
    -------
    pandas.DataFrame
        One row a scope that has both: ``scope, n_plants, plants_10k_m3, total_10k_m3``,
        ``difference_percent`` (of the total), ``is_within`` the tolerance.

    Notes
    -----
    The plants of 城镇 are those of 城市 and of towns. The tolerance is our own setting.
    """
    limit = Fraction(single("sewage_rules", rule="plants_total_tolerance")["value"])
    rows: list[tuple[object, ...]] = []
    if plants["scope"].isna().any():
        # Of which scope the plant is nobody knows: no sum is whole.
        return pd.DataFrame(rows, columns=BESIDE)
    for scope, own_scopes in SCOPES.items():
        own = plants[plants["scope"].isin(own_scopes)]
        total = _total(totals[totals["scope"] == scope], district)
        if not (own["scope"] == scope).any() or own[TREATED].isna().any() or not total:
            continue
        volume = sum(map(as_fraction, own[TREATED]), Fraction(0))
        difference = 100 * (volume - total) / total
        rows.append((scope, len(own), float(volume), float(total), float(difference),
                     abs(difference) <= limit))  # fmt: skip
    return pd.DataFrame(rows, columns=BESIDE)


def _total(rows: pd.DataFrame, district: str) -> Fraction | None:
    is_whole = rows["county"].isna() | (rows["county"] == district)
    used = rows[is_whole] if is_whole.any() else rows
    if used.empty or not np.isfinite(used[TREATED].astype("float64")).all():
        return None
    return sum(map(as_fraction, used[TREATED]), Fraction(0))
