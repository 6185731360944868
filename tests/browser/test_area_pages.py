"""The chapters of the areas: their rows lead to the list of all, and an unasked area is short."""

from pathlib import Path

import pytest
from conftest import Session
from whole_runs import version

AREAS = ("soil", "waste", "greening", "institutional", "resources")


@pytest.mark.parametrize("area", AREAS)
def test_each_row_leads_to_the_list_of_all(
    hailing_2018: Path, session: Session, area: str
) -> None:  # fmt: skip
    folder = version(hailing_2018)
    session.page.goto((folder / f"{area}.html").as_uri())
    links = session.page.locator(f"#{area}-asked td a")
    places = links.evaluate_all("(links) => links.map((link) => link.hash)")
    assert places
    session.page.goto((folder / "index.html").as_uri())
    assert [place for place in places if not session.page.locator(place).count()] == []


def test_an_area_that_no_plan_asks_for_fits_half_a_page(
    hailing_2018: Path, session: Session
) -> None:  # fmt: skip
    session.page.set_viewport_size({"width": 1280, "height": 900})
    session.page.goto((version(hailing_2018) / "noise.html").as_uri())
    assert session.page.locator("figure, table").count() == 0
    box = session.page.locator("section.missing").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 900
