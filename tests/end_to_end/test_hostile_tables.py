"""A whole report from tables full of hostile cells: nothing in it acts, and all is told."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import openpyxl
import pytest
import whole_runs
from whole_runs import assert_told, opened

from ecoreport.visible import ACTING

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
FORMULA = "=cmd|'/c calc'!A1"
TURNED = "\u202e年报\u2066"
CONTROLS = "\x07\x1b[31m林\x1b[0m"
LONG = "@SUM(1)" + "长" * 30_000
ROWS = [
    ["12", "森林覆盖率", "2018年", "23.4", "%", SCRIPT, FORMULA, TURNED, SCRIPT, CONTROLS, LONG],
    ["37", SCRIPT, "2018年", "79.9", "%", TURNED, CONTROLS, FORMULA, TURNED, SCRIPT, FORMULA],
    ["36", FORMULA, TURNED, SCRIPT, CONTROLS, "全区", "a", "b", "c", "d", ""],
]
HEADER = "序号,指标名称,报告期,完成值,计量单位,统计口径,依据文件,文号,填报人,审核人,备注"
FORMULA_START = re.compile(r"[\s]*[=+\-@＝＋－＠]")


def rows_of(name: str, content: bytes) -> list[list[str]]:
    """Return the cells of a download that are text."""
    if name.endswith(".csv"):
        csv.field_size_limit(2**20)
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [one.value for one in cells if one.data_type == "f"] == []
    return [[one.value for one in cells if isinstance(one.value, str)]]


def is_number(text: str) -> bool:
    """Whether a cell is a number, which may begin with a minus sign."""
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


@pytest.fixture(scope="module")
def hostile(
    hailing_2018: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, whole_runs.Run]:
    """A report made from a table of hostile cells, in files with hostile names."""
    root = tmp_path_factory.mktemp("hostile") / "project"
    shutil.copytree(hailing_2018, root, symlinks=True)
    folder = root / "data/raw/hailing/2018"
    folder.mkdir(parents=True)
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADER.split(","), *ROWS])
    table = text.getvalue().encode("utf-8-sig")
    (folder / "生态文明指标上报值_'\"<img src=x onerror=alert(3)>.csv").write_bytes(table)
    (folder / "生态文明指标上报值\u202evsc.csv").write_bytes(table)
    (folder / "环境空气日均值\n=1.csv").write_bytes(table)
    (folder / "生态文明指标上报值\udcff.csv").write_bytes(table)
    return root, whole_runs.report(root, DRAFT="1")


def test_names_that_act_are_told_and_not_read(hostile: tuple[Path, whole_runs.Run]) -> None:
    root, run = hostile
    assert_told(
        run, 0, "生态文明指标上报值\\u202evsc.csv", "\\u000a=1.csv", "\\udcff.csv", "请改名"
    )
    assert ACTING.search(run.said) is None
    sources = (root / "data/processed/hailing/2018/sources.json").read_text("utf-8")
    assert sum("请改名" in one.get("ignored_because", "") for one in json.loads(sources)) == 3


def test_no_page_and_no_download_acts(hostile: tuple[Path, whole_runs.Run]) -> None:
    root, _run = hostile
    _manifest, files = opened(root)
    pages = {name: text.decode() for name, text in files.items() if name.endswith(".html")}
    for name, page in pages.items():
        assert "<script>alert" not in page, name
        assert "<img src=x" not in page, name
        assert ACTING.search(page) is None, name
    told = "".join(pages.values())
    # What was refused is named, as text.
    assert "&lt;script&gt;alert(1)" in told
    assert "&lt;img src=x onerror=alert(3)&gt;" in told
    for name, content in files.items():
        if name.endswith((".csv", ".xlsx")):
            for row in rows_of(name, content):
                acting = [one for one in row if FORMULA_START.match(one) and not is_number(one)]
                assert acting == [], name
                assert ACTING.search("".join(row)) is None, name


def test_the_workbook_that_goes_back_holds_no_formula(hostile: tuple[Path, whole_runs.Run]) -> None:
    root, _run = hostile
    books = list((root / "data/processed/hailing/2018/returned").glob("*.xlsx"))
    assert books
    for book in books:
        ((*cells,),) = rows_of(book.name, book.read_bytes())
        assert [one for one in cells if FORMULA_START.match(one) and not is_number(one)] == []
        assert any("script" in one for one in cells)
