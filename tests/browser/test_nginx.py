"""The configuration of docs/deploy in a real nginx, looked at by a real browser."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import issued_report as issued
import pytest
from conftest import Session
from lacking import lacking

from ecoreport.project import Project

DEPLOY = Path(__file__).parents[2] / "docs/deploy"
CONFIGURATION = DEPLOY / "nginx.conf"
SUBFOLDER = re.compile(r"^    location /eco/ \{$.*?^    \}$", re.M | re.S)
MAIN = """
daemon off; pid {folder}/nginx.pid; error_log stderr; {user}
events {{}}
http {{ access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b;
fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
include {folder}/site.conf; }}
"""


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("nginx-site")
    base.parent.chmod(0o755)
    base.chmod(0o755)
    project, web = Project(base / "project"), base / "web"
    issued.make(project)
    issued.issue(project, web)
    return web


@pytest.fixture(scope="module")
def port(web: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """nginx with the configuration as it stands, but for its port and its folder."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        lacking("nginx not found: apt-get install nginx-light")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("nginx")
    first = "    location / {\n"
    changes = {
        "listen 80;": f"listen 127.0.0.1:{port};",
        "root /srv/ecoreport/current;": f"root {web}/current;",
        first: subfolder(web) + "\n" + first,
    }
    written = CONFIGURATION.read_text("utf-8")
    for before, after in changes.items():
        assert written.count(before) == 1
        written = written.replace(before, after)
    (folder / "site.conf").write_text(written, "utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user), "utf-8")
    with subprocess.Popen([nginx, "-p", str(folder), "-c", str(folder / "nginx.conf")]) as process:
        try:
            _wait_until_it_listens(process, port)
            yield port
        finally:
            process.terminate()


def subfolder(web: Path) -> str:
    """The site below a folder of a server, as both pages on deploying have it."""
    english, chinese = (
        SUBFOLDER.findall((DEPLOY / name).read_text("utf-8"))
        for name in ("README.md", "README.zh-CN.md")
    )
    assert english == chinese
    (written,) = english
    assert written.count("/srv/ecoreport/current/") == 1
    return str(written).replace("/srv/ecoreport/current/", f"{web}/current/")


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int) -> None:
    for _attempt in range(200):
        assert process.poll() is None, "nginx ended: its message stands above"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("nginx does not listen")


def ask(port: int, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request(method, path)
    answer = connection.getresponse()
    return answer.status, {name.lower(): one for name, one in answer.getheaders()}, answer.read()


@pytest.mark.parametrize(
    ("path", "kind", "policy"),
    [
        ("/", "text/html; charset=utf-8", "object-src 'none'"),
        ("/hailing/2018/air.html", "text/html; charset=utf-8", "object-src 'none'"),
        ("/hailing/2018/data/chart-months.csv", "text/csv; charset=utf-8", "sandbox"),
        ("/search-index.js", "text/javascript; charset=utf-8", "default-src 'none'"),
        ("/nothing.html", "text/html; charset=utf-8", "frame-ancestors 'none'"),
        ("/eco/", "text/html; charset=utf-8", "object-src 'none'"),
        ("/eco/hailing/2018/air.html", "text/html; charset=utf-8", "object-src 'none'"),
        ("/eco/hailing/2018/data/chart-months.csv", "text/csv; charset=utf-8", "sandbox"),
        ("/eco/nothing.html", "text/html; charset=utf-8", "frame-ancestors 'none'"),
    ],
)
def test_every_answer_bears_its_type_and_the_headers(
    port: int, path: str, kind: str, policy: str
) -> None:
    status, headers, _content = ask(port, path)

    assert status == (404 if "nothing" in path else 200)
    assert headers["content-type"] == kind
    assert policy in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-cache"
    assert "nginx/" not in headers["server"]


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/hailing/2018/data/", "GET", 403),
        ("/../releases/", "GET", 400),
        ("/.lock", "GET", 404),
        ("/", "POST", 403),
        ("/", "HEAD", 200),
        ("/eco/hailing/2018/data/", "GET", 403),
        ("/eco/../releases/", "GET", 404),
        ("/eco../releases/", "GET", 404),
        ("/eco/.lock", "GET", 404),
        ("/eco/", "POST", 403),
        ("/eco/hailing/2018/", "DELETE", 403),
        ("/eco/", "HEAD", 200),
    ],
)
def test_no_listing_nothing_outside_and_only_reading(
    port: int, path: str, method: str, status: int
) -> None:
    assert ask(port, path, method)[0] == status


def test_a_folder_without_its_stroke_leads_to_it_wherever_the_site_stands(port: int) -> None:
    for above in ("", "/eco"):
        status, headers, _content = ask(port, f"{above}/hailing")

        assert (status, headers["location"]) == (301, f"{above}/hailing/")


@pytest.mark.parametrize("above", ["", "/eco"])
def test_the_browser_refuses_nothing_of_the_site(port: int, session: Session, above: str) -> None:
    session.context.unroute("**/*")
    page = session.page
    # Twice: the second answer is "not modified", and its headers count too.
    for path in (
        "/",
        "/",
        "/hailing/",
        "/hailing/2018/",
        "/hailing/2018/air.html",
        "/sitemap.html",
    ):
        page.goto(f"http://127.0.0.1:{port}{above}{path}")
    page.goto(f"http://127.0.0.1:{port}{above}/")
    page.fill("#search", "海陵")

    assert page.inner_text("#found li >> nth=0").split() == ["海陵区", "区域"]
    page.click("#found li >> nth=0 >> a")
    page.wait_for_url(f"**{above}/hailing/index.html")
    assert session.complaints == []


def test_what_is_published_next_is_shown_at_once(port: int, web: Path) -> None:
    project = Project(web.parent / "project")
    issued.make(project, issued.told(pm25="39"))
    issued.issue(project, web, why="a", now=issued.SUMMER)

    assert b"39" in ask(port, "/indicators/air-pm25-annual-mean.csv")[2]
    assert "第2版" in ask(port, "/hailing/2018/air.html")[2].decode()
