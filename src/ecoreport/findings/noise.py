"""What the chapter on noise finds: points within limits, levels and their grades."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from ecoreport.findings.wording import qualified
from ecoreport.i18n import _
from ecoreport.message import N_
from ecoreport.narrative import quantity, sentence
from ecoreport.observe.observation import Observation
from ecoreport.report import Provenance, Report

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
        return qualified(said, day, night)
    one = day or night
    if one is None:
        return sentence(N_("功能区声环境没有有效监测值"))
    text = N_("功能区声环境昼间点次达标率{rate}") if day else N_("功能区声环境夜间点次达标率{rate}")
    return qualified(sentence(text, rate=quantity(one)), one)


def levels(report: Report) -> Markup:
    """Say the mean levels of the grid and of roads, each with its grade."""
    parts, observed = [], []
    for row in levels_frame(report).to_dict("records"):
        name, text = LEVELS[row["kind"], row["period"]]
        if (found := report.observation(name)) is not None:
            parts.append(sentence(text, level=quantity(found), grade=str(row["grade"])))
            observed.append(found)
    return qualified(escape(_("；")).join(parts), *observed)


def levels_frame(report: Report) -> pd.DataFrame:
    """Return the levels kept; empty where there are none."""
    frame = report.frame("noise_levels")
    return pd.DataFrame() if frame is None else frame


def provenance(report: Report, names: tuple[str, ...]) -> Provenance:
    """Return source and method of what rests on some indicators."""
    found: list[Observation | None] = [report.observation(name) for name in names]
    return report.provenance(found)
