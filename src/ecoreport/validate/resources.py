"""What suites hold against the year's basic figures: reported intensities, and usual ones."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import partial
from typing import Any, Final

import pandas as pd

from ecoreport.config.models import Computation
from ecoreport.numbers import plain_decimal
from ecoreport.standards.resources import (
    half_unit,
    intensity,
    intensity_fall,
    range_of_rounding,
)
from ecoreport.validate.last_year import PRECEDENCE
from ecoreport.validate.situation import Situation

DATASET: Final = "resource_accounts"
LAST_YEAR: Final = "last_year_"
AMOUNT, RATIO, FALL = "resource_amount", "resource_ratio", "resource_fall"
Range = tuple[Fraction, Fraction]


def _told(frame: pd.DataFrame | None, year: int) -> dict[str, Decimal]:
    """Return each column's number of the district and year, the best checked row first."""
    if frame is None or frame.empty:
        return {}
    own = frame[(frame["period"] == str(year)) & frame["area"].isna()]
    rows = own.sort_values("maturity", key=lambda words: words.map(PRECEDENCE), kind="stable")
    numbers = rows.select_dtypes("number").drop(columns="source_row", errors="ignore")
    return {
        str(name): plain_decimal(known.iloc[0])
        for name in numbers
        if not (known := numbers[name].dropna()).empty
    }


def _range(one: Computation, told: dict[str, Decimal]) -> Range | None:
    """Return between what the figures, as they were rounded, let a computed value lie."""
    names = one.argument.split(":")
    function: Callable[..., Fraction | None]
    if one.statistic == AMOUNT:
        function = Fraction
    elif one.statistic == RATIO:
        function, names = partial(intensity, factor=Decimal(names[2])), names[:2]
    else:
        function, names = intensity_fall, [*names, *(f"{LAST_YEAR}{name}" for name in names)]
    if not all(name in told for name in names):
        return None
    return range_of_rounding(function, [told[name] for name in names])


def _borne_out(situation: Situation) -> list[list[object]]:
    """Return those pairs of indicator and figure of the frame that the basic figures bear out.

    A figure is borne out where it, rounded as it is written, and what the figures it is computed
    of let it be have something in common. What they do not give is not asked about.
    """
    told = _told(situation.frames.get(DATASET), situation.year)
    own = [one for one in situation.catalogue.computed if one.dataset == DATASET]
    ranges = {one.indicator: found for one in own if (found := _range(one, told)) is not None}
    frame = situation.frame
    is_own = (frame["period"] == str(situation.year)) & frame["area"].isna()
    is_asked = is_own & frame["unit_name"].isna() & frame["indicator"].isin(list(ranges))
    strange = {
        (row["indicator"], row["value"])
        for row in frame[is_asked & frame["value"].notna()].to_dict("records")
        if not _meets(row, ranges[row["indicator"]])
    }
    return [list(pair) for pair in situation.pairs_of("indicator", "value") if pair not in strange]


def _meets(row: dict[Any, Any], ends: Range) -> bool:
    value = Fraction(plain_decimal(row["value"]))
    half = _half_unit_of(row)
    return ends[0] <= value + half and value - half <= ends[1]


def _half_unit_of(row: dict[Any, Any]) -> Fraction:
    """Return half a unit of the last digit of a figure as it was reported, in its own unit."""
    held = plain_decimal(row["value"])
    try:
        written = Decimal(str(row["value_as_reported"]).rstrip("%‰"))
    except InvalidOperation:
        return half_unit(held)
    if not written.is_finite() or not written:
        return half_unit(held)
    return half_unit(written) * abs(Fraction(held) / Fraction(written))


def _usual(column: str, indicator: str) -> Callable[[Situation], list[float]]:
    """Return what gives the figures of a column with which an intensity is a usual one."""

    def figures(situation: Situation) -> list[float]:
        known = situation.catalogue.plausible.get(indicator)
        told = _told(situation.frame, situation.year)
        [way] = [one for one in situation.catalogue.computed if one.indicator == indicator]
        ends = None if known is None else known.usual
        found = []
        for figure in situation.frame[column].dropna().unique():
            ranges = _range(way, told | {column: plain_decimal(figure)})
            if ends is None or ranges is None or ends[0] <= float(sum(ranges) / 2) <= ends[1]:
                found.append(float(figure))
        return found

    return figures


RESOURCE_PARAMETERS: dict[str, Callable[[Situation], Any]] = {
    "figures_borne_out": _borne_out,
    "energies_usual": _usual("energy_10k_tce", "resources.energy_per_gdp"),
    "waters_usual": _usual("water_10k_m3", "resources.water_per_gdp"),
}
