"""What was published, issue by issue: kept in the project as it went out, never changed."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AwareDatetime, Field, ValidationError

from ecoreport.approve import Approval
from ecoreport.config.models import Strict
from ecoreport.current import DEPTHS
from ecoreport.errors import EcoReportError
from ecoreport.i18n import _
from ecoreport.project import Project
from ecoreport.render.assemble import ASIDE, Manifest, put_folder
from ecoreport.revision import DOWNLOAD, Revision, Version, read_version, revision

RECORD = "publication.json"
FILES = "files"
BRINGING = ".bringing"
"""Folder of an issue on its way to its readers, beside those that arrived."""
PLACE = "target.txt"
"""In it: where it was to go."""
ISSUE = re.compile(r"v([1-9]\d{0,3})")


class Publication(Strict):
    """``publication.json``: one issue of one report."""

    address: str
    """Folder of the report, in the project below ``reports`` and on the site."""
    number: Annotated[int, Field(ge=1)]
    """1, then one more for each revision (修订)."""
    manifest: Manifest
    """Of what was approved: its pages are drafts."""
    approval: Approval
    published_at: AwareDatetime
    why_revised: str = ""
    revision: Revision = Revision()
    """What changed from the issue before."""
    files: dict[str, str]
    """SHA-256 of each file as it was published, by its path below the address."""

    @property
    def own_address(self) -> str:
        """Where this issue stays: as deep as the address, so that its links hold there too."""
        district, year, *rest = self.address.split("/")
        return "/".join((district, f"{year}-v{self.number}", *rest))

    @property
    def name(self) -> str:
        """What the site lists it under: ``hailing/2018/v1``."""
        return f"{self.address}/v{self.number}"


@dataclass(frozen=True)
class Issue:
    """A publication and the folder that holds it."""

    publication: Publication
    folder: Path

    def path(self, name: str) -> Path:
        """Return where a file of the issue lies."""
        return self.folder / FILES / name

    def version(self) -> Version:
        """Return what the issue tells."""
        return read_version(self.path(DOWNLOAD).read_bytes())


def issues(project: Project) -> dict[str, list[Issue]]:
    """Return all that was published, by address, the earliest issue first.

    Raises
    ------
    EcoReportError
        If a record cannot be read.
    """
    found: dict[str, list[Issue]] = {}
    for folder in (path for depth in DEPTHS for path in project.issued.glob(f"{depth}/v*")):
        if ISSUE.fullmatch(folder.name) and (folder / RECORD).is_file():
            issue = Issue(_read(folder), folder)
            found.setdefault(issue.publication.address, []).append(issue)
    return {
        address: sorted(found[address], key=lambda one: one.publication.number)
        for address in sorted(found)
    }


def issues_of(project: Project, address: str) -> list[Issue]:
    """Return the issues of one report, the earliest first."""
    try:
        entries = list((project.issued / address).iterdir())
    except FileNotFoundError:
        return []
    found = [
        Issue(_read(one), one)
        for one in entries
        if ISSUE.fullmatch(one.name) and (one / RECORD).is_file()
    ]
    return sorted(found, key=lambda one: one.publication.number)


def prepare_issue(
    project: Project, publication: Publication, files: Mapping[str, bytes], target: str
) -> Issue:
    """Keep an issue that is about to go out; it is none of the report's until it `arrived`.

    Parameters
    ----------
    target : str
        Where it is to go.
    """
    folder = project.issued / publication.address / BRINGING
    for left in folder.parent.glob(f"{ASIDE}*"):
        shutil.rmtree(left, ignore_errors=True)
    put_folder(folder, _written(publication, files, target))
    return Issue(publication, folder)


def on_their_way(project: Project) -> list[Issue]:
    """Return issues of which it was never noted whether they arrived."""
    folders = (path for depth in DEPTHS for path in project.issued.glob(f"{depth}/{BRINGING}"))
    return [Issue(_read(folder), folder) for folder in sorted(folders)]


def on_its_way(project: Project, address: str) -> Issue | None:
    """Return the issue of a report of which it was never noted whether it arrived."""
    folder = project.issued / address / BRINGING
    return Issue(_read(folder), folder) if folder.is_dir() else None


def target_of(issue: Issue) -> str:
    """Return where an issue was to go."""
    return os.fsdecode((issue.folder / PLACE).read_bytes())


def arrived(issue: Issue) -> Issue:
    """Note that readers have an issue: from now on it stays as it is."""
    folder = issue.folder.with_name(f"v{issue.publication.number}")
    issue.folder.rename(folder)
    return Issue(issue.publication, folder)


def discard(issue: Issue) -> None:
    """Take back an issue that did not reach its readers: its number is free again."""
    aside = issue.folder.with_name(f"{ASIDE}{os.getpid()}")
    issue.folder.rename(aside)
    shutil.rmtree(aside)


def base_for(known: list[Issue], version: Version) -> Issue | None:
    """Return the last issue that tells something else than `version`.

    A report that is made anew after it was published is held against the issue before, as it was
    when it was drafted: equal inputs give equal pages.
    """
    for issue in reversed(known):
        if not revision(issue.version(), version).is_empty:
            return issue
    return None


def _written(
    publication: Publication, files: Mapping[str, bytes], target: str
) -> Iterator[tuple[str, bytes]]:
    yield from ((f"{FILES}/{name}", content) for name, content in files.items())
    yield PLACE, os.fsencode(target)
    yield RECORD, (publication.model_dump_json(indent=1) + "\n").encode()


def _read(folder: Path) -> Publication:
    try:
        return Publication.model_validate_json((folder / RECORD).read_bytes())
    except (ValueError, ValidationError) as error:
        raise EcoReportError(
            _("发布记录 {file} 已损坏，请从备份恢复。").format(file=folder / RECORD)
        ) from error
