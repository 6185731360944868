"""The chapter on departments: folded on screen, one department a page on paper."""

import re
from pathlib import Path

import pytest
from conftest import Session
from playwright.sync_api import Page
from whole_runs import version

PAGE_OBJECT = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def page(session: Session, hailing_2018: Path) -> Page:
    session.page.goto((version(hailing_2018) / "departments.html").as_uri())
    return session.page


def test_departments_are_folded_until_asked_for(page: Page) -> None:
    sections = page.locator("details.department")
    assert sections.count() == 14
    assert page.locator("details.department[open]").count() == 0

    page.locator("#departments-index a").first.click()
    assert page.locator("details.department[open]").count() == 1
    assert sections.first.locator("table.duties").is_visible()


def test_the_name_of_a_department_leads_to_it(page: Page) -> None:
    search = page.get_by_role("searchbox")
    search.fill("区审计局")
    assert page.locator("#departments-index tbody tr:visible").count() == 1
    search.press("Enter")
    opened = page.locator("details.department[open]")
    assert opened.locator("h3").all_inner_texts() == ["区审计局"]


def test_the_answer_is_asked_for_on_paper(page: Page) -> None:
    page.locator("details.department > summary").first.click()
    signature = page.locator(".answer .signature").first
    assert page.locator(".answer .choice").first.is_visible()
    assert not signature.is_visible()
    page.emulate_media(media="print")
    assert signature.is_visible()


def n_pages(page: Page) -> int:
    return len(PAGE_OBJECT.findall(page.pdf(prefer_css_page_size=True)))


def test_on_paper_each_department_of_hailing_is_one_page(page: Page) -> None:
    n_all = n_pages(page)
    # What was folded on screen was open on paper, and is folded again.
    assert page.locator("details.department[open]").count() == 0
    page.add_style_tag(content="details.department { display: none }")
    assert n_all - n_pages(page) == 14


def test_without_scripts_all_departments_stand_open(
    bare_session: Session, hailing_2018: Path
) -> None:
    page = bare_session.page
    page.goto((version(hailing_2018) / "departments.html").as_uri())
    assert page.locator("details.department[open]").count() == 14
