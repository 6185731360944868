"""Put a document in its place; one that a person edited in Word since is kept beside it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from ecoreport import store

RECORD = ".written.json"
"""What documents held when they were written, by name: their SHA-256."""


@dataclass(frozen=True)
class Document:
    """A document that was written.

    Attributes
    ----------
    path : pathlib.Path
    earlier : pathlib.Path or None
        Where the one is that stood there and was edited, or is not known to be unedited.
    """

    path: Path
    earlier: Path | None


def put(path: Path, content: bytes) -> Document:
    """Write a document; what stood there is replaced only where it is as it was written.

    Raises
    ------
    OSError
        If something cannot be written; what stood there still does.
    """
    record = path.with_name(RECORD)
    written = _written(record)
    standing = path.read_bytes() if path.exists() else None
    earlier = None
    if standing is not None and standing != content and written.get(path.name) != _hash(standing):
        earlier = _free(path)
        kept = standing
        store.write_aside(earlier, lambda aside: aside.write_bytes(kept))
    store.write_aside(path, lambda aside: aside.write_bytes(content))
    store.write_json(record, {**written, path.name: _hash(content)})
    return Document(path, earlier)


def _written(record: Path) -> dict[str, str]:
    """Return what is known; a record that cannot be read tells nothing, so that all is kept."""
    try:
        known = store.read_json(record)
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _free(path: Path) -> Path:
    """Return a name beside `path` that no file has: 通报.earlier-1.docx."""
    names = (path.with_name(f"{path.stem}.earlier-{n}{path.suffix}") for n in count(1))
    return next(name for name in names if not name.exists())


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
