"""Items of water by their names, as tables and texts list them."""

from __future__ import annotations

import math
from functools import cache
from typing import Final, Literal

import pandas as pd

from ecoreport.standards.tables import select

BETWEEN: Final = "、"


def name_of_column(column: str) -> str:
    """Return what the item of a column is called."""
    return _names("column")[column]


def name_of(parameter: str) -> str:
    """Return what an item is called."""
    return _names("parameter")[parameter]


def exceeded_in_words(found: pd.DataFrame) -> str:
    """Return items beyond their limits with their multiples: 锰(0.3)、氨氮(<0.1).

    Parameters
    ----------
    found : pandas.DataFrame
        ``column`` and ``multiple``, rounded to one decimal: what is beyond its limit is not told
        as nought times beyond.
    """
    return BETWEEN.join(
        name_of_column(column) + _multiple_in_words(multiple)
        for column, multiple in zip(found["column"], found["multiple"], strict=True)
    )


def _multiple_in_words(multiple: float) -> str:
    if math.isnan(multiple):
        return ""
    return f"({multiple:.1f})" if multiple else "(<0.1)"


@cache
def _names(key: Literal["column", "parameter"]) -> dict[str, str]:
    return {line[key]: line["name_zh"] for line in reversed(select("water_items"))}
