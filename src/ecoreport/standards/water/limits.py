"""Limits of the classes of surface water (GB 3838-2002, table 1) as bands of numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.tables import Line, answered_once, select
from ecoreport.standards.water.categories import Codes, symbol_of
from ecoreport.standards.water.readings import Floats, column_of

BODIES = ("river", "lake")

Band = tuple[float, float]
"""The lowest and the highest value that a limit lets pass."""

Rows = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class ClassLimit:
    """The limit of one class for one parameter, exact, with where it stands.

    Attributes
    ----------
    parameter, water_class, water_body, unit : str
    lowest, highest : fractions.Fraction or None
        None where that side is open.
    edition, clause, source, verified : str
    """

    parameter: str
    water_class: str
    water_body: str
    unit: str
    lowest: Fraction | None
    highest: Fraction | None
    edition: str
    clause: str
    source: str
    verified: str


def class_limit(parameter: str, water_class: str, water_body: str) -> ClassLimit:
    """Return the limit of a class for a parameter.

    Parameters
    ----------
    parameter : str
        As in ``surface_water_limits.csv``: ``TP``, ``NH3-N`` …
    water_class : {"I", "II", "III", "IV", "V"}
    water_body : {"river", "lake"}
        A reservoir is a lake.

    Returns
    -------
    ClassLimit

    Raises
    ------
    InputError
        If the standard has no such limit (TN of a river, ``below_V``).

    Notes
    -----
    GB 3838-2002, table 1.
    """
    symbol = symbol_of(water_class)
    lines = [line for line in limit_lines(parameter, water_body) if line["class"] == symbol]
    if len(lines) != 1:
        raise InputError(
            _("GB 3838-2002 表1 没有 {parameter} 的{symbol}类限值（{body}）。").format(
                parameter=parameter, symbol=symbol, body=water_body
            )
        )
    line = lines[0]
    lowest, highest = _sides(line)
    return ClassLimit(
        parameter=parameter,
        water_class=water_class,
        water_body=water_body,
        unit=line["unit"],
        lowest=lowest,
        highest=highest,
        edition=line["edition"],
        clause=line["clause"],
        source=line["source"],
        verified=line["verified"],
    )


def limit_lines(parameter: str, water_body: str) -> list[Line]:
    """Return the lines of a parameter for a kind of water body, best class first."""
    lines = select("surface_water_limits", parameter=parameter)
    return [line for line in lines if line["body"] in (water_body, "all")]


@answered_once
def section_columns() -> Mapping[str, str]:
    """Return the columns of the 21 items of the section class with their parameters, in order."""
    lines = select("surface_water_limits", is_in_section_class="true")
    parameters = dict.fromkeys(line["parameter"] for line in lines)
    return MappingProxyType({column_of(parameter): parameter for parameter in parameters})


def band(line: Line) -> Band:
    """Return the values that a line of a limits table lets pass: ``<=``, ``>=``, ``range``."""
    lowest, highest = _sides(line)
    return (
        -math.inf if lowest is None else float(lowest),
        math.inf if highest is None else float(highest),
    )


@answered_once
def bands(parameter: str, water_body: str) -> tuple[Band, ...]:
    """Return the bands of the five classes, each within the next; none if there are no limits."""
    return tuple(band(line) for line in limit_lines(parameter, water_body))


def codes_of(values: Floats, nested: Sequence[Band]) -> Codes:
    """Return the place of the best band that holds each value; after the last, their number.

    A value at a limit is within it. NaN has no place (-1), nor has anything without bands.
    """
    codes = np.zeros(values.shape, dtype=np.int8)
    for lowest, highest in nested:
        codes += (values < lowest) | (values > highest)
    codes[np.isnan(values) | (not nested)] = -1
    return codes


def rows_by_body(water_body: str | pd.Series[Any], index: pd.Index) -> Mapping[str, Rows]:
    """Return which rows are of a river and which of a lake.

    Raises
    ------
    InputError
        For another word, or a series that does not stand beside the readings.
    """
    if isinstance(water_body, str):
        bodies = np.full(len(index), water_body, dtype=object)
    elif water_body.index.equals(index):
        bodies = water_body.to_numpy(object)
    else:
        raise InputError(_("water_body 的索引应与数据相同，逐行给出 river 或 lake。"))
    for body in {water_body} if isinstance(water_body, str) else set(pd.unique(bodies)):
        if body not in BODIES:
            raise InputError(
                _("水体类型 {value!r} 无效：河流为 river，湖泊和水库为 lake。").format(value=body)
            )
    return {body: bodies == body for body in BODIES if (bodies == body).any()}


def _sides(line: Line) -> tuple[Fraction | None, Fraction | None]:
    if line["direction"] == "range":
        lowest, highest = line["limit"].split("-")
        return Fraction(lowest), Fraction(highest)
    if line["direction"] == ">=":
        return Fraction(line["limit"]), None
    return None, Fraction(line["limit"]) if line["limit"] else None
