"""The report of Hailing 2018, made as the first command of a fresh clone makes it."""

import csv
import hashlib
import io
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup
from whole_runs import assert_told, ecoreport, folder, opened, pages, version

FORMULA_MARKS = ("=", "+", "@", "\t", "\r")
MARK = "演示数据"
PLAN_TOTALS = {"all": 37, "binding": 18, "reference": 19}


@pytest.fixture(scope="module")
def parsed(hailing_2018: Path) -> dict[str, BeautifulSoup]:
    """Every page, read."""
    return {name: BeautifulSoup(text, "html.parser") for name, text in pages(hailing_2018).items()}


@pytest.fixture(scope="module")
def tables(hailing_2018: Path) -> dict[str, list[dict[str, str]]]:
    """Every CSV beside the pages, read as a spreadsheet does."""
    _manifest, files = opened(hailing_2018)
    found = {}
    for name, content in files.items():
        if name.endswith(".csv"):
            assert content.startswith(b"\xef\xbb\xbf"), name
            found[name] = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    return found


def test_the_command_leaves_pages_downloads_a_record_and_a_log(hailing_2018: Path) -> None:
    manifest, files = opened(hailing_2018)
    there = version(hailing_2018)

    notebooks = {path.name for path in (hailing_2018 / "notebooks").glob("*.ipynb")}
    assert sum(name.endswith(".html") for name in files) == len(notebooks)
    assert {"index.html", "departments.html", "data/departments.xlsx"} <= set(files)
    assert {"data/verdicts.csv", "data/assessment.xlsx"} <= set(files)
    on_disk = {
        path.relative_to(there).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in there.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert on_disk == manifest.files
    assert manifest.is_verified and manifest.rests_on_demonstration and not manifest.is_draft
    record = json.loads((folder(hailing_2018) / "run.json").read_text("utf-8"))
    assert {one["notebook"] for one in record["notebooks"]} == notebooks
    assert all(seconds > 0 for seconds in record["stages_seconds"].values())
    (log,) = (hailing_2018 / "logs").glob("*-report-hailing-2018*.log")
    assert "装订报告" in log.read_text("utf-8")


def test_every_commitment_of_the_plan_has_its_row(
    parsed: dict[str, BeautifulSoup], tables: dict[str, list[dict[str, str]]]
) -> None:
    rows = tables["data/verdicts.csv"]
    whole = [row for row in rows if not row["属于"]]

    assert sorted(int(row["序号"]) for row in whole) == list(range(1, 38))
    said = {
        one["data-observation"].split("/count/hailing/")[1]: int(one["value"])
        for one in parsed["index.html"].select("data[data-observation*='/count/hailing/']")
    }
    assert {name: said[f"{name}/total"] for name in PLAN_TOTALS} == PLAN_TOTALS
    for attribute, name in (("约束性", "binding"), ("参考性", "reference")):
        met = [row for row in whole if row["属性"] == attribute and row["结论代码"] == "met"]
        assert said[f"{name}/met"] == len(met)


def test_demonstration_data_says_so_wherever_it_is_shown(
    parsed: dict[str, BeautifulSoup],
) -> None:
    n_figures = n_rows = 0
    for name, page in parsed.items():
        assert MARK in page.select_one(".masthead").get_text(), name
        for figure in page.select("figure"):
            assert MARK in figure.get_text(), figure["id"]
            n_figures += 1
        # Whatever was observed in this project is demonstration data: there is no other.
        for row in page.select(
            "tr:has(data[data-observation$='/demonstration']), .headline-figure"
        ):
            assert MARK in row.get_text(), row.get_text(" ", strip=True)
            n_rows += 1
    assert n_figures >= 10
    assert n_rows >= 10


def test_demonstration_data_says_so_in_every_exported_row(
    hailing_2018: Path, tables: dict[str, list[dict[str, str]]]
) -> None:
    _manifest, files = opened(hailing_2018)
    known = json.loads(files["data/assessment.json"])

    assert known["rests_on_demonstration"] is True
    assert known["observations"]
    assert all(one["is_demonstration"] for one in known["observations"])
    resting = {one["commitment"] for one in known["verdicts"] if one["rests_on_demonstration"]}
    marked = {row["编号"] for row in tables["data/verdicts.csv"] if row["演示数据"] == MARK}
    assert marked == resting
    with_value = {row["编号"] for row in tables["data/verdicts.csv"] if row["数值"]}
    assert with_value <= marked
    assert {row["演示数据"] for row in tables["data/observations.csv"]} == {MARK}
    for name, rows in tables.items():
        if name.startswith("data/air-"):
            assert rows, name
            assert {row["数据性质"] for row in rows} == {MARK}, name


def test_downloads_open_and_hold_no_formula(
    hailing_2018: Path, tables: dict[str, list[dict[str, str]]]
) -> None:
    _manifest, files = opened(hailing_2018)
    for name, rows in tables.items():
        for row in rows:
            for text in row.values():
                assert not text.startswith(FORMULA_MARKS), (name, text)
                assert not text.startswith("-") or Decimal(text) < 0, (name, text)
    book = openpyxl.load_workbook(io.BytesIO(files["data/assessment.xlsx"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    listed = book.worksheets[0]
    assert listed.max_row - 1 == len(tables["data/verdicts.csv"])
    first = [cell.value for cell in next(listed.iter_rows())]
    assert first == list(tables["data/verdicts.csv"][0])


def test_numbers_of_the_pages_are_those_of_the_downloads(
    hailing_2018: Path, parsed: dict[str, BeautifulSoup]
) -> None:
    _manifest, files = opened(hailing_2018)
    known = json.loads(files["data/assessment.json"])
    values = {one["id"]: one["value"] for one in known["observations"]}
    shown = [
        (one["data-observation"], one["value"])
        for page in parsed.values()
        for one in page.select("data")
        if one.get("data-observation") in values
    ]

    assert len(shown) > 50
    for name, value in shown:
        assert Decimal(value) == Decimal(values[name]), name


def test_what_rests_on_demonstration_data_is_verified_but_never_published(
    hailing_2018: Path, tmp_path: Path
) -> None:
    target = tmp_path / "intranet"
    given = {"DISTRICT": "hailing", "YEAR": "2018"}

    assert_told(ecoreport(hailing_2018, "verify", **given), 0, "核对通过")
    refused = ecoreport(hailing_2018, "publish", **given, TARGET=str(target))
    assert_told(refused, 2, "不予发布", MARK)
    assert not target.exists()
