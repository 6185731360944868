"""The published site in a browser: found from a folder and a sub-folder, nothing refused."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import issued_report as issued
import pytest
import report_sample as sample
from axe_core_python.sync_playwright import Axe
from conftest import Session

from ecoreport.project import Project
from ecoreport.render.page import page as render
from ecoreport.serve import open_site
from ecoreport.website.preview import Preview

TAGS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
NARROW = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years, one of them revised, one in English too."""
    base = tmp_path_factory.mktemp("site with 空格")
    project, web = Project(base / "project"), base / "share"
    issued.make(project)
    issued.issue(project, web)
    issued.make(project, issued.told(pm25="44"))
    issued.issue(project, web, why="更正<三月>的值", now=issued.SUMMER)
    issued.make(project, issued.told(2017, "48"))
    issued.issue(project, web, address="hailing/2017")
    issued.make(project, locale="en", district="Hailing")
    issued.issue(project, web, address="hailing/2018/en")
    return web


@pytest.fixture
def home(web: Path) -> str:
    return (web / "index.html").as_uri()


@pytest.fixture
def subfolder(web: Path) -> Iterator[str]:
    """The same on a server, below a folder of it."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(web.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/share/current/"
        server.shutdown()
        thread.join()


def open_home(session: Session, address: str) -> Any:
    session.page.goto(address)
    session.page.wait_for_selector("#search")
    return session.page


def quiet(session: Session) -> bool:
    return not session.complaints and not session.refused


def find(page: Any, words: str) -> list[str]:
    page.fill("#search", words)
    return [link.inner_text() for link in page.query_selector_all("#found a")]


def test_search_finds_indicators_districts_and_reports_from_a_folder(
    session: Session, home: str
) -> None:
    page = open_home(session, home)

    assert find(page, "海陵")[0] == "海陵区"
    assert find(page, "pm2.5 年均")[0] == "PM₂.₅年均浓度"
    assert find(page, "ＰＭ２．５")[0] == "PM₂.₅年均浓度"
    assert "海陵区2017年度评估" in find(page, "2017")
    assert find(page, "没有的东西") == []
    assert page.inner_text("#n-found") == "没有找到"
    page.fill("#search", "PM2.5")
    page.press("#search", "Enter")
    page.wait_for_selector("h1 >> text=PM₂.₅年均浓度")
    assert page.inner_text("table.across").split() == [
        *("区域", "2017", "2018"),
        *("海陵区", "48", "审核数据", "44", "审核数据"),
    ]
    assert quiet(session)


def test_a_department_is_found_and_leads_to_its_part_of_the_last_report(
    session: Session, hailing_2018: Path
) -> None:
    project = Project(hailing_2018)
    with open_site(Preview(project, issued.CATALOGUE, print).tree, 0) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        session.context.unroute("**/*")
        page = open_home(session, f"http://127.0.0.1:{server.server_port}/")
        name = find(page, "农委")[0]
        page.press("#search", "Enter")
        page.wait_for_url("**/hailing/2018/departments.html#d-*")
        anchor = page.evaluate("decodeURIComponent(location.hash)")
        place = page.wait_for_selector(anchor)
        assert name in place.inner_text()
        assert place.bounding_box()["y"] < page.viewport_size["height"]
        server.shutdown()
        thread.join()
    assert quiet(session)


def test_words_of_people_are_text_in_the_search(session: Session, home: str) -> None:
    page = open_home(session, home)
    page.evaluate("window.ecoreportIndex.length")
    assert find(page, "<img src=x onerror=alert(1)>") == []
    assert "更正<三月>的值" in page.inner_text(".news")
    assert quiet(session)


@pytest.mark.parametrize("place", ["folder", "server"])
def test_every_link_of_the_site_leads_somewhere(
    session: Session, home: str, web: Path, subfolder: str, place: str
) -> None:
    start = (web / "current/index.html").as_uri() if place == "folder" else subfolder
    if place == "server":
        session.context.unroute("**/*")
    waiting, seen = [start], set()
    page = session.page
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        page.goto(address)
        links = page.evaluate(
            "[...document.links].map((a) => [a.href, a.hasAttribute('download')])"
        )
        for link, is_download in links:
            plain = link.split("#")[0]
            if place == "folder":
                assert Path(
                    page.evaluate("(u) => decodeURIComponent(new URL(u).pathname)", plain)
                ).exists(), link
            elif not is_download:
                assert page.request.get(plain).ok, link
            if not is_download and plain.endswith((".html", "/")):
                waiting.append(plain)
    assert home
    assert len(seen) > 12
    assert session.complaints == []


@pytest.mark.parametrize("name", ["index", "hailing/index", "indicators/air-pm25-annual-mean",
                                  "sitemap", "en/index", "en/hailing/index"])  # fmt: skip
def test_pages_are_accessible_and_fit_narrow_screens(
    session: Session, web: Path, name: str
) -> None:
    page = session.page
    page.set_viewport_size(NARROW)
    page.goto((web / f"current/{name}.html").as_uri())
    for details in page.query_selector_all("details"):
        details.evaluate("(one) => { one.open = true; }")
    wide = page.evaluate("document.documentElement.scrollWidth")

    assert wide <= NARROW["width"]
    found = Axe().run(page, options=TAGS)["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert quiet(session)


def test_the_english_site_leads_to_english_reports(session: Session, web: Path) -> None:
    page = session.page
    page.goto((web / "current/en/index.html").as_uri())

    assert page.get_attribute("html", "lang") == "en"
    assert page.get_attribute("a[hreflang='zh-CN']", "href") == "../index.html"
    assert page.query_selector_all("table.districts tbody a")[1].get_attribute("href") == (
        "../hailing/2018/en/index.html"
    )


def test_a_report_leads_back_to_the_site(session: Session, web: Path) -> None:
    page = session.page
    for name in ("hailing/2018", "hailing/2018-v1", "hailing/2018/en"):
        page.goto((web / f"current/{name}/air.html").as_uri())
        page.click(".way a >> nth=1")
        page.wait_for_selector("main section h2")
        assert page.url.endswith(
            "/en/hailing/index.html" if "en" in name else "/hailing/index.html"
        )
    assert quiet(session)


def test_without_scripts_everything_is_still_there(bare_session: Session, web: Path) -> None:
    page = bare_session.page
    page.goto((web / "current/index.html").as_uri())

    assert not page.is_visible("#search")
    assert page.is_visible("noscript p")
    assert page.is_visible("table.districts")


def test_a_script_in_a_notebooks_output_does_not_run(session: Session, tmp_path: Path) -> None:
    attack = (
        '<p id="seen">x</p><script>document.body.dataset.run = "1"</script>'
        '<img src="x" onerror="document.body.dataset.run = 1" alt="x">'
        '<a href="javascript:document.body.dataset.run=1" id="go">x</a>'
    )
    chapter = sample.notebook("air", sample.code("attack()", sample.display("text/html", attack)))
    path = tmp_path / "air.html"
    path.write_text(render(chapter, sample.site()), "utf-8")
    page = session.page
    page.goto(path.as_uri())
    page.click("#go")

    assert page.is_visible("#seen")
    assert page.evaluate("document.body.dataset.run") is None
    assert any("Content Security Policy" in one for one in session.complaints)
