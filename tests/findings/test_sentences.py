"""Each verdict explains itself in one sentence: exact in cases, sound for whatever is judged."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judged_sentences import Seen, catalogue, plan_of, told_of
from sentence_cases import CASES, FOREST, PM25, SORTING
from small_report import numbers_in

from ecoreport.assess.judgement import Judgement
from ecoreport.assess.reasons import REASONS
from ecoreport.config.models import Commitment
from ecoreport.config.vocabulary import EvidenceStatus, Kind, Maturity, Verdict
from ecoreport.findings.verdicts import explain
from ecoreport.i18n import LOCALES, use_locale
from ecoreport.labels import judgement_label
from ecoreport.narrative import plain

TABLE = Path(__file__).with_name("sentences.csv")
HOSTILE = "<script>alert(1)</script>&\"'{0}{subject}%s"


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    yield
    use_locale("zh")


def sentences() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("line", sentences(), ids=lambda line: line["case"])
def test_the_sentence_of_a_case(line: dict[str, str]) -> None:
    case = CASES[line["case"]]
    report, plan, commitment, judgement = told_of(case.commitment, *case.seen, **case.told)
    assert judgement.verdict == line["verdict"]
    numbers = report.assessment.numbers()
    for locale in LOCALES:
        use_locale(locale)
        said = explain(report, plan, commitment, judgement)
        assert plain(said) == line[locale]
        assert all(numbers[name].value == value for name, value in numbers_in(said).items())


def test_a_share_is_counted_in_days_only_of_the_air() -> None:
    counted = {"n_used": 201, "n_expected": 201, "n_counted": 64}
    seen = Seen("31.84", of=SORTING, place="yixing", traced=counted)
    said = plain(explain(*told_of("wuxi-2018/waste/sorting-coverage-yixing", seen)))
    assert said.endswith("未完成；201个中64个，目标合71个")


def test_every_case_has_a_sentence_and_every_kind_a_case() -> None:
    assert [line["case"] for line in sentences()] == list(CASES)
    kinds = {
        one.kind
        for case in CASES.values()
        for one in plan_of(case.commitment).commitments
        if one.id == case.commitment
    }
    assert kinds == set(Kind)
    assert {line["verdict"] for line in sentences()} == set(Verdict)


def test_the_numbers_name_observation_and_facts() -> None:
    report, plan, commitment, judgement = told_of(PM25, Seen("45", traced={"n_used": 353}))
    said = explain(report, plan, commitment, judgement)
    assert numbers_in(said) == {
        "wuxi-urban/2018/air.pm25_annual_mean/2018/audited": Decimal(45),
        f"wuxi/2018/target/{PM25}": Decimal(43),
    }


def test_the_parts_of_another_district_are_not_taken_for_its_own() -> None:
    case = CASES["all parts met"]
    report, plan, commitment, judgement = told_of(case.commitment, *case.seen)
    elsewhere = judgement.model_copy(update={"district": "jiangyin"})
    assert "分项" not in explain(report, plan, commitment, elsewhere)


def test_an_edition_without_facts_still_tells_its_numbers() -> None:
    report, plan, commitment, judgement = told_of(FOREST, Seen("17.9"))
    report.assessment = report.assessment.model_copy(update={"facts": ()})
    assert plain(explain(report, plan, commitment, judgement)) == (
        "2018年森林覆盖率17.9%，低于目标18%，未达标"
    )


COMMITMENTS = [one for plan in catalogue().plans.values() for one in plan.commitments]
NUMBERS = st.decimals(-(10**6), 10**6, places=2)
WORDS = st.sampled_from(["", "done", "started", HOSTILE])
VERDICTS = st.sampled_from(Verdict)


@st.composite
def judged(draw: st.DrawFn) -> tuple[Commitment, Judgement]:
    """Return a commitment of the plans, with hostile words, and any judgement of it."""
    row = draw(st.sampled_from(COMMITMENTS))
    hostile: dict[str, Any] = {"title_zh": HOSTILE, "title_en": HOSTILE}
    if draw(st.booleans()):
        hostile |= {"target_zh": HOSTILE, "target_en": HOSTILE}
    judgement = Judgement(
        commitment=row.id,
        district=draw(st.sampled_from(["wuxi", "jiangyin"])),
        year=draw(st.integers(2015, 2021)),
        as_of=draw(st.none() | st.just(dt.date(2018, 9, 30))),
        verdict=draw(VERDICTS),
        so_far=draw(st.none() | VERDICTS),
        reason=draw(st.sampled_from(["", *REASONS])),
        value=draw(st.none() | NUMBERS),
        text=draw(WORDS),
        unit=draw(st.sampled_from(["", "%", "μg/m³", HOSTILE])),
        operator=draw(st.sampled_from(["", "<=", "<", ">=", ">", "=="])),
        target=draw(st.none() | NUMBERS),
        target_source=draw(st.sampled_from(["", HOSTILE])),
        margin=draw(st.none() | NUMBERS),
        evidence=draw(st.sampled_from(EvidenceStatus)),
        maturity=draw(st.none() | st.sampled_from(Maturity)),
        is_verified=draw(st.booleans()),
        path_value=draw(st.none() | NUMBERS),
    )
    return row.model_copy(update=hostile), judgement


@given(judged(), st.sampled_from(LOCALES), st.booleans())
def test_whatever_is_judged_is_said(
    case: tuple[Commitment, Judgement], locale: str, is_observed: bool
) -> None:
    commitment, judgement = case
    plan = plan_of(commitment.id)
    observed = [Seen("45", text="done")] if is_observed and commitment.indicator else []
    report, *_rest = told_of(commitment.id, *observed, district="wuxi")
    judgement = judgement.model_copy(update={"observations": tuple(report.observations)})
    use_locale(locale)
    said = explain(report, plan, commitment, judgement)
    text = plain(said)
    assert judgement_label(report.catalogue, plan, judgement).lower() in text.lower()
    assert "<script" not in said
    assert not re.search(r"None|NaN|(?<![\w–.])-\d", text.replace("none", ""))
