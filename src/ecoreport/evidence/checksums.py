"""What the files were when they were registered: SHA-256, in the form of ``sha256sum``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.store import write_aside

FILE_NAME: Final = "SHA256SUMS"
LINE: Final = re.compile(r"([0-9a-f]{64})  (.+)")


def read_checksums(path: Path, name: str) -> dict[str, str]:
    """Return the hashes by file; none where there is no such list yet.

    Parameters
    ----------
    path : pathlib.Path
    name : str
        How messages call the list.

    Raises
    ------
    InputError
        If a line is not as ``sha256sum`` writes it.
    """
    if not path.exists():
        return {}
    found = {}
    try:
        lines = path.read_text("utf-8").split("\n")
    except UnicodeDecodeError:
        raise InputError(_("文件 {file} 已损坏：不是 UTF-8 文本").format(file=name)) from None
    for number, line in enumerate(lines, start=1):
        parts = LINE.fullmatch(line)
        if line and not parts:
            raise InputError(
                _(
                    "文件 {file} 第 {row} 行不是“SHA-256  文件名”。这个文件由程序维护，"
                    "请恢复原样，或删去这一行（该文件将按现在的内容重新登记）"
                ).format(file=name, row=number)
            )
        if parts:
            found[parts[2]] = parts[1]
    return found


def write_checksums(path: Path, checksums: Mapping[str, str]) -> None:
    """Write the list, whole or not at all; left alone where nothing changed."""
    text = "".join(f"{checksums[file]}  {file}\n" for file in sorted(checksums))
    content = text.encode()
    if (path.exists() and path.read_bytes() == content) or (not path.exists() and not content):
        return
    write_aside(path, lambda aside: aside.write_bytes(content))
