import datetime as dt
from decimal import Decimal

import pytest

from ecoreport.assess.conclusion import conclude
from ecoreport.assess.judgement import Judgement
from ecoreport.config.load import load_catalogue
from ecoreport.config.vocabulary import Maturity, Verdict
from ecoreport.facts import change_facts, conclusion_facts, judgement_facts, outlook_facts
from ecoreport.message import message
from ecoreport.observe.observation import Observation, Trace, observation_id
from ecoreport.observe.period import period_of
from ecoreport.project import Pair, Project

PAIR = Pair("hailing", 2018)
WHOLE = period_of(PAIR, None)
SEPTEMBER = period_of(PAIR, dt.date(2018, 9, 30))


def observed(indicator, value, year=2018, period="", maturity="audited", **known):
    period = period or str(year)
    return Observation.model_validate(
        {
            "id": observation_id("hailing", year, indicator, period, maturity),
            "district": "hailing",
            "year": year,
            "period": period,
            "indicator": indicator,
            "value": value,
            "unit": "%",
            "maturity": maturity,
            "trace": Trace(formula=message(""), substituted="", n_used=1),
            **known,
        }
    )


def values(facts):
    return {fact.id.removeprefix("hailing/2018/"): fact.value for fact in facts}


def test_a_change_is_of_the_best_checked_values_on_one_basis():
    facts = change_facts(
        PAIR,
        WHOLE,
        [
            observed("a.b", "70.1", maturity="provisional"),
            observed("a.b", "70.4", maturity="verified"),
            observed("a.b", "60.0", 2017),
            observed("a.c", "5", basis={"state": "mixed"}),
            observed("a.c", "4", 2017, basis={"state": "reference"}),
            observed("a.d", "5"),
            observed("a.e", "5"),
            observed("a.e", None, 2017),
            observed("a.f", "5", period="2018-03"),
            observed("a.f", "4", 2017, period="2017-03"),
        ],
    )
    assert values(facts) == {"change/a.b": Decimal("10.4")}


def test_a_part_of_a_year_changes_only_on_the_same_part_of_last_year():
    now, whole = observed("a.b", "70", period=SEPTEMBER.label), observed("a.b", "60", 2017)
    assert change_facts(PAIR, SEPTEMBER, [now, whole]) == []
    same = observed("a.b", "65", 2017, period="2017-01-01/2017-09-30")
    assert values(change_facts(PAIR, SEPTEMBER, [now, whole, same])) == {"change/a.b": 5}


def outlook(*more, judgements=()):
    found = [
        observed("air.good_days", "200", period=SEPTEMBER.label),
        observed("air.valid_days", "273", period=SEPTEMBER.label),
        *more,
    ]
    return values(outlook_facts(PAIR, SEPTEMBER, found, judgements))


def test_the_rest_of_the_year_must_keep_last_years_share():
    last_year = observed("air.good_days_share", "69.2", 2017)
    assert outlook(last_year) == {
        "outlook/days_left": 92,
        "outlook/bad_days_allowed": 39,
        "outlook/target_share": Decimal("69.2"),
    }
    assert outlook() == {}


def test_the_rest_of_the_year_must_bring_the_rise_that_was_assigned():
    last_year = observed("air.good_days_share", "69.2", 2017)
    rise = observed("air.good_days_share_change", None, period=SEPTEMBER.label)
    judgement = Judgement(
        commitment="hailing/09/good-days",
        district="hailing",
        year=2018,
        verdict="not_due",
        target=Decimal("3.0"),
        target_source="泰环发〔2018〕1号",
        observations=(rise.id,),
    )
    found = outlook(last_year, rise, judgements=[judgement])
    assert found["outlook/target_share"] == Decimal("72.2")
    assert found["outlook/bad_days_allowed"] == 28


def test_a_target_out_of_reach_allows_nothing():
    found = outlook(observed("air.good_days_share", "95", 2017))
    assert "outlook/bad_days_allowed" not in found


def test_a_whole_year_has_no_rest():
    found = [observed("air.good_days", "200"), observed("air.valid_days", "365")]
    found.append(observed("air.good_days_share", "69.2", 2017))
    assert outlook_facts(PAIR, WHOLE, found, []) == []


def test_targets_and_margins_are_facts():
    known = {"district": "hailing", "year": 2018, "unit": "%"}
    missed = Judgement(
        commitment="a/1", verdict="not_met", target=Decimal(80), margin=Decimal("-0.4"), **known
    )
    empty = Judgement(commitment="a/2", verdict="no_data", **known)
    assert values(judgement_facts(PAIR, [missed, empty])) == {
        "target/a/1": 80,
        "margin/a/1": Decimal("-0.4"),
    }


@pytest.fixture(scope="module")
def plan():
    return load_catalogue(Project.here()).plans["hailing"]


def test_every_verdict_is_counted_for_each_attribute(plan):
    judgements = {
        one.id: Judgement(
            commitment=one.id,
            district="hailing",
            year=2018,
            verdict="met" if one.seq == 1 else "no_data",
        )
        for one in plan.commitments
    }
    facts = values(conclusion_facts(PAIR, plan, judgements))
    named = {name.removeprefix("count/hailing/"): value for name, value in facts.items()}
    assert (named["binding/total"], named["reference/total"], named["all/total"]) == (18, 19, 37)
    assert (named["binding/met"], named["binding/no_data"]) == (1, 17)
    assert (named["reference/met"], named["all/undecided"]) == (0, 36)
    for group in ("binding", "reference", "all"):
        counted = [
            value
            for name, value in named.items()
            if name.startswith(f"{group}/") and name.split("/")[1] not in
            {"total", "undecided", "attention", "attention_demonstration", "met_so_far",
             "open_so_far", "contradictions"}
        ]  # fmt: skip
        assert sum(counted) == named[f"{group}/total"]


@pytest.mark.parametrize("is_mixed", [True, False])
def test_counts_never_add_up_real_and_demonstration_data(plan, is_mixed):
    made = {1: "met", 2: "not_met", 3: "not_met"}
    judgements = {
        one.id: Judgement(
            commitment=one.id,
            district="hailing",
            year=2018,
            verdict=made.get(one.seq, "no_data"),
            maturity="demonstration" if one.seq in made else None,
        )
        for one in plan.commitments
    }
    (real,) = (one for one in plan.counted() if one.seq == 12)
    if is_mixed:
        known = {"verdict": Verdict.MET, "maturity": Maturity.AUDITED}
        judgements[real.id] = judgements[real.id].model_copy(update=known)
    facts = values(conclusion_facts(PAIR, plan, judgements))
    named = {name.removeprefix("count/hailing/"): value for name, value in facts.items()}
    apart = 3 if is_mixed else 0
    assert (named["all/total"], named["all/demonstration"]) == (37, apart)
    assert (named["all/met"], named["all/not_met"]) == (1, 2 - 2 * is_mixed)
    assert named["all/undecided"] == 34 - is_mixed
    assert named["all/attention"] == named["all/not_met"] + named["all/undecided"]
    assert named["all/attention_demonstration"] == (2 if is_mixed else 0)


def test_what_is_open_counts_with_each_department_that_answers_for_it(plan):
    def judgement(commitment, verdict, so_far=None):
        return Judgement(
            commitment=commitment.id,
            district="hailing",
            year=2018,
            verdict=verdict,
            so_far=so_far,
        )

    two, *rest = [one for one in plan.counted() if one.responsible]
    two = two.model_copy(update={"responsible": (*two.responsible, "somebody-else")})
    counted = {one.id: one for one in plan.commitments} | {two.id: two}
    changed = plan.model_copy(update={"commitments": tuple(counted.values())})
    judgements = {one.id: judgement(one, "met") for one in changed.commitments}
    judgements[two.id] = judgement(two, "not_met")
    ahead = rest[0]
    judgements[ahead.id] = judgement(ahead, "not_due", "no_data")
    facts = values(conclusion_facts(PAIR, changed, judgements))
    named = {name.removeprefix("count/hailing/"): value for name, value in facts.items()}
    assert {name: n for name, n in named.items() if name.startswith("attention/")} == {
        f"attention/{department}": 1 for department in two.responsible
    }
    assert (named["all/attention"], named["all/open_so_far"]) == (1, 1)
    assert named[f"open_so_far/{ahead.responsible[0]}"] == 1


def test_what_is_not_due_and_open_so_far_is_ranked_outside_the_counts(plan):
    ranks = {1: "met", 2: "no_data", 3: "not_met", 6: "not_met"}
    judgements = {
        one.id: Judgement(
            commitment=one.id,
            district="hailing",
            year=2018,
            verdict="not_due",
            so_far=ranks.get(one.seq, "met"),
        )
        for one in plan.commitments
    }
    seq = {one.id: one.seq for one in plan.commitments}
    found = conclude(plan, judgements)
    # Binding before reference, not met before missing.
    assert [seq[one.commitment] for one in found.open_so_far] == [6, 3, 2]
    assert found.attention == ()
    assert found.counts["binding"] == {"not_due": 18}


def test_the_rest_of_the_year_must_reach_what_the_plan_asks():
    share = observed("air.good_days_share", "73.3", period=SEPTEMBER.label)
    judgement = Judgement(
        commitment="wuxi-2018/air/good-days-share",
        district="hailing",
        year=2018,
        verdict="not_due",
        value=share.value,
        operator=">=",
        target=Decimal("71.5"),
        observations=(share.id,),
    )
    found = outlook(share, judgements=[judgement])
    assert found["outlook/target_share"] == Decimal("71.5")
    assert found["outlook/bad_days_allowed"] == 31
