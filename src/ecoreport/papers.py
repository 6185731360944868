"""Digests of papers: many and large, so that each is hashed once and known again by its looks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ecoreport.code import digest_of
from ecoreport.opened import unnoticed
from ecoreport.project import Project
from ecoreport.store import read_json, write_json

KEPT, CONTENTS = "papers.json", "papers-digests.json"
LINK = "link"
"""In the place of a digest: links are told of, not followed."""
PASSED_OVER = {"__pycache__", ".ipynb_checkpoints"}
LOCKS_OF_EXCEL = "~$"


def files_in(folder: Path) -> Iterator[Path]:
    """Give the files and links below a folder, but for what programs leave there."""
    for path in sorted(folder.rglob("*")):
        is_passed_over = PASSED_OVER & set(path.parts) or path.name.startswith(LOCKS_OF_EXCEL)
        if not is_passed_over and (path.is_file() or path.is_symlink()):
            yield path


def paper_digests(project: Project, district: str) -> dict[str, str]:
    """Return the SHA-256 of every paper of a district by its path below the project.

    A paper of the size and time that it had when it was hashed is not read again; one whose time
    alone has changed is, and comes out the same.
    """
    path = kept_path(project, district)
    with unnoticed():
        before = _kept(path)
        now = {
            one.relative_to(project.root).as_posix(): _state(project, one, before)
            for one in files_in(project.papers(district))
        }
        digests = {name: digest for name, (_seen, digest) in now.items()}
        if now != before:
            write_json(path, now)
        contents = contents_path(project, district)
        if _read(contents) != digests:
            write_json(contents, digests)
    return digests


def kept_path(project: Project, district: str) -> Path:
    """Return where the digests are kept; the file may be deleted."""
    return project.root / "data" / "processed" / district / KEPT


def contents_path(project: Project, district: str) -> Path:
    """Return where the digests stand without times, for whoever depends on what papers hold."""
    return kept_path(project, district).with_name(CONTENTS)


def looks(size: int, mtime_ns: int) -> str:
    """Return by what a paper is known again."""
    return f"{size} {mtime_ns}"


def _kept(path: Path) -> dict[str, list[str]]:
    try:
        return {name: [seen, digest] for name, (seen, digest) in _read(path).items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def _read(path: Path) -> Any:
    try:
        return read_json(path)
    except (OSError, ValueError):
        return {}


def _state(project: Project, path: Path, before: dict[str, list[str]]) -> list[str]:
    if path.is_symlink():
        return ["", LINK]
    about = path.stat()
    now = looks(about.st_size, about.st_mtime_ns)
    known = before.get(path.relative_to(project.root).as_posix())
    return known if known and known[0] == now else [now, digest_of(path)]
