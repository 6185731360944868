"""What holds for the table of every dataset: order, names, unknown columns, template and back."""

from __future__ import annotations

import random
from pathlib import Path

import openpyxl
import pytest

from ecoreport.config.layouts import Column, Dataset
from ecoreport.config.load import load_catalogue
from ecoreport.config.vocabulary import Secrecy
from ecoreport.ingest.files import Sheet
from ecoreport.ingest.gather import ingest
from ecoreport.ingest.headers import Header, HeaderReader
from ecoreport.ingest.templates import write_templates
from ecoreport.ingest.units import Units
from ecoreport.project import Pair, Project

CATALOGUE = load_catalogue(Project.here())
READ = [one for one in CATALOGUE.datasets.values() if one.secrecy is not Secrecy.FORBIDDEN]
WITH_TEMPLATE = [one for one in READ if not one.has_own_template]
LEDGER = "rectification"
"""Its template needs problems, which only some districts have."""
UNKNOWN_ENDING = "甲乙"

every_dataset = pytest.mark.parametrize("dataset", READ, ids=lambda one: one.id)


def header(reader: HeaderReader, labels: list[str]) -> Header:
    found = reader.find(Sheet("表", [labels, ["35"] * len(labels)]), "表.xlsx")
    assert found is not None
    return found


def taken(found: Header, labels: list[str]) -> dict[str, str]:
    return {name: labels[one.index] for name, one in found.headings.items()}


def labels_of(dataset: Dataset) -> dict[str, str]:
    return {one.name: f"{one.zh}({one.unit})" if one.unit else one.zh for one in dataset.columns}


@every_dataset
def test_columns_come_in_any_order(dataset: Dataset, units: Units) -> None:
    reader, labels = HeaderReader(dataset, units), labels_of(dataset)
    for seed in range(5):
        shuffled = list(labels.values())
        random.Random(seed).shuffle(shuffled)  # noqa: S311 - an order, no secret
        found = header(reader, shuffled)
        assert taken(found, shuffled) == labels
        assert (found.unknown, found.doubtful) == ([], [])


@every_dataset
def test_columns_come_under_each_of_their_usual_other_names(dataset: Dataset, units: Units) -> None:
    reader, labels = HeaderReader(dataset, units), labels_of(dataset)
    for column in dataset.columns:
        for alias in (*column.aliases, column.name):
            told = {**labels, column.name: alias}
            found = header(reader, list(told.values()))
            assert taken(found, list(told.values())) == told, (column.name, alias)


@every_dataset
def test_an_unknown_column_is_named_with_the_nearest_known_one(
    dataset: Dataset, units: Units
) -> None:
    reader, labels = HeaderReader(dataset, units), list(labels_of(dataset).values())
    strange = "完全不相干的一列"
    long = [one for one in dataset.columns if len(one.zh) > len(UNKNOWN_ENDING)]
    for column in long:
        misspelt = column.zh + UNKNOWN_ENDING
        found = header(reader, [*labels, misspelt, strange])
        told = dict(found.unknown)
        # What a pattern of the layout passes over is no unknown column.
        if misspelt in told:
            assert told[misspelt], misspelt
        assert told[strange] == ""


def value_of(column: Column, example: object) -> object:
    """Return what a department would write: the example, or a word where it gives none."""
    if example not in (None, ""):
        return example
    written = {"text": "某某", "section": "S1", "year": "2018", "file": "a.pdf"}
    return written.get(column.type, "")


def filled(path: Path, dataset: Dataset) -> list[object]:
    """Write the example of a template, without its mark, as the first row of data."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    example = [cell.value for cell in sheet[2]]
    first = str(example[0] or "").removeprefix("示例").strip()
    example = [first, *example[1:]]
    row = [value_of(*pair) for pair in zip(dataset.columns, example, strict=True)]
    for index, value in enumerate(row, start=1):
        sheet.cell(3, index).value = value or None
    book.save(path)
    return row


@pytest.mark.parametrize("dataset", WITH_TEMPLATE, ids=lambda one: one.id)
def test_a_template_reads_back_with_its_own_example(dataset: Dataset, project: Project) -> None:
    pair = Pair("wuxi" if dataset.id == LEDGER else "hailing", 2018)
    written = {path.name: path for path in write_templates(project, pair, CATALOGUE)}
    path = written[dataset.template_name(pair.year)]
    row = filled(path, dataset)
    for other in written.values():
        if other != path:
            other.unlink()

    ingested = ingest(project, pair, CATALOGUE)
    assert set(ingested.frames) == {dataset.id}
    frame = ingested.frames[dataset.id]
    assert ingested.problems.empty, ingested.problems["message"].tolist()
    assert len(frame) == 1
    given = [one.name for one, value in zip(dataset.columns, row, strict=True) if value]
    assert frame[given].notna().all(axis=None), frame[given].isna().iloc[0]
    assert {one.name for one in dataset.columns if one.is_required} <= set(given)
