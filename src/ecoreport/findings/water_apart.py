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
from ecoreport.report import Report
from ecoreport.standards.tables import select, single
from ecoreport.standards.water.readings import column_of
from ecoreport.water_facts import GOOD

NAMES_MAX: Final = 5
LAKE: Final = "lake"


@dataclass(frozen=True)
class Apart:
    """An item that is no part of the class of sections, in those of one kind of water."""

    item: str
    unit: str
    n_sections: int
    lowest: float
    highest: float
    """Means over the year of the sections with the least and the most."""
    n_by_class: dict[str, int]
    """Empty where the standard sets no limit: total nitrogen of rivers."""
    beyond: tuple[str, ...]
    """Sections worse than class III."""

    @property
    def has_classes(self) -> bool:
        """Whether the standard sets limits for it."""
        return bool(self.n_by_class)


def apart(report: Report) -> list[Apart]:
    """Return how sections stand by total nitrogen and coliforms; empty where none was measured."""
    frames = section_frames(report)
    if not frames:
        return []
    years = frames["water_section_year"]
    rows = years[years["is_counted"] & years["is_sufficient"]]
    is_lake = rows["water_body"] == LAKE
    names = item_names()
    nitrogen, coliforms = column_of("TN"), column_of("FC")
    known = [
        _of(rows[is_lake], nitrogen, _("{item}（湖库）").format(item=names[nitrogen])),
        _of(rows[~is_lake], nitrogen, _("{item}（河流）").format(item=names[nitrogen])),
        _of(rows, coliforms, names[coliforms]),
    ]
    return [one for one in known if one is not None]


def heading(report: Report, found: list[Apart]) -> Markup:
    """Say what is graded apart, and which sections are worse than class III by it."""
    said = [_told(one) for one in found if one.has_classes]
    text = N_("不计入断面类别、单独评价：{told}")
    if not said:
        return dated(report, sentence(N_("河流总氮没有标准限值，只列浓度")))
    return dated(report, sentence(text, told=escape(_("；")).join(said)))


def _told(one: Apart) -> Markup:
    if not one.beyond:
        return sentence(N_("{item}均达到Ⅲ类"), item=one.item)
    if len(one.beyond) == one.n_sections:
        return sentence(N_("{item}均劣于Ⅲ类"), item=one.item)
    if len(one.beyond) > NAMES_MAX:
        return sentence(N_("{item}有多个断面劣于Ⅲ类"), item=one.item)
    return sentence(N_("{item}劣于Ⅲ类的是{names}"), item=one.item, names=joined(one.beyond))


def _of(rows: pd.DataFrame, column: str, item: str) -> Apart | None:
    """Return how an item stands in sections; None where none of them has a mean of it."""
    measured = rows[rows[column].notna()] if column in rows.columns else rows[:0]
    if measured.empty:
        return None
    of_class = "nitrogen_class" if column == column_of("TN") else "coliform_class"
    graded = measured[measured[of_class].notna()]
    counts = graded[of_class].value_counts()
    classes = [line["class"] for line in select("water_classes")]
    return Apart(
        item=item,
        unit=single("water_items", column=column)["unit"],
        n_sections=len(measured),
        lowest=float(measured[column].min()),
        highest=float(measured[column].max()),
        n_by_class={name: int(counts.get(name, 0)) for name in classes} if len(graded) else {},
        beyond=tuple(graded.loc[~graded[of_class].isin(GOOD), "name"].astype(str)),
    )
