"""A numeral is accounted for once, by a row that exists or a reason of the list."""

from __future__ import annotations

import pytest

from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.ledger import load_ledger
from ecoreport.config.load import load_catalogue
from ecoreport.errors import ParameterError
from ecoreport.project import Project

HEAD = "position,text,context,commitments,left_out"


@pytest.fixture(scope="module")
def plan() -> CompletePlan:
    return load_catalogue(Project.here()).plans["hailing"]


def test_a_row_names_commitments_or_a_reason(project: Project, plan: CompletePlan) -> None:
    write(project, "3,≥20%,比例≥20%,hailing/02|hailing/03,", "9,1.,1. 总体,,list_number")
    first, second = load_ledger(project, plan)
    assert (first.commitments, second.left_out) == (("hailing/02", "hailing/03"), "list_number")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["3,≥20%,比例≥20%,,"], ":2 commitments 和 left_out 要填其中一列"),
        (["3,≥20%,比例≥20%,hailing/02,word"], ":2 commitments 和 left_out 要填其中一列"),
        (["3,≥20%,比例≥20%,hailing/99,"], ":2 没有名为 'hailing/99' 的项"),
        (["3,≥20%,比例≥20%,,forgotten"], ":2 列 left_out：应为"),
        (["9,1.,1. 总体,,word", "3,1.,1. 总体,,word"], ":3 要按 position 由小到大"),
        (["9,1.,1. 总体,,word", "9,1.,1. 总体,,word"], ":3 要按 position 由小到大"),
    ],
)
def test_mistakes_are_named_with_their_line(
    project: Project, plan: CompletePlan, rows: list[str], message: str
) -> None:
    write(project, *rows)
    with pytest.raises(ParameterError) as raised:
        load_ledger(project, plan)
    assert f"params/plans/hailing/numerals.csv{message}" in str(raised.value)


def write(project: Project, *rows: str) -> None:
    path = project.params / "plans" / "hailing" / "numerals.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
