"""What the chapter on noise finds: points within limits, levels, their grades, complaints."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from ecoreport.charts.labels import months as month_names
from ecoreport.facts import Fact
from ecoreport.findings.wording import qualified, sharing_extreme
from ecoreport.i18n import _, current_locale
from ecoreport.message import N_
from ecoreport.narrative import joined, quantity, sentence
from ecoreport.observe.noise import ALL, COMPLAINTS_BY_MONTH, WHOLE
from ecoreport.observe.observation import Observation
from ecoreport.report import Provenance, Report
from ecoreport.standards.tables import single

NAMES_MAX = 2
PERIODS = {"day": N_("昼间"), "night": N_("夜间")}
ATTAINMENT = {"day": "noise.day_attainment", "night": "noise.night_attainment"}
LEVELS = {
    ("regional", "day"): ("noise.regional_day_level", N_("区域声环境昼间平均{level}，为{grade}")),
    ("regional", "night"): (
        "noise.regional_night_level",
        N_("区域声环境夜间平均{level}，为{grade}"),
    ),
    ("road_traffic", "day"): ("noise.road_day_level", N_("道路交通昼间平均{level}，为{grade}")),
    ("road_traffic", "night"): ("noise.road_night_level", N_("道路交通夜间平均{level}，为{grade}")),
}
"""Indicator and words of each level, by kind and period of the frame kept."""
COMPLAINTS = "noise.complaints"
SOURCES = {
    "construction": N_("建筑施工"),
    "social": N_("社会生活"),
    "traffic": N_("交通运输"),
    "industry": N_("工业企业"),
    "all": N_("未分来源"),
}
"""What complaints are about, in the order drawn."""


def has_points(report: Report) -> bool:
    """Whether functional areas were measured."""
    return report.frame("noise_attainment") is not None


def has_levels(report: Report) -> bool:
    """Whether the grid or roads were measured."""
    return report.frame("noise_levels") is not None


def attainment(report: Report) -> Markup:
    """Say how many points and times were within their limits by day and by night."""
    day, night = (report.observation(name) for name in ATTAINMENT.values())
    if day is not None and night is not None:
        said = sentence(
            N_("功能区声环境昼间点次达标率{day}，夜间{night}"),
            day=quantity(day),
            night=quantity(night),
        )
        return qualified(said, day, night) + _lowest(report)
    one = day or night
    if one is None:
        return sentence(N_("功能区声环境没有有效监测值"))
    text = N_("功能区声环境昼间点次达标率{rate}") if day else N_("功能区声环境夜间点次达标率{rate}")
    return qualified(sentence(text, rate=quantity(one)), one) + _lowest(report)


def by_functional_area(report: Report) -> pd.DataFrame:
    """Return the rates kept of each functional area over the whole period, day and night."""
    frame = report.frame("noise_attainment")
    assert frame is not None  # noqa: S101 - the notebook asks before it draws
    return frame[(frame["quarter"] == WHOLE) & (frame["functional_area"] != ALL)]


def area_name(area: str) -> str:
    """Return what a functional area is called: 4a类."""
    return str(single("noise_areas", area=area)[f"name_{current_locale()}"])


def _lowest(report: Report) -> Markup:
    """Name the functional area and period with the lowest rate, where not all are attained."""
    rows = by_functional_area(report).query("n_measured > 0 and percent < 100").to_dict("records")
    lowest = sharing_extreme(rows, lambda row: float(row["percent"]), min)
    if not lowest or len(lowest) > NAMES_MAX:
        return Markup("")
    names = (
        _("{area}{period}").format(
            area=area_name(str(one["functional_area"])), period=_(PERIODS[str(one["period"])])
        )
        for one in lowest
    )
    return sentence(N_("，最低的是{names}"), names=joined(names))


def levels(report: Report) -> Markup:
    """Say the mean levels of the grid and of roads, each with its grade."""
    parts, observed = [], []
    for row in levels_frame(report).to_dict("records"):
        name, text = LEVELS[row["kind"], row["period"]]
        if (found := report.observation(name)) is not None:
            parts.append(sentence(text, level=quantity(found), grade=_(str(row["grade"]))))
            observed.append(found)
    return qualified(escape(_("；")).join(parts), *observed)


def has_complaints(report: Report) -> bool:
    """Whether complaints were counted, and there were any."""
    total = report.observation(COMPLAINTS)
    return bool(total and total.value) and not complaints_frame(report).empty


def complaints(report: Report) -> Markup:
    """Say how many complaints there were, in which month most, and about what most."""
    total = report.observation(COMPLAINTS)
    assert total is not None  # noqa: S101 - the notebook asks before it tells
    frame = complaints_frame(report)
    months, sources = (_most(frame, key) for key in ("month", "source"))
    said = [qualified(sentence(N_("噪声投诉{total}"), total=quantity(total)), total)]
    if len(set(frame["month"])) > 1:
        said.append(
            sentence(
                N_("{months}最多（{n}）"),
                months=joined(month_names()[int(one) - 1] for one in months),
                n=quantity(_fact(report, f"month/{months[0]}")),
            )
        )
    if len(set(frame["source"])) > 1:
        said.append(
            sentence(
                N_("最多的来源是{sources}（{share}）"),
                sources=joined(_(SOURCES[one]) for one in sources),
                share=quantity(_fact(report, f"source/{sources[0]}/share")),
            )
        )
    return escape(_("，")).join(said)


def _most(frame: pd.DataFrame, key: str) -> list[str]:
    counts = frame.groupby(key)["complaints"].sum()
    return [str(one) for one in sharing_extreme(counts.index, lambda one: counts[one], max)]


def _fact(report: Report, name: str) -> Fact:
    return report.fact(f"noise/complaints/{name}")


def complaints_frame(report: Report) -> pd.DataFrame:
    """Return the complaints kept, a row a month and source; empty where there are none."""
    frame = report.frame(COMPLAINTS_BY_MONTH)
    return pd.DataFrame() if frame is None else frame


def levels_frame(report: Report) -> pd.DataFrame:
    """Return the levels kept; empty where there are none."""
    frame = report.frame("noise_levels")
    return pd.DataFrame() if frame is None else frame


def provenance(report: Report, names: tuple[str, ...]) -> Provenance:
    """Return source and method of what rests on some indicators."""
    found: list[Observation | None] = [report.observation(name) for name in names]
    return report.provenance(found)
