"""What the chapter on waste finds of capacities: whether they are as large as what is generated."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from ecoreport.findings.waste import name
from ecoreport.findings.wording import dated
from ecoreport.message import N_
from ecoreport.narrative import joined, sentence
from ecoreport.observe.waste import FACILITIES
from ecoreport.report import Provenance, Report

CAPACITY = "waste_capacity"
"""Frame that capacities are kept in."""


def capacities(report: Report) -> pd.DataFrame:
    """Return a row a kind of waste; none where no facilities were told."""
    frame = report.frame(CAPACITY)
    return pd.DataFrame() if frame is None else frame


def capacities_heading(report: Report) -> Markup:
    """Say of which kinds the capacity in operation is less than what was generated."""
    frame = capacities(report)
    known = frame[frame[["operating_t_a", "need_t"]].notna().all(axis=1)]
    if known.empty:
        return sentence(N_("没有既报能力又报产生量的废物，不能比较"))
    short = known[known["operating_t_a"] < known["need_t"]]
    if len(short):
        said = sentence(N_("{names}的投运能力小于产生量"), names=joined(map(name, short["waste"])))
    else:
        said = sentence(
            N_("{names}的投运能力不小于产生量"), names=joined(map(name, known["waste"]))
        )
    return dated(report, said)


def provenance(report: Report) -> Provenance:
    """Return the files of the facilities."""
    return Provenance(
        sources=report.files(FACILITIES),
        is_demonstration=report.is_dataset_made(FACILITIES),
    )
