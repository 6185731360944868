"""The ledger of one year: a line a paper, there or missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from ecoreport import store
from ecoreport.config.evidence import EvidenceState
from ecoreport.evidence.required import Required
from ecoreport.project import Pair, Project

THERE = (EvidenceState.REGISTERED, EvidenceState.CHANGED)
FILE_NAME = "evidence.json"


class Paper(BaseModel):
    """One line: a paper that is registered, one asked for that is not, or a file nobody named."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    state: EvidenceState
    code: str = ""
    """Number of the paper asked for; empty where none was chosen."""
    seq: int | None = None
    """Number of the indicator."""
    row: int | None = None
    """Row of the register."""
    number: str = ""
    title: str = ""
    document_number: str = ""
    issuer: str = ""
    date: str = ""
    """A day, a month or a year."""
    pages: str = ""
    form: str = ""
    """``original`` or ``copy``."""
    file: str = ""
    sha256: str = ""
    """Of the file as it is now."""
    remark: str = ""
    lacking: tuple[str, ...] = ()
    """Columns of the register that should say something and do not."""


class YearLedger(BaseModel):
    """What was found for one year."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    year: int
    papers: tuple[Paper, ...]
    fingerprint: str
    """Of the folders and of what the plan asks for, when they were looked through."""

    @property
    def codes_there(self) -> frozenset[str]:
        """Numbers of the papers asked for that are there."""
        return frozenset(one.code for one in self.papers if one.code and one.state in THERE)


@dataclass(frozen=True)
class Counts:
    """How many papers are asked for, there and missing."""

    n_required: int
    n_there: int
    n_changed: int
    """Of those that are there."""

    @property
    def n_missing(self) -> int:
        """Papers asked for and not there."""
        return self.n_required - self.n_there


def count(ledgers: Iterable[YearLedger], required: Iterable[Required]) -> Counts:
    """Count the papers asked for: one paper and year is one; suggestions do not count."""
    codes = {paper.code for paper in required if paper.is_asked}
    tally: Counter[str] = Counter()
    for ledger in ledgers:
        changed = {one.code for one in ledger.papers if one.state is EvidenceState.CHANGED}
        tally["required"] += len(codes)
        tally["there"] += len(codes & ledger.codes_there)
        tally["changed"] += len(codes & changed)
    return Counts(tally["required"], tally["there"], tally["changed"])


def ledger_path(project: Project, pair: Pair) -> Path:
    """Return where a year's ledger is kept between runs."""
    return project.processed(pair) / FILE_NAME


def keep_ledger(project: Project, district: str, ledger: YearLedger) -> None:
    """Keep a ledger for reports."""
    path = ledger_path(project, Pair(district, ledger.year))
    store.write_json(path, ledger.model_dump(mode="json", exclude_defaults=True))


def kept_ledger(project: Project, pair: Pair) -> YearLedger | None:
    """Return what :func:`keep_ledger` kept, or None; one of another version counts as none."""
    path = ledger_path(project, pair)
    try:
        return YearLedger.model_validate_json(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
