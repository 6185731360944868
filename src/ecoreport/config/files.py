"""Which dataset a file belongs to: its name says it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import lru_cache

from ecoreport.config.layouts import Dataset


def datasets_taking(name: str, datasets: Iterable[Dataset]) -> tuple[str, ...]:
    """Return the datasets whose patterns a file's name matches; the first one takes the file."""
    said = comparable(name)
    return tuple(
        one.id
        for one in datasets
        if _matches(said, one.file_patterns) and not _matches(said, one.excluded_file_patterns)
    )


def _matches(said: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(said, comparable(pattern)) for pattern in patterns)


@lru_cache(maxsize=1024)
def comparable(name: str) -> str:
    """Return a name in half width, composed, and without regard to case."""
    return unicodedata.normalize("NFKC", name).casefold()
