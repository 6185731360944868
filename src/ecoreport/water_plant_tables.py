"""Tables of sewage works in the chapter on surface water."""

from __future__ import annotations

from math import isnan
from typing import Any, Final

import pandas as pd
from markupsafe import Markup

from ecoreport.components import component
from ecoreport.i18n import _
from ecoreport.numbers import format_number, plain_decimal
from ecoreport.observe.sewage_plants import ITEMS, SCOPES
from ecoreport.report import Provenance
from ecoreport.standards.rounding import round_half_even
from ecoreport.standards.tables import single

SHARE_DECIMALS: Final = 1
VOLUME_DECIMALS: Final = 1
CONCENTRATION_DECIMALS: Final = {"cod": 0, "nh3n": 2}


def plants(found: pd.DataFrame, provenance: Provenance) -> Markup:
    """Return the plants as a table: capacity, volume, load, standard, what they removed."""
    return component(
        "water_plants",
        rows=[_row(row) for row in found.to_dict("records")],
        items=[_("COD（mg/L）"), _("氨氮（mg/L）")],
        provenance=provenance,
    )


def totals(found: pd.DataFrame, provenance: Provenance) -> Markup:
    """Return the plants' volumes by scope beside the area's as a table."""
    return component(
        "water_plants_totals",
        rows=[
            {
                "scope": _(SCOPES[str(row["scope"])]),
                "n_plants": row["n_plants"],
                "plants": _number(row["plants_10k_m3"], VOLUME_DECIMALS),
                "total": _number(row["total_10k_m3"], VOLUME_DECIMALS),
                "difference": _number(row["difference_percent"], SHARE_DECIMALS, is_signed=True),
                "is_within": bool(row["is_within"]),
            }
            for row in found.to_dict("records")
        ],
        tolerance=single("sewage_rules", rule="plants_total_tolerance")["value"],
        provenance=provenance,
    )


def _row(row: dict[Any, Any]) -> dict[str, object]:
    full = float(single("sewage_rules", rule="load_full_above")["value"])
    scope, standard = row["scope"], row["discharge_standard"]
    capacity = row["capacity_10k_m3_d"]
    return {
        "plant": row["plant"],
        "scope": "" if pd.isna(scope) else _(SCOPES[str(scope)]),
        "capacity": "" if pd.isna(capacity) else format_number(plain_decimal(capacity)),
        "treated": _number(row["treated_10k_m3"], VOLUME_DECIMALS),
        "load": _number(row["load"], SHARE_DECIMALS),
        "is_full": pd.notna(row["load"]) and row["load"] > full,
        "standard": "" if pd.isna(standard) else standard,
        "removals": [
            {"flow": _flow(row, item), "removal": _number(row[f"{item}_removal"], SHARE_DECIMALS)}
            for item in ITEMS
        ],
    }


def _flow(row: dict[Any, Any], item: str) -> str:
    ends = (row[f"{item}_{end}_mg_l"] for end in ("in", "out"))
    told = [_number(end, CONCENTRATION_DECIMALS[item]) for end in ends]
    return "→".join(one or "—" for one in told) if any(told) else ""


def _number(value: float, decimals: int, *, is_signed: bool = False) -> str:
    """Write a number with so many decimals; nothing where there is none."""
    if isnan(value):
        return ""
    exact = plain_decimal(round_half_even(float(value), decimals), decimals)
    return format_number(exact, is_signed=is_signed)
