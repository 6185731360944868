"""What the chapter on surface water says of total nitrogen and coliforms, graded apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd
from markupsafe import Markup, escape

from ecoreport.findings.water import item_names, section_frames
from ecoreport.findings.wording import dated
from ecoreport.i18n import _
from ecoreport.message import N_
from ecoreport.narrative import joined, sentence
from ecoreport.observe.water_sections import APART
from ecoreport.report import Report
from ecoreport.standards.tables import select, single
from ecoreport.standards.water.readings import column_of
from ecoreport.water_facts import GOOD

NAMES_MAX: Final = 5
LAKE: Final = "lake"
NITROGEN, COLIFORMS = "nitrogen", "coliform"


@dataclass(frozen=True)
class Apart:
    """An item that is no part of the class of sections, in those of one kind of water."""

    item: str
    unit: str
    has_limits: bool
    """The standard sets none for total nitrogen of rivers."""
    n_sections: int
    """Measured in as many months as the year needs."""
    means: tuple[float, float] | None
    """Over the year, of those of them with the least and the most; None without any."""
    n_by_class: dict[str, int]
    beyond: tuple[str, ...]
    """Sections worse than class III."""
    few: tuple[tuple[str, int, float], ...]
    """Sections with too few months, how many these are, and their mean: no class."""


def apart(report: Report) -> list[Apart]:
    """Return how sections stand by total nitrogen and coliforms; empty where none was measured."""
    frames = section_frames(report)
    if not frames:
        return []
    years = frames["water_section_year"]
    rows = years[years["is_counted"]]
    is_lake = rows["water_body"] == LAKE
    names = item_names()
    nitrogen, coliforms = (names[column_of(APART[one])] for one in (NITROGEN, COLIFORMS))
    in_rivers = _("{item}（河流）").format(item=nitrogen)
    known = [
        _of(rows[is_lake], NITROGEN, _("{item}（湖库）").format(item=nitrogen)),
        _of(rows[~is_lake], NITROGEN, in_rivers, has_limits=False),
        _of(rows, COLIFORMS, coliforms),
    ]
    return [one for one in known if one is not None]


def heading(report: Report, found: list[Apart]) -> Markup:
    """Say what is graded apart, and which sections are worse than class III by it."""
    said = [_told(one) for one in found if one.has_limits]
    text = N_("不计入断面类别、单独评价：{told}")
    if not said:
        return dated(report, sentence(N_("河流总氮没有标准限值，只列浓度")))
    return dated(report, sentence(text, told=escape(_("；")).join(said)))


def _told(one: Apart) -> Markup:
    if not one.n_sections:
        return sentence(N_("{item}监测的月份不足，不评类别"), item=one.item)
    if not one.beyond:
        return sentence(N_("{item}均达到Ⅲ类"), item=one.item)
    if len(one.beyond) == one.n_sections:
        return sentence(N_("{item}均劣于Ⅲ类"), item=one.item)
    if len(one.beyond) > NAMES_MAX:
        return sentence(N_("{item}有多个断面劣于Ⅲ类"), item=one.item)
    return sentence(N_("{item}劣于Ⅲ类的是{names}"), item=one.item, names=joined(one.beyond))


def _of(rows: pd.DataFrame, name: str, item: str, *, has_limits: bool = True) -> Apart | None:
    """Return how an item stands in sections; None where none of them has a mean of it."""
    column, of_class, of_months = column_of(APART[name]), f"{name}_class", f"{name}_months"
    measured = rows[rows[column].notna()] if column in rows.columns else rows[:0]
    if measured.empty:
        return None
    is_enough = measured[of_months] >= measured["n_months_needed"]
    enough, few = measured[is_enough], measured[~is_enough]
    counts = enough[of_class].value_counts()
    classes = [line["class"] for line in select("water_classes")]
    return Apart(
        item=item,
        unit=single("water_items", column=column)["unit"],
        has_limits=has_limits,
        n_sections=len(enough),
        means=(float(enough[column].min()), float(enough[column].max())) if len(enough) else None,
        n_by_class={one: int(counts.get(one, 0)) for one in classes},
        beyond=tuple(enough.loc[~enough[of_class].isin(GOOD), "name"].astype(str)),
        few=tuple(few[["name", of_months, column]].itertuples(index=False, name=None)),
    )
