"""Words that blur a target are read as the settings say, and no further."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging import commitment, context, observed

from ecoreport.assess import assess
from ecoreport.assess.judgement import Judgement
from ecoreport.config.load import load_catalogue
from ecoreport.config.vocabulary import Verdict
from ecoreport.project import Project

FUZZY = {str(word): one for word, one in load_catalogue(Project.here()).assessment.fuzzy.items()}


def judge_level(word: str, value: str) -> Judgement:
    one = commitment(fuzzy=word, value=Decimal(95))
    return assess([one], {}, context(observed(value), fuzzy=FUZZY))[0][0]


@pytest.mark.parametrize(
    ("word", "value", "expected", "reason"),
    [
        ("", "94.99", Verdict.NOT_MET, ""),
        ("around", "95", Verdict.MET, ""),
        ("around", "90.25", Verdict.MET, "within_around"),
        ("around", "90.24", Verdict.NOT_MET, ""),
        ("basically", "90.25", Verdict.MET, "within_basically"),
        ("basically", "90.24", Verdict.NOT_MET, ""),
        ("strive", "10", Verdict.NOT_APPLICABLE, "strive_not_reached"),
        ("strive", "95", Verdict.MET, ""),
        ("fully", "94.99", Verdict.NOT_MET, ""),
        ("fully", "95", Verdict.MET, ""),
    ],
)
def test_a_number(word: str, value: str, expected: Verdict, reason: str) -> None:
    judged = judge_level(word, value)
    assert (judged.verdict, judged.reason) == (expected, reason)


@pytest.mark.parametrize(
    ("word", "status", "expected"),
    [
        ("", "mostly_done", Verdict.NOT_MET),
        ("basically", "mostly_done", Verdict.MET),
        ("basically", "started", Verdict.NOT_MET),
        ("fully", "mostly_done", Verdict.NOT_MET),
        ("fully", "done", Verdict.MET),
        ("strive", "not_done", Verdict.NOT_APPLICABLE),
        ("strive", "done", Verdict.MET),
    ],
)
def test_a_duty_without_a_number(word: str, status: str, expected: Verdict) -> None:
    one = commitment("qualitative", fuzzy=word)
    found = observed(None, text=status, confirmed_by="王五")
    judged = assess([one], {}, context(found, fuzzy=FUZZY))[0][0]
    assert judged.verdict is expected


@pytest.mark.parametrize("word", ["", *FUZZY])
def test_a_missing_value_is_never_met(word: str) -> None:
    judged = assess([commitment(fuzzy=word)], {}, context(fuzzy=FUZZY))[0][0]
    assert judged.verdict is Verdict.NO_DATA


ORDER = [Verdict.NOT_MET, Verdict.NOT_APPLICABLE, Verdict.MET]


@given(
    word=st.sampled_from(["", *FUZZY]),
    value=st.decimals(0, 100, places=2),
    more=st.decimals(0, 100, places=2),
)
def test_a_better_value_never_gives_a_worse_verdict(
    word: str, value: Decimal, more: Decimal
) -> None:
    worse, better = judge_level(word, str(value)), judge_level(word, str(value + more))
    assert ORDER.index(worse.verdict) <= ORDER.index(better.verdict)
