"""The table of a plan's problems: where each stands, since when, and what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ecoreport.components import component
from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.presentation import VerdictStyle
from ecoreport.config.rectification_states import (
    LEDGER,
    RectificationState,
    StateStyle,
    required_text,
)
from ecoreport.findings.rectification import has_ledger, missing_text
from ecoreport.i18n import _
from ecoreport.labels import localized, verdict_label, worded
from ecoreport.observe.rectification import ProblemState, Step
from ecoreport.rectification import Problem
from ecoreport.report import Provenance, Report
from ecoreport.rows import Row, rows_of


@dataclass(frozen=True)
class StepLine:
    """A step with its day; one that was not accepted says so."""

    label: str
    day: str
    is_refused: bool


@dataclass(frozen=True)
class ProblemLine:
    """A problem as a row of the table."""

    number: str
    goal: str
    measures: str
    deadline: str
    is_overdue: bool
    lead: str
    people: tuple[str, ...]
    style: StateStyle
    label: str
    steps: tuple[StepLine, ...]
    acceptance: tuple[str, ...]
    publicity_days: tuple[str, ...]
    publicity_address: str
    closing_number: str
    verdicts: tuple[tuple[VerdictStyle, str, int], ...]
    missing: str
    unmet: tuple[Row, ...]
    """Commitments that contradict the closing."""
    is_demonstration: bool


def problem_table(report: Report, plan: CompletePlan) -> Markup:
    """Return where each problem of a plan stands, with a legend of states and their counts."""
    problems = report.problems(plan)
    rows = {one.commitment.id: one for row in rows_of(report, plan) for one in (row, *row.parts)}
    lines = [_line(report, plan, one, rows) for one in problems]
    states = report.catalogue.rectification_states
    legend = [
        (style, localized(style), sum(one.found.state is state for one in problems))
        for state, style in states.items()
    ]
    verdicts = [style for one in lines for style, _label, _n in one.verdicts]
    return component(
        "problem_table",
        plan=plan,
        lines=lines,
        legend=[one for one in legend if one[2]],
        verdicts=[
            (style, verdict_label(style, plan))
            for style in report.catalogue.verdicts.values()
            if style in verdicts
        ],
        has_ledger=has_ledger(report, plan),
        requirements=list(_requirements(report)),
        provenance=_provenance([one.found for one in problems]),
    )


def _line(
    report: Report, plan: CompletePlan, problem: Problem, rows: Mapping[str, Row]
) -> ProblemLine:
    item, found = problem.item, problem.found
    style = report.catalogue.rectification_states[found.state]
    closing = found.last(RectificationState.CLOSED)
    own = [rows[name] for name in item.commitments if name in rows]
    return ProblemLine(
        number=item.number,
        goal=worded(item, "goal"),
        measures=worded(item, "measures"),
        deadline=item.deadline.isoformat() if item.deadline else "",
        is_overdue=found.is_overdue,
        lead=_("、").join(localized(report.catalogue.departments[one]) for one in item.lead),
        people=tuple(dict.fromkeys(one.person for one in found.steps if one.person)),
        style=style,
        label=localized(style),
        steps=tuple(_step_line(report, one) for one in found.steps),
        acceptance=_acceptance(report, problem, closing),
        publicity_days=_publicity_days(closing),
        publicity_address=closing.publicity_address if closing else "",
        closing_number=closing.closing_number if closing else "",
        verdicts=_verdicts(report, plan, own),
        missing=missing_text(report.catalogue, found),
        unmet=tuple(rows[name] for name in found.unmet) if found.is_inconsistent else (),
        is_demonstration=any(one.is_demonstration for one in found.steps),
    )


def _step_line(report: Report, step: Step) -> StepLine:
    style = report.catalogue.rectification_states[step.claimed]
    return StepLine(localized(style), step.day.isoformat(), step.proven is not step.claimed)


def _acceptance(report: Report, problem: Problem, closing: Step | None) -> tuple[str, ...]:
    """Return who accepted it and when; before, who is to accept it by the plan."""
    if closing is None:
        departments = report.catalogue.departments
        return tuple(localized(departments[one]) for one in problem.item.acceptance)
    return _filled(closing.acceptance_unit, _day(closing.acceptance_date))


def _publicity_days(closing: Step | None) -> tuple[str, ...]:
    """Return from when to when it was publicised; one day where only one is known."""
    days = _filled(_day(closing.publicity_start), _day(closing.publicity_end)) if closing else ()
    return (f"{days[0]}–", days[1]) if len(days) > 1 else days


def _verdicts(
    report: Report, plan: CompletePlan, rows: Iterable[Row]
) -> tuple[tuple[VerdictStyle, str, int], ...]:
    """Count the commitments of a problem by verdict."""
    judged = [row.judgement.verdict for row in rows]
    return tuple(
        (style, verdict_label(style, plan), judged.count(verdict))
        for verdict, style in report.catalogue.verdicts.items()
        if verdict in judged
    )


def _requirements(report: Report) -> Iterable[tuple[str, str]]:
    """Yield each state with what a step must show to reach it."""
    ledger = report.catalogue.datasets[LEDGER]
    for style in report.catalogue.rectification_states.values():
        if style.requires:
            yield localized(style), _("、").join(required_text(ledger, style.requires))


def _provenance(found: Iterable[ProblemState]) -> Provenance:
    steps = [step for one in found for step in one.steps]
    return Provenance(
        sources=tuple(dict.fromkeys(one.source_file.rpartition("/")[2] for one in steps))
        or (_("没有收到台账"),),
        download="data/rectification.csv",
        is_demonstration=any(one.is_demonstration for one in steps),
    )


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _filled(*words: str) -> tuple[str, ...]:
    return tuple(word for word in words if word)
