"""What the chapter on surface water says of the points monitored in black-odorous waters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from markupsafe import Markup

from ecoreport.findings.wording import dated, unverified
from ecoreport.i18n import _, current_locale
from ecoreport.message import N_
from ecoreport.narrative import joined, number, sentence
from ecoreport.report import Report
from ecoreport.standards.tables import select
from ecoreport.water_facts import PREFIX

NAMES_MAX: Final = 3
INDICATORS: Final = ("transparency_cm", "do_mg_l", "orp_mv", "nh3n_mg_l")


@dataclass(frozen=True)
class Monitored:
    """A water with what its points were found to be."""

    body: str
    n_points: int
    n_visits: int
    means: tuple[float, ...]
    """Of its points, in the order of `INDICATORS`; NaN where nobody measured."""
    n_by_level: tuple[int, ...]
    level: str
    reported: str
    """What the list says of it, in words; empty where it says nothing."""
    differs: bool
    is_sufficient: bool


def monitored(report: Report) -> list[Monitored]:
    """Return the waters whose points were monitored; empty without any."""
    waters, points = report.frame("black_odour_monitored"), report.frame("black_odour_points")
    if waters is None or points is None:
        return []
    grouped = points.groupby("body", sort=False)
    means = grouped[list(INDICATORS)].mean()
    n_visits = grouped["n_visits"].sum()
    names = _names()
    return [
        Monitored(
            body=str(row["body"]),
            n_points=int(row["n_points"]),
            n_visits=int(n_visits[row["body"]]),
            means=tuple(float(means.loc[row["body"], one]) for one in INDICATORS),
            n_by_level=tuple(int(row[f"n_{level}"]) for level in names),
            level=names.get(str(row["level"]), ""),
            reported=_reported(row),
            differs=bool(pd.notna(row["agrees"]) and not row["agrees"]),
            is_sufficient=bool(row["is_sufficient"]),
        )
        for row in waters.to_dict("records")
    ]


def heading(report: Report, found: list[Monitored]) -> Markup:
    """Say how many waters are not black-odorous by monitoring, and what the list denies.

    Of those with monitoring enough to be graded; how many had less is said behind.
    """
    names_of_facts = ("monitored", "clear", "ungraded")
    total, clear, ungraded = (report.fact(f"{PREFIX}/black_odour/{one}") for one in names_of_facts)
    if not total.value:
        text = N_("{n}条水体有监测记录，监测点、次数或指标都不足以判定")
        said = sentence(text, n=number(ungraded))
    elif clear.value == total.value:
        said = sentence(N_("{total}条有监测的水体均判定为不黑臭"), total=number(total))
    elif not clear.value:
        said = sentence(N_("{total}条有监测的水体均判定为黑臭"), total=number(total))
    else:
        text = N_("{total}条有监测的水体中{n}条判定为不黑臭")
        said = sentence(text, total=number(total), n=number(clear))
    names = [one.body for one in found if one.differs and one.is_sufficient]
    if len(names) > NAMES_MAX:
        said += sentence(N_("，多条与清单所报不一致"))
    elif names:
        said += sentence(N_("，与清单所报不一致的是{names}"), names=joined(names))
    if total.value and ungraded.value:
        text = N_("；另有{n}条监测点、次数或指标不足，没有计入")
        said += sentence(text, n=number(ungraded))
    return unverified(dated(report, said), is_verified=False)


def level_names() -> list[str]:
    """Return what the levels are called in the reader's language, from none to severe."""
    return list(_names().values())


def _names() -> dict[str, str]:
    column = f"name_{current_locale()}"
    return {line["level"]: line[column] for line in select("black_odour_levels")}


def _reported(row: dict[Any, Any]) -> str:
    if pd.notna(row["after"]):
        return _names()[str(row["after"])]
    if pd.isna(row["is_removed"]):
        return ""
    return _("已消除") if row["is_removed"] == "yes" else _("未消除")
