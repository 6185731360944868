"""What the opening chapter finds."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.presentation import VerdictStyle
from ecoreport.config.vocabulary import Attribute, Verdict
from ecoreport.facts import UNDECIDED
from ecoreport.findings.wording import sharing_extreme
from ecoreport.i18n import _, sentence_space
from ecoreport.labels import localized, verdict_label, worded
from ecoreport.message import N_
from ecoreport.narrative import joined, number, sentence
from ecoreport.report import Report

COUNTED = {
    Attribute.BINDING: N_("约束性指标{total}项"),
    Attribute.REFERENCE: N_("参考性指标{total}项"),
}


def counts(report: Report, plan: CompletePlan) -> list[Markup]:
    """Return one sentence for each attribute: how many, and of each verdict how many.

    No share is formed: how many must be met is the superior's rule, and not known.
    """
    return [_count(report, plan, attribute) for attribute in Attribute]


def verdict_heading(report: Report, plan: CompletePlan) -> Markup:
    """Say the plan's state in one line, for the heading of the first section."""
    if report.counted(plan).is_vetoed:
        return sentence(N_("出现否决项"))
    n_not_due, n_apart, n_all = (
        report.fact(f"count/{plan.id}/all/{name}").value
        for name in (Verdict.NOT_DUE, "demonstration", "total")
    )
    if n_not_due == n_all - n_apart:
        said = sentence(
            N_("{total}项都未到完成时限，其中{met}项现值已达到目标"),
            total=_number(report, plan, "total"),
            met=_number(report, plan, "met_so_far"),
        )
        return _with_apart(report, plan, "all/demonstration", said)
    said = sentence(
        N_("{total}项中{listed}"),
        total=_number(report, plan, "total"),
        listed=escape(_("，")).join(_listed(report, plan)),
    )
    return _with_apart(report, plan, "all/demonstration", said)


def _listed(report: Report, plan: CompletePlan) -> list[Markup]:
    """Say how many have each outcome, so that the parts add up to all.

    How many are met and not met is said even of none.
    """
    always = (Verdict.MET, Verdict.NOT_MET)
    said = {
        verdict: sentence(
            N_("{n}项{verdict}"),
            n=_number(report, plan, verdict),
            verdict=_in_sentence(style, plan),
        )
        for verdict, style in report.catalogue.verdicts.items()
        if verdict not in UNDECIDED
        and (verdict in always or report.fact(f"count/{plan.id}/all/{verdict}").value)
    }
    first = [said.pop(verdict) for verdict in always]
    if report.fact(f"count/{plan.id}/all/undecided").value:
        undecided = _number(report, plan, "undecided")
        first.append(sentence(N_("{n}项缺数据或认定"), n=undecided))
    return [*first, *said.values()]


def attention_heading(report: Report, plan: CompletePlan) -> Markup:
    """Say how many things need attention."""
    if not report.conclusion(plan).attention:
        return sentence(N_("没有需要关注的事项"))
    said = sentence(N_("需要关注{n}项"), n=_number(report, plan, "attention"))
    return _with_apart(report, plan, "all/attention_demonstration", said)


def has_only_open_so_far(report: Report, plan: CompletePlan) -> bool:
    """Whether nothing that is due needs attention, but something that is not due does."""
    conclusion = report.conclusion(plan)
    return bool(conclusion.open_so_far) and not conclusion.attention


def open_so_far_heading(report: Report, plan: CompletePlan) -> Markup:
    """Say how many commitments that are not due yet are open by their present values."""
    text = N_("未到时限的{n}项现值未达到目标，或缺数据、认定、下达的目标值")
    said = sentence(text, n=_number(report, plan, "open_so_far"))
    return _with_apart(report, plan, "all/open_so_far_demonstration", said)


def contradictions_heading(report: Report, plan: CompletePlan) -> Markup:
    """Say how often the plan's parts differ."""
    return sentence(N_("方案文本有{n}处前后不一致"), n=_number(report, plan, "contradictions"))


def quality_heading(report: Report) -> Markup:
    """Say what validation found."""
    stopped = report.assessment.validation.stopped_datasets
    if stopped:
        names = joined(localized(report.catalogue.datasets[one]) for one in sorted(stopped))
        return sentence(N_("未通过校验的数据表：{names}"), names=names)
    if not report.assessment.validation.warnings:
        return sentence(N_("数据校验未发现问题"))
    return sentence(N_("数据校验有{n}处提醒"), n=number(report.fact("count/warnings")))


def departments_heading(report: Report, plan: CompletePlan) -> Markup:
    """Say which departments have most that is open, or most that is open so far."""
    if has_only_open_so_far(report, plan):
        return _most_open(
            report,
            plan,
            "open_so_far",
            N_("按现值，未决事项最多的是{names}，{n}项"),
            N_("按现值，未决事项最多的是{names}，各{n}项"),
        )
    return _most_open(
        report,
        plan,
        "attention",
        N_("未决事项最多的是{names}，{n}项"),
        N_("未决事项最多的是{names}，各{n}项"),
    )


def _most_open(
    report: Report, plan: CompletePlan, name: str, of_one: str, of_several: str
) -> Markup:
    found = {
        department: fact
        for department in report.catalogue.departments
        if (fact := report.facts.get(f"{report.pair}/count/{plan.id}/{name}/{department}"))
    }
    leading = sharing_extreme(found, lambda department: found[department].value, max)
    if not leading:
        return sentence(N_("各责任单位均无未决事项"))
    return sentence(
        of_one if len(leading) == 1 else of_several,
        names=joined(localized(report.catalogue.departments[one]) for one in leading),
        n=number(found[leading[0]]),
    )


def departments(report: Report, plan: CompletePlan) -> pd.DataFrame:
    """Count the commitments of each department by verdict.

    Returns
    -------
    pandas.DataFrame
        One row a department (its name as index), one column a verdict that occurs, in the order
        of ``params/verdicts.csv``. A commitment of two departments counts with both.
    """
    pairs = [
        (localized(report.catalogue.departments[name]), report.judgements[one.id].verdict.value)
        for one in plan.counted()
        for name in one.responsible
    ]
    table = pd.DataFrame(pairs, columns=["department", "verdict"])
    counts = pd.crosstab(table["department"], table["verdict"])
    order = [verdict.value for verdict in report.catalogue.verdicts if verdict in counts.columns]
    return counts[order]


def judged_text(plan: CompletePlan) -> Markup:
    """Say which part of the document is judged, and how far its text goes."""
    return escape(sentence_space()).join(
        (worded(plan, "judged_text"), worded(plan, "coverage_note"))
    )


def _number(report: Report, plan: CompletePlan, name: str) -> Markup:
    return number(report.fact(f"count/{plan.id}/all/{name}"))


def _in_sentence(style: VerdictStyle, plan: CompletePlan) -> str:
    """Return a verdict's word as it stands within a sentence: small where there are capitals."""
    return verdict_label(style, plan).lower()


def _count(report: Report, plan: CompletePlan, attribute: Attribute) -> Markup:
    prefix = f"count/{plan.id}/{attribute}"
    total = number(report.fact(f"{prefix}/total"))
    parts = [
        sentence(
            N_("{verdict}{n}项"),
            verdict=_in_sentence(style, plan),
            n=number(report.fact(f"{prefix}/{verdict}")),
        )
        for verdict, style in report.catalogue.verdicts.items()
        if report.fact(f"{prefix}/{verdict}").value
    ]
    said = sentence(COUNTED[attribute], total=total)
    listed = _with_apart(report, plan, f"{attribute}/demonstration", joined(parts))
    return said + _("：") + listed + _("。")


def _with_apart(report: Report, plan: CompletePlan, name: str, said: Markup) -> Markup:
    """Add to counts of real data how many there are beside them of demonstration data."""
    fact = report.fact(f"count/{plan.id}/{name}")
    if not fact.value:
        return said
    apart = sentence(N_("另有{n}项只有演示数据"), n=number(fact))
    return escape(_("，")).join(filter(None, (said, apart)))
