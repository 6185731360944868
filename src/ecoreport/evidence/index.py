"""The index of the papers (总目录) as a workbook: what there is by year, what is missing, whose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from openpyxl import Workbook

from ecoreport.config.catalogue import Catalogue, CompletePlan
from ecoreport.config.evidence import EvidenceState
from ecoreport.config.models import Commitment, District
from ecoreport.evidence.examine import Notice
from ecoreport.evidence.ledger import THERE, Counts, Paper, YearLedger, count
from ecoreport.evidence.register import COLUMNS, FORMS
from ecoreport.evidence.required import Required, deadlines_for, fields_of, required_papers
from ecoreport.evidence.sheets import Row, Style, add_sheet
from ecoreport.i18n import _, current_locale
from ecoreport.labels import localized, worded
from ecoreport.workbooks import stable_bytes

SUMMARY_WIDTHS: Final = (40, 12, 12, 14, 12)
YEAR_WIDTHS: Final = (9, 28, 14, 9, 12, 24, 18, 16, 12, 8, 9, 28, 24, 20)
MISSING_WIDTHS: Final = (8, 9, 28, 34, 12, 14, 10, 26, 26)
PENDING_WIDTHS: Final = (8, 12, 60, 70)

IN_INDEX: Final = (
    "number", "title", "document_number", "issuer", "date", "pages", "form", "file", "sha256",
    "remark",
)  # fmt: skip
"""Columns of the register that lists of papers repeat, in this order."""


@dataclass(frozen=True)
class Index:
    """All that the index is made from.

    Attributes
    ----------
    ledgers : sequence of YearLedger
        Earliest year first.
    notices : sequence of Notice
        What came up while the folders were looked through.
    """

    catalogue: Catalogue
    district: District
    plan: CompletePlan
    ledgers: Sequence[YearLedger]
    notices: Sequence[Notice] = ()

    @cached_property
    def papers(self) -> tuple[Required, ...]:
        """What each year asks for."""
        return required_papers(self.plan)

    @cached_property
    def by_code(self) -> dict[str, Required]:
        """What each year asks for, by its number."""
        return {one.code: one for one in self.papers}

    @property
    def years(self) -> str:
        """The years in words."""
        years = [ledger.year for ledger in self.ledgers]
        is_span = len(years) > 1 and years == list(range(years[0], years[-1] + 1))
        return f"{years[0]}—{years[-1]}" if is_span else _("、").join(map(str, years))

    def department(self, name: str) -> str:
        """Return the name of a department."""
        return localized(self.catalogue.departments[name])

    def term(self, kind: str, word: str) -> str:
        """Return the label of a word of a closed list."""
        return localized(self.catalogue.terms[kind][word])

    def owners(self) -> dict[str, list[Required]]:
        """Return the papers by the department that brings them, in the plan's order."""
        found: dict[str, list[Required]] = {}
        for one in self.papers:
            found.setdefault(one.owner, []).append(one)
        return found

    def basis(self, paper: Required) -> str:
        """Say why a paper is asked for: the plan's clause, or that it is not the plan's."""
        requirement = paper.requirement
        clause = worded(requirement, "clause") if requirement.clause else ""
        return clause or self.term("evidence_sources", requirement.source)

    def deadline_text(self, year: int) -> str:
        """Return the days by which departments send the papers of a year."""
        days = [one for one in deadlines_for(self.plan, [year]) if one.is_submission]
        return _("、").join(f"{told(one, 'words')} {one.deadline.isoformat()}" for one in days)


def told(thing: object, field: str) -> str:
    """Return a text of a model (``words_zh``, ``words_en``) in the reader's language."""
    return str(getattr(thing, f"{field}_{current_locale()}"))


def index_bytes(index: Index) -> bytes:
    """Return the index as .xlsx; the same ledgers give the same bytes."""
    book = Workbook()
    book.remove(book.active)
    add_sheet(book, _("总目录"), SUMMARY_WIDTHS, list(_summary(index)), is_wide=False)
    for ledger in index.ledgers:
        title = _("{year}年").format(year=ledger.year)
        add_sheet(book, title, YEAR_WIDTHS, list(_year(index, ledger)))
    add_sheet(book, _("缺失清单"), MISSING_WIDTHS, list(_missing(index)))
    add_sheet(book, _("待处理"), PENDING_WIDTHS, list(_pending(index)))
    return stable_bytes(book)


def _summary(index: Index) -> Iterator[Row]:
    district, years = localized(index.district), index.years
    yield Row(
        [_("{district}佐证材料总目录（{years}年）").format(district=district, years=years)],
        Style.TITLE,
    )
    yield Row([f"{localized(index.plan)} {index.plan.document_number}".strip()], Style.NOTE)
    yield Row(
        [_("一份指一项应交材料的一个年份；本系统建议的只列出，不计数。已有包括已变动的。")],
        Style.NOTE,
    )
    yield from _counted(_("年份"), _by_year(index))
    yield from _counted(_("领域"), _by_field(index))
    yield from _counted(_("责任单位"), _by_owner(index))
    yield from _schedule(index)
    yield from _legend(index)


def _counted(head: str, counts: Iterator[tuple[str, Counts]]) -> Iterator[Row]:
    yield Row([], Style.NOTE)
    yield Row([head, _("应有"), _("已有"), _("其中已变动"), _("缺")], Style.HEADER)
    for name, one in counts:
        yield Row([name, one.n_required, one.n_there, one.n_changed, one.n_missing])


def _by_year(index: Index) -> Iterator[tuple[str, Counts]]:
    for ledger in index.ledgers:
        yield _("{year}年").format(year=ledger.year), count([ledger], index.papers)
    yield _("合计"), count(index.ledgers, index.papers)


def _by_field(index: Index) -> Iterator[tuple[str, Counts]]:
    for field in fields_of(index.plan):
        own = {one.id for one in field.commitments}
        papers = [one for one in index.papers if one.commitment.id in own]
        yield f"{field.number:02d} {localized(field.field)}", count(index.ledgers, papers)


def _by_owner(index: Index) -> Iterator[tuple[str, Counts]]:
    for owner, papers in index.owners().items():
        yield index.department(owner), count(index.ledgers, papers)


def _schedule(index: Index) -> Iterator[Row]:
    days = deadlines_for(index.plan, (ledger.year for ledger in index.ledgers))
    yield Row([], Style.NOTE)
    if not days:
        yield Row([_("方案没有规定这些年份材料的报送时间。")], Style.NOTE)
        return
    yield Row([_("要做的事"), _("时间"), _("日期"), _("依据")], Style.HEADER)
    for one in days:
        clause = worded(one, "clause")
        yield Row([told(one, "task"), told(one, "words"), one.deadline.isoformat(), clause])


def _legend(index: Index) -> Iterator[Row]:
    for head, kind in ((_("状态"), "evidence_states"), (_("依据"), "evidence_sources")):
        yield Row([], Style.NOTE)
        yield Row([head], Style.BAND)
        for term in index.catalogue.terms[kind].values():
            yield Row([localized(term) + _("：") + told(term, "note")], Style.NOTE)


def _year(index: Index, ledger: YearLedger) -> Iterator[Row]:
    year = ledger.year
    title = _("{district}{year}年佐证材料目录").format(
        district=localized(index.district), year=year
    )
    yield Row([title], Style.TITLE)
    yield Row(
        [
            _("应交编号"),
            _("应交材料"),
            _("依据"),
            _("状态"),
            *(_(COLUMNS[name]) for name in IN_INDEX),
        ],
        Style.HEADER,
    )
    by_seq: dict[int | None, list[Paper]] = {}
    for paper in ledger.papers:
        by_seq.setdefault(paper.seq, []).append(paper)
    for field in fields_of(index.plan):
        yield Row([f"{field.number:02d} {localized(field.field)}"], Style.FIELD)
        for commitment in field.commitments:
            yield Row([_indicator(index, commitment)], Style.BAND)
            for paper in by_seq.pop(commitment.seq, ()):
                yield _line(index, paper)
    left = [paper for papers in by_seq.values() for paper in papers]
    if left:
        yield Row([_("不在任何指标文件夹里的文件")], Style.FIELD)
        yield from (_line(index, paper) for paper in left)


def _indicator(index: Index, commitment: Commitment) -> str:
    owners = _("、").join(index.department(name) for name in commitment.responsible)
    return _("{seq} {title}（{owners}）").format(
        seq=f"{commitment.seq:02d}", title=localized(commitment), owners=owners
    )


def _line(index: Index, paper: Paper) -> Row:
    asked = index.by_code.get(paper.code)
    return Row(
        [
            paper.code,
            named(index, asked) if asked else "",
            index.basis(asked) if asked else "",
            index.term("evidence_states", paper.state),
            *said(paper),
        ]
    )


def said(paper: Paper) -> list[str]:
    """Return what the register says of a paper: the columns of :data:`IN_INDEX`."""
    known = {name: str(getattr(paper, name)) for name in IN_INDEX}
    known["form"] = form_text(paper)
    known["remark"] = _("；").join(filter(None, (paper.remark, lacking_text(paper))))
    return list(known.values())


def form_text(paper: Paper) -> str:
    """Say whether a paper is an original or a copy."""
    return _(FORMS[paper.form]) if paper.form else ""


def named(index: Index, paper: Required) -> str:
    """Return the title of a paper with its kind."""
    kind = index.term("evidence_kinds", paper.requirement.kind)
    return _("{title}（{kind}）").format(title=localized(paper.requirement), kind=kind)


def lacking_text(paper: Paper) -> str:
    """Say which columns of a registration are empty."""
    if not paper.lacking:
        return ""
    return _("登记缺{columns}").format(
        columns=_("、").join(_(COLUMNS[one]) for one in paper.lacking)
    )


def _missing(index: Index) -> Iterator[Row]:
    yield Row([_("缺失清单")], Style.TITLE)
    yield Row(
        [
            _("年份"),
            _("应交编号"),
            _("指标"),
            _("应交材料"),
            _("类别"),
            _("依据"),
            _("状态"),
            _("报送期限"),
            _("备注"),
        ],
        Style.HEADER,
    )
    is_first = True
    for owner, papers in index.owners().items():
        rows = [row for paper in papers for row in _missing_rows(index, paper)]
        if rows:
            head = _("{department}：缺 {n} 份").format(
                department=index.department(owner), n=count(index.ledgers, papers).n_missing
            )
            yield Row([head], Style.FIELD, begins_page=not is_first)
            yield from rows
            is_first = False
    if is_first:
        yield Row([_("没有缺的材料")], Style.NOTE)


def _missing_rows(index: Index, paper: Required) -> Iterator[Row]:
    requirement = paper.requirement
    for ledger in index.ledgers:
        if paper.code in ledger.codes_there:
            continue
        found = [one for one in ledger.papers if one.code == paper.code]
        states = dict.fromkeys(index.term("evidence_states", one.state) for one in found)
        remarks = dict.fromkeys(one.remark for one in found if one.remark)
        yield Row(
            [
                ledger.year,
                paper.code,
                localized(paper.commitment),
                localized(requirement),
                index.term("evidence_kinds", requirement.kind),
                index.basis(paper),
                _("、").join(states),
                index.deadline_text(ledger.year),
                _("；").join(remarks),
            ]
        )


def _pending(index: Index) -> Iterator[Row]:
    yield Row([_("待处理")], Style.TITLE)
    yield Row([_("年份"), _("类别"), _("文件或位置"), _("说明")], Style.HEADER)
    rows = [row for ledger in index.ledgers for row in _pending_papers(index, ledger)]
    rows += [Row([one.year, _("提示"), one.where, one.text]) for one in index.notices]
    yield from rows or [Row([_("没有要处理的事项")], Style.NOTE)]


def _pending_papers(index: Index, ledger: YearLedger) -> Iterator[Row]:
    for paper in ledger.papers:
        if paper.state is EvidenceState.MISSING:
            continue
        state = index.catalogue.terms["evidence_states"][paper.state]
        where = paper.file or _("登记表第 {row} 行").format(row=paper.row)
        if paper.state is not EvidenceState.REGISTERED:
            yield Row([ledger.year, localized(state), where, told(state, "note")])
        if paper.state in THERE and paper.lacking:
            yield Row([ledger.year, _("登记不全"), where, lacking_text(paper)])
