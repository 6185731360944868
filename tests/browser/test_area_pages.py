"""The chapters of the areas: their rows lead to the list of all, and an unasked area is short."""

import shutil
from pathlib import Path

import pytest
from conftest import Session
from whole_runs import ROOT, make_project, report, version

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


def test_an_area_without_data_that_no_plan_asks_for_fits_half_a_page(
    tmp_path: Path, session: Session
) -> None:  # fmt: skip
    # The demonstration of the year tells of noise: this report knows the confirmations alone.
    root = make_project(tmp_path / "project", has_demonstration=False)
    [told] = (ROOT / "data" / "demonstration" / "hailing" / "2018").glob("*认定*")
    place = root / told.relative_to(ROOT)
    place.parent.mkdir(parents=True)
    shutil.copyfile(told, place)
    run = report(root)
    assert run.exit_code == 0, run.said
    session.page.set_viewport_size({"width": 1280, "height": 900})
    session.page.goto((version(root) / "noise.html").as_uri())
    assert session.page.locator("figure, table").count() == 0
    box = session.page.locator("section.missing").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 900


def test_an_area_with_data_that_no_plan_asks_for_shows_them(
    hailing_2018: Path, session: Session
) -> None:  # fmt: skip
    session.page.goto((version(hailing_2018) / "noise.html").as_uri())
    assert session.page.locator("section.missing").count() == 0
    for chart in ("noise-years", "noise-attainment", "noise-levels"):
        assert session.page.locator(f"figure#{chart}").count() == 1
