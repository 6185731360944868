"""The store: a folder or a bucket that this machine and the workers share, reached by fsspec."""

from __future__ import annotations

import datetime as dt
import os
import time
import uuid
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from fsspec import AbstractFileSystem  # type: ignore[import-untyped]
from fsspec.implementations.local import LocalFileSystem  # type: ignore[import-untyped]

from ecoreport.errors import InputError
from ecoreport.i18n import _

FILE, S3 = "file", "s3"
ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
ASIDE = ".writing"
"""Folder of what is not whole yet."""


class Place:
    """Objects by name below one address. What has a name is whole.

    Parameters
    ----------
    url : str
        ``file:///shared/ecoreport``, a path, or ``s3://bucket/prefix``. Keys and the endpoint of an
        object store come from the environment (``AWS_…``), on each machine from its own.

    Raises
    ------
    InputError
        If the address is of another kind.
    """

    def __init__(self, url: str) -> None:
        self.url = canonical(url)
        self._fs, self._root = _opened(self.url)

    def has(self, name: str) -> bool:
        """Whether there is an object of that name."""
        return bool(self._fs.exists(self._path(name)))

    def names(self, folder: str) -> list[str]:
        """Return the names of the objects directly below a folder, sorted."""
        if not self.has(folder):
            return []
        found = self._fs.ls(self._path(folder), detail=True)
        names = [one["name"].rpartition("/")[2] for one in found if one["type"] == "file"]
        return sorted(name for name in names if name)

    def read(self, name: str) -> bytes:
        """Return an object's content.

        Raises
        ------
        OSError
        """
        return bytes(self._fs.cat_file(self._path(name)))

    def put(self, name: str, content: bytes) -> None:
        """Write an object; no reader ever sees half of it.

        Raises
        ------
        OSError
        """
        path = self._path(name)
        if not isinstance(self._fs, LocalFileSystem):
            # An object store shows an object when all of it has arrived.
            self._fs.pipe_file(path, content)
            return
        aside = self._path(f"{ASIDE}/{uuid.uuid4().hex}")
        for one in (aside, path):
            self._fs.makedirs(one.rpartition("/")[0], exist_ok=True)
        try:
            self._fs.pipe_file(aside, content)
            self._fs.mv(aside, path)
        except OSError:
            # Of a full disk, leave no part.
            with suppress(OSError):
                self._fs.rm_file(aside)
            raise

    def remove(self, name: str) -> None:
        """Remove an object, or a folder with all that it holds; nothing where there is none."""
        if self.has(name):
            self._fs.rm(self._path(name), recursive=True)

    def remove_older(self, folder: str, seconds: float) -> None:
        """Remove what stands directly below a folder and has had nothing new for so long.

        Raises
        ------
        OSError
        """
        if not self.has(folder):
            return
        for one in self._fs.ls(self._path(folder), detail=True):
            below = self._fs.find(one["name"], withdirs=True, detail=True).values()
            if max(map(_written_at, (one, *below))) < time.time() - seconds:
                self._fs.rm(one["name"], recursive=True)

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"


def _written_at(about: Mapping[str, Any]) -> float:
    """Return when an object was written, in seconds; folders of object stores have no time."""
    written = about["mtime"]
    return float(written.timestamp() if isinstance(written, dt.datetime) else written or 0)


def canonical(url: str) -> str:
    """Return the address as the workers are given it.

    Raises
    ------
    InputError
    """
    if "://" not in url:
        if not url.strip():
            raise InputError(
                _("请用 STORE 给出各机器都能读写的文件夹，或 s3://桶/前缀，用来传递数据和报告。")
            )
        return f"{FILE}://{os.path.abspath(url)}"  # noqa: PTH100 - links are the operator's own
    parts = urlsplit(url)
    is_file = parts.scheme == FILE and not parts.netloc and parts.path.startswith("/")
    is_bucket = parts.scheme == S3 and parts.netloc and "@" not in parts.netloc
    if not (is_file or is_bucket):
        raise InputError(
            _(
                "STORE 应为共享文件夹（如 file:///mnt/share）或 s3://桶/前缀；收到的是 {url!r}"
            ).format(url=url[:80])
        )
    return url.rstrip("/")


def _opened(url: str) -> tuple[AbstractFileSystem, str]:
    if url.startswith(f"{FILE}://"):
        return LocalFileSystem(), url.removeprefix(f"{FILE}://")
    # s3fs would bring a second client of the same kind; pyarrow is there already.
    from fsspec.implementations.arrow import (  # type: ignore[import-untyped]  # noqa: PLC0415
        ArrowFSWrapper,
    )
    from pyarrow.fs import S3FileSystem  # noqa: PLC0415

    endpoint = next((os.environ[name] for name in ENDPOINTS if os.environ.get(name)), "")
    at = urlsplit(endpoint)
    options = {"endpoint_override": at.netloc, "scheme": at.scheme} if endpoint else {}
    return ArrowFSWrapper(S3FileSystem(**options)), url.removeprefix(f"{S3}://")
