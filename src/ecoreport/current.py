"""The version of a report that its index leads to, each file held against its manifest."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import ValidationError

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.project import Project
from ecoreport.render.assemble import MANIFEST, OPENING, VERSIONS, Manifest, sha256

DEPTHS = ("*/20??", "*/20??/*", "*/20??/*/*")
"""District and year; then a language, a day of data, or both."""
LEADS_TO = re.compile(rf'url={VERSIONS}/([0-9a-f]{{16}})/index\.html"')


def report_folders(project: Project) -> list[Path]:
    """Return the folders of all reports of a project, whether they can be read or not."""
    folders = (
        path.parent
        for depth in DEPTHS
        for path in (project.root / "reports").glob(f"{depth}/{VERSIONS}")
    )
    return sorted(folder for folder in folders if (folder / OPENING).is_file())


def read_current(report_folder: Path) -> tuple[Manifest, dict[str, bytes]]:
    """Read the current version of a report, each file checked against the manifest.

    Raises
    ------
    InputError
        As `current_manifest`, or if a file was changed.
    """
    manifest = current_manifest(report_folder)
    return manifest, _checked_files(report_folder / VERSIONS / manifest.version, manifest)


def current_manifest(report_folder: Path) -> Manifest:
    """Read the manifest of the version that a report's index leads to.

    Raises
    ------
    InputError
        If there is no report, or its index or manifest was changed by hand.
    """
    try:
        leads_to = LEADS_TO.search((report_folder / OPENING).read_text("utf-8"))
        version = leads_to[1] if leads_to else ""
        content = (report_folder / VERSIONS / version / MANIFEST).read_bytes()
        manifest = Manifest.model_validate_json(content)
    except FileNotFoundError as error:
        raise InputError(
            _("{folder} 中没有报告，请先生成：make report DISTRICT=… YEAR=…").format(
                folder=report_folder
            )
        ) from error
    except (OSError, ValueError, ValidationError) as error:
        raise InputError(
            _("报告 {folder} 无法读取，请重新生成。").format(folder=report_folder)
        ) from error
    if manifest.version != version or manifest.to_bytes() != content:
        raise InputError(
            _("报告 {folder} 的清单已被改动，请重新生成。").format(folder=report_folder)
        )
    return manifest


def standing(report_folder: Path) -> Manifest | None:
    """Return the manifest of a report; None where there is none, or it cannot be read."""
    try:
        return current_manifest(report_folder)
    except InputError:
        return None


def _checked_files(version: Path, manifest: Manifest) -> dict[str, bytes]:
    """Read a version's files; each must be what was verified."""
    files = {}
    for name, digest in manifest.files.items():
        path = version / name
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        if sha256(content) != digest:
            raise InputError(_("{file} 在核验之后被改动或缺失，请重新生成报告。").format(file=name))
        files[name] = content
    return files
