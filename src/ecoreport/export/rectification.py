"""The ledger of rectification to take away: one row a problem, and one a step."""

from __future__ import annotations

from collections import Counter

from ecoreport.config.models import Commitment
from ecoreport.config.rectification_states import RectificationState
from ecoreport.export.columns import BETWEEN, DEMONSTRATION, Column, Edition
from ecoreport.findings.rectification import missing_text
from ecoreport.i18n import _
from ecoreport.labels import localized, worded
from ecoreport.message import N_
from ecoreport.observe.rectification import ProblemState, Step
from ecoreport.rectification import Problem, problems_of
from ecoreport.workbooks import Cell, Table

State = RectificationState


def problem_table(edition: Edition) -> Table:
    """Return one row for each problem: its goal, where it stands, what is missing."""
    rows = [[cell(edition, one) for _header, cell in PROBLEM_COLUMNS] for one in _problems(edition)]
    return Table(_("整改问题"), [_(header) for header, _cell in PROBLEM_COLUMNS], rows)


def step_table(edition: Edition) -> Table:
    """Return one row for each step, as it was reported and what was accepted of it."""
    rows = [
        [problem.item.number, *(cell(edition, step) for _header, cell in STEP_COLUMNS)]
        for problem in _problems(edition)
        for step in problem.found.steps
    ]
    headers = [_("编号"), *(_(header) for header, _cell in STEP_COLUMNS)]
    return Table(_("整改步骤"), headers, rows)


def _problems(edition: Edition) -> list[Problem]:
    found = edition.assessment.rectification
    plans = dict.fromkeys(one.plan for one in found)
    return [one for plan in plans for one in problems_of(edition.catalogue, plan, found)]


def _state(edition: Edition, state: State) -> str:
    return localized(edition.catalogue.rectification_states[state])


def _closing(problem: Problem) -> Step | None:
    return problem.found.last(State.CLOSED)


def _of_closing(problem: Problem, name: str) -> Cell:
    closing = _closing(problem)
    return getattr(closing, name) if closing else None


def _people(found: ProblemState) -> str:
    return _("、").join(dict.fromkeys(one.person for one in found.steps if one.person))


def _verdicts(edition: Edition, problem: Problem) -> str:
    """Count the problem's commitments by verdict: 达标 3; 未报送 2."""
    own = set(problem.item.commitments)
    judged = [one for one in edition.assessment.judgements if one.commitment in own]
    words = Counter(edition.verdict(one) for one in judged)
    return BETWEEN.join(f"{word} {n}" for word, n in words.items())


def _unmet(edition: Edition, problem: Problem) -> str:
    if not problem.found.is_inconsistent:
        return ""
    known: dict[str, Commitment] = edition.commitments
    return BETWEEN.join(localized(known[name]) for name in problem.found.unmet)


def _yes(holds: bool) -> str:
    return _("是") if holds else ""


def _mark(is_demonstration: bool) -> str:
    return _(DEMONSTRATION) if is_demonstration else ""


PROBLEM_COLUMNS: tuple[Column, ...] = (
    (N_("方案"), lambda e, p: localized(e.catalogue.plans[p.found.plan])),
    (N_("编号"), lambda _e, p: p.item.number),
    (N_("目标"), lambda _e, p: worded(p.item, "goal")),
    (N_("措施"), lambda _e, p: worded(p.item, "measures")),
    (N_("时限"), lambda _e, p: p.item.deadline),
    (N_("牵头单位"), lambda e, p: e.departments(p.item.lead)),
    (N_("责任人"), lambda _e, p: _people(p.found)),
    (N_("状态"), lambda e, p: _state(e, p.found.state)),
    (N_("状态代码"), lambda _e, p: str(p.found.state)),
    (N_("状态日期"), lambda _e, p: p.found.since),
    (N_("超期"), lambda _e, p: _yes(p.found.is_overdue)),
    (N_("验收单位"), lambda _e, p: _of_closing(p, "acceptance_unit")),
    (N_("验收日期"), lambda _e, p: _of_closing(p, "acceptance_date")),
    (N_("公示开始"), lambda _e, p: _of_closing(p, "publicity_start")),
    (N_("公示结束"), lambda _e, p: _of_closing(p, "publicity_end")),
    (N_("公示网址"), lambda _e, p: _of_closing(p, "publicity_address")),
    (N_("销号文号"), lambda _e, p: _of_closing(p, "closing_number")),
    (N_("尚缺"), lambda e, p: missing_text(e.catalogue, p.found)),
    (N_("承诺的结论"), _verdicts),
    (N_("销号与评价不一致"), _unmet),
    (DEMONSTRATION, lambda _e, p: _mark(any(one.is_demonstration for one in p.found.steps))),
)

STEP_COLUMNS: tuple[Column, ...] = (
    (N_("日期"), lambda _e, s: s.day),
    (N_("填报的状态"), lambda e, s: _state(e, s.claimed)),
    (N_("能证明的状态"), lambda e, s: _state(e, s.proven)),
    (N_("来源文件"), lambda _e, s: s.document),
    (N_("文号"), lambda _e, s: s.document_number),
    (N_("证明材料"), lambda _e, s: s.evidence_file),
    (N_("责任人"), lambda _e, s: s.person),
    (N_("验收单位"), lambda _e, s: s.acceptance_unit),
    (N_("验收日期"), lambda _e, s: s.acceptance_date),
    (N_("公示开始"), lambda _e, s: s.publicity_start),
    (N_("公示结束"), lambda _e, s: s.publicity_end),
    (N_("公示网址"), lambda _e, s: s.publicity_address),
    (N_("销号文号"), lambda _e, s: s.closing_number),
    (N_("备注"), lambda _e, s: s.remark),
    (N_("数据性质"), lambda e, s: e.term("maturities", s.maturity)),
    (DEMONSTRATION, lambda _e, s: _mark(s.is_demonstration)),
    (N_("文件"), lambda _e, s: s.source_file),
    (N_("工作表"), lambda _e, s: s.source_sheet),
    (N_("行"), lambda _e, s: s.source_row),
)
