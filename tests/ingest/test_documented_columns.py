"""Columns that docs/data-in names are accepted as headers; no required one is left out."""

from __future__ import annotations

import re

import pytest

from ecoreport.config.load import load_catalogue
from ecoreport.config.vocabulary import Secrecy
from ecoreport.ingest.files import Sheet
from ecoreport.ingest.headers import HeaderReader
from ecoreport.ingest.units import Units
from ecoreport.project import Project

PROJECT = Project.here()
CATALOGUE = load_catalogue(PROJECT)
PAGES = ("data-in.zh-CN.md", "data-in.md")
LINE = re.compile(r"\| `(?P<dataset>[a-z_]+)`[^|]*\|[^|]*\|(?P<columns>[^|]*)\|")


def documented(page: str) -> dict[str, list[str]]:
    """Return the headers that a page names, by dataset."""
    text = (PROJECT.root / "docs" / page).read_text("utf-8")
    return {one["dataset"]: re.findall("`([^`]+)`", one["columns"]) for one in LINE.finditer(text)}


@pytest.mark.parametrize("page", PAGES)
def test_every_table_that_is_read_is_on_the_page(page: str) -> None:
    read = {one.id for one in CATALOGUE.datasets.values() if one.secrecy is not Secrecy.FORBIDDEN}
    assert documented(page).keys() == read


@pytest.mark.parametrize("dataset", documented(PAGES[0]))
def test_the_columns_named_are_accepted_and_the_required_ones_are_among_them(
    dataset: str, units: Units
) -> None:
    reader = HeaderReader(CATALOGUE.datasets[dataset], units)
    labels = documented(PAGES[0])[dataset]
    whole = reader.find(Sheet("表", [labels, ["35"] * len(labels)]), "表.xlsx")
    assert whole is not None
    assert (whole.unknown, whole.doubtful) == ([], [])
    named = {labels[one.index]: name for name, one in whole.headings.items()}
    assert named.keys() == set(labels)
    required = {one.name for one in CATALOGUE.datasets[dataset].columns if one.is_required}
    assert required <= set(named.values())


def test_both_pages_name_the_same_columns() -> None:
    chinese, english = map(documented, PAGES)
    assert chinese == english
