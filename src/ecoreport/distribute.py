"""A tree of files to a folder that a web server or a share shows: all of it or nothing.

``releases/<hash>/`` holds a whole site and is never changed; ``current`` leads to one of them and
is replaced in one step; ``index.html`` opens it from a share as well.
"""

from __future__ import annotations

import filecmp
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from ecoreport.errors import BusyError, EcoReportError, InputError, reason_of
from ecoreport.i18n import _
from ecoreport.project import Project
from ecoreport.render.assemble import ASIDE, OPENING, prune_folders, sha256, write_whole

CURRENT = "current"
RELEASES = "releases"
SITE = "site.json"
"""In each release: the digest of every issue in it, by its address."""
LOCK = ".lock"
OWN = {OPENING, CURRENT, RELEASES, LOCK}
KEPT_RELEASES = 2
FILE_MODE = 0o644
FOLDER_MODE = 0o755

LEADS_TO = re.compile(rf'url={RELEASES}/([0-9a-f]{{16}})/{re.escape(OPENING)}"')

Tree = Mapping[str, bytes | Path]
"""Content, or a file that has it, by path below the site; forward slashes."""


@dataclass(frozen=True)
class Brought:
    """A site that its readers have."""

    opening: str
    """What opens it."""
    remarks: tuple[str, ...] = ()
    """What could not be done after they had it."""


_ISSUES = TypeAdapter(dict[str, str])


class ArrivalUnknownError(EcoReportError):
    """The way to the readers broke off, and whether they have the site cannot be looked up."""


def release_name(tree: Tree) -> str:
    """Return the name of a tree's release: the same content has the same name."""
    digests = {
        name: sha256(content if isinstance(content, bytes) else content.read_bytes())
        for name, content in sorted(tree.items())
    }
    return hashlib.sha256(json.dumps(digests).encode()).hexdigest()[:16]


def distribute(tree: Tree, target: Path) -> Brought:
    """Show `tree` in `target`, in the place of what stood there.

    Raises
    ------
    InputError
        If `target` is no place for it: somebody else's, or with issues that `tree` has not.
    BusyError
        If somebody publishes there at the moment.
    EcoReportError
        If something cannot be written. What stood there still opens.
    ArrivalUnknownError
        If the folder is gone in the middle of it.
    """
    try:
        _refuse_others(target)
        with _alone(target):
            refuse_unknown_issues(site_there(target), tree)
            name = release_name(tree)
            release = target / RELEASES / name
            if not _is_whole(release, tree):
                _stage(tree, release, shown(target))
            remarks = _switched(target, name)
    except OSError as error:
        raise EcoReportError(
            _("无法发布到 {target}：{reason}。原有报告未受影响。").format(
                target=target, reason=reason_of(error)
            )
        ) from error
    return Brought(str(target / OPENING), remarks)


def shown(target: Path) -> Path | None:
    """Return the release that readers of a folder are led to; None where there is none.

    That is where the link leads, or on a share without links the opening page.
    """
    if (target / CURRENT).is_dir():
        return (target / CURRENT).resolve()
    try:
        found = LEADS_TO.search((target / OPENING).read_text("utf-8", "replace"))
    except FileNotFoundError:
        return None
    release = target / RELEASES / found[1] if found else None
    return release if release and release.is_dir() else None


def site_there(target: Path) -> bytes:
    """Return `SITE` of what readers of a folder have; empty where there is nothing."""
    release = shown(target)
    known = release / SITE if release else None
    return known.read_bytes() if known and known.is_file() else b""


def refuse_project(project: Project, target: Path) -> None:
    """Stop where `target` lies in the project.

    Raises
    ------
    InputError
    """
    resolved = target.resolve()
    own = (project.root, Project.here().root)
    if any(root == resolved or root in resolved.parents for root in own):
        raise InputError(
            _("发布位置 {target} 在本项目文件夹之内，请另选文件夹。").format(target=target)
        )


def refuse_unknown_issues(site: bytes, tree: Tree) -> None:
    """Stop where what is published holds an issue that is not in `tree`: none is ever lost.

    Parameters
    ----------
    site : bytes
        `SITE` of what is published; empty where there is nothing.

    Raises
    ------
    InputError
        Also if `site` cannot be read.
    """
    own = tree[SITE]
    assert isinstance(own, bytes)  # noqa: S101 - made by the site
    there, here = issues_in(site), issues_in(own)
    unknown = sorted(address for address in there if there[address] != here.get(address))
    if unknown:
        raise InputError(
            _(
                "发布位置已有本项目没有发布过的内容：{names}。请换一个位置，或先恢复 data/issued。"
            ).format(names=_("、").join(unknown[:5]))
        )


def issues_in(site: bytes) -> Mapping[str, str]:
    """Return the digest of each issue that `SITE` lists.

    Raises
    ------
    InputError
        If it was damaged.
    """
    try:
        return _ISSUES.validate_json(site or b"{}")
    except ValidationError:
        raise InputError(
            _(
                "发布位置的 {name} 已损坏，无从知道那里已有什么。请从备份恢复 {current} 中的这个"
                "文件，或另选空文件夹。"
            ).format(name=SITE, current=CURRENT)
        ) from None


def opening_page(address: str = f"{CURRENT}/{OPENING}") -> bytes:
    """Return the page that leads from the folder to the site."""
    from ecoreport.render.style import environment  # noqa: PLC0415

    page = environment().get_template("opening.html.j2")
    title = _("生态环境评估报告")
    return (page.render(address=address, title=title, language_tag="zh-CN") + "\n").encode()


def write_tree(tree: Tree, folder: Path, before: Path | None = None) -> None:
    """Write a tree so that everyone may read it, whatever the umask.

    What `before` has alike is the same file there, and takes no room twice.
    """
    for name, content in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif not (before and _linked(before / name, content, path)):
            shutil.copyfile(content, path)
        path.chmod(FILE_MODE)
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            path.chmod(FOLDER_MODE)


def _linked(before: Path, content: Path, path: Path) -> bool:
    """Make `path` the same file as `before`, if that holds `content` and the system can."""
    try:
        if not filecmp.cmp(before, content, shallow=False):
            return False
        os.link(before, path)
    except OSError:
        return False
    return True


def _refuse_others(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise InputError(_("发布位置 {target} 不是文件夹。").format(target=target))
    if (target / RELEASES).is_symlink():
        raise InputError(
            _("发布位置 {target} 中的 {name} 是链接，不予写入。").format(
                target=target, name=RELEASES
            )
        )
    entries = {entry.name for entry in target.iterdir()} if target.is_dir() else set()
    refuse_other_names(str(target), entries)


def refuse_other_names(target: str, names: set[str]) -> None:
    """Stop where a folder holds anything that no publication has.

    Raises
    ------
    InputError
    """
    others = {name for name in names - OWN if not name.startswith(ASIDE)}
    if others or (names and RELEASES not in names and names - {LOCK}):
        raise InputError(
            _("发布位置 {target} 中已有其他内容，请另选空文件夹。").format(target=target)
        )


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Keep others out; the lock goes with the process."""
    (target / RELEASES).mkdir(parents=True, exist_ok=True)
    for folder in (target, target / RELEASES):
        folder.chmod(FOLDER_MODE)
    try:
        with FileLock(target / LOCK, timeout=0):
            yield
    except Timeout:
        raise BusyError(
            _("另一个任务正在发布到 {target}，请等它结束后再运行。").format(target=target)
        ) from None


def _is_whole(release: Path, tree: Tree) -> bool:
    """Whether a release is there with all that `tree` holds, and nothing else."""
    there = {
        path.relative_to(release).as_posix(): path for path in release.rglob("*") if path.is_file()
    }
    return there.keys() == tree.keys() and release_name(there) == release.name


def _stage(tree: Tree, release: Path, before: Path | None) -> None:
    aside = release.with_name(f"{ASIDE}{os.getpid()}")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        write_tree(tree, aside, before)
        if release.exists():  # somebody changed it: it goes out of the way, then is made anew
            release.rename(release.with_name(f"{ASIDE}{os.getpid()}-changed"))
        aside.rename(release)
    finally:
        # A disk that is full gets its room back.
        shutil.rmtree(aside, ignore_errors=True)


def _switched(target: Path, name: str) -> tuple[str, ...]:
    """Lead readers to a release and tidy up; return what failed once they had it."""
    try:
        _switch(target, name)
        _prune(target, name)
    except OSError as error:
        if not _leads_to(target, name):
            raise
        return (
            _("网站已更新，但 {target} 没有整理完：{reason}。下次发布时会补做。").format(
                target=target, reason=reason_of(error)
            ),
        )
    return ()


def _leads_to(target: Path, name: str) -> bool:
    try:
        release = shown(target)
    except OSError as error:
        raise ArrivalUnknownError(unknown_text(target, reason_of(error))) from error
    return release is not None and release.name == name


def unknown_text(target: object, reason: str) -> str:
    """Say that nobody can tell whether readers have what was on its way to them."""
    return _(
        "发布到 {target} 时中断，无从知道读者是否已看到：{reason}。请待其恢复后再发布一次，"
        "届时会先查明。"
    ).format(target=target, reason=reason)


def _switch(target: Path, name: str) -> None:
    """Lead readers to a release: all that can fail is done before the one step that does it."""
    before = shown(target)
    try:
        if before and not (target / CURRENT).exists():
            # A share that has links by now: they lead to the same before the page leads to them.
            _lead(target, before.name)
        _put(target / OPENING, opening_page())
        _lead(target, name)
    except OSError:
        if (target / CURRENT).exists():
            raise
        # A share without links: there the opening page is what is replaced in one step.
        _put(target / OPENING, opening_page(f"{RELEASES}/{name}/{OPENING}"))


def _lead(target: Path, name: str) -> None:
    """Replace the link by one to a release."""
    link = target / f"{ASIDE}{os.getpid()}"
    link.unlink(missing_ok=True)
    try:
        link.symlink_to(f"{RELEASES}/{name}", target_is_directory=True)
        link.replace(target / CURRENT)
    finally:
        link.unlink(missing_ok=True)


def _put(path: Path, page: bytes) -> None:
    """Write a page that everyone may read, where it is not there already."""
    if not path.is_file() or path.read_bytes() != page:
        write_whole(path, page, FILE_MODE)


def _prune(target: Path, current: str) -> None:
    """Remove what killed runs left, and all releases but the current one and the one before."""
    for link in target.glob(f"{ASIDE}*"):
        link.unlink()
    prune_folders(target / RELEASES, current, KEPT_RELEASES)
