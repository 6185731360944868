"""The tables of papers: whole for Hailing, and wrong ones are told with their line."""

from __future__ import annotations

import pytest

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.load import load_catalogue
from ecoreport.config.vocabulary import Kind
from ecoreport.errors import ParameterError
from ecoreport.evidence.required import deadlines_for, fields_of, required_papers, years_asked
from ecoreport.project import Project


def test_each_of_the_37_indicators_asks_for_papers_fit_for_its_kind(catalogue: Catalogue) -> None:
    plan = catalogue.plans["hailing"]
    papers = required_papers(plan)
    assert {one.seq for one in papers} == set(range(1, 38))
    assert [len(one.commitments) for one in fields_of(plan)] == [8, 8, 4, 10, 4, 3]
    for commitment in plan.counted():
        kinds = {one.requirement.kind for one in papers if one.commitment == commitment}
        if commitment.kind is Kind.QUALITATIVE:
            assert "confirmation" in kinds, commitment.id
        if commitment.kind is Kind.EVENT_FREE:
            assert "nil_return" in kinds
        if commitment.kind is Kind.LEVEL:
            assert kinds & {"statistics", "monitoring", "survey"}, commitment.id


def test_the_plan_names_april_may_and_the_end_of_may(catalogue: Catalogue) -> None:
    plan = catalogue.plans["hailing"]
    assert years_asked(plan) == (2015, 2016, 2017)
    days = [one.deadline.isoformat() for one in deadlines_for(plan, [2016])]
    assert days == ["2018-04-30", "2018-05-20", "2018-05-31"]
    assert deadlines_for(plan, [2018]) == ()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("hailing/99,1,document,甲,A,,suggestion,,", "hailing/99"),
        ("hailing/09/good-days,1,document,甲,A,,suggestion,,", "不是本方案中有序号的一项"),
        (
            "wuxi-2018/air/pm25-annual-mean,1,document,甲,A,,suggestion,,",
            "不是本方案中有序号的一项",
        ),
        ("hailing/01,1,document,甲,A,,suggestion,,", "重复"),
        ("hailing/01,9,document,甲,A,hailing-nobody,suggestion,,", "hailing-nobody"),
        ("hailing/01,9,document,甲,A,,plan,,", "source 为 plan"),
        ("hailing/01,9,document,甲,A,,suggestion,附件1,", "source 为 plan"),
        ("hailing/01,9,paper,甲,A,,suggestion,,", "列 kind"),
    ],
)
def test_a_wrong_row_is_told_with_its_line(project: Project, row: str, told: str) -> None:
    path = project.params / "plans" / "hailing" / "evidence.csv"
    text = path.read_text("utf-8-sig")
    path.write_text(text + row + "\n", "utf-8")
    line = len(text.splitlines()) + 1
    with pytest.raises(ParameterError) as raised:
        load_catalogue(project)
    problems = [
        one for one in str(raised.value).splitlines() if f"hailing/evidence.csv:{line}" in one
    ]
    assert any(told in one for one in problems), str(raised.value)
