"""What the chapter on districts and years side by side finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from markupsafe import Markup, escape

from ecoreport.comparison.districts import areas_between, compared_districts
from ecoreport.comparison.lines import Line, lines_by_district
from ecoreport.comparison.ranks import Group, grouped, reliable, values_of
from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.models import District, Indicator
from ecoreport.config.vocabulary import Verdict
from ecoreport.errors import InputError
from ecoreport.facts import Fact
from ecoreport.findings.wording import is_part, sharing_extreme, spanned_name
from ecoreport.i18n import _, sentence_space
from ecoreport.labels import basis_text, localized, verdict_label
from ecoreport.message import N_
from ecoreport.narrative import joined, number, on_pages, quantity, sentence
from ecoreport.observe.observation import Observation
from ecoreport.observe.period import period_of
from ecoreport.report import Report


@dataclass(frozen=True)
class Chosen:
    """One indicator over the districts compared."""

    indicator: Indicator
    values: Mapping[str, Observation]
    """By district; also of an area that stands for its parts."""
    groups: Sequence[Group]
    """Values that are ranked together, the largest group first; too few data are in none."""
    doubtful: Sequence[str]
    """Districts whose value rests on too few data."""
    absent: Sequence[District]
    """Districts without a value of their own."""

    @property
    def main(self) -> Group:
        """The group that findings speak of."""
        return self.groups[0]


def districts(report: Report) -> tuple[District, ...]:
    """Return the districts that stand beside each other."""
    return compared_districts(report.catalogue, report.pair.district)


def choose(report: Report, indicator: str = "") -> Chosen | None:
    """Return an indicator with its values, or None where fewer than two districts have one.

    Parameters
    ----------
    indicator : str
        Id of ``indicators.csv``; if empty the first headline indicator that can be ranked.

    Raises
    ------
    InputError
        If there is no indicator of that name.
    """
    if indicator and indicator not in report.catalogue.indicators:
        raise InputError(
            _("没有名为 {indicator!r} 的指标。有数据的指标：{known}").format(
                indicator=indicator[:60], known=_("、").join(_with_values(report)) or "—"
            )
        )
    for name in (indicator,) if indicator else report.catalogue.report.headline:
        found = _choice(report, report.indicator(name))
        if found.groups and len(found.main.members) > 1:
            return found
    return None


def _with_values(report: Report) -> list[str]:
    end = "/values"
    prefix = f"{report.pair}/compared/"
    return sorted(
        one.id.removeprefix(prefix).removesuffix(end)
        for one in report.facts_below(prefix)
        if one.id.endswith(end) and one.value > 1
    )


def _choice(report: Report, indicator: Indicator) -> Chosen:
    compared = districts(report)
    period = period_of(report.pair, report.as_of)
    observations = report.observations.values()
    values = values_of(report.catalogue, compared, indicator.id, observations, period)
    sound = reliable(observations)
    return Chosen(
        indicator=indicator,
        values=values,
        groups=grouped(indicator, values, sound),
        doubtful=[name for name, one in values.items() if one.id not in sound],
        absent=[one for one in compared if one.id not in values],
    )


def lines(report: Report) -> list[Line]:
    """Return what is asked of several districts and was judged in any of them."""
    judgements = [
        *report.judgements.values(),
        *(one for one in report.compared if one.year == report.year),
    ]
    compared = districts(report)
    found = lines_by_district(report.catalogue, compared, judgements, report.observations)
    return [line for line in found if line.has_result]


def columns(report: Report, shown: Sequence[Line]) -> list[str]:
    """Return the districts that lines have a column for: all compared, 市区 where it is asked."""
    used = {column for line in shown for column in line.outcomes}
    compared = districts(report)
    between = [one.id for one in areas_between(report.catalogue, compared) if one.id in used]
    return [*between, *(one.id for one in compared)]


def ranking(report: Report, chosen: Chosen) -> Markup:
    """Say who comes first and last by the indicator, and where the report's own district stands."""
    members = chosen.main.members
    name = spanned_name(report, chosen.indicator, chosen.main.observation)
    n_ranked = _fact(report, f"{chosen.indicator.id}/ranked")
    if n_ranked is None:
        text = N_("{name}：{n}个区域有数据，不排名")
        return sentence(text, name=name, n=_n_values(report, chosen))
    best = [one for one in members if one.place == members[0].place]
    worst = [one for one in members if one.place == members[-1].place]
    if len(best) == len(members):
        text = N_("{n}个区域的{name}相同，均为{first}")
    else:
        text = N_("{n}个区域的{name}以{best}最好，{first}；{worst}最差，{last}")
    said = sentence(
        text,
        n=number(n_ranked),
        name=name,
        best=_names(report, (one.district for one in best)),
        worst=_names(report, (one.district for one in worst)),
        first=quantity(best[0].observation),
        last=quantity(worst[0].observation),
    )
    return escape(_("；")).join(filter(None, (said, _own_place(report, chosen))))


def _own_place(report: Report, chosen: Chosen) -> Markup:
    places = chosen.main.place_of
    own = places.get(report.pair.district)
    fact = _fact(report, f"{chosen.indicator.id}/place/{report.pair.district}")
    if fact is None or own in {1, max(place or 0 for place in places.values())}:
        return Markup("")
    is_shared = list(places.values()).count(own) > 1
    text = N_("{name}并列第{place}位") if is_shared else N_("{name}列第{place}位")
    return sentence(text, name=localized(report.district), place=number(fact))


def ranking_note(report: Report, chosen: Chosen) -> Markup:
    """Say who is not ranked with the others, and why."""
    others = [one.district for group in chosen.groups[1:] for one in group.members]
    said = [
        sentence(N_("不足一年，数值和排名仅供参考。")) if is_part(chosen.main.observation) else "",
        _named(N_("没有数据：{names}。"), report, [one.id for one in uncovered(report, chosen)]),
        _named(N_("参数有误，没有读取：{names}。"), report, _at_fault(report)),
        _named(N_("有效数据不足，不排名：{names}。"), report, chosen.doubtful),
        _named(N_("口径或数据性质不同，不与其他区域排在一起：{names}。"), report, others),
        *(_standing_for(report, area) for area in standing_areas(report, chosen)),
    ]
    return escape(sentence_space()).join(filter(None, said))


def standing_areas(report: Report, chosen: Chosen) -> list[District]:
    """Return the areas whose value stands for districts without one (市区)."""
    own = {one.id for one in districts(report)}
    return [report.catalogue.districts[name] for name in chosen.values if name not in own]


def _standing_for(report: Report, area: District) -> Markup:
    parts = [one.id for one in districts(report) if one.parent == area.id]
    return sentence(
        N_("{area}的数值代表{names}，不能分到各区。"),
        area=localized(area),
        names=_names(report, parts),
    )


def uncovered(report: Report, chosen: Chosen) -> list[District]:
    """Return the districts for which there is no value, not even that of an area."""
    covered = {area.id for area in standing_areas(report, chosen)}
    at_fault = _at_fault(report)
    return [one for one in chosen.absent if one.parent not in covered and one.id not in at_fault]


def _at_fault(report: Report) -> list[str]:
    """Return the districts whose own parameters are wrong, so that nothing of them was read."""
    return [one.id for one in districts(report) if one.id in report.catalogue.at_fault]


def why_absent(report: Report, chosen: Chosen, district: str) -> str:
    """Say why a district has no value of its own."""
    for area in standing_areas(report, chosen):
        if report.catalogue.districts[district].parent == area.id:
            return _("见{area}").format(area=localized(area))
    return _("参数有误") if district in report.catalogue.at_fault else _("没有数据")


def verdicts_heading(report: Report, shown: Sequence[Line]) -> Markup:
    """Say how many things are asked of several districts, and who has most that is not met."""
    facts = {
        column: fact
        for column in columns(report, shown)
        if (fact := _fact(report, f"verdicts/{column}/{Verdict.NOT_MET}"))
    }
    leading = sharing_extreme(facts, lambda column: facts[column].value, max)
    n_lines = number(report.fact("compared/lines"))
    word = verdict_in_sentence(report, Verdict.NOT_MET, shown[0])
    if not leading:
        text = N_("{n}项对多个区域提出的要求中没有{verdict}的")
        return sentence(text, n=n_lines, verdict=word)
    text = N_("{n}项对多个区域提出的要求中，{verdict}最多的是{names}，{worst}项")
    if len(leading) > 1:
        text = N_("{n}项对多个区域提出的要求中，{verdict}最多的是{names}，各{worst}项")
    return sentence(
        text,
        n=n_lines,
        verdict=word,
        names=_names(report, leading),
        worst=number(facts[leading[0]]),
    )


def plan_of(report: Report, line: Line) -> CompletePlan:
    """Return the plan that a line stands in: it says which words its verdicts take."""
    return report.catalogue.plans[line.commitment.id.split("/", 1)[0]]


def verdict_in_sentence(report: Report, verdict: Verdict, line: Line) -> str:
    """Return a verdict's word as it stands within a sentence."""
    return verdict_label(report.catalogue.verdicts[verdict], plan_of(report, line)).lower()


def asked(report: Report) -> Markup:
    """Say what the chapter would show of districts."""
    compared = [one.id for one in districts(report)]
    if len(compared) < 2:
        return sentence(N_("参数中没有与本区域同级或下一级的区域，不能作区域对比。"))
    return sentence(
        N_("本章把{names}在{year}年的数值和结论并列：排名、示意方格和逐项结论。"
           "目前能比较的区域不足两个。"),
        names=_names(report, compared),
        year=report.year,
    )  # fmt: skip


def bring(report: Report) -> Markup:
    """Say whose data are needed, and where they go."""
    having = {one.district for one in report.observations.values() if one.year == report.year}
    apart = [one.id for one in districts(report) if one.id in _set_aside(report) - having]
    lacking = [one.id for one in districts(report) if one.id not in {*having, *apart}]
    said = [
        _named(N_("{names}的数据与本报告的数据性质不同（实际与演示），不作比较。"), report, apart),
        sentence(
            N_("由{names}的主管部门提供{how}。"),
            names=_names(report, lacking),
            how=on_pages(
                sentence(
                    N_("，按模板（make templates）填写，放入 {folders} 后重新运行"),
                    folders=joined(f"data/raw/{name}/{report.year}" for name in lacking),
                )
            ),
        )
        if lacking
        else sentence(N_("至少两个区域同一指标、同一口径的数值。")),
    ]
    return escape(sentence_space()).join(filter(None, said))


def _set_aside(report: Report) -> set[str]:
    """Return the districts with files that were not read since they are of another nature."""
    aside = [one for one in report.assessment.compared_sources if one.ignored_because]
    return {PurePosixPath(one.path).parent.parent.name for one in aside}


def basis_name(group: Group) -> str:
    """Return what sets a group apart: its basis, and whether it is demonstration data."""
    first = group.observation
    words = [basis_text(first), _("演示数据") if first.is_demonstration else ""]
    return _("，").join(word for word in words if word) or _("未注明口径")


def name_of(report: Report, district: str) -> str:
    """Return the name of a district."""
    return localized(report.catalogue.districts[district])


def _names(report: Report, ids: Iterable[str]) -> Markup:
    return joined(name_of(report, one) for one in ids)


def _named(text: str, report: Report, ids: Sequence[str]) -> Markup:
    return sentence(text, names=_names(report, ids)) if ids else Markup("")


def _n_values(report: Report, chosen: Chosen) -> Markup:
    return number(report.fact(f"compared/{chosen.indicator.id}/values"))


def _fact(report: Report, name: str) -> Fact | None:
    return report.facts.get(f"{report.pair}/compared/{name}")
