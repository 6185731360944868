from __future__ import annotations

import re

import pandas as pd
import pytest
from chart_reading import assert_readable

from ecoreport.charts.verdicts import departments_by_verdicts
from ecoreport.config.load import load_catalogue
from ecoreport.config.presentation import VerdictStyle
from ecoreport.project import Project

COUNTS = pd.DataFrame(
    {"met": [5, 1, 2], "not_met": [0, 2, 0], "no_data": [0, 0, 3], "not_due": [0, 0, 0]},
    index=["区住建局", "海陵环保局", "区农委"],
)


@pytest.fixture(scope="module")
def styles() -> list[VerdictStyle]:
    return list(load_catalogue(Project.here()).verdicts.values())


def test_who_owes_most_comes_first(styles: list[VerdictStyle]) -> None:
    chart = departments_by_verdicts(COUNTS, styles, title="t", unit_word="indicator")
    assert chart.data["department"].tolist() == ["海陵环保局", "区农委", "区住建局"]
    assert "海陵环保局：达标 1、未达标 2" in chart.alt
    assert "not_due" not in chart.data  # nobody has it
    marks = sum(len(line.get_xdata()) for line in chart.figure.axes[0].lines)
    assert marks == COUNTS.to_numpy().sum() + 3  # and one in each head
    assert_readable(chart)


def test_all_verdicts_and_very_many_commitments_are_readable(styles: list[VerdictStyle]) -> None:
    counts = pd.DataFrame(
        [[40, 7, 7, 7, 14, 7, 7, 7, 7, 300], [0] * 10],
        columns=[style.verdict for style in styles],
        index=["一个名字很长很长很长的议事协调机构办公室", "区财政局"],
    )
    for unit_word in ("indicator", "task", "rectification"):
        chart = departments_by_verdicts(counts, styles, title="t", unit_word=unit_word)
        # A mark stands for many then, and every cell says its count.
        assert {">300</text>", ">40</text>"} <= set(re.findall(r">\d+</text>", chart.svg("c")))
        assert "至多" in chart.note
        assert_readable(chart)


def test_nobody_owes_anything(styles: list[VerdictStyle]) -> None:
    chart = departments_by_verdicts(COUNTS.iloc[:0], styles, title="t", unit_word="task")
    assert_readable(chart)
