"""What the chapter on surface water says of black-odorous waters, sewage and discharges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pandas as pd
from markupsafe import Markup, escape

from ecoreport.area_facts import figure_state
from ecoreport.assess.judgement import Judgement
from ecoreport.comparison.ranks import Direction
from ecoreport.config.models import Commitment, Indicator
from ecoreport.config.vocabulary import Kind
from ecoreport.facts import Fact
from ecoreport.findings import area as area_findings
from ecoreport.findings import area_values
from ecoreport.findings.air_years import yearly
from ecoreport.findings.area import Chapter
from ecoreport.findings.area_values import YearSeries
from ecoreport.findings.wording import dated
from ecoreport.i18n import _
from ecoreport.labels import judgement_label, localized
from ecoreport.message import N_
from ecoreport.narrative import joined, number, quantity, sentence
from ecoreport.observe.observation import Observation
from ecoreport.report import Report
from ecoreport.water_facts import PREFIX

SEWAGE: Final = (
    "water.city_sewage_treatment_rate",
    "water.sewage_treatment_rate",
    "water.rural_sewage_treatment_rate",
)
DISCHARGES: Final = (
    "water.cod_emissions",
    "water.ammonia_emissions",
    "water.total_nitrogen_discharge",
    "water.total_phosphorus_discharge",
    "water.taihu_basin_tn_emission",
    "water.taihu_basin_tp_emission",
)
NAMES_MAX = 3
LEAST_SHARE: Final = 3
"""One figure in so many must have a value for all of them to be drawn."""


@dataclass(frozen=True)
class Rates:
    """One indicator over the years, and what is asked of it this year."""

    indicator: Indicator
    values: tuple[Observation, ...]
    """Whole years in order, of one nature."""
    judgement: Judgement | None
    verdict: str
    """The judgement's word; empty without one."""
    base: Observation | None = None
    """What a cut is held against."""
    deadline: int | None = None
    """Year in which the target falls due."""
    fuzzy: str = ""
    """Word that blurs the target."""

    @property
    def now(self) -> Observation:
        """The newest value."""
        return self.values[-1]


def has_enough_figures(chapter: Chapter) -> bool:
    """Whether a third of the figures or more have a value: a chart of gaps tells nothing."""
    asked = area_findings.figures(chapter)
    known = [one for one in asked if chapter.judgement(one).value is not None]
    return bool(known) and len(known) * LEAST_SHARE >= len(asked)


def black_odour(report: Report) -> pd.DataFrame:
    """Return the black-odorous waters of the year's list; empty without one."""
    found = report.frame("black_odour")
    return pd.DataFrame() if found is None else found


def black_odour_heading(report: Report) -> Markup:
    """Say how many of the waters were found to be black-odorous no more, and name the others."""
    total, removed = _count(report, "total"), _count(report, "removed")
    assert total is not None  # noqa: S101 - the chapter asks first
    if removed is None:
        return dated(report, sentence(N_("{total}条黑臭水体均未认定消除"), total=number(total)))
    if removed.value == total.value:
        return dated(report, sentence(N_("{total}条黑臭水体均已认定消除"), total=number(total)))
    text = N_("{total}条黑臭水体中{n}条已认定消除")
    said = sentence(text, total=number(total), n=number(removed))
    bodies = black_odour(report)
    others = list(bodies.loc[~bodies["is_removed"], "body"])
    if len(others) <= NAMES_MAX:
        said += sentence(N_("，尚未消除的是{names}"), names=joined(others))
    return dated(report, said)


def sewage(chapter: Chapter) -> list[Rates]:
    """Return the rates of treatment that have a value; 城市, 城镇 and 农村 each by itself."""
    found = (_rates(chapter, name, {Kind.LEVEL}) for name in SEWAGE)
    return [one for one in found if one is not None]


def sewage_heading(chapter: Chapter) -> Markup:
    """Say each rate of the newest year and whether it reaches its target."""
    said = []
    for one in sewage(chapter):
        text = N_("{name}{value}（{verdict}）") if one.verdict else N_("{name}{value}")
        if one.now.year != chapter.report.year:
            text = N_("{name}{year}年为{value}，本年没有数值")
        said.append(
            sentence(
                text,
                name=localized(one.indicator),
                value=quantity(one.now),
                verdict=one.verdict,
                year=one.now.year,
            )
        )
    return escape(_("，")).join(said)


def discharges(chapter: Chapter) -> list[Rates]:
    """Return the discharges of which a cut can be followed: two years, or a year and its base."""
    found = (_rates(chapter, name, {Kind.REDUCTION}) for name in DISCHARGES)
    return [one for one in found if one is not None and len(_years_known(one)) > 1]


def discharges_heading(chapter: Chapter) -> Markup:
    """Name the pollutants whose cut reaches its target, and those whose cut does not."""
    found = discharges(chapter)
    states: dict[str, list[str]] = {"reached": [], "missed": []}
    for one in found:
        if one.judgement and (names := states.get(figure_state(one.judgement))) is not None:
            names.append(localized(one.indicator))
    if not any(states.values()):
        return _changed(found)
    said = [
        sentence(text, names=joined(states[name]))
        for name, text in (
            ("reached", N_("削减达到目标的是{names}")),
            ("missed", N_("削减未达到目标的是{names}")),
        )
        if states[name]
    ]
    return escape(_("；")).join(said)


def _changed(found: Sequence[Rates]) -> Markup:
    """Name the discharges that fell on the year before, and those that did not."""
    ways: dict[str, list[str]] = {"fell": [], "rose": []}
    for one in found:
        known = sorted(observed([one]), key=lambda value: value.year)[-2:]
        before, now = (value.value or Decimal(0) for value in known)
        ways["fell" if now < before else "rose"].append(localized(one.indicator))
    said = [
        sentence(text, names=joined(ways[name]))
        for name, text in (
            ("fell", N_("比上年减少的是{names}")),
            ("rose", N_("没有减少的是{names}")),
        )
        if ways[name]
    ]
    return escape(_("；")).join(said)


def other_years(chapter: Chapter) -> list[YearSeries]:
    """Return the indicators over the years that have no chart of their own in the chapter."""
    own = {one.indicator.id for one in (*sewage(chapter), *discharges(chapter))}
    return [one for one in area_values.series(chapter) if one.indicator.id not in own]


def other_years_heading(chapter: Chapter, shown: Sequence[YearSeries]) -> Markup:
    """Name the indicators that got worse; of many say that several did."""
    year = chapter.report.year - 1
    worse = [localized(one.indicator) for one in shown if one.direction is Direction.WORSE]
    if not worse:
        return sentence(N_("其余有逐年数值的指标与{year}年相比没有变差的"), year=year)
    if len(worse) > NAMES_MAX:
        return sentence(N_("其余有逐年数值的指标与{year}年相比，多项变差"), year=year)
    text = N_("其余有逐年数值的指标与{year}年相比，变差的是{names}")
    return sentence(text, year=year, names=joined(worse))


def _years_known(one: Rates) -> set[int]:
    return {value.year for value in observed([one])}


def _rates(chapter: Chapter, name: str, kinds: set[Kind]) -> Rates | None:
    report = chapter.report
    values = tuple(yearly(report, name))
    if not values:
        return None
    asked = _asked(chapter, name, kinds)
    indicator = report.indicator(name)
    if asked is None or chapter.plan is None:
        return Rates(indicator, values, None, "")
    judgement = chapter.judgement(asked)
    return Rates(
        indicator=indicator,
        values=values,
        judgement=judgement,
        verdict=judgement_label(report.catalogue, chapter.plan, judgement),
        base=_base(report, asked, judgement),
        deadline=asked.deadline.year if asked.deadline else None,
        fuzzy=asked.fuzzy,
    )


def _asked(chapter: Chapter, name: str, kinds: set[Kind]) -> Commitment | None:
    """Return what is asked of the district's own value; of cuts one on a base year goes first."""
    own = [
        one
        for one in chapter.commitments
        if one.indicator == name
        and one.kind in kinds
        and one.scope == chapter.report.pair.district
        and chapter.judgement(one).target is not None
    ]
    return min(own, key=lambda one: one.base_year is None, default=None)


def _base(report: Report, asked: Commitment, judgement: Judgement) -> Observation | None:
    """Return the value of the base year that a cut was held against."""
    if asked.kind is not Kind.REDUCTION or asked.base_year is None:
        return None
    known = (report.observations[name] for name in judgement.observations)
    return next((one for one in known if one.year == asked.base_year and one.value), None)


def path(one: Rates) -> dict[int, Decimal]:
    """Return the even way from the base to what the target comes to; empty without a base."""
    judgement = one.judgement
    if one.base is None or one.base.value is None or one.deadline is None:
        return {}
    if judgement is None or judgement.target is None or judgement.unit != "%":
        return {}
    return {
        one.base.year: one.base.value,
        one.deadline: one.base.value * (100 - judgement.target) / 100,
    }


def _count(report: Report, name: str) -> Fact | None:
    found = report.facts.get(f"{report.pair}/{PREFIX}/black_odour/{name}")
    return found if found and found.value else None


def observed(found: Sequence[Rates]) -> list[Observation]:
    """Return what a chart of rates rests on."""
    bases = [one.base for one in found if one.base is not None]
    return [*(value for one in found for value in one.values), *bases]
