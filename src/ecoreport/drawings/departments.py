"""The charts of the chapter on departments."""

from __future__ import annotations

from ecoreport.charts.chart import Chart
from ecoreport.charts.verdicts import departments_by_verdicts
from ecoreport.config.catalogue import CompletePlan
from ecoreport.findings import departments as findings
from ecoreport.i18n import _
from ecoreport.narrative import plain
from ecoreport.report import Report


def by_verdicts(report: Report, plan: CompletePlan) -> Chart:
    """Draw the commitments of a plan by verdict, of the departments that have most open."""
    counts = findings.table(report, plan)
    limit = report.catalogue.report.departments_drawn
    shown_of = _("{n}个责任单位中未决最多的{shown}个，其余见下面的一览。")
    return departments_by_verdicts(
        counts.head(limit),
        tuple(report.catalogue.verdicts.values()),
        title=plain(findings.chart_heading(plan)),
        unit_word=plan.unit_word,
        is_ranked=True,
        shown_of=shown_of.format(n=len(counts), shown=limit) if len(counts) > limit else "",
    )
