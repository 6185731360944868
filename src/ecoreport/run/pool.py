"""Run jobs side by side, each in a child forked from one process that has imported all."""

from __future__ import annotations

import heapq
import itertools
import math
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Collection, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Literal, Self

from ecoreport.errors import InputError
from ecoreport.i18n import _, current_locale
from ecoreport.run.causes import cause_of_death, cause_of_timeout
from ecoreport.run.child import Outcome, Task, run_child
from ecoreport.run.job import Job, JobResult, NotebookError, NotebookJob
from ecoreport.run.parameters import check_parameters

Engine = Literal["warm", "ordinary"]
ENGINES: tuple[Engine, ...] = ("warm", "ordinary")
# A fork server, or new processes where the platform has none.
START_METHODS: dict[str, str] = {"warm": "forkserver", "ordinary": "spawn"}
DEFAULT_TIMEOUT_SECONDS = 600.0
ENDING_GRACE_SECONDS = 2.0


def choose_engine(name: str = "") -> Engine:
    """Return the engine for a name given by a person; ``ordinary`` where there is no fork server.

    Raises
    ------
    InputError
        If `name` is neither empty, ``warm`` nor ``ordinary``.
    """
    if name not in ("", *ENGINES):
        raise InputError(
            _("ENGINE 应为 {known} 之一；收到的是 {name!r}").format(
                known=_("、").join(ENGINES), name=name[:60]
            )
        )
    is_forking = START_METHODS["warm"] in multiprocessing.get_all_start_methods()
    return "warm" if is_forking and name != "ordinary" else "ordinary"


def start_warm_server(modules: Sequence[str] = ()) -> None:
    """Start the process that children are forked from; returns at once, it imports meanwhile.

    Does nothing where it runs already or the platform has none. It ends with this process.

    Parameters
    ----------
    modules : sequence of str
        Imported besides what every notebook needs: those of the step after execution.
    """
    if choose_engine() == "warm":
        from multiprocessing import forkserver, resource_tracker  # noqa: PLC0415

        forkserver.set_forkserver_preload(
            [
                "ecoreport.interrupted",
                "ecoreport.run.preload",
                *modules,
                "ecoreport.run.settle",
            ]
        )
        # Started by the server, the tracker would let the signal through before the server starts.
        resource_tracker.ensure_running()
        # It takes up the mask, and hears Ctrl+C once its first module is imported.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def run_notebooks(
    jobs: Sequence[NotebookJob],
    *,
    workers: int | None = None,
    engine: Engine | None = None,
    timeout: float | None = DEFAULT_TIMEOUT_SECONDS,
    after: str | None = None,
) -> list[JobResult]:
    """Execute notebooks side by side, each in a process of its own.

    Parameters
    ----------
    jobs : sequence of NotebookJob
        Started in this order. Their parameters are checked before any starts.
    workers : int or None
        How many at once; as many as there are cores by default.
    engine : {"warm", "ordinary"} or None
        ``ordinary`` is papermill with a kernel. By default `choose_engine` decides.
    timeout : float or None
        Seconds that a notebook with all that comes after may take.
    after : str or None
        ``module:function``, called in the same process as ``function(notebook, job)`` with the
        executed notebook once it is in its place. What it returns must be picklable.

    Returns
    -------
    list of JobResult
        In the order of `jobs`. Failures are told, not raised: see `raise_if_failed`.

    Raises
    ------
    InputError
        For a parameter that a notebook does not declare or of another type.
    """
    for job in jobs:
        check_parameters(job.notebook, job.parameters)
    with Pool(workers, engine) as pool:
        futures = [pool.submit(job, after=after, timeout=timeout) for job in jobs]
        return [future.result() for future in futures]


def cores() -> int:
    """Return how many processes can compute at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Pool:
    """Children side by side, fed from one queue: ``submit(job)`` gives a future of its result.

    One thread starts them and waits for them. A context manager: whatever happens, no child is
    left afterwards, and what was not started is cancelled.

    Parameters
    ----------
    workers : int or None
        How many children at once; as many as there are cores by default.
    engine : {"warm", "ordinary"} or None
    """

    def __init__(self, workers: int | None = None, engine: Engine | None = None) -> None:
        self.workers = workers or cores()
        self._engine = choose_engine(engine or "")
        if self._engine == "warm":
            start_warm_server()
        self._waiting: list[tuple[int, int, Task, Future[JobResult]]] = []
        self._numbers = itertools.count()
        self._lock = threading.Lock()
        self._heard, self._bell = connection.Pipe(duplex=False)
        self._is_closing = False
        self._thread = threading.Thread(target=self._work, daemon=True, name="pool")
        self._thread.start()

    def submit(
        self,
        job: Job,
        *,
        before: str | None = None,
        after: str | None = None,
        timeout: float | None = DEFAULT_TIMEOUT_SECONDS,
        priority: int = 0,
    ) -> Future[JobResult]:
        """Put a job into the queue: of a lower `priority` first, then in the order given.

        Failures are told by the result, not raised.

        Parameters
        ----------
        job : NotebookJob or Step
        before, after : str or None
            ``module:function``, called in the process of a notebook as ``before(job)``, where
            that is also the process of its cells, and ``after(notebook, job)``.
        timeout : float or None
            Seconds that it may take.
        priority : int
        """
        task = Task(job, self._engine, before, after, timeout, current_locale(), dict(os.environ))
        future: Future[JobResult] = Future()
        with self._lock:
            heapq.heappush(self._waiting, (priority, next(self._numbers), task, future))
        self._bell.send_bytes(b".")
        return future

    def close(self) -> None:
        """End all children."""
        self._is_closing = True
        self._bell.send_bytes(b".")
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _work(self) -> None:
        running: dict[Future[JobResult], Child] = {}
        try:
            while not self._is_closing:
                self._start(running)
                _wait(running.values(), self._heard)
                while self._heard.poll():
                    self._heard.recv_bytes()
                for future in [one for one, child in running.items() if child.has_ended()]:
                    future.set_result(running.pop(future).result())
        finally:
            for future, child in running.items():
                child.end()
                future.set_exception(CancelledError())
            for *_place, future in self._waiting:
                future.cancel()

    def _start(self, running: dict[Future[JobResult], Child]) -> None:
        while len(running) < self.workers:
            with self._lock:
                if not self._waiting:
                    return
                _priority, _number, task, future = heapq.heappop(self._waiting)
            if not future.set_running_or_notify_cancel():
                continue
            try:
                running[future] = Child.start(task)
            except Exception as error:
                future.set_exception(error)


@dataclass
class Child:
    """The process of one job, seen from its parent."""

    task: Task
    process: BaseProcess
    channel: connection.Connection
    started: float
    deadline: float
    cell: int | None = None
    outcome: Outcome | None = None
    has_closed: bool = False
    has_timed_out: bool = False

    @classmethod
    def start(cls, task: Task) -> Child:
        """Start the process of a job; no output of an earlier run stays."""
        task.job.start()
        context: Any = multiprocessing.get_context(START_METHODS[task.engine])
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=run_child, args=(task, sender), name=task.job.name)
        now = time.monotonic()
        process.start()
        sender.close()
        return cls(task, process, receiver, now, now + (task.timeout or math.inf))

    def wakers(self) -> list[connection.Connection | int]:
        """Return what becomes ready when something happens."""
        return [self.process.sentinel, *([] if self.has_closed else [self.channel])]

    def has_ended(self) -> bool:
        """Take in what the child sent and return whether it is over; end it at its deadline."""
        is_alive = self.process.is_alive()
        self._receive()
        if is_alive and time.monotonic() < self.deadline:
            return False
        self.has_timed_out = is_alive and self.outcome is None
        self.end()
        return True

    def end(self) -> None:
        """End the process, if it still runs, with all that it started."""
        if self.has_timed_out and hasattr(signal, "SIGABRT") and self.process.pid:
            # Python writes to the log where it was.
            with suppress(ProcessLookupError):
                os.kill(self.process.pid, signal.SIGABRT)
            self.process.join(ENDING_GRACE_SECONDS)
        if hasattr(os, "killpg") and self.process.pid:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        self.channel.close()
        self.task.job.end()

    def result(self) -> JobResult:
        """Return what became of the job."""
        job = self.task.job
        outcome = self.outcome or self._unexpected_end()
        return JobResult(
            job,
            outcome.status,
            outcome.error,
            outcome.cell_seconds,
            time.monotonic() - self.started,
            outcome.peak_memory_mib,
            outcome.stderr,
            _kept_log(job),
            outcome.after,
        )

    def _receive(self) -> None:
        try:
            while self.channel.poll():
                message = self.channel.recv()
                if isinstance(message, Outcome):
                    self.outcome = message
                    self.deadline = time.monotonic() + ENDING_GRACE_SECONDS
                else:
                    self.cell = message
        except (EOFError, OSError):
            # It ended, perhaps in the middle of what it sent.
            self.has_closed = True

    def _unexpected_end(self) -> Outcome:
        if self.has_timed_out and self.task.timeout is not None:
            cause = cause_of_timeout(self.task.timeout)
            return Outcome("timed_out", NotebookError(self.cell, "", "", cause))
        cause = cause_of_death(self.process.exitcode)
        return Outcome("died", NotebookError(self.cell, "", "", cause))


def _wait(children: Collection[Child], bell: connection.Connection) -> None:
    """Sleep until a child sends something or ends, its time is up, or the bell rings."""
    deadline = min((child.deadline for child in children), default=math.inf)
    seconds = deadline - time.monotonic()
    wakers = [bell, *(waker for child in children for waker in child.wakers())]
    connection.wait(wakers, timeout=None if seconds == math.inf else max(seconds, 0))


def _kept_log(job: Job) -> Path | None:
    """Return the log of a job, removed if nothing was written."""
    if job.log.exists() and job.log.stat().st_size:
        return job.log
    job.log.unlink(missing_ok=True)
    return None
