"""What the chapter on surface water says of sewage works."""

from __future__ import annotations

from typing import Final

import pandas as pd
from markupsafe import Markup

from ecoreport.facts import Fact
from ecoreport.findings.area import Chapter
from ecoreport.i18n import _
from ecoreport.message import N_
from ecoreport.narrative import number, quantity, sentence
from ecoreport.observe.observation import Observation
from ecoreport.observe.sewage_plants import SCOPES
from ecoreport.report import Report
from ecoreport.water_facts import PREFIX

LOAD: Final = "/sewage_plants_load"


def plants(report: Report) -> pd.DataFrame:
    """Return the sewage works of the year, the largest first; empty without a table."""
    found = report.frame("sewage_plants")
    return pd.DataFrame() if found is None else found


def totals(report: Report) -> pd.DataFrame:
    """Return the plants' volumes by scope beside the area's; empty where either is missing."""
    found = report.frame("sewage_plants_totals")
    return pd.DataFrame() if found is None else found


def load(chapter: Chapter) -> Observation | None:
    """Return the load of all plants together."""
    return next((one for one in chapter.known_here if LOAD in one.id), None)


def heading(chapter: Chapter) -> Markup:
    """Say how much of their capacity the plants took in, and which volumes do not add up."""
    report = chapter.report
    total, full = _fact(report, "total"), _fact(report, "full")
    known = load(chapter)
    said = sentence(N_("{n}座污水处理厂"), n=number(total))
    if known is not None:
        text = N_("{n}座污水处理厂合计负荷率{load}")
        said = sentence(text, n=number(total), load=quantity(known))
    if full.value:
        said += sentence(N_("，{n}座超过设计处理能力"), n=number(full))
    beside = totals(report)
    if len(beside) and not beside["is_within"].all():
        scopes = [_(SCOPES[str(one)]) for one in beside[~beside["is_within"].astype(bool)]["scope"]]
        text = N_("；{scopes}各厂处理量之和与污水处理统计不符")
        said += sentence(text, scopes=_("、").join(scopes))
    return said


def _fact(report: Report, name: str) -> Fact:
    return report.fact(f"{PREFIX}/sewage_plants/{name}")
