"""What the chapter on districts and years finds of one district over the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from ecoreport.comparison.changes import is_share_rule_verified, is_water_share
from ecoreport.comparison.facts import headline_changes
from ecoreport.comparison.lines import SETTLED, Line, lines_by_year
from ecoreport.comparison.ranks import Direction, is_within_sampling, year_before
from ecoreport.config.models import Indicator
from ecoreport.facts import Fact
from ecoreport.findings.air_years import yearly
from ecoreport.findings.comparison import verdict_in_sentence
from ecoreport.findings.wording import spanned_name
from ecoreport.i18n import _, sentence_space
from ecoreport.message import N_
from ecoreport.narrative import joined, number, on_pages, sentence
from ecoreport.numbers import format_number
from ecoreport.observe.observation import Observation
from ecoreport.observe.period import period_of
from ecoreport.report import Report

DIRECTION_WORDS = {
    Direction.BETTER: N_("好转"),
    Direction.WORSE: N_("变差"),
    Direction.SAME: N_("持平"),
    Direction.UNCLEAR: N_("无明显变化"),
}
WITHIN_SAMPLING = N_("在抽样误差之内，无明显变化")
COUNTED = {
    Direction.BETTER: N_("{n}项好转"),
    Direction.WORSE: N_("{n}项变差"),
    Direction.SAME: N_("{n}项持平"),
    Direction.UNCLEAR: N_("{n}项无明显变化"),
}


@dataclass(frozen=True)
class Change:
    """A headline indicator, its values over the years, and how it changed on the last one."""

    indicator: Indicator
    observations: tuple[Observation, ...]
    """Years in order, the year reported on last; real and demonstration data never together."""
    direction: Direction
    reason: str
    """Why it cannot be compared; empty where it can, also where neither end is the better."""


def changes(report: Report) -> list[Change]:
    """Return the headline indicators of which at least two years have a value."""
    period = period_of(report.pair, report.as_of)
    known = list(report.observations.values())
    found = []
    for name, way in headline_changes(report.catalogue, report.pair, period, known).items():
        now = report.observation(name)
        if now is None:
            continue
        before = year_before(known, now, period)
        shown = _shown(report, now, before)
        if len(shown) > 1:
            indicator = report.indicator(name)
            found.append(Change(indicator, shown, way, reason(report, way, now, before)))
    return found


def _shown(report: Report, now: Observation, before: Observation | None) -> tuple[Observation, ...]:
    """Return whole years, or the year before and this one where both are of a part."""
    if report.as_of is None:
        whole = yearly(report, now.indicator)
        return tuple(whole) if whole and whole[-1].id == now.id else (now,)
    if before is None or before.is_demonstration != now.is_demonstration:
        return (now,)
    return (before, now)


def reason(report: Report, way: Direction, now: Observation, before: Observation | None) -> str:
    """Say why a value is not held against that of a year before; empty where it can be."""
    if way is not Direction.NOT_COMPARABLE:
        return ""
    if before is None:
        return _("缺{year}年数据").format(year=report.year - 1)
    if before.basis != now.basis or before.unit != now.unit:
        return _("比{year}年口径不同，不作比较").format(year=report.year - 1)
    if now.is_demonstration != before.is_demonstration:
        return _("与{year}年数据性质不同，不作比较").format(year=report.year - 1)
    if report.indicator(now.indicator).better == "none" and now.is_sufficient:
        return ""
    return _("有效数据不足，不作比较")


def change_text(report: Report, change: Change) -> str:
    """Say how an indicator changed on the year before, or why that cannot be said."""
    fact = report.change(change.indicator.id)
    if change.reason or fact is None:
        return change.reason
    year = report.year - 1
    if not fact.value:
        return _("与{year}年持平").format(year=year)
    text = _("比{year}年同期{change}") if report.as_of else _("比{year}年{change}")
    amount = format_number(fact.value, is_signed=True)
    said = text.format(year=year, change=f"{amount} {_(fact.unit)}".rstrip())
    if change.direction is Direction.NOT_COMPARABLE:
        return said
    word = WITHIN_SAMPLING if _is_by_chance(change) else DIRECTION_WORDS[change.direction]
    said = _("{change}，{word}").format(change=said, word=_(word))
    if is_water_share(report.catalogue, change.indicator.id) and not is_share_rule_verified():
        said += _("（规则未经核实）")
    return said


def _is_by_chance(change: Change) -> bool:
    pair = change.observations[-2:]
    return change.direction is Direction.UNCLEAR and len(pair) == 2 and is_within_sampling(*pair)


def changes_heading(report: Report) -> Markup:
    """Say how many headline indicators got better, worse, and stayed as they were."""
    said = [
        sentence(text, n=number(fact))
        for way, text in COUNTED.items()
        if (fact := _fact(report, f"change/{way}")) and fact.value
    ]
    if not said:
        return sentence(N_("主要指标没有可与{year}年比较的数值"), year=report.year - 1)
    text = (
        N_("主要指标与{year}年同期相比{said}")
        if report.as_of
        else N_("主要指标与{year}年相比{said}")
    )
    return sentence(text, year=report.year - 1, said=escape(_("，")).join(said))


def changes_note(report: Report, shown: list[Change]) -> Markup:
    """Name what got worse, and what cannot be compared."""
    worse = [one for one in shown if one.direction is Direction.WORSE]
    apart = [one for one in shown if one.direction is Direction.NOT_COMPARABLE]
    said = [
        sentence(N_("变差的是{names}。"), names=_names(report, worse)) if worse else Markup(""),
        sentence(N_("不作比较：{names}。"), names=_names(report, apart)) if apart else Markup(""),
    ]
    return escape(sentence_space()).join(filter(None, said))


def lines(report: Report) -> list[Line]:
    """Return the commitments that have more than one year, if any had a result."""
    own = [one for one in report.compared if one.district == report.pair.district]
    found = lines_by_year(report.plans, [*own, *report.judgements.values()])
    return found if any(line.has_result for line in found) else []


def columns(shown: Sequence[Line]) -> list[str]:
    """Return the years that lines have a column for."""
    return sorted({column for line in shown for column in line.outcomes})


def turned_heading(report: Report, shown: list[Line]) -> Markup:
    """Say how many commitments turned into met and into not met since the year before.

    What was not due yet counts by its value at the time.
    """
    year = report.year - 1
    told = [
        sentence(
            N_("{n}项转为{verdict}"),
            n=number(fact),
            verdict=verdict_in_sentence(report, verdict, shown[0]),
        )
        for verdict in SETTLED
        if (fact := _fact(report, f"turned/{verdict}"))
    ]
    if not told:
        then = [known for one in shown if (known := one.outcomes.get(str(year))) is not None]
        if then and all(one.is_before_plan for one in then):
            return sentence(N_("逐年数值：方案从{year}年开始，以前各年不作评价"), year=report.year)
        if not any(_is_settled(one, year) and _is_settled(one, report.year) for one in shown):
            return sentence(N_("逐年结论"))
        return sentence(N_("逐年结论：两年都已评出的，与{year}年相同"), year=year)
    text = N_("逐年结论：与{year}年相比{said}")
    return sentence(text, year=year, said=escape(_("，")).join(told))


def _is_settled(line: Line, year: int) -> bool:
    outcome = line.outcomes.get(str(year))
    return outcome is not None and outcome.is_settled


def asked(report: Report) -> Markup:
    """Say what would be shown of the years."""
    return sentence(
        N_("本节把{year}年与以前各年的主要指标和结论并列；目前没有以前年份的数据。"),
        year=report.year,
    )


def bring(report: Report) -> Markup:
    """Say which years are needed, and where they go."""
    return sentence(
        N_("以前年份的数据文件{how}。"),
        how=on_pages(
            sentence(
                N_("，放入 {folder} 等文件夹后重新运行"),
                folder=f"data/raw/{report.pair.district}/{report.year - 1}",
            )
        ),
    )


def _names(report: Report, shown: list[Change]) -> Markup:
    return joined(spanned_name(report, one.indicator, one.observations[-1]) for one in shown)


def _fact(report: Report, name: str) -> Fact | None:
    return report.facts.get(f"{report.pair}/compared/{name}")
