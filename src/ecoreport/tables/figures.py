"""The figures that stand large on the first page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ecoreport.assess.judgement import Judgement
from ecoreport.components import component
from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.models import Commitment
from ecoreport.config.presentation import VerdictStyle
from ecoreport.config.vocabulary import Kind, Verdict
from ecoreport.findings.wording import is_part, last_year, spanned_name
from ecoreport.i18n import _
from ecoreport.labels import verdict_label
from ecoreport.message import N_
from ecoreport.narrative import blurred, number, quantity, sentence, target_text, unit_suffix
from ecoreport.observe.observation import Observation
from ecoreport.report import Report
from ecoreport.tables.cells import written


@dataclass(frozen=True)
class Headline:
    """One of the figures that stand large on the first page."""

    label: str
    is_demonstration: bool
    is_verified: bool
    value: Markup
    unit: str
    target: str
    change: Markup
    reason: str
    style: VerdictStyle | None
    verdict: str


def headline_figures(report: Report, plans: Sequence[CompletePlan]) -> Markup:
    """Return the headline figures of ``params/report.yml`` with target and change on last year.

    One that was neither observed nor is asked for by any of the plans is left out.
    """
    figures = [
        _headline(report, name, found)
        for name in report.catalogue.report.headline
        if (found := _asked(report, plans, name)) or report.observation(name)
    ]
    return component("headline_figures", figures=figures) if figures else Markup("")


Asked = tuple[CompletePlan, Commitment]


def _asked(report: Report, plans: Sequence[CompletePlan], indicator: str) -> Asked | None:
    """Return the first level that the plans ask of an indicator of the district itself.

    Of several the one that is due first is held against the value.
    """
    own = report.pair.district
    same_air = {one.id for one in report.catalogue.districts.values() if one.air_of == own}
    found = [
        (plan, one)
        for plan in plans
        for one in plan.commitments
        if one.indicator == indicator and one.kind is Kind.LEVEL and one.scope in {own} | same_air
    ]
    judged = report.judgements
    return min(found, key=lambda pair: judged[pair[1].id].so_far is not None, default=None)


def _headline(report: Report, indicator: str, asked: Asked | None) -> Headline:
    observation = report.observation(indicator)
    plan, commitment = asked or (None, None)
    judgement = report.judgements[commitment.id] if commitment else None
    style = report.catalogue.verdicts[judgement.verdict] if judgement else None
    return Headline(
        label=spanned_name(report, report.indicator(indicator), observation),
        is_demonstration=bool(observation and observation.is_demonstration),
        is_verified=observation is None or observation.trace.is_verified,
        value=written(observation),
        unit=_(observation.unit) if observation and observation.value is not None else "",
        target=_target(commitment, judgement) if commitment and judgement else "",
        change=_change(report, observation) if observation else Markup(""),
        reason="" if _is_said(judgement) else _reservation(observation),
        style=style,
        verdict=verdict_label(style, plan) if style and plan else "",
    )


def _is_said(judgement: Judgement | None) -> bool:
    """Whether the verdict beside the target says already that there is no value."""
    return judgement is not None and judgement.verdict is Verdict.NO_DATA


def _reservation(observation: Observation | None) -> str:
    """Return why a headline figure is missing, or how far it can be relied on."""
    if observation is None or observation.value is None:
        return _("未报送数据")
    if observation.is_sufficient:
        return ""
    return _("不足一年，仅供参考") if is_part(observation) else _("有效数据不足，仅供参考")


def _target(commitment: Commitment, judgement: Judgement) -> str:
    if judgement.target is None:
        return ""
    return blurred(target_text(judgement) + unit_suffix(judgement.unit), commitment.fuzzy)


def _change(report: Report, now: Observation) -> Markup:
    """Say how a value changed on the same part of last year, or why that cannot be said."""
    if now.value is None:
        return Markup("")
    before, change = last_year(report, now), report.change(now.indicator)
    year = report.year - 1
    if before is None:
        whole = report.observation(now.indicator, year=year)
        if whole is None or whole.value is None or whole.is_demonstration != now.is_demonstration:
            return sentence(N_("缺{year}年数据"), year=year)
        return sentence(N_("{year}年{value}（时段不同，不作比较）"), year=year, value=number(whole))
    if before.basis != now.basis:
        text = N_("{year}年{value}（口径不同，不作比较）")
        if is_part(now):
            text = N_("{year}年同期{value}（口径不同，不作比较）")
        return sentence(text, year=year, value=number(before))
    if change is None:
        return Markup("")
    text = N_("比{year}年同期{change}") if is_part(now) else N_("比{year}年{change}")
    return sentence(text, year=year, change=quantity(change, is_signed=True))
