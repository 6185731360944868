import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging import (
    END,
    INDICATOR,
    STATE_2017,
    STATE_2018,
    assigned,
    commitment,
    context,
    judge,
    observed,
    verdicts,
)

from ecoreport.assess import assess
from ecoreport.assess.composite import judge_composite
from ecoreport.config.vocabulary import Maturity, Verdict
from ecoreport.observe.observation import Basis

NEXT_YEAR = dt.date(2019, 12, 31)
TOO_FEW = {"is_sufficient": False, "reason": "too_few_days"}
DATASETS = {INDICATOR: frozenset({"reported", "water_sections", "water_monthly"})}
EI = {"indicator": INDICATOR, "tolerance": Decimal(1)}


def outcome(one, *observations, **known):
    judgement = judge(one, *observations, **known)
    return str(judgement.verdict), judgement.reason


@pytest.mark.parametrize(
    ("comparison", "value", "expected"),
    [
        (">=", "80", "met"),
        (">=", "79.99", "not_met"),
        (">", "80", "not_met"),
        (">", "80.01", "met"),
        ("<=", "80.0", "met"),
        ("<=", "80.01", "not_met"),
        ("<", "80", "not_met"),
        ("<", "79.99", "met"),
        ("==", "80.00", "met"),
        ("==", "80.01", "not_met"),
    ],
)
def test_level(comparison, value, expected):
    judgement = judge(commitment(operator=comparison), observed(value))
    assert (str(judgement.verdict), judgement.reason) == (expected, "")
    assert (judgement.target, judgement.operator) == (80, comparison)
    assert judgement.observations == (observed(value).id,)


def test_without_a_value_there_is_no_verdict_but_the_target_is_known():
    judgement = judge(commitment())
    assert (judgement.verdict, judgement.reason) == (Verdict.NO_DATA, "not_reported")
    assert (judgement.value, judgement.margin, judgement.target) == (None, None, 80)


@pytest.mark.parametrize("dataset", ["reported", "water_monthly"])
@pytest.mark.parametrize("kind", ["level", "not_lower", "qualitative", "event_free"])
def test_a_rejected_dataset_is_no_data(kind, dataset):
    known = {"datasets": DATASETS, "rejected_datasets": frozenset({dataset})}
    assert outcome(commitment(kind), **known) == ("no_data", "rejected")


@pytest.mark.parametrize("value", ["70", "80", "90"])
def test_too_few_data_are_neither_met_nor_missed_but_shown(value):
    judgement = judge(commitment(), observed(value, **TOO_FEW))
    assert (judgement.verdict, judgement.reason) == (Verdict.INSUFFICIENT_DATA, "too_few_days")
    assert judgement.value == Decimal(value)
    assert judgement.fragility == ()


@pytest.mark.parametrize(
    ("targets", "observations", "expected"),
    [
        ({}, ["90"], ("not_assigned", "target_not_assigned")),
        ({}, [], ("not_assigned", "target_not_assigned")),
        (assigned("85"), [], ("no_data", "not_reported")),
        (assigned("85"), ["85"], ("met", "")),
        (assigned("85"), ["84.9"], ("not_met", "")),
    ],
)
def test_a_target_that_a_superior_assigns(targets, observations, expected):
    judgement = judge(commitment("assigned"), *map(observed, observations), assigned=targets)
    assert (str(judgement.verdict), judgement.reason) == expected
    assert judgement.target == (85 if targets else None)
    assert judgement.target_source == ("泰环发〔2018〕1号" if targets else "")


@pytest.mark.parametrize(
    ("now", "before", "expected", "fragility"),
    [
        ("60.0", "60.0", ("met", ""), ()),
        ("60.1", "60.0", ("met", ""), ()),
        ("59.1", "60.0", ("met", "no_clear_change"), ()),
        ("59.0", "60.0", ("not_met", ""), ("at_target",)),
        ("61.0", "60.0", ("met", ""), ()),
        ("58.9", "60.0", ("not_met", ""), ()),
    ],
)
def test_not_lower_within_the_tolerance_of_the_standard(now, before, expected, fragility):
    judgement = judge(commitment("not_lower", **EI), observed(now), observed(before, year=2017))
    assert (str(judgement.verdict), judgement.reason) == expected
    assert judgement.fragility == fragility
    assert judgement.margin == Decimal(now) - Decimal(before)


def test_not_lower_without_tolerance_takes_every_fall():
    one = commitment("not_lower")
    assert outcome(one, observed("59.99"), observed("60", year=2017)) == ("not_met", "")
    same = judge(one, observed("60"), observed("60", year=2017))
    assert (same.verdict, same.fragility) == (Verdict.MET, ("at_target",))


@pytest.mark.parametrize("kind", ["not_lower", "reduction"])
@pytest.mark.parametrize(
    ("now", "base", "expected"),
    [
        (observed("60"), None, ("no_data", "no_base")),
        (observed("60"), observed(None, year=2017), ("no_data", "no_base")),
        (
            observed("60", basis=STATE_2018),
            observed("50", year=2017, basis=STATE_2017),
            ("insufficient_data", "basis_differs"),
        ),
        (
            observed("60"),
            observed("50", year=2017, **TOO_FEW),
            ("insufficient_data", "base_insufficient"),
        ),
        (
            observed("60", **TOO_FEW),
            observed("70", year=2017),
            ("insufficient_data", "too_few_days"),
        ),
        (
            observed("60", period="2018-01-01/2018-09-30"),
            observed("70", year=2017),
            ("insufficient_data", "period_differs"),
        ),
    ],
)
def test_what_cannot_be_compared_with_a_base(kind, now, base, expected):
    known = {"operator": ">=", "value": Decimal(0)} if kind == "reduction" else {}
    found = [now] if base is None else [now, base]
    assert outcome(commitment(kind, **known), *found, period=now.period) == expected


@pytest.mark.parametrize(
    ("kind", "now", "base", "expected", "value"),
    [
        ("reduction", "90", "100", "met", "10"),
        ("reduction", "90.01", "100", "not_met", "9.99"),
        ("reduction", "110", "100", "not_met", "-10"),
        ("growth", "110", "100", "met", "10"),
        ("growth", "109", "100", "not_met", "9"),
        ("reduction", "6.3", "7", "met", "10"),
    ],
)
def test_a_change_is_judged_against_its_own_base_year(kind, now, base, expected, value):
    one = commitment(kind, operator=">=", value=Decimal(10), unit="%", base_year=2015)
    judgement = judge(one, observed(now), observed(base, year=2015), observed("1", year=2017))
    assert (str(judgement.verdict), judgement.value) == (expected, Decimal(value))
    assert judgement.unit == "%"
    assert str(judgement.notes[0]).startswith("2015年基数")


def test_the_exact_change_is_compared_and_a_rounded_one_shown():
    one = commitment("reduction", operator=">=", value=Decimal("33.33"), unit="%", base_year=2015)
    judgement = judge(one, observed("2"), observed("3", year=2015))
    assert (judgement.verdict, judgement.value) == (Verdict.MET, Decimal("33.33"))
    one = commitment("reduction", operator=">=", value=Decimal("66.67"), unit="%", base_year=2015)
    judgement = judge(one, observed("1"), observed("3", year=2015))
    assert (judgement.verdict, judgement.value) == (Verdict.NOT_MET, Decimal("66.67"))
    assert judgement.fragility == ("rounding",)


def test_a_base_of_zero_is_no_base():
    one = commitment("reduction", operator=">=", value=Decimal(10), unit="%", base_year=2015)
    assert outcome(one, observed("0"), observed("0", year=2015)) == ("no_data", "base_zero")


def test_a_cut_by_an_amount_needs_no_share_of_its_base():
    one = commitment("reduction", operator=">=", value=Decimal(10), base_year=2015)
    assert outcome(one, observed("0"), observed("0", year=2015)) == ("not_met", "")
    assert outcome(one, observed("30"), observed("40", year=2015)) == ("met", "")


@pytest.mark.parametrize(
    ("status", "signed", "expected"),
    [
        ("done", "王", ("met", "")),
        ("mostly_done", "王", ("not_met", "mostly_done")),
        ("started", "王", ("not_met", "started")),
        ("not_done", "王", ("not_met", "not_done")),
        ("done", "", ("to_confirm", "unsigned")),
        ("", "王", ("to_confirm", "not_confirmed")),
    ],
)
@pytest.mark.parametrize("kind", ["qualitative", "milestone"])
def test_a_duty_without_a_number_rests_on_who_confirmed_it(kind, status, signed, expected):
    found = observed(None, text=status, confirmed_by=signed)
    assert outcome(commitment(kind), found) == expected


def test_a_duty_that_nobody_confirmed_is_open():
    assert outcome(commitment("qualitative")) == ("to_confirm", "not_confirmed")


@pytest.mark.parametrize(
    ("events", "known", "expected"),
    [
        ("0", {}, ("met", "")),
        ("0", {"is_sufficient": False, "reason": "nil_return_missing"},
         ("insufficient_data", "nil_return_missing")),
        ("1", {}, ("not_met", "event_reported")),
        ("1", {"is_sufficient": False, "reason": "nil_return_missing"},
         ("not_met", "event_reported")),
    ],
)  # fmt: skip
def test_only_returns_for_the_whole_year_show_that_nothing_happened(events, known, expected):
    assert outcome(commitment("event_free"), observed(events, **known)) == expected
    assert outcome(commitment("event_free")) == ("no_data", "not_reported")


@pytest.mark.parametrize("value", ["70", "90", None])
def test_before_its_deadline_nothing_is_met_or_missed(value):
    found = [observed(value)] if value else []
    judgement = judge(commitment(deadline=NEXT_YEAR), *found)
    assert (judgement.verdict, judgement.reason) == (Verdict.NOT_DUE, "deadline_ahead")
    assert judgement.value == (Decimal(value) if value else None)


def test_an_event_breaks_a_duty_before_its_deadline():
    one = commitment("event_free", deadline=NEXT_YEAR)
    assert outcome(one, observed("1")) == ("not_met", "event_reported")
    assert outcome(one, observed("0")) == ("not_due", "deadline_ahead")


def test_on_the_day_of_its_deadline_a_commitment_is_judged():
    assert outcome(commitment(deadline=END), observed("90")) == ("met", "")
    day_before = dt.date(2018, 12, 30)
    assert outcome(commitment(deadline=END), observed("90"), last_day=day_before)[0] == "not_due"


WHOLE = commitment("composite", id="hailing/91")
PARTS = {
    "met": Verdict.MET,
    "missed": Verdict.NOT_MET,
    "absent": Verdict.NO_DATA,
    "few": Verdict.INSUFFICIENT_DATA,
    "open": Verdict.TO_CONFIRM,
    "unassigned": Verdict.NOT_ASSIGNED,
    "later": Verdict.NOT_DUE,
    "course": Verdict.ON_TRACK,
    "slow": Verdict.BEHIND,
    "foreign": Verdict.NOT_APPLICABLE,
}


def composed(*names, combine="all", **known):
    """Judge a composite of parts whose verdicts are known."""
    blank = judge(commitment())
    parts = {
        f"hailing/91/{number}-{name}": blank.model_copy(
            update={"verdict": PARTS[name], "reason": "", **known.get(name, {})}
        )
        for number, name in enumerate(names)
    }
    return judge_composite(WHOLE.model_copy(update={"combine": combine}), context(), parts)


@pytest.mark.parametrize(
    ("parts", "of_all", "of_any"),
    [
        (("met", "met"), "met", "met"),
        (("met", "missed"), "not_met", "met"),
        (("met", "absent"), "no_data", "met"),
        (("met", "unassigned"), "not_assigned", "met"),
        (("missed", "absent"), "not_met", "no_data"),
        (("missed", "missed"), "not_met", "not_met"),
        (("few", "absent"), "no_data", "insufficient_data"),
        (("met", "later"), "not_due", "met"),
        (("met", "course"), "on_track", "met"),
        (("met", "foreign"), "met", "met"),
        (("missed", "foreign"), "not_met", "not_met"),
        (("foreign", "foreign"), "not_applicable", "not_applicable"),
    ],
)
def test_a_composite_of_all_or_of_any(parts, of_all, of_any):
    assert str(composed(*parts).verdict) == of_all
    assert str(composed(*parts, combine="any").verdict) == of_any


@given(st.lists(st.sampled_from(sorted(PARTS)), min_size=1, max_size=4))
def test_a_composite_is_met_only_if_all_that_applies_is(parts):
    applicable = [part for part in parts if part != "foreign"]
    is_met = composed(*parts).verdict is Verdict.MET
    assert is_met == (bool(applicable) and set(applicable) == {"met"})


def test_a_composite_says_the_reason_that_its_deciding_parts_share():
    unassigned = {"reason": "target_not_assigned"}
    shared = composed("met", "unassigned", "unassigned", unassigned=unassigned)
    assert shared.reason == "target_not_assigned"
    assert composed("met", "missed").reason == "part_not_met"
    mixed = composed(
        "few", "met", few={"reason": "basis_differs"}, met={"reason": "no_clear_change"}
    )
    assert mixed.reason == "basis_differs"
    assert composed("met", "met", met={"reason": "no_clear_change"}).reason == ""


def test_a_composite_is_fragile_only_where_one_part_can_turn_it():
    marks = {"fragility": ("day",)}
    assert composed("met", "met", met=marks).fragility == ("day",)
    assert composed("met", "missed", missed=marks).fragility == ("day",)
    assert composed("missed", "missed", missed=marks).fragility == ()
    assert composed("met", "missed", met=marks).fragility == ()
    assert composed("met", "met", combine="any", met=marks).fragility == ()


def test_parts_wait_for_the_deadline_of_their_whole():
    whole = commitment("composite", id="hailing/91", deadline=NEXT_YEAR)
    part = commitment(id="hailing/91/part", part_of="hailing/91")
    judgements, _derived = assess([whole, part], {}, context(observed("70")))
    assert verdicts(judgements) == {
        "hailing/91": ("not_due", "deadline_ahead"),
        "hailing/91/part": ("not_due", "deadline_ahead"),
    }


def test_the_better_checked_source_is_judged_and_a_disagreement_shown():
    verified, provisional = (
        observed("79", maturity="verified"),
        observed("81", maturity="provisional"),
    )
    same = observed("79.0", maturity="real_time")
    judgement = judge(commitment(), same, provisional, verified)
    assert (judgement.verdict, judgement.value) == (Verdict.NOT_MET, 79)
    assert judgement.observations == (verified.id,)
    assert judgement.disagreeing == (provisional.id,)


def test_a_single_station_is_no_source_of_the_areas_value():
    station = observed("10", maturity="verified")
    station = station.model_copy(
        update={"id": station.id.replace("good_share", "good_share@1206A")}
    )
    judgement = judge(commitment(), station, observed("90"))
    assert (judgement.value, judgement.disagreeing) == (90, ())
    assert outcome(commitment(), station) == ("no_data", "not_reported")


def test_a_result_is_as_mature_as_its_weakest_part():
    one = commitment("not_lower", **EI)
    judgement = judge(
        one,
        observed("60", maturity="verified"),
        observed("60", year=2017, maturity="demonstration"),
    )
    assert judgement.maturity is Maturity.DEMONSTRATION
    assert judgement.rests_on_demonstration
    part = {"maturity": Maturity.REAL_TIME}
    assert composed("met", "absent", met=part).maturity is Maturity.REAL_TIME
    assert composed("absent").maturity is None


@pytest.mark.parametrize(
    ("document", "file", "expected"),
    [
        (True, True, "complete"),
        (True, False, "partial"),
        (False, True, "partial"),
        (False, False, "none"),
    ],
)
def test_evidence_is_told_apart_from_the_verdict(document, file, expected):
    judgement = judge(commitment(), observed("90", has_document=document, has_evidence_file=file))
    assert (judgement.verdict, str(judgement.evidence)) == (Verdict.MET, expected)


def test_a_verdict_on_an_unread_rule_says_so():
    unread = observed("90")
    unread = unread.model_copy(
        update={"trace": unread.trace.model_copy(update={"is_verified": False})}
    )
    assert not judge(commitment(), unread).is_verified
    assert judge(commitment(), observed("90")).is_verified


@given(st.text(), st.sampled_from(["79", "80", None]))
def test_a_note_is_for_people(note, value):
    found = [observed(value)] if value else []
    assert judge(commitment(note=note), *found) == judge(commitment(), *found)


def test_two_bases_of_one_figure_checked_alike_must_be_decided():
    city = observed("90", basis=Basis(place="全市"))
    own = observed("70", basis=Basis(place="城区"), id="other")
    assert outcome(commitment(), city, own) == ("to_confirm", "bases_differ")
    better = observed("70", basis=Basis(place="城区"), maturity="verified")
    assert outcome(commitment(), city, better) == ("not_met", "")


def test_parts_of_a_year_are_no_value_of_the_year():
    assert outcome(commitment(), observed("90", period="2018-Q4")) == (
        "no_data",
        "only_parts_reported",
    )


def test_a_second_value_of_one_unit_is_shown_and_the_first_is_judged():
    units = [("甲", "9"), ("乙", "8"), ("甲", "10"), ("乙", "8")]
    told = [
        observed(value, unit_name=name, id=f"hailing/2018/{INDICATOR}@{place}/2018/audited")
        for place, (name, value) in enumerate(units)
    ]
    judged = judge(commitment(is_for_every_unit=True, value=Decimal(8)), *told)
    assert (judged.verdict, judged.value) == (Verdict.MET, 8)
    assert judged.disagreeing == (told[2].id,)
