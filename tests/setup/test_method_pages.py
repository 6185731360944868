"""The pages of docs/methods say how every indicator is computed, and leave none out."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import methods
import pytest

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.load import load_catalogue
from ecoreport.config.methods import load_methods
from ecoreport.config.vocabulary import Area
from ecoreport.documented import documented_standards, documented_statistics
from ecoreport.errors import ParameterError
from ecoreport.project import Project

INDICATOR = re.compile(r"^\| `([a-z]+\.[a-z0-9_]+)` \|", re.MULTILINE)
SECTION = re.compile(r"^### `([^`]+)`$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#]+)(?:#([^)]+))?\)")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(Project.here())


@pytest.fixture(scope="module", params=[".md", ".zh-CN.md"])
def pages(request: pytest.FixtureRequest) -> dict[str, str]:
    """The pages as they stand in the repository, of one language, by name."""
    names = ["README", "common", "sources", *Area]
    return {name: (methods.FOLDER / f"{name}{request.param}").read_text("utf-8") for name in names}


def test_the_pages_are_as_generated() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in methods.FOLDER.glob("*.md")}
    assert written == methods.made(Project.here()), "run make methods"


def test_every_indicator_has_one_row_on_the_page_of_its_area(
    pages: dict[str, str], catalogue: Catalogue
) -> None:
    rows = sorted(
        (name, indicator) for name, page in pages.items() for indicator in INDICATOR.findall(page)
    )
    assert rows == sorted((one.area.value, one.id) for one in catalogue.indicators.values())
    asked = {one.indicator for plan in catalogue.plans.values() for one in plan.commitments}
    assert asked - {""} <= {indicator for _page, indicator in rows}


def test_every_statistic_and_function_is_explained_once(pages: dict[str, str]) -> None:
    found = [name for page in pages.values() for name in SECTION.findall(page)]
    assert len(found) == len(set(found))
    assert set(documented_statistics()) <= set(found), "add a row to params/methods/statistics.csv"
    assert set(documented_standards()) <= set(found), "add a row to params/methods/functions.csv"


def test_every_word_of_the_tables_names_something() -> None:
    found = load_methods(Project.here())
    standards = set(documented_standards())
    assert {one.statistic for one in found.statistics} == set(documented_statistics())
    assert {one.function for one in found.functions} == standards
    assert {name for one in found.statistics for name in one.functions} <= standards


def test_every_link_leads_somewhere(pages: dict[str, str]) -> None:
    broken = []
    for name, page in pages.items():
        for file, anchor in LINK.findall(page):
            path = methods.FOLDER / file
            heads = SECTION.findall(path.read_text("utf-8")) if path.is_file() else []
            if not path.is_file() or (
                anchor and anchor not in {one.replace(".", "") for one in heads}
            ):
                broken.append((name, file, anchor))
    assert broken == []


def test_what_is_not_verified_stands_out(pages: dict[str, str], catalogue: Catalogue) -> None:
    for one in catalogue.indicators.values():
        row = next(
            line for line in pages[one.area].splitlines() if line.startswith(f"| `{one.id}`")
        )
        is_marked = row.split(" | ")[-2].startswith("**")
        assert is_marked is not one.is_verified, one.id


@pytest.mark.parametrize(
    ("file", "row", "message"),
    [
        ("tables", "no_such_table,water,表,table,true", "no_such_table"),
        ("tables", "water_grades,water,表,table,true", "water_grades 不止一行"),
        ("statistics", "one,,no_such_table,算法", "no_such_table"),
        ("practices", "water,weather,,规则,rule", "weather"),
    ],
)
def test_a_row_that_names_nothing_is_refused(
    tmp_path: Path, file: str, row: str, message: str
) -> None:
    root = tmp_path / "project"
    for folder in ("methods", "standards"):
        shutil.copytree(Project.here().params / folder, root / "params" / folder)
    with (root / "params" / "methods" / f"{file}.csv").open("a", encoding="utf-8") as table:
        table.write(row + "\n")
    with pytest.raises(ParameterError, match=message):
        load_methods(Project(root))


def test_a_table_without_a_row_is_told(tmp_path: Path) -> None:
    root = tmp_path / "project"
    for folder in ("methods", "standards"):
        shutil.copytree(Project.here().params / folder, root / "params" / folder)
    (root / "params" / "standards" / "new_limits.csv").write_text("edition,limit\n", "utf-8")
    with pytest.raises(ParameterError, match="缺少 new_limits 一行"):
        load_methods(Project(root))
