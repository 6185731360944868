"""An approved report onto the site that others read: with all that was published before it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from ecoreport.approve import Approval, approval_of, free_text, refuse_unfinished
from ecoreport.config.catalogue import Catalogue
from ecoreport.current import read_current
from ecoreport.distribute import distribute, refuse_project
from ecoreport.errors import BusyError, EcoReportError, InputError
from ecoreport.i18n import _, current_locale, use_locale
from ecoreport.project import Project
from ecoreport.publications import Issue, Publication, add_issue, issues, issues_of, withdraw
from ecoreport.remote import RemoteTarget, distribute_remotely, remote_target
from ecoreport.render.assemble import Manifest, sha256
from ecoreport.render.standing import Release, issue
from ecoreport.revision import DOWNLOAD, Revision, read_version, revision
from ecoreport.website.tree import published_tree, way_back

LONGEST_REASON = 300


@dataclass(frozen=True)
class Published:
    """What came of it."""

    publication: Publication
    is_new: bool
    """False where this content had been published before, and was only brought to the target."""
    opening: str
    """What opens the site."""


@dataclass(frozen=True)
class Draft:
    """A report that may leave the house, and the issues of it before."""

    address: str
    manifest: Manifest
    files: Mapping[str, bytes]
    approval: Approval
    before: list[Issue]


def publish(
    project: Project,
    catalogue: Catalogue,
    address: str,
    target: str,
    now: dt.datetime,
    why_revised: str = "",
) -> Published:
    """Bring the current version of a report to `target`, with the site around it.

    Parameters
    ----------
    address : str
        Folder of the report below ``reports``: ``hailing/2018``.
    target : str
        A folder, or ``user@host:path``.
    now : datetime
        With its time zone.
    why_revised : str
        What changed and why; asked for where the report was published before.

    Raises
    ------
    InputError
        If there is no report, it is not fit to leave the house, nobody approved this very content,
        or `target` is no place for it.
    BusyError
        If somebody publishes at the moment.
    EcoReportError
        If something cannot be written; what was published before still opens.
    """
    place = remote_target(target) or Path(target)
    if isinstance(place, Path):
        refuse_project(project, place)
    manifest, files = read_current(project.root / "reports" / address)
    approval = _fit_to_leave(project, address, manifest, files)
    with _alone(project):
        known = issues_of(project, address)
        if known and _is_same(known[-1].publication, manifest, approval):
            opening = _bring(catalogue, issues(project), place)
            return Published(known[-1].publication, is_new=False, opening=opening)
        draft = Draft(address, manifest, files, approval, known)
        publication, issued = _issued(catalogue, draft, why_revised, now)
        added = add_issue(project, publication, issued)
        try:
            opening = _bring(catalogue, issues(project), place)
        except EcoReportError:
            withdraw(added)
            raise
    return Published(publication, is_new=True, opening=opening)


def _is_same(publication: Publication, manifest: Manifest, approval: Approval) -> bool:
    """Whether this content was published with these names already."""
    unnoticed = {"approved_at": publication.approval.approved_at}
    same_names = approval.model_copy(update=unnoticed) == publication.approval
    return publication.manifest == manifest and same_names


def _bring(
    catalogue: Catalogue, known: Mapping[str, list[Issue]], place: Path | RemoteTarget
) -> str:
    tree = published_tree(catalogue, known)
    if isinstance(place, RemoteTarget):
        return distribute_remotely(tree, place)
    return str(distribute(tree, place))


def _fit_to_leave(
    project: Project, address: str, manifest: Manifest, files: Mapping[str, bytes]
) -> Approval:
    """Return who answers for a report, if it may be published."""
    refuse_unfinished(manifest, _("不予发布"))
    reasons = []
    if manifest.internal_datasets:
        names = _("、").join(manifest.internal_datasets)
        reasons.append(_("报告用到内部数据（{names}）").format(names=names))
    if _has_internal_marks(manifest, files):
        reasons.append(_("报告为内部版，含临界标记"))
    if reasons:
        raise InputError(
            _("不予发布《{title}》：{reasons}；公开版请用 EDITION=public 另出。").format(
                title=manifest.title, reasons=_("；").join(reasons)
            )
        )
    approval = approval_of(project, address, manifest)
    if approval is None:
        raise InputError(
            _(
                "不予发布《{title}》：尚未签发，或签发之后内容有改动。请先执行 make approve，"
                "写明 COMPILED_BY、CHECKED_BY、RELEASED_BY。"
            ).format(title=manifest.title)
        )
    return approval


def _has_internal_marks(manifest: Manifest, files: Mapping[str, bytes]) -> bool:
    """Whether anything in a report tells how close a verdict was (临界)."""
    told = json.loads(files.get(DOWNLOAD, b"{}"))
    with _speaking(manifest.locale):
        mark = f"<dt>{_('临界')}</dt>".encode()
    return any("fragility" in one for one in told.get("verdicts", ())) or any(
        mark in content for name, content in files.items() if name.endswith(".html")
    )


def _issued(
    catalogue: Catalogue, draft: Draft, why_revised: str, now: dt.datetime
) -> tuple[Publication, dict[str, bytes]]:
    """Return the next issue of a report, its pages with the names of those who answer for it."""
    number = draft.before[-1].publication.number + 1 if draft.before else 1
    why = free_text(why_revised, "WHY_REVISED", LONGEST_REASON) if number > 1 else ""
    if number > 1 and not why:
        raise InputError(
            _(
                "《{title}》已发布过，再次发布为修订（第{n}版）。请用 WHY_REVISED 写明改了什么、"
                "为什么。"
            ).format(title=draft.manifest.title, n=number)
        )
    approval = draft.approval
    with _speaking(draft.manifest.locale):
        release = Release(
            compiled_by=approval.compiled_by,
            checked_by=approval.checked_by,
            released_by=approval.released_by,
            released_on=approval.approved_at.date(),
            number=number,
            why_revised=why,
            way=way_back(catalogue, draft.address, draft.manifest.locale),
        )
        files = {
            name: issue(content.decode(), release).encode() if name.endswith(".html") else content
            for name, content in draft.files.items()
        }
    publication = Publication(
        address=draft.address,
        number=number,
        manifest=draft.manifest,
        approval=approval,
        published_at=now,
        why_revised=why,
        revision=_revision(draft),
        files={name: sha256(content) for name, content in files.items()},
    )
    return publication, files


def _revision(draft: Draft) -> Revision:
    if not draft.before:
        return Revision()
    return revision(draft.before[-1].version(), read_version(draft.files[DOWNLOAD]))


@contextmanager
def _speaking(locale: str) -> Iterator[None]:
    """Make messages in a report's own language."""
    before = current_locale()
    use_locale(locale)
    try:
        yield
    finally:
        use_locale(before)


@contextmanager
def _alone(project: Project) -> Iterator[None]:
    """Let one publication at a time number its issues; the lock goes with the process."""
    project.issued.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(project.issued / ".lock", timeout=0):
            yield
    except Timeout:
        raise BusyError(_("另一个任务正在发布，请等它结束后再运行。")) from None
