"""The whole plan of Hailing, judged from synthetic observations."""

import datetime as dt
from decimal import Decimal

import pytest
from judging import assigned, context, observed, verdicts

from ecoreport.assess import assess, required_pairs
from ecoreport.assess.conclusion import ATTENTION_ORDER, conclude
from ecoreport.assess.kinds import JUDGES
from ecoreport.assess.reasons import FRAGILITIES, REASONS
from ecoreport.config.load import load_catalogue
from ecoreport.config.vocabulary import Attribute, Kind, Verdict
from ecoreport.project import Pair, Project

CATALOGUE = load_catalogue(Project.here())
PLAN = CATALOGUE.plans["hailing"]
BY_ID = {one.id: one for one in PLAN.commitments}
EVENTS = "institutional.major_environmental_events"
AIR = {"air.good_days_share": ("78.4", "75.0"), "air.heavy_pollution_days_share": ("0.5", "1.1")}
LETTERS = {
    "hailing/09/good-days": "3.0",
    "hailing/09/heavy-pollution-days": "0.5",
    "hailing/10/good-share": "5",
    "hailing/10/worse-than-v-share": "5",
    "hailing/21/total": "250",
    "hailing/22/total": "25000",
}


def kept(commitment):
    """Return the observation that just keeps a commitment."""
    known = {"indicator": commitment.indicator, "unit": commitment.unit}
    if commitment.kind in {Kind.QUALITATIVE, Kind.MILESTONE}:
        return observed(None, text="done", confirmed_by="王", **known)
    if commitment.kind is Kind.EVENT_FREE:
        return observed("0", **known)
    value = commitment.value if commitment.kind is Kind.LEVEL else LETTERS.get(commitment.id, "60")
    return observed(str(value), **known)


def all_kept():
    """Return observations with which every commitment is just kept, by indicator."""
    found = {one.indicator: kept(one) for one in PLAN.commitments if one.indicator}
    found["greening.ecological_index"] = observed("60", indicator="greening.ecological_index")
    for name in ("air.good_days_share_change", "air.heavy_pollution_days_share_reduction"):
        del found[name]
    return found


def years_before():
    base = observed("60", year=2017, indicator="greening.ecological_index")
    return [base, *(observed(last, year=2017, indicator=name) for name, (_, last) in AIR.items())]


def judge(found, **known):
    own = [observed(now, indicator=name) for name, (now, _) in AIR.items()] if found else []
    targets = {}
    for name, value in known.pop("letters", {}).items():
        targets |= assigned(value, to=name)
    index = "greening.ecological_index"
    known["steps"] = {index: CATALOGUE.clear_change_from(index)}
    judgements, _derived = assess(
        PLAN.commitments,
        CATALOGUE.indicators,
        context(
            *found.values(), *own, *(years_before() if found else []), assigned=targets, **known
        ),
    )
    return {one.commitment: one for one in judgements}


def counts(judgements):
    conclusion = conclude(PLAN, judgements)
    return {
        str(attribute): {str(verdict): n for verdict, n in by_verdict.items()}
        for attribute, by_verdict in conclusion.counts.items()
    }


def test_the_plan_counts_18_binding_and_19_reference_indicators():
    conclusion = conclude(PLAN, judge({}))
    assert conclusion.totals == {Attribute.BINDING: 18, Attribute.REFERENCE: 19}
    assert len(PLAN.commitments) == 37 + 14
    assert [one.seq for one in PLAN.counted()] == list(range(1, 38))


def test_every_kind_of_the_plan_has_its_judge():
    assert {one.kind for one in PLAN.commitments} <= {*JUDGES, Kind.COMPOSITE}


def test_with_everything_kept_the_whole_plan_is_met():
    judgements = judge(all_kept(), letters=LETTERS)
    assert counts(judgements) == {"binding": {"met": 18}, "reference": {"met": 19}}
    conclusion = conclude(PLAN, judgements)
    assert conclusion.attention == ()
    assert not conclusion.is_vetoed


def test_with_no_data_nothing_is_met_and_nothing_missed():
    judgements = judge({})
    assert {one.verdict for one in judgements.values()} == {
        Verdict.NO_DATA,
        Verdict.TO_CONFIRM,
        Verdict.NOT_ASSIGNED,
    }
    assert all(one.maturity is None and not one.observations for one in judgements.values())
    assert sum(sum(by_verdict.values()) for by_verdict in counts(judgements).values()) == 37
    assert {one.verdict for one in judge({}, last_day=dt.date(2018, 9, 30)).values()} == {
        Verdict.NOT_DUE
    }


def test_without_letters_what_the_province_assigns_stays_open():
    judgements = judge(all_kept())
    open_ones = {name for name, one in judgements.items() if one.verdict is not Verdict.MET}
    assert open_ones == {*LETTERS, "hailing/09", "hailing/10", "hailing/21", "hailing/22"}
    assert {verdicts([judgements[name]])[name] for name in open_ones} == {
        ("not_assigned", "target_not_assigned")
    }


def test_the_rise_of_good_days_is_judged_by_its_letter():
    judgements = judge(all_kept(), letters=LETTERS | {"hailing/09/good-days": "3.5"})
    part = judgements["hailing/09/good-days"]
    assert (part.value, part.target, part.margin) == (
        Decimal("3.4"),
        Decimal("3.5"),
        Decimal("-0.1"),
    )
    assert (part.verdict, judgements["hailing/09"].verdict) == (Verdict.NOT_MET, Verdict.NOT_MET)


@pytest.mark.parametrize(
    ("now", "level", "not_lower", "whole"),
    [
        ("60.0", "met", "met", "met"),
        ("59.1", "met", "met", "met"),
        ("59.0", "met", "not_met", "not_met"),
        ("54.9", "not_met", "not_met", "not_met"),
        ("61.5", "met", "met", "met"),
    ],
)
def test_ei_is_at_least_55_and_not_lower(now, level, not_lower, whole):
    found = all_kept()
    found["greening.ecological_index"] = observed(now, indicator="greening.ecological_index")
    judgements = judge(found, letters=LETTERS)
    names = ("hailing/11/level", "hailing/11/not-lower", "hailing/11")
    assert [str(judgements[name].verdict) for name in names] == [level, not_lower, whole]
    assert judgements["hailing/11"].parts == names[:2]


def test_intensity_alone_does_not_keep_energy():
    found = all_kept()
    found["resources.energy_total"] = observed("250.1", indicator="resources.energy_total")
    judgements = judge(found, letters=LETTERS)
    assert judgements["hailing/21/intensity"].verdict is Verdict.MET
    assert verdicts([judgements["hailing/21"]]) == {"hailing/21": ("not_met", "part_not_met")}


def test_straw_and_manure_are_both_judged():
    found = all_kept()
    del found["waste.manure_use_rate"]
    judgements = judge(found, letters=LETTERS)
    assert judgements["hailing/24/straw"].verdict is Verdict.MET
    assert verdicts([judgements["hailing/24"]]) == {"hailing/24": ("no_data", "not_reported")}


@pytest.mark.parametrize("last_day", [dt.date(2018, 12, 31), dt.date(2018, 6, 30)])
def test_a_grave_event_is_a_veto_at_once(last_day):
    found = all_kept() | {EVENTS: observed("1", indicator=EVENTS)}
    conclusion = conclude(PLAN, judge(found, letters=LETTERS, last_day=last_day))
    assert [one.commitment for one in conclusion.vetoes] == ["hailing/16"]
    assert conclusion.is_vetoed
    assert conclusion.attention[0].commitment == "hailing/16"


def test_no_returns_are_no_sign_of_no_events():
    found = all_kept()
    del found[EVENTS]
    conclusion = conclude(PLAN, judge(found, letters=LETTERS))
    assert conclusion.vetoes[0].verdict is Verdict.NO_DATA
    assert not conclusion.is_vetoed


def test_attention_goes_from_the_worst_and_from_the_binding():
    found = all_kept()
    for seq in (8, 12, 27, 33, 36, 37):
        indicator = BY_ID[f"hailing/{seq:02d}"].indicator
        found[indicator] = observed("1", indicator=indicator)
    for seq in (2, 31):
        del found[BY_ID[f"hailing/{seq:02d}"].indicator]
    del found["institutional.plan"]
    attention = conclude(PLAN, judge(found, letters=LETTERS)).attention
    assert [one.commitment.removeprefix("hailing/") for one in attention] == [
        "27", "08", "12", "33", "36", "37", "02", "31", "01"
    ]  # fmt: skip
    ranks = [ATTENTION_ORDER.index(one.verdict) for one in attention]
    assert ranks == sorted(ranks)


def test_judging_reads_last_year_and_base_years():
    needed = required_pairs(Pair("hailing", 2018), PLAN.commitments)
    assert needed == {Pair("hailing", 2017), Pair("hailing", 2018)}
    later = PLAN.commitments[1].model_copy(update={"base_year": 2015})
    assert Pair("hailing", 2015) in required_pairs(Pair("hailing", 2018), [later])


def test_every_reason_and_mark_has_its_words():
    found = [judge({}), judge(all_kept()), judge(all_kept(), letters=LETTERS)]
    said = {one.reason for judgements in found for one in judgements.values()} - {""}
    marks = {code for judgements in found for one in judgements.values() for code in one.fragility}
    assert said <= set(REASONS)
    assert marks
    assert marks <= set(FRAGILITIES)
