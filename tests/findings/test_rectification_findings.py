"""What a report says of a plan's problems: counts as facts, states, what is missing."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from functools import cache

import openpyxl
import pandas as pd
import pytest

from ecoreport.config.catalogue import Catalogue, CompletePlan
from ecoreport.config.load import load_catalogue
from ecoreport.config.rectification_states import LEDGER, RectificationState
from ecoreport.config.vocabulary import Severity, Verdict
from ecoreport.export import downloads
from ecoreport.findings import rectification
from ecoreport.i18n import use_locale
from ecoreport.judging import judge_pair
from ecoreport.observed import Observed
from ecoreport.project import Pair, Project
from ecoreport.rectification import rectification_facts, rectify
from ecoreport.rectification_tables import problem_table
from ecoreport.report import Report
from ecoreport.validate.finding import NOTHING, Check, Validation
from ecoreport.word.blocks import blocks_of

PLAN = "wuxi-rectification"
PAPER = {"document": "整改报告"}
CLOSING = {
    **PAPER,
    "acceptance_unit": "市环保局",
    "acceptance_date": "2018-06-20",
    "publicity_start": "2018-06-21",
    "publicity_end": "2018-06-28",
    "publicity_address": "市政府网站",
    "closing_number": "锡环督〔2018〕7号",
}
DAYS = ("date", "acceptance_date", "publicity_start", "publicity_end")
Row = tuple[str, str, str, dict[str, str]]
CLOSED: Row = ("dust", "closed", "2018-09-01", CLOSING)
STARTED: Row = ("straw", "under_way", "2018-02-01", PAPER)


@cache
def catalogue() -> Catalogue:
    return load_catalogue(Project.here())


def ledger(*rows: Row, maturity: str = "audited") -> pd.DataFrame:
    frame = pd.DataFrame(
        [
            {"problem": f"{PLAN}/{problem}", "state": state, "date": day, **known}
            for problem, state, day, known in rows
        ]
    ).reindex(columns=["problem", "state", "date", *CLOSING, "person"])
    for name in DAYS:
        frame[name] = pd.to_datetime(frame[name])
    return frame.assign(
        maturity=maturity,
        source_file="data/raw/wuxi/2018/整改台账.xlsx",
        source_sheet="整改台账",
        source_row=range(3, len(frame) + 3),
    )


def report_on(
    *rows: Row, district: str = "wuxi", year: int = 2018, maturity: str = "audited"
) -> tuple[Report, CompletePlan]:
    """Return a report of a district from which nothing but a ledger of 2018 was received."""
    pair = Pair(district, year)
    frames = {LEDGER: ledger(*rows, maturity=maturity)} if rows else {}
    observed = {
        pair: Observed((), (), Validation(), frozenset(), frames if year == 2018 else {}),
        Pair(district, 2018): Observed((), (), Validation(), frozenset(), frames),
    }
    assessment = judge_pair(catalogue(), pair, None, observed, "")
    report = Report(Project.here(), pair, catalogue(), assessment)
    return report, catalogue().plans[PLAN]


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    yield
    use_locale("zh")


def test_the_heading_counts_by_facts() -> None:
    relapsed = ("lake", "relapsed", "2018-10-01", {})
    report, plan = report_on(CLOSED, STARTED, relapsed)
    said = rectification.heading(report, plan)
    assert said.striptags() == "26项问题中已销号1项，超期0项，反弹1项，未报送23项"
    prefix = f"wuxi/2018/rectification/{PLAN}"
    assert f'<data value="1" data-observation="{prefix}/closed">1</data>' in said
    assert report.fact(f"rectification/{PLAN}/under_way").value == 1


def test_a_ledger_of_an_earlier_year_counts_on_and_deadlines_pass() -> None:
    report, plan = report_on(CLOSED, STARTED, year=2020)
    said = rectification.heading(report, plan).striptags()
    with_deadline = sum(one.deadline == dt.date(2020, 12, 31) for one in plan.problems)
    assert said == f"26项问题中已销号1项，超期{with_deadline - 1}项，未报送24项"


def test_a_district_without_a_ledger_says_so_and_what_to_bring() -> None:
    report, plan = report_on()
    assert not rectification.has_ledger(report, plan)
    assert rectification.heading(report, plan).striptags() == "26项问题都没有报送整改台账"
    assert "不等于没有启动" in rectification.asked(report, plan)
    bring = rectification.to_bring(report)
    assert "整改台账" in bring
    assert "make templates DISTRICT=wuxi YEAR=2018" in bring
    (on_paper,) = blocks_of(f"<p>{bring}</p>")
    assert "整改台账" in str(on_paper) and "make" not in str(on_paper)
    table = problem_table(report, plan)
    assert table.count('<th scope="row">') == len(plan.problems)
    assert "尚缺" not in table
    late, _plan = report_on(year=2021)
    assert "其中6项时限已过" in rectification.heading(late, plan).striptags()


def test_a_ledger_that_was_stopped_is_not_called_missing() -> None:
    report, plan = report_on()
    check = Check(
        dataset=LEDGER, key="steps_in_order", severity=Severity.STOP, description=NOTHING,
        is_passed=False,
    )  # fmt: skip
    stopped = report.assessment.model_copy(update={"validation": Validation(checks=(check,))})
    report = Report(report.project, report.pair, catalogue(), stopped)
    assert "未通过校验" in rectification.heading(report, plan)
    assert "退回表" in rectification.to_bring(report)


def test_whom_no_such_plan_binds_has_no_problems() -> None:
    report, plan = report_on(STARTED, district="hailing")
    assert report.problems(plan) == ()
    assert not [name for name in report.facts if "/rectification/" in name]


def test_a_county_sees_the_problems_of_the_plan_that_binds_it() -> None:
    report, _plan = report_on(STARTED, district="jiangyin")
    (plan,) = [one for one in report.plans if one.id == "wuxi-rectification"]
    assert len(report.problems(plan)) == len(plan.problems)


def test_the_table_shows_steps_and_what_they_lack() -> None:
    refused = ("statistics", "closed", "2018-11-01", CLOSING | {"closing_number": ""})
    late = ("lasting", "closed", "2018-06-27", CLOSING)
    report, plan = report_on(CLOSED, STARTED, refused, late)
    text = " ".join(problem_table(report, plan).striptags().split())
    assert "2018-11-01 已销号（未认可）" in text
    assert "“已销号”缺销号文号" in text
    assert "“已销号”公示结束在这一步之后" in text
    assert "市环保局 2018-06-20" in text
    assert "2018-06-21– 2018-06-28 市政府网站" in text
    assert "“完成待验收”的记录和佐证" in text
    assert "台账中的记录" in text
    assert "来源：整改台账.xlsx" in text


def test_what_a_ledger_says_is_text() -> None:
    hostile = "<script>alert(1)</script>javascript:alert(1)"
    report, plan = report_on(("dust", "closed", "2018-09-01", dict.fromkeys(CLOSING, hostile) | {
        name: CLOSING[name] for name in DAYS if name in CLOSING
    }))  # fmt: skip
    html = problem_table(report, plan)
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert 'href="javascript' not in html


def test_a_closed_problem_with_a_commitment_not_met_is_flagged() -> None:
    report, plan = report_on(CLOSED, STARTED)
    dust, straw = (
        next(one for one in plan.problems if one.id == name) for name in ("dust", "straw")
    )
    failed = {dust.commitments[0], straw.commitments[0]}
    judgements = {
        name: one.model_copy(update={"verdict": Verdict.NOT_MET}) if name in failed else one
        for name, one in report.judgements.items()
    }
    frames = {report.pair: {LEDGER: ledger(CLOSED, STARTED)}}
    found = rectify(catalogue(), report.pair, dt.date(2018, 12, 31), frames, judgements)
    flagged = [one for one in found if one.is_inconsistent]
    assert [(one.problem, one.unmet) for one in flagged] == [("dust", (dust.commitments[0],))]
    # The verdict changes no state.
    assert flagged[0].state is RectificationState.CLOSED
    facts = report.facts | {one.id: one for one in rectification_facts(report.pair, found)}
    changed = report.assessment.model_copy(
        update={
            "rectification": found,
            "judgements": tuple(judgements.values()),
            "facts": tuple(facts.values()),
        }
    )
    seen = Report(report.project, report.pair, catalogue(), changed)
    assert "销号与评价不一致1项" in rectification.inconsistency(seen, plan).striptags()
    assert "销号与评价不一致：" in problem_table(seen, plan)
    assert rectification.inconsistency(report, plan) == ""


def test_demonstration_data_are_marked() -> None:
    report, plan = report_on(CLOSED, maturity="demonstration")
    assert "演示数据" in rectification.heading(report, plan)
    table = problem_table(report, plan)
    assert '<tr class="demonstration">' in table
    assert "演示数据</strong>" in table


def test_the_downloads_hold_problems_and_steps() -> None:
    report, plan = report_on(CLOSED, STARTED)
    files = downloads(report.assessment, catalogue(), "zh")
    rows = list(csv.DictReader(io.StringIO(files["data/rectification.csv"].decode("utf-8-sig"))))
    assert [row["编号"] for row in rows] == [one.number for one in plan.problems]
    (closed,) = [row for row in rows if row["状态"] == "已销号"]
    assert (closed["验收单位"], closed["销号文号"]) == ("市环保局", "锡环督〔2018〕7号")
    book = openpyxl.load_workbook(io.BytesIO(files["data/rectification.xlsx"]))
    assert book.sheetnames == ["整改问题", "整改步骤"]
    steps = list(book["整改步骤"].iter_rows(min_row=2, values_only=True))
    assert len(steps) == 2
    assert "data/rectification.csv" not in downloads(
        report_on(district="hailing")[0].assessment, catalogue(), "zh"
    )


def test_english_has_words_for_states() -> None:
    report, plan = report_on(CLOSED)
    use_locale("en")
    assert "Closed" in problem_table(report, plan)
    assert "Mechanical sweeping" in problem_table(report, plan)
