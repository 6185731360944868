"""How good the water of each river and lake was over the year, by its sections together."""

from __future__ import annotations

from typing import Final

import pandas as pd

from ecoreport.observe.water_sections import (
    WaterSections,
    judged_values,
)
from ecoreport.standards.water import BasinGrade, assessment_rule, basin_grade
from ecoreport.standards.water.words import BETWEEN, exceeded_in_words, name_of_column

WHOLE: Final = ""
"""River of the row that stands for all sections."""


def river_frames(found: WaterSections, year: int) -> dict[str, pd.DataFrame]:
    """Return ``water_river_year``: a row a river and lake, first one of all sections.

    All sections together have a grade only where they are enough for the method of shares: rivers
    and lakes have no common mean.

    Parameters
    ----------
    year : int
        Chooses how pH is averaged.

    Returns
    -------
    dict of pandas.DataFrame
        ``river, water_body, n_sections``, ``grade`` (key of ``water_grades.csv``), ``method``
        (``means`` or ``shares``), ``class`` (by means), ``percent_to_iii, percent_below_v``,
        ``main_indicators`` (in words), ``is_verified``.
    """
    years = found.years[found.years["is_counted"] & found.years["is_sufficient"]]
    if years.empty:
        return {}
    left_out = found.listed.drop_duplicates("section").set_index("section")["background"]
    rows = years.assign(background=years["section"].map(left_out))
    graded = [
        _graded(own, str(river), str(body), year)
        for (river, body), own in rows.groupby(["river", "water_body"], sort=False)
    ]
    if len(rows) >= assessment_rule("shares_from_sections").number:
        graded.insert(0, _graded(rows, WHOLE, "", year))
    return {"water_river_year": pd.DataFrame(graded)}


def _graded(rows: pd.DataFrame, river: str, body: str, year: int) -> dict[str, object]:
    values, bodies = judged_values(rows), rows["water_body"].astype("object")
    found = basin_grade(values, bodies, year)
    return {
        "river": river,
        "water_body": body,
        "n_sections": len(rows),
        "grade": found.grade,
        "method": found.method,
        "class": found.water_class,
        "percent_to_iii": found.shares.percent_to_iii,
        "percent_below_v": found.shares.percent_below_v,
        "main_indicators": _in_words(found),
        "is_verified": found.verified != "unverified",
    }


def _in_words(found: BasinGrade) -> str:
    """Return the main indicators: with their multiples, or with the share of sections beyond."""
    if found.method == "means":
        return exceeded_in_words(found.main_indicators)
    return BETWEEN.join(
        f"{name_of_column(column)}({share:.1f}%)"
        for column, share in zip(
            found.main_indicators["column"], found.main_indicators["share"], strict=True
        )
    )
