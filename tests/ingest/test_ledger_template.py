"""The ledger of rectification (整改台账): where a plan has problems, and only there."""

import datetime as dt
from dataclasses import replace

import openpyxl
import pytest

from ecoreport.ingest.gather import ingest
from ecoreport.ingest.templates import write_templates
from ecoreport.project import Pair

PAIR = Pair("wuxi", 2018)


@pytest.fixture
def ledger(project, catalogue):
    """Write the ledger alone."""
    datasets = {"rectification": catalogue.datasets["rectification"]}
    (path,) = write_templates(project, PAIR, replace(catalogue, datasets=datasets))
    assert path.stem == "整改台账_2018"
    return path


def fill(path, *rows):
    """Write rows below those that stand there: values by header."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]
    for row in rows:
        sheet.append([row.get(name) for name in head])
    book.save(path)


def test_only_a_district_whose_own_plan_has_problems_gets_a_ledger(project, catalogue):
    for district in ("hailing", "jiangyin"):
        written = write_templates(project, Pair(district, 2018), catalogue)
        assert not [one for one in written if "整改台账" in one.name]


def test_every_problem_stands_in_the_ledger_and_none_says_anything(ledger, project, catalogue):
    sheet = openpyxl.load_workbook(ledger).worksheets[0]
    problems = catalogue.plans["wuxi-rectification"].problems
    written = [sheet.cell(row, 1).value for row in range(3, sheet.max_row + 1)]
    assert written == [f"{one.number} {one.goal_zh}" for one in problems]
    ingested = ingest(project, PAIR, catalogue)
    assert "rectification" not in ingested.frames
    assert ingested.problems.empty


def test_a_ledger_reads_back_under_any_name_of_a_problem(ledger, project, catalogue):
    day, later = dt.date(2018, 6, 1), dt.date(2019, 3, 1)
    fill(
        ledger,
        {"编号": "三（一）1", "状态": "整改中", "日期": day, "文号": "锡委〔2018〕9号"},
        {"编号": "三(一)1", "状态": "完成整改", "日期": "2018年9月1日", "验收日期": later},
        {"编号": "数据在此 三（一）1", "状态": "销号", "日期": day},
        {"编号": "三（六）1 落后化工产能减少", "状态": "反弹", "日期": day, "公示结束": later},
    )
    ingested = ingest(project, PAIR, catalogue)
    frame = ingested.frames["rectification"]
    decisions, chemicals = "wuxi-rectification/decisions", "wuxi-rectification/chemicals"
    assert frame["problem"].tolist() == [decisions, decisions, chemicals]
    assert frame["state"].tolist() == ["under_way", "awaiting_acceptance", "relapsed"]
    assert frame["date"].dt.month.tolist() == [6, 9, 6]
    assert frame["acceptance_date"].dropna().dt.year.tolist() == [2019]
    (problem,) = ingested.problems.itertuples()
    assert (problem.severity, problem.column) == ("stop", "编号")
    assert "未知的整改问题" in problem.message


@pytest.mark.parametrize("lacking", ["状态", "日期"])
def test_a_step_without_its_state_or_day_stops(ledger, project, catalogue, lacking):
    step = {"编号": "三（一）1", "状态": "整改中", "日期": dt.date(2018, 6, 1), "备注": "开工"}
    fill(ledger, {name: value for name, value in step.items() if name != lacking})
    (problem,) = ingest(project, PAIR, catalogue).problems.itertuples()
    assert (problem.severity, problem.column) == ("stop", lacking)
