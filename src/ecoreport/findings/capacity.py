"""What the chapter on waste finds of capacities: whether they are as large as what is generated."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from ecoreport.findings.waste import name
from ecoreport.findings.wording import dated
from ecoreport.message import N_
from ecoreport.narrative import joined, sentence
from ecoreport.observe.waste import FACILITIES, MONTHS_A_YEAR
from ecoreport.report import Provenance, Report

CAPACITY = "waste_capacity"
"""Frame that capacities are kept in."""


def capacities(report: Report) -> pd.DataFrame:
    """Return a row a kind of waste; none where no facilities were told."""
    frame = report.frame(CAPACITY)
    return pd.DataFrame() if frame is None else frame


def capacities_heading(report: Report) -> Markup:
    """Say of which kinds the capacity in operation is less than what was generated.

    What was generated in part of a year is not held against what a whole year's capacity is.
    """
    frame = capacities(report)
    part = frame[frame["n_months"].between(1, MONTHS_A_YEAR - 1)]
    withheld = sentence(
        N_("{names}的产生量不是全年的，不与全年能力比较"), names=joined(map(name, part["waste"]))
    )
    known = frame[frame[["operating_t_a", "need_t"]].notna().all(axis=1)]
    if known.empty and len(part):
        return dated(report, withheld)
    if known.empty:
        return sentence(N_("没有既报能力又报产生量的废物，不能比较"))
    short = known[known["operating_t_a"] < known["need_t"]]
    if len(short):
        said = sentence(N_("{names}的投运能力小于产生量"), names=joined(map(name, short["waste"])))
    else:
        said = sentence(
            N_("{names}的投运能力不小于产生量"), names=joined(map(name, known["waste"]))
        )
    if len(part):
        said = sentence(N_("{said}；{withheld}"), said=said, withheld=withheld)
    return dated(report, said)


def provenance(report: Report) -> Provenance:
    """Return the files of the facilities."""
    return Provenance(
        sources=report.files(FACILITIES),
        is_demonstration=report.is_dataset_made(FACILITIES),
    )
