"""Approved reports onto the site that others read: with all that was published before them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from ecoreport.approve import ROLES, Approval, approval_of, free_text, refuse_unfinished
from ecoreport.config.catalogue import Catalogue
from ecoreport.current import current_manifest, read_current
from ecoreport.distribute import (
    ArrivalUnknownError,
    Brought,
    distribute,
    issues_in,
    refuse_project,
    site_there,
)
from ecoreport.errors import BusyError, EcoReportError, InputError
from ecoreport.i18n import _, current_locale, use_locale
from ecoreport.project import Project
from ecoreport.publications import (
    Issue,
    Publication,
    arrived,
    discard,
    issues,
    issues_of,
    on_its_way,
    on_their_way,
    prepare_issue,
    target_of,
)
from ecoreport.remote import RemoteTarget, distribute_remotely, remote_target, site_on
from ecoreport.render.assemble import Manifest, sha256
from ecoreport.render.standing import Release, issue
from ecoreport.revision import DOWNLOAD, Revision, read_version, revision
from ecoreport.website.tree import published_tree, way_back

LONGEST_REASON = 300


@dataclass(frozen=True)
class Published:
    """What came of one report."""

    publication: Publication
    is_new: bool
    """False where this content had been published before, and was only brought to the target."""


@dataclass(frozen=True)
class Delivery:
    """What came of all that were to be published."""

    published: tuple[Published, ...]
    refused: Mapping[str, InputError]
    """Why a report stays in the house, by its address."""
    site: Brought


@dataclass(frozen=True)
class Draft:
    """A report that may leave the house, and the issues of it before."""

    address: str
    manifest: Manifest
    files: Mapping[str, bytes]
    approval: Approval
    before: list[Issue]


@dataclass(frozen=True)
class Publishing:
    """One publication of some reports.

    Attributes
    ----------
    place : Path or RemoteTarget
        Where the site goes.
    now : datetime
        With its time zone.
    why_revised : str
        What changed and why; asked for where a report was published before.
    """

    project: Project
    catalogue: Catalogue
    place: Path | RemoteTarget
    now: dt.datetime
    why_revised: str = ""


def publish(
    project: Project,
    catalogue: Catalogue,
    addresses: Sequence[str],
    target: str,
    now: dt.datetime,
    why_revised: str = "",
) -> Delivery:
    """Bring the current versions of reports to `target` in one step, with the site around them.

    Parameters
    ----------
    addresses : sequence of str
        Folders of the reports below ``reports``: ``hailing/2018``.
    target : str
        A folder, or ``user@host:path``.
    now : datetime
        With its time zone.
    why_revised : str
        What changed and why; asked for where a report was published before.

    Raises
    ------
    InputError
        If none of the reports is there, fit to leave the house and approved with this very
        content, or `target` is no place for it.
    BusyError
        If somebody publishes at the moment.
    EcoReportError
        If something cannot be written; what was published before still opens.
    """
    place = remote_target(target) or Path(target).absolute()
    if isinstance(place, Path):
        refuse_project(project, place)
    publishing = Publishing(project, catalogue, place, now, why_revised)
    with _alone(project):
        _settle(project)
        return _published(publishing, addresses)


def _published(publishing: Publishing, addresses: Sequence[str]) -> Delivery:
    project, place = publishing.project, publishing.place
    found: list[Published] = []
    refused: dict[str, InputError] = {}
    fresh: list[Issue] = []
    try:
        for address in addresses:
            try:
                last = _published_last(project, address)
                if last is None:
                    fresh.append(_prepared(publishing, _draft(project, address)))
                found.append(Published(last or fresh[-1].publication, is_new=last is None))
            except InputError as error:
                refused[address] = error
        if not found:
            raise _nothing(refused)
        known = issues(project)
        for one in fresh:
            known.setdefault(one.publication.address, []).append(one)
        site = _bring(published_tree(publishing.catalogue, known), place)
    except ArrivalUnknownError:
        raise
    except EcoReportError:
        for one in fresh:
            discard(one)
        raise
    for one in fresh:
        arrived(one)
    return Delivery(tuple(found), refused, site)


def _nothing(refused: Mapping[str, InputError]) -> InputError:
    """Return why nothing at all can be published."""
    if len(refused) == 1:
        (only,) = refused.values()
        return only
    return InputError("\n".join([_("没有可以发布的报告。"), *refusals(refused)]))


def refusals(refused: Mapping[str, InputError]) -> list[str]:
    """Return a line for each report that stays in the house."""
    return [f"{address}{_('：')}{error}" for address, error in refused.items()]


def _settle(project: Project) -> None:
    """Find out what became of issues whose publication was ended in the middle.

    Readers have an issue if the place that it was to go to lists it: then it counts as published.
    If not, its number is free. Where the place cannot be looked at it stays as it is.
    """
    for found in on_their_way(project):
        publication, target = found.publication, target_of(found)
        try:
            place = remote_target(target) or Path(target)
            site = site_on(place) if isinstance(place, RemoteTarget) else site_there(place)
            digest = issues_in(site).get(publication.name)
        except (EcoReportError, OSError):
            continue
        if digest == publication.manifest.digest:
            arrived(found)
        else:
            discard(found)


def _bring(tree: Mapping[str, bytes | Path], place: Path | RemoteTarget) -> Brought:
    if isinstance(place, RemoteTarget):
        return distribute_remotely(tree, place)
    return distribute(tree, place)


def _published_last(project: Project, address: str) -> Publication | None:
    """Return a report's last issue, if it has the content at hand and the same names."""
    known = issues_of(project, address)
    manifest = current_manifest(project.root / "reports" / address)
    approval = approval_of(project, address, manifest)
    last = known[-1].publication if known else None
    if last is None or approval is None or last.manifest != manifest:
        return None
    has_same_names = all(getattr(approval, role) == getattr(last.approval, role) for role in ROLES)
    return last if has_same_names else None


def _draft(project: Project, address: str) -> Draft:
    """Return a report that may leave the house.

    Raises
    ------
    InputError
        If there is none, it must stay, or nobody can tell what became of its last publication.
    """
    left = on_its_way(project, address)
    if left:
        raise InputError(
            _(
                "《{title}》上次发布到 {target} 时中断，现在连不上，无从知道读者是否已看到。"
                "请待其恢复后再发布；如确未发布，请删除文件夹 {folder}。"
            ).format(
                title=left.publication.manifest.title,
                target=target_of(left),
                folder=project.relative(left.folder),
            )
        )
    manifest, files = read_current(project.root / "reports" / address)
    approval = _fit_to_leave(project, address, manifest, files)
    return Draft(address, manifest, files, approval, issues_of(project, address))


def _prepared(publishing: Publishing, draft: Draft) -> Issue:
    publication, files = _issued(publishing, draft)
    return prepare_issue(publishing.project, publication, files, str(publishing.place))


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
        reasons.append(
            _("报告含临界标记（注明哪些结论接近目标、换一种算法或计入误差就会改变，只供内部使用）")
        )
    if not manifest.is_public:
        reasons.append(_("报告为内部版"))
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


def _issued(publishing: Publishing, draft: Draft) -> tuple[Publication, dict[str, bytes]]:
    """Return the next issue of a report, its pages with the names of those who answer for it."""
    number = draft.before[-1].publication.number + 1 if draft.before else 1
    given = free_text(publishing.why_revised, "WHY_REVISED", LONGEST_REASON)
    why = given if number > 1 else ""
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
            way=way_back(publishing.catalogue, draft.address, draft.manifest.locale),
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
        published_at=publishing.now,
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
