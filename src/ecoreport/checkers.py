"""Tables checked side by side, in children of the process that has loaded the library of checks."""

from __future__ import annotations

import itertools
import os
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from ecoreport.errors import EcoReportError, ParameterError
from ecoreport.i18n import _
from ecoreport.run import Pool, Step
from ecoreport.run.job import JobResult

if TYPE_CHECKING:
    from ecoreport.validate.adapter import Outcome
    from ecoreport.validate.check import Task

CALL = "ecoreport.checking:check"
SHARES_PER_WORKER = 2
"""More shares than workers, so that one who is done early has something left to do."""


class Checkers(ExitStack):
    """Children among whom tables are shared out; a `Validator`.

    A context manager: whatever happens, none of them is left afterwards.

    Parameters
    ----------
    logs : Path
        Folder of what they write to stderr.
    workers : int or None
        How many at once; as many as there are cores by default.
    """

    def __init__(self, logs: Path, workers: int | None = None) -> None:
        super().__init__()
        self._logs = logs
        self._numbers = itertools.count()
        self._pool = self.enter_context(Pool(workers))

    def check(self, tasks: Sequence[Task]) -> list[list[Outcome]]:
        """Check frames.

        Raises
        ------
        ParameterError
            If a suite is at fault.
        EcoReportError
            If a child ended before it answered.
        """
        costs = [len(one.suite["expectations"]) for one in tasks]
        shares = [one for one in shared_out(costs, self._pool.workers * SHARES_PER_WORKER) if one]
        under_way = [
            self._pool.submit(
                Step(
                    name=f"check-{share[0]}",
                    call=CALL,
                    arguments={"tasks": [tasks[number] for number in share]},
                    log=self._logs / f"check-{os.getpid()}-{next(self._numbers)}.log",
                ),
                timeout=None,
            )
            for share in shares
        ]
        found: dict[int, list[Outcome]] = {}
        for share, future in zip(shares, under_way, strict=True):
            found |= zip(share, answer_of(future.result()), strict=True)
        return [found[number] for number in range(len(tasks))]


def answer_of(result: JobResult) -> list[list[Outcome]]:
    """Return what a child found.

    Raises
    ------
    ParameterError, EcoReportError
        As :meth:`Checkers.check` does.
    """
    if result.error is not None:
        raise EcoReportError(_("校验没有完成：{cause}").format(cause=result.describe_failure()))
    if isinstance(result.after, str):
        raise ParameterError(result.after)
    answer: list[list[Outcome]] = result.after
    return answer


def shared_out(costs: Sequence[int], n_shares: int) -> list[list[int]]:
    """Share places out so that the shares cost about the same, the dearest first."""
    shares: list[list[int]] = [[] for _number in range(n_shares)]
    sums = [0] * n_shares
    for number in sorted(range(len(costs)), key=lambda one: -costs[one]):
        least = sums.index(min(sums))
        shares[least].append(number)
        sums[least] += costs[number]
    return shares
