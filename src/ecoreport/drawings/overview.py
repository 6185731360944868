"""The charts of the opening chapter."""

from __future__ import annotations

from ecoreport.charts.chart import Chart
from ecoreport.charts.verdicts import departments_by_verdicts
from ecoreport.config.catalogue import CompletePlan
from ecoreport.findings import overview as findings
from ecoreport.narrative import plain
from ecoreport.report import Report


def departments(report: Report, plan: CompletePlan) -> Chart:
    """Draw each department's commitments by verdict."""
    return departments_by_verdicts(
        findings.departments(report, plan),
        tuple(report.catalogue.verdicts.values()),
        title=plain(findings.departments_heading(report, plan)),
        unit_word=plan.unit_word,
    )
