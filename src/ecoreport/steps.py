"""Steps of many reports, each taken in a process of its own.

What a step is called with travels to its process, and what it returns travels back: both are
picklable, and results of any size lie in files.
"""

from __future__ import annotations

import datetime as dt
import logging
import pickle
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ecoreport.checked import checked
from ecoreport.comparable import Nature, comparable, nature
from ecoreport.config.catalogue import Catalogue
from ecoreport.ingest.correct import ingest_corrected
from ecoreport.observed import observe_pair
from ecoreport.produce import Product, Wish, Work, begin, bind, export, finish, judge, plan_work
from ecoreport.progress import QUIET, Progress
from ecoreport.project import Pair, Project
from ecoreport.report import Report
from ecoreport.run import JobResult
from ecoreport.unchanged import Start
from ecoreport.validate.examine import validate


@dataclass(frozen=True)
class Given:
    """What every step of a batch is given."""

    project: Project
    catalogue: bytes
    """Pickled once for all steps."""
    is_public: bool

    @classmethod
    def of(cls, project: Project, catalogue: Catalogue, *, is_public: bool) -> Given:
        """Pack it."""
        return cls(project, pickle.dumps(catalogue), is_public)

    def known(self) -> Catalogue:
        """Return the parameters."""
        found: Catalogue = pickle.loads(self.catalogue)  # noqa: S301 - from our own process
        return found


@dataclass
class Answer:
    """What each step gives back besides its result."""

    seconds: Mapping[str, float] = field(default_factory=dict)
    """Time of each stage."""
    why: list[str] = field(default_factory=list)
    """What was done again, and why."""
    said: list[str] = field(default_factory=list)
    """What people have to be told."""


@dataclass
class ObservedPair(Answer):
    """That a pair was observed."""

    nature: Nature = field(default_factory=dict)
    """Of each of its datasets, whether it is demonstration data."""


@dataclass
class Judged(Answer):
    """That a pair was judged, and what its chapters are to be made from."""

    start: Start | None = None
    report: Report | None = None
    work: Work | None = None


@dataclass
class Bound(Answer):
    """That a report stands."""

    index: Path = Path()


def observe_step(
    given: Given, pair: Pair, judged: Pair | None, days: list[dt.date | None]
) -> ObservedPair:
    """Read, check and observe a pair, so that whoever judges finds its observations.

    Parameters
    ----------
    judged : Pair or None
        The pair for whose report it is observed, where that leaves some datasets out.
    days : list of date or None
        As :func:`ecoreport.comparable.last_days` gives them.
    """
    catalogue, progress = given.known(), _Noted(QUIET)
    with _why() as why:
        with progress.stage("ingest", ""):
            read = ingest_corrected(given.project, pair, catalogue, is_public=given.is_public)
        validating: Future[object] = Future()
        with progress.stage("validate", ""):
            validator = checked(given.project, pair)
            validating.set_result(
                validate(given.project, pair, catalogue, read, validator=validator)
            )
        one = read
        if judged is not None:
            other = ingest_corrected(given.project, judged, catalogue, is_public=given.is_public)
            one = comparable(catalogue, read, other)
        observe_pair(given.project, catalogue, pair, one, validating, days, progress)  # type: ignore[arg-type]
    return ObservedPair(progress.seconds, why, progress.said, nature(read))


def judge_step(given: Given, wish: Wish) -> Judged:
    """Judge a pair; its observations are there."""
    catalogue, progress = given.known(), _Noted(QUIET)
    with _why() as why:
        start = begin(given.project, catalogue, wish)
        report = judge(given.project, catalogue, wish, progress)
        work = plan_work(report, wish)
    return Judged(progress.seconds, why, progress.said, start, report, work)


def bind_step(judged: Judged, wish: Wish, results: Mapping[str, JobResult]) -> Bound:
    """Verify and assemble a report whose chapters were made."""
    progress = _Noted(QUIET)
    progress.seconds |= judged.seconds
    assert judged.report and judged.work and judged.start  # noqa: S101 - a step that was taken
    exported: Future[dict[str, bytes]] = Future()
    with progress.stage("export", ""):
        exported.set_result(export(judged.report, wish))
    product: Product = bind(judged.report, wish, judged.work, results, exported, progress)
    finish(judged.start, wish, product)
    said = product.remarks(judged.report.project)
    return Bound(progress.seconds, [], said, product.index)


class _Noted(Progress):
    """Progress in another process: what it would print is given back."""

    def __init__(self, verbosity: int) -> None:
        super().__init__(verbosity)
        self.said: list[str] = []

    def say(self, text: str) -> None:
        """Keep a line for the process that asked."""
        self.said.append(text)


@contextmanager
def _why() -> Iterator[list[str]]:
    """Collect what is done again, and why."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("ecoreport.why")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    try:
        yield lines
    finally:
        logger.removeHandler(handler)
