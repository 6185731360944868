"""The ecological index EI of HJ 192-2015, its grade and its change between years."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.standards.columns import Floats, keys, numbers, ordered
from ecoreport.standards.ecology.subindices import HIGHEST_INDEX, rule
from ecoreport.standards.tables import least_verified, select, single

RESTRICTION = "environment_restriction"

# Sub-indices have few decimals and weights two: what stands behind this place is dust of floats.
EXACT_DECIMALS = 9


@dataclass(frozen=True)
class EcologicalIndex:
    """The EI of some counties or years.

    Attributes
    ----------
    values : pandas.DataFrame
        On the index of the sub-indices: ``ei`` (after the restriction), ``ei_unrestricted``,
        ``grade`` (ordered categorical of ``ei_grades.csv``, best first), ``is_capped`` (a
        sub-index above 100 was taken as 100).
    verified : str
        How well the rules in use were checked: capping is from memory, the restriction from one
        source.
    """

    values: pd.DataFrame
    verified: str


def ecological_index(subindices: pd.DataFrame) -> EcologicalIndex:
    """Return the EI from its sub-indices.

    Parameters
    ----------
    subindices : pandas.DataFrame
        One county or city and year a row: ``biological_richness, vegetation_coverage,
        water_network_density, land_stress, pollution_load`` and, where the year saw events that
        restrict the grade, ``environment_restriction`` (2 or 3; missing is none).

    Returns
    -------
    EcologicalIndex
        Missing where a sub-index is.

    Raises
    ------
    InputError
        For missing columns, text, negative numbers and an unknown restriction.

    Notes
    -----
    HJ 192-2015, 5: ``EI = 0.35 richness + 0.25 vegetation + 0.15 water + 0.15 (100 − stress) +
    0.10 (100 − load)``, then lowered by the environment restriction (level 2: one grade; level 3:
    to fair at best). Sub-indices are not rounded first, as a published city shows. The official EI
    is the province's: this one checks it.
    """
    lines = select("ei_subindices")
    total = np.zeros(len(subindices))
    is_capped = np.zeros(len(subindices), dtype=bool)
    for line in lines:
        values = numbers(subindices, line["column"])
        is_capped |= values > rule("highest_subindex")
        capped = np.minimum(values, rule("highest_subindex"))
        good = HIGHEST_INDEX - capped if line["sense"] == "inverse" else capped
        total += float(line["weight"]) * good
    unrestricted = np.round(total, EXACT_DECIMALS)
    restricted, is_lowered = _restricted(unrestricted, subindices)
    used = [line["verified"] for line in lines]
    if is_capped.any():
        used.append(single("ei_rules", rule="highest_subindex")["verified"])
    if is_lowered:
        used += [line["verified"] for line in select("ei_restrictions")]
    ei = pd.Series(restricted, index=subindices.index)
    columns = {
        "ei": ei,
        "ei_unrestricted": unrestricted,
        "grade": ecological_grade(ei),
        "is_capped": is_capped,
    }
    return EcologicalIndex(
        values=pd.DataFrame(columns, index=subindices.index), verified=least_verified(used)
    )


def ecological_grade(ei: pd.Series[float]) -> pd.Series[Any]:
    """Return the grade of each EI.

    Parameters
    ----------
    ei : pandas.Series
        0 to 100.

    Returns
    -------
    pandas.Series
        Ordered categorical of ``ei_grades.csv``, best first: excellent 优 from 75, good 良 from 55,
        fair 一般 from 35, poor 较差 from 20, bad 差.

    Raises
    ------
    InputError
        For text and numbers outside 0 to 100.

    Notes
    -----
    HJ 192-2015, 5.
    """
    values = numbers(ei.to_frame("ei"), "ei", 0, HIGHEST_INDEX)
    return ordered(_grade_codes(values), keys("ei_grades", "grade"), ei.index)


def ecological_change(before: pd.Series[float], after: pd.Series[float]) -> pd.DataFrame:
    """Return how the EI changed between two years of one method.

    Parameters
    ----------
    before, after : pandas.Series
        EI on the same index.

    Returns
    -------
    pandas.DataFrame
        ``difference`` and ``change`` (ordered categorical of ``ei_changes.csv``, worst first); a
        difference below 1 is no clear change, from 1 slight, from 3 clear, from 8 marked.

    Raises
    ------
    InputError
        If the two are not of the same places.

    Notes
    -----
    HJ 192-2015, 5. How the wording goes where changes swing from year to year was not read.
    """
    if not before.index.equals(after.index):
        raise InputError(_("前后两年的 EI 应是同样的地区，顺序也相同。"))
    first = numbers(before.to_frame("ei"), "ei", 0, HIGHEST_INDEX)
    second = numbers(after.to_frame("ei"), "ei", 0, HIGHEST_INDEX)
    difference = np.round(second - first, EXACT_DECIMALS)
    codes = np.full(len(difference), -1)
    for code, line in enumerate(select("ei_changes")):
        size = np.abs(difference)
        is_size = (size >= float(line["size_from"])) & (size < _bound(line["size_below"]))
        sides = {"+": difference > 0, "-": difference < 0}
        codes[is_size & sides.get(line["sign"], is_size)] = code
    return pd.DataFrame(
        {
            "difference": difference,
            "change": ordered(codes, keys("ei_changes", "change"), before.index),
        },
        index=before.index,
    )


def clear_change_from() -> Decimal:
    """Return the change of the EI from which it counts as one: below, there is no clear change.

    Notes
    -----
    HJ 192-2015, 5.
    """
    return Decimal(single("ei_changes", sign="")["size_below"])


def _grade_codes(values: Floats) -> np.ndarray:
    codes = np.full(len(values), -1)
    for code, line in enumerate(select("ei_grades")):
        codes[(values >= float(line["from"] or 0)) & (values < _bound(line["below"]))] = code
    return codes


def _restricted(values: Floats, subindices: pd.DataFrame) -> tuple[Floats, bool]:
    lowered = values.copy()
    if RESTRICTION not in subindices.columns:
        return lowered, False
    levels = numbers(subindices, RESTRICTION)
    lines = select("ei_restrictions")
    known = {float(line["level"]) for line in lines}
    is_unknown = ~np.isnan(levels) & ~np.isin(levels, list(known))
    if is_unknown.any():
        raise InputError(
            _("环境限制指数 {value:g} 无效，应为 {known}；没有约束的请留空。").format(
                value=levels[is_unknown][0],
                known=", ".join(f"{level:g}" for level in sorted(known)),
            )
        )
    grades = np.array([*keys("ei_grades", "grade"), ""], dtype=object)[_grade_codes(values)]
    for line in lines:
        is_meant = (levels == float(line["level"])) & (grades == line["grade"])
        lowered[is_meant] = float(line["lowered_to"])
    return lowered, bool((~np.isnan(levels)).any())


def _bound(text: str) -> float:
    return float(text) if text else math.inf
