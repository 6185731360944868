"""Lakes as a whole: means of their points by month and over the year, trophic state, classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

import numpy as np
import pandas as pd

from ecoreport.config.models import Commitment, Indicator
from ecoreport.config.vocabulary import Kind
from ecoreport.message import N_, message
from ecoreport.numbers import plain_decimal
from ecoreport.observe.computed import Computed, exact_text, observation_of, sources_of
from ecoreport.observe.observation import Observation
from ecoreport.observe.registry import Inputs, statistic
from ecoreport.observe.water_sections import WaterSections, water_sections
from ecoreport.standards.rounding import exact_mean, round_half_even
from ecoreport.standards.tables import select
from ecoreport.standards.water import (
    class_limit,
    item_classes,
    nitrogen_class,
    period_means,
    trophic_index,
)
from ecoreport.standards.water.readings import column_of

LAKE: Final = "lake"
TROPHIC: Final = {
    "chlorophyll_a_mg_m3": "chl_a_mg_l",
    "tp_mg_l": "tp_mg_l",
    "tn_mg_l": "tn_mg_l",
    "transparency_m": "sd_m",
    "codmn_mg_l": "codmn_mg_l",
}
"""Columns of the index, and what they are called in the frames kept."""
JUDGED: Final = ("codmn_mg_l", "nh3n_mg_l", "tp_mg_l", "tn_mg_l")
MG_M3_A_MG_L: Final = 1000
SPARE_DECIMALS: Final = 1
"""Decimals beside those of assessed values: a class rests on what is not rounded."""
MEAN = N_("各点位年均值（各月均值的算术平均）的算术平均：先时间、后空间")


@statistic("water_lake_mean")
def lake_mean(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Measure the mean of an item over the points of a lake and the months of the year.

    The argument names lake and column: ``太湖:tp_mg_l``.
    """
    lake, _colon, column = indicator.argument.partition(":")
    found = water_sections(inputs)
    points = _points(found, lake) if found else None
    if found is None or points is None or column not in points or points[column].isna().all():
        return []
    measured = points[points[column].notna()]
    mean = exact_mean(measured[column])
    decimals = _decimals(column)
    is_whole = bool(points["is_sufficient"].all()) and not inputs.period.is_partial
    computed = Computed(
        value=plain_decimal(round_half_even(mean, decimals), decimals),
        unrounded=exact_text(mean),
        formula=message(MEAN),
        substituted=" + ".join(f"{value:g}" for value in measured[column]) + f" ÷ {len(measured)}",
        n_used=len(measured),
        n_expected=len(points),
        reason="" if is_whole and len(measured) == len(points) else "too_few_months",
        is_verified=False,
        notes=(
            message(N_("点位：{names}"), names=tuple(measured["name"])),
            message(N_("先按时间、后按空间平均的顺序未见原文、未经核实")),
        ),
    )
    sources = sources_of(inputs, found.datasets)
    return [observation_of(indicator, inputs, computed, found.maturity, sources)]


def lake_frames(
    found: WaterSections, commitments: Iterable[Commitment], year: int
) -> dict[str, pd.DataFrame]:
    """Return what is kept of lakes: ``water_lake_month`` and ``water_lake_year``.

    Parameters
    ----------
    commitments : iterable of Commitment
        Those of class limits say which class is asked of which parameter of which lake.
    year : int
        Chooses how pH is averaged.

    Returns
    -------
    dict of pandas.DataFrame
        Of months: ``lake, month, n_points``, the items of the index, ``nh3n_mg_l``, ``tli``,
        ``state``. Of the year: the same means, and for each of `JUDGED` its ``…_class`` by the
        limits of lakes, the ``…_target_class`` and ``…_limit`` that a plan asks.
    """
    asked = _asked(commitments)
    months = lake_months(found.months, found.years)
    if months.empty:
        return {}
    by_month = _means(months, ["river", "month"], year)
    by_point = _means(months, ["river", "section"], year)
    by_lake = _means(by_point.reset_index(), ["river"], year)
    n_months = months.groupby("river")["month"].nunique()
    return {
        "water_lake_month": _with_state(by_month).reset_index().rename(columns={"river": "lake"}),
        "water_lake_year": _with_classes(_with_state(by_lake), asked)
        .assign(n_months=n_months)
        .reset_index()
        .rename(columns={"river": "lake"}),
    }


def lake_months(months: pd.DataFrame, years: pd.DataFrame) -> pd.DataFrame:
    """Return the measured months of the counted sections that lie in lakes."""
    counted = years[years["is_counted"]]
    lakes = set(counted.loc[counted["water_body"] == LAKE, "river"])
    is_own = months["river"].isin(lakes) & months["section"].isin(counted["section"])
    return months[is_own & months["class"].notna()]


def _points(found: WaterSections, lake: str) -> pd.DataFrame | None:
    """Return the counted sections of a water where any is of a lake."""
    own = found.years[(found.years["river"] == lake) & found.years["is_counted"]]
    return own if (own["water_body"] == LAKE).any() else None


def _decimals(column: str) -> int:
    lines = select("surface_water_decimals", column=column)
    return int(lines[0]["decimals"]) + SPARE_DECIMALS


def _means(rows: pd.DataFrame, by: list[str], year: int) -> pd.DataFrame:
    wanted = [*TROPHIC, *JUDGED]
    columns = list(dict.fromkeys(name for name in wanted if name in rows.columns))
    means = period_means(rows[[*by, *columns]], by, year)[columns]
    return means.assign(n_points=rows.groupby(by).size())


def _with_state(means: pd.DataFrame) -> pd.DataFrame:
    """Add index and state where all its five items were measured; a zero is no reading of them."""
    items = means.reindex(columns=list(TROPHIC))
    index = trophic_index(items.where(items > 0))
    shown = items.rename(columns=TROPHIC)
    shown["chl_a_mg_l"] = shown["chl_a_mg_l"] / MG_M3_A_MG_L
    state = index["trophic_state"].astype("object")
    return shown.assign(
        nh3n_mg_l=means.get("nh3n_mg_l", np.nan),
        n_points=means["n_points"],
        tli=index["tli"],
        state=state.where(state.notna(), None).astype("str"),
    )


def _with_classes(
    means: pd.DataFrame, asked: Mapping[tuple[str, str], tuple[str, Decimal]]
) -> pd.DataFrame:
    classes = item_classes(means[["codmn_mg_l", "nh3n_mg_l", "tp_mg_l"]], LAKE)
    classes["tn_mg_l"] = nitrogen_class(means, LAKE)
    for column in JUDGED:
        name = column.removesuffix("_mg_l")
        texts = classes[column].astype("object")
        means[f"{name}_class"] = texts.where(texts.notna(), None).astype("str")
        targets = [asked.get((str(lake), column)) for lake in means.index]
        means[f"{name}_target_class"] = pd.Series(
            [one[0] if one else None for one in targets], means.index, "str"
        )
        means[f"{name}_limit"] = pd.Series(
            [float(one[1]) if one else np.nan for one in targets], means.index, "float64"
        )
    return means


def _asked(commitments: Iterable[Commitment]) -> dict[tuple[str, str], tuple[str, Decimal]]:
    """Return the class asked, and its limit in lakes, by lake and column."""
    classes = [line["class"] for line in select("water_classes")]
    asked = {}
    for one in commitments:
        if one.kind is Kind.CLASS_LIMIT and one.value is not None:
            name = classes[int(one.value) - 1]
            limit = class_limit(one.parameter, name, LAKE).highest
            if limit is not None:
                exact = plain_decimal(float(limit))
                asked[one.water_body, column_of(one.parameter)] = (name, exact)
    return asked
