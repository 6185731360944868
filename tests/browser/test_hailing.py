"""The table to work with in the report of Hailing 2018."""

import re
from pathlib import Path

import pytest
from conftest import Session
from playwright.sync_api import Locator, Page
from whole_runs import version

VERDICT = '.table-tools label:has(> span:text-is("结论")) select'


@pytest.fixture
def page(session: Session, hailing_2018: Path) -> Page:
    session.page.goto((version(hailing_2018) / "index.html").as_uri())
    return session.page


def rows(page: Page) -> Locator:
    return page.locator("table.commitments tbody > tr:not(.trace, .group):visible")


def cells(page: Page, number: int) -> list[str]:
    found = rows(page).locator(f"td:nth-child({number})").all_inner_texts()
    return [text.strip() for text in found]


def test_a_filter_leaves_the_rows_that_the_conclusion_counts(page: Page) -> None:
    n_rows = rows(page).count()
    page.locator(VERDICT).select_option("未达标")
    shown = rows(page).all_inner_texts()

    assert 0 < len(shown) < n_rows
    assert all("未达标" in text for text in shown)
    assert page.get_by_role("status").inner_text() == f"显示 {len(shown)} 行，共 {n_rows} 行"
    counted = page.locator(
        "section.conclusion data[data-observation$='/binding/not_met'],"
        "section.conclusion data[data-observation$='/reference/not_met']"
    ).all_inner_texts()
    parts = page.locator("table.commitments tbody > tr.part:visible").count()
    assert sum(map(int, counted)) == len(shown) - parts


def test_sorting_by_number_orders_all_rows(page: Page) -> None:
    button = page.locator("table.commitments th button", has_text="序号")
    button.click()
    up = [int(text) for text in cells(page, 1) if text]
    button.click()
    down = [int(text) for text in cells(page, 1) if text]

    assert up == list(range(1, 38))
    assert down == up[::-1]


def test_a_row_opens_to_where_its_number_comes_from(page: Page) -> None:
    row = page.locator("#c-hailing-27")
    button = row.locator("button.trace-toggle")
    trace = page.locator(f"#{button.get_attribute('aria-controls')}")
    assert not trace.is_visible()

    button.click()
    assert trace.is_visible()
    told = trace.inner_text()
    # Treated and discharged volumes go before the rate that was reported alone.
    assert "演示数据_污水处理统计_2018.xlsx" in told
    assert re.search(r"第 \d+ 行", told)
    button.click()
    assert not trace.is_visible()


def test_every_link_of_the_attention_list_leads_to_its_row(page: Page) -> None:
    links = page.locator("ol.attention a")
    assert links.count() > 0
    for link in links.all():
        link.click()
        target = page.locator(link.get_attribute("href") or "none")
        assert target.is_visible()
        assert target.evaluate("(row) => row.matches(':target')")


def test_downloads_are_there(page: Page, hailing_2018: Path) -> None:
    found = page.locator("a[download]").evaluate_all(
        "(links) => links.map((link) => link.getAttribute('href'))"
    )
    assert found
    for address in found:
        assert (version(hailing_2018) / address).is_file(), address
