"""Whether a report that stands would come out the same: known from hashes alone, in no time.

This module imports nothing that takes long, so that a run with nothing to do is over at once.
Whatever it cannot rule out is left to the run itself, which finds out step by step.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ecoreport.code import PACKAGE, digest_of, here
from ecoreport.i18n import _
from ecoreport.opened import are_settled, unnoticed
from ecoreport.papers import LINK, files_in, paper_digests
from ecoreport.pins import pins
from ecoreport.project import Pair, Project
from ecoreport.store import read_json, write_json

GIVEN = ("as_of", "locale", "edition", "draft", "engine")
"""Words of the command that make another report of the same district and year."""
NAMED = 3
MANIFEST, LEDGER, PUBLICATION = "manifest.json", "evidence.json", "publication.json"
Contents = dict[str, str]


@dataclass(frozen=True)
class Kept:
    """What a report was made from, and where it stands."""

    day: str
    """Some checks depend on the date."""
    contents: Contents
    """What it was made from: digests by path below the project, and other facts by name."""
    outputs: Contents
    """What was computed for it, by path below the project."""
    pairs: list[str]
    """Districts and years whose tables were read."""
    version: str
    """Folder of its files, below the project."""
    index: str
    """The page that opens it, below the project."""
    said: list[str]
    """What people were told."""


def house(project: Project) -> Contents:
    """Return what all reports depend on: code, packages, parameters, notebooks, templates."""
    folders = (project.params, project.expectations, project.notebooks, project.templates)
    with unnoticed():
        files = {
            name: state for folder in folders for name, state in _states(project, folder).items()
        }
    code = here().modules
    # Which years there are decides what is compared with.
    years = sorted(
        f"{source}/{path.parent.name}/{path.name}"
        for source in ("raw", "demonstration")
        for path in (project.root / "data" / source).glob("*/*")
        if path.is_dir()
    )
    return {
        **files,
        **{f"ecoreport {name}": digest for name, digest in code.items()},
        **{f"package {name}": version for name, version in pins(project).items()},
        "years": " ".join(years),
    }


def tables(project: Project, pairs: Iterable[Pair]) -> Contents:
    """Return what districts and years bring: tables, what was found of papers, what was issued."""
    found: Contents = {}
    pairs = list(pairs)
    with unnoticed():
        for pair in pairs:
            for folder in (project.raw(pair), project.demonstration(pair)):
                found |= _states(project, folder)
            issued = project.issued / pair.district / str(pair.year)
            others = [project.processed(pair) / LEDGER, *sorted(issued.rglob(PUBLICATION))]
            found |= {project.relative(one): digest_of(one) for one in others if one.exists()}
        for district in sorted({pair.district for pair in pairs}):
            found |= paper_digests(project, district)
    return found


def standing(
    project: Project, pair: Pair, given: Mapping[str, Any], now_of_house: Contents | None = None
) -> tuple[Kept | None, str]:
    """Return the report that stands, and why it does not hold; nothing where it does.

    Parameters
    ----------
    given : mapping
        The other words of the command: another language or day is another report.
    now_of_house : mapping, optional
        What :func:`house` returned just now, for whoever asks about many reports.
    """
    try:
        kept = Kept(**read_json(_path(project, pair, given)))
        now = (now_of_house or house(project)) | tables(project, map(_pair, kept.pairs))
        if kept.day != dt.date.today().isoformat():
            return kept, _("日期已变，部分校验与日期有关")
        if names := [
            name for name in {**kept.contents, **now} if kept.contents.get(name) != now.get(name)
        ]:
            return kept, _("{names} 有变化").format(names=listed(names))
        if not _is_whole(project, kept):
            return kept, _("结果已被删除或改动")
    except (OSError, ValueError, KeyError, TypeError):
        return None, _("还没有做过，或结果已被删除")
    return kept, ""


@dataclass(frozen=True)
class Start:
    """What a report is going to be made from, as it was before anything was read."""

    project: Project
    pair: Pair
    given: Mapping[str, Any]
    """The other words of the command."""
    pairs: tuple[Pair, ...]
    contents: Contents

    @classmethod
    def now(
        cls, project: Project, pair: Pair, given: Mapping[str, Any], pairs: Iterable[Pair]
    ) -> Start:
        """Look at everything as it is."""
        every = tuple(pairs)
        return cls(project, pair, given, every, house(project) | tables(project, every))

    def keep(self, made: Path, version: Path, index: Path, said: Iterable[str]) -> None:
        """Keep what a report was made from; nothing where a file changed meanwhile.

        Parameters
        ----------
        made : Path
            Folder of what was computed for it.
        version : Path
            Folder of its files.
        index : Path
            The page that opens it.
        said : iterable of str
        """
        project, path = self.project, _path(self.project, self.pair, self.given)
        own = (project.root / name for name in self.contents if "/" in name)
        if not are_settled([*own, *PACKAGE.rglob("*.py")]):
            path.unlink(missing_ok=True)
            return
        with unnoticed():
            outputs = {project.relative(one): digest_of(one) for one in files_in(made)}
        kept = Kept(
            day=dt.date.today().isoformat(),
            contents=self.contents,
            outputs=outputs,
            pairs=[str(one) for one in self.pairs],
            version=project.relative(version),
            index=project.relative(index),
            said=list(said),
        )
        write_json(path, asdict(kept))


def listed(names: Sequence[str]) -> str:
    """Return the first of many names, and how many there are."""
    shown = _("、").join(names[:NAMED])
    if len(names) <= NAMED:
        return shown
    return _("{names} 等 {n} 处").format(names=shown, n=len(names))


def _path(project: Project, pair: Pair, given: Mapping[str, Any]) -> Path:
    text = json.dumps(given, sort_keys=True, ensure_ascii=False)
    name = hashlib.sha256(text.encode()).hexdigest()[:12]
    return project.processed(pair) / f"report-{name}.json"


def _pair(text: str) -> Pair:
    district, _, year = text.partition("/")
    return Pair(district, int(year))


def _states(project: Project, folder: Path) -> Contents:
    """Return the digest of each file by its path; links are told of, not followed."""
    return {
        path.relative_to(project.root).as_posix(): LINK if path.is_symlink() else digest_of(path)
        for path in files_in(folder)
    }


def _is_whole(project: Project, kept: Kept) -> bool:
    """Whether the opening page leads to the version, and all is there as it was made."""
    version = project.root / kept.version
    manifest = (version / MANIFEST).read_bytes()
    files = json.loads(manifest)["files"]
    with unnoticed():
        return (
            hashlib.sha256(manifest).hexdigest().startswith(version.name)
            and f"{version.name}/index.html" in (project.root / kept.index).read_text("utf-8")
            and all(digest_of(version / name) == digest for name, digest in files.items())
            and all(digest_of(project.root / name) == one for name, one in kept.outputs.items())
        )
