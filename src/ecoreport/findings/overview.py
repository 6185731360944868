"""What the opening chapter finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup, escape

from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.models import Commitment, Department
from ecoreport.config.offices import in_office
from ecoreport.config.presentation import VerdictStyle
from ecoreport.config.vocabulary import ASKED_FOR, Attribute, Verdict
from ecoreport.facts import UNDECIDED, Fact, conclusion_facts
from ecoreport.findings.wording import sharing_extreme
from ecoreport.i18n import _
from ecoreport.labels import localized, verdict_label
from ecoreport.message import N_
from ecoreport.narrative import joined, number, sentence
from ecoreport.numbers import format_number
from ecoreport.report import Report

if TYPE_CHECKING:
    from ecoreport.tables.tables_to_bring import PlaceToBring

UNIT_NAMES = {
    "indicator": N_("指标"),
    "task": N_("任务"),
    "rectification": N_("整改任务"),
}
ALL_OF = {
    "indicator": N_("全部指标"),
    "task": N_("全部任务"),
    "rectification": N_("全部整改任务"),
}
COUNTED = {
    ("indicator", Attribute.BINDING): N_("约束性指标{total}项"),
    ("indicator", Attribute.REFERENCE): N_("参考性指标{total}项"),
    ("task", Attribute.BINDING): N_("约束性任务{total}项"),
    ("task", Attribute.REFERENCE): N_("参考性任务{total}项"),
    ("rectification", Attribute.BINDING): N_("约束性整改任务{total}项"),
    ("rectification", Attribute.REFERENCE): N_("参考性整改任务{total}项"),
}
COUNTED_ALL = {
    "indicator": N_("指标{total}项"),
    "task": N_("任务{total}项"),
    "rectification": N_("整改任务{total}项"),
}
SETTLED = (Verdict.MET, Verdict.NOT_MET, Verdict.ON_TRACK, Verdict.BEHIND)


def unit_word(plans: Sequence[CompletePlan]) -> str:
    """Return what plans call their commitments, where they do alike; tasks where they do not."""
    words = {plan.unit_word for plan in plans}
    return words.pop() if len(words) == 1 else "task"


def unit_name(plans: Sequence[CompletePlan]) -> str:
    """Return what plans call a commitment: 指标, 任务 or 整改任务."""
    return _(UNIT_NAMES[unit_word(plans)])


def all_heading(report: Report) -> str:
    """Name the list of all commitments."""
    return _(ALL_OF[unit_word(report.plans)])


def counts(report: Report, plan: CompletePlan) -> list[Markup]:
    """Return one sentence for each attribute that occurs: how many, and of each verdict how many.

    No share is formed: how many must be met is the superior's rule, and not known.
    """
    found = {one.attribute for one in plan.counted()}
    if len(found) == 1:
        return [_count(report, plan, "all", COUNTED_ALL[plan.unit_word])]
    return [
        _count(report, plan, attribute, COUNTED[plan.unit_word, attribute])
        for attribute in Attribute
    ]


def conclusion_heading(report: Report, whole: CompletePlan) -> Markup:
    """Say the state of all that binds the district in one line, and of how many plans it is."""
    said = verdict_heading(report, whole)
    if len(report.plans) == 1:
        return said
    if all(plan.owner != report.pair.district for plan in report.plans):
        return sentence(N_("上级{n}个方案合计：{said}"), n=len(report.plans), said=said)
    return sentence(N_("{n}个方案合计：{said}"), n=len(report.plans), said=said)


def verdict_heading(report: Report, plan: CompletePlan) -> Markup:
    """Say the plan's state in one line, for the heading of the first section."""
    if report.counted(plan).is_vetoed:
        return sentence(N_("出现否决项"))
    n_not_due, n_apart, n_all = (
        _fact(report, plan, f"all/{name}").value
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

    How many are met and not met is said even of none, unless nothing could be judged at all.
    """
    is_judged = any(_fact(report, plan, f"all/{verdict}").value for verdict in SETTLED)
    always = (Verdict.MET, Verdict.NOT_MET) if is_judged else ()
    together = UNDECIDED if is_judged else ()
    said = {
        verdict: sentence(
            N_("{n}项{verdict}"),
            n=_number(report, plan, verdict),
            verdict=_in_sentence(style, plan),
        )
        for verdict, style in report.catalogue.verdicts.items()
        if verdict not in together
        and (verdict in always or _fact(report, plan, f"all/{verdict}").value)
    }
    first = [said.pop(verdict) for verdict in always]
    if together and _fact(report, plan, "all/undecided").value:
        undecided = _number(report, plan, "undecided")
        first.append(sentence(N_("{n}项缺数据或认定"), n=undecided))
    return [*first, *said.values()]


def attention_heading(report: Report, plan: CompletePlan) -> Markup:
    """Say how many things need attention."""
    if not report.conclusion(plan).attention:
        return sentence(N_("没有需要关注的事项"))
    verdicts = {one.verdict for one in report.conclusion(plan).attention}
    text = N_("需要关注{n}项")
    if verdicts <= ASKED_FOR:
        text = N_("{n}项还没有数据、认定或下达的目标值")
    said = sentence(text, n=_number(report, plan, "attention"))
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


def contradictions_heading(found: Sequence[tuple[CompletePlan, Sequence[object]]]) -> Markup:
    """Say how often the plans differ within or between them."""
    n_found = sum(len(differing) for _plan, differing in found)
    return sentence(N_("方案文本有{n}处前后不一致"), n=n_found)


def to_bring_heading(places: Sequence[PlaceToBring]) -> Markup:
    """Say how many tables have still to be brought."""
    n_tables = len(set().union(*(place.files for place in places)))
    return sentence(N_("还要补充{n}类数据表"), n=n_tables)


def areas_heading(found: Sequence[tuple[str, Sequence[object]]]) -> Markup:
    """Say how many areas below the district are named."""
    return sentence(N_("方案点名{n}个下属地区"), n=len(found))


def quality_heading(report: Report) -> Markup:
    """Say what validation found."""
    if not report.assessment.sources:
        return sentence(N_("没有收到数据文件"))
    stopped = report.assessment.validation.stopped_datasets
    if stopped:
        names = joined(localized(report.catalogue.datasets[one]) for one in sorted(stopped))
        return sentence(N_("未通过校验的数据表：{names}"), names=names)
    if not report.assessment.validation.warnings:
        return sentence(N_("数据校验未发现问题"))
    return sentence(
        N_("数据校验有{n}条提醒，涉及{places}处"),
        n=number(report.fact("count/warnings")),
        places=number(report.fact("count/warnings/places")),
    )


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
        if (fact := _counted_facts(report, plan).get(_identifier(report, plan, name, department)))
    }
    leading = sharing_extreme(found, lambda department: found[department].value, max)
    if not leading:
        return sentence(N_("各责任单位均无未决事项"))
    return sentence(
        of_one if len(leading) == 1 else of_several,
        names=joined(localized(report.catalogue.departments[one]) for one in leading),
        n=_written(report, found[leading[0]]),
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
        (localized(department), report.judgements[one.id].verdict.value)
        for one in plan.counted()
        for department in _in_office(report, one)
    ]
    table = pd.DataFrame(pairs, columns=["department", "verdict"])
    counts = pd.crosstab(table["department"], table["verdict"])
    order = [verdict.value for verdict in report.catalogue.verdicts if verdict in counts.columns]
    return counts[order]


def _in_office(report: Report, commitment: Commitment) -> list[Department]:
    known = report.catalogue.departments
    held = (in_office(known, name, report.year) for name in commitment.responsible)
    return list({one.id: one for one in held}.values())


def _number(report: Report, plan: CompletePlan, name: str) -> Markup:
    return _written(report, _fact(report, plan, f"all/{name}"))


def _written(report: Report, fact: Fact) -> Markup:
    """Write a count; what was counted for this page alone is no number of the assessment."""
    return (
        number(fact) if fact.id in report.facts else Markup("{}").format(format_number(fact.value))
    )


def _fact(report: Report, plan: CompletePlan, name: str) -> Fact:
    return _counted_facts(report, plan)[_identifier(report, plan, *name.split("/"))]


def _identifier(report: Report, plan: CompletePlan, *names: str) -> str:
    return "/".join((str(report.pair), "count", plan.id, *names))


def _counted_facts(report: Report, plan: CompletePlan) -> Mapping[str, Fact]:
    """Return the counts of a plan; those of several plans taken together are counted here."""
    if _identifier(report, plan, "all", "total") in report.facts:
        return report.facts
    facts = conclusion_facts(report.pair, plan, report.judgements)
    return {fact.id: fact for fact in facts}


def _in_sentence(style: VerdictStyle, plan: CompletePlan) -> str:
    """Return a verdict's word as it stands within a sentence: small where there are capitals."""
    return verdict_label(style, plan).lower()


def _count(report: Report, plan: CompletePlan, group: str, text: str) -> Markup:
    parts = [
        sentence(
            N_("{verdict}{n}项"),
            verdict=_in_sentence(style, plan),
            n=_written(report, _fact(report, plan, f"{group}/{verdict}")),
        )
        for verdict, style in report.catalogue.verdicts.items()
        if _fact(report, plan, f"{group}/{verdict}").value
    ]
    said = sentence(text, total=_written(report, _fact(report, plan, f"{group}/total")))
    listed = _with_apart(report, plan, f"{group}/demonstration", joined(parts))
    return said + _("：") + listed + _("。")


def _with_apart(report: Report, plan: CompletePlan, name: str, said: Markup) -> Markup:
    """Add to counts of real data how many there are beside them of demonstration data."""
    fact = _fact(report, plan, name)
    if not fact.value:
        return said
    apart = sentence(N_("另有{n}项只有演示数据"), n=_written(report, fact))
    return escape(_("，")).join(filter(None, (said, apart)))
