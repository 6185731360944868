"""A judgement in one sentence: what was found, what was asked, and what follows from the two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal

from markupsafe import Markup, escape

from ecoreport.assess.compare import is_met
from ecoreport.assess.judgement import Judgement
from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import EvidenceStatus, Kind, Verdict
from ecoreport.findings.case import Case, Told
from ecoreport.findings.qualifiers import qualifiers
from ecoreport.i18n import _
from ecoreport.labels import STATUS_WORDS
from ecoreport.message import N_
from ecoreport.narrative import joined, quantity, sentence

EACH_KIND = {
    "all": N_("{subject}，{n}个分项须全部达到：{listed}，{verdict}"),
    "any": N_("{subject}，{n}个分项达到其一即可：{listed}，{verdict}"),
    "each": N_("{subject}，{n}个分项分别评价：{listed}，{verdict}"),
}
RELATIONS = {
    "": (N_("低于{aim}"), N_("等于{aim}"), N_("高于{aim}")),
    Kind.COUNT_DONE: (N_("少于{aim}"), N_("达到{aim}"), N_("超过{aim}")),
    Kind.REDUCTION: (N_("不足{aim}"), N_("等于{aim}"), N_("超过{aim}")),
    Kind.GROWTH: (N_("不足{aim}"), N_("等于{aim}"), N_("超过{aim}")),
}
"""Below, at and above what is aimed at: of every kind, or in the words of one."""
STRICT = {">": N_("恰为{aim}，而须高于它"), "<": N_("恰为{aim}，而须低于它")}
CHANGES = {
    Kind.REDUCTION: (
        N_("{subject}{now}，比{year}年（{base}）减少{change}，{relation}，{verdict}"),
        N_("{subject}{now}，比{year}年（{base}）减少{change}（实为增加），{relation}，{verdict}"),
    ),
    Kind.GROWTH: (
        N_("{subject}{now}，比{year}年（{base}）增加{change}，{relation}，{verdict}"),
        N_("{subject}{now}，比{year}年（{base}）增加{change}（实为减少），{relation}，{verdict}"),
    ),
}
MARKS = {
    (False, True): "",
    (True, True): N_("（演示数据）"),
    (False, False): N_("（规则未经核实）"),
    (True, False): N_("（演示数据，规则未经核实）"),
}
"""By whether it rests on demonstration data, and whether its rules were read in their source."""


def explain(
    report: Told, plan: CompletePlan, commitment: Commitment, judgement: Judgement
) -> Markup:
    """Say in one sentence what a commitment's verdict rests on.

    Parameters
    ----------
    report : Told
        A report, or the edition of its downloads: observations, facts and judgements by name.
    plan : CompletePlan
        The plan of `commitment`, whose words its verdict takes.
    judgement : Judgement
        Of `commitment`, for the report's district and year or for those it is compared with.

    Returns
    -------
    Markup
        Without a full stop; every number of an observation or a fact names it.
    """
    case = Case(report, plan, commitment, judgement)
    said = SHAPES.get(commitment.kind, _number)(case)
    whole = escape(_("；")).join((said, *qualifiers(case)))
    mark = MARKS[judgement.rests_on_demonstration, judgement.is_verified]
    return whole + sentence(mark) if mark else whole


def _number(case: Case) -> Markup:
    """Hold a value against its target."""
    judgement = case.judgement
    if judgement.value is None or judgement.target is None or not case.is_compared:
        return _open(case)
    return sentence(
        N_("{subject}{value}，{relation}，{verdict}"),
        subject=case.subject,
        value=case.value,
        relation=_relation(case),
        verdict=_verdict(case),
    )


def _change(case: Case) -> Markup:
    """Tell both years of a cut or a growth, and its size."""
    judgement = case.judgement
    if len(case.observed) < 2 or judgement.margin is None or not case.is_compared:
        return _open(case)
    now, base = case.observed[:2]
    is_other_way = judgement.value is not None and judgement.value < 0
    return sentence(
        CHANGES[case.commitment.kind][is_other_way],
        subject=case.subject,
        now=quantity(now),
        year=base.year,
        base=quantity(base),
        change=case.value,
        relation=_relation(case),
        verdict=_verdict(case),
    )


def _not_lower(case: Case) -> Markup:
    """Tell both years and what lies between them."""
    margin = case.fact("margin")
    if len(case.observed) < 2 or margin is None or not case.is_compared:
        return _open(case)
    now, base = case.observed[:2]
    return sentence(
        N_("{subject}{now}，{year}年为{base}，变化{change}，{verdict}"),
        subject=case.subject,
        now=quantity(now),
        year=base.year,
        base=quantity(base),
        change=quantity(margin, is_signed=True),
        verdict=_verdict(case),
    )


def _status(case: Case) -> Markup:
    """Tell what a person confirmed."""
    if not case.judgement.text:
        return _open(case)
    return sentence(
        N_("{subject}，{asked}，认定为{status}，{verdict}"),
        subject=case.subject,
        asked=case.asked or _("按方案要求"),
        status=_(STATUS_WORDS.get(case.judgement.text, case.judgement.text)).lower(),
        verdict=_verdict(case),
    )


def _event_free(case: Case) -> Markup:
    """Tell how much of the year signed returns cover, or what they reported."""
    if case.judgement.value is None or not case.observed:
        return _open(case)
    happened = case.judgement.value > 0
    text = (
        N_("{subject}，{asked}，报告{value}，{verdict}")
        if happened
        else N_("{subject}，{asked}，{all}个月中有零报告{n}个月，{verdict}")
    )
    trace = case.observed[0].trace
    return sentence(
        text,
        subject=case.subject,
        asked=case.asked or _("按方案要求"),
        value=case.value,
        n=trace.n_used,
        all=trace.n_expected or trace.n_used,
        verdict=_verdict(case),
    )


def _recurring(case: Case) -> Markup:
    """Tell how many periods were due, and how many of them done."""
    judgement = case.judgement
    if not judgement.target:
        return _open(case)
    text = (
        N_("{subject}，应完成{due}，{verdict}")
        if judgement.value is None
        else N_("{subject}，应完成{due}，已完成{done}，{verdict}")
    )
    return sentence(
        text,
        subject=case.subject,
        due=case.target,
        done=case.value,
        verdict=_verdict(case),
    )


def _composite(case: Case) -> Markup:
    """Tell how the parts stand; of a sum what they come to."""
    if case.commitment.combine == "sum":
        return _number(case)
    parts = case.parts
    template = EACH_KIND.get(case.commitment.combine or "")
    if template is None or not parts:
        return _open(case)
    found = Counter(case.label_of(judgement) for _part, judgement in parts)
    listed = joined(
        sentence(N_("{n}项{verdict}"), verdict=label, n=n) for label, n in found.items()
    )
    return sentence(
        template, subject=case.subject, n=len(parts), listed=listed, verdict=_verdict(case)
    )


SHAPES: dict[Kind, Callable[[Case], Markup]] = {
    Kind.NOT_LOWER: _not_lower,
    Kind.REDUCTION: _change,
    Kind.GROWTH: _change,
    Kind.MILESTONE: _status,
    Kind.QUALITATIVE: _status,
    Kind.EVENT_FREE: _event_free,
    Kind.RECURRING: _recurring,
    Kind.COMPOSITE: _composite,
}
"""Kinds whose sentence is not simply a value and its target."""


def _open(case: Case) -> Markup:
    """Say what is asked where nothing can be held against it; a value is for reference."""
    parts = {"subject": case.subject, "verdict": _verdict(case)}
    if case.observed and case.observed[0].value is not None and case.judgement.value is not None:
        value = quantity(case.observed[0])
        if case.judgement.verdict is Verdict.NOT_ASSIGNED:
            return sentence(N_("{subject}{value}，目标值{verdict}"), value=value, **parts)
        if case.asked:
            text = N_("{subject}{value}（参考），{asked}，{verdict}")
            return sentence(text, value=value, asked=case.asked, **parts)
        return sentence(N_("{subject}{value}（参考），{verdict}"), value=value, **parts)
    if case.judgement.verdict is Verdict.NOT_ASSIGNED:
        return sentence(N_("{subject}，目标值{verdict}"), **parts)
    if case.asked:
        return sentence(N_("{subject}，{asked}，{verdict}"), asked=case.asked, **parts)
    return sentence(N_("{subject}，{verdict}"), **parts)


def _relation(case: Case) -> Markup:
    """Say on which side of the target a value lies; at a strict one that this is not enough."""
    value, target = case.judgement.value, case.judgement.target
    if value is None or target is None:
        return Markup("")
    if case.is_asked_in_words:
        is_kept = case.outcome in {Verdict.MET, Verdict.ON_TRACK} or (
            case.outcome is Verdict.TO_CONFIRM
            and is_met(value, case.judgement.operator or ">=", target)
        )
        return sentence(N_("符合{aim}") if is_kept else N_("不符合{aim}"), aim=_aim(case))
    if value == target and case.judgement.operator in STRICT:
        return sentence(STRICT[case.judgement.operator], aim=_aim(case))
    side = RELATIONS.get(case.commitment.kind, RELATIONS[""])
    return sentence(side[_sign(value - target) + 1], aim=_aim(case))


def _sign(difference: Decimal) -> int:
    return (difference > 0) - (difference < 0)


def _aim(case: Case) -> Markup:
    """Name the target by whose it is: the plan's, a superior's, this year's."""
    commitment, judgement = case.commitment, case.judgement
    if case.is_asked_in_words:
        return sentence(N_("目标“{words}”"), words=case.words)
    if commitment.kind is Kind.CLASS_LIMIT:
        return sentence(N_("{words}限值{target}"), words=case.words, target=case.target)
    if judgement.reason == "interim_value":
        return sentence(N_("阶段目标{target}"), target=case.target)
    if judgement.target_source:
        return sentence(N_("下达的目标{target}"), target=case.target)
    if commitment.is_for_every_unit:
        return sentence(N_("对每个单元的目标{target}"), target=case.target)
    return sentence(AIMS.get(commitment.fuzzy, AIMS[""]), target=case.target)


AIMS = {
    "": N_("目标{target}"),
    "around": N_("目标{target}左右"),
    "strive": N_("力争的目标{target}"),
}
"""The plan's own target, as the word that blurs it reads."""


def _verdict(case: Case) -> Markup:
    """Write the verdict, with what a reader must know in the same breath."""
    label, judgement = case.label_of(judgement=case.judgement), case.judgement
    if judgement.verdict is Verdict.NOT_DUE:
        return _not_due(case, label)
    if judgement.verdict is Verdict.MET and judgement.evidence in WITHOUT_PAPERS:
        return sentence(WITHOUT_PAPERS[judgement.evidence], verdict=label)
    return escape(label)


WITHOUT_PAPERS = {
    EvidenceStatus.NONE: N_("{verdict}，但无佐证"),
    EvidenceStatus.PARTIAL: N_("{verdict}，但佐证不足"),
}


def _not_due(case: Case, label: str) -> Markup:
    """Write that there is still time, until when, and how things stand."""
    judgement, when = case.judgement, case.deadline_words
    if not when:
        return escape(label)
    if judgement.so_far in {None, Verdict.NOT_DUE}:
        return sentence(N_("{verdict}（{when}）"), verdict=label, when=when)
    text = N_("{verdict}（{when}），目前{so_far}")
    if judgement.observations or judgement.parts:
        text = N_("{verdict}（{when}），按现值{so_far}")
    return sentence(text, verdict=label, when=when, so_far=case.label(case.outcome))
