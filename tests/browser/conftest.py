"""Reports in headless Chromium, cut off from every network."""

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import report_sample as sample
import whole_runs
from lacking import lacking
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from ecoreport.current import current_manifest
from ecoreport.render.assemble import assemble
from ecoreport.render.page import page as render
from ecoreport.serve import open_server

REPORT = os.environ.get("ECOREPORT_REPORT", "")
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")


@dataclass
class Session:
    """A page with all that it complained of and all that it asked for."""

    page: Page
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of this machine; without it tests are skipped, or fail where it is required."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        lacking("Chromium not found: apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small report with every component."""
    folder = tmp_path_factory.mktemp("sample")
    site = sample.site()
    files = {
        site.file_name(sample.OVERVIEW): render(sample.overview(), site).encode(),
        site.file_name(sample.AIR): render(sample.air(), site).encode(),
        "data/chart-months.csv": b"",
        "data/chart-stations.csv": b"",
    }
    assemble(folder, files, site, "hailing", is_verified=True)
    return folder


@pytest.fixture(scope="session")
def real_folder(hailing_2018: Path) -> Path:
    """The report of Hailing 2018, as the command makes it."""
    return whole_runs.folder(hailing_2018)


@pytest.fixture(scope="session")
def city_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of Wuxi 2018: two plans, and more open than a list can hold."""
    root = whole_runs.make_project(tmp_path_factory.mktemp("city") / "project")
    run = whole_runs.report(root, DISTRICT="wuxi")
    assert run.exit_code == 0, run.said
    return root / "reports" / "wuxi" / "2018"


@pytest.fixture(params=filter(None, ["sample", "real", REPORT]))
def report_folder(request: pytest.FixtureRequest) -> Path:
    """The sample, the real one, and the folder that ``ECOREPORT_REPORT`` names, if any."""
    if request.param == REPORT:
        return Path(request.param).resolve()
    folder: Path = request.getfixturevalue(f"{request.param}_folder")
    return folder


@pytest.fixture
def addresses(report_folder: Path) -> list[str]:
    """Every page of the report as an address of files."""
    return pages_of(report_folder)


def pages_of(folder: Path) -> list[str]:
    """Return every page of a report as an address of files."""
    manifest = current_manifest(folder)
    version = folder / "versions" / manifest.version
    return [(version / name).as_uri() for name in manifest.files if name.endswith(".html")]


@pytest.fixture
def session(browser: Browser) -> Iterator[Session]:
    """A page that may reach nothing but files."""
    yield from _sessions(browser, "file:")


@pytest.fixture
def bare_session(browser: Browser) -> Iterator[Session]:
    """The same without scripts."""
    yield from _sessions(browser, "file:", java_script_enabled=False)


@pytest.fixture
def served(report_folder: Path, browser: Browser) -> Iterator[tuple[str, Session]]:
    """The report on a server, with a page that may reach nothing but it."""
    with open_server(report_folder, 0) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}/"
        for session in _sessions(browser, address):
            yield address, session
        server.shutdown()
        thread.join()


def _sessions(browser: Browser, allowed: str, **options: bool) -> Iterator[Session]:
    context = browser.new_context(**options)
    session = Session(context.new_page(), context)

    def route(request: Route) -> None:
        if request.request.url.startswith(allowed):
            request.continue_()
        else:
            session.refused.append(request.request.url)
            request.abort()

    context.route("**/*", route)
    page = session.page
    page.on("pageerror", lambda error: session.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            session.complaints.append(message.text)
            if message.type in {"error", "warning"}
            else None
        ),
    )
    yield session
    context.close()
