"""Files that travel together, packed by content: the same files give the same name."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from ecoreport.code import digest_of
from ecoreport.errors import EcoReportError
from ecoreport.i18n import _

LISTING = "listing.json"
EPOCH = (1980, 1, 1, 0, 0, 0)
OUTSIDE, FOLDER = "outside", "folder"
OF_NO_TIME = 0
"""Time of a file of which only name and size are told."""
TARGETS = {OUTSIDE: ".left-behind/nothing", FOLDER: "."}
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, KeyError, ValueError)
"""What reading a spoilt archive raises; no file is opened."""


@dataclass(frozen=True)
class Entry:
    """One file of a part: its content, or that it is there."""

    sha256: str = ""
    """Of what travels; empty where nothing does."""
    size: int = 0
    link: str = ""
    """A symbolic link: to a folder, or to something outside."""


Listing = Mapping[str, Entry]
"""By path below the project, with forward slashes."""


def digest_of_listing(listing: Listing) -> str:
    """Return the name of a part."""
    return hashlib.sha256(_as_json(listing)).hexdigest()


def packed(listing: Listing, read: Callable[[str], bytes]) -> bytes:
    """Return a part as a ZIP archive: a listing, and each content once, by its hash.

    Raises
    ------
    EcoReportError
        If a file has changed since it was listed.
    """
    contents = {one.sha256: name for name, one in sorted(listing.items()) if one.sha256}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(LISTING, EPOCH), _as_json(listing))
        for digest, name in contents.items():
            content = read(name)
            if _sha256(content) != digest:
                raise EcoReportError(_("{file} 在打包时被改动，请重新运行。").format(file=name))
            about = zipfile.ZipInfo(digest, EPOCH)
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, content)
    return buffer.getvalue()


class Part:
    """A part that has arrived.

    Parameters
    ----------
    content : bytes
        As `packed` gives it.
    digest : str
        What it should be.

    Raises
    ------
    EcoReportError
        If it is not that.
    """

    def __init__(self, content: bytes, digest: str) -> None:
        self._digest = digest
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            listed = self._archive.read(LISTING)
        except DAMAGE as error:
            raise self._damaged() from error
        if _sha256(listed) != digest:
            raise self._damaged()
        try:
            self.listing = {name: Entry(**one) for name, one in json.loads(listed).items()}
        except (ValueError, TypeError, AttributeError) as error:
            raise self._damaged() from error
        if not all(map(is_inside, self.listing)):
            raise self._damaged()

    def read(self, name: str) -> bytes:
        """Return a file's content, held against its hash.

        Raises
        ------
        EcoReportError
            If it is damaged, or there is none.
        """
        try:
            entry = self.listing[name]
            with self._archive.open(entry.sha256) as member:
                content = member.read(entry.size + 1)
        except DAMAGE as error:
            raise self._damaged() from error
        if _sha256(content) != entry.sha256:
            raise self._damaged()
        return content

    def place(self, name: str, root: Path) -> None:
        """Make a file below `root` what this part says that it is."""
        entry, path = self.listing[name], root / name
        if _stands(entry, path):
            return
        if path.is_symlink() or path.is_file():
            path.unlink()
        path.parent.mkdir(parents=True, exist_ok=True)
        if entry.link:
            path.symlink_to(TARGETS[entry.link])
        elif entry.sha256:
            path.write_bytes(self.read(name))
        else:
            path.touch()
            os.truncate(path, entry.size)
            os.utime(path, ns=(OF_NO_TIME, OF_NO_TIME))

    def _damaged(self) -> EcoReportError:
        return EcoReportError(
            _("存储中的数据包 {name} 已损坏，请删除后重新运行。").format(name=f"{self._digest}.zip")
        )


def is_inside(name: str) -> bool:
    """Whether a path stays below the folder that it is put into, on any system."""
    path = PurePosixPath(name)
    is_of_windows = os.name == "nt" and set(name) & set("\\:")
    return bool(path.parts) and not (
        path.is_absolute() or ".." in path.parts or "\0" in name or is_of_windows
    )


def _stands(entry: Entry, path: Path) -> bool:
    if entry.link:
        return path.is_symlink() and os.readlink(path) == TARGETS[entry.link]  # noqa: PTH115
    if path.is_symlink() or not path.is_file():
        return False
    if entry.sha256:
        return digest_of(path) == entry.sha256
    about = path.stat()
    return (about.st_size, about.st_mtime_ns) == (entry.size, OF_NO_TIME)


def _as_json(listing: Listing) -> bytes:
    content = {name: asdict(one) for name, one in listing.items()}
    # Escaped, so that names of files that are no text travel too.
    return json.dumps(content, sort_keys=True).encode()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
