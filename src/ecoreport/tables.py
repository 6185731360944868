"""Tables and blocks of the pages, by what they are for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from ecoreport.components import component
from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.presentation import VerdictStyle
from ecoreport.config.vocabulary import Verdict
from ecoreport.i18n import _
from ecoreport.narrative import number, quantity, target_text, unit_suffix
from ecoreport.observe.observation import Observation
from ecoreport.report import Provenance, Report
from ecoreport.rows import Row, localized, rows_of, verdict_label

SPARKLINE_WIDTH, SPARKLINE_HEIGHT = 72, 18
MARGIN_BAR_HALF = 24


@dataclass(frozen=True)
class Headline:
    """One of the figures that stand large on the first page."""

    label: str
    observation: Observation | None
    value: Markup
    target: str
    change: Markup
    year_before: int
    reason: str
    style: VerdictStyle | None
    verdict: str


def headline_figures(report: Report, plan: CompletePlan) -> Markup:
    """Return the headline figures of ``params/report.yml`` with target and change on last year."""
    figures = [_headline(report, plan, name) for name in report.catalogue.report.headline]
    return component("headline_figures", figures=figures, report=report)


def attention(report: Report, plan: CompletePlan) -> Markup:
    """Return what is not met, missing or open: worst first, with who is responsible."""
    rows = {row.commitment.id: row for row in rows_of(report, plan)}
    open_ones = [rows[one.commitment] for one in report.conclusion(plan).attention]
    limit = report.catalogue.report.attention_max
    return component("attention", rows=open_ones[:limit], n_more=max(0, len(open_ones) - limit))


def plan_table(report: Report, plan: CompletePlan) -> Markup:
    """Return the plan's own table on one page: its fields and numbers, target, value, verdict."""
    rows = rows_of(report, plan)
    by_seq = {row.commitment.seq: row for row in rows}
    fields = [
        (
            localized(field),
            [
                (f"{task.label}{localized(task)}", [by_seq[seq] for seq in task.seq])
                for task in field.tasks
            ],
        )
        for field in plan.fields
    ]
    return component("plan_table", fields=fields, plan_title=localized(plan))


def strip(report: Report, plan: CompletePlan) -> Markup:
    """Return one mark for each commitment, by field; each leads to its row."""
    rows = rows_of(report, plan)
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.field, []).append(row)
    used = {row.judgement.verdict for row in rows}
    legend = [
        (style, verdict_label(style, plan), sum(row.judgement.verdict is verdict for row in rows))
        for verdict, style in report.catalogue.verdicts.items()
        if verdict in used
    ]
    return component("strip", groups=groups, legend=legend)


def commitment_table(report: Report, plan: CompletePlan) -> Markup:
    """Return the table to work with: sort, filter, open a row to its trace."""
    return component(
        "commitment_table",
        rows=rows_of(report, plan),
        year=report.year,
        sparkline=sparkline,
        margin_bar=margin_bar,
    )


def contradictions(plan: CompletePlan) -> Markup:
    """Return the places where the plan's own parts differ, and which was judged."""
    return component("contradictions", rows=plan.contradictions)


def air_statistics(report: Report, observations: Sequence[Observation]) -> Markup:
    """Return annual statistics of the pollutants against their limits."""
    return component("air_statistics", rows=observations, report=report, localized=localized)


def sources(report: Report) -> Markup:
    """Return what was received, and what was set aside and why."""
    return component("sources", rows=report.assessment.sources, report=report, localized=localized)


def checks(report: Report) -> Markup:
    """Return each expectation with what was seen."""
    return component(
        "checks",
        checks=report.assessment.validation.checks,
        findings=report.assessment.validation.findings,
        datasets=report.catalogue.datasets,
        localized=localized,
    )


def provenance_line(provenance: Provenance) -> Markup:
    """Return source, method and download in one line."""
    return component("source_line", provenance=provenance)


def sparkline(history: Sequence[tuple[int, Decimal]]) -> Markup:
    """Return the last years as a small line; fewer than two years give nothing."""
    if len(history) < 2:
        return Markup("")
    values = [value for _year, value in history]
    low, span = min(values), (max(values) - min(values)) or Decimal(1)
    step = Decimal(SPARKLINE_WIDTH - 8) / (len(values) - 1)
    points = [
        (4 + step * index, SPARKLINE_HEIGHT - 4 - (value - low) / span * (SPARKLINE_HEIGHT - 8))
        for index, value in enumerate(values)
    ]
    words = _("、").join(f"{year} {value:f}" for year, value in history)
    return component(
        "sparkline",
        words=words,
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        last=points[-1],
        width=SPARKLINE_WIDTH,
        height=SPARKLINE_HEIGHT,
    )


def margin_bar(row: Row) -> Markup:
    """Return the distance to the target as a bar: to the right where the target is kept."""
    judgement = row.judgement
    if judgement.margin is None or not judgement.target:
        return Markup("")
    share = max(Decimal(-1), min(Decimal(1), judgement.margin / abs(judgement.target)))
    length = abs(share) * MARGIN_BAR_HALF
    return component(
        "margin_bar",
        half=MARGIN_BAR_HALF,
        length=f"{length:.1f}",
        start=f"{MARGIN_BAR_HALF - (length if share < 0 else 0):.1f}",
        verdict=judgement.verdict,
    )


def _headline(report: Report, plan: CompletePlan, indicator: str) -> Headline:
    definition = report.indicator(indicator)
    observation = report.observation(indicator)
    before = report.observation(indicator, year=report.year - 1)
    judgement = next(
        (
            report.judgements[one.id]
            for one in plan.commitments
            if one.indicator == indicator and one.id in report.judgements
        ),
        None,
    )
    verdict = judgement.verdict if judgement else None
    style = report.catalogue.verdicts[verdict] if verdict else None
    has_value = observation is not None and observation.value is not None
    return Headline(
        label=localized(definition),
        observation=observation,
        value=quantity(observation) if has_value and observation else Markup("—"),
        target=target_text(judgement) + _unit_of(judgement.unit)
        if judgement and judgement.target is not None
        else "",
        change=_change(report, indicator, observation, before),
        year_before=report.year - 1,
        reason=_("有效数据不足,仅供参考") if observation and not observation.is_sufficient else "",
        style=style if verdict is not Verdict.NOT_ASSIGNED else None,
        verdict=verdict_label(style, plan) if style else "",
    )


def _unit_of(unit: str) -> str:
    return "" if unit == "/" else unit


def _change(
    report: Report, indicator: str, observation: Observation | None, before: Observation | None
) -> Markup:
    if observation is None or before is None or observation.value is None or before.value is None:
        return Markup("")
    change = report.change(indicator)
    if change is None:
        return Markup("{}").format(_("与上年口径不一致,不作比较"))
    unit = _("个百分点") if change.unit == "%" else unit_suffix(change.unit)
    return number(change, is_signed=True) + unit
