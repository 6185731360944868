"""A table of another district than the folder's is read, and people are asked about it."""

from __future__ import annotations

import openpyxl
import pytest

from ecoreport.config.vocabulary import Severity
from ecoreport.ingest.gather import ingest
from ecoreport.project import Pair

HEAD = ["指标", "时段", "数值", "单位"]
ROW = ["城镇污水处理率", "2018", 95.5, "%"]


def warnings(project, catalogue, name="上报值.xlsx", sheet="表", title="", district="hailing"):
    """Return what is told of a table put into a district's folder, one row of which is read."""
    pair = Pair(district, 2018)
    folder = project.raw(pair)
    folder.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in ([[title]] if title else []) + [HEAD, ROW]:
        book.active.append(row)
    book.save(folder / name)
    ingested = ingest(project, pair, catalogue)
    assert len(ingested.frames["reported"]) == 1
    assert set(ingested.problems["severity"]) <= {Severity.WARNING.value}
    return [(one.file, one.message) for one in ingested.problems.itertuples()]


@pytest.mark.parametrize(
    "where",
    [
        {"name": "姜堰区上报值.xlsx"},
        {"sheet": "姜堰区"},
        {"title": "泰州市姜堰区2018年指标上报表"},
    ],
)
def test_another_district_is_asked_about_wherever_it_is_named(project, catalogue, where):
    ((file, message),) = warnings(project, catalogue, **where)
    assert file.endswith(where.get("name", "上报值.xlsx"))
    assert "写的是姜堰区，文件却在海陵区的文件夹中" in message


@pytest.mark.parametrize(
    "where",
    [
        {"name": "海陵区上报值.xlsx", "title": "泰州市海陵区2018年指标上报表"},
        {"title": "泰州市2018年指标上报表"},
        {"title": "海陵区、姜堰区2018年指标上报表"},
        {"name": "江阴市上报值.xlsx", "title": "无锡市区", "district": "wuxi"},
    ],
)
def test_the_own_district_those_above_and_below_it_are_no_others(project, catalogue, where):
    assert warnings(project, catalogue, **where) == []
