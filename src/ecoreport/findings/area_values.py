"""What the chapter of an area finds of its values: over the years, in surveys, and unasked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

from ecoreport import area_facts
from ecoreport.assess.compare import is_met
from ecoreport.comparison.ranks import Direction
from ecoreport.config.models import Commitment, Indicator
from ecoreport.config.vocabulary import CHANGES
from ecoreport.findings.air_years import yearly
from ecoreport.findings.area import NAMES_MAX, Chapter, figures, title
from ecoreport.findings.comparison_years import COUNTED
from ecoreport.i18n import _
from ecoreport.labels import localized
from ecoreport.message import N_
from ecoreport.narrative import joined, number, sentence, unit_suffix
from ecoreport.observe.observation import Observation
from ecoreport.observe.period import period_of
from ecoreport.observe.surveys import SAMPLING


def interval(chapter: Chapter, commitment: Commitment) -> tuple[Decimal, Decimal] | None:
    """Return what the sample behind a survey's figure leaves open, where it is known.

    A survey of another district, whose plan binds this one too, is that one's to tell of.
    """
    own = chapter.report.pair.district
    judged = [one for one in chapter.observed([commitment])[:1] if one.district == own]
    return judged[0].sensitivity.get(SAMPLING) if judged else None


def surveyed(chapter: Chapter) -> list[Markup]:
    """Say of each figure of a survey whether its margin of error lets the target be judged."""
    said = []
    for one in figures(chapter):
        found, judgement = interval(chapter, one), chapter.judgement(one)
        if found is None or judgement.target is None or judgement.value is None:
            continue
        low, high = (chapter.report.fact(f"sampling/{one.id}/{end}") for end in ("low", "high"))
        sure = is_met(found[0], judgement.operator, judgement.target)
        text = (
            N_("{name}的误差范围为{low}–{high}{unit}，目标在范围之内，这次调查不能断定（临界）。")
            if sure is not is_met(found[1], judgement.operator, judgement.target)
            else N_("{name}的误差范围为{low}–{high}{unit}，目标不在范围之内。")
        )
        said.append(
            sentence(
                text,
                name=title(chapter, one),
                low=number(low),
                high=number(high),
                unit=unit_suffix(judgement.unit),
            )
        )
    return said


@dataclass(frozen=True)
class YearSeries:
    """One indicator over the years, and how the last value changed on the year before."""

    indicator: Indicator
    observations: tuple[Observation, ...]
    direction: Direction
    asked: Commitment | None
    """What is asked of the value itself, where anything is."""


def series(chapter: Chapter) -> list[YearSeries]:
    """Return the indicators followed of which at least two whole years have a value."""
    report = chapter.report
    names = area_facts.followed(report.catalogue, chapter.area, chapter.plan)
    changes = area_facts.yearly_changes(
        report.catalogue,
        report.pair,
        period_of(report.pair, report.as_of),
        [
            one
            for indicator in chapter.indicators
            for one in report.observations_of(indicator.id)
            if one.district == report.pair.district
        ],
        names,
    )
    levels = _levels(chapter)
    found = []
    for indicator in chapter.indicators:
        values = tuple(yearly(report, indicator.id))
        if len(values) > 1 and indicator.id in names:
            way = changes.get(indicator.id, Direction.NOT_COMPARABLE)
            found.append(YearSeries(indicator, values, way, levels.get(indicator.id)))
    return found


def _levels(chapter: Chapter) -> dict[str, Commitment]:
    """Return what is asked of the district's own values, not of their changes, by indicator."""
    if chapter.plan is None:
        return {}
    asked = area_facts.figures(chapter.plan, chapter.report.judgements)
    return {
        one.indicator: one
        for one in reversed(asked)
        if one.scope == chapter.report.pair.district and one.kind not in CHANGES
    }


def years_heading(chapter: Chapter, shown: Sequence[YearSeries]) -> Markup:
    """Say how many indicators got better and worse, and name those that got worse."""
    said = [
        sentence(text, n=number(fact))
        for way, text in COUNTED.items()
        if (fact := chapter.count(f"change/{way}"))
    ]
    year = chapter.report.year - 1
    if not said:
        text = N_("{area}各项指标没有可与{year}年比较的数值")
        return sentence(text, area=chapter.name, year=year)
    text = N_("有逐年数值的指标与{year}年相比{said}")
    compared = sentence(text, year=year, said=escape(_("，")).join(said))
    worse = [localized(one.indicator) for one in shown if one.direction is Direction.WORSE]
    if not worse or len(worse) > NAMES_MAX:
        return compared
    return compared + sentence(N_("；变差的是{names}"), names=joined(worse))


def unjudged(chapter: Chapter) -> list[Observation]:
    """Return the values of the year that no commitment of the area is judged by."""
    report = chapter.report
    here = report.pair.district
    judged = [one for one in chapter.observed(chapter.commitments) if one.district == here]
    asked = {one.indicator for one in judged}
    # Two plans may call one figure by two names: it is listed once.
    told = {_reckoned(chapter, one) for one in judged}
    found = []
    for indicator in chapter.indicators:
        value = report.observation(indicator.id) if area_facts.has_course(indicator) else None
        if value is None or value.value is None or indicator.id in asked:
            continue
        if (how := _reckoned(chapter, value)) not in told:
            told.add(how)
            found.append(value)
    return found


def _reckoned(chapter: Chapter, value: Observation) -> tuple[object, ...]:
    """Return a value with the way in which tables give it; one only reported has its own."""
    ways = {
        one.indicator: (one.dataset, one.statistic, one.argument)
        for one in chapter.report.catalogue.computed
    }
    return (*ways.get(value.indicator, (value.indicator,)), value.value)


def unjudged_heading(chapter: Chapter) -> Markup:
    """Name the values that no plan asks for."""
    return sentence(N_("{area}：方案没有要求、已有数值的指标"), area=chapter.name)
