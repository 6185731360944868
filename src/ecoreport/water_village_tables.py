"""Tables of villages' drinking water in the chapter on surface water."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

import pandas as pd
from markupsafe import Markup

from ecoreport.components import component
from ecoreport.findings.water_grades import items_in_words
from ecoreport.findings.water_villages import SUPPLIES, Supply
from ecoreport.i18n import _
from ecoreport.numbers import format_number, plain_decimal
from ecoreport.report import Provenance
from ecoreport.standards.rounding import round_half_even

SHARE_DECIMALS: Final = 1


def supplies(found: Sequence[Supply], provenance: Provenance) -> Markup:
    """Return waterworks and people by kind of supply as a table."""
    rows = [
        {
            "name": one.name,
            "n_works": one.n_works,
            "n_attaining": one.n_attaining,
            "people": format_number(Decimal(one.people)),
            "people_attaining": format_number(Decimal(one.people_attaining)),
            "share": _share(one.people_attaining, one.people),
        }
        for one in found
    ]
    return component("water_villages", rows=rows, provenance=provenance)


def failing(found: pd.DataFrame, provenance: Provenance) -> Markup:
    """Return the waterworks of which a sample failed as a table."""
    rows = [
        {
            "works": row["works"],
            "supply": _supply(row["supply"]),
            "people": format_number(plain_decimal(row["population"]))
            if row["population"] > 0
            else "",
            "n_judged": row["n_judged"],
            "n_attaining": row["n_attaining"],
            "exceeded": items_in_words(str(row["exceeded"])),
        }
        for row in found.to_dict("records")
    ]
    return component("water_villages_failing", rows=rows, provenance=provenance)


def _share(part: int, whole: int) -> str:
    if not whole:
        return ""
    share = round_half_even(100 * Fraction(part, whole), SHARE_DECIMALS)
    return format_number(plain_decimal(share, SHARE_DECIMALS))


def _supply(given: str | float) -> str:
    known = "" if pd.isna(given) else str(given)
    return _(SUPPLIES[known])
