"""What was received, and what validation found in it."""

from __future__ import annotations

from markupsafe import Markup

from ecoreport.components import component
from ecoreport.config.corrections import FiledCorrection
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


def corrections(report: Report) -> Markup:
    """Return what letters changed in the tables: what, from what to what, by which letter."""
    rows = [
        {
            "dataset": _dataset_name(report, one.dataset),
            "place": correction_place(one),
            "old_value": one.old_value or _("空白"),
            "new_value": one.new_value or _("空白"),
            "letter": f"{one.letter} {one.title}".strip(),
            "issued_by": one.issued_by,
            "date": one.date.isoformat(),
            "note": _("；").join(filter(None, (correction_state(one), one.reason))),
            "is_demonstration": one.is_demonstration,
        }
        for one in report.assessment.corrections
    ]
    return component("corrections", rows=rows)


def correction_place(correction: FiledCorrection) -> str:
    """Return file, sheet, row and column of a correction in one line."""
    row = _("第 {row} 行").format(row=correction.row)
    words = (correction.file, correction.sheet, row, correction.column)
    return " · ".join(word for word in words if word)


def correction_state(correction: FiledCorrection) -> str:
    """Return why a correction was not applied; nothing where it was."""
    because = correction.ignored_because
    return _("没有应用：{reason}").format(reason=because) if because else ""


def checks(report: Report) -> Markup:
    """Return what validation found by dataset: what to look at, with the rows at fault."""
    datasets = shown(report.assessment.validation, report.catalogue)
    return component("checks", datasets=datasets)


def _dataset_name(report: Report, name: str) -> str:
    return localized(report.catalogue.datasets[name]) if name else _("未识别")
