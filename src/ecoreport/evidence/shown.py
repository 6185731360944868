"""The ledger in a report: what is there, what is missing and whose; a list to take away.

It shows what ``make ledger`` found last; no paper itself is opened or copied.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ecoreport.components import component
from ecoreport.config.evidence import EvidenceDeadline, EvidenceState
from ecoreport.evidence.examine import fingerprint
from ecoreport.evidence.index import IN_INDEX, Index, form_text, named, said, told
from ecoreport.evidence.ledger import Counts, Paper, YearLedger, count, kept_ledger
from ecoreport.evidence.register import COLUMNS
from ecoreport.evidence.required import Required, deadlines_for, evidence_plan, years_asked
from ecoreport.i18n import _
from ecoreport.labels import localized, worded
from ecoreport.project import Pair
from ecoreport.report import Report
from ecoreport.workbooks import Cell, Table, csv_bytes


@dataclass(frozen=True)
class Shown:
    """What a report shows of the ledger.

    Attributes
    ----------
    index : Index
        Of the years that were looked through.
    years_open : tuple of int
        Years that the plan asks for and nobody has looked through.
    years_changed : tuple of int
        Years whose folders have changed since.
    """

    index: Index
    district: str
    years_open: tuple[int, ...]
    years_changed: tuple[int, ...]

    @property
    def command(self) -> str:
        """What to run for the years that the plan asks for."""
        years = years_asked(self.index.plan)
        return f"make ledger DISTRICT={self.district} YEARS={years[0]}-{years[-1]}"

    @property
    def deadlines(self) -> tuple[EvidenceDeadline, ...]:
        """The plan's days."""
        return deadlines_for(self.index.plan, years_asked(self.index.plan))


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator with its papers by year."""

    seq: int
    title: str
    owners: str
    counts: tuple[Counts, ...]
    """One a year."""
    missing: tuple[tuple[str, str], ...]
    """Title of each paper that any year lacks, and those years."""


@dataclass(frozen=True)
class PaperLine:
    """A registered paper."""

    year: int
    paper: Paper
    state: str
    form: str


def shown(report: Report) -> Shown | None:
    """Return what a report shows of the ledger, or None where no plan of its district asks for it.

    A year's ledger is the one that ``make ledger`` kept.
    """
    catalogue, district = report.catalogue, report.pair.district
    if not any(plan.evidence for plan in catalogue.plans_of(district)):
        return None
    plan = evidence_plan(catalogue, district)
    pairs = [Pair(district, year) for year in years_asked(plan)]
    kept = {pair: kept_ledger(report.project, pair) for pair in pairs}
    ledgers = [ledger for ledger in kept.values() if ledger is not None]
    return Shown(
        Index(catalogue, catalogue.districts[district], plan, ledgers),
        district,
        tuple(pair.year for pair, ledger in kept.items() if ledger is None),
        tuple(
            pair.year
            for pair, ledger in kept.items()
            if ledger and ledger.fingerprint != fingerprint(report.project, pair, plan)
        ),
    )


def schedule(what: Shown) -> Markup:
    """Return the plan's days, and what has to be run before the tables below are up to date."""
    days = [
        (told(one, "words"), one.deadline.isoformat(), told(one, "task"), worded(one, "clause"))
        for one in what.deadlines
    ]
    return component("evidence_schedule", what=what, days=days)


def by_department(what: Shown) -> Markup:
    """Return how many papers each department brings, has brought and owes."""
    index = what.index
    lines = [
        (index.department(owner), count(index.ledgers, papers))
        for owner, papers in index.owners().items()
    ]
    total = count(index.ledgers, index.papers)
    return component("evidence_departments", lines=lines, total=total, years=index.years)


def by_indicator(what: Shown) -> Markup:
    """Return each indicator's papers by year, and by name those that are missing."""
    index = what.index
    by_commitment: dict[str, list[Required]] = {}
    for one in index.papers:
        by_commitment.setdefault(one.commitment.id, []).append(one)
    lines = [_indicator(index, papers) for papers in by_commitment.values()]
    years = [ledger.year for ledger in index.ledgers]
    return component("evidence_index", lines=lines, years=years)


def _indicator(index: Index, papers: Sequence[Required]) -> IndicatorLine:
    lacking = {
        paper.code: [one.year for one in index.ledgers if paper.code not in one.codes_there]
        for paper in papers
    }
    return IndicatorLine(
        papers[0].seq,
        localized(papers[0].commitment),
        _("、").join(dict.fromkeys(index.department(paper.owner) for paper in papers)),
        tuple(count([ledger], papers) for ledger in index.ledgers),
        tuple(
            (localized(paper.requirement), _years_text(index, lacking[paper.code]))
            for paper in papers
            if paper.is_asked and lacking[paper.code]
        ),
    )


def _years_text(index: Index, years: Sequence[int]) -> str:
    """Return the years in words; nothing where they are all."""
    return "" if len(years) == len(index.ledgers) else _("、").join(map(str, years))


def has_papers(what: Shown) -> bool:
    """Whether any paper is registered."""
    return any(_registered(ledger) for ledger in what.index.ledgers)


def papers(what: Shown) -> Markup:
    """Return the registered papers, as the register names them."""
    terms = what.index.catalogue.terms["evidence_states"]
    lines = [
        PaperLine(
            ledger.year,
            paper,
            localized(terms[paper.state]),
            form_text(paper),
        )
        for ledger in what.index.ledgers
        for paper in _registered(ledger)
    ]
    return component("evidence_papers", lines=lines)


def _registered(ledger: YearLedger) -> list[Paper]:
    others = {EvidenceState.MISSING, EvidenceState.UNREGISTERED}
    return [paper for paper in ledger.papers if paper.state not in others]


def list_csv(what: Shown) -> bytes:
    """Return every line of the ledger, there or missing, as CSV."""
    header = [
        _("年份"), _("应交编号"), _("指标"), _("应交材料"), _("责任单位"), _("依据"), _("状态"),
        *(_(COLUMNS[name]) for name in IN_INDEX),
    ]  # fmt: skip
    return csv_bytes(Table("", header, list(_rows(what.index))))


def _rows(index: Index) -> Iterator[list[Cell]]:
    by_seq = {one.seq: one.commitment for one in index.papers}
    for ledger in index.ledgers:
        for paper in ledger.papers:
            asked = index.by_code.get(paper.code)
            commitment = by_seq.get(paper.seq or 0)
            yield [
                ledger.year,
                paper.code,
                localized(commitment) if commitment else "",
                named(index, asked) if asked else "",
                index.department(asked.owner) if asked else "",
                index.basis(asked) if asked else "",
                index.term("evidence_states", paper.state),
                *said(paper),
            ]
