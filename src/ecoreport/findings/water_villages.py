"""What the chapter on surface water says of the drinking water of villages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd
from markupsafe import Markup, escape

from ecoreport.facts import Fact
from ecoreport.findings.area import Chapter
from ecoreport.findings.wording import dated, unverified
from ecoreport.i18n import _
from ecoreport.message import N_
from ecoreport.narrative import number, quantity, sentence
from ecoreport.observe.observation import Observation
from ecoreport.observe.village_water import DATASET, SAMPLES, village_notes
from ecoreport.report import Report
from ecoreport.water_facts import PREFIX

SHARE: Final = "/village_water_population"
SUPPLIES: Final = {
    "central": N_("集中式供水"),
    "small": N_("小型集中式供水"),
    "scattered": N_("分散式供水"),
    "": N_("没有填写供水方式"),
}


@dataclass(frozen=True)
class Supply:
    """The waterworks of one kind, or of all."""

    name: str
    n_works: int
    n_attaining: int
    people: int
    """Of waterworks that were judged and say how many they serve."""
    people_attaining: int


def works(report: Report) -> pd.DataFrame:
    """Return the waterworks of villages that were judged; empty without any."""
    found = report.frame(DATASET)
    return pd.DataFrame() if found is None else found[found["attains"].notna()]


def supplies(report: Report) -> list[Supply]:
    """Return how many waterworks and people of each kind of supply attain, and of all last."""
    known = works(report)
    kinds = known["supply"].fillna("").astype(str)
    own = [
        _supply(_(name), known[kinds == kind])
        for kind, name in SUPPLIES.items()
        if (kinds == kind).any()
    ]
    return own if len(own) == 1 else [*own, _supply(_("合计"), known)]


def failing(report: Report) -> pd.DataFrame:
    """Return the waterworks of which a sample failed."""
    known = works(report)
    return known[~known["attains"].astype(bool)]


def heading(chapter: Chapter) -> Markup:
    """Say how many waterworks attained, and what share of the people they serve that is."""
    report = chapter.report
    total, attaining = _fact(report, "total"), _fact(report, "attaining")
    if attaining.value == total.value:
        said = sentence(N_("{total}处村镇供水工程的饮用水均合格"), total=number(total))
    elif not attaining.value:
        said = sentence(N_("{total}处村镇供水工程均有不合格样品"), total=number(total))
    else:
        text = N_("{total}处村镇供水工程中{n}处饮用水合格")
        said = sentence(text, total=number(total), n=number(attaining))
    if (known := share(chapter)) is not None:
        text = N_("，合格的供水人口占{share}")
        said += sentence(text, share=quantity(known))
    return unverified(dated(report, said), is_verified=False)


def share(chapter: Chapter) -> Observation | None:
    """Return the share of people whose water attains."""
    return next((one for one in chapter.known_here if SHARE in one.id), None)


def notes(chapter: Chapter) -> list[Markup]:
    """Say what was not judged, and by which limits, whether people are known or not."""
    samples, found = (chapter.report.frame(name) for name in (SAMPLES, DATASET))
    if samples is None or found is None:
        return []
    return [escape(str(one)) + _("。") for one in village_notes(samples, found)]


def _supply(name: str, rows: pd.DataFrame) -> Supply:
    attains = rows["attains"].astype(bool)
    people = rows["population"].fillna(0)
    return Supply(
        name=name,
        n_works=len(rows),
        n_attaining=int(attains.sum()),
        people=int(people.sum()),
        people_attaining=int(people[attains].sum()),
    )


def _fact(report: Report, name: str) -> Fact:
    return report.fact(f"{PREFIX}/village_water/{name}")
