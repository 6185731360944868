"""Excel workbooks read in a process of its own: one bad workbook spoils no more than itself."""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path

from ecoreport.ingest import excel
from ecoreport.ingest.excel import DAMAGED, READ, Worksheets


class Reader:
    """A process that reads workbooks one after the other; after a bad one, another process."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None

    def read(self, content: bytes) -> tuple[str, Worksheets]:
        """Return what came of reading a workbook, a word of `excel`, and its worksheets."""
        is_used = self._child is not None
        outcome, found = self._read(content)
        # What a process that has read others cannot read may be for want of what they took.
        return self._read(content) if outcome == DAMAGED and is_used else (outcome, found)

    def _read(self, content: bytes) -> tuple[str, Worksheets]:
        child = self._child or _started()
        self._child = None
        try:
            outcome, found = _answer(child, content)
            if outcome == READ:
                self._child = child
        finally:
            if self._child is None:
                _end(child)
        return outcome, found

    def close(self) -> None:
        """Let the process go."""
        if self._child is not None:
            _end(self._child)


_reader: ContextVar[Reader | None] = ContextVar("_reader", default=None)


@contextlib.contextmanager
def one_reader() -> Iterator[Reader]:
    """Let one process read all workbooks that are read within, in place of one for each."""
    if (known := _reader.get()) is not None:
        yield known
        return
    reader = Reader()
    before = _reader.set(reader)
    try:
        yield reader
    finally:
        _reader.reset(before)
        reader.close()


def _started() -> subprocess.Popen[bytes]:
    # -P: the folder of the script holds modules of this package, not of the library.
    return subprocess.Popen(  # noqa: S603 - our own interpreter and script, no shell
        [sys.executable, "-P", str(Path(excel.__file__))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _answer(child: subprocess.Popen[bytes], content: bytes) -> tuple[str, Worksheets]:
    assert child.stdin is not None and child.stdout is not None  # noqa: S101 - for the type checker
    try:
        pickle.dump(content, child.stdin)
        child.stdin.flush()
        outcome, found = pickle.load(child.stdout)  # noqa: S301 - our own child
    except (OSError, EOFError, pickle.UnpicklingError):
        # It was aborted at its work.
        return DAMAGED, []
    return outcome, found


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    # What was written and not yet read goes nowhere.
    with contextlib.suppress(BrokenPipeError), child:
        pass
