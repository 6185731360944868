"""A batch holds the locks of the reports that it works on, and of no others."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import ExitStack
from pathlib import Path

import pytest
import report_sample

from ecoreport.batch import Batch
from ecoreport.board import Board
from ecoreport.config.load import load_catalogue
from ecoreport.errors import BusyError
from ecoreport.locks import exclusive
from ecoreport.outcomes import Journal, State
from ecoreport.produce import Wish, Work
from ecoreport.progress import QUIET, Progress
from ecoreport.project import Pair, Project
from ecoreport.run import JobResult, NotebookJob, Step
from ecoreport.run.job import NotebookError
from ecoreport.steps import Answer, Bound, Judged, ObservedPair

CATALOGUE = load_catalogue(Project.here())
PAIRS = [Pair("hailing", year) for year in range(2000, 2012)]
MOST = 3
FAULT = NotebookError(None, "", "", "磁盘已满")


def is_held(project: Project, pair: Pair) -> bool:
    try:
        with exclusive(project, pair):
            return False
    except BusyError:
        return True


class Answering:
    """A scheduler whose jobs are done at once; looks which locks are held meanwhile."""

    def __init__(self, project: Project, failing: str = "") -> None:
        self.project, self.failing = project, failing
        self.held: dict[str, list[Pair]] = {}

    def submit(
        self,
        job: NotebookJob | Step,
        *,
        before: str | None = None,  # noqa: ARG002 - as of a scheduler
        after: str | None = None,  # noqa: ARG002
        timeout: float | None = None,  # noqa: ARG002
        priority: int = 0,  # noqa: ARG002
    ) -> Future[JobResult]:
        self.held[job.name] = [pair for pair in PAIRS if is_held(self.project, pair)]
        answers: dict[str, Answer] = {
            "observe": ObservedPair(),
            "judge": Judged(work=Work(report_sample.site(), {}, {})),
            "bind": Bound(),
        }
        done: Future[JobResult] = Future()
        if job.name == self.failing:
            done.set_result(JobResult(job, "failed", FAULT))
        else:
            done.set_result(JobResult(job, "done", after=answers[job.name.partition("-")[0]]))
        return done


def made(project: Project, scheduler: Answering) -> Journal:
    """What became of reports each of which reads the year before, too."""
    progress = Progress(QUIET)
    journal = Journal(project, {}, PAIRS, progress)
    needs = {pair: (pair, Pair(pair.district, pair.year - 1)) for pair in PAIRS}
    batch = Batch(project, CATALOGUE, scheduler, journal, Board(progress, 2, 0), MOST)
    batch.make([Wish(pair) for pair in PAIRS], needs)
    return journal


def test_many_reports_hold_few_locks_each_from_its_judging_to_its_end(tmp_path: Path) -> None:
    project = Project(tmp_path)
    scheduler = Answering(project)
    journal = made(project, scheduler)

    assert journal.number(State.MADE) == len(PAIRS)
    assert max(map(len, scheduler.held.values())) == MOST
    for pair in PAIRS:
        for verb in ("judge", "bind"):
            assert pair in scheduler.held[f"{verb}-hailing-{pair.year}"]
    assert not any(is_held(project, pair) for pair in PAIRS)


def test_what_fails_or_is_held_by_another_keeps_no_lock_and_ends_no_other(tmp_path: Path) -> None:
    project, busy = Project(tmp_path), PAIRS[7:10]
    scheduler = Answering(project, failing="judge-hailing-2004")
    with ExitStack() as another:
        for pair in busy:
            another.enter_context(exclusive(project, pair))
        journal = made(project, scheduler)

    failed = {one.pair: one for one in journal.outcomes.values() if one.state is State.FAILED}
    assert set(failed) == {*busy, Pair("hailing", 2004)}
    assert all(f"另一个任务正在处理 {pair}" in failed[pair].reason for pair in busy)
    assert not {f"judge-hailing-{pair.year}" for pair in busy} & set(scheduler.held)
    assert max(map(len, scheduler.held.values())) == MOST + len(busy)
    assert not any(is_held(project, pair) for pair in PAIRS)


def test_an_interruption_leaves_no_lock(tmp_path: Path) -> None:
    project = Project(tmp_path)
    scheduler = Answering(project)

    def interrupted(*_given: object, **_named: object) -> Future[JobResult]:
        if "judge-hailing-2005" in scheduler.held:
            raise KeyboardInterrupt
        return submit(*_given, **_named)  # type: ignore[arg-type]

    submit = scheduler.submit
    scheduler.submit = interrupted  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        made(project, scheduler)
    assert not any(is_held(project, pair) for pair in PAIRS)
