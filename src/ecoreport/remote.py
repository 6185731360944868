"""The same on another machine, by rsync over ssh: nothing of it passes through a shell here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ecoreport.distribute import (
    CURRENT,
    RELEASES,
    SITE,
    Tree,
    opening_page,
    refuse_other_names,
    refuse_unknown_issues,
    release_name,
    write_tree,
)
from ecoreport.errors import EcoReportError, InputError
from ecoreport.i18n import _
from ecoreport.render.assemble import OPENING

USER_AT_HOST = re.compile(r"([A-Za-z_][A-Za-z0-9_.-]*)@([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)")
PLAIN_PATH = re.compile(r"[\w./][\w./+,=~-]*")
NOT_THERE = 23
"""rsync's exit code where a part of what was asked for could not be read."""


@dataclass(frozen=True)
class RemoteTarget:
    """A folder on another machine."""

    host: str
    """``user@host``."""
    path: str

    def __str__(self) -> str:
        return f"{self.host}:{self.path}"

    def below(self, name: str) -> str:
        """Return what rsync calls a file or folder in it."""
        return f"{self.host}:{self.path.rstrip('/')}/{name}"


def remote_target(text: str) -> RemoteTarget | None:
    """Return the folder that ``user@host:path`` names; None where it is one of this machine.

    Raises
    ------
    InputError
        If user, host or path hold anything that another machine's shell could take for more.
    """
    host, colon, path = text.partition(":")
    if not colon or "@" not in host or "/" in host or "\\" in host:
        return None
    parts = path.split("/")
    if (
        not USER_AT_HOST.fullmatch(host)
        or not PLAIN_PATH.fullmatch(path)
        or ".." in parts
        or any(part.startswith("-") for part in parts)
    ):
        raise InputError(
            _(
                "TARGET 应为文件夹或 用户@主机:路径，路径只含字母、数字、汉字和 . _ - /；"
                "收到的是 {text!r}"
            ).format(text=text[:80])
        )
    return RemoteTarget(host, path)


def distribute_remotely(tree: Tree, target: RemoteTarget) -> str:
    """Show `tree` in a folder of another machine, in the place of what stood there.

    The release is uploaded beside those that are there, then one link is replaced.

    Returns
    -------
    str
        What opens the site.

    Raises
    ------
    InputError
        If rsync is not installed, or the folder is no place for the site.
    EcoReportError
        If the other machine cannot be reached or written to. What stood there still opens.
    """
    if shutil.which("rsync") is None:
        raise InputError(
            _("发布到 {target} 需要 rsync，本机没有安装。请安装 rsync，或发布到文件夹。").format(
                target=target
            )
        )
    name = release_name(tree)
    with tempfile.TemporaryDirectory(prefix="ecoreport-") as folder:
        stage = Path(folder)
        refuse_other_names(str(target), _names_there(target))
        refuse_unknown_issues(_site_there(target, stage), tree)
        _make_folders(target, stage)
        write_tree(tree, stage / "release")
        _send(
            [
                "--recursive",
                "--checksum",
                "--delete",
                f"--link-dest=../../{CURRENT}/",
            ],
            f"{stage / 'release'}/",
            target.below(f"{RELEASES}/{name}/"),
        )
        _switch(target, stage, name)
    return target.below(OPENING)


def _names_there(target: RemoteTarget) -> set[str]:
    """Return what stands in the folder; nothing where it is not there yet."""
    answer = _rsync(["--list-only"], target.below(""))
    if answer.returncode == NOT_THERE:
        return set()
    _raise_if_failed(answer, target)
    # Lines are: mode, size, date, time, name; a link's name is followed by where it leads.
    lines = (line.split(maxsplit=4) for line in answer.stdout.splitlines())
    names = (parts[4].split(" -> ")[0] for parts in lines if len(parts) == 5)
    return {name for name in names if name != "."}


def _site_there(target: RemoteTarget, stage: Path) -> bytes:
    copy = stage / "there.json"
    answer = _rsync([], target.below(f"{CURRENT}/{SITE}"), str(copy))
    if answer.returncode == NOT_THERE:
        return b""
    _raise_if_failed(answer, target)
    return copy.read_bytes()


def _make_folders(target: RemoteTarget, stage: Path) -> None:
    (stage / "folders" / RELEASES).mkdir(parents=True)
    _send(["--recursive"], f"{stage / 'folders'}/", target.below(""))


def _switch(target: RemoteTarget, stage: Path, name: str) -> None:
    """Replace the link: rsync makes the new one aside and renames it over the old one."""
    front = stage / "front"
    front.mkdir()
    (front / OPENING).write_bytes(opening_page())
    (front / CURRENT).symlink_to(f"{RELEASES}/{name}")
    _send(["--recursive", "--links", "--checksum"], f"{front}/", target.below(""))


def _send(options: Sequence[str], source: str, destination: str) -> None:
    answer = _rsync([*options, "--chmod=D755,F644"], source, destination)
    _raise_if_failed(answer, destination)


def _rsync(options: Sequence[str], *places: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - a list of words, checked above, after "--"
        ["rsync", "--protect-args", *options, "--", *places],  # noqa: S607 - found on the path
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )


def _raise_if_failed(answer: subprocess.CompletedProcess[str], target: object) -> None:
    if answer.returncode:
        said = [line for line in answer.stderr.splitlines() if line.strip()]
        raise EcoReportError(
            _("无法发布到 {target}：{reason}。原有报告未受影响。").format(
                target=target, reason=said[0][:200] if said else f"rsync {answer.returncode}"
            )
        )
