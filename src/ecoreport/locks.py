"""What runs that would disturb each other may not do at once; a lock goes with its process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ecoreport.errors import BusyError
from ecoreport.i18n import _
from ecoreport.project import Pair, Project


@contextmanager
def exclusive(project: Project, pair: Pair) -> Iterator[None]:
    """Let one run at a time work on a pair; the lock goes with the process.

    Raises
    ------
    BusyError
        If another process holds it.
    """
    with _alone(
        project.locks / f"{pair.district}-{pair.year}.lock",
        _("另一个任务正在处理 {pair}，请等它结束后再运行。").format(pair=pair),
    ):
        yield


@contextmanager
def exclusive_batch(project: Project) -> Iterator[None]:
    """Let one batch at a time run in a project, since RESUME goes on with the last one.

    Raises
    ------
    BusyError
        If another process runs one.
    """
    with _alone(
        project.locks / "reports.lock",
        _("另一个批量任务正在运行，请等它结束后再运行；单份报告可以用 make report 生成。"),
    ):
        yield


@contextmanager
def _alone(path: Path, otherwise: str) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BusyError(otherwise) from None
    try:
        yield
    finally:
        lock.release()
