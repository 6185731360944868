"""Reports in a browser on this machine, and on this machine only."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.render.assemble import OPENING

HOST = "127.0.0.1"
HEADERS = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}
Tree = Mapping[str, bytes | Path]


class LocalHandler(SimpleHTTPRequestHandler):
    """What both ways of serving share: no listings, no other names for this machine."""

    server_version = "ecoreport"
    sys_version = ""
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".json": "application/json; charset=utf-8",
        ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }

    @property
    def is_for_us(self) -> bool:
        """Whether this machine was asked under its own name."""
        return self.headers.get("Host", "").rpartition(":")[0] in {HOST, "localhost"}

    def list_directory(self, path: str | os.PathLike[str]) -> BytesIO | None:  # noqa: ARG002
        """List nothing."""
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def end_headers(self) -> None:
        """Add headers that keep browsers from guessing and from keeping old versions."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal quiet."""


class FolderHandler(LocalHandler):
    """Files below one folder; no links that lead out of it."""

    def send_head(self) -> BinaryIO | None:
        """Refuse what does not lie below the folder, or was asked for under another name."""
        root = Path(self.directory).resolve()
        path = Path(self.translate_path(self.path)).resolve()
        if not self.is_for_us or not path.is_relative_to(root):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()


class TreeHandler(LocalHandler):
    """A site as it would be published, without writing it: a name is in the tree or is not."""

    def __init__(self, *args: object, tree: Callable[[], Tree], **options: object) -> None:
        self.tree = tree
        super().__init__(*args, **options)  # type: ignore[arg-type]

    def send_head(self) -> BinaryIO | None:
        """Send what the tree has under the name asked for; a folder is its opening page."""
        name = unquote(urlsplit(self.path).path).removeprefix("/")
        tree = self.tree() if self.is_for_us else {}
        if name and not name.endswith("/") and f"{name}/{OPENING}" in tree:
            self._redirect(f"{urlsplit(self.path).path}/")
            return None
        found = tree.get(f"{name}{OPENING}" if name.endswith("/") or not name else name)
        try:
            content = found.read_bytes() if isinstance(found, Path) else found
        except OSError:
            content = None  # made anew meanwhile: the next look finds the new one
        if content is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(name or OPENING))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """Return the type of a name; of a folder that of its page."""
        name = os.fspath(path)
        return super().guess_type(f"{name}{OPENING}" if name.endswith("/") else name)

    def _redirect(self, address: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", "/" + address.lstrip("/"))
        self.send_header("Content-Length", "0")
        self.end_headers()


def open_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of the files of `folder` on this machine; port 0 takes any free one.

    Raises
    ------
    InputError
        If nothing opens `folder` or the port is taken.
    """
    if not (folder / OPENING).is_file():
        raise InputError(
            _("{folder} 中没有报告，请先生成：make report DISTRICT=… YEAR=…").format(folder=folder)
        )
    return _opened(partial(FolderHandler, directory=str(folder)), port)


def open_site(tree: Callable[[], Tree], port: int) -> ThreadingHTTPServer:
    """Return a server of a site that is not written anywhere.

    Parameters
    ----------
    tree : callable
        Returns the site as it is at the moment.

    Raises
    ------
    InputError
        If the port is taken.
    """
    return _opened(partial(TreeHandler, tree=tree), port)


def _opened(handler: Callable[..., LocalHandler], port: int) -> ThreadingHTTPServer:
    try:
        return ThreadingHTTPServer((HOST, port), handler)
    except (OSError, OverflowError) as error:
        raise InputError(
            _("端口 {port} 无法使用，请另选一个，如 PORT=8765。").format(port=port)
        ) from error


def serve(server: ThreadingHTTPServer, announce: Callable[[str], object]) -> None:
    """Serve until interrupted.

    Parameters
    ----------
    announce : callable
        Takes the line that tells the address.
    """
    with server:
        announce(
            _("报告已在本机打开：{address} （按 Ctrl+C 结束）").format(
                address=f"http://{HOST}:{server.server_port}/"
            )
        )
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return
