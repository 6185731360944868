"""A worker's folder: made to be exactly what a bundle says, as cheaply as it can be.

What was computed for tables that are here again stays and is found again, by content; of anything
else nothing stays, so that no report depends on what its worker made before.
"""

from __future__ import annotations

import os
import shutil
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


def fetched(place: Place, digests: Iterable[str], cache: Path) -> tuple[list[Part], int]:
    """Return parts, and how many bytes had to be fetched; each is fetched once by a worker.

    Raises
    ------
    EcoReportError, OSError
    """
    parts, n_bytes = [], 0
    for digest in digests:
        path = cache / f"{digest}.zip"
        if not path.is_file():
            content = place.read(part_name(digest))
            write_aside(path, partial(_write, content))
            n_bytes += len(content)
        try:
            parts.append(Part(path.read_bytes(), digest))
        except EcoReportError:
            path.unlink()
            raise
    return parts, n_bytes


def _write(content: bytes, path: Path) -> None:
    path.write_bytes(content)


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
