"""What is wrong is said plainly, nothing is half-made, and the report before stays as it was."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import whole_runs
from whole_runs import assert_told, ecoreport, opened, pages, start

RAW = "data/raw/hailing/2018"
DAYS_HEADER = "点位,日期,PM2.5(μg/m³),PM10(μg/m³),SO2(μg/m³),NO2(μg/m³),CO(mg/m³),O3-8h(μg/m³)\n"
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06"
HOSTILE = [
    ("YEAR", "20x8"),
    ("YEAR", "1999"),
    ("YEAR", "2018; touch x"),
    ("YEAR", "$(touch x)"),
    ("DISTRICT", "nowhere"),
    ("DISTRICT", "../x"),
    ("DISTRICT", "hailing\n2018"),
    ("AS_OF", "2017-09-30"),
    ("AS_OF", "30.9.2018"),
    ("LOCALE", "../zh"),
    ("ENGINE", "`touch x`"),
]


def state(root: Path) -> dict[str, str]:
    """Every file of the reports, by content."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (root / "reports").rglob("*")
        if path.is_file()
    }


@pytest.fixture
def untouched(project_of_hailing: Path) -> Iterator[Path]:
    """A project whose report must be the same when the test is over."""
    before = state(project_of_hailing)
    yield project_of_hailing
    assert state(project_of_hailing) == before
    assert opened(project_of_hailing)


def raw(root: Path, name: str, content: bytes | str) -> Path:
    """Put a file where a bureau puts it."""
    path = root / RAW / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def edit(notebook: Path, before: str, after: str) -> None:
    """Change the code of a notebook as an editor does."""
    text = notebook.read_text("utf-8")
    assert before in text
    notebook.write_text(text.replace(before, after), "utf-8")


@pytest.fixture(scope="module")
def empty_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which nothing was done yet."""
    return whole_runs.make_project(tmp_path_factory.mktemp("house") / "project")


@pytest.mark.parametrize(("name", "value"), HOSTILE)
def test_a_wrong_word_is_told_and_nothing_is_done(empty_house: Path, name: str, value: str) -> None:
    before, here = set(empty_house.rglob("*")), set(Path.cwd().iterdir())
    run = whole_runs.report(empty_house, **{name: value})

    assert_told(run, 2, name, value.splitlines()[0])
    assert len(run.said.splitlines()) == 1
    assert set(empty_house.rglob("*")) == before
    assert set(Path.cwd().iterdir()) == here


def test_files_that_cannot_be_read_are_named_each_with_its_reason(untouched: Path) -> None:
    raw(untouched, "生态文明指标上报值_2018.csv", b"")
    raw(untouched, "环境空气日均值_2018.csv", PICTURE)
    raw(untouched, "突发环境事件零报告_2018.csv", b"\xff\xfe\x80\x81\xfd\x00 abc,\xff\n")
    raw(untouched, "工作完成情况认定_2018.xlsx", PICTURE)
    (untouched / RAW / "环境空气小时值_2018.csv").mkdir()
    run = whole_runs.report(untouched)

    assert_told(run, 2, "是空的", "编码不是", "退回表", "DRAFT=1")
    for name in ("生态文明指标上报值", "环境空气日均值", "突发环境事件零报告", "工作完成情况认定"):
        assert f"{RAW}/{name}_2018." in "".join(run.said.split()), name
    books = list((untouched / "data/processed/hailing/2018/returned").glob("*.xlsx"))
    assert len(books) == 4


def test_a_link_out_of_the_folder_is_not_followed(project_of_hailing: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text(DAYS_HEADER + "公园路,2018-01-01,1,2,3,4,0.5,6\n", "utf-8")
    link = project_of_hailing / RAW / "环境空气日均值_2018.csv"
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    before, _files = opened(project_of_hailing)
    run = whole_runs.report(project_of_hailing)

    assert_told(run, 0, link.name, "符号链接")
    manifest, files = opened(project_of_hailing)
    assert manifest.rests_on_demonstration
    assert files["air.html"] == _files["air.html"]
    assert before.title == manifest.title


def test_a_table_of_the_bureau_replaces_the_demonstration_of_its_dataset_only(
    project_of_hailing: Path,
) -> None:
    raw(
        project_of_hailing,
        "生态文明指标上报值_2018.csv",
        "序号,指标名称,报告期,完成值,计量单位,统计口径,依据文件,文号,责任单位,填报人,审核人\n"
        "12,森林覆盖率,2018年,23.4,%,全区,林业年报,海林〔2019〕3号,区农委,张三,李四\n"
        "37,公众对生态文明建设的满意度,2018年,79.9,%,全区,调查报告,海统〔2019〕1号,区统计局,张三,李四\n",
    )
    run = whole_runs.report(project_of_hailing)

    assert_told(run, 0, "演示数据_生态文明指标上报值_2018.xlsx", "data/raw 中已有")
    manifest, files = opened(project_of_hailing)
    known = json.loads(files["data/assessment.json"])
    by_id = {one["commitment"]: one for one in known["verdicts"]}
    assert by_id["hailing/12"]["verdict"] == "met"
    assert by_id["hailing/37"]["verdict"] == "not_met"
    assert by_id["hailing/33"]["verdict"] == "no_data"
    for name in ("hailing/12", "hailing/33", "hailing/37"):
        assert not by_id[name]["rests_on_demonstration"], name
    assert by_id["hailing/01"]["rests_on_demonstration"]
    assert manifest.rests_on_demonstration
    ids = [one["id"] for one in known["observations"] if one["id"].startswith("hailing/2018/")]
    figures = [name for name in ids if "/greening.forest_cover" in name]
    assert figures
    assert not any(name.endswith("/demonstration") for name in figures)


def test_an_error_in_a_cell_names_notebook_and_cell(untouched: Path) -> None:
    edit(untouched / "notebooks/air.ipynb", "findings.has_air(report)", "1 / 0")
    run = whole_runs.report(untouched)

    assert_told(run, 3, "air.ipynb", "第 2 个单元格", "除数为零")


def test_a_misspelt_parameter_is_told_with_the_right_one(untouched: Path) -> None:
    edit(untouched / "notebooks/air.ipynb", "year: int = 2018", "yaer: int = 2018")
    run = whole_runs.report(untouched)

    assert_told(run, 2, "air.ipynb", "'year'", "yaer")


def test_an_output_with_a_warning_is_no_report(untouched: Path) -> None:
    edit(
        untouched / "notebooks/air.ipynb",
        "has_air = findings.has_air(report)",
        "has_air = findings.has_air(report); import warnings; warnings.warn('短缺')",
    )
    run = whole_runs.report(untouched)

    assert_told(run, 4, "air.html", "短缺")


def test_a_missing_chapter_is_told(untouched: Path) -> None:
    (untouched / "notebooks/air.ipynb").unlink()
    assert_told(whole_runs.report(untouched), 2, "air", "params/report.yml")


def test_no_notebooks_are_told(untouched: Path) -> None:
    shutil.rmtree(untouched / "notebooks")

    assert_told(whole_runs.report(untouched), 2, "notebooks", "没有笔记本")


def test_a_folder_that_cannot_be_written_is_told(untouched: Path) -> None:
    edit(untouched / "notebooks/air.ipynb", "report = open_report(", "report  = open_report(")
    for path in (untouched / "reports").rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    # Who may do everything is bound by no mode: give that up.
    before = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []
    if before and shutil.which(before[0]) is None:
        pytest.skip("running as root, and setpriv is not there to give up its rights")
    process = start(untouched, "report", *before, DISTRICT="hailing", YEAR="2018")
    said, _nothing = process.communicate(timeout=whole_runs.LONGEST_RUN_SECONDS)
    for path in (untouched / "reports").rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)

    assert_told(whole_runs.Run(process.returncode, said), 1, "reports/hailing/2018", "权限")


def test_a_stop_gives_no_report_but_a_workbook_to_send_back_and_a_draft_on_request(
    project_of_hailing: Path, tmp_path: Path
) -> None:
    root, before = project_of_hailing, state(project_of_hailing)
    days = [f"公园路,2018-{month:02}-10,41,70,12,30,0.8,90\n" for month in range(1, 13)]
    raw(
        root,
        "环境空气日均值_2018.csv",
        DAYS_HEADER + "".join(days) + "莲花,2018-05-17,-5,70,12,30,0.8,90\n",
    )
    raw(root, "生态文明指标上报值_2018.csv", b"")
    stopped = whole_runs.report(root)

    assert_told(stopped, 2, "数据未通过校验", "DRAFT=1")
    assert state(root) == before
    assert_told(ecoreport(root, "verify", DISTRICT="hailing", YEAR="2018"), 0, "核对通过")
    books = sorted((root / "data/processed/hailing/2018/returned").glob("*.xlsx"))
    assert len(books) == 2
    assert all(f"{book.relative_to(root)}" in stopped.said for book in books)
    rows = [
        " ".join(str(cell.value) for cell in row if cell.value is not None)
        for book in books
        for sheet in openpyxl.load_workbook(book)
        for row in sheet.iter_rows()
    ]
    (at_fault,) = (row for row in rows if "-5" in row and "莲花" in row)
    assert "PM2.5" in at_fault

    draft = whole_runs.report(root, DRAFT="1")
    assert_told(draft, 0, "草稿", "不得发布")
    manifest, files = opened(root)
    assert manifest.is_draft
    for name, page in pages(root).items():
        assert "草稿" in page.split("</header>")[0], name
    known = json.loads(files["data/assessment.json"])
    by_id = {one["commitment"]: one for one in known["verdicts"]}
    for name in ("hailing/33", "hailing/35"):
        assert (by_id[name]["verdict"], by_id[name]["reason"]) == ("no_data", "rejected"), name
    assert by_id["hailing/01"]["verdict"] == "met"
    given = {"DISTRICT": "hailing", "YEAR": "2018", "TARGET": str(tmp_path / "intranet")}
    assert_told(ecoreport(root, "publish", **given), 2, "草稿")
    assert not (tmp_path / "intranet").exists()
