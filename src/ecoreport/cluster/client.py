"""A batch whose district-years are made by Dask workers; what they make is brought home."""

from __future__ import annotations

import datetime as dt
import logging
import re
import uuid
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from distributed import Client, Future, KilledWorker, as_completed

from ecoreport.batch import begun
from ecoreport.board import Board, Kind
from ecoreport.cluster.bundle import Packer
from ecoreport.cluster.home import bring_home, bring_remains, remains_in
from ecoreport.cluster.job import Answer, Job, answer_of, run
from ecoreport.cluster.outcome import attempts_of, clear_rubbish, published, read_files
from ecoreport.cluster.place import Place
from ecoreport.cluster.quiet import silence
from ecoreport.config.catalogue import Catalogue
from ecoreport.errors import EcoReportError, InputError, words_of
from ecoreport.i18n import _
from ecoreport.outcomes import Journal, Outcome, State
from ecoreport.produce import Wish, begin, finish
from ecoreport.progress import Progress
from ecoreport.project import INTERNAL, PUBLIC, Project
from ecoreport.run import JobResult, Step
from ecoreport.unchanged import Start
from ecoreport.wishes import voided_approval

ADDRESS = re.compile(r"(?:tcp|tls)://[^\s/]+:\d{1,5}")
CONNECTING_SECONDS = 10
AHEAD = 4
"""Jobs on their way for each thread of the workers: the scheduler never holds the whole country."""
AGAIN = 2
"""How often a job is tried again of which the store could not be reached."""


def make_reports_on(
    address: str,
    store: str,
    project: Project,
    catalogue: Catalogue,
    wishes: Sequence[Wish],
    progress: Progress,
) -> int:
    """Have reports made by the workers of a scheduler and tell what became of each.

    Parameters
    ----------
    address : str
        Of Dask's scheduler, e.g. ``tcp://127.0.0.1:8786``.
    store : str
        See :class:`ecoreport.cluster.place.Place`.

    Returns
    -------
    int
        Exit code: 1 if any failed.

    Raises
    ------
    InputError
        If there is no scheduler or no store at these addresses, or the notebooks are not in order.
    """
    place = Place(store)
    with _connected(address) as client:
        journal, due = begun(project, catalogue, wishes, progress)
        n_threads = _n_threads(client)
        if not n_threads:
            progress.say(_("调度器还没有工作进程，加入后即开始。"))
        with Board(progress, max(n_threads, 1), 0) as board:
            Sending(project, catalogue, client, place, journal, board).make(due)
    return journal.finish()


@dataclass(frozen=True)
class _Sent:
    """A job on its way."""

    wish: Wish
    start: Start


class Sending:
    """District-years sent out, and taken in as they come back.

    Parameters
    ----------
    project : Project
    catalogue : Catalogue
    client : Client
    place : Place
    journal : Journal
        Learns what becomes of each.
    board : Board
        Shows how far it has come.
    """

    def __init__(
        self,
        project: Project,
        catalogue: Catalogue,
        client: Client,
        place: Place,
        journal: Journal,
        board: Board,
    ) -> None:
        self._project, self._catalogue = project, catalogue
        self._client, self._place = client, place
        self._journal, self._board = journal, board
        self._packer = Packer(project, catalogue, place)
        self._batch, self._day = uuid.uuid4().hex, dt.date.today().isoformat()
        self._waiting: deque[Wish] = deque()
        self._sent: dict[Future[Answer], _Sent] = {}

    def make(self, wishes: Sequence[Wish]) -> None:
        """Make reports; one that fails does not keep the others from being made."""
        # A store that cannot be reached is told of each report.
        with suppress(OSError):
            clear_rubbish(self._place)
        self._board.expect(Kind.REPORT, len(wishes))
        self._waiting.extend(wishes)
        coming: Any = as_completed(self._send(), loop=self._client.loop)  # type: ignore[no-untyped-call]
        for future in coming:
            self._received(future)
            coming.update(self._send())
        # Only where there is no scheduler any more to send them to.
        for wish in self._waiting:
            self._end(wish, State.FAILED, _lost())
        with suppress(OSError):
            self._place.remove(attempts_of(self._batch))

    def _send(self) -> list[Future[Answer]]:
        """Send as many district-years as the workers will soon have time for."""
        try:
            n_free = AHEAD * max(_n_threads(self._client), 1) - len(self._sent)
        except (OSError, CancelledError, RuntimeError):
            # The scheduler is lost, and with it what was sent: that comes back as cancelled.
            return []
        sent: list[Future[Answer]] = []
        while self._waiting and len(sent) < n_free:
            future = self._sent_or_told(self._waiting.popleft())
            sent += [future] if future is not None else []
        return sent

    def _sent_or_told(self, wish: Wish) -> Future[Answer] | None:
        """Send a district-year to the scheduler, unless it failed before or the store has it."""
        try:
            start = begin(self._project, self._catalogue, wish)
            job = self.job(wish)
            if known := published(self._place, job.key):
                self._take(_Sent(wish, start), answer_of(known))
                return None
        except (EcoReportError, OSError) as error:
            self._end(wish, State.FAILED, words_of(error))
            return None
        name = f"{wish.pair.district}-{wish.pair.year}-{job.key[:12]}-{self._batch[:8]}"
        future = self._client.submit(run, job, key=name, retries=AGAIN, pure=False)
        self._sent[future] = _Sent(wish, start)
        return future

    def job(self, wish: Wish) -> Job:
        """Return what travels for a district-year; its parts are in the store then.

        Raises
        ------
        EcoReportError, OSError
        """
        project = self._project
        address = project.address(wish.pair, wish.locale, wish.as_of)
        return Job(
            pair=wish.pair,
            words={
                "AS_OF": wish.as_of.isoformat() if wish.as_of else "",
                "LOCALE": wish.locale,
                "EDITION": PUBLIC if wish.is_public else INTERNAL,
                "DRAFT": "1" if wish.is_draft else "",
                "ENGINE": wish.engine,
            },
            address=address,
            parts=self._packer.parts(wish.pair, address),
            store=self._place.url,
            batch=self._batch,
            day=self._day,
        )

    def _received(self, future: Future[Answer]) -> None:
        sent = self._sent.pop(future)
        try:
            answer: Answer = future.result()
        except Exception as error:
            # Whatever a worker's own code raises is told of this report, not of the others.
            self._end(sent.wish, State.FAILED, _why(error))
            return
        finally:
            future.release()  # type: ignore[no-untyped-call]
        self._take(sent, answer)

    def _take(self, sent: _Sent, answer: Answer) -> None:
        wish, project = sent.wish, self._project
        self._journal.cost(wish.pair, "elsewhere", _as_result(project, wish, answer))
        try:
            part = read_files(self._place, answer.files) if answer.files else None
            if not answer.is_made or part is None:
                if part is not None:
                    bring_remains(project, wish, part)
                said = remains_in(project, wish, answer.said)
                self._end(wish, State.FAILED, said, answer.wall_seconds)
                return
            finish(sent.start, wish, bring_home(project, wish, part, answer.about()))
        except (EcoReportError, OSError) as error:
            self._end(wish, State.FAILED, words_of(error), answer.wall_seconds)
            return
        told = [*voided_approval(project, wish), *answer.said.splitlines()]
        self._end(wish, State.MADE, "", answer.wall_seconds, told)

    def _end(
        self,
        wish: Wish,
        state: State,
        reason: str,
        seconds: float = 0.0,
        said: Sequence[str] = (),
    ) -> None:
        self._journal.add(Outcome(wish.pair, state, reason, list(said)))
        # Elsewhere a report is judged, its chapters made and bound in one go.
        self._board.done(Kind.JUDGE, seconds)
        self._board.done(Kind.BIND, 0.0)
        self._board.done(Kind.REPORT, 0.0)


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    if not ADDRESS.fullmatch(address):
        raise InputError(
            _("SCHEDULER 应形如 tcp://主机:8786；收到的是 {address!r}").format(address=address[:80])
        )
    silence(logging.CRITICAL)
    try:
        client = Client(  # type: ignore[no-untyped-call]
            address, timeout=CONNECTING_SECONDS, set_as_default=False
        )
    except (OSError, ValueError) as error:
        raise InputError(
            _("连不上调度器 {address}。请核对地址，或先运行 make cluster。").format(address=address)
        ) from error
    with client:
        yield client


def _n_threads(client: Client) -> int:
    return sum(client.nthreads().values())  # type: ignore[no-untyped-call]


def _why(error: Exception) -> str:
    if isinstance(error, KilledWorker):
        return _(
            "处理它的工作进程一再中断，不再重试。可能是内存不足，请单独运行 make report 查看。"
        )
    if isinstance(error, ModuleNotFoundError):
        return _(
            "工作机器上缺少 {name}：请在那里安装同一版本的 ecoreport 和依赖组 cluster。"
        ).format(name=error.name)
    if isinstance(error, CancelledError):
        return _lost()
    if isinstance(error, (EcoReportError, OSError)):
        return words_of(error)
    return _("工作进程出错：{error}").format(error=f"{type(error).__name__}: {error}")


def _lost() -> str:
    return _("与调度器的连接中断。请确认调度器仍在运行，再以 RESUME=1 续做。")


def _as_result(project: Project, wish: Wish, answer: Answer) -> JobResult:
    name = f"elsewhere-{wish.pair.district}-{wish.pair.year}"
    step = Step(name, "", {}, project.processed(wish.pair) / f"{name}.log")
    return JobResult(step, "done", wall_seconds=answer.wall_seconds, after=answer)
