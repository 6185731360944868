"""Reports in a browser on this machine, and on this machine only."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO

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


class ReportHandler(SimpleHTTPRequestHandler):
    """Files below one folder: no listings, no links that lead out of it, no other names for us."""

    server_version = "ecoreport"
    sys_version = ""
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".html": "text/html; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".json": "application/json; charset=utf-8",
        ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }

    def send_head(self) -> BinaryIO | None:
        """Refuse what does not lie below the folder, or was asked for under another name."""
        root = Path(self.directory).resolve()
        path = Path(self.translate_path(self.path)).resolve()
        host = self.headers.get("Host", "").rpartition(":")[0]
        if host not in {HOST, "localhost"} or not path.is_relative_to(root):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def list_directory(self, path: object) -> None:  # noqa: ARG002
        """Show no listing: a folder without an index is not found."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """Add headers that keep browsers from guessing and from keeping old versions."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal quiet."""


def open_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of `folder` on this machine; port 0 takes any free one.

    Raises
    ------
    InputError
        If there is no report in `folder` or the port is taken.
    """
    if not (folder / OPENING).is_file():
        raise InputError(
            _("{folder} 中没有报告，请先生成：make report DISTRICT=… YEAR=…").format(folder=folder)
        )
    try:
        return ThreadingHTTPServer((HOST, port), partial(ReportHandler, directory=str(folder)))
    except (OSError, OverflowError) as error:
        raise InputError(
            _("端口 {port} 无法使用，请另选一个，如 PORT=8765。").format(port=port)
        ) from error


def serve(folder: Path, port: int, announce: Callable[[str], object]) -> None:
    """Serve a report until interrupted.

    Parameters
    ----------
    folder : Path
        ``reports/<district>/<year>``, or any folder with an ``index.html``.
    port : int
    announce : callable
        Takes the line that tells the address.
    """
    with open_server(folder, port) as server:
        announce(
            _("报告已在本机打开：{address} （按 Ctrl+C 结束）").format(
                address=f"http://{HOST}:{server.server_port}/"
            )
        )
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return
