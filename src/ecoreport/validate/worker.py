"""Great Expectations in a process of its own, so that its import overlaps with other work.

``python -m ecoreport.validate.worker`` imports the library at once, then answers requests, one
line of JSON each. It ends when its input does, so that it never outlives the process that
started it.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from contextvars import copy_context
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Protocol, Self

from ecoreport.config.models import Strict
from ecoreport.errors import EcoReportError, ParameterError
from ecoreport.i18n import _, current_locale, use_locale
from ecoreport.store import read_frame
from ecoreport.validate import adapter
from ecoreport.validate.adapter import Outcome

if TYPE_CHECKING:
    import pandas as pd

END_SECONDS = 5.0


@dataclass(frozen=True)
class Task:
    """One frame to check, as :func:`ecoreport.validate.adapter.check_frame` takes it."""

    frame: pd.DataFrame
    suite: dict[str, Any]
    parameters: dict[str, Any]


class Request(Strict):
    """What the worker reads: tasks whose frames lie in files."""

    locale: str
    frames: tuple[Path, ...]
    suites: tuple[dict[str, Any], ...]
    parameters: tuple[dict[str, Any], ...]


class Answer(Strict):
    """What the worker writes."""

    outcomes: tuple[tuple[Outcome, ...], ...] = ()
    error: str = ""
    """Message of a fault in a suite; empty where all was checked."""


def check_here(tasks: Sequence[Task]) -> list[list[Outcome]]:
    """Check in this process: the reference for what a worker answers."""
    return [adapter.check_frame(one.frame, one.suite, one.parameters) for one in tasks]


class Validator(Protocol):
    """Whatever checks frames."""

    def check(self, tasks: Sequence[Task]) -> list[list[Outcome]]:
        """Return what :func:`check_here` gives."""


class Worker:
    """A process that is importing the library, or waiting for a request.

    A context manager: whatever happens, the worker is gone afterwards.
    """

    def __init__(self) -> None:
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed in close()
        paths = [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter, our own module
            [sys.executable, "-P", "-m", __spec__.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
        )

    @property
    def pid(self) -> int:
        """Id of the worker's process."""
        return self._process.pid

    def check(self, tasks: Sequence[Task]) -> list[list[Outcome]]:
        """Check frames in the worker.

        Returns
        -------
        list of list of Outcome
            As :func:`check_here` gives.

        Raises
        ------
        ParameterError
            If a suite is at fault.
        EcoReportError
            If the worker died.
        """
        with tempfile.TemporaryDirectory(prefix="ecoreport-validate-") as folder:
            line = self._ask(_request(tasks, Path(folder)).model_dump_json().encode())
        if not line:
            self._process.wait()
            raise EcoReportError(self._cause_of_death())
        answer = Answer.model_validate_json(line)
        if answer.error:
            raise ParameterError(answer.error)
        return [list(one) for one in answer.outcomes]

    def _ask(self, request: bytes) -> bytes:
        """Send one line and return the answer; nothing where the worker is gone."""
        asked, answered = self._process.stdin, self._process.stdout
        assert asked is not None and answered is not None  # noqa: S101 - both are pipes
        with suppress(BrokenPipeError):
            asked.write(request + b"\n")
            asked.flush()
        return answered.readline()

    def _cause_of_death(self) -> str:
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace").strip().splitlines()
        return _(
            "校验进程意外终止（返回码 {code}）：{detail}。请重试；内存不足时先关闭其他程序"
        ).format(code=self._process.returncode, detail=said[-1] if said else _("没有留下信息"))

    def close(self) -> None:
        """End the worker if it still runs."""
        for pipe in (self._process.stdin, self._process.stdout):
            # What could not be sent to a dead worker is still in the pipe.
            with suppress(BrokenPipeError):
                if pipe is not None:
                    pipe.close()
        self._process.terminate()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class Workers(ExitStack):
    """Several workers among whom tables are shared out.

    A context manager, as each of them is.

    Parameters
    ----------
    n_workers : int
        Each imports the library first.
    """

    def __init__(self, n_workers: int) -> None:
        super().__init__()
        self._workers = [self.enter_context(Worker()) for _number in range(n_workers)]

    def check(self, tasks: Sequence[Task]) -> list[list[Outcome]]:
        """Check frames in all workers at once.

        Raises
        ------
        ParameterError, EcoReportError
            As a worker does.
        """
        shares = shared_out([len(one.suite["expectations"]) for one in tasks], len(self._workers))
        with ThreadPoolExecutor(len(self._workers)) as beside:
            under_way = [
                (
                    share,
                    beside.submit(
                        copy_context().run, worker.check, [tasks[number] for number in share]
                    ),
                )
                for worker, share in zip(self._workers, shares, strict=True)
                if share
            ]
        found = {
            number: outcomes
            for share, future in under_way
            for number, outcomes in zip(share, future.result(), strict=True)
        }
        return [found[number] for number in range(len(tasks))]


def shared_out(costs: Sequence[int], n_shares: int) -> list[list[int]]:
    """Share places out so that the shares cost about the same, the dearest first."""
    shares: list[list[int]] = [[] for _number in range(n_shares)]
    sums = [0] * n_shares
    for number in sorted(range(len(costs)), key=lambda one: -costs[one]):
        least = sums.index(min(sums))
        shares[least].append(number)
        sums[least] += costs[number]
    return shares


def _request(tasks: Sequence[Task], folder: Path) -> Request:
    paths = tuple(folder / f"{number}.parquet" for number in range(len(tasks)))
    for path, one in zip(paths, tasks, strict=True):
        one.frame.to_parquet(path, compression=None)
    return Request(
        locale=current_locale(),
        frames=paths,
        suites=tuple(one.suite for one in tasks),
        parameters=tuple(one.parameters for one in tasks),
    )


def _answer(request: Request) -> Answer:
    use_locale(request.locale)
    tasks = [
        Task(frame=read_frame(path), suite=suite, parameters=parameters)
        for path, suite, parameters in zip(
            request.frames, request.suites, request.parameters, strict=True
        )
    ]
    try:
        return Answer(outcomes=tuple(map(tuple, check_here(tasks))))
    except ParameterError as error:
        return Answer(error=str(error))


def main() -> None:
    """Import, then answer until the input ends."""
    # What a library prints must not stand in the answer.
    answer_to = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    gc.disable()
    adapter.load()
    gc.freeze()
    gc.enable()
    for line in sys.stdin.buffer:
        answer = _answer(Request.model_validate_json(line))
        answer_to.write(answer.model_dump_json().encode() + b"\n")
        answer_to.flush()


if __name__ == "__main__":
    main()
