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


SUMS = {
    "operator": ">=", "value": Decimal(73), "unit": "个", "combine": "sum",
    "deadline": dt.date(2018, 12, 31),
}  # fmt: skip
PARTS = {"hailing/91": ("water.good_share", 13), "hailing/92": ("water.worse_than_v_share", 60)}


def judge_sum(*found: Any, **known: Any) -> Judgement:
    """Judge 73 = 13 + 60 by the end of 2018."""
    whole = commitment("composite", **SUMS)
    parts = [
        commitment(
            "count_done", id=name, indicator=indicator, operator=">=", value=Decimal(value),
            unit="个", part_of=whole.id,
        )
        for name, (indicator, value) in PARTS.items()
    ]  # fmt: skip
    terms = dict.fromkeys((whole.id, *PARTS), range(2018, 2019))
    return assess([whole, *parts], {}, context(*found, terms=terms, **known))[0][0]


def counted(first: str | None, second: str | None, **known: Any) -> list[Any]:
    values = {"water.good_share": first, "water.worse_than_v_share": second}
    return [
        observed(value, indicator=name, unit="个", **known)
        for name, value in values.items()
        if value is not None
    ]


SPRING = {
    "last_day": dt.date(2018, 3, 31),
    "period": "2018-01-01/2018-03-31",
    "is_partial": True,
}


@pytest.mark.parametrize(
    ("values", "known", "expected"),
    [
        pytest.param(("13", "60"), {}, Verdict.MET, id="exactly"),
        pytest.param(("20", "53"), {}, Verdict.MET, id="one makes up for the other"),
        pytest.param(("13", "59"), {}, Verdict.NOT_MET, id="one short"),
        pytest.param(("80", None), {}, Verdict.MET, id="one suffices"),
        pytest.param(("13", None), {}, Verdict.NO_DATA, id="one missing"),
        pytest.param((None, None), {}, Verdict.NO_DATA, id="nothing"),
    ],
)
def test_a_total_of_parts(
    values: tuple[str | None, str | None], known: dict[str, Any], expected: Verdict
) -> None:
    assert judge_sum(*counted(*values), **known).verdict is expected


def test_a_total_of_parts_with_too_few_data_is_open() -> None:
    few = counted("13", "60", is_sufficient=False, reason="later_not_reported")
    judged = judge_sum(*few)
    assert (judged.verdict, judged.reason) == (Verdict.INSUFFICIENT_DATA, "later_not_reported")


@pytest.mark.parametrize(
    ("values", "expected"), [(("4", "15"), Verdict.ON_TRACK), (("3", "14"), Verdict.BEHIND)]
)
def test_a_total_is_held_against_the_time_as_its_parts_are(
    values: tuple[str, str], expected: Verdict
) -> None:
    # 90 of 365 days ask 3.21 + 14.79 = 18.
    found = counted(*values, period=SPRING["period"])
    judged = judge_sum(*found, **SPRING)
    assert (judged.verdict, judged.path_value) == (expected, Decimal("18.00"))


def test_a_total_waits_with_its_parts() -> None:
    assert judge_sum(**SPRING).verdict is Verdict.NOT_DUE


@given(st.decimals(-100, 100, places=1), st.decimals(-100, 100, places=1), NUMBERS)
def test_a_rise_is_a_rise_from_any_base(base: Decimal, now: Decimal, more: Decimal) -> None:
    one = commitment("growth", operator=">", value=Decimal(0), unit="%", base_year=2015)
    before = observed(str(base), year=2015)
    order = [Verdict.NO_DATA, Verdict.NOT_MET, Verdict.MET]
    worse, better = (judge(one, before, observed(str(value))) for value in (now, now + more))
    assert order.index(worse.verdict) <= order.index(better.verdict) or now == base == 0
    assert (better.verdict is Verdict.MET) is (now + more > base)
