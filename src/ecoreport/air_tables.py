"""Tables of the chapter on air."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from ecoreport.components import component
from ecoreport.config.vocabulary import Verdict
from ecoreport.findings.air import AnnualRow
from ecoreport.findings.air_years import COMPOSITE, CompositeItem
from ecoreport.findings.wording import last_year, measured_name, period_name
from ecoreport.i18n import _
from ecoreport.labels import standard_label
from ecoreport.numbers import format_number, plain_decimal
from ecoreport.observe.air import UNVERIFIED_PARTS
from ecoreport.observe.observation import Observation
from ecoreport.report import Provenance, Report
from ecoreport.symbols import symbol
from ecoreport.tables import written


def statistics(report: Report, rows: Sequence[AnnualRow]) -> Markup:
    """Return annual statistics of the pollutants against their limits.

    Parameters
    ----------
    rows : sequence of AnnualRow
        As :func:`ecoreport.findings.air.annual_rows` gives them.
    """
    before = [last_year(report, one.observation) if one.observation else None for one in rows]
    pairs = list(zip(rows, before, strict=True))
    lines = [_statistic(report, one, known) for one, known in pairs]
    parts = dict.fromkeys(part for one in rows for part in one.assessed["unverified"])
    return component(
        "air_statistics",
        rows=lines,
        period=period_name(report, report.year),
        last_period=_("上年同期") if report.as_of else _("上年"),
        is_of_another_basis=any(
            known is not None and one.observation is not None
            and known.basis != one.observation.basis
            for one, known in pairs
        ),
        unverified=[_(UNVERIFIED_PARTS[part]) for part in parts],
    )  # fmt: skip


def _statistic(report: Report, row: AnnualRow, before: Observation | None) -> dict[str, object]:
    known, assessed = row.observation, row.assessed
    verdict = report.catalogue.verdicts[_annual_verdict(report, row)]
    return {
        "label": measured_name(report, row.indicator, known),
        "unit": row.indicator.unit,
        "value": written(known),
        "last_year": written(before),
        "limit": format_number(plain_decimal(assessed["limit"])),
        "multiple": _multiple(assessed["exceedance_multiple"]),
        "n_valid": f"{assessed['n_valid_days']} / {assessed['n_expected']}",
        "style": verdict,
        "verdict": standard_label(verdict),
        "is_demonstration": known is not None and known.is_demonstration,
        "unverified": bool(len(assessed["unverified"])),
    }


def composite(report: Report, items: Sequence[CompositeItem], provenance: Provenance) -> Markup:
    """Return what the composite index is made of, the largest part first.

    Parameters
    ----------
    items : sequence of CompositeItem
        As :func:`ecoreport.findings.air_years.composite_items` gives them.
    """
    rows = [
        {
            "pollutant": symbol(one.pollutant),
            "label": measured_name(report, report.indicator(one.observation.indicator),
                                   one.observation) if one.observation else "",
            "unit": one.observation.unit if one.observation else "",
            "value": written(one.observation),
            "limit": format_number(one.limit),
            "index": "—" if one.index is None else format_number(one.index),
            "share": "—" if one.share is None else format_number(one.share),
            "is_demonstration": one.observation is not None and one.observation.is_demonstration,
        }
        for one in items
    ]  # fmt: skip
    return component(
        "air_composite",
        rows=rows,
        total=written(report.observation(COMPOSITE)),
        provenance=provenance,
    )


def _multiple(value: float) -> str:
    return "" if pd.isna(value) else f"{value:.2f}"


def _annual_verdict(report: Report, row: AnnualRow) -> Verdict:
    return Verdict.INSUFFICIENT_DATA if report.as_of else Verdict(row.verdict)
