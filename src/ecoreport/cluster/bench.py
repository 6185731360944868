"""A worker's folder: made to be exactly what a bundle says, as cheaply as it can be.

What was computed for tables that are here again stays and is found again, by content; of anything
else nothing stays, so that no report depends on what its worker made before.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from ecoreport.cluster.bundle import part_name
from ecoreport.cluster.part import Part
from ecoreport.cluster.place import Place
from ecoreport.errors import EcoReportError
from ecoreport.store import write_aside

PROCESSED = Path("data") / "processed"
TABLES = ("raw", "demonstration")
CACHE_BYTES = 2**29
"""A worker goes on with the districts that it had last: of others it keeps no more than this."""
_bounding = threading.Lock()


def fetched(place: Place, digests: Iterable[str], cache: Path) -> tuple[list[Part], int]:
    """Return parts, and how many bytes had to be fetched; what a worker used last it keeps.

    Raises
    ------
    EcoReportError, OSError
    """
    parts, n_bytes, names = [], 0, set()
    for digest in digests:
        path = cache / f"{digest}.zip"
        part = _kept(path, digest)
        if part is None:
            content = place.read(part_name(digest))
            part = Part(content, digest)
            write_aside(path, partial(_write, content))
            n_bytes += len(content)
        parts.append(part)
        names.add(path.name)
    _bound(cache, names)
    return parts, n_bytes


def _kept(path: Path, digest: str) -> Part | None:
    """Return a part that was fetched before, unless this machine has lost or spoilt it."""
    try:
        part = Part(path.read_bytes(), digest)
        os.utime(path)
    except (FileNotFoundError, EcoReportError):
        return None
    return part


def _write(content: bytes, path: Path) -> None:
    path.write_bytes(content)


def _bound(cache: Path, names: set[str]) -> None:
    """Remove the parts that were not used for longest, as many as are too many."""
    n_bytes = 0
    # A worker of several threads has one cache.
    with _bounding:
        about = [(path, path.stat()) for path in cache.glob("*.zip")]
        for path, one in sorted(about, key=lambda pair: pair[1].st_mtime_ns, reverse=True):
            n_bytes += one.st_size
            if n_bytes > CACHE_BYTES and path.name not in names:
                path.unlink()


def lay_out(parts: Sequence[Part], root: Path) -> None:
    """Make a folder hold the files of all parts, what was computed for them, and nothing else.

    Raises
    ------
    EcoReportError, OSError
    """
    wanted = {name for part in parts for name in part.listing}
    _clear(root, wanted)
    for part in parts:
        for name in part.listing:
            part.place(name, root)


def _clear(root: Path, wanted: set[str]) -> None:
    """Remove what is not wanted; folders of what is stay."""
    computed = {pair for name in wanted if (pair := _computed_for(name))}
    kept = {parent.as_posix() for name in wanted for parent in Path(name).parents}
    for place, folders, files in os.walk(root):
        below = Path(place).relative_to(root)
        for name in list(folders):
            path = below / name
            is_computed = path.is_relative_to(PROCESSED) and path.parts[2:] in computed
            if is_computed:
                folders.remove(name)
                _forget_ledger(root / path, wanted, root)
            elif (root / path).is_symlink():
                files.append(name)
            elif path.as_posix() not in kept and not _leads_to(path, computed):
                folders.remove(name)
                shutil.rmtree(root / path)
        for name in files:
            if (below / name).as_posix() not in wanted:
                (root / below / name).unlink()


def _computed_for(name: str) -> tuple[str, ...]:
    """Return district and year of a table's path; nothing for other files."""
    parts = Path(name).parts
    return parts[2:4] if parts[0] == "data" and parts[1] in TABLES else ()


def _leads_to(path: Path, computed: set[tuple[str, ...]]) -> bool:
    """Whether folders that stay lie below a path."""
    return any(PROCESSED.joinpath(*pair).is_relative_to(path) for pair in computed)


def _forget_ledger(folder: Path, wanted: set[str], root: Path) -> None:
    """Remove a ledger of papers that belongs to another bundle."""
    for path in folder.glob("evidence.json"):
        if path.relative_to(root).as_posix() not in wanted:
            path.unlink()
