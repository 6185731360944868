"""What would have to improve: sections and lakes that miss their class, and by how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pandas as pd

from ecoreport.facts import Fact
from ecoreport.observe.period import Period
from ecoreport.observe.water_lakes import JUDGED, LAKE, lake_months
from ecoreport.observe.water_sections import MONTHS_A_YEAR
from ecoreport.project import Pair
from ecoreport.standards.tables import select
from ecoreport.standards.water import class_limit, limit_margin, target_margins
from ecoreport.standards.water.limits import section_columns
from ecoreport.standards.water.margins import Margin
from ecoreport.standards.water.readings import parameter_of
from ecoreport.standards.water.words import BETWEEN

PREFIX: Final = "water"
COUNTS: Final = "count/water/improve"
MONTHS, YEARS, LAKES = "water_section_month", "water_section_year", "water_lake_year"

Frames = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Improvement:
    """One item of a section or lake that lies beyond the limit of the class asked of it."""

    place: str
    """Code of the section; of a lake as a whole its name."""
    name: str
    river: str
    target_class: str
    margin: Margin
    is_sufficient: bool
    """Whether the months that the year needs are there, or may still come."""
    is_lake: bool = False

    @property
    def fact(self) -> str:
        """Middle of the names of its facts: ``32050001/tp_mg_l``."""
        return f"{self.place}/{self.margin.column}"


def improvements(frames: Frames, period: Period) -> list[Improvement]:
    """Return what misses its class: sections in river order, then parameters of lakes.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
        What was kept for charts of the year.
    period : Period
        Its months that have ended are over; the others of the year are left. Where a list plans
        fewer samplings, those that it still plans.
    """
    if MONTHS not in frames or YEARS not in frames:
        return []
    return [*_sections(frames, period), *_lakes(frames, period)]


def months_left(planned: int, period: Period) -> int:
    """Return how many of the samplings planned in a year are still to come."""
    return planned - planned * period.n_whole_months // MONTHS_A_YEAR


def _sections(frames: Frames, period: Period) -> Iterator[Improvement]:
    months = frames[MONTHS]
    months = months[months["class"].notna()]
    columns = {line["name_zh"]: line["column"] for line in select("water_items")}
    by_section = dict(tuple(months.groupby("section")))
    for row in frames[YEARS].to_dict("records"):
        own = by_section.get(row["section"])
        if own is None or not row["is_counted"] or pd.isna(row["target_class"]):
            continue
        removed = [columns[name] for name in str(row["background"]).split(BETWEEN) if name]
        values = own.drop(columns=[name for name in removed if name in own])
        if not any(name in values for name in section_columns()):
            continue
        n_left = months_left(int(row["months_planned"]), period)
        target = str(row["target_class"])
        for margin in target_margins(values, row["water_body"], target, period.year, n_left):
            yield Improvement(
                place=str(row["section"]),
                name=str(row["name"]),
                river=str(row["river"]),
                target_class=target,
                margin=margin,
                is_sufficient=bool(row["is_sufficient"]),
            )


def _lakes(frames: Frames, period: Period) -> Iterator[Improvement]:
    if LAKES not in frames:
        return
    months = lake_months(frames[MONTHS], frames[YEARS])
    for row in frames[LAKES].to_dict("records"):
        own = months[months["river"] == row["lake"]]
        for column in JUDGED:
            target = row[f"{column.removesuffix('_mg_l')}_target_class"]
            if column not in own or pd.isna(target):
                continue
            margin = limit_margin(
                [values.dropna() for _point, values in own.groupby("section")[column]],
                column,
                class_limit(parameter_of(column), str(target), LAKE),
                period.year,
                months_left(MONTHS_A_YEAR, period),
            )
            if margin is not None:
                lake = str(row["lake"])
                yield Improvement(lake, lake, lake, str(target), margin, True, is_lake=True)


def improvement_facts(pair: Pair, frames: Frames, period: Period) -> list[Fact]:
    """Return what would have to improve, e.g. ``wuxi/2018/water/required/S1/tp_mg_l``.

    Of every item ``…/required/<place>/<column>`` while the year goes on, ``…/shortfall/…`` and
    ``…/fall/…`` (percent) once it is over. Counts of sections: ``count/water/improve/missed``,
    ``possible``, ``impossible``, ``lakes`` (parameters).
    """
    found = improvements(frames, period)
    facts = [
        Fact(id=f"{pair}/{PREFIX}/{name}/{one.fact}", value=value, unit=unit)
        for one in found
        for name, value, unit in _numbers(one.margin)
        if value is not None
    ]
    sections: dict[str, list[Margin]] = {}
    for one in found:
        if not one.is_lake:
            sections.setdefault(one.place, []).append(one.margin)
    states = Counter(_state(margins) for margins in sections.values())
    counts = {
        "missed": len(sections),
        "lakes": sum(one.is_lake for one in found),
        **{name: states[name] for name in ("possible", "impossible")},
    }
    return facts + [
        Fact(id=f"{pair}/{COUNTS}/{name}", value=Decimal(n)) for name, n in counts.items()
    ]


def _numbers(margin: Margin) -> list[tuple[str, Decimal | None, str]]:
    if margin.n_left:
        return [("required", margin.stated, margin.unit)]
    return [
        ("shortfall", margin.shortfall, margin.unit),
        ("fall", margin.fall_percent, "%"),
    ]


def _state(margins: list[Margin]) -> str:
    """Return whether a section can still reach its class: with all its items, or not."""
    if any(one.is_impossible for one in margins):
        return "impossible"
    return "possible" if all(one.stated is not None for one in margins) else "open"
