"""The ledger in a report: tables that agree with it, and nothing of the papers themselves."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from papers import WHOLE, Bureau

from ecoreport.config.catalogue import Catalogue
from ecoreport.evidence import shown as evidence
from ecoreport.project import Project
from ecoreport.report import Report, open_report

YEARS = (2015, 2016, 2017)


@pytest.fixture
def report(project_of_hailing: Path) -> Report:
    return open_report("hailing", 2018, project=Project(project_of_hailing.resolve()))


def test_before_any_ledger_the_days_and_the_command_are_told(report: Report) -> None:
    kept = evidence.shown(report)
    assert kept is not None
    assert not kept.index.ledgers
    text = evidence.schedule(kept).striptags()
    for words in ("4月底", "2018-05-20", "5月底", "make ledger DISTRICT=hailing YEARS=2015-2017"):
        assert words in text


def test_what_is_shown_is_what_the_ledger_found(report: Report, catalogue: Catalogue) -> None:
    bureau = Bureau(report.project, catalogue, 2016)
    bureau.run(*YEARS)
    bureau.put("规划.pdf", content=b"contents of the paper")
    bureau.write("01-1", **WHOLE | {"title": "<b>规划</b>"}, file="规划.pdf")
    bureau.run(*YEARS)
    kept = evidence.shown(report)
    assert kept is not None
    assert (kept.years_open, kept.years_changed) == ((), ())

    table = evidence.by_indicator(kept)
    first = next(row for row in re.findall("<tr>.*?</tr>", table) if ">生态文明建设规划<" in row)
    assert re.findall(r"\d/\d", first) == ["0/4", "1/4", "0/4"]
    assert "生态文明建设规划文本 (2015、2017)" in first
    assert "&lt;b&gt;规划" in evidence.papers(kept)
    assert [int(one) for one in re.findall(r">(\d+)</td>", evidence.by_department(kept))[-4:]] == [
        180,
        1,
        0,
        179,
    ]
    rows = list(csv.DictReader(io.StringIO(evidence.list_csv(kept).decode("utf-8-sig"))))
    assert len(rows) == 192
    assert [row["文件"] for row in rows if row["状态"] == "已登记"] == [
        "01 生态制度/01 生态文明建设规划/规划.pdf"
    ]


def test_a_folder_changed_since_the_ledger_is_told(report: Report, catalogue: Catalogue) -> None:
    bureau = Bureau(report.project, catalogue, 2017)
    bureau.run(*YEARS)
    bureau.put("新.pdf")
    kept = evidence.shown(report)
    assert kept is not None
    assert kept.years_changed == (2017,)
    assert "材料文件夹在整理之后又有变动：2017" in evidence.schedule(kept)
