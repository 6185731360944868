"""What follows a verdict: how far the data go, on which basis, why, and what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from markupsafe import Markup, escape

from ecoreport.assess.judgement import AreaValue, Judgement
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import CHANGES, Area, EvidenceStatus, Kind, Verdict
from ecoreport.findings.case import Case
from ecoreport.i18n import _
from ecoreport.labels import basis_text, localized, reason_of, rejected_tables
from ecoreport.message import N_
from ecoreport.narrative import joined, number, sentence, unit_suffix
from ecoreport.numbers import format_number
from ecoreport.observe.observation import Observation
from ecoreport.observe.period import period_of
from ecoreport.project import Pair

SAID_ALREADY = {
    "not_reported",
    "not_confirmed",
    "target_not_assigned",
    "deadline_ahead",
    "interim_value",
    "share_of_year",
    "behind_share_of_year",
    "basis_differs",
    "period_differs",
    "base_insufficient",
    "no_base",
    "mostly_done",
    "started",
    "not_done",
    "event_reported",
    "part_not_met",
    "period_not_done",
    "period_missing",
    "nil_return_missing",
    "too_few_days",
    "unit_below",
}
"""Reasons that the verdict's word, its numbers or another part of the sentence tell."""
FAILED = {Verdict.NOT_MET, Verdict.BEHIND}
NAMED_MOST = 4
"""Parts, periods or districts that a sentence names; of more it tells how many they are."""


def qualifiers(case: Case) -> Iterator[Markup]:
    """Yield what qualifies a verdict, most important first."""
    yield from _data(case)
    yield from _bases(case)
    yield from _reason(case)
    yield from _open_parts(case)
    yield from _failed_areas(case)
    yield from _time(case)
    yield from _papers(case)


def _data(case: Case) -> Iterator[Markup]:
    """Tell the days or other data that a value rests on, and a share as a count of them."""
    if not case.observed or case.commitment.kind in {
        Kind.EVENT_FREE,
        Kind.RECURRING,
        Kind.COMPOSITE,
    }:
        return
    chosen = case.observed[0]
    trace = chosen.trace
    if chosen.year != case.judgement.year:
        yield sentence(N_("{year}年已完成"), year=chosen.year)
    if trace.n_counted is not None:
        yield _as_counts(case, trace.n_counted, trace.n_used)
    elif trace.n_expected and _is_of_days(chosen, trace.n_expected):
        yield sentence(N_("有效天数{n}天"), n=trace.n_used)
    elif trace.n_expected and trace.n_used < trace.n_expected:
        yield sentence(N_("有效数据{n}个，应有{all}个"), n=trace.n_used, all=trace.n_expected)


def _is_of_days(observation: Observation, n_expected: int) -> bool:
    """Whether the data that a value rests on are the days of its period."""
    _first, _slash, last = observation.period.partition("/")
    last_day = dt.date.fromisoformat(last) if last else None
    period = period_of(Pair(observation.district, observation.year), last_day)
    return n_expected == period.n_days


def _as_counts(case: Case, n_counted: int, n_all: int) -> Markup:
    """Tell a share as a count, in air of days, and its target with it."""
    is_of_days = case.observed[0].indicator.startswith(f"{Area.AIR}.")
    target, comparison = case.judgement.target, case.judgement.operator
    if target is None or case.judgement.unit != "%" or comparison not in {">=", "<="}:
        text = N_("{all}天中{n}天") if is_of_days else N_("{all}个中{n}个")
        return sentence(text, n=n_counted, all=n_all)
    asked = Fraction(target) * n_all / 100
    needed = ceil(asked) if comparison == ">=" else floor(asked)
    text = (
        N_("{all}天中{n}天，目标合{needed}天")
        if is_of_days
        else N_("{all}个中{n}个，目标合{needed}个")
    )
    return sentence(text, n=n_counted, all=n_all, needed=needed)


def _bases(case: Case) -> Iterator[Markup]:
    """Tell the bases where they are why nothing can be compared."""
    if case.judgement.reason == "basis_differs" and len(case.observed) > 1:
        now, base = map(basis_text, case.observed[:2])
        if now and base:
            yield sentence(N_("本年口径：{now}，基年口径：{base}"), now=now, base=base)
    elif case.judgement.reason == "bases_differ":
        words = basis_text(case.observed[0]) if case.observed else ""
        if words:
            yield sentence(N_("口径：{words}"), words=words)


def _reason(case: Case) -> Iterator[Markup]:
    if case.judgement.reason and case.judgement.reason not in SAID_ALREADY:
        yield _clause(reason_of(case.told.catalogue, case.judgement))
    if case.judgement.rejected and case.judgement.reason != "rejected":
        names = rejected_tables(case.told.catalogue, case.judgement)
        yield sentence(N_("{tables}未通过校验，没有参加计算"), tables=names)


def _clause(text: str) -> Markup:
    """Return a sentence of its own as it stands within another: begun in small."""
    return escape(text[:1].lower() + text[1:])


def _open_parts(case: Case) -> Iterator[Markup]:
    """Name the parts, units or periods that keep the whole from being met."""
    failed = [part for part, one in case.parts if _failed(one)]
    if failed and case.outcome in FAILED and case.commitment.combine != "sum":
        yield _named(N_("未达到的分项：{names}"), failed)
    if case.commitment.is_for_every_unit:
        yield from (_clause(str(note)) for note in case.judgement.notes)
    if case.commitment.kind is Kind.RECURRING:
        for note in case.judgement.notes:
            if len(note.values.get("periods", ())) <= NAMED_MOST:
                yield _clause(str(note))


def _failed(judgement: Judgement) -> bool:
    return (judgement.so_far or judgement.verdict) in FAILED


def _named(text: str, commitments: list[Commitment]) -> Markup:
    names = [localized(one) for one in commitments]
    if len(names) > NAMED_MOST:
        names = [*names[:NAMED_MOST], _("等{n}项").format(n=len(names))]
    return sentence(text, names=joined(names))


def _failed_areas(case: Case) -> Iterator[Markup]:
    """Name the districts below whose own value misses the target of the district above."""
    failed = [
        one for one in case.judgement.areas if one.verdict in FAILED and one.value is not None
    ]
    if failed:
        districts = case.told.catalogue.districts
        names = [
            sentence(
                N_("{area}（{value}）"),
                area=localized(districts[one.district]),
                value=_area_value(case, one),
            )
            for one in failed
        ]
        yield sentence(N_("下辖区域未达到的：{names}"), names=joined(names))


def _area_value(case: Case, area: AreaValue) -> Markup:
    known = case.told.observations
    observed = known.get(area.observations[0]) if area.observations else None
    if observed is not None and observed.value == area.value:
        return number(observed) + unit_suffix(area.unit)
    value = "" if area.value is None else format_number(area.value)
    return escape(value) + unit_suffix(area.unit)


def _time(case: Case) -> Iterator[Markup]:
    """Tell the end that an interim value leads to, and the even way there."""
    judgement, commitment = case.judgement, case.commitment
    if judgement.reason == "interim_value" and case.deadline_words:
        final = commitment.value
        if final is not None and final != judgement.target:
            number_text = escape(format_number(final)) + unit_suffix(commitment.unit)
            text = N_("最终目标{target}，时限{when}")
            yield sentence(text, target=number_text, when=case.deadline_words)
    if judgement.path_value is not None:
        path = escape(format_number(judgement.path_value)) + unit_suffix(
            commitment.unit if commitment.kind in CHANGES else judgement.unit
        )
        is_judged = judgement.verdict is not Verdict.NOT_DUE
        text = N_("按时间进度应为{path}") if is_judged else N_("参考进度{path}，不计入结论")
        yield sentence(text, path=path)


def _papers(case: Case) -> Iterator[Markup]:
    """Tell the letter behind an assigned target, and that papers are missing where not met."""
    if case.judgement.target_source:
        yield sentence(N_("下达文件：{document}"), document=case.judgement.target_source)
    if case.judgement.verdict in FAILED and case.observed:
        if case.judgement.evidence is EvidenceStatus.NONE:
            yield sentence(N_("无佐证"))
        elif case.judgement.evidence is EvidenceStatus.PARTIAL:
            yield sentence(N_("佐证不足"))
