"""What the site knows of one report: what it tells, its files, how it stands."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ecoreport.current import current_manifest, report_folders
from ecoreport.errors import InputError
from ecoreport.i18n import SOURCE_LOCALE
from ecoreport.project import Project
from ecoreport.publications import Issue, Publication
from ecoreport.render.assemble import VERSIONS, Manifest
from ecoreport.revision import DOWNLOAD, Version, read_version


@dataclass(frozen=True)
class Edition:
    """A report of one district, year, day of data and language, in one of its issues."""

    address: str
    """Where it lies on the site: ``hailing/2018``."""
    manifest: Manifest
    files: Mapping[str, Path]
    """By their path below the address."""
    publication: Publication | None = None
    """None where it is a draft, shown on this machine only."""
    earlier: tuple[Publication, ...] = ()
    """Issues before it, the earliest first."""

    @property
    def locale(self) -> str:
        """Language of its pages."""
        return self.manifest.locale

    @property
    def is_draft(self) -> bool:
        """Whether nobody released it."""
        return self.publication is None

    @property
    def published_on(self) -> dt.date | None:
        """Day of publication."""
        return self.publication.published_at.date() if self.publication else None

    @cached_property
    def version(self) -> Version:
        """What it tells; read once."""
        return read_version(self.files[DOWNLOAD].read_bytes())

    @property
    def counts(self) -> Counter[str]:
        """Number of commitments by verdict."""
        return Counter(one.verdict for one in self.version.verdicts.values())

    @property
    def downloads(self) -> list[tuple[str, int]]:
        """Path and size of each file beside the pages, workbooks and documents first."""
        found = [
            (name, path.stat().st_size)
            for name, path in self.files.items()
            if not name.endswith(".html")
        ]
        order = (".docx", ".pdf", ".xlsx", ".json")
        rank = {suffix: number for number, suffix in enumerate(order)}
        return sorted(found, key=lambda one: (rank.get(Path(one[0]).suffix, len(order)), one[0]))


def published_editions(issues: Mapping[str, Sequence[Issue]]) -> list[Edition]:
    """Return the last issue of each report."""
    return [_edition(found) for found in issues.values()]


def _edition(issues: Sequence[Issue]) -> Edition:
    last = issues[-1]
    return Edition(
        last.publication.address,
        last.publication.manifest,
        {name: last.path(name) for name in last.publication.files},
        last.publication,
        tuple(one.publication for one in issues[:-1]),
    )


def draft_editions(project: Project, say: Callable[[str], object]) -> list[Edition]:
    """Return the reports of this project as they stand, released or not.

    Parameters
    ----------
    say : callable
        Takes a line for each report that cannot be read, and is left out.
    """
    reports = project.root / "reports"
    found = []
    for folder in report_folders(project):
        try:
            manifest = current_manifest(folder)
        except InputError as error:
            say(str(error))
            continue
        version = folder / VERSIONS / manifest.version
        files = {name: version / name for name in manifest.files}
        if DOWNLOAD in files:
            address = folder.relative_to(reports).as_posix()
            found.append(Edition(address, manifest, files))
    return found


def locales_of(editions: Sequence[Edition]) -> list[str]:
    """Return the languages that the site has, the source's first."""
    used = {one.locale for one in editions}
    return sorted(used, key=lambda name: (name != SOURCE_LOCALE, name))
