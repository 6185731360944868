"""Which corrections a district may file, and where each mistake is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from ecoreport.config.load import load_catalogue
from ecoreport.project import Pair, Project

Complaints = Callable[[], list[str]]

FILE = "params/districts/hailing/corrections.yml"
CORRECTION = {
    "file": "data/raw/hailing/2018/上报值.xlsx",
    "sheet": "上报值",
    "row": 7,
    "column": "完成值",
    "old_value": "91.4",
    "new_value": "93.2",
    "letter": "泰海环函〔2019〕1号",
    "title": "关于更正环境信息公开率的函",
    "issued_by": "海陵区环境保护局",
    "date": "2019-03-05",
    "reason": "分母误计",
}


def write(project: Project, *changes: dict[str, Any], district: str = "hailing") -> None:
    """File corrections, each as the usual one with changes; None leaves a key out."""
    entries = [
        {name: cell for name, cell in (CORRECTION | change).items() if cell is not None}
        for change in changes
    ]
    folder = project.params / "districts" / district
    folder.mkdir(exist_ok=True)
    text = yaml.safe_dump({"corrections": entries}, allow_unicode=True, sort_keys=False)
    (folder / "corrections.yml").write_text(text, encoding="utf-8")


def test_a_correction_knows_its_cell_and_its_line(project: Project) -> None:
    write(project, {}, {"row": 8, "column": "value", "sheet": None})
    first, second = load_catalogue(project).corrections[Pair("hailing", 2018)]
    assert (first.dataset, first.column_name, first.old_value) == ("reported", "value", "91.4")
    assert (first.filed_in, first.line, second.line) == (FILE, 2, 13)
    assert (second.column_name, second.sheet, second.is_demonstration) == ("value", "", False)


def test_a_path_may_be_copied_from_windows(project: Project) -> None:
    write(project, {"file": "data\\demonstration\\hailing\\2017\\部门\\上报值.xlsx"})
    (one,) = load_catalogue(project).corrections[Pair("hailing", 2017)]
    assert one.file == "data/demonstration/hailing/2017/部门/上报值.xlsx"
    assert one.is_demonstration


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"file": "data/raw/hailing/2018/2018空气日均值.xlsx", "column": "PM2.5"},
            "file: “环境空气日均值”是监测数据，任何函都不能更正：只能由监测站以标记作废，并附文件",
        ),
        ({"file": "data/raw/hailing/2018/空气小时值.csv"}, "file: “环境空气小时值”是监测数据"),
        ({"file": "data/raw/wuxi/2018/上报值.xlsx"}, "file: 不是 hailing 的表"),
        ({"file": "data/raw/hailing/2018/通讯录.xlsx"}, "file: 文件名不属于任何数据集"),
        ({"file": "data/raw/hailing/2018/../2017/上报值.xlsx"}, "file: 应为报告“收到的文件”中"),
        ({"file": "/data/raw/hailing/2018/上报值.xlsx"}, "file: 应为报告“收到的文件”中"),
        ({"file": "上报值.xlsx"}, "file: 应为报告“收到的文件”中"),
        ({"column": "数据值"}, "column: 没有名为 '数据值' 的项"),
        ({"column": "指标名称"}, "column: “指标”说明这一行说的是什么，不能用更正函改"),
        ({"column": "数据性质"}, "column: 这一列说的是核对到哪一步"),
        ({"column": "计量单位"}, "column: 单位不单独更正"),
        ({"old_value": 91.4}, "old_value: 数值也要加引号"),
        ({"new_value": True}, "new_value: 数值也要加引号"),
        ({"new_value": None}, "new_value: 缺少这一项，必须填写"),
        ({"letter": None}, "letter: 缺少这一项，必须填写"),
        ({"issued_by": ""}, "issued_by: 内容不合要求"),
        ({"date": "2019-02-30"}, "date: 应为日期"),
        ({"row": 0}, "row: 应不小于 1"),
        ({"rows": 7}, "rows: 没有名为 'rows' 的项，是否应为 row？"),
    ],
)
def test_a_mistake_is_named_once_with_its_line(
    project: Project, complaints: Complaints, change: dict[str, Any], message: str
) -> None:
    write(project, change)
    (complaint,) = complaints()
    key = message.partition(":")[0]
    lines = (project.root / FILE).read_text(encoding="utf-8").splitlines()
    line = next((n for n, text in enumerate(lines, 1) if text.strip("- ").startswith(f"{key}:")), 2)
    assert complaint.startswith(f"{FILE}:{line} corrections.0.{message}")


def test_a_cell_is_corrected_once_however_its_column_is_called(
    project: Project, complaints: Complaints
) -> None:
    write(project, {}, {"row": 8}, {"column": "value", "new_value": "94.0"})
    assert complaints() == [
        f"{FILE}:24 同一单元格在第 2 行已有更正。后来的函改了前一份的，只保留后一份"
    ]


def test_a_district_that_does_not_exist_has_no_tables(
    project: Project, complaints: Complaints
) -> None:
    write(project, {}, district="hailin")
    (complaint,) = complaints()
    assert complaint.startswith("params/districts/hailin/corrections.yml:1 没有名为 'hailin' 的项")


def test_what_a_station_measures_nobody_but_the_station_takes_back(project: Project) -> None:
    datasets = load_catalogue(project).datasets.values()
    measured = [one for one in datasets if "station" in {column.type for column in one.columns}]
    assert measured
    assert {one.origin for one in measured} == {"monitored"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("corrections: !!python/object/apply:os.system [id]", "不是有效的 YAML"),
        ("corrections: &a []\nmore: *a", "不能使用别名"),
        ("corrections: " + "[" * 500 + "]" * 500, "不能使用别名"),
        ("corrections: []\ncorrections: []", "键 'corrections' 重复"),
        ("- file: x", "最外层应为“键: 值”"),
        ("", "最外层应为“键: 值”"),
        ("corrections: 3", "corrections: 应为列表"),
    ],
)
def test_the_file_does_no_more_than_hold_values(
    project: Project, complaints: Complaints, text: str, message: str
) -> None:
    (project.root / FILE).write_text(text, encoding="utf-8")
    assert any(message in one and one.startswith(FILE) for one in complaints())
