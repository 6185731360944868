"""What the chapter on surface water counts: sections, months, items, lakes and sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

import pandas as pd

from ecoreport.facts import Fact
from ecoreport.numbers import plain_decimal
from ecoreport.observe.black_odour_points import graded_waters
from ecoreport.observe.observation import Observation
from ecoreport.observe.period import Period
from ecoreport.observe.water_lakes import JUDGED
from ecoreport.project import Pair
from ecoreport.standards.rounding import round_half_even
from ecoreport.standards.tables import select, single
from ecoreport.standards.water import exceedances, index_decimals
from ecoreport.standards.water.words import BETWEEN
from ecoreport.water_improvement import improvement_facts

GOOD: Final = frozenset({"I", "II", "III"})
BELOW_V: Final = "below_V"
PREFIX: Final = "count/water"
TROPHIC: Final = "water/trophic"
NOT_EUTROPHIC: Final = frozenset({"oligotrophic", "mesotrophic"})
COUNTED_FROM_SECTIONS: Final = frozenset(
    {"water_class_share", "water_class_count", "water_sections_on_target"}
)
"""Statistics: the same indicators may also have a figure that a department reports."""

Frames = Mapping[str, pd.DataFrame]


def water_facts(
    pair: Pair, period: Period, observations: Sequence[Observation], frames: Frames
) -> list[Fact]:
    """Return what is counted of water, e.g. ``wuxi/2018/count/water/months/good``.

    Of every section indicator ``…/<indicator>/counted`` and ``…/used``; ``…/sections/total``,
    ``always_good``; ``…/months/total``, ``beyond``, ``below_V``, ``exceeded/<item>``;
    ``…/lakes/total``, ``within``; ``…/sources/total``, ``attaining``, ``exceeded``;
    ``…/black_odour/total``, ``removed``, ``monitored`` (and graded), ``clear``,
    ``ungraded``;
    ``…/sewage_plants/total``, ``full`` (above capacity); ``…/village_water/total``, ``attaining``.
    ``…/water/trophic/<lake>/total`` (months with an index), ``eutrophic``, ``highest`` (the
    index), and over all lakes ``lakes``, ``total``, ``eutrophic``.
    What would have to improve: `improvement_facts`.

    Parameters
    ----------
    observations : sequence of Observation
        Of the district.
    frames : mapping of str to pandas.DataFrame
        What was kept for charts of the year.
    """
    counts: dict[str, int] = {}
    for one in section_observations(observations, period.label):
        counts[f"{one.indicator}/counted"] = one.trace.n_counted or 0
        counts[f"{one.indicator}/used"] = one.trace.n_used
    if "water_section_month" in frames:
        counts |= _of_sections(frames)
    if "water_lake_year" in frames:
        limits = lake_limits(frames["water_lake_year"])
        counts["lakes/total"] = len(limits)
        counts["lakes/within"] = int(limits["is_within"].sum())
    if "black_odour" in frames:
        counts["black_odour/total"] = len(frames["black_odour"])
        counts["black_odour/removed"] = int(frames["black_odour"]["is_removed"].sum())
    if "black_odour_monitored" in frames:
        waters = frames["black_odour_monitored"]
        levels = graded_waters(waters)["level"]
        counts["black_odour/monitored"] = len(levels)
        counts["black_odour/clear"] = int((levels == "none").sum())
        counts["black_odour/ungraded"] = len(waters) - len(levels)
    if "sewage_plants" in frames:
        counts["sewage_plants/total"] = len(frames["sewage_plants"])
        counts["sewage_plants/full"] = int((frames["sewage_plants"]["load"] > _full()).sum())
    if "village_water" in frames:
        attains = frames["village_water"]["attains"].dropna()
        counts["village_water/total"] = len(attains)
        counts["village_water/attaining"] = int(attains.sum())
    if "drinking_month" in frames:
        counts |= _of_sources(frames["drinking_month"])
    return [
        *(
            Fact(id=f"{pair}/{PREFIX}/{name}", value=Decimal(count))
            for name, count in counts.items()
        ),
        *_trophic_facts(pair, frames),
        *improvement_facts(pair, frames, period),
    ]


def _full() -> float:
    return float(single("sewage_rules", rule="load_full_above")["value"])


def section_observations(observations: Sequence[Observation], period: str) -> list[Observation]:
    """Return the values of a period that were counted from sections, not reported as a figure."""
    return [
        one
        for one in observations
        if one.period == period and one.id.rpartition("/")[2] in COUNTED_FROM_SECTIONS
    ]


def _of_sections(frames: Frames) -> dict[str, int]:
    months = frames["water_section_month"]
    months = months[months["class"].notna()]
    is_good = months["class"].isin(GOOD)
    always = is_good.groupby(months["section"]).all()
    exceeded = exceeded_items(frames)
    return {
        "sections/total": len(always),
        "sections/always_good": int(always.sum()),
        "months/total": len(months),
        "months/beyond": int((~is_good).sum()),
        "months/below_V": int((months["class"] == BELOW_V).sum()),
        **{
            f"months/exceeded/{column}": int(n)
            for column, n in exceeded["column"].value_counts().items()
        },
    }


def _trophic_facts(pair: Pair, frames: Frames) -> list[Fact]:
    if "water_lake_month" not in frames:
        return []
    months = frames["water_lake_month"]
    known = months[months["tli"].notna()]
    is_eutrophic = ~known["state"].isin(NOT_EUTROPHIC)
    numbers = {
        "lakes": Decimal(months["lake"].nunique()),
        "total": Decimal(len(known)),
        "eutrophic": Decimal(int(is_eutrophic.sum())),
    }
    for lake in months["lake"].unique():
        own = known["lake"] == lake
        numbers[f"{lake}/total"] = Decimal(int(own.sum()))
        numbers[f"{lake}/eutrophic"] = Decimal(int((own & is_eutrophic).sum()))
        if own.any():
            highest = float(known.loc[own, "tli"].max())
            decimals = index_decimals(highest)
            told = plain_decimal(round_half_even(highest, decimals), decimals)
            numbers[f"{lake}/highest"] = told
    return [Fact(id=f"{pair}/{TROPHIC}/{name}", value=value) for name, value in numbers.items()]


def _of_sources(months: pd.DataFrame) -> dict[str, int]:
    known = months[months["attains"].notna()]
    attains = known["attains"].astype(bool)
    return {
        "sources/total": known["source"].nunique(),
        "sources/attaining": int(attains.groupby(known["source"]).all().sum()),
        "sources/exceeded": int((~attains).sum()),
    }


def exceeded_items(frames: Frames) -> pd.DataFrame:
    """Return the items beyond class III by section and month; background items are left out.

    Returns
    -------
    pandas.DataFrame
        ``section, month, column, multiple``.
    """
    months = frames["water_section_month"].reset_index(drop=True)
    years = frames["water_section_year"].set_index("section")
    columns = {line["name_zh"]: line["column"] for line in select("water_items")}
    readings = months.copy()
    for section, names in years.loc[years["background"] != "", "background"].items():
        left_out = [columns[name] for name in str(names).split(BETWEEN)]
        readings.loc[readings["section"] == section, readings.columns.intersection(left_out)] = None
    found = exceedances(readings, readings["water_body"].astype("object"))
    where = months.loc[found.index, ["section", "month"]]
    return where.assign(column=found["column"].array, multiple=found["multiple"].array)


def lake_limits(years: pd.DataFrame) -> pd.DataFrame:
    """Return one row a lake and parameter of which a plan asks a class.

    Returns
    -------
    pandas.DataFrame
        ``lake, column, value, limit`` (same unit), ``target_class``, ``is_within`` (equality
        meets, unrounded).
    """
    parts = []
    for column in JUDGED:
        name = column.removesuffix("_mg_l")
        if column in years:
            part = years[["lake", column, f"{name}_limit", f"{name}_target_class"]]
            part = part.set_axis(["lake", "value", "limit", "target_class"], axis="columns")
            parts.append(part.assign(column=column))
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["limit"])
    asked = found[found["limit"].notna()].dropna(subset=["value"])
    return asked.assign(is_within=asked["value"] <= asked["limit"]).reset_index(drop=True)
