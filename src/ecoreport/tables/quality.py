"""What was received, and what validation found in it."""

from __future__ import annotations

from markupsafe import Markup

from ecoreport.components import component
from ecoreport.i18n import _
from ecoreport.labels import localized
from ecoreport.report import Report
from ecoreport.rows import maturity_label
from ecoreport.validate.shown import shown


def sources(report: Report) -> Markup:
    """Return what was received, and what was set aside and why; nothing where nothing came."""
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


def _dataset_name(report: Report, name: str) -> str:
    return localized(report.catalogue.datasets[name]) if name else _("未识别")
