"""Which files lie in the folders of a year, and which of them count."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from ecoreport.evidence.folders import number_of
from ecoreport.i18n import _
from ecoreport.ingest.find import walk, why_unsafe
from ecoreport.visible import REPLACEMENT, is_plain

SYSTEM_FILES: Final = frozenset({"Thumbs.db", "desktop.ini"})
"""What Windows leaves behind where people looked into a folder."""


@dataclass(frozen=True)
class EvidenceFile:
    """A file below the folder of a year.

    Attributes
    ----------
    file : str
        Relative to the folder of the year that asks, with forward slashes; fit to be shown.
    seq : int or None
        Number of the indicator in whose folder it lies.
    ignored_because : str
        Why it does not count; empty where it does.
    """

    path: Path
    file: str
    seq: int | None = None
    ignored_because: str = ""


def find_evidence(folder: Path, own: Collection[str] = ()) -> list[EvidenceFile]:
    """List the files below the folder of a year, sorted by name.

    Parameters
    ----------
    folder : pathlib.Path
        May be absent.
    own : collection of str
        Names directly in `folder` that the ledger itself keeps there.
    """
    kept = {folder / name for name in own}
    found = [_found(path, folder) for path in walk(folder) if path not in kept]
    return sorted(found, key=lambda one: one.file)


def _found(path: Path, folder: Path) -> EvidenceFile:
    parts = path.relative_to(folder).parts
    name = "/".join(parts)
    shown = "".join(one if is_plain(one) and one != "\\" else REPLACEMENT for one in name)
    why = why_unsafe(path, folder) or (_("系统文件") if path.name in SYSTEM_FILES else "")
    if not why and shown != name:
        why = _("文件名含有反斜杠，请改名")
    seq = number_of(parts[1]) if len(parts) > 2 else None
    return EvidenceFile(path, shown, seq, why)


class Shelf:
    """Files by the names under which a register may speak of them."""

    def __init__(self, files: Collection[EvidenceFile], others: Mapping[int, Path], year: int):
        """Take the files of a year; `others` are the folders of all years."""
        self._years, self._year = others, year
        self._others: dict[str, dict[str, EvidenceFile]] = {}
        self._by_file = {_spelling(one.file): one for one in files if not one.ignored_because}
        self._by_name: dict[str, list[EvidenceFile]] = {}
        for file, one in self._by_file.items():
            self._by_name.setdefault(PurePosixPath(file).name, []).append(one)

    def named(self, name: str) -> list[EvidenceFile]:
        """Return the files that a register may mean by `name`: none, one, or several.

        It may be the path below the folder of the year, that with the year before it (also of
        another year), or the name of the file alone.
        """
        # The ledger's own lists put an apostrophe before what a spreadsheet takes for a formula.
        for words in (name, name.removeprefix("'")):
            spelling = _spelling(words)
            if one := self._by_file.get(spelling) or self._of_year(spelling):
                return [one]
            if "/" not in spelling and spelling in self._by_name:
                return self._by_name[spelling]
        return []

    def _of_year(self, spelling: str) -> EvidenceFile | None:
        first, _slash, rest = spelling.partition("/")
        if first == str(self._year):
            return self._by_file.get(rest)
        return self._elsewhere(first).get(rest)

    def _elsewhere(self, year: str) -> dict[str, EvidenceFile]:
        """Return the files of another year, looked through once."""
        if year not in self._others:
            folder = self._years.get(int(year)) if year.isdecimal() and year.isascii() else None
            self._others[year] = {
                _spelling(one.file): replace(one, file=f"../{year}/{one.file}")
                for one in (find_evidence(folder) if folder else ())
                if not one.ignored_because
            }
        return self._others[year]


def _spelling(name: str) -> str:
    """Return a path made comparable: one form of each character, no ``./`` before it."""
    path = unicodedata.normalize("NFC", name.strip()).replace("\\", "/")
    return path.removeprefix("./").strip("/")
