"""One run of the ledger: folders and registers made, papers looked through, the index written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from ecoreport import store
from ecoreport.config.catalogue import Catalogue, CompletePlan
from ecoreport.errors import InputError
from ecoreport.evidence.checksums import write_checksums
from ecoreport.evidence.examine import Notice, checksums_path, examine, register_path
from ecoreport.evidence.folders import make_folders
from ecoreport.evidence.form import register_bytes
from ecoreport.evidence.index import Index, index_bytes
from ecoreport.evidence.ledger import Counts, count, keep_ledger
from ecoreport.evidence.named import named_files
from ecoreport.evidence.required import evidence_plan
from ecoreport.i18n import _, current_locale
from ecoreport.ingest.correct import ingest_corrected
from ecoreport.ingest.find import find_files, refuse_forbidden
from ecoreport.locks import exclusive
from ecoreport.project import Pair, Project


@dataclass(frozen=True)
class Made:
    """What a run wrote, and what it found."""

    index: Index
    path: Path
    """Of the workbook."""

    def counts(self) -> Counts:
        """Count the papers of all years."""
        return count(self.index.ledgers, self.index.papers)

    def counts_by_department(self) -> Iterator[tuple[str, Counts]]:
        """Count the papers that each department brings."""
        for owner, papers in self.index.owners().items():
            yield self.index.department(owner), count(self.index.ledgers, papers)


def make_ledger(
    project: Project, catalogue: Catalogue, district: str, years: Sequence[int]
) -> Made:
    """Make folders and registers that are not there yet, and write the index of what is.

    Nothing that people put there is changed, moved or removed. Everything is read before
    anything is written over: a run that fails leaves index and ledgers as they were.

    Parameters
    ----------
    project : Project
    catalogue : Catalogue
    district : str
    years : sequence of int
        Whose papers are looked through.

    Raises
    ------
    InputError
        If no plan of the district asks for papers, a register cannot be read, or a file must not
        be stored here.
    BusyError
        If another run works on one of the years.
    """
    pairs = [project.pair(district, year) for year in sorted(set(years))]
    plan = evidence_plan(catalogue, district)
    for pair in pairs:
        papers = find_files(project.evidence(pair), project.root, catalogue.datasets.values())
        refuse_forbidden(papers, catalogue.datasets)
    with ExitStack() as stack:
        for pair in pairs:
            stack.enter_context(exclusive(project, pair))
        for pair in pairs:
            make_folders(project.evidence(pair), plan)
            _make_register(project, pair, catalogue, plan)
        examined = [examine(project, pair, plan) for pair in pairs]
        notices = [one for year in examined for one in year.notices]
        notices += [one for pair in pairs for one in _absent_files(project, pair, catalogue)]
        index = Index(
            catalogue,
            catalogue.districts[district],
            plan,
            [one.ledger for one in examined],
            notices,
        )
        content = index_bytes(index)
        for pair, one in zip(pairs, examined, strict=True):
            write_checksums(checksums_path(project, pair), one.checksums)
            keep_ledger(project, district, one.ledger)
        path = project.evidence_index(district, current_locale()) / _file_name(index)
        store.write_aside(path, lambda aside: aside.write_bytes(content))
    return Made(index, path)


def _file_name(index: Index) -> str:
    years = index.years.replace("—", "-").replace(_("、"), "_")
    return _("佐证材料总目录_{years}.xlsx").format(years=years)


def _make_register(project: Project, pair: Pair, catalogue: Catalogue, plan: CompletePlan) -> None:
    path = register_path(project, pair)
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise InputError(
            _("{path} 应是登记表文件，现在是链接或文件夹。请移走后再运行").format(path=path)
        )
    if not os.path.lexists(path):
        content = register_bytes(catalogue, plan)
        store.write_aside(path, lambda aside: aside.write_bytes(content))


def _absent_files(project: Project, pair: Pair, catalogue: Catalogue) -> Iterator[Notice]:
    """Yield the evidence files that the year's tables name and that are nowhere."""
    tables = find_files(project.raw(pair), project.root, catalogue.datasets.values())
    if not any(one.dataset for one in tables):
        return
    frames = ingest_corrected(project, pair, catalogue, is_public=True).frames
    for one in named_files(project, pair, frames):
        if not one.exists:
            where = _("{file} 工作表 {sheet} 第 {row} 行").format(
                file=one.source_file, sheet=one.source_sheet, row=one.source_row
            )
            text = _("填写的证明材料“{name}”不存在").format(name=one.evidence_file)
            yield Notice(pair.year, where, text)


def summary_lines(made: Made) -> Iterable[str]:
    """Yield what to tell people at the end: all papers, then those of each department."""
    words = _("应有 {required} 份，已有 {there} 份，缺 {missing} 份")
    for name, one in (("", made.counts()), *made.counts_by_department()):
        said = words.format(required=one.n_required, there=one.n_there, missing=one.n_missing)
        if one.n_changed:
            said += _("（已有中 {n} 份登记后有变动）").format(n=one.n_changed)
        yield f"  {name}{_('：')}{said}" if name else said
