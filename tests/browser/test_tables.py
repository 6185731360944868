"""The table to work with, by hand and by keyboard, on the sample."""

from pathlib import Path

import pytest
from conftest import Session
from playwright.sync_api import Page

from ecoreport.current import current_manifest

SEQUENCE, VALUE = 0, 5
VERDICT = '.table-tools label:has(> span:text-is("结论")) select'


@pytest.fixture
def address(sample_folder: Path) -> str:
    version = sample_folder / "versions" / current_manifest(sample_folder).version
    return (version / "index.html").as_uri()


@pytest.fixture
def page(session: Session, address: str) -> Page:
    session.page.goto(address)
    return session.page


def column(page: Page, number: int) -> list[str]:
    rows = page.locator("table.commitments tbody > tr:not(.trace, .group):visible")
    cells = rows.locator(f"td:nth-child({number + 1})")
    return [text.strip() for text in cells.all_inner_texts()]


def test_numbers_sort_as_numbers_and_what_is_missing_stands_last(page: Page) -> None:
    page.get_by_role("button", name="现状值").click()
    ascending = column(page, VALUE)
    page.get_by_role("button", name="现状值").click()
    descending = column(page, VALUE)

    for found, is_descending in ((ascending, False), (descending, True)):
        numbers = [float(text) for text in found if text != "—"]
        assert numbers == sorted(numbers, reverse=is_descending)
        assert set(found[len(numbers) :]) == {"—"}


def test_a_trace_stays_below_its_row(page: Page) -> None:
    page.get_by_role("button", name="现状值").click()

    pairs = page.locator("table.commitments tbody").first.evaluate(
        "(body) => [...body.rows].filter((row) => row.id).map((row) => row.id)"
    )
    assert [row.replace("c-", "t-") for row in pairs[::2]] == pairs[1::2]


def test_sorting_works_by_keyboard(page: Page) -> None:
    page.get_by_role("button", name="序号").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")

    assert column(page, SEQUENCE)[:2] == ["40", "39"]


def test_filters_narrow_and_tell_how_many(page: Page) -> None:
    page.locator(VERDICT).select_option("未报送")
    assert column(page, SEQUENCE) == ["4", "17", "30"]
    assert page.get_by_role("status").inner_text() == "显示 3 行，共 40 行"

    page.get_by_label("查找").fill("第 4 项")
    assert column(page, SEQUENCE) == ["4"]

    page.locator(VERDICT).select_option("")
    page.get_by_label("查找").fill("")
    assert len(column(page, SEQUENCE)) == 40


def test_headings_stand_only_over_rows_in_their_order(page: Page) -> None:
    headings = page.locator("table.commitments tr.group:visible")
    assert headings.all_inner_texts() == ["第 1 组", "第 2 组"]
    page.get_by_label("查找").fill("第 33 项")
    assert headings.all_inner_texts() == ["第 2 组"]
    page.get_by_label("查找").fill("")

    page.get_by_role("button", name="现状值").click()
    assert headings.count() == 0
    page.get_by_role("button", name="序号").click()
    assert headings.all_inner_texts() == ["第 1 组", "第 2 组"]
    assert column(page, SEQUENCE) == [str(number) for number in range(1, 41)]


def test_a_row_is_found_by_each_of_its_departments(page: Page) -> None:
    select = page.locator('.table-tools label:has(> span:text-is("责任单位")) select')
    assert select.locator("option").count() == 6
    select.select_option("发展和改革委员会")
    assert column(page, SEQUENCE) == [str(n) for n in range(1, 41) if n % 5 in {0, 1}]


def test_a_mark_of_the_strip_says_of_which_row_it_is(page: Page) -> None:
    assert page.locator('.strip a[href="#c-7"]').get_attribute("title")


def test_a_row_opens_to_its_trace_and_closes(page: Page) -> None:
    button = page.locator("#c-3 button")
    trace = page.locator("#t-3")
    assert not trace.is_visible()

    button.click()
    assert trace.is_visible()
    assert button.get_attribute("aria-expanded") == "true"
    page.get_by_label("查找").fill("第 4 项")
    assert not trace.is_visible()
    page.get_by_label("查找").fill("")
    assert trace.is_visible()
    button.click()
    assert not trace.is_visible()


def test_a_mark_of_the_strip_leads_to_its_row_even_where_a_filter_hides_it(page: Page) -> None:
    page.locator(VERDICT).select_option("未报送")
    page.locator('.strip a[href="#c-7"]').click()

    page.locator("#c-7").wait_for(state="visible")
    assert len(column(page, SEQUENCE)) == 40
    assert page.locator("#c-7").evaluate("(row) => row.matches(':target')")


def test_a_link_to_a_trace_opens_it(session: Session, address: str) -> None:
    session.page.goto(f"{address}#t-9")

    assert session.page.locator("#t-9").is_visible()
