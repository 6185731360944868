"""The charts of an area's chapter, each under the finding that it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from ecoreport.area_facts import STATUSES, duty_state, figure_state, outcome
from ecoreport.charts.changes import Point, Series, indicators_over_years
from ecoreport.charts.chart import Chart
from ecoreport.charts.duties import Duty, duties_by_theme, duties_over_years
from ecoreport.charts.returns import Part, Return, returns_by_period
from ecoreport.charts.targets import Row, figures_beside_targets
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import CHANGES
from ecoreport.findings import area as findings
from ecoreport.findings import area_returns, area_values
from ecoreport.findings.area import Chapter
from ecoreport.findings.area_values import YearSeries
from ecoreport.findings.comparison_years import Change, change_text, reason
from ecoreport.findings.wording import is_part
from ecoreport.i18n import _
from ecoreport.labels import STATUS_WORDS, basis_text, judgement_label, localized, verdict_label
from ecoreport.message import N_
from ecoreport.narrative import blurred, plain, target_text
from ecoreport.observe.observation import Observation

NAMED_MAX = 24
"""Duties up to which each has a row of its own; of more each theme has one."""
STATE_WORDS = {
    area_returns.FINE: N_("已报告，无事件或已完成"),
    area_returns.WRONG: N_("有事件，或没有完成、认定"),
    area_returns.ABSENT: N_("没有报告"),
    area_returns.AHEAD: N_("未到期"),
}


def figures(chapter: Chapter) -> Chart:
    """Draw the figures beside their targets."""
    report = chapter.report
    rows = [_figure(chapter, one) for one in findings.figures(chapter)]
    name = _("{year}年")
    now = _("本期") if report.as_of else name.format(year=report.year)
    return figures_beside_targets(
        rows,
        (now, name.format(year=report.year - 1)),
        title=plain(findings.figures_heading(chapter)),
        target_name=_("目标"),
    )


def _figure(chapter: Chapter, commitment: Commitment) -> Row:
    judgement = chapter.judgement(commitment)
    assert chapter.plan is not None and judgement.target is not None  # noqa: S101 - it is a figure
    catalogue = chapter.report.catalogue
    style = catalogue.verdicts[outcome(judgement)]
    label = judgement_label(catalogue, chapter.plan, judgement)
    if judgement.so_far is not None:
        label = _("按现值{verdict}").format(verdict=verdict_label(style, chapter.plan).lower())
    # Without its base a change is not known: a level has no place beside it, whatever its unit.
    is_change = commitment.kind in CHANGES
    is_known = not is_change or judgement.margin is not None
    unit = commitment.unit if is_change else judgement.unit
    return Row(
        label=findings.title(chapter, commitment),
        unit=_(unit) if unit != "/" else "",
        value=judgement.value if judgement.unit == unit and is_known else None,
        target=judgement.target,
        operator=judgement.operator,
        target_text=blurred(target_text(judgement), commitment.fuzzy),
        style=style,
        verdict=label,
        before=_before(chapter, commitment),
        interval=area_values.interval(chapter, commitment),
        absent="" if judgement.value is None else _("缺少基数"),
        is_missed=figure_state(judgement) == "missed",
        is_valid=all(one.is_sufficient for one in chapter.observed([commitment])),
    )


def _before(chapter: Chapter, commitment: Commitment) -> Decimal | None:
    """Return last year's value; beside a change on a base, or a part of a year, stands none."""
    is_of_part = any(is_part(one) for one in chapter.observed([commitment])[:1])
    if is_of_part or commitment.kind in CHANGES:
        return None
    year = chapter.report.year - 1
    return next((one.value for one in chapter.earlier(commitment) if one.year == year), None)


def years(chapter: Chapter, shown: Sequence[YearSeries]) -> Chart:
    """Draw the indicators over the years, each in a panel of its own."""
    return indicators_over_years(
        [_series(chapter, one) for one in shown],
        title=plain(area_values.years_heading(chapter, shown)),
    )


def _series(chapter: Chapter, one: YearSeries) -> Series:
    judgement = chapter.judgement(one.asked) if one.asked else None
    is_same_unit = judgement is not None and judgement.unit in {one.indicator.unit, ""}
    return Series(
        label=localized(one.indicator),
        unit=_(one.indicator.unit),
        points=[_point(value) for value in one.observations],
        change=_change(chapter, one),
        target=judgement.target if judgement and is_same_unit else None,
        target_text=blurred(target_text(judgement), one.asked.fuzzy)
        if judgement and one.asked and is_same_unit
        else "",
    )


def _change(chapter: Chapter, one: YearSeries) -> str:
    report, (before, now) = chapter.report, one.observations[-2:]
    if now.year != report.year:
        return _("{year}年没有数值").format(year=report.year)
    last_year = before if before.year == report.year - 1 else None
    why = reason(report, one.direction, now, last_year)
    return change_text(report, Change(one.indicator, one.observations, one.direction, why))


def _point(one: Observation) -> Point:
    assert one.value is not None  # noqa: S101 - series hold values only
    return Point(one.year, one.value, basis_text(one), one.is_sufficient)


def duties(chapter: Chapter) -> Chart:
    """Draw the duties: over the years while each can be named, else by theme."""
    asked = findings.duties(chapter)
    title = plain(findings.duties_heading(chapter))
    words = {name: _(STATUS_WORDS[name]) for name in STATUSES} | {"open": _("没有认定")}
    if len(asked) > NAMED_MAX:
        return duties_by_theme(_by_theme(chapter, asked), words, title=title)
    shown = [_duty(chapter, one) for one in asked]
    known = {year for one in shown for year in one.statuses}
    first = min((*known, chapter.report.year))
    return duties_over_years(shown, range(first, chapter.report.year + 1), words, title=title)


def _duty(chapter: Chapter, commitment: Commitment) -> Duty:
    row = chapter.rows[commitment.id]
    statuses = {one.year: one.text for one in chapter.earlier(commitment) if one.text}
    if text := chapter.judgement(commitment).text:
        statuses[chapter.report.year] = text
    return Duty(row.title, _theme(chapter, commitment), statuses, row.evidence)


def _theme(chapter: Chapter, commitment: Commitment) -> str:
    whole = chapter.rows[commitment.part_of or commitment.id]
    return whole.task or whole.field


def _by_theme(chapter: Chapter, asked: Sequence[Commitment]) -> pd.DataFrame:
    counted: dict[str, Counter[str]] = {}
    for one in asked:
        counts = counted.setdefault(_theme(chapter, one), Counter())
        counts[duty_state(chapter.judgement(one))] += 1
    return pd.DataFrame(counted).T.fillna(0)


def returns(chapter: Chapter) -> Chart:
    """Draw what is reported period by period."""
    return returns_by_period(
        [
            Return(
                findings.title(chapter, one),
                [
                    Part(part.first, part.last, part.state, part.text)
                    for part in area_returns.parts(chapter, one)
                ],
            )
            for one in findings.returns(chapter)
        ],
        {state: _(text) for state, text in STATE_WORDS.items()},
        title=plain(findings.returns_heading(chapter)),
    )
