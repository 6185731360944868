"""Tables and blocks of the pages, by what they are for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
from markupsafe import Markup

from ecoreport.assess.judgement import Judgement
from ecoreport.components import component
from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.presentation import VerdictStyle
from ecoreport.config.vocabulary import Verdict
from ecoreport.i18n import _
from ecoreport.message import N_
from ecoreport.narrative import number, quantity, sentence, target_text, unit_suffix
from ecoreport.observe.air import UNVERIFIED_PARTS
from ecoreport.observe.observation import Observation
from ecoreport.report import Provenance, Report
from ecoreport.rows import (
    Row,
    localized,
    maturity_label,
    rows_of,
    task_name,
    verdict_label,
    worded,
)
from ecoreport.validate.shown import shown

SPARKLINE_WIDTH, SPARKLINE_HEIGHT = 72, 18
MARGIN_BAR_HALF = 24


@dataclass(frozen=True)
class Headline:
    """One of the figures that stand large on the first page."""

    label: str
    is_demonstration: bool
    value: Markup
    unit: str
    target: str
    change: Markup
    reason: str
    style: VerdictStyle | None
    verdict: str


@dataclass(frozen=True)
class TaskLines:
    """A task of the plan's own table with its rows."""

    name: str
    rows: list[Row]

    @property
    def n_lines(self) -> int:
        """Lines of the table that it spans: composites bring those of their parts."""
        return sum(1 + len(row.parts) for row in self.rows)


@dataclass(frozen=True)
class FieldLines:
    """A field of the plan's own table with its tasks."""

    name: str
    tasks: list[TaskLines]

    @property
    def n_lines(self) -> int:
        """Lines of the table that it spans."""
        return sum(task.n_lines for task in self.tasks)


def headline_figures(report: Report, plan: CompletePlan) -> Markup:
    """Return the headline figures of ``params/report.yml`` with target and change on last year."""
    figures = [_headline(report, plan, name) for name in report.catalogue.report.headline]
    return component("headline_figures", figures=figures)


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
        FieldLines(
            localized(field),
            [TaskLines(task_name(task), [by_seq[seq] for seq in task.seq]) for task in field.tasks],
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


def conclusion(report: Report, plan: CompletePlan, lines: Sequence[Markup]) -> Markup:
    """Return the finding of the first page: vetoes, then the counts."""
    rows = {row.commitment.id: row for row in rows_of(report, plan)}
    vetoes = [rows[one.commitment] for one in report.conclusion(plan).vetoes]
    return component("conclusion", vetoes=vetoes, lines=lines)


def contradictions(plan: CompletePlan) -> Markup:
    """Return the places where the plan's own parts differ, and which was judged."""
    titles = {one.id: localized(one) for one in plan.commitments}
    rows = [
        {
            "titles": [titles[name] for name in one.commitments.split()],
            "a": (worded(one, "place_a"), worded(one, "value_a")),
            "b": (worded(one, "place_b"), worded(one, "value_b")),
            "judged": _("两处均评") if one.judged == "both" else worded(one, f"place_{one.judged}"),
            "reason": worded(one, "reason"),
        }
        for one in plan.contradictions
    ]
    return component("contradictions", rows=rows)


def air_statistics(report: Report, rows: Sequence[tuple[Observation, pd.Series]]) -> Markup:
    """Return annual statistics of the pollutants against their limits.

    Parameters
    ----------
    rows : sequence of (Observation, Series)
        As :func:`ecoreport.findings.air.annual_rows` gives them.
    """
    lines = [
        {
            "label": localized(report.indicator(one.indicator)),
            "unit": one.unit,
            "value": number(one),
            "last_year": _last_year(report, one),
            "limit": f"{row['limit']:g}",
            "multiple": ""
            if pd.isna(row["exceedance_multiple"])
            else f"{row['exceedance_multiple']:.2f}",
            "n_valid": f"{one.trace.n_used} / {one.trace.n_expected}",
            "style": report.catalogue.verdicts[_annual_verdict(report, row)],
            "verdict": verdict_label(
                report.catalogue.verdicts[_annual_verdict(report, row)], report.plan
            ),
            "is_demonstration": one.is_demonstration,
            "unverified": bool(len(row["unverified"])),
        }
        for one, row in rows
    ]
    parts = dict.fromkeys(part for _one, row in rows for part in row["unverified"])
    unverified = [_(UNVERIFIED_PARTS[part]) for part in parts]
    return component("air_statistics", rows=lines, year=report.year, unverified=unverified)


def sources(report: Report) -> Markup:
    """Return what was received, and what was set aside and why."""
    rows = [
        {
            "dataset": _dataset_name(report, source.dataset),
            "file": source.path,
            "maturity": _("、").join(maturity_label(report, one) for one in source.maturity),
            "n_rows": source.rows,
            "sha256": source.sha256,
            "is_demonstration": source.is_demonstration,
            "note": source.ignored_because,
        }
        for source in report.assessment.sources
    ]
    return component("sources", rows=rows)


def checks(report: Report) -> Markup:
    """Return what validation found by dataset: what to look at, with the rows at fault."""
    datasets = shown(report.assessment.validation, report.catalogue)
    return component("checks", datasets=datasets)


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
    value, unit, reason = Markup("—"), "", _("未报送数据")
    if observation is not None and observation.value is not None:
        value, unit = number(observation), _(observation.unit)
        reason = "" if observation.is_sufficient else _("有效数据不足，仅供参考")
    has_target = judgement is not None and judgement.target is not None
    return Headline(
        label=localized(definition),
        is_demonstration=bool(observation and observation.is_demonstration),
        value=value,
        unit=unit,
        target=_target(judgement) if judgement and has_target else "",
        change=_change(report, indicator, observation, before),
        reason=reason,
        style=style,
        verdict=verdict_label(style, plan) if style else "",
    )


def _target(judgement: Judgement) -> str:
    return target_text(judgement) + unit_suffix(judgement.unit)


def _change(
    report: Report, indicator: str, observation: Observation | None, before: Observation | None
) -> Markup:
    if observation is None or before is None or observation.value is None or before.value is None:
        return Markup("")
    change = report.change(indicator)
    if change is None:
        return sentence(
            N_("{year}年{value}（口径不同，不作比较）"), year=before.year, value=number(before)
        )
    return sentence(
        N_("比{year}年{change}"), year=before.year, change=quantity(change, is_signed=True)
    )


def _multiple(value: float) -> str:
    return "" if pd.isna(value) else f"{value:.2f}"


def _dataset_name(report: Report, name: str) -> str:
    return localized(report.catalogue.datasets[name]) if name else _("未识别")


def _last_year(report: Report, observation: Observation) -> Markup:
    before = report.observation(observation.indicator, year=report.year - 1)
    return Markup("") if before is None or before.value is None else number(before)


def _annual_verdict(report: Report, row: pd.Series) -> Verdict:
    return Verdict.INSUFFICIENT_DATA if report.as_of else Verdict(row["verdict"])
