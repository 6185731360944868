"""The server shows one folder, to this machine only."""

import http.client
import re
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
import report_sample as sample

from ecoreport.errors import InputError
from ecoreport.render.assemble import assemble
from ecoreport.serve import open_server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ThreadingHTTPServer]:
    folder = tmp_path / "report"
    (folder / "data").mkdir(parents=True)
    (folder / "index.html").write_text("<p>海陵</p>", "utf-8")
    (folder / "data/air.csv").write_text("站点", "utf-8")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    with open_server(folder, 0) as opened:
        thread = threading.Thread(target=opened.serve_forever, args=(0.01,))
        thread.start()
        yield opened
        opened.shutdown()
        thread.join()


def get(server: ThreadingHTTPServer, path: str, host: str = "") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    connection.putrequest("GET", path, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{server.server_port}")
    connection.endheaders()
    return connection.getresponse()


def test_pages_and_downloads_are_served_with_their_types(server: ThreadingHTTPServer) -> None:
    page, table = get(server, "/"), get(server, "/data/air.csv")

    assert (page.status, page.read().decode()) == (200, "<p>海陵</p>")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "//../secret.txt", "/link.txt", "/data/"]
)
def test_nothing_outside_and_no_listing_is_served(server: ThreadingHTTPServer, path: str) -> None:
    response = get(server, path)

    assert response.status == 404
    assert b"secret" not in response.read()


def test_a_foreign_name_for_this_machine_is_refused(server: ThreadingHTTPServer) -> None:
    assert get(server, "/", host="attacker.example:80").status == 404


def test_only_this_machine_is_listened_to(server: ThreadingHTTPServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_a_taken_port_is_told(server: ThreadingHTTPServer, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=str(server.server_port)):
        open_server(tmp_path / "report", server.server_port)


def test_a_folder_without_report_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="make report"):
        open_server(tmp_path, 0)


def test_several_reports_are_listed(tmp_path: Path) -> None:
    for year in (2017, 2018):
        site = sample.site(year=year)
        assemble(
            tmp_path / f"hailing/{year}", {"index.html": b""}, site, "hailing", is_verified=True
        )
    with open_server(tmp_path, 0) as opened:
        thread = threading.Thread(target=opened.serve_forever, args=(0.01,))
        thread.start()
        page = get(opened, "/").read().decode()
        elsewhere = get(opened, "/hailing/").status
        opened.shutdown()
        thread.join()

    assert re.findall('<a href="([^"]+)">', page) == ["hailing/2017/", "hailing/2018/"]
    assert elsewhere == 404
