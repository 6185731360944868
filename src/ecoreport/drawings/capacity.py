"""The chart of capacities of the chapter on waste."""

from __future__ import annotations

import math

from ecoreport.charts.capacities import Capacity, capacities_against_need
from ecoreport.charts.chart import Chart
from ecoreport.findings import capacity as findings
from ecoreport.findings.waste import name
from ecoreport.narrative import plain
from ecoreport.report import Report


def capacities(report: Report) -> Chart:
    """Draw capacity in operation and being built beside what was generated."""
    rows = [
        Capacity(
            label=name(str(row["waste"])),
            operating=_known(row["operating_t_a"]),
            under_construction=_known(row["under_construction_t_a"]),
            need=_known(row["need_t"]),
            n_unknown=int(row["n_without_capacity"]),
        )
        for row in findings.capacities(report).to_dict("records")
    ]
    return capacities_against_need(rows, title=plain(findings.capacities_heading(report)))


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
