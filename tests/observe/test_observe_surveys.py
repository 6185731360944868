import json
from decimal import Decimal

import pytest
from area_tables import seen, table

from ecoreport.assess.compare import fragility

AWARENESS = "institutional.public_awareness"
SATISFACTION = "institutional.public_satisfaction"


def question(n_yes, n_asked, **cells):
    known = {
        "survey": "2018年公众调查",
        "topic": "awareness",
        "question": "总体",
        "role": "overall",
        "design": "simple_random",
        "date": "2018-11-20",
    }
    return {**known, "n_yes": float(n_yes), "n_asked": float(n_asked), **cells}


def asked(*rows, **known):
    return seen({"surveys": table("surveys", *rows)}, **known)


def test_a_share_near_its_target_is_borderline_and_says_so():
    found, kept, _all = asked(question(1104, 1373))
    one = found[AWARENESS]
    assert one.value == Decimal("80.4")
    assert one.trace.substituted == "1104 ÷ 1373 × 100"
    assert one.sensitivity == {"sampling": (Decimal("78.22"), Decimal("82.42"))}
    assert "±2.1个百分点，95%置信区间78.22%–82.42%" in str(one.trace.notes[0])
    assert fragility(one, ">=", Decimal(80)) == ("margin_of_error",)
    assert fragility(one, ">=", Decimal("82.5")) == ()
    assert fragility(one, ">=", Decimal(78)) == ()
    # Not met, but the survey cannot tell that either.
    assert fragility(one, ">=", Decimal(82)) == ("margin_of_error",)
    (line,) = kept["survey_shares"].to_dict("records")
    assert (line["low_percent"], line["high_percent"]) == (78.22, 82.42)


def test_a_design_widens_the_margin():
    plain = asked(question(1104, 1373))[0][AWARENESS].sensitivity["sampling"]
    wide = asked(question(1104, 1373, design="multistage", design_effect=2.0))[0][AWARENESS]
    low, high = wide.sensitivity["sampling"]
    assert low < plain[0]
    assert high > plain[1]
    assert "设计效应2.0" in [str(note) for note in wide.trace.notes]


def test_a_small_population_narrows_the_margin_and_the_trace_says_so():
    free = asked(question(1104, 1373))[0][AWARENESS]
    small = asked(question(1104, 1373, population=2746.0))[0][AWARENESS]
    said = "误差范围按调查总体2746人作有限总体修正"
    assert "±1.5个百分点" in str(small.trace.notes[0])
    assert said in [str(note) for note in small.trace.notes]
    assert small.sensitivity["sampling"][0] > free.sensitivity["sampling"][0]
    # Everybody was asked: chance leaves nothing open.
    everybody = asked(question(1104, 1373, population=1373.0))[0][AWARENESS]
    assert everybody.sensitivity["sampling"] == (Decimal("80.41"), Decimal("80.41"))
    # A population smaller than the sample is a mistake, not a correction.
    wrong = asked(question(1104, 1373, population=100.0))[0][AWARENESS]
    assert wrong.sensitivity == free.sensitivity


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"design": "voluntary"}, "不是概率抽样"),
        ({"design": "quota", "design_effect": 1.2}, "不是概率抽样"),
        ({"design": "cluster"}, "表中没有，不能给出误差范围"),
    ],
)
def test_without_a_chance_of_selection_there_is_no_margin(cells, said):
    found, kept, _all = asked(question(1104, 1373, **cells))
    one = found[AWARENESS]
    assert (one.value, one.sensitivity) == (Decimal("80.4"), {})
    assert said in str(one.trace.notes[0])
    assert kept["survey_shares"]["low_percent"].isna().all()
    assert "margin_of_error" not in fragility(one, ">=", Decimal(80))


def test_the_overall_question_counts_and_else_all_questions_together():
    items = [
        question(500, 1000, question="什么是生态文明", role="item"),
        question(900, 1000, question="垃圾分几类", role="item"),
    ]
    found, _kept, _all = asked(*items)
    one = found[AWARENESS]
    assert one.value == Decimal("70.0")
    # A thousand people were asked, not two thousand.
    assert one.trace.n_used == 1000
    assert one.sensitivity == asked(question(700, 1000))[0][AWARENESS].sensitivity
    assert asked(*items, question(850, 1000))[0][AWARENESS].value == 85


def test_two_surveys_are_two_observations_and_topics_stay_apart():
    rows = [
        question(850, 1000),
        question(780, 1000, survey="省级调查"),
        question(900, 1000, topic="satisfaction"),
    ]
    _found, _kept, everything = asked(*rows)
    values = {one.id: one.value for one in everything if one.indicator == AWARENESS}
    assert list(values.values()) == [85, 78]
    assert len(values) == 2
    assert [one.value for one in everything if one.indicator == SATISFACTION] == [90]


def test_a_survey_after_the_last_day_is_not_read():
    assert AWARENESS not in asked(question(850, 1000), as_of="2018-10-31")[0]
    assert AWARENESS in asked(question(850, 1000), as_of="2018-11-30")[0]
    undated = question(850, 1000, date=None)
    assert AWARENESS not in asked(undated, as_of="2018-10-31")[0]
    assert AWARENESS in asked(undated)[0]


def test_what_is_kept_reads_back():
    one = asked(question(1104, 1373))[0][AWARENESS]
    assert type(one).model_validate(json.loads(one.model_dump_json())) == one
