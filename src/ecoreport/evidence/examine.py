"""What is there of a year's papers: the register held against the files."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ecoreport.code import digest_of
from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.evidence import EvidenceState
from ecoreport.evidence import checksums
from ecoreport.evidence.find import EvidenceFile, Shelf, find_evidence
from ecoreport.evidence.ledger import Paper, YearLedger
from ecoreport.evidence.register import Registration, read_register
from ecoreport.evidence.required import Required, required_papers
from ecoreport.i18n import _
from ecoreport.opened import note
from ecoreport.papers import contents_path, paper_digests
from ecoreport.project import Pair, Project


@dataclass(frozen=True)
class Notice:
    """Something to mend, and where."""

    year: int
    where: str
    text: str


@dataclass
class Examined:
    """A year's ledger and what came up on the way."""

    ledger: YearLedger
    notices: list[Notice]
    checksums: dict[str, str]
    """Hashes to hold the files against from now on."""


def register_path(project: Project, pair: Pair) -> Path:
    """Return where the register of a year stands."""
    return project.evidence(pair) / f"登记表_{pair.year}.xlsx"


def checksums_path(project: Project, pair: Pair) -> Path:
    """Return where the hashes of a year's registered files stand."""
    return project.evidence(pair) / checksums.FILE_NAME


def examine(project: Project, pair: Pair, plan: CompletePlan) -> Examined:
    """Hold the register of a year against the files in its folders; nothing is written.

    A file is hashed when it is registered: the first hash, or the one that the register gives, is
    what later ones are held against.

    Raises
    ------
    InputError
        If the register or the list of hashes cannot be read.
    OSError
        If a file or folder cannot.
    """
    known = fingerprint(project, pair, plan)
    year = _Year(project, pair, required_papers(plan))
    papers = [*year.registered(), *year.unregistered()]
    ordered = sorted(papers, key=_place)
    return Examined(YearLedger(year=pair.year, papers=tuple(ordered), fingerprint=known),
                    year.notices, year.checksums)  # fmt: skip


def fingerprint(project: Project, pair: Pair, plan: CompletePlan) -> str:
    """Return a hash of what the plan asks for and of names and contents of a year's files."""
    digests = paper_digests(project, pair.district)
    note(contents_path(project, pair.district))
    files = [
        (one.file, digests.get(one.path.relative_to(project.root).as_posix()))
        for one in find_evidence(project.evidence(pair), {checksums.FILE_NAME})
        if not one.ignored_because
    ]
    asked = [one.model_dump(mode="json") for one in plan.evidence]
    text = json.dumps([files, asked], ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _place(paper: Paper) -> tuple[Any, ...]:
    code, _dash, number = paper.code.partition("-")
    seq = paper.seq if paper.seq is not None else 10_000
    return (seq, not code, int(number or 0), paper.row or 0, paper.file)


@dataclass
class _Year:
    project: Project
    pair: Pair
    required: tuple[Required, ...]
    notices: list[Notice] = field(default_factory=list)

    def __post_init__(self) -> None:
        project, pair = self.project, self.pair
        path = register_path(project, pair)
        found = find_evidence(project.evidence(pair), {path.name, checksums.FILE_NAME})
        self.files = [one for one in found if not one.ignored_because]
        for one in found:
            if one.ignored_because:
                self._note(one.file, one.ignored_because)
        name = project.relative(path)
        codes = frozenset(one.code for one in self.required)
        register = read_register(path, name, codes, pair.year)
        for row, text in register.faults:
            self._note_row(row, text)
        self.rows = register.rows
        self.shelf = Shelf(self.files, _years(project.evidence(pair).parent), pair.year)
        sums = checksums_path(project, pair)
        self.checksums = checksums.read_checksums(sums, project.relative(sums))
        self.named: set[str] = set()

    def registered(self) -> Iterator[Paper]:
        """Yield the lines of the register, and those of papers that it does not hold."""
        filled = [row for row in self.rows if row.is_filled]
        self._note_repeated(filled)
        yield from (self._paper(row) for row in filled)
        codes = {row.code for row in filled}
        reasons = {row.code: row.said["remark"] for row in self.rows if row.code not in codes}
        for one in self.required:
            if one.code not in codes:
                yield Paper(
                    state=EvidenceState.MISSING,
                    code=one.code,
                    seq=one.seq,
                    remark=reasons.get(one.code, ""),
                )

    def unregistered(self) -> Iterator[Paper]:
        """Yield the files that the register does not name; call it after :meth:`registered`."""
        for one in self.files:
            if one.file not in self.named:
                yield Paper(state=EvidenceState.UNREGISTERED, seq=one.seq, file=one.file)

    def _paper(self, row: Registration) -> Paper:
        file = self._file(row)
        state, digest = self._state(row, file)
        place = file.seq if file else None
        seq = int(row.code.partition("-")[0]) if row.code else place
        kept = {name: row.said[name] for name in _SAID}
        return Paper(
            state=state,
            code=row.code,
            seq=seq,
            row=row.row,
            file=file.file if file else row.said["file"],
            sha256=digest,
            lacking=row.lacking,
            **kept,
        )

    def _file(self, row: Registration) -> EvidenceFile | None:
        name = row.said["file"]
        found = self.shelf.named(name) if name else []
        self.named |= {one.file for one in found}
        if len(found) > 1:
            self._note_row(
                row.row,
                _("有 {n} 个文件都叫“{name}”，请写出文件夹").format(n=len(found), name=name),
            )
        return found[0] if len(found) == 1 else None

    def _state(self, row: Registration, file: EvidenceFile | None) -> tuple[EvidenceState, str]:
        if file is None:
            return EvidenceState.ABSENT, ""
        digest = digest_of(file.path)
        expected = row.said["sha256"] or self.checksums.get(file.file, digest)
        if expected != digest:
            return EvidenceState.CHANGED, digest
        self.checksums[file.file] = digest
        return EvidenceState.REGISTERED, digest

    def _note(self, where: str, text: str) -> None:
        self.notices.append(Notice(self.pair.year, where, text))

    def _note_row(self, row: int, text: str) -> None:
        name = register_path(self.project, self.pair).name
        self._note(_("{file} 第 {row} 行").format(file=name, row=row), text)

    def _note_repeated(self, rows: list[Registration]) -> None:
        numbers = Counter(row.said["number"] for row in rows if row.said["number"])
        for row in rows:
            if numbers[row.said["number"]] > 1:
                self._note_row(row.row, _("编号“{name}”重复").format(name=row.said["number"]))


_SAID = ("number", "title", "document_number", "issuer", "date", "pages", "form", "remark")


def _years(folder: Path) -> Mapping[int, Path]:
    """Return the folders of all years of a district."""
    return {
        int(path.name): path
        for path in folder.iterdir()
        if path.name.isascii() and path.name.isdecimal() and not path.is_symlink()
    }
