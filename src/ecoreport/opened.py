"""Which files and folders below the project this process read, as Python itself tells.

Tables of the standards, settings of charts, an analyst's own file: whatever is opened by Python
is seen, whoever opens it. What libraries open in C (Parquet) is told by those who call them.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import source_from_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ecoreport.code import PACKAGE, digest_of

ABSENT = "absent"

LISTING = {"os.listdir", "os.scandir"}
WRITING = os.O_WRONLY | os.O_RDWR
COMPILED = ".pyc"

_seen: set[str] = set()
_watched = SimpleNamespace(root="", since_ns=0)
"""Folder with a separator at its end, and when watching began."""
_aside = threading.local()


def watch(root: Path) -> None:
    """Note from here on what is read below `root`; forked processes go on noting."""
    if not _watched.root:
        _watched.since_ns = time.time_ns()
        sys.addaudithook(_note)
    _watched.root = f"{root}{os.sep}"


def note(path: Path) -> None:
    """Note a path that was read without Python's knowing, or looked for."""
    if not _is_aside():
        _seen.add(str(path))


def seen(*folders: Path) -> frozenset[str]:
    """Return the paths read so far below any of `folders`, the package's own code left out.

    Where nothing was noted, all that there is may have been read.
    """
    if not _watched.root:
        return frozenset(str(path) for folder in folders for path in folder.rglob("*"))
    package, wanted = f"{PACKAGE}{os.sep}", tuple(f"{one}{os.sep}" for one in folders)
    # Folders are listed to find modules in them: these tell nothing of what was read.
    searched = {os.path.abspath(one) for one in sys.path}  # noqa: PTH100
    sources = (_source(path) for path in _seen)
    return frozenset(
        path
        for path in sources
        if path.startswith(wanted) and not path.startswith(package) and path not in searched
    )


def are_settled(paths: Iterable[Path]) -> bool:
    """Whether none of some files was changed since this process began to read.

    What changed meanwhile may have been read before or after: nobody can tell of which content
    a result is.
    """
    return all(_time_of(path) < _watched.since_ns for path in paths)


def _time_of(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


@contextmanager
def unnoticed() -> Iterator[None]:
    """Read without its being noted, in this thread: to hash a file is not to use it."""
    before = _is_aside()
    _aside.is_reading = True
    try:
        yield
    finally:
        _aside.is_reading = before


def _is_aside() -> bool:
    return getattr(_aside, "is_reading", False)


def digests(root: Path, paths: Iterable[str]) -> dict[str, str]:
    """Return what paths hold, by their path below `root` with forward slashes.

    A file is its content, a folder the names and sizes of what is in it.
    """
    with unnoticed():
        return {
            Path(path).relative_to(root).as_posix(): content_of(Path(path))
            for path in sorted(paths)
        }


def files_below(root: Path, folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder, by path below `root`."""
    with unnoticed():
        return {
            path.relative_to(root).as_posix(): digest_of(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }


def content_of(path: Path) -> str:
    """Return the digest of a file or of a folder's listing; a word where there is none."""
    try:
        if path.is_dir():
            text = json.dumps(sorted(_about(entry) for entry in os.scandir(path)))
            return hashlib.sha256(text.encode()).hexdigest()
        return digest_of(path)
    except OSError:
        return ABSENT


def _about(entry: os.DirEntry[str]) -> tuple[str, int]:
    about = entry.stat(follow_symlinks=False)
    return entry.name, -1 if stat.S_ISDIR(about.st_mode) else about.st_size


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        path, _mode, flags = arguments
        if (flags or 0) & WRITING:
            return
    elif event in LISTING:
        (path,) = arguments
    else:
        return
    if isinstance(path, int) or _is_aside():
        return
    text = os.fsdecode(path) if path is not None else "."
    if not text.startswith("/"):
        text = os.path.abspath(text)  # noqa: PTH100 - no file system is asked
    if text.startswith(_watched.root):
        _seen.add(text)


def _source(path: str) -> str:
    return source_from_cache(path) if path.endswith(COMPILED) else path
