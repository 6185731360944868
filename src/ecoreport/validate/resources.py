"""What suites hold against the year's basic figures: reported intensities, and usual ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any, Final

import pandas as pd

from ecoreport.config.corrections import CORRECTED
from ecoreport.config.models import Computation
from ecoreport.ingest.quantities import NUMBER
from ecoreport.ingest.words import normalise
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
PLACE: Final = ["source_file", "source_sheet", "source_row"]
Range = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class _Figure:
    """A number as it is held, and half a unit of the last digit that it was told with."""

    held: Decimal
    half: Fraction


def _is_whole(frame: pd.DataFrame, year: int) -> pd.Series[bool]:
    """Say which rows are of the whole district and year."""
    return (frame["period"] == str(year)) & frame["area"].isna()


def _told(situation: Situation) -> dict[str, _Figure]:
    """Return each column's number of the district and year, the best checked row first."""
    frame = situation.frames.get(DATASET)
    if frame is None or frame.empty:
        return {}
    own = frame[_is_whole(frame, situation.year)]
    rows = own.sort_values("maturity", key=lambda words: words.map(PRECEDENCE), kind="stable")
    numbers = rows.select_dtypes("number").drop(columns="source_row", errors="ignore")
    return {
        str(name): _figure(situation, rows.loc[known.index[0]], str(name))
        for name in numbers
        if not (known := numbers[name].dropna()).empty
    }


def _figure(situation: Situation, row: pd.Series[Any], column: str) -> _Figure:
    """Return a figure of the accounts, with the rounding of the text that its cell held."""
    held = plain_decimal(row[column])
    corrected = row.get(f"{column}{CORRECTED}")
    if isinstance(corrected, str):
        return _Figure(held, _half_unit_as_written(held, corrected))
    log = situation.cleanings.get(DATASET)
    if log is None or log.empty:
        return _Figure(held, half_unit(held))
    is_own = (log[PLACE] == row[PLACE]).all(axis="columns") & (log["column"] == column)
    raw = log.loc[is_own, "raw"]
    return _Figure(held, _half_unit_as_written(held, str(raw.iloc[0]) if len(raw) else ""))


def _half_unit_as_written(held: Decimal, text: str) -> Fraction:
    """Return half a unit of the last digit of a text, in the unit of what is held of it.

    What was told as 2.24亿 is held as 22400万 and stands for anything within 50万 of it.
    """
    numbers = re.findall(NUMBER, normalise(text))
    written = Decimal(re.sub("[, ]", "", numbers[0])) if len(numbers) == 1 else Decimal(0)
    if not written:
        return half_unit(held)
    return half_unit(written) * abs(Fraction(held) / Fraction(written))


def _range(one: Computation, told: dict[str, _Figure]) -> Range | None:
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
    known = [told[name] for name in names]
    return range_of_rounding(function, [one.held for one in known], [one.half for one in known])


def _borne_out(situation: Situation) -> list[list[object]]:
    """Return those pairs of indicator and figure of the frame that the basic figures bear out.

    A figure is borne out where it, rounded as it is written, and what the figures it is computed
    of let it be have something in common. What they do not give is not asked about.
    """
    told = _told(situation)
    own = [one for one in situation.catalogue.computed if one.dataset == DATASET]
    ranges = {one.indicator: found for one in own if (found := _range(one, told)) is not None}
    frame = situation.frame
    is_asked = (
        _is_whole(frame, situation.year)
        & frame["unit_name"].isna()
        & frame["indicator"].isin(list(ranges))
    )
    strange = {
        (row["indicator"], row["value"])
        for row in frame[is_asked & frame["value"].notna()].to_dict("records")
        if not _meets(row, ranges[row["indicator"]])
    }
    return [list(pair) for pair in situation.pairs_of("indicator", "value") if pair not in strange]


def _meets(row: dict[Any, Any], ends: Range) -> bool:
    held = plain_decimal(row["value"])
    value, half = Fraction(held), _half_unit_as_written(held, str(row["value_as_reported"]))
    return ends[0] <= value + half and value - half <= ends[1]


def _usual(column: str, indicator: str) -> Callable[[Situation], list[float]]:
    """Return what gives the figures of a column but those with which an intensity is not usual.

    An intensity is one of the whole district and year: figures of areas and of parts of a year are
    not asked about.
    """

    def figures(situation: Situation) -> list[float]:
        frame, known = situation.frame, situation.catalogue.plausible.get(indicator)
        every = [float(figure) for figure in frame[column].dropna().unique()]
        [way] = [one for one in situation.catalogue.computed if one.indicator == indicator]
        if known is None or known.usual is None:
            return every
        told, (low, high) = _told(situation), known.usual
        strange = set()
        for _place, row in frame[_is_whole(frame, situation.year)].dropna(subset=column).iterrows():
            ends = _range(way, told | {column: _figure(situation, row, column)})
            if ends is not None and not low <= float(sum(ends) / 2) <= high:
                strange.add(float(row[column]))
        return [figure for figure in every if figure not in strange]

    return figures


RESOURCE_PARAMETERS: dict[str, Callable[[Situation], Any]] = {
    "figures_borne_out": _borne_out,
    "energies_usual": _usual("energy_10k_tce", "resources.energy_per_gdp"),
    "waters_usual": _usual("water_10k_m3", "resources.water_per_gdp"),
}
