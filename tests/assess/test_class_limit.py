"""Class limits of named lakes, against GB 3838-2002, table 1."""

from __future__ import annotations

from decimal import Decimal

import pytest
from judging import INDICATOR, commitment, context, observed

from ecoreport.assess import assess
from ecoreport.assess.judgement import Judgement
from ecoreport.config.load import load_catalogue
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import Kind, Verdict
from ecoreport.errors import ParameterError
from ecoreport.project import Project

CATALOGUE = load_catalogue(Project.here())
IN_PLANS = [
    one
    for plan in CATALOGUE.plans.values()
    for one in plan.commitments
    if one.kind is Kind.CLASS_LIMIT
]


def limit(body: str, parameter: str, number: int) -> Commitment:
    return commitment(
        "class_limit", operator="<=", value=Decimal(number), unit="类",
        water_body=body, parameter=parameter,
    )  # fmt: skip


def judge(one: Commitment, value: str | None) -> Judgement:
    found = [] if value is None else [observed(value, unit="mg/L")]
    return assess([one], {}, context(*found))[0][0]


@pytest.mark.parametrize(
    ("body", "parameter", "number", "at", "beyond"),
    [
        ("太湖", "CODMn", 2, "4", "4.01"),
        ("太湖", "NH3-N", 2, "0.5", "0.501"),
        ("太湖", "TP", 3, "0.05", "0.0501"),
        ("太湖", "TN", 5, "2.0", "2.001"),
        ("淀山湖", "CODMn", 3, "6", "6.1"),
        ("淀山湖", "TP", 4, "0.1", "0.11"),
        ("阳澄湖", "TP", 3, "0.05", "0.051"),
    ],
)
def test_at_the_limit_of_a_lake_the_class_is_kept(
    body: str, parameter: str, number: int, at: str, beyond: str
) -> None:
    one = limit(body, parameter, number)
    kept, missed = judge(one, at), judge(one, beyond)
    assert (kept.verdict, kept.margin) == (Verdict.MET, 0)
    assert missed.verdict is Verdict.NOT_MET
    assert kept.target == Decimal(at)
    assert "GB 3838-2002" in str(kept.notes[0])


def test_without_a_value_the_limit_is_known() -> None:
    judged = judge(limit("太湖", "TP", 3), None)
    assert (judged.verdict, judged.target) == (Verdict.NO_DATA, Decimal("0.05"))


def test_the_plans_ask_for_limits_that_the_standard_has() -> None:
    assert len(IN_PLANS) == 8
    for one in IN_PLANS:
        here = {"indicator": INDICATOR, "scope": "hailing", "deadline": None}
        judged = judge(one.model_copy(update=here), "0.001")
        assert judged.verdict is Verdict.MET, one.id


@pytest.mark.parametrize(
    ("body", "parameter", "number"), [("洞庭湖", "TP", 3), ("太湖", "X", 3), ("太湖", "TP", 6)]
)
def test_what_the_standard_does_not_have_is_an_error_of_the_parameters(
    body: str, parameter: str, number: int
) -> None:
    with pytest.raises(ParameterError, match="hailing/90"):
        judge(limit(body, parameter, number), "0.01")
