"""What a plan of rectification has come to: how many problems are closed, late, back again."""

from __future__ import annotations

from markupsafe import Markup, escape

from ecoreport.config.catalogue import Catalogue, CompletePlan
from ecoreport.config.rectification_states import LEDGER, RectificationState, required_text
from ecoreport.facts import Fact
from ecoreport.findings.wording import dated
from ecoreport.i18n import _
from ecoreport.labels import localized
from ecoreport.message import N_
from ecoreport.narrative import number, on_pages, sentence
from ecoreport.observe.rectification import ProblemState
from ecoreport.report import Report

COUNTED = {
    "relapsed": N_("反弹{n}项"),
    "not_reported": N_("未报送{n}项"),
}
"""Said beside what is closed and late, where there is any."""


def plans(report: Report) -> list[CompletePlan]:
    """Return the plans of the district's own that put problems right."""
    return [plan for plan in report.plans if report.problems(plan)]


def has_ledger(report: Report, plan: CompletePlan) -> bool:
    """Whether anything of the plan's problems was reported up to the last day."""
    return bool(_fact(report, plan, "reported").value)


def heading(report: Report, plan: CompletePlan) -> Markup:
    """Say how many problems are closed and how many late: 26项问题中已销号3项，超期1项."""
    total, overdue = (number(_fact(report, plan, name)) for name in ("total", "overdue"))
    if not has_ledger(report, plan):
        text = N_("{total}项问题都没有报送整改台账")
        if _is_refused(report):
            text = N_("{total}项问题的整改台账未通过校验，没有采用")
        parts = [sentence(text, total=total)]
        if _fact(report, plan, "overdue").value:
            parts.append(sentence(N_("其中{n}项时限已过"), n=overdue))
        return dated(report, _listed(parts))
    closed = number(_fact(report, plan, "closed"))
    parts = [
        sentence(N_("{total}项问题中已销号{n}项"), total=total, n=closed),
        sentence(N_("超期{n}项"), n=overdue),
    ]
    for name, text in COUNTED.items():
        if (fact := _fact(report, plan, name)).value:
            parts.append(sentence(text, n=number(fact)))
    said = dated(report, _listed(parts))
    if any(step.is_demonstration for one in report.problems(plan) for step in one.found.steps):
        return sentence(N_("{said}（演示数据）"), said=said)
    return said


def inconsistency(report: Report, plan: CompletePlan) -> Markup:
    """Say how many problems are closed while a commitment of theirs is not met."""
    fact = _fact(report, plan, "inconsistent")
    if not fact.value:
        return Markup("")
    return sentence(N_("销号与评价不一致{n}项：问题已销号，所属的承诺却没有达到。"), n=number(fact))


def refusal(report: Report, plan: CompletePlan) -> Markup:
    """Say that this year's ledger was not used beside earlier ones, where validation stopped it."""
    if not (_is_refused(report) and has_ledger(report, plan)):
        return Markup("")
    return sentence(N_("本年度的整改台账未通过校验，没有采用，下面只有往年的步骤。"))


def asked(report: Report, plan: CompletePlan) -> Markup:
    """Say what the plan asks, where nothing was reported."""
    total = number(_fact(report, plan, "total"))
    return sentence(
        N_("整改方案要求{total}项问题逐项整改、逐项销号。没有记录，不等于没有启动。"), total=total
    )


def to_bring(report: Report) -> Markup:
    """Say which table to bring, from whom, and how to come by it."""
    if _is_refused(report):
        return sentence(N_("按退回表改正后重新报送整改台账。"))
    ledger = report.catalogue.datasets[LEDGER]
    how = sentence(
        N_("；make templates DISTRICT={district} YEAR={year} 生成的空白表已列好各项问题"),
        district=report.pair.district,
        year=report.year,
    )
    return sentence(
        N_("{ledger}，由{department}填报，每到一个状态写一行，写明日期、文件和证明材料{how}。"),
        ledger=localized(ledger),
        department=_(ledger.department),
        how=on_pages(how),
    )


def missing_text(catalogue: Catalogue, found: ProblemState) -> str:
    """Say what the next state lacks: of a step that was not accepted only what it lacks itself."""
    if found.next_state is None:
        return ""
    if found.state is RectificationState.NOT_REPORTED:
        return _("台账中的记录")
    state = localized(catalogue.rectification_states[found.next_state])
    if found.refused is None:
        return _("“{state}”的记录和佐证").format(state=state)
    ledger, late = catalogue.datasets[LEDGER], set(found.refused.late)
    blank = [group for group in found.missing if not late & set(group)]
    after = [group for group in found.missing if late & set(group)]
    words = [
        _(text).format(words=_("、").join(required_text(ledger, groups)))
        for text, groups in ((N_("缺{words}"), blank), (N_("{words}在这一步之后"), after))
        if groups
    ]
    return _("“{state}”{words}").format(state=state, words=_("；").join(words))


def _is_refused(report: Report) -> bool:
    return LEDGER in report.assessment.validation.stopped_datasets


def _fact(report: Report, plan: CompletePlan, name: str) -> Fact:
    return report.fact(f"rectification/{plan.id}/{name}")


def _listed(parts: list[Markup]) -> Markup:
    return escape(_("，")).join(parts)
