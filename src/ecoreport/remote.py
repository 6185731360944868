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
    ArrivalUnknownError,
    Brought,
    Tree,
    opening_page,
    refuse_other_names,
    refuse_unknown_issues,
    release_name,
    unknown_text,
    write_tree,
)
from ecoreport.errors import EcoReportError, InputError
from ecoreport.i18n import _
from ecoreport.message import N_
from ecoreport.render.assemble import OPENING

USER_AT_HOST = re.compile(r"([A-Za-z_][A-Za-z0-9_.-]*)@([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)")
PLAIN_PATH = re.compile(r"[\w./][\w./+,=~-]*")
NOT_THERE = 23
"""rsync's exit code where a part of what was asked for could not be read."""
SILENCE_SECONDS = 120
"""How long the other machine may say nothing."""
SSH_OPTIONS = ("BatchMode=yes", "ConnectTimeout=20")
"""Nobody is there to type a password, or to trust a machine at first sight."""
KNOWN_REASONS = {
    "timeout": N_("对方长时间没有应答"),
    "timed out": N_("对方长时间没有应答"),
    "Host key verification failed": N_("请先用 ssh 登录一次，核对并记下对方的主机密钥"),
    "Permission denied (13)": N_("没有权限"),
    "Permission denied": N_("ssh 须能用密钥登录，发布时不能输密码"),
}
"""By what ssh and rsync say."""


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


def distribute_remotely(tree: Tree, target: RemoteTarget) -> Brought:
    """Show `tree` in a folder of another machine, in the place of what stood there.

    The release is uploaded beside those that are there, then one link is replaced.

    Raises
    ------
    InputError
        If rsync is not installed, or the folder is no place for the site.
    EcoReportError
        If the other machine cannot be reached or written to. What stood there still opens.
    ArrivalUnknownError
        If it is gone in the middle of the last step.
    """
    name = release_name(tree)
    with tempfile.TemporaryDirectory(prefix="ecoreport-") as folder:
        stage = Path(folder)
        refuse_other_names(str(target), _names_there(target))
        refuse_unknown_issues(site_on(target), tree)
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
        _put_opening_page(target, stage)
        try:
            _lead(target, stage, name)
        except EcoReportError as error:
            if not _has(target, tree, str(error)):
                raise
    return Brought(target.below(OPENING))


def site_on(target: RemoteTarget) -> bytes:
    """Return `SITE` of what readers of another machine have; empty where there is nothing.

    Raises
    ------
    InputError
        If rsync is not installed.
    EcoReportError
        If the other machine cannot be reached.
    """
    with tempfile.TemporaryDirectory(prefix="ecoreport-") as folder:
        copy = Path(folder) / SITE
        answer = _rsync([], target.below(f"{CURRENT}/{SITE}"), str(copy))
        if answer.returncode == NOT_THERE:
            return b""
        _raise_if_failed(answer, target)
        return copy.read_bytes()


def _has(target: RemoteTarget, tree: Tree, reason: str) -> bool:
    """Whether readers have `tree` although its way broke off."""
    try:
        return site_on(target) == tree[SITE]
    except EcoReportError as error:
        raise ArrivalUnknownError(unknown_text(target, reason)) from error


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


def _make_folders(target: RemoteTarget, stage: Path) -> None:
    (stage / "folders" / RELEASES).mkdir(parents=True)
    _send(["--recursive"], f"{stage / 'folders'}/", target.below(""))


def _put_opening_page(target: RemoteTarget, stage: Path) -> None:
    front = stage / "front"
    front.mkdir()
    (front / OPENING).write_bytes(opening_page())
    _send(["--recursive", "--checksum"], f"{front}/", target.below(""))


def _lead(target: RemoteTarget, stage: Path, name: str) -> None:
    """Replace the link: rsync makes the new one aside and renames it over the old one."""
    link = stage / CURRENT
    link.symlink_to(f"{RELEASES}/{name}")
    _send(["--links"], str(link), target.below(""))


def _send(options: Sequence[str], source: str, destination: str) -> None:
    # Without --perms the other side's umask would decide.
    answer = _rsync([*options, "--perms", "--chmod=D755,F644"], source, destination)
    _raise_if_failed(answer, destination)


def _rsync(options: Sequence[str], *places: str) -> subprocess.CompletedProcess[str]:
    if shutil.which("rsync") is None:
        raise InputError(
            _("发布到另一台机器需要 rsync，本机没有安装。请安装 rsync，或发布到文件夹。")
        )
    return subprocess.run(  # noqa: S603 - a list of words, checked above, after "--"
        [  # noqa: S607 - found on the path
            "rsync",
            "--protect-args",
            f"--timeout={SILENCE_SECONDS}",
            *options,
            "--",
            *places,
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        env={**os.environ, "LC_ALL": "C", "RSYNC_RSH": _shell()},
    )


def _shell() -> str:
    """Return what rsync reaches the other machine with: what a person set, or ssh.

    ssh is told to ask nothing.
    """
    given = os.environ.get("RSYNC_RSH") or "ssh"
    if Path(given.split()[0]).stem != "ssh":
        return given
    return " ".join((given, *(f"-o {option}" for option in SSH_OPTIONS)))


def _raise_if_failed(answer: subprocess.CompletedProcess[str], target: object) -> None:
    if answer.returncode:
        raise EcoReportError(
            _("无法发布到 {target}：{reason}。原有报告未受影响。").format(
                target=target, reason=_reason(answer)
            )
        )


def _reason(answer: subprocess.CompletedProcess[str]) -> str:
    said = [line.strip() for line in answer.stderr.splitlines() if line.strip()]
    own = said[0][:200] if said else f"rsync {answer.returncode}"
    known = (words for mark, words in KNOWN_REASONS.items() if mark in answer.stderr)
    words = next(known, "")
    return f"{_(words)} ({own})" if words else own
