"""What a district-year needs on another machine, in parts named by their content.

Tables travel as they are, and whatever else a run opens; papers of the evidence are only said to
be there, by name, size and hash. A file that must not be stored here never leaves the machine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from ecoreport import pins
from ecoreport.cluster.part import (
    FOLDER,
    OF_NO_TIME,
    OUTSIDE,
    Entry,
    Listing,
    digest_of_listing,
    packed,
)
from ecoreport.cluster.place import Place
from ecoreport.code import PACKAGE
from ecoreport.config.catalogue import Catalogue
from ecoreport.evidence.ledger import ledger_path
from ecoreport.ingest.find import RECORD_SUFFIX, find_files, refuse_forbidden, walk, why_unsafe
from ecoreport.inputs import pairs_read, settings, tables
from ecoreport.opened import files_below, unnoticed
from ecoreport.papers import kept_path, looks, paper_digests
from ecoreport.project import Pair, Project
from ecoreport.publications import FILES, RECORD, issues_of
from ecoreport.revision import DOWNLOAD

MACHINERY = "machinery.json"
PINNED = "requirements/run.txt"
PASSED_OVER = {"__pycache__", ".ipynb_checkpoints"}
OF_PACKAGE = {".py", ".mo"}
KEPT = f".kept{RECORD_SUFFIX}"
"""An empty file that keeps a folder; ingest passes over files named so."""


def part_name(digest: str) -> str:
    """Return the name that a part has in the store."""
    return f"parts/{digest[:2]}/{digest}.zip"


@dataclass(frozen=True)
class Machinery:
    """What must be the same on every machine, or reports would differ."""

    ecoreport: str
    """SHA-256 of the installed package."""
    packages: dict[str, str]
    """Versions, by name."""

    @classmethod
    def here(cls, project: Project) -> Machinery:
        """Return that of this machine, for the packages that a project pins."""
        files = {
            name: digest
            for name, digest in files_below(PACKAGE, PACKAGE).items()
            if Path(name).suffix in OF_PACKAGE
        }
        text = json.dumps(files, sort_keys=True)
        return cls(hashlib.sha256(text.encode()).hexdigest(), pins.pins(project))

    def to_bytes(self) -> bytes:
        """Return it as JSON."""
        return json.dumps(asdict(self), sort_keys=True).encode()

    def differing(self, other: Machinery) -> list[str]:
        """Return the names of what differs."""
        names = {**self.packages, **other.packages}
        found = [name for name in names if self.packages.get(name) != other.packages.get(name)]
        return [*(["ecoreport"] if self.ecoreport != other.ecoreport else []), *sorted(found)]


class Packer:
    """Parts of one project, each looked at and sent once in a batch.

    Parameters
    ----------
    project : Project
    catalogue : Catalogue
    place : Place
        Where parts go that are not there yet.
    """

    def __init__(self, project: Project, catalogue: Catalogue, place: Place) -> None:
        self._project, self._catalogue, self._place = project, catalogue, place
        self._written = {MACHINERY: Machinery.here(project).to_bytes()}
        self._digests: dict[str, str] = {}
        self.n_bytes_sent = 0

    def parts(self, pair: Pair, address: str) -> tuple[str, ...]:
        """Return the digests of what a report of `pair` needs; all of it is in the store then.

        Parameters
        ----------
        address : str
            The report's own, for what was published of it before.

        Raises
        ------
        InputError
            If there is a file that must not be stored here.
        EcoReportError, OSError
        """
        with unnoticed():
            pairs = pairs_read(self._project, self._catalogue, pair)
            named: dict[str, Callable[[], Listing]] = {"house": self._house}
            named |= {f"{one}": partial(self._tables, one) for one in pairs}
            named |= {
                f"{one}/evidence": partial(self._papers, one)
                for one in sorted({other.district for other in pairs})
            }
            named[f"issued/{address}"] = partial(self._issued, address)
            return tuple(
                self._digests.get(name) or self._sent(name, listing)
                for name, listing in named.items()
            )

    def _sent(self, name: str, list_files: Callable[[], Listing]) -> str:
        listing = list_files()
        digest = digest_of_listing(listing)
        stored = part_name(digest)
        if not self._place.has(stored):
            content = packed(listing, self._content)
            self._place.put(stored, content)
            self.n_bytes_sent += len(content)
        self._digests[name] = digest
        return digest

    def _content(self, name: str) -> bytes:
        if name in self._written:
            return self._written[name]
        return (self._project.root / name).read_bytes()

    def _house(self) -> Listing:
        """Return what all reports are made with."""
        project = self._project
        below = partial(files_below, project.root)
        found = settings(project) | below(project.notebooks) | below(project.templates)
        found = {
            name: one for name, one in found.items() if not PASSED_OVER & set(Path(name).parts)
        }
        pinned = project.root / PINNED
        if pinned.is_file():
            found[PINNED] = _sha256(pinned.read_bytes())
        found[MACHINERY] = _sha256(self._written[MACHINERY])
        return self._entries(found.items())

    def _tables(self, pair: Pair) -> Listing:
        """Return the tables of a district and year; of other files there, that they exist."""
        project, datasets = self._project, self._catalogue.datasets
        folders = [one for one in (project.raw(pair), project.demonstration(pair)) if one.is_dir()]
        files = [
            one for folder in folders for one in find_files(folder, project.root, datasets.values())
        ]
        refuse_forbidden(files, datasets)
        read = tables(project, self._catalogue, [pair])
        listing: dict[str, Entry] = {}
        for folder in folders:
            # Whether there is a folder decides what is compared.
            listing[f"{project.relative(folder)}/{KEPT}"] = Entry()
            for path in walk(folder):
                name = path.relative_to(project.root).as_posix()
                if name in read and not why_unsafe(path, folder):
                    listing[name] = Entry(read[name], path.stat().st_size)
                else:
                    listing[name] = _there(path, folder)
        return listing

    def _papers(self, district: str) -> Listing:
        """Return that papers of a district exist, their digests, and what the ledgers say."""
        project, folder = self._project, self._project.papers(district)
        found = {
            # Each year's folder stands by itself: a link to another year's paper leads out of it.
            path.relative_to(project.root).as_posix(): _there(
                path, folder.joinpath(*path.relative_to(folder).parts[:-1][:1])
            )
            for path in walk(folder)
        }
        kept_at = project.relative(kept_path(project, district))
        known = {
            name: [looks(found[name].size, OF_NO_TIME), digest]
            for name, digest in paper_digests(project, district).items()
            if name in found
        }
        self._written[kept_at] = json.dumps(known, sort_keys=True).encode()
        processed = project.processed(Pair(district, 2000)).parent
        years = (int(one.name) for one in processed.glob("20??") if one.name.isdigit())
        ledgers = [ledger_path(project, Pair(district, year)) for year in years]
        names = [kept_at, *(project.relative(path) for path in ledgers if path.is_file())]
        return found | self._entries((name, _sha256(self._content(name))) for name in names)

    def _issued(self, address: str) -> Listing:
        """Return what was published of a report before, so far as a new one tells of it."""
        paths = [
            path
            for issue in issues_of(self._project, address)
            for path in (issue.folder / RECORD, issue.folder / FILES / DOWNLOAD)
        ]
        return self._entries(
            (self._project.relative(path), _sha256(path.read_bytes())) for path in paths
        )

    def _entries(self, digests: Iterable[tuple[str, str]]) -> dict[str, Entry]:
        return {name: Entry(digest, len(self._content(name))) for name, digest in digests}


def _there(path: Path, folder: Path) -> Entry:
    """Return that a file of which nothing is read is there."""
    if path.is_symlink() and why_unsafe(path, folder):
        is_within = path.exists() and path.resolve().is_relative_to(folder.resolve())
        return Entry(link=FOLDER if is_within and path.is_dir() else OUTSIDE)
    return Entry(size=path.stat().st_size)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
