"""What the chapter on air finds of the days that a year has left."""

from __future__ import annotations

from markupsafe import Markup, escape

from ecoreport.facts import asked_of_year
from ecoreport.i18n import sentence_space
from ecoreport.message import N_
from ecoreport.narrative import number, quantity, sentence
from ecoreport.report import Report


def days_left(report: Report) -> Markup:
    """Say what the days left must be for the share of good days to reach its target."""
    left, allowed = (
        report.facts.get(_outlook(report, "days_left")),
        report.facts.get(_outlook(report, "bad_days_allowed")),
    )
    if left is None:
        return Markup("")
    if allowed is None:
        return sentence(N_("剩余{left}天即使全部优良，也达不到目标"), left=number(left))
    return sentence(
        N_("剩余{left}天最多再超标{allowed}天"), left=number(left), allowed=number(allowed)
    )


def bad_days_allowed_in_year(report: Report) -> int | None:
    """Return how many days the target allows to be bad in the whole year; None: it is lost."""
    allowed = report.facts.get(_outlook(report, "bad_days_allowed"))
    good, valid = report.value("air.good_days"), report.value("air.valid_days")
    if allowed is None or good is None or valid is None:
        return None
    return int(valid - good + allowed.value)


def note(report: Report) -> Markup:
    """Say which target the outlook rests on, and what the particulates would have to be."""
    target = report.facts.get(_outlook(report, "target_share"))
    if target is None:
        return Markup("")
    change = report.observation("air.good_days_share_change")
    is_assigned = any(
        one.target_source and change is not None and change.id in one.observations
        for one in report.judgements.values()
    )
    judged = report.judgements.values()
    planned = asked_of_year(judged, report.observation("air.good_days_share"))
    text = (
        N_("方案要求全年优良天数比例达到{target}；剩余各天均按有效计。")
        if planned is not None
        else N_("按上级下达的改善幅度，全年优良天数比例须达到{target}。")
        if is_assigned
        else N_("上级尚未下达改善幅度，暂以不低于上年（{target}）为参考；剩余各天均按有效计。")
    )
    said = [sentence(text, target=quantity(target))]
    needed = report.facts.get(_outlook(report, "pm25_mean_needed"))
    if needed is not None:
        asked = asked_of_year(judged, report.observation("air.pm25_annual_mean"))
        particulates = (
            N_("PM₂.₅要不高于上年，其余各日均值须不高于{needed}。")
            if asked is None
            else N_("PM₂.₅要达到方案目标，其余各日均值须不高于{needed}。")
        )
        said.append(sentence(particulates, needed=quantity(needed)))
    if planned is None and is_of_another_basis(report, "air.good_days_share"):
        said.append(sentence(N_("两年口径不同（标况、实况），以上仅供参考。")))
    return escape(sentence_space()).join(said)


def is_of_another_basis(report: Report, indicator: str) -> bool:
    """Whether last year's value rests on another basis than this year's."""
    now, before = report.observation(indicator), report.observation(indicator, year=report.year - 1)
    return now is not None and before is not None and now.basis != before.basis


def _outlook(report: Report, name: str) -> str:
    return f"{report.pair}/outlook/{name}"
