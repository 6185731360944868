"""What holds of every kind of commitment, whatever the numbers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging import commitment, context, observed

from ecoreport.assess import assess
from ecoreport.assess.judgement import Judgement
from ecoreport.config.load import load_catalogue
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import Kind, Verdict
from ecoreport.ingest.quantities import NumberReader
from ecoreport.ingest.units import Units
from ecoreport.numbers import plain_decimal
from ecoreport.project import Project

PROJECT = Project.here()
CATALOGUE = load_catalogue(PROJECT)
UNITS = Units(PROJECT.params / "units.csv")
REPORTED = CATALOGUE.datasets["reported"]
VALUE = next(one for one in REPORTED.columns if one.type == "quantity")
PAIRS = [
    ("%", "1"),
    ("万亩", "公顷"),
    ("km²", "万亩"),
    ("吨标准煤/亿元", "吨标准煤/万元"),
    ("t", "kg"),
]
NUMBERS = st.decimals(0, 9999, places=3)

KINDS: dict[str, dict[str, Any]] = {
    "level": {},
    "count_done": {"operator": ">=", "value": Decimal(80), "unit": "%"},
    "share_done": {"operator": ">=", "value": Decimal(80), "unit": "%"},
    "reduction": {"operator": ">=", "value": Decimal(10), "unit": "%", "base_year": 2015},
    "growth": {"operator": ">=", "value": Decimal(10), "unit": "%", "base_year": 2015},
    "not_lower": {},
    "assigned": {},
    "class_limit": {"operator": "<=", "value": Decimal(3), "water_body": "太湖", "parameter": "TP"},
    "milestone": {"target_zh": "建成"},
    "qualitative": {},
    "recurring": {"frequency": "quarterly", "target_zh": "每季度"},
    "event_free": {},
}


def judge(one: Commitment, *found: Any, **known: Any) -> Judgement:
    return assess([one], {}, context(*found, **known))[0][0]


def test_every_kind_is_here() -> None:
    assert {Kind(kind) for kind in KINDS} | {Kind.COMPOSITE} == set(Kind)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_missing_is_never_met(kind: str) -> None:
    open_verdicts = {Verdict.NO_DATA, Verdict.TO_CONFIRM, Verdict.NOT_ASSIGNED}
    assert judge(commitment(kind, **KINDS[kind])).verdict in open_verdicts
    ahead = judge(commitment(kind, deadline=dt.date(2020, 12, 31), **KINDS[kind]))
    assert ahead.verdict in {Verdict.NOT_DUE, *open_verdicts}
    assert ahead.so_far is not Verdict.MET


@pytest.mark.parametrize("kind", KINDS)
def test_a_note_never_matters(kind: str) -> None:
    found = [
        observed("81"),
        observed("90", year=2015),
        observed("90", year=2017),
        *(observed(None, period=f"2018-Q{n}", text="done", confirmed_by="王五") for n in (1, 2)),
    ]
    plain, noted = (
        judge(commitment(kind, note=note, **KINDS[kind]), *found)
        for note in ("", "≥ 99；力争；已完成；deadline: 2017")
    )
    assert plain == noted


@given(value=NUMBERS, target=NUMBERS, pair=st.sampled_from(PAIRS), is_turned=st.booleans())
def test_a_conversion_of_units_never_changes_a_verdict(
    value: Decimal, target: Decimal, pair: tuple[str, str], is_turned: bool
) -> None:
    stated, wanted = reversed(pair) if is_turned else pair
    reader = NumberReader(REPORTED, VALUE, UNITS, wanted=wanted, stated=stated)
    reading = reader.read(f"{value:f}")
    held = plain_decimal(reading.value)
    exact = Fraction(value) * UNITS.factor(stated, wanted) >= Fraction(target)
    judged = judge(commitment(value=target), observed(f"{held:f}"))
    assert judged.verdict is (Verdict.MET if exact else Verdict.NOT_MET)


@given(base=st.decimals("0.1", 999, places=1), now=NUMBERS, less=NUMBERS)
def test_a_greater_cut_is_never_judged_worse(base: Decimal, now: Decimal, less: Decimal) -> None:
    one = commitment("reduction", **KINDS["reduction"])
    before = observed(str(base), year=2015)
    order = [Verdict.NOT_MET, Verdict.MET]
    worse = judge(one, before, observed(str(now + less)))
    better = judge(one, before, observed(str(now)))
    assert order.index(worse.verdict) <= order.index(better.verdict)


@given(value=NUMBERS, more=NUMBERS)
def test_a_lower_concentration_is_never_judged_worse(value: Decimal, more: Decimal) -> None:
    one = commitment("class_limit", **KINDS["class_limit"])
    order = [Verdict.NOT_MET, Verdict.MET]
    worse = judge(one, observed(str(value + more), unit="mg/L"))
    better = judge(one, observed(str(value), unit="mg/L"))
    assert order.index(worse.verdict) <= order.index(better.verdict)
