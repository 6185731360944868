"""What the chapter of an area finds: its commitments, figures, years, duties and returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from markupsafe import Markup, escape

from ecoreport import area_facts
from ecoreport.assess.judgement import Judgement
from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.models import Commitment, Indicator
from ecoreport.facts import Fact
from ecoreport.findings.case import Case
from ecoreport.findings.overview import verdict_heading
from ecoreport.findings.wording import dated, sharing_extreme
from ecoreport.i18n import _, sentence_space
from ecoreport.labels import localized
from ecoreport.listing import Entry, listed, whole_of
from ecoreport.message import N_
from ecoreport.narrative import joined, number, on_pages, sentence
from ecoreport.observe.observation import Observation
from ecoreport.report import Report
from ecoreport.rows import Row

SENTENCES_MAX = 4
NAMES_MAX = 3
FIGURE_STATES = (
    ("reached", N_("{n}项达到目标")),
    ("missed", N_("{n}项未达到")),
    ("absent", N_("{n}项没有数值")),
    ("undecided", N_("{n}项不予评价")),
    ("demonstration", N_("另有{n}项只有演示数据")),
)
DUTY_STATES = (
    ("done", N_("{n}项已完成")),
    ("mostly_done", N_("{n}项基本完成")),
    ("started", N_("{n}项已启动")),
    ("not_done", N_("{n}项未开展")),
    ("open", N_("{n}项没有认定")),
    ("demonstration", N_("另有{n}项只有演示数据")),
)
RETURN_STATES = (
    ("complete", N_("{n}项各期齐全")),
    ("lacking", N_("{n}项有缺期")),
    ("happened", N_("{n}项有事件或有一期没有完成")),
    ("demonstration", N_("另有{n}项只有演示数据")),
)


@dataclass(frozen=True)
class Chapter:
    """One area of one report: what is asked in it, and what is known."""

    report: Report
    area: str

    @property
    def name(self) -> str:
        """Name of the area in the reader's language."""
        return localized(self.report.catalogue.terms["areas"][self.area])

    @cached_property
    def plan(self) -> CompletePlan | None:
        """All that is asked in the area, once; None where no plan asks anything."""
        if not self.report.plans:
            return None
        found = area_facts.of_area(whole_of(self.report), self.area)
        return found if found.commitments else None

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """All that is asked, parts after their composite."""
        return self.plan.commitments if self.plan else ()

    @cached_property
    def entries(self) -> list[Entry]:
        """The commitments as the list of all shows them."""
        own = {one.id for one in self.commitments}
        return listed(self.report, own)

    @cached_property
    def rows(self) -> dict[str, Row]:
        """Rows of the commitments and of their parts, by id."""
        whole = [one.row for one in self.entries]
        return {row.commitment.id: row for one in whole for row in (one, *one.parts)}

    @cached_property
    def indicators(self) -> list[Indicator]:
        """Indicators of the area: first those that are asked for, in the order of the plans."""
        known = self.report.catalogue.indicators
        asked = (one.indicator for one in self.commitments if one.indicator)
        others = (name for name, one in known.items() if one.area == self.area)
        return [known[name] for name in dict.fromkeys((*asked, *others))]

    @cached_property
    def has_data(self) -> bool:
        """Whether anything of the year is known of the area."""
        is_judged = any(self.judgement(one).observations for one in self.commitments)
        return is_judged or bool(self.known_here)

    @cached_property
    def known_here(self) -> list[Observation]:
        """What was observed in the district in the year, of the area's indicators."""
        here = (self.report.pair.district, self.report.year)
        return [
            one
            for indicator in self.indicators
            for one in self.report.observations_of(indicator.id)
            if (one.district, one.year) == here
        ]

    def judgement(self, commitment: Commitment) -> Judgement:
        """Return the judgement of a commitment."""
        return self.report.judgements[commitment.id]

    def count(self, name: str) -> Fact | None:
        """Return a count of the area, None where there is nothing to count."""
        found = self.report.facts.get(f"{self.report.pair}/count/area/{self.area}/{name}")
        return found if found and found.value else None

    @property
    def is_single(self) -> bool:
        """Whether one thing only is asked: its sentence is the finding of every section."""
        return len(self.entries) == 1

    def observed(self, commitments: Sequence[Commitment]) -> list[Observation]:
        """Return what the judgements of commitments rest on."""
        names = (name for one in commitments for name in self.judgement(one).observations)
        return [self.report.observations[name] for name in dict.fromkeys(names)]

    def earlier(self, commitment: Commitment) -> list[Observation]:
        """Return the best of each earlier year, of the same nature; of the district's own only."""
        report = self.report
        if commitment.scope != report.pair.district or not commitment.indicator:
            return []
        years = (year for year in report.years_observed if year < report.year)
        found = [report.observation(commitment.indicator, year=year) for year in years]
        known = [one for one in found if one is not None]
        newest = (self.observed([commitment]) or known[-1:])[:1]
        return [one for one in known if one.is_demonstration == newest[0].is_demonstration]


def heading(chapter: Chapter) -> Markup:
    """Say how the area stands: its only commitment in words, of several how many are met."""
    if chapter.plan is None:
        return sentence(N_("适用的方案对{area}没有提出要求"), area=chapter.name)
    if chapter.is_single and chapter.has_data:
        return chapter.entries[0].row.sentence
    said = verdict_heading(chapter.report, chapter.plan)
    return dated(chapter.report, sentence(N_("{area}：{said}"), area=chapter.name, said=said))


def note(chapter: Chapter) -> list[Markup]:
    """Say what is not met, the greatest shortfall first; of a single one the heading does."""
    if chapter.is_single:
        return []
    missed = [
        one.row
        for one in chapter.entries
        if area_facts.outcome(one.row.judgement) in area_facts.MISSED
    ]
    worst = sorted(missed, key=lambda row: _shortfall(row.judgement), reverse=True)
    return [row.sentence + _("。") for row in worst[:SENTENCES_MAX]]


def _shortfall(judgement: Judgement) -> Decimal:
    """Return by what share of its target a value misses it; without numbers nought."""
    if judgement.margin is None or not judgement.target:
        return Decimal(0)
    return -judgement.margin / abs(judgement.target)


def figures(chapter: Chapter) -> list[Commitment]:
    """Return the figures that have a target; none where not one of them has a value."""
    if chapter.plan is None:
        return []
    found = area_facts.figures(chapter.plan, chapter.report.judgements)
    return found if any(chapter.judgement(one).value is not None for one in found) else []


def figures_heading(chapter: Chapter) -> Markup:
    """Say how many figures reach their target, and which misses it most or is nearest to it."""
    if chapter.is_single:
        return heading(chapter)
    text = N_("逐个数值看，有目标值的{total}项中{listed}")
    said = _counted(chapter, "figures", text, FIGURE_STATES)
    return escape(_("；")).join(filter(None, (said, _extreme(chapter))))


def _counted(chapter: Chapter, group: str, text: str, states: Sequence[tuple[str, str]]) -> Markup:
    """Say how many there are in a group, and how many in each state that occurs."""
    said = [
        sentence(words, n=number(fact))
        for name, words in states
        if (fact := chapter.count(f"{group}/{name}"))
    ]
    total = chapter.report.facts[f"{chapter.report.pair}/count/area/{chapter.area}/{group}/total"]
    return sentence(text, total=number(total), listed=escape(_("，")).join(said))


def _extreme(chapter: Chapter) -> Markup:
    """Name the figure that misses its target most; where all reach theirs, the nearest."""
    asked = [one for one in figures(chapter) if chapter.judgement(one).margin is not None]
    missed = [one for one in asked if _state(chapter, one) == "missed"]
    reached = [one for one in asked if _state(chapter, one) == "reached"]
    found = sharing_extreme(missed or reached, lambda one: _shortfall(chapter.judgement(one)), max)
    if not found or len(found) > NAMES_MAX or (not missed and len(reached) < 2):
        return Markup("")
    if len(found) > 1:
        text = N_("差得最多的是{names}") if missed else N_("离目标最近的是{names}")
        return sentence(text, names=joined(title(chapter, one) for one in found))
    text = (
        N_("差得最多的是{name}，{value}，目标{target}")
        if missed
        else N_("离目标最近的是{name}，{value}，目标{target}")
    )
    assert chapter.plan is not None  # noqa: S101 - it has figures
    case = Case(chapter.report, chapter.plan, found[0], chapter.judgement(found[0]))
    return sentence(text, name=title(chapter, found[0]), value=case.value, target=case.target)


def _state(chapter: Chapter, commitment: Commitment) -> str:
    return area_facts.figure_state(chapter.judgement(commitment))


def title(chapter: Chapter, commitment: Commitment) -> str:
    """Return what a commitment is called."""
    return chapter.rows[commitment.id].title


def duties(chapter: Chapter) -> list[Commitment]:
    """Return the duties without a number; none where not one of them was confirmed."""
    found = area_facts.duties(chapter.plan) if chapter.plan else []
    return found if any(chapter.judgement(one).text for one in found) else []


def duties_heading(chapter: Chapter) -> Markup:
    """Say how many duties are done, under way and open, and name what is not done."""
    if chapter.is_single:
        return sentence(N_("{name}历年的认定"), name=title(chapter, duties(chapter)[0]))
    said = _counted(chapter, "duties", N_("{total}项没有数值的工作中{listed}"), DUTY_STATES)
    behind = [one for one in duties(chapter) if chapter.judgement(one).text not in {"", "done"}]
    if not behind or len(behind) > NAMES_MAX:
        return said
    names = joined(title(chapter, one) for one in behind)
    return said + sentence(N_("；还没有完成的是{names}"), names=names)


def returns(chapter: Chapter) -> list[Commitment]:
    """Return what is reported period by period; none where nothing was reported."""
    found = area_facts.returns(chapter.plan) if chapter.plan else []
    return found if any(chapter.judgement(one).observations for one in found) else []


def returns_heading(chapter: Chapter) -> Markup:
    """Say of how many returns every period is there, and of how many something is missing."""
    reported = returns(chapter)
    if len(reported) == 1:
        return chapter.rows[reported[0].id].sentence
    return _counted(chapter, "returns", N_("{total}项按期报告的事项中{listed}"), RETURN_STATES)


def asked_heading(chapter: Chapter) -> Markup:
    """Name the table of what the plans ask."""
    return sentence(N_("方案对{area}的要求"), area=chapter.name)


def missing_heading(chapter: Chapter) -> Markup:
    """Name what has still to be brought."""
    return sentence(N_("{area}还缺什么、由谁补"), area=chapter.name)


def unasked(chapter: Chapter) -> Markup:
    """Say which plans were searched, and what is shown where none of them asks anything."""
    plans = joined(localized(plan) for plan in chapter.report.plans)
    searched = sentence(N_("查过的方案：{plans}。"), plans=plans) if plans else Markup("")
    rest = sentence(N_("本章没有要评价的事项；报送了数据，仍列出数值和逐年变化。"))
    return escape(sentence_space()).join(filter(None, (searched, rest)))


def unasked_bring(chapter: Chapter) -> Markup:
    """Say in which tables figures of the area are reported, by whom, and where they go."""
    report = chapter.report
    known = report.catalogue.datasets
    used = dict.fromkeys(one.dataset for one in chapter.indicators if one.dataset in known)
    tables = [
        sentence(
            N_("{file}（{department}）"),
            file=known[name].template_name(report.year),
            department=known[name].department,
        )
        for name in used
    ]
    folder = report.project.relative(report.project.raw(report.pair))
    text = N_("没有必须补充的；要列出数值时，用{tables}报送{how}。")
    how = on_pages(sentence(N_("，放入 {folder}"), folder=folder))
    return sentence(text, tables=joined(tables), how=how)
