"""What the chapter on surface water says would have to improve, section by section."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from ecoreport.charts.labels import months as month_names
from ecoreport.facts import Fact
from ecoreport.findings.water import SECTION_FRAMES, item_names, section_frames
from ecoreport.findings.wording import dated, sharing_extreme, span
from ecoreport.i18n import _
from ecoreport.message import N_
from ecoreport.narrative import joined, number, quantity, sentence
from ecoreport.observe.period import period_of
from ecoreport.observe.water_sections import MONTHS_A_YEAR
from ecoreport.report import Report
from ecoreport.standards.tables import select
from ecoreport.water_improvement import COUNTS, LAKES, PREFIX, Improvement
from ecoreport.water_improvement import improvements as found_in

SENTENCES_MAX = 4
NAMES_MAX = 3


def improvements(report: Report) -> list[Improvement]:
    """Return what misses its class; see `ecoreport.water_improvement.improvements`."""
    known = {name: report.frame(name) for name in (*SECTION_FRAMES, LAKES)}
    frames = {name: frame for name, frame in known.items() if frame is not None}
    return found_in(frames, period_of(report.pair, report.as_of)) if section_frames(report) else []


def heading(report: Report, found: Sequence[Improvement]) -> Markup:
    """Say how many sections miss their class, and whether they can still reach it."""
    missed = _count(report, "missed")
    if missed is None:
        lakes = _count(report, "lakes")
        if lakes is None:
            return dated(report, sentence(N_("有目标的断面均达到目标类别")))
        text = N_("湖泊{n}项指标超过所要求类别的限值")
        return dated(report, sentence(text, n=number(lakes)))
    if report.as_of is None:
        return _missed_by(report, found, missed)
    said = [
        sentence(N_("按{span}均值，{n}个断面未达到目标类别"), span=span(report), n=number(missed))
    ]
    for name, text in (
        ("possible", N_("{n}个在其余月份仍可达到")),
        ("impossible", N_("{n}个已不可能达到")),
    ):
        if counted := _count(report, name):
            said.append(sentence(text, n=number(counted)))
    return escape(_("，")).join(said)


def _missed_by(report: Report, found: Sequence[Improvement], missed: Fact) -> Markup:
    """Say how many sections missed their class, and what would have had to fall most."""
    said = sentence(N_("{n}个断面的年均值未达到目标类别"), n=number(missed))
    falls = {
        one: fact
        for one in found
        if not one.is_lake and (fact := _fact(report, "fall", one)) is not None
    }
    most = sharing_extreme(falls, lambda one: falls[one].value, max)
    if not most or len(most) > NAMES_MAX:
        return said
    return said + sentence(
        N_("，差得最多的是{names}，须再下降{fall}"),
        names=joined(_("{name}{item}").format(name=one.name, item=item(one)) for one in most),
        fall=quantity(falls[most[0]]),
    )


def lines(report: Report, found: Sequence[Improvement]) -> list[Markup]:
    """Say of a few what they would have to come to, first what can still be; the table has all."""
    ordered = sorted(found, key=lambda one: one.margin.is_impossible)
    return [_line(report, one) + _("。") for one in ordered[:SENTENCES_MAX]]


def _line(report: Report, one: Improvement) -> Markup:
    about = {"name": one.name, "symbol": symbol(one.target_class), "item": item(one)}
    if one.margin.is_impossible:
        text = N_("{name}（目标{symbol}类）的{item}，其余月份无论多低，全年均值都已超过限值")
        if one.margin.is_floor:
            text = N_("{name}（目标{symbol}类）的{item}，其余月份无论多高，全年均值都已低于限值")
        return sentence(text, **about)
    if (required := _fact(report, "required", one)) is not None:
        text = N_("{name}（目标{symbol}类）的{item}，{left}均值须≤{value}")
        if one.margin.is_floor:
            text = N_("{name}（目标{symbol}类）的{item}，{left}均值须≥{value}")
        return sentence(text, left=left(report, one), value=quantity(required), **about)
    if one.margin.n_left:
        return sentence(N_("{name}（目标{symbol}类）的{item}不按算术平均，不推算其余月份"), **about)
    shortfall = _fact(report, "shortfall", one)
    assert shortfall is not None  # noqa: S101 - the year is over
    fall = _fact(report, "fall", one)
    if fall is None:
        text = N_("{name}（目标{symbol}类）的{item}，年均值须再升高{value}")
        return sentence(text, value=quantity(shortfall), **about)
    text = N_("{name}（目标{symbol}类）的{item}，年均值须再下降{value}（{fall}）")
    return sentence(text, value=quantity(shortfall), fall=quantity(fall), **about)


def left(report: Report, one: Improvement) -> str:
    """Return what months are left to a section: 10月–12月, or how many samplings."""
    first = period_of(report.pair, report.as_of).n_whole_months
    if one.margin.n_left != MONTHS_A_YEAR - first:
        return _("其余{n}次监测").format(n=one.margin.n_left)
    names = month_names()
    last = names[MONTHS_A_YEAR - 1]
    if first == MONTHS_A_YEAR - 1:
        return last
    return _("{first}–{last}").format(first=names[first], last=last)


def symbol(water_class: str) -> str:
    """Return a class as it is printed: Ⅲ."""
    return select("water_classes", **{"class": water_class})[0]["symbol"]


def item(one: Improvement) -> str:
    """Return what the item is called."""
    return item_names()[one.margin.column]


def _fact(report: Report, name: str, one: Improvement) -> Fact | None:
    return report.facts.get(f"{report.pair}/{PREFIX}/{name}/{one.fact}")


def _count(report: Report, name: str) -> Fact | None:
    found = report.facts.get(f"{report.pair}/{COUNTS}/{name}")
    return found if found and found.value else None
