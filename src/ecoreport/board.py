"""How far a batch has come, and how long it will still take."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from enum import StrEnum
from types import TracebackType
from typing import Self

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from ecoreport.i18n import _
from ecoreport.progress import NORMAL, Progress

LINE_SECONDS = 15.0
"""Least time between two lines where there is no terminal."""


class Kind(StrEnum):
    """Jobs that take about as long as others of their kind."""

    OBSERVE = "observe"
    JUDGE = "judge"
    CHAPTER = "chapter"
    BIND = "bind"
    REPORT = "report"


class Board:
    """A line on a terminal, or now and then a line in a log.

    Parameters
    ----------
    progress : Progress
    workers : int
        How many jobs run at once.
    n_chapters : int
        Of a report.
    """

    def __init__(self, progress: Progress, workers: int, n_chapters: int) -> None:
        self._progress, self._workers, self._n_chapters = progress, workers, n_chapters
        self._expected: Counter[Kind] = Counter()
        self._done: Counter[Kind] = Counter()
        self._seconds: defaultdict[Kind, float] = defaultdict(float)
        self._told = time.monotonic()
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[left]}"),
            console=progress.console,
            disable=not (progress.console.is_terminal and progress.verbosity >= NORMAL),
            transient=True,
        )
        self._task = self._bar.add_task(_("任务"), total=None, left="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def expect(self, kind: Kind, number: int) -> None:
        """Expect jobs; a report brings its chapters, and what comes before and after them."""
        self._expected[kind] += number
        if kind is Kind.REPORT:
            self._expected[Kind.JUDGE] += number
            self._expected[Kind.CHAPTER] += number * self._n_chapters
            self._expected[Kind.BIND] += number

    def done(self, kind: Kind, seconds: float) -> None:
        """Note that a job has ended, and what it took."""
        self._done[kind] += 1
        self._seconds[kind] += seconds
        self._show()

    def remaining_seconds(self) -> float | None:
        """Return how long the rest will take; None while too little is known.

        Each kind takes what jobs of it have taken; of a kind that none has ended of, what all
        jobs have taken on average.
        """
        kinds = [kind for kind in Kind if kind is not Kind.REPORT]
        n_done = sum(self._done[kind] for kind in kinds)
        if n_done < self._workers:
            return None
        mean = sum(self._seconds[kind] for kind in kinds) / n_done
        left = 0.0
        for kind in kinds:
            each = self._seconds[kind] / self._done[kind] if self._done[kind] else mean
            left += each * max(0, self._expected[kind] - self._done[kind])
        return left / self._workers

    def _show(self) -> None:
        done, total = self._done[Kind.REPORT], self._expected[Kind.REPORT]
        left = self.remaining_seconds()
        text = _("约剩 {time}").format(time=_clock(left)) if left is not None else ""
        self._bar.update(self._task, completed=done, total=total or None, left=text)
        if self._bar.disable and text and time.monotonic() - self._told >= LINE_SECONDS:
            self._told = time.monotonic()
            self._progress.say(
                _("已完成 {done}/{total} 份，{left}").format(done=done, total=total, left=text)
            )


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
