"""Reports in a browser on this machine, and on this machine only."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from ecoreport.current import current_manifest
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.render.assemble import OPENING, VERSIONS
from ecoreport.render.site import LANGUAGE_TAGS
from ecoreport.render.style import environment

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

    def list_directory(self, path: str | os.PathLike[str]) -> BytesIO | None:
        """List the reports at the root, and nothing elsewhere."""
        root = Path(self.directory)
        if Path(path).resolve() != root.resolve():
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        page = _list_of_reports(root).encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        return BytesIO(page)

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
    if not (folder / OPENING).is_file() and not _reports_below(folder):
        raise InputError(
            _("{folder} 中没有报告，请先生成：make report DISTRICT=… YEAR=…").format(folder=folder)
        )
    try:
        return ThreadingHTTPServer((HOST, port), partial(ReportHandler, directory=str(folder)))
    except (OSError, OverflowError) as error:
        raise InputError(
            _("端口 {port} 无法使用，请另选一个，如 PORT=8765。").format(port=port)
        ) from error


def _reports_below(folder: Path) -> list[Path]:
    """Return the folders of reports: ``<district>/<year>`` and one level below."""
    found = (
        path.parent for depth in ("*/*", "*/*/*") for path in folder.glob(f"{depth}/{VERSIONS}")
    )
    return sorted(path for path in found if (path / OPENING).is_file())


def _list_of_reports(folder: Path) -> str:
    reports = [
        (f"{path.relative_to(folder).as_posix()}/", f"{current_manifest(path).title} · {path.name}")
        for path in _reports_below(folder)
    ]
    template = environment().get_template("reports.html.j2")
    return template.render(title=_("报告"), language_tag=LANGUAGE_TAGS["zh"], reports=reports)


def serve(folder: Path, port: int, announce: Callable[[str], object]) -> None:
    """Serve a report until interrupted.

    Parameters
    ----------
    folder : Path
        ``reports/<district>/<year>``, or ``reports``, whose reports are then listed.
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
