"""What an import of public data wrote into data/raw, and what a person should know of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecoreport import store
from ecoreport.i18n import _
from ecoreport.ingest.find import RECORD_SUFFIX


@dataclass(frozen=True)
class Imported:
    """What an import wrote.

    Attributes
    ----------
    path : pathlib.Path
        The table in data/raw.
    is_new : bool
        False where the same table stood there already.
    earlier : pathlib.Path or None
        Where a different table of the same name was kept.
    about : dict
        As written beside the table: files with SHA-256, counts, what was dropped.
    said : list of str
        What a person should know of the table, one sentence a line.
    """

    path: Path
    is_new: bool
    earlier: Path | None
    about: dict[str, Any]
    said: list[str]

    def remarks(self) -> list[str]:
        """Say what a person should know of the import, one sentence a line."""
        written = _("已写入 {path}") if self.is_new else _("内容未变：{path}")
        said = [*self.said, written.format(path=self.path)]
        if self.earlier is not None:
            said.append(_("原有的表内容不同，已改名保留为 {name}").format(name=self.earlier.name))
        return said


def put_table(path: Path, table: str, about: dict[str, Any], said: list[str]) -> Imported:
    """Write a table of data/raw with what is to be known of it; another that stood is kept.

    The same table again changes nothing; a different one is kept beside it under a name that
    ends in ``.earlier-`` and its hash.
    """
    content = table.encode("utf-8-sig")
    standing = path.read_bytes() if path.exists() else None
    earlier = None
    if standing is not None and standing != content:
        mark = hashlib.sha256(standing).hexdigest()[:8]
        earlier = path.with_name(f"{path.name}.earlier-{mark}")
        kept = standing
        store.write_aside(earlier, lambda aside: aside.write_bytes(kept))
    if standing != content:
        store.write_aside(path, lambda aside: aside.write_bytes(content))
    store.write_json(path.with_name(path.stem + RECORD_SUFFIX), about)
    return Imported(path, standing != content, earlier, about, said)
