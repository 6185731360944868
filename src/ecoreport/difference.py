"""How a report differs from what was published last, or from another year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ecoreport.config.catalogue import Catalogue
from ecoreport.current import read_current
from ecoreport.i18n import _
from ecoreport.project import Project
from ecoreport.publications import Publication, base_for, issues_of
from ecoreport.render.assemble import write_whole
from ecoreport.revised import essence, groups
from ecoreport.revision import DOWNLOAD, Revision, read_version, revision

LINES_PRINTED = 20


@dataclass(frozen=True)
class Difference:
    """Two versions held against each other."""

    title: str
    """What is held against what."""
    revision: Revision
    name: str
    """Of the files that tell it: ``diff`` or ``diff-2017``."""


def since_published(project: Project, address: str) -> Difference | None:
    """Return how a report differs from its last issue that differs; None before the first.

    Raises
    ------
    InputError
        If there is no report.
    """
    manifest, files = read_current(project.root / "reports" / address)
    now = read_version(files[DOWNLOAD])
    known = issues_of(project, address)
    base = base_for(known, now) or (known[-1] if known else None)
    if base is None:
        return None
    title = _("{title}：与{issue}相比").format(
        title=manifest.title, issue=issue_text(base.publication)
    )
    return Difference(title, revision(base.version(), now), "diff")


def against_year(project: Project, address: str, other: str, year: int) -> Difference:
    """Return how a report differs from that of another year.

    Parameters
    ----------
    other : str
        Address of the other year's report; its last issue counts, or else the report at hand.

    Raises
    ------
    InputError
        If either is not there.
    """
    manifest, files = read_current(project.root / "reports" / address)
    published = issues_of(project, other)
    if published:
        before = published[-1].version()
    else:
        _other, of_other = read_current(project.root / "reports" / other)
        before = read_version(of_other[DOWNLOAD])
    title = _("{title}：与{year}年相比").format(title=manifest.title, year=year)
    return Difference(title, revision(before, read_version(files[DOWNLOAD])), f"diff-{year}")


def issue_text(publication: Publication) -> str:
    """Name an issue: 2019-03-01发布的第1版."""
    return _("{day}发布的第{n}版").format(
        day=publication.published_at.date().isoformat(), n=publication.number
    )


def write_difference(catalogue: Catalogue, difference: Difference, folder: Path) -> list[Path]:
    """Write a difference beside a report, as a page and as JSON; neither is ever published."""
    from ecoreport.website.frame import site_page  # noqa: PLC0415 - fonts load for the page alone

    page = site_page(
        "difference",
        catalogue,
        is_alone=True,
        title=difference.title,
        essence=essence(difference.revision),
        groups=groups(catalogue, difference.revision),
        is_preview=False,
        ways=(),
        languages=(),
        here="",
    )
    written = []
    for suffix, content in (
        (".html", page),
        (".json", (difference.revision.model_dump_json(indent=1) + "\n").encode()),
    ):
        path = folder / f"{difference.name}{suffix}"
        write_whole(path, content)
        written.append(path)
    return written


def lines(catalogue: Catalogue, difference: Difference) -> Iterator[str]:
    """Yield a difference as lines for a terminal; long lists are cut, and say so."""
    yield difference.title
    yield essence(difference.revision)
    for group in groups(catalogue, difference.revision):
        yield ""
        yield f"{group.title}（{len(group.lines)}）"
        for line in group.lines[:LINES_PRINTED]:
            yield f"  {line.what}{_('：')}{line.before} → {line.after}"
        left = len(group.lines) - LINES_PRINTED
        if left > 0:
            yield "  " + _("……另有{n}项，见页面").format(n=left)
