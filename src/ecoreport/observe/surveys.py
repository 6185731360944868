"""Observations of public surveys: shares of answers with what chance leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

import pandas as pd

from ecoreport.config.models import Indicator
from ecoreport.message import N_, Message, message
from ecoreport.numbers import plain_decimal
from ecoreport.observe.computed import Computed, exact_text, rounded
from ecoreport.observe.figures import decimal_in, observation_of_rows
from ecoreport.observe.observation import Observation
from ecoreport.observe.precedence import best_checked_rows
from ecoreport.observe.registry import Inputs, statistic
from ecoreport.observe.rows import Row, distinct, records, text_in
from ecoreport.standards.rounding import round_half_even
from ecoreport.standards.surveys import margin_of_error, wilson_interval
from ecoreport.standards.tables import single

DATASET: Final = "surveys"
KEY: Final = ["survey", "topic", "question"]
SAMPLING: Final = "sampling"
"""What chance of selection leaves open, among the ways in which a value may vary."""
DECIMALS: Final = 1
INTERVAL_DECIMALS: Final = 2

SHARE = N_("肯定回答数 ÷ 有效回答数 × 100")
SHARE_OF_QUESTIONS = N_("{n}个问题的肯定回答数之和 ÷ 有效回答数之和 × 100")
WITH_MARGIN = N_("{design}，有效回答{n}份：误差范围±{margin}个百分点，95%置信区间{low}%–{high}%")
EFFECT = N_("设计效应{effect}")
FINITE = N_("误差范围按调查总体{population}人作有限总体修正")
NO_CHANCE = N_("{design}不是概率抽样，没有误差范围，不能推断全体公众")
NO_EFFECT = N_("{design}的误差要用设计效应计算，表中没有，不能给出误差范围")
BY_PERSON = N_("几个问题由同一批人回答，误差按人数而不按回答数计算")
AGENCY = N_("调查：{survey}；调查机构：{agency}")


@dataclass(frozen=True)
class Survey:
    """What one survey says on one topic.

    Attributes
    ----------
    n_persons : int
        Answers to the question with fewest: what chance is reckoned by.
    population : int or None
        Whom the sample stands for; None where nobody tells, or it is less than the sample.
    low, high, margin : decimal.Decimal or None
        In percent and percentage points; None where no chance of selection is known.
    """

    name: str
    topic: str
    share: Fraction
    n_yes: int
    n_asked: int
    n_persons: int
    design: str
    effect: float | None
    population: int | None
    low: Decimal | None
    high: Decimal | None
    margin: Decimal | None
    rows: tuple[Row, ...]

    @property
    def percent(self) -> Decimal:
        """The share in percent, rounded."""
        return rounded(100 * self.share, DECIMALS)


@statistic("survey_share")
def survey_share(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Measure the share of those asked who know, or are satisfied (the argument names the topic).

    One observation a survey. The overall question of a topic is its figure; without one all its
    questions together are. The interval that chance leaves open is kept as `SAMPLING`.
    """
    return distinct(
        _observation(indicator, inputs, one)
        for one in surveys(inputs)
        if one.topic == indicator.argument
    )


def surveys(inputs: Inputs) -> list[Survey]:
    """Return what each survey says on each topic, in the order of the table."""
    frame = inputs.frames.get(DATASET)
    if frame is None or frame.empty:
        return []
    own = best_checked_rows(_known(frame, inputs), KEY).drop_duplicates(KEY)
    return [
        _survey(str(name), str(topic), rows)
        for (name, topic), rows in own.groupby(["survey", "topic"], sort=False)
    ]


def frames(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """Return what charts are drawn from: ``survey_shares``, a row a survey and topic."""
    listed = surveys(inputs)
    if not listed:
        return {}
    return {
        "survey_shares": pd.DataFrame(
            {
                "survey": [one.name for one in listed],
                "topic": [one.topic for one in listed],
                "n_yes": [one.n_yes for one in listed],
                "n_asked": [one.n_asked for one in listed],
                "n_persons": [one.n_persons for one in listed],
                "design": [one.design for one in listed],
                "share_percent": [float(100 * one.share) for one in listed],
                "low_percent": [_float(one.low) for one in listed],
                "high_percent": [_float(one.high) for one in listed],
                "margin_points": [_float(one.margin) for one in listed],
            }
        )
    }


def _known(frame: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    """Return the surveys that had ended by the last day; one without a date by the year's end."""
    dates = pd.to_datetime(frame["date"])
    is_over = dates <= pd.Timestamp(inputs.period.last_day)
    is_known = is_over | (dates.isna() & inputs.period.is_whole_year)
    return frame.loc[is_known]


def _survey(name: str, topic: str, frame: pd.DataFrame) -> Survey:
    overall = frame[frame["role"] == "overall"]
    rows = records(overall if len(overall) else frame)
    n_yes, n_asked = (sum(int(row[name]) for row in rows) for name in ("n_yes", "n_asked"))
    n_persons = min(int(row["n_asked"]) for row in rows)
    share = Fraction(n_yes, n_asked)
    design = str(rows[0]["design"])
    effect, population = _effect(rows[0]), _population(rows[0], n_persons)
    low = high = margin = None
    if effect is not None:
        # Down to whole persons: the interval never says more than the answers do.
        persons = int(share * n_persons)
        ends = wilson_interval(persons, n_persons, design_effect=effect, population=population)
        low, high = (_percent(end, INTERVAL_DECIMALS) for end in ends)
        error = margin_of_error(share, n_persons, design_effect=effect, population=population)
        margin = _percent(error, DECIMALS)
    return Survey(
        name, topic, share, n_yes, n_asked, n_persons, design, effect, population,
        low, high, margin, tuple(rows),
    )  # fmt: skip


def _population(row: Row, n_persons: int) -> int | None:
    given = decimal_in(row, "population")
    return int(given) if given is not None and given >= n_persons else None


def _effect(row: Row) -> float | None:
    """Return the design effect of a sample; None where it has none, or needs one and lacks it."""
    line = single("survey_designs", design=str(row["design"]))
    if line["is_probability_sample"] != "true":
        return None
    given = decimal_in(row, "design_effect")
    if given is not None:
        return float(given)
    return float(line["design_effect"]) if line["design_effect"] else None


def _observation(indicator: Indicator, inputs: Inputs, one: Survey) -> Observation:
    n_questions = len(one.rows)
    formula = message(SHARE) if n_questions == 1 else message(SHARE_OF_QUESTIONS, n=n_questions)
    computed = Computed(
        value=one.percent
        if indicator.decimals is None
        else rounded(100 * one.share, indicator.decimals),
        unrounded=exact_text(100 * one.share),
        formula=formula,
        substituted=f"{one.n_yes} ÷ {one.n_asked} × 100",
        n_used=one.n_persons,
        n_expected=one.n_persons,
        n_counted=one.n_yes if n_questions == 1 else None,
        notes=tuple(_notes(one)),
        sensitivity={} if one.low is None or one.high is None else {SAMPLING: (one.low, one.high)},
    )
    return observation_of_rows(indicator, inputs, computed, DATASET, one.rows)


def _notes(one: Survey) -> Iterator[Message]:
    line = single("survey_designs", design=one.design)
    design = line["name_zh"]
    if one.margin is not None:
        yield message(
            WITH_MARGIN,
            design=design,
            n=one.n_persons,
            margin=one.margin,
            low=one.low,
            high=one.high,
        )
    elif line["is_probability_sample"] == "true":
        yield message(NO_EFFECT, design=design)
    else:
        yield message(NO_CHANCE, design=design)
    if one.effect not in {None, 1.0}:
        yield message(EFFECT, effect=one.effect)
    if one.margin is not None and one.population is not None:
        yield message(FINITE, population=one.population)
    if len(one.rows) > 1:
        yield message(BY_PERSON)
    yield message(AGENCY, survey=one.name, agency=text_in(one.rows[0], "agency") or N_("未写明"))


def _percent(share: float, decimals: int) -> Decimal:
    return plain_decimal(round_half_even(100 * share, decimals), decimals)


def _float(value: Decimal | None) -> float:
    return float("nan") if value is None else float(value)
