"""Any report: it opens anywhere, fits, prints and can be read by everyone."""

from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from conftest import Session, pages_of

WIDTHS = (360, 414, 768, 1024, 1280, 1920)
PIXELS_PER_MM = 96 / 25.4
A4_TEXT_WIDTH = int((210 - 2 * 16) * PIXELS_PER_MM)
A4_TEXT_HEIGHT = int((297 - 20 - 18) * PIXELS_PER_MM)
# The plan's own table has a page of its own, heading and all, with narrower margins.
PLAN_WIDTH = int((210 - 2 * 10) * PIXELS_PER_MM)
PLAN_HEIGHT = int((297 - 17 - 14 - 22) * PIXELS_PER_MM)
A4_ACROSS_WIDTH = int((297 - 2 * 16) * PIXELS_PER_MM)
# What is wider than the page and does not stand in a box that scrolls.
TOO_WIDE = """(width) => [...document.querySelectorAll("main *")]
  .filter((element) => !element.closest(".visually-hidden, template, [hidden], .marks"))
  .filter((element) => element.checkVisibility())
  .filter((element) => element.getBoundingClientRect().right > width + 1)
  .map((element) => element.tagName + "." + element.getAttribute("class"))"""


def test_the_index_leads_to_the_report_from_a_folder(report_folder: Path, session: Session) -> None:
    session.page.goto((report_folder / "index.html").as_uri())
    session.page.wait_for_url("**/versions/*/index.html")

    assert session.page.locator("h1").count() == 1
    assert (session.complaints, session.refused) == ([], [])


def test_the_index_leads_to_the_report_from_a_server(served: tuple[str, Session]) -> None:
    address, session = served
    session.page.goto(address)
    session.page.wait_for_url("**/versions/*/index.html")
    chapters = session.page.locator("nav.chapters a")
    for chapter in chapters.evaluate_all("(links) => links.map((link) => link.href)"):
        response = session.page.goto(chapter)
        assert response is not None
        assert response.ok

    assert (session.complaints, session.refused) == ([], [])


def test_pages_open_without_network_or_complaint(addresses: list[str], session: Session) -> None:
    for address in addresses:
        session.page.goto(address)
        assert session.page.evaluate("document.fonts.ready.then(() => true)")

    assert (session.complaints, session.refused) == ([], [])


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_fit_the_screen(addresses: list[str], session: Session, width: int) -> None:
    session.page.set_viewport_size({"width": width, "height": 900})
    for address in addresses:
        session.page.goto(address)
        assert session.page.evaluate("document.documentElement.scrollWidth") <= width


def test_pages_fit_the_paper(addresses: list[str], session: Session) -> None:
    assert_fits_the_paper(addresses, session)


def test_a_city_with_two_plans_fits_the_paper(city_folder: Path, session: Session) -> None:
    assert_fits_the_paper(pages_of(city_folder), session)


def assert_fits_the_paper(addresses: list[str], session: Session) -> None:
    page = session.page
    page.emulate_media(media="print")
    for address in addresses:
        page.set_viewport_size({"width": A4_TEXT_WIDTH, "height": A4_TEXT_HEIGHT})
        page.goto(address)
        # The table to work with is printed across the page.
        page.add_style_tag(content="table.commitments { display: none !important }")
        assert page.evaluate(TOO_WIDE, A4_TEXT_WIDTH) == []
        # What opens the report holds on one sheet, down to its last line.
        for last in page.locator(".attention + .note").all():
            bottom = last.evaluate("(line) => line.getBoundingClientRect().bottom + scrollY")
            assert bottom <= A4_TEXT_HEIGHT
        page.set_viewport_size({"width": PLAN_WIDTH, "height": A4_TEXT_HEIGHT})
        for table in page.locator("table.plan").all():
            assert table.evaluate("(table) => table.offsetHeight") <= PLAN_HEIGHT

        page.set_viewport_size({"width": A4_ACROSS_WIDTH, "height": A4_TEXT_WIDTH})
        page.goto(address)
        assert page.evaluate(TOO_WIDE, A4_ACROSS_WIDTH) == []
        assert len(page.pdf(prefer_css_page_size=True)) > 0


def test_pages_can_be_read_by_everyone(addresses: list[str], session: Session) -> None:
    for address in addresses:
        session.page.goto(address)
        found = Axe().run(session.page)["violations"]
        serious = [
            (one["id"], one["nodes"][0]["html"])
            for one in found
            if one["impact"] in {"serious", "critical"}
        ]
        assert serious == []


def test_tables_sort_both_ways_and_back(addresses: list[str], session: Session) -> None:
    for address in addresses:
        session.page.goto(address)
        for table in session.page.locator("table.sortable").all():
            rows = table.locator("tbody > tr:not(.trace)")
            n_rows = rows.count()
            for header in table.locator("th:has(> button)").all():
                header.locator("button").click()
                assert header.get_attribute("aria-sort") == "ascending"
                header.locator("button").click()
                assert header.get_attribute("aria-sort") == "descending"
                assert table.locator("th[aria-sort]").count() == 1
            assert rows.count() == n_rows


def test_without_scripts_everything_is_there(addresses: list[str], bare_session: Session) -> None:
    page = bare_session.page
    for address in addresses:
        page.goto(address)
        for row in page.locator("tr.trace").all()[:5]:
            assert row.is_visible()
        assert page.locator("button:visible").count() == 0
        if page.locator("pre.code").count():
            assert not page.locator("pre.code").first.is_visible()
            page.locator("#show-code").check()
            assert page.locator("pre.code").first.is_visible()
