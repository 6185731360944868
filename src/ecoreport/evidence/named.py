"""Evidence files that departments' tables name: whether they exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ecoreport.config.vocabulary import Maturity
from ecoreport.evidence.find import Shelf, find_evidence
from ecoreport.ingest.find import why_unsafe
from ecoreport.project import Pair, Project

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class NamedFile:
    """A file that a row of a table names as its evidence.

    Attributes
    ----------
    source_file, source_sheet, source_row
        Where the name stands.
    """

    source_file: str
    source_sheet: str
    source_row: int
    evidence_file: str
    exists: bool


def has_evidence_file(project: Project, pair: Pair, name: str, source_file: str = "") -> bool:
    """Whether a file that a table names as evidence exists.

    It may lie in the folder of the year's data, beside the table that names it, or anywhere in
    the year's folders of papers.

    Parameters
    ----------
    project : Project
    pair : Pair
    name : str
        As the table gives it; a path that leads out of these folders names nothing.
    source_file : str
        The table, relative to the project.
    """
    shelf = Shelf(find_evidence(project.evidence(pair)), {}, pair.year)
    return _exists(project, pair, name, source_file, shelf)


def named_files(
    project: Project, pair: Pair, frames: Mapping[str, pd.DataFrame]
) -> list[NamedFile]:
    """Return the evidence files that canonical frames name, in the order of their tables.

    Rows of demonstration data are passed over: their files were never meant to exist.
    """
    shelf = Shelf(find_evidence(project.evidence(pair)), {}, pair.year)
    found = {
        NamedFile(*where, name, _exists(project, pair, name, where[0], shelf))
        for frame in frames.values()
        for where, name in _names(frame)
    }
    return sorted(found, key=lambda one: (one.source_file, one.source_sheet, one.source_row))


def with_files_there(
    project: Project, pair: Pair, frames: Mapping[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """Return the frames with a column that says whether a row's evidence file exists.

    Returns
    -------
    dict of DataFrame
        Frames that name files have ``is_evidence_there``; a row of demonstration data is taken at
        its word.
    """
    missing = {
        (one.source_file, one.source_sheet, one.source_row)
        for one in named_files(project, pair, frames)
        if not one.exists
    }
    found = dict(frames)
    for name, frame in frames.items():
        if "evidence_file" in frame:
            places = zip(
                frame["source_file"], frame["source_sheet"], frame["source_row"], strict=True
            )
            there = [(str(a), str(b), int(c)) not in missing for a, b, c in places]
            found[name] = frame.assign(is_evidence_there=there)
    return found


def _names(frame: pd.DataFrame) -> Iterator[tuple[tuple[str, str, int], str]]:
    if "evidence_file" not in frame:
        return
    named = frame[frame["evidence_file"].notna()]
    real = named[named["maturity"] != Maturity.DEMONSTRATION.value]
    columns = ["source_file", "source_sheet", "source_row", "evidence_file"]
    for file, sheet, row, name in real[columns].itertuples(index=False, name=None):
        yield (str(file), str(sheet), int(row)), str(name)


def _exists(project: Project, pair: Pair, name: str, source_file: str, shelf: Shelf) -> bool:
    folder = project.raw(pair)
    places = [folder, (project.root / source_file).parent] if source_file else [folder]
    path = PurePosixPath(name.replace("\\", "/"))
    if not name.isprintable() or path.is_absolute() or ".." in path.parts:
        return False
    beside = (place / path for place in places if place.is_relative_to(folder))
    return any(one.is_file() and not why_unsafe(one, folder) for one in beside) or bool(
        shelf.named(name)
    )
