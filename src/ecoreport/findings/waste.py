"""What the chapter on waste finds of the flows: what came in, what became of it, and the gap."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from ecoreport.area_facts import whole_flows
from ecoreport.facts import Fact
from ecoreport.findings.area import Chapter
from ecoreport.i18n import current_locale
from ecoreport.message import N_
from ecoreport.narrative import joined, number, quantity, sentence
from ecoreport.observe.waste_flows import DATASET
from ecoreport.report import Provenance
from ecoreport.standards.tables import select, single

BALANCE = "waste_balance"
"""Frame that the flows are kept in."""


def flows(chapter: Chapter) -> pd.DataFrame:
    """Return the kinds of waste of which all that a balance needs is known; most comes first."""
    frame = chapter.report.frame(BALANCE)
    if frame is None:
        return pd.DataFrame()
    return whole_flows(frame).sort_values("in_t", ascending=False, kind="stable")


def flows_heading(chapter: Chapter) -> Markup:
    """Say of how many kinds the balance is even, and where most is unaccounted for."""
    prefix = f"{chapter.report.pair}/count/area/waste/flows"
    facts = chapter.report.facts
    total, balanced = (facts[f"{prefix}/{name}"] for name in ("total", "balanced"))
    said = (
        sentence(N_("{total}类废物的来源与去向全部平衡"), total=number(total))
        if total.value == balanced.value
        else sentence(
            N_("{total}类废物的来源与去向中{balanced}类平衡"),
            total=number(total),
            balanced=number(balanced),
        )
    )
    shown = flows(chapter)
    worst = max(map(str, shown["waste"]), key=lambda kind: abs(_gap(chapter, kind).value))
    gap = _gap(chapter, worst)
    if not gap.value:
        return said
    text = N_("；差额最大的是{name}，{gap}")
    return said + sentence(text, name=name(worst), gap=quantity(gap))


def _gap(chapter: Chapter, kind: str) -> Fact:
    return chapter.report.fact(f"waste/{kind}/gap")


def flows_note(chapter: Chapter) -> Markup:
    """Name the kinds of which something is missing."""
    frame = chapter.report.frame(BALANCE)
    if frame is None:
        return Markup("")
    lacking = frame[frame["missing_terms"] != ""]
    kinds = dict.fromkeys(str(one) for one in lacking["waste"])
    shown = set(flows(chapter)["waste"])
    names = [name(one) for one in kinds if one not in shown]
    if not names:
        return Markup("")
    return sentence(N_("产生量、贮存量或去向填报不全、不能核对的：{names}。"), names=joined(names))


def name(kind: str) -> str:
    """Return what a kind of waste is called."""
    return single("waste_kinds", waste=kind)[f"name_{current_locale()}"]


def fates() -> dict[str, str]:
    """Return what may become of waste: column and name, in the order of the balance."""
    lines = select("mass_balance_terms", side="out")
    return {line["column"]: line[f"name_{current_locale()}"] for line in lines}


def provenance(chapter: Chapter) -> Provenance:
    """Return the files of the flows."""
    report = chapter.report
    return Provenance(
        sources=report.files(DATASET),
        is_demonstration=report.is_dataset_made(DATASET),
    )
