"""Many reports at once: every pair is observed before any is judged, all from one queue."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from ecoreport.board import Board, Kind
from ecoreport.comparable import last_days, left_out
from ecoreport.config.catalogue import Catalogue
from ecoreport.errors import EcoReportError
from ecoreport.i18n import _
from ecoreport.inputs import fault_of, pairs_read
from ecoreport.locks import exclusive
from ecoreport.outcomes import Journal, Outcome, State
from ecoreport.produce import AFTER, BEFORE, Wish, check_notebooks
from ecoreport.progress import Progress
from ecoreport.project import Pair, Project
from ecoreport.run import (
    DEFAULT_TIMEOUT_SECONDS,
    JobResult,
    NotebookJob,
    Pool,
    Step,
    choose_engine,
)
from ecoreport.site import chapters
from ecoreport.steps import Bound, Given, Judged, ObservedPair
from ecoreport.unchanged import Contents, house, standing, tables
from ecoreport.warmup import warm_up_batch
from ecoreport.wishes import voided_approval

OBSERVE, JUDGE, BIND = (f"ecoreport.steps:{name}_step" for name in ("observe", "judge", "bind"))
AHEAD: Final = 1
"""Reports begun beside those that workers are busy with: none waits for its next."""


class Scheduler(Protocol):
    """Whatever runs jobs somewhere: `ecoreport.run.Pool` on this machine."""

    def submit(
        self,
        job: NotebookJob | Step,
        *,
        before: str | None = None,
        after: str | None = None,
        timeout: float | None = None,
        priority: int = 0,
    ) -> Future[JobResult]:
        """Put a job into the queue; its failure is told by the result."""


@dataclass
class _Run:
    """A report under way."""

    wish: Wish
    priority: int
    needs: tuple[Pair, ...]
    outcome: Outcome
    lock: ExitStack = field(default_factory=ExitStack)
    """Holds the lock of its pair from its judging to its end."""
    judged: Judged | None = None
    results: dict[str, JobResult] = field(default_factory=dict)
    n_running: int = 0


def make_reports(
    project: Project, catalogue: Catalogue, wishes: Sequence[Wish], progress: Progress
) -> int:
    """Make reports side by side and tell what became of each.

    Returns
    -------
    int
        Exit code: 1 if any failed.

    Raises
    ------
    InputError
        If the notebooks are not in order.
    """
    journal, due = begun(project, catalogue, wishes, progress)
    if due:
        engine = choose_engine(due[0].engine)
        needs = {wish.pair: tuple(pairs_read(project, catalogue, wish.pair)) for wish in due}
        every = dict.fromkeys(pair for one in needs.values() for pair in one)
        warm_up_batch(project, every, engine)
        n_chapters = len(chapters(project))
        with Pool(engine=engine) as pool, Board(progress, pool.workers, n_chapters) as board:
            n_begun = pool.workers + AHEAD
            Batch(project, catalogue, pool, journal, board, n_begun).make(due, needs)
    return journal.finish()


def begun(
    project: Project, catalogue: Catalogue, wishes: Sequence[Wish], progress: Progress
) -> tuple[Journal, list[Wish]]:
    """Return a journal, and the reports that have something to be done; the others are told.

    Raises
    ------
    InputError
        If the notebooks are not in order.
    """
    for wish in wishes[:1]:
        check_notebooks(project, catalogue, wish)
    given = wishes[0].given if wishes else {}
    journal = Journal(project, given, [wish.pair for wish in wishes], progress)
    due, now_of_house = [], house(project)
    for wish in wishes:
        if why := fault_of(catalogue, wish.pair):
            journal.add(Outcome(wish.pair, State.FAILED, why))
        elif reason := _why_skipped(project, catalogue, wish, journal, now_of_house):
            journal.add(Outcome(wish.pair, State.SKIPPED, reason))
        else:
            due.append(wish)
    return journal, due


def _why_skipped(
    project: Project, catalogue: Catalogue, wish: Wish, journal: Journal, now_of_house: Contents
) -> str:
    pair = wish.pair
    if not catalogue.plans_binding(pair.district):
        return _("没有适用的方案")
    if not project.raw(pair).is_dir() and not project.demonstration(pair).is_dir():
        return _("没有数据：{folder} 不存在").format(folder=project.relative(project.raw(pair)))
    _kept, why = standing(project, pair, wish.given, now_of_house)
    if not why:
        return _("没有变化")
    journal.why(_("{pair}：{why}").format(pair=pair, why=why))
    return ""


class Batch:
    """Reports made side by side.

    Parameters
    ----------
    project : Project
    catalogue : Catalogue
    scheduler : Scheduler
    journal : Journal
        Learns what becomes of each.
    board : Board
        Shows how far it has come.
    most_begun : int
        How many reports are between judging and their end at once, each with a lock.
    """

    def __init__(
        self,
        project: Project,
        catalogue: Catalogue,
        scheduler: Scheduler,
        journal: Journal,
        board: Board,
        most_begun: int,
    ) -> None:
        self._project, self._catalogue = project, catalogue
        self._scheduler, self._journal, self._board = scheduler, journal, board
        self._most_begun, self._begun = most_begun, set[Pair]()
        self._waiting: dict[Future[JobResult], Callable[[JobResult], None]] = {}
        self._failed: dict[Pair, str] = {}
        self._nature: dict[Pair, Mapping[str, bool]] = {}

    def make(self, wishes: Sequence[Wish], needs: Mapping[Pair, tuple[Pair, ...]]) -> None:
        """Make reports; one that fails does not keep the others from being made.

        Parameters
        ----------
        needs : mapping of Pair to tuple of Pair
            Which pairs the report of each pair reads.
        """
        given = Given.of(self._project, self._catalogue, is_public=wishes[0].is_public)
        runs = [
            _Run(wish, number, needs[wish.pair], Outcome(wish.pair, State.MADE))
            for number, wish in enumerate(wishes)
        ]
        self._board.expect(Kind.OBSERVE, len({one for run in runs for one in run.needs}))
        self._board.expect(Kind.REPORT, len(runs))
        # Needs no lock: what is kept of an observation is keyed by content and put there whole.
        self._observe(given, runs)
        with ExitStack() as locks:
            for run in runs:
                locks.enter_context(run.lock)
            self._report(given, runs)

    def _observe(self, given: Given, runs: Sequence[_Run]) -> None:
        """Observe every pair that any report reads, then what some of them leave out of it."""
        own = {run.wish.pair: [run.wish.as_of] for run in runs}
        every = dict.fromkeys(pair for run in runs for pair in run.needs)
        done = set()
        for pair in every:
            days = own.get(pair, [None])
            done.add((pair, frozenset[str](), tuple(days)))
            self._submit_observing(given, pair, None, days)
        self._finish()
        for run in runs:
            judged, as_of = run.wish.pair, run.wish.as_of
            for other in run.needs:
                if {other, judged} & self._failed.keys():
                    continue
                unfit = frozenset[str]()
                if other != judged:
                    nature = self._nature
                    unfit = left_out(self._catalogue, nature[other], nature[judged])
                days = last_days(judged, as_of, other.year)
                if other != judged and (key := (other, unfit, tuple(days))) not in done:
                    done.add(key)
                    self._board.expect(Kind.OBSERVE, 1)
                    self._submit_observing(given, other, judged, days)
        self._finish()

    def _submit_observing(
        self, given: Given, pair: Pair, judged: Pair | None, days: Sequence[Any]
    ) -> None:
        step = self._step(
            "observe",
            OBSERVE,
            pair,
            {"given": given, "pair": pair, "judged": judged, "days": list(days)},
            tables(self._project, [pair]),
        )
        self._submit(step, Kind.OBSERVE, lambda result: self._observed(pair, result))

    def _observed(self, pair: Pair, result: JobResult) -> None:
        self._journal.cost(pair, "observe", result)
        if isinstance(result.after, ObservedPair):
            self._nature[pair] = result.after.nature
            self._journal.why(*result.after.why)
        else:
            self._failed[pair] = result.describe_failure()

    def _report(self, given: Given, runs: Sequence[_Run]) -> None:
        """Begin on a report when another is at its end, so that few locks are held at once."""
        due = deque(runs)
        while due or self._waiting:
            while due and len(self._begun) < self._most_begun:
                self._judge(given, due.popleft())
            self._take_in()

    def _judge(self, given: Given, run: _Run) -> None:
        pair = run.wish.pair
        if reasons := [self._failed[pair] for pair in run.needs if pair in self._failed]:
            self._end(run, State.FAILED, reasons[0])
            return
        try:
            run.lock.enter_context(exclusive(self._project, pair))
        except EcoReportError as error:
            self._end(run, State.FAILED, str(error))
            return
        self._begun.add(pair)
        step = self._step("judge", JUDGE, pair, {"given": given, "wish": run.wish}, {})
        self._submit(step, Kind.JUDGE, lambda result: self._judged(run, result), run)

    def _judged(self, run: _Run, result: JobResult) -> None:
        self._journal.cost(run.wish.pair, "judge", result)
        judged = result.after
        if not isinstance(judged, Judged) or judged.work is None:
            self._end(run, State.FAILED, result.describe_failure())
            return
        run.judged = judged
        self._journal.why(*judged.why)
        steps = judged.work.steps()
        run.n_running = len(steps)
        for name, step in steps.items():
            self._submit(step, Kind.CHAPTER, self._chapter_of(run, name), run)
        if not steps:
            self._bind(run)

    def _chapter_of(self, run: _Run, name: str) -> Callable[[JobResult], None]:
        def made(result: JobResult) -> None:
            run.results[name] = result
            run.n_running -= 1
            self._journal.cost(run.wish.pair, result.job.name, result)
            if not run.n_running:
                self._bind(run)

        return made

    def _bind(self, run: _Run) -> None:
        failures = [one.describe_failure() for one in run.results.values() if one.error]
        if failures:
            self._end(run, State.FAILED, "\n".join(failures))
            return
        arguments = {"judged": run.judged, "wish": run.wish, "results": run.results}
        step = self._step("bind", BIND, run.wish.pair, arguments, {})
        self._submit(step, Kind.BIND, lambda result: self._bound(run, result), run)

    def _bound(self, run: _Run, result: JobResult) -> None:
        self._journal.cost(run.wish.pair, "bind", result)
        if isinstance(result.after, Bound):
            before = run.judged.said if run.judged else []
            void = voided_approval(self._project, run.wish)
            run.outcome.said = [*before, *void, *result.after.said]
            self._end(run, State.MADE, "")
        else:
            self._end(run, State.FAILED, result.describe_failure())

    def _end(self, run: _Run, state: State, reason: str) -> None:
        run.outcome.state, run.outcome.reason = state, reason
        run.judged, run.results = None, {}
        run.lock.close()
        self._begun.discard(run.wish.pair)
        self._journal.add(run.outcome)
        self._board.done(Kind.REPORT, 0.0)

    def _step(
        self,
        verb: str,
        call: str,
        pair: Pair,
        arguments: Mapping[str, Any],
        inputs: Mapping[str, str],
    ) -> Step:
        name = f"{verb}-{pair.district}-{pair.year}"
        log = self._project.root / "data" / "processed" / ".logs" / f"{name}.log"
        return Step(name, call, arguments, log, inputs)

    def _submit(
        self,
        job: NotebookJob | Step,
        kind: Kind,
        then: Callable[[JobResult], None],
        run: _Run | None = None,
    ) -> None:
        started = time.perf_counter()

        def ended(result: JobResult) -> None:
            self._board.done(kind, result.wall_seconds or time.perf_counter() - started)
            then(result)

        future = self._scheduler.submit(
            job,
            before=BEFORE,
            after=AFTER,
            # Tables may be of any size.
            timeout=None if isinstance(job, Step) else DEFAULT_TIMEOUT_SECONDS,
            priority=run.priority if run else 0,
        )
        self._waiting[future] = ended

    def _finish(self) -> None:
        """Take in results until nothing is under way."""
        while self._waiting:
            self._take_in()

    def _take_in(self) -> None:
        """Wait for a result, and do what comes after it."""
        done, _others = wait(self._waiting, return_when=FIRST_COMPLETED)
        for future in done:
            self._waiting.pop(future)(future.result())
