"""From a letter to the verdict, the page and the downloads."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from ecoreport.assessment import Assessment
from ecoreport.config.load import load_catalogue
from ecoreport.export import downloads
from ecoreport.prepare import prepare
from ecoreport.progress import QUIET, Progress
from ecoreport.project import Pair, Project
from ecoreport.report import Report
from ecoreport.rows import rows_of
from ecoreport.tables import corrections

ROOT = Path(__file__).parents[1]
PAIR = Pair("hailing", 2018)
DISCLOSURE = "institutional.information_disclosure_rate"
LETTERS = """
corrections:
  - file: data/raw/hailing/2018/上报值.csv
    row: 2
    column: 数值
    old_value: "91.4"
    new_value: "120"
    letter: <b>泰海环函〔2019〕1号</b>
    issued_by: =海陵区环境保护局
    date: 2019-03-05
    reason: 分母误计
  - file: data/demonstration/hailing/2018/演示_零报告.csv
    row: 2
    column: 事件数
    old_value: "0"
    new_value: "1"
    letter: 演示〔2019〕1号
    issued_by: 演示单位
    date: 2019-03-05
  - file: data/raw/hailing/2018/认定表.xlsx
    row: 2
    column: 完成情况
    old_value: 已完成
    new_value: 未完成
    letter: 泰海〔2019〕2号
    issued_by: 海陵区政府办
    date: 2019-03-05
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = tmp_path_factory.mktemp("corrected")
    shutil.copytree(ROOT / "params", root / "params")
    for name in ("expectations", "templates"):
        (root / name).symlink_to(ROOT / name)
    made = Project(root.resolve())
    (made.params / "districts/hailing/corrections.yml").write_text(LETTERS, "utf-8")
    write(made.raw(PAIR) / "上报值.csv", "指标,时段,数值,单位\n环境信息公开率,2018,91.4,%\n")
    event = "重、特大突发环境事件,2018年1月,0,王\n"
    text = f"指标名称,月份,发生起数,签发人\n{event}"
    write(made.demonstration(PAIR) / "演示_零报告.csv", text)
    return made


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def assessment(project: Project) -> Assessment:
    return prepare(project, load_catalogue(project), PAIR, None, Progress(QUIET)).assessment


def test_the_corrected_value_is_judged_and_checked(assessment: Assessment) -> None:
    """A rate of 120 % stops the table, whoever wrote it, and both values are named."""
    (stop,) = [one for one in assessment.validation.findings if one.severity == "stop"]
    assert (stop.column, stop.row, stop.value) == ("value", 2, "91.4 → 120")
    assert assessment.is_draft
    assert not [one for one in assessment.observations if one.indicator == DISCLOSURE]


def test_a_correction_without_its_file_is_a_warning(assessment: Assessment) -> None:
    (warning,) = [one for one in assessment.validation.warnings if "没有应用" in str(one.reason)]
    assert (warning.file, warning.row) == ("params/districts/hailing/corrections.yml", 19 + 1)


def test_the_report_lists_every_correction_escaped(
    project: Project, assessment: Assessment
) -> None:
    report = Report(project, PAIR, load_catalogue(project), assessment)
    page = corrections(report)
    assert "&lt;b&gt;泰海环函〔2019〕1号&lt;/b&gt;" in page
    assert "<td>91.4</td><td>120</td>" in page
    assert "没有应用：没有这个文件" in page
    marked, *others = [one for one in page.split("<tr")[1:] if "演示单位" in one]
    assert 'class="demonstration"' in marked
    assert not others
    event = next(
        row
        for row in rows_of(report, report.plan)
        if row.commitment.indicator == "institutional.major_environmental_events"
    )
    notes = [line.text for lines in event.trace for line in lines if line.label == "说明"]
    assert any("原报“0”" in note and "更正为“1”" in note for note in notes)


def test_downloads_hold_every_correction(project: Project, assessment: Assessment) -> None:
    files = downloads(assessment, load_catalogue(project), "zh")
    text = files["data/corrections.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(one["原值"], one["更正为"]) for one in rows] == [
        ("91.4", "120"),
        ("0", "1"),
        ("已完成", "未完成"),
    ]
    assert rows[0]["出函单位"] == "'=海陵区环境保护局"
    assert [one["演示数据"] for one in rows] == ["", "演示数据", ""]
    assert rows[2]["没有应用的原因"]
    sheet = openpyxl.load_workbook(io.BytesIO(files["data/assessment.xlsx"]))["更正"]
    assert sheet.max_row == 4
    assert len(json.loads(files["data/assessment.json"])["corrections"]) == 3


def test_without_letters_there_is_no_list(project: Project, assessment: Assessment) -> None:
    plain = assessment.model_copy(update={"corrections": ()})
    files = downloads(plain, load_catalogue(project), "zh")
    assert "data/corrections.csv" not in files
    assert (
        "更正" not in openpyxl.load_workbook(io.BytesIO(files["data/assessment.xlsx"])).sheetnames
    )
