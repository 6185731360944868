"""A run that stops leaves everything that the standing report was made from."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import whole_runs
from bs4 import BeautifulSoup
from whole_runs import assert_told, ecoreport

from ecoreport.assessment import read_assessment
from ecoreport.produce import unfilled_lines
from ecoreport.project import Pair, Project

GIVEN = {"DISTRICT": "hailing", "YEAR": "2018"}
DAYS = "点位,日期,PM2.5(μg/m³),PM10(μg/m³),SO2(μg/m³),NO2(μg/m³),CO(mg/m³),O3-8h(μg/m³)\n"


def kept(root: Path) -> dict[str, str]:
    """What is kept of the run that made the report, by content."""
    folder = root / "data" / "processed" / "hailing" / "2018" / "whole-year"
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_after_a_stop_the_report_that_stands_can_still_be_verified(
    project_of_hailing: Path,
) -> None:
    root, before = project_of_hailing, kept(project_of_hailing)
    assert {"assessment.json", "executed/zh/air.ipynb", "air_area_daily.parquet"} <= set(before)
    raw = root / "data" / "raw" / "hailing" / "2018"
    raw.mkdir(parents=True)
    (raw / "环境空气日均值.csv").write_text(DAYS + "莲花,2018-05-17,-5,70,12,30,0.8,90\n", "utf-8")

    assert_told(whole_runs.report(root), 2, "数据未通过校验")
    assert kept(root) == before
    assert_told(ecoreport(root, "verify", **GIVEN), 0, "核对通过")

    assert_told(whole_runs.report(root, DRAFT="1"), 0, "草稿")
    assessment = read_assessment(Project(root), Pair("hailing", 2018), None)
    assert assessment is not None
    assert assessment.is_draft
    assert_told(ecoreport(root, "verify", **GIVEN), 0, "核对通过")


def test_preparing_to_look_at_data_at_fault_gives_a_draft(project_of_hailing: Path) -> None:
    raw = project_of_hailing / "data" / "raw" / "hailing" / "2018"
    raw.mkdir(parents=True)
    (raw / "环境空气日均值.csv").write_text(DAYS + "莲花,2018-05-17,-5,70,12,30,0.8,90\n", "utf-8")

    assert ecoreport(project_of_hailing, "prepare", **GIVEN).exit_code == 0
    assessment = read_assessment(Project(project_of_hailing), Pair("hailing", 2018), None)
    assert assessment is not None
    assert assessment.is_draft


def test_headlines_count_real_data_and_tell_of_demonstration_apart(
    project_of_hailing: Path,
) -> None:
    raw = project_of_hailing / "data" / "raw" / "hailing" / "2018"
    raw.mkdir(parents=True)
    (raw / "生态文明指标上报值_2018.csv").write_text(
        "序号,指标名称,报告期,完成值,计量单位,统计口径,依据文件,文号,责任单位,填报人,审核人\n"
        "12,森林覆盖率,2018年,23.4,%,全区,林业年报,海林〔2019〕3号,区农委,张三,李四\n",
        "utf-8",
    )
    assert whole_runs.report(project_of_hailing).exit_code == 0

    _manifest, files = whole_runs.opened(project_of_hailing)
    known = json.loads(files["data/assessment.json"])
    numbered = [
        one for one in known["verdicts"] if re.fullmatch(r"hailing/\d\d", one["commitment"])
    ]
    assert len(numbered) == 37
    apart = [one for one in numbered if one["rests_on_demonstration"]]
    n_met = sum(one["verdict"] == "met" and one not in apart for one in numbered)
    assert apart
    assert any(one["verdict"] == "met" for one in apart)
    page = BeautifulSoup(files["index.html"], "html.parser")
    said = page.select_one("#conclusion").get_text()
    assert said.startswith(f"37项中{n_met}项")
    assert said.endswith(f"另有{len(apart)}项只有演示数据")
    lines = " ".join(one.get_text() for one in page.select(".conclusion .lead"))
    counted = [int(n) for n in re.findall(r"(\d+)项", re.sub(r"性指标\d+项", "", lines))]
    assert sum(counted) == 37


def test_templates_that_nobody_filled_in_are_one_line() -> None:
    folder = "data/raw/hailing/2018"
    names = ["甲.xlsx", "乙.xlsx", "丙.xlsx", "丁.xlsx"]
    paths = [f"{folder}/{one}" for one in names]
    assert unfilled_lines(paths) == [
        f"{folder}：4 个文件没有填写任何数据（甲.xlsx、乙.xlsx、丙.xlsx等）"
    ]
    (line, other) = unfilled_lines([paths[0], "data/raw/hailing/2017/丁.xlsx"])
    assert line == f"{folder}：1 个文件没有填写任何数据（甲.xlsx）"
    assert other.startswith("data/raw/hailing/2017：1 个")
    assert unfilled_lines([]) == []
