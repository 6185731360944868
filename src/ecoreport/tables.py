"""Tables and blocks of the pages, by what they are for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from ecoreport.assess.conclusion import ATTENTION_ORDER
from ecoreport.assess.judgement import Judgement
from ecoreport.components import component
from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.presentation import VerdictStyle
from ecoreport.findings.wording import is_part, last_year, spanned_name
from ecoreport.i18n import _
from ecoreport.labels import localized, verdict_label, worded
from ecoreport.message import N_
from ecoreport.narrative import number, quantity, sentence, target_text, unit_suffix
from ecoreport.observe.observation import Observation
from ecoreport.report import Report
from ecoreport.rows import Row, maturity_label, rows_of, task_name
from ecoreport.validate.shown import shown

SPARKLINE_WIDTH, SPARKLINE_HEIGHT = 72, 18
MARGIN_BAR_HALF = 24


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


@dataclass(frozen=True)
class AttentionLine:
    """A commitment that needs attention, by its verdict or by its present value."""

    row: Row
    style: VerdictStyle
    label: str
    parts: list[tuple[str, str]]
    """Title and word of the parts that are open."""


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
    return _attention(report, plan, report.conclusion(plan).attention)


def open_so_far(report: Report, plan: CompletePlan) -> Markup:
    """Return what is not due yet and open by its present value, in the same way."""
    return _attention(report, plan, report.conclusion(plan).open_so_far)


def _attention(report: Report, plan: CompletePlan, judgements: Sequence[Judgement]) -> Markup:
    rows = {row.commitment.id: row for row in rows_of(report, plan)}
    limit = report.catalogue.report.attention_max
    lines = [_attention_line(report, plan, rows[one.commitment]) for one in judgements[:limit]]
    return component("attention", lines=lines, n_more=max(0, len(judgements) - limit))


def _attention_line(report: Report, plan: CompletePlan, row: Row) -> AttentionLine:
    style, label = _present(report, plan, row)
    if row.judgement.so_far is not None:
        label = _("按现值：{verdict}").format(verdict=label)
    parts = [(part.title, _present(report, plan, part)) for part in row.parts]
    return AttentionLine(
        row,
        style,
        label,
        [
            (title, part_label)
            for title, (part_style, part_label) in parts
            if part_style.verdict in ATTENTION_ORDER
        ],
    )


def _present(report: Report, plan: CompletePlan, row: Row) -> tuple[VerdictStyle, str]:
    """Return a row's verdict and its word; before the deadline those of its present value."""
    if row.judgement.so_far is None:
        return row.style, row.label
    style = report.catalogue.verdicts[row.judgement.so_far]
    return style, verdict_label(style, plan)


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


def written(observation: Observation | None) -> Markup:
    """Write an observation's number for a cell; a dash where there is none."""
    if observation is None or observation.value is None:
        return Markup("—")
    return number(observation)


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
    has_target = judgement is not None and judgement.target is not None
    return Headline(
        label=spanned_name(report, definition, observation),
        is_demonstration=bool(observation and observation.is_demonstration),
        is_verified=observation is None or observation.trace.is_verified,
        value=written(observation),
        unit=_(observation.unit) if observation and observation.value is not None else "",
        target=_target(judgement) if judgement and has_target else "",
        change=_change(report, observation) if observation else Markup(""),
        reason=_reservation(observation),
        style=style,
        verdict=verdict_label(style, plan) if style else "",
    )


def _reservation(observation: Observation | None) -> str:
    """Return why a headline figure is missing, or how far it can be relied on."""
    if observation is None or observation.value is None:
        return _("未报送数据")
    if observation.is_sufficient:
        return ""
    return _("不足一年，仅供参考") if is_part(observation) else _("有效数据不足，仅供参考")


def _target(judgement: Judgement) -> str:
    return target_text(judgement) + unit_suffix(judgement.unit)


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


def _dataset_name(report: Report, name: str) -> str:
    return localized(report.catalogue.datasets[name]) if name else _("未识别")
