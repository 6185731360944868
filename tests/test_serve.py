"""The server shows one folder, to this machine only."""

import http.client
import re
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import issued_report as issued
import pytest

from ecoreport.errors import InputError
from ecoreport.project import Project
from ecoreport.serve import open_server, open_site
from ecoreport.website.preview import Preview


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


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ThreadingHTTPServer]:
    """The site to be of a project with two years."""
    project = Project(tmp_path / "project")
    for year in (2017, 2018):
        issued.make(project, issued.told(year))
    (project.root / "secret.txt").write_text("secret")
    said: list[str] = []
    preview = Preview(project, issued.CATALOGUE, said.append)
    preview.tree()
    with open_site(preview.tree, 0) as opened:
        thread = threading.Thread(target=opened.serve_forever, args=(0.01,))
        thread.start()
        yield opened
        opened.shutdown()
        thread.join()
    assert said == []


def test_the_site_to_be_lists_reports_and_marks_drafts(site: ThreadingHTTPServer) -> None:
    home = get(site, "/").read().decode()

    assert re.findall('href="(hailing/20[^"]+)"', home) == [
        "hailing/2017/index.html", "hailing/2018/index.html"
    ]  # fmt: skip
    assert home.count("草稿") == 2
    assert "本机预览" in home
    report = get(site, "/hailing/2018/")
    assert report.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "海陵区" in report.read().decode()
    index = get(site, "/search-index.js")
    assert index.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert get(site, "/hailing").headers["Location"] == "/hailing/"


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "//secret.txt", "/hailing/2018/run.json"]
)
def test_the_site_to_be_is_only_what_would_be_published(
    site: ThreadingHTTPServer, path: str
) -> None:
    response = get(site, path)

    assert response.status == 404
    assert b"secret" not in response.read()


def test_the_site_to_be_refuses_other_names(site: ThreadingHTTPServer) -> None:
    assert get(site, "/", host="attacker.example:80").status == 404


def test_a_report_made_anew_is_seen_at_the_next_look(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    issued.make(project)
    preview = Preview(project, issued.CATALOGUE, print)
    before = preview.tree()
    assert preview.tree() is before
    issued.make(project, issued.told(pm25="77"))

    assert ">77<" in preview.tree()["indicators/air-pm25-annual-mean.html"].decode()  # type: ignore[union-attr]


def test_a_report_that_cannot_be_read_is_named_and_left_out(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    issued.make(project)
    broken = issued.make(project, issued.told(2017))
    (broken / "index.html").write_text("changed by hand", "utf-8")
    said: list[str] = []
    tree = Preview(project, issued.CATALOGUE, said.append).tree()

    assert "hailing/2018/index.html" in tree
    assert "hailing/2017/index.html" not in tree
    assert any("hailing/2017" in line for line in said)


def test_a_project_without_a_report_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="make report"):
        Preview(Project(tmp_path), issued.CATALOGUE, print).tree()
