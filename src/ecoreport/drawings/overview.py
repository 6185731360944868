"""The charts of the opening chapter."""

from __future__ import annotations

from dataclasses import replace

from ecoreport.charts.chart import Chart
from ecoreport.charts.verdicts import departments_by_verdicts, worst_first
from ecoreport.config.catalogue import CompletePlan
from ecoreport.findings import overview as findings
from ecoreport.i18n import _
from ecoreport.narrative import plain
from ecoreport.report import Report


def departments(report: Report, plan: CompletePlan) -> Chart:
    """Draw the commitments by verdict of the departments that have most of them open."""
    counts = worst_first(findings.departments(report, plan))
    shown = counts.head(report.catalogue.report.departments_drawn)
    chart = departments_by_verdicts(
        shown,
        tuple(report.catalogue.verdicts.values()),
        title=plain(findings.departments_heading(report, plan)),
        unit_word=plan.unit_word,
    )
    if len(counts) == len(shown):
        return chart
    note = _("{n}个责任单位中未决最多的{shown}个，其余见“责任单位完成情况”。每个符号为一项。")
    return replace(chart, note=note.format(n=len(counts), shown=len(shown)))
