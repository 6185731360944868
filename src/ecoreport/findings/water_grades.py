"""What the chapter on surface water says of grades, main indicators and what was not measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
from markupsafe import Markup, escape

from ecoreport.findings.water import section_frames
from ecoreport.findings.wording import dated, unverified
from ecoreport.i18n import _, current_locale
from ecoreport.message import N_
from ecoreport.narrative import joined, sentence
from ecoreport.observe.water_rivers import WHOLE
from ecoreport.report import Report
from ecoreport.standards.tables import select, single
from ecoreport.standards.water import grade_change
from ecoreport.standards.water.words import BETWEEN

RIVERS: Final = "water_river_year"
NAMES_MAX: Final = 5
ITEMS_MAX: Final = 8
CLEAN: Final = frozenset({"excellent", "good"})


@dataclass(frozen=True)
class Graded:
    """A river, a lake, or all sections together."""

    name: str
    is_whole: bool
    n_sections: int
    grade: str
    is_by_means: bool
    percent_to_iii: float
    percent_below_v: float
    main_indicators: str
    change: str
    """Against the grade of the year before, in words; empty where that is not known."""
    is_verified: bool


def rivers(report: Report) -> list[Graded]:
    """Return the grades of all sections, and of each river and lake; empty without any."""
    frame = report.frame(RIVERS)
    if frame is None:
        return []
    changes = _changes(report, frame)
    rows = frame.to_dict("records")
    return [
        Graded(
            name=str(row["river"]) or _("全部参评断面"),
            is_whole=row["river"] == WHOLE,
            n_sections=int(row["n_sections"]),
            grade=str(row["grade"]),
            is_by_means=row["method"] == "means",
            percent_to_iii=float(row["percent_to_iii"]),
            percent_below_v=float(row["percent_below_v"]),
            main_indicators=items_in_words(str(row["main_indicators"])),
            change=change,
            is_verified=bool(row["is_verified"]),
        )
        for row, change in zip(rows, changes, strict=True)
    ]


def _changes(report: Report, now: pd.DataFrame) -> list[str]:
    """Return how each grade changed on the year before, in words."""
    before = report.frame(RIVERS, report.year - 1) if report.as_of is None else None
    if before is None:
        return [""] * len(now)
    key = ["river", "water_body"]
    known = now[key].merge(before[[*key, "grade"]], on=key, how="left")["grade"]
    changes = grade_change(known, now["grade"].reset_index(drop=True))
    column = f"name_{current_locale()}"
    return [
        "" if pd.isna(one) else single("water_changes", change=str(one))[column] for one in changes
    ]


def grade_name(grade: str) -> str:
    """Return how good the water is, in words."""
    return single("water_grades", grade=grade)[f"name_{current_locale()}"]


def rivers_heading(report: Report, found: Sequence[Graded]) -> Markup:
    """Say how good the water is as a whole, and which rivers are worst."""
    order = [line["grade"] for line in select("water_grades")]
    whole = next((one for one in found if one.is_whole), None)
    own = [one for one in found if not one.is_whole]
    worst = max((one.grade for one in own), key=order.index)
    names = [one.name for one in own if one.grade == worst]
    said = []
    if whole is not None:
        text = N_("全部参评断面合计，水质状况为{grade}")
        said.append(sentence(text, grade=grade_name(whole.grade)))
    if worst in CLEAN:
        said.append(sentence(N_("各河流和湖泊均为优或良好")))
    elif len(names) > NAMES_MAX:
        said.append(sentence(N_("有多个水体为{grade}"), grade=grade_name(worst)))
    else:
        text = N_("水质最差的是{names}，为{grade}")
        said.append(sentence(text, names=joined(names), grade=grade_name(worst)))
    heading = dated(report, escape(_("；")).join(said))
    return unverified(heading, is_verified=all(one.is_verified for one in found))


def polluted(report: Report) -> list[dict[str, str]]:
    """Return the sections whose year is beyond class III, with their main indicators."""
    years = section_frames(report)["water_section_year"]
    rows = years[years["is_counted"] & (years["main_indicators"] != "")].to_dict("records")
    symbols = {line["class"]: line["symbol"] for line in select("water_classes")}
    return [
        {
            "name": str(row["name"]),
            "river": str(row["river"]),
            "class": symbols[str(row["class"])],
            "grade": grade_name(str(row["grade"])),
            "main_indicators": items_in_words(str(row["main_indicators"])),
            "is_sufficient": "" if row["is_sufficient"] else "no",
        }
        for row in rows
    ]


def limits(report: Report) -> list[Markup]:
    """Say what the classes rest on: items not measured, automatic months, blind methods."""
    years = section_frames(report)["water_section_year"]
    own = years[years["is_counted"]]
    measured = own[own["class"].notna()]
    said = [
        sentence(
            N_("{names}没有监测{items}，类别可能偏好。"),
            names=_listed(list(rows), NAMES_MAX),
            items=_listed(_items(str(items)), ITEMS_MAX),
        )
        for items, rows in measured.groupby("missing_items", sort=False)["name"]
        if items
    ]
    if names := list(own.loc[own["n_months_automatic"] > 0, "name"]):
        text = N_("{names}有月份用自动站各次监测的均值。")
        said.append(sentence(text, names=_listed(names, NAMES_MAX)))
    blind = own[own["unresolved_items"] != ""]
    if len(blind):
        text = N_("检出限高于目标类别的限值、是否达到由方法决定的有{names}。")
        named = [
            _("{name}（{items}）").format(
                name=row["name"], items=items_in_words(row["unresolved_items"])
            )
            for row in blind.to_dict("records")
        ]
        said.append(sentence(text, names=_listed(named, NAMES_MAX)))
    return said


def items_in_words(text: str) -> str:
    """Return items kept as 总磷(0.3)、氨氮(0.2) in the reader's language."""
    return _("、").join(_items(text))


def _items(text: str) -> list[str]:
    column = f"name_{current_locale()}"
    names = {line["name_zh"]: line[column] for line in reversed(select("water_items"))}
    parts = [part.partition("(") for part in text.split(BETWEEN)] if text else []
    return [f"{names.get(name, name)}{sign}{rest}" for name, sign, rest in parts]


def _listed(names: Sequence[str], most: int) -> Markup:
    """Name the first of some, and say where there are more."""
    known = joined(names[:most])
    return known if len(names) <= most else sentence(N_("{names}等"), names=known)
