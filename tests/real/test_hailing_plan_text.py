"""The tables of Hailing's plan against the text of the plan."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.load import load_catalogue
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import Attribute, Kind
from ecoreport.project import Project

OPERATORS = {">=": "≥", "<=": "≤", "==": ""}
# The page that the text is from has marks of half width, the tables those of Chinese print.
FULL_WIDTH = str.maketrans("(),:;", "（），：；")
ATTRIBUTES = {"约束性指标": Attribute.BINDING, "参考性指标": Attribute.REFERENCE}


@pytest.fixture(scope="module")
def plan() -> CompletePlan:
    return load_catalogue(Project.here()).plans["hailing"]


@pytest.fixture(scope="module")
def text(shared: Path) -> str:
    source = shared / "sources" / "hailing-demonstration-district-plan.txt"
    return source.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rows(text: str) -> dict[int, list[str]]:
    """Lines of each number of Annex 2's table, which the text gives one cell a line."""
    lines = [line.strip() for line in text[text.index("牵头部门") :].splitlines() if line.strip()]
    starts = [lines.index(str(seq)) for seq in (1,)]
    for seq in range(2, 38):
        starts.append(lines.index(str(seq), starts[-1] + 1))
    ends = [*starts[1:], len(lines)]
    return {
        seq: lines[start + 1 : end]
        for seq, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
    }


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def printed(one: Commitment) -> str:
    """Return a target with a number as the table prints it."""
    assert one.operator is not None
    return f"{OPERATORS[one.operator]}{one.value}"


def test_values_are_those_of_annex_2(plan: CompletePlan, rows: dict[int, list[str]]) -> None:
    for one in plan.commitments:
        assert one.seq is not None
        if one.kind is Kind.LEVEL:
            assert printed(one) in rows[one.seq], one.id
        if one.kind is Kind.QUALITATIVE or one.kind is Kind.EVENT_FREE:
            assert one.target_zh in rows[one.seq], one.id


def test_units_are_those_of_annex_2(plan: CompletePlan, rows: dict[int, list[str]]) -> None:
    for one in plan.commitments:
        if one.kind is Kind.LEVEL and one.id != "hailing/11/level":
            assert one.unit in rows[one.seq or 0], one.id


def test_attributes_are_those_of_annex_2(plan: CompletePlan, rows: dict[int, list[str]]) -> None:
    found = {
        seq: ATTRIBUTES[word] for seq, cells in rows.items() for word in cells if word in ATTRIBUTES
    }
    assert found == {one.seq: one.attribute for one in plan.counted()}
    assert Counter(found.values()) == {Attribute.BINDING: 18, Attribute.REFERENCE: 19}


def test_lead_departments_are_those_of_annex_2(
    plan: CompletePlan, rows: dict[int, list[str]]
) -> None:
    departments = load_catalogue(Project.here()).departments
    for one in plan.counted():
        cells = rows[one.seq or 0]
        attribute = next(index for index, cell in enumerate(cells) if cell in ATTRIBUTES)
        for index, name in enumerate(one.responsible, start=1):
            known = departments[name]
            assert cells[attribute + index] in {known.zh, *known.aliases}, one.id


def test_fields_and_tasks_are_printed_in_annex_2(plan: CompletePlan, text: str) -> None:
    table = squeezed(text[text.index("牵头部门") :]).translate(FULL_WIDTH)
    names = [
        name for field in plan.fields for name in (field.name_zh, *(t.name_zh for t in field.tasks))
    ]
    labels = [f"{task.label}{task.name_zh}" for field in plan.fields for task in field.tasks]
    assert all(name in table for name in names + labels)
    places = [table.index(label) for label in labels]
    assert places == sorted(places)


def test_differences_between_the_annexes_are_quoted(
    plan: CompletePlan, text: str, rows: dict[int, list[str]]
) -> None:
    """Both sides of each contradiction stand in the text, at the place that is named."""
    begin = text.index("\n附件1\n")
    middle = text.index("\n附件2\n")
    first, second = squeezed(text[begin:middle]), squeezed(text[middle:])
    for one in plan.contradictions:
        assert squeezed(one.value_a) in first, one.id
        assert squeezed(one.value_b) in (second if "附件2" in one.place_b else first), one.id
        if numbered := re.fullmatch(r"附件2 第(\d+)项", one.place_b):
            assert one.value_b in "".join(rows[int(numbered[1])]), one.id
    assert len(plan.contradictions) > 10
