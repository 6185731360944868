"""A verified report to a folder that others read: whole or not at all."""

from __future__ import annotations

import stat
from pathlib import Path

from ecoreport.current import current_manifest, read_current
from ecoreport.errors import EcoReportError, InputError
from ecoreport.i18n import _
from ecoreport.project import Project
from ecoreport.render.assemble import (
    ASIDE,
    MANIFEST,
    OPENING,
    VERSIONS,
    Manifest,
    prune,
    put_version,
    write_whole,
)

FILE_MODE = 0o644
FOLDER_MODE = 0o755


def publish(report_folder: Path, target: Path) -> Path:
    """Copy the current version of a report to `target` and lead its index there.

    Parameters
    ----------
    report_folder : Path
        ``reports/<district>/<year>``.
    target : Path
        Folder of this one report, on a web server or a share; made where it is missing.

    Returns
    -------
    Path
        The index page in `target`.

    Raises
    ------
    InputError
        If there is no report, if it is a draft, is not verified, rests on demonstration data, tells
        of internal data or was changed after it was verified, or if `target` lies in the project or
        holds something else.
    EcoReportError
        If something cannot be written; what was published before still opens.
    """
    manifest = current_manifest(report_folder)
    _refuse_unfit(manifest)
    _manifest, files = read_current(report_folder)
    files = {**files, MANIFEST: manifest.to_bytes()}
    _refuse_target(target, manifest)
    try:
        version = put_version(target, files, manifest)
        for path in (target, target / VERSIONS, version, *version.rglob("*")):
            _open_to_readers(path)
        write_whole(target / OPENING, (report_folder / OPENING).read_bytes())
        _open_to_readers(target / OPENING)
        prune(target, manifest.version)
    except OSError as error:
        raise EcoReportError(
            _("无法发布到 {target}：{reason}。原有报告未受影响。").format(
                target=target, reason=error.strerror or error
            )
        ) from error
    return target / OPENING


def _refuse_unfit(manifest: Manifest) -> None:
    reasons = []
    if manifest.is_draft:
        reasons.append(_("报告为草稿，部分数据未通过校验"))
    if manifest.rests_on_demonstration:
        reasons.append(_("报告含演示数据"))
    if manifest.internal_datasets:
        names = _("、").join(manifest.internal_datasets)
        text = _("报告用到内部数据（{names}），只供内部使用；公开版请用 EDITION=public 另出")
        reasons.append(text.format(names=names))
    if not manifest.is_verified:
        reasons.append(_("报告未通过核验，请执行 make verify"))
    if reasons:
        raise InputError(
            _("不予发布《{title}》：{reasons}。").format(
                title=manifest.title, reasons=_("；").join(reasons)
            )
        )


def _refuse_target(target: Path, manifest: Manifest) -> None:
    project = Project.here().root
    resolved = target.resolve()
    if resolved == project or project in resolved.parents:
        raise InputError(
            _("发布位置 {target} 在本项目文件夹之内，请另选文件夹。").format(target=target)
        )
    if target.exists() and not target.is_dir():
        raise InputError(_("发布位置 {target} 不是文件夹。").format(target=target))
    if (target / VERSIONS).is_symlink():
        raise InputError(
            _("发布位置 {target} 中的 {name} 是链接，不予写入。").format(
                target=target, name=VERSIONS
            )
        )
    entries = {entry.name for entry in target.iterdir()} if target.is_dir() else set()
    if all(name == VERSIONS or name.startswith(ASIDE) for name in entries):
        return  # empty, or a publication that was cut off
    try:
        there = current_manifest(target)
    except InputError:
        there = None
    if there is None or there.key != manifest.key:
        raise InputError(
            _("发布位置 {target} 中已有其他内容，请为《{title}》另选空文件夹。").format(
                target=target, title=manifest.title
            )
        )


def _open_to_readers(path: Path) -> None:
    """Let everyone read, whatever the umask; a share without such modes keeps its own."""
    wanted = FOLDER_MODE if path.is_dir() else FILE_MODE
    if stat.S_IMODE(path.stat().st_mode) != wanted:
        path.chmod(wanted)
