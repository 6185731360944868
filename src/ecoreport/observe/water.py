"""Observations of surface water: shares of classes, counts, targets of sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Final, cast

import pandas as pd

from ecoreport.config.models import Indicator
from ecoreport.message import N_, Message, message
from ecoreport.observe.computed import (
    Computed,
    counted,
    counted_percent,
    observation_of,
    shortened,
    sources_of,
)
from ecoreport.observe.observation import Observation
from ecoreport.observe.registry import Inputs, statistic
from ecoreport.observe.water_sections import LIST, WaterSections, water_sections
from ecoreport.project import Pair
from ecoreport.standards.tables import select
from ecoreport.standards.water import assessment_rule, class_limit
from ecoreport.standards.water.limits import section_columns
from ecoreport.standards.water.words import BETWEEN

LEVELS: Final = {
    "all": ("national", "provincial", "city"),
    "national": ("national",),
    "provincial_and_above": ("national", "provincial"),
}
"""Which sections of the list count, by the word of an argument."""
BELOW_V: Final = "below_V"
NAMES_MAX: Final = 8
SHARE_UP_TO = N_("达到或优于{symbol}类的断面数 ÷ 参评断面数 × 100；断面类别按各月均值的年均值")
SHARE_BELOW_V = N_("劣Ⅴ类断面数 ÷ 参评断面数 × 100；断面类别按各月均值的年均值")
COUNT_UP_TO = N_("达到或优于{symbol}类的断面数；断面类别按各月均值的年均值")
COUNT_BELOW_V = N_("劣Ⅴ类断面数；断面类别按各月均值的年均值")
ON_TARGET = N_("年均值类别不劣于年度目标类别的断面数")
MONTH_SHARE = N_("当月断面数之比 × 100；断面类别按当月均值")

Counts = Callable[[pd.DataFrame], "pd.Series[bool]"]
"""Which rows of sections, each with a class, are counted."""


@statistic("water_class_share")
def class_share(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Measure the share of sections of a class or better, or below V, of those assessed.

    The argument names which sections and which class: ``all:III``, ``national:below_V``. Of the
    period and its months, and of the period for each district below that the list names.
    """
    level, _colon, water_class = indicator.argument.partition(":")
    return _observed(indicator, inputs, level, water_class, is_share=True)


@statistic("water_class_count")
def class_count(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Count the sections of a class or better, or below V; the argument as of the share."""
    level, _colon, water_class = indicator.argument.partition(":")
    return _observed(indicator, inputs, level, water_class, is_share=False)


@statistic("water_sections_on_target")
def sections_on_target(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Count the sections whose class over the year is their own target's or better.

    A section without a target in the list is named and counts as one that was not assessed.
    """
    found = water_sections(inputs)
    if found is None:
        return []
    observations = []
    for scope in _scopes(inputs, found, LEVELS[indicator.argument]):
        own = scope.sections
        assessed = own[own["is_sufficient"] & own["attains"].notna()]
        n_kept = int(assessed["attains"].sum())
        computed = replace(
            counted(n_kept, len(assessed), message(ON_TARGET)),
            n_expected=len(own),
            reason=_reason(inputs, len(assessed), len(own)),
            notes=(*scope.notes, *_without_target(own)),
            edition=_edition(),
            clause=_clause(),
        )
        observations.append(_observation(indicator, scope.inputs, found, computed))
    return observations


def _observed(
    indicator: Indicator, inputs: Inputs, level: str, water_class: str, *, is_share: bool
) -> list[Observation]:
    found = water_sections(inputs)
    if found is None:
        return []
    is_counted = _counts(water_class)
    observations = []
    for scope in _scopes(inputs, found, LEVELS[level]):
        own = scope.sections
        assessed = own[own["is_sufficient"]]
        formula = _formula(water_class, is_share=is_share)
        one = _computed(indicator, assessed, len(own), is_counted, formula, is_share=is_share)
        if one is None:
            continue
        whole = replace(
            one,
            reason=_reason(inputs, one.n_used, len(own)),
            notes=scope.notes,
        )
        observations.append(_observation(indicator, scope.inputs, found, whole))
        for month, rows in scope.months if scope.inputs is inputs else ():
            part = _computed(
                indicator, rows, len(own), is_counted, message(MONTH_SHARE), is_share=is_share
            )
            if part is not None and is_share:
                period = f"{inputs.period.year}-{month:02d}"
                reason = "" if part.n_used == len(own) else "too_few_sections"
                part = replace(part, period=period, reason=reason)
                observations.append(_observation(indicator, scope.inputs, found, part))
    return observations


def _computed(
    indicator: Indicator,
    assessed: pd.DataFrame,
    n_listed: int,
    is_counted: Counts,
    formula: Message,
    *,
    is_share: bool,
) -> Computed | None:
    n_used = len(assessed)
    if not n_used:
        return None
    n_counted = int(is_counted(assessed).sum())
    computed = (
        counted_percent(n_counted, n_used, formula, indicator.decimals)
        if is_share
        else counted(n_counted, n_used, formula)
    )
    return replace(computed, n_expected=n_listed, edition=_edition(), clause=_clause())


@dataclass(frozen=True)
class Scope:
    """The counted sections of a district, with what several statistics tell of them."""

    inputs: Inputs
    found: WaterSections
    sections: pd.DataFrame

    @cached_property
    def notes(self) -> tuple[Message, ...]:
        """What was left out, and what is not certain."""
        return _notes(self.found, self.sections)

    @cached_property
    def months(self) -> list[tuple[int, pd.DataFrame]]:
        """The sections that have a class in each month."""
        months = self.found.months
        is_own = months["section"].isin(self.sections["section"]) & months["class"].notna()
        return [(int(str(month)), rows) for month, rows in months[is_own].groupby("month")]


def _scopes(inputs: Inputs, found: WaterSections, levels: Sequence[str]) -> list[Scope]:
    """Return the counted sections of the district, then of each district below it that has any.

    Sorted out once for all statistics of the same levels.
    """
    place = f"{LIST}/{levels}"
    if place not in inputs.computed:
        own = found.years[found.years["is_counted"] & found.years["level"].isin(levels)]
        below = [
            Scope(replace(inputs, pair=Pair(str(county), inputs.pair.year)), found, sections)
            for county, sections in own.groupby("county")
            if county != inputs.pair.district
        ]
        inputs.computed[place] = [Scope(inputs, found, own), *below] if len(own) else []
    return cast("list[Scope]", inputs.computed[place])


def _counts(water_class: str) -> Counts:
    """Return what counts rows of a class or better; of ``below_V``, rows of that class."""
    names = [line["class"] for line in select("water_classes")]
    counted = [BELOW_V] if water_class == BELOW_V else names[: names.index(water_class) + 1]
    return lambda rows: rows["class"].isin(counted)


def _formula(water_class: str, *, is_share: bool) -> Message:
    if water_class == BELOW_V:
        return message(SHARE_BELOW_V if is_share else COUNT_BELOW_V)
    symbol = next(line["symbol"] for line in select("water_classes", **{"class": water_class}))
    return message(SHARE_UP_TO if is_share else COUNT_UP_TO, symbol=symbol)


@cache
def _edition() -> str:
    """Return the edition that gives the class of a section."""
    return class_limit("TP", "III", "river").edition


@cache
def _clause() -> str:
    """Return what says how a section is assessed."""
    rule = assessment_rule("main_indicator_class")
    return f"{class_limit('TP', 'III', 'river').clause} {rule.edition}"


def _reason(inputs: Inputs, n_assessed: int, n_listed: int) -> str:
    """Return why a value of the year is for reference: the year goes on, or sections lack."""
    if inputs.period.is_partial:
        return "too_few_months"
    return "" if n_assessed == n_listed else "too_few_sections"


def _notes(found: WaterSections, own: pd.DataFrame) -> tuple[Message, ...]:
    """Say what was left out, what rests on few months or items, and which rules are unverified."""
    listed = found.listed
    notes = [
        _named(text, listed[listed["status"] == status]["name"])
        for status, text in (
            ("dry", N_("清单注明断流、不参评的断面：{names}")),
            ("stopped", N_("清单注明停测、不参评的断面：{names}")),
        )
    ]
    short = own[~own["is_sufficient"]]
    notes.append(_named(N_("有效月份不足、不计入的断面：{names}"), short["name"]))
    removed = own[own["background"] != ""]
    notes.append(
        _named(
            N_("按依据扣除本底值的断面和项目：{names}"),
            removed["name"] + "（" + removed["background"] + "）",
        )
    )
    if found.unlisted:
        text = N_("有监测数据而不在清单中、不参评的断面：{names}")
        notes.append(message(text, names=found.unlisted))
    notes += [*_missing_notes(own), *_readings_notes(found, own)]
    rule = assessment_rule("months_in_year_at_least")
    if rule.verified == "unverified":
        text = N_("一年至少{n}个月、断流和停测断面不参评：规则未见原文、未经核实")
        notes.append(message(text, n=rule.value))
    return tuple(one for one in notes if one is not None)


def _missing_notes(own: pd.DataFrame) -> list[Message]:
    """Name the items that assessed sections lack, by the items: a class of few may be too good."""
    few = own[own["is_sufficient"] & (own["missing_items"] != "")]
    text = N_("{n}个断面参评项目不足{items}项、类别可能偏好：{names}；没有监测值的{m}项：{missing}")
    found = []
    for items, rows in few.groupby("missing_items", sort=False)["name"]:
        missing = str(items).split(BETWEEN)
        found.append(
            message(
                text,
                n=len(rows),
                items=len(section_columns()),
                names=shortened(rows, NAMES_MAX),
                m=len(missing),
                missing=shortened(missing, NAMES_MAX),
            )
        )
    return found


def _readings_notes(found: WaterSections, own: pd.DataFrame) -> list[Message | None]:
    """Say where readings of automatic stations stand, and where a method cannot tell the target."""
    of_station = own[own["n_months_automatic"] > 0]
    short = found.short[found.short["section"].isin(own["section"])]
    blind = own[own["unresolved_items"] != ""]
    least = assessment_rule("automatic_days_in_month_at_least").value
    few = N_("自动站有数据不足{n}天、不代表当月的断面月次：{names}（天数是本项目的设定，未经核实）")
    names = short["name"].astype("str") + " " + short["month"].astype("str").str.zfill(2)
    return [
        _named(
            N_("有月份用自动站各次监测均值的断面：{names}"),
            of_station["name"] + "（" + of_station["n_months_automatic"].astype("str") + "）",
        ),
        message(few, n=least, names=shortened(names, NAMES_MAX)) if len(short) else None,
        _named(
            N_("有项目的检出限高于目标类别的限值、是否达到由方法决定的断面：{names}"),
            blind["name"] + "（" + blind["unresolved_items"] + "）",
        ),
    ]


def _named(text: str, names: pd.Series[str]) -> Message | None:
    return message(text, names=tuple(names)) if len(names) else None


def _without_target(own: pd.DataFrame) -> tuple[Message, ...]:
    note = _named(N_("清单没有年度目标的断面：{names}"), own[own["target_class"].isna()]["name"])
    return (note,) if note else ()


def _observation(
    indicator: Indicator, inputs: Inputs, found: WaterSections, computed: Computed
) -> Observation:
    return observation_of(
        indicator, inputs, computed, found.maturity, sources_of(inputs, found.datasets)
    )
