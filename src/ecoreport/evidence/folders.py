"""The folders that people put papers into: one a year, a field and an indicator."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from ecoreport.config.catalogue import CompletePlan
from ecoreport.errors import InputError
from ecoreport.evidence.required import fields_of
from ecoreport.i18n import _

NOT_IN_NAMES: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
"""What Windows does not allow in the name of a folder."""
LONGEST_NAME: Final = 40
NUMBER: Final = re.compile(r"\s*0*(\d{1,4})(?!\d)")


def make_folders(folder: Path, plan: CompletePlan) -> None:
    """Make the folders of a year that are not there yet.

    A folder is known by the number before its name: people may rename the rest of it. Nothing
    that stands there is moved, renamed or removed.

    Parameters
    ----------
    folder : pathlib.Path
        Of the year.
    plan : CompletePlan

    Raises
    ------
    InputError
        If a link or a file stands where a folder should be.
    """
    folder.parent.parent.mkdir(parents=True, exist_ok=True)
    for path in (folder.parent, folder):
        _make(path)
    fields = _numbered(folder)
    for one in fields_of(plan):
        place = fields.get(one.number) or folder / folder_name(one.number, one.field.name_zh)
        _make(place)
        indicators = _numbered(place)
        for commitment in one.commitments:
            seq = commitment.seq or 0
            _make(indicators.get(seq) or place / folder_name(seq, commitment.title_zh))


def folder_name(number: int, title: str) -> str:
    """Return a name that every system takes: ``09 环境空气质量改善``."""
    words = NOT_IN_NAMES.sub("_", title)[:LONGEST_NAME]
    return f"{number:02d} {words}".rstrip(" .")


def number_of(name: str) -> int | None:
    """Return the number before a folder's name, or None."""
    found = NUMBER.match(name)
    return int(found[1]) if found else None


def _numbered(folder: Path) -> dict[int, Path]:
    """Return what stands in a folder by the number before its name, the first name first."""
    found: dict[int, Path] = {}
    for path in sorted(folder.iterdir()):
        number = number_of(path.name)
        if number is not None and (path.is_dir() or path.is_symlink()):
            found.setdefault(number, path)
    return found


def _make(path: Path) -> None:
    """Make one folder; a link is never followed, it may lead out of the project."""
    if path.is_symlink() or (path.exists() and not path.is_dir()):
        raise InputError(_("{path} 应是文件夹，现在是链接或文件。请移走后再运行").format(path=path))
    path.mkdir(exist_ok=True)
