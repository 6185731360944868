"""What figures can well be: shares stop outside 0 to 100, rates of change need not."""

from __future__ import annotations

import pandas as pd
import pytest
from sound_frames import SOUND, ingested

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.vocabulary import Severity
from ecoreport.project import Pair, Project
from ecoreport.validate import plausible
from ecoreport.validate.examine import validate

SHARE, CUT = "water.sewage_treatment_rate", "air.voc_emission_cut"
DATASETS = ("reported", "progress")


def test_every_percentage_says_whether_it_is_a_share(catalogue: Catalogue) -> None:
    percentages = {name for name, one in catalogue.indicators.items() if one.unit == "%"}
    assert percentages <= set(catalogue.plausible)
    shares = {name for name in percentages if catalogue.plausible[name].possible == (0, 100)}
    # What is the difference of two years is no part of a whole; a plant may take in more than it
    # was built for.
    assert percentages - shares == {"water.sewage_plants_load"} | {
        name for name in percentages if "−" in catalogue.indicators[name].formula
    }


def found(
    project: Project, catalogue: Catalogue, pair: Pair, value: float, **names: str
) -> dict[str, tuple[Severity, str]]:
    (dataset,) = [one for one in DATASETS if set(names) <= set(SOUND[one]().columns)]
    frame = SOUND[dataset]().iloc[[0]].assign(value=value, value_as_reported=f"{value:g}", **names)
    validation = validate(project, pair, catalogue, ingested({dataset: frame}))
    return {
        one.expectation: (one.severity, str(one.reason))
        for one in validation.findings
        if one.expectation in {"value_possible", "value_usual", "value_not_negative"}
    }


@pytest.mark.parametrize(
    ("indicator", "value", "severity"),
    [
        (SHARE, 101.0, Severity.STOP),
        (SHARE, -1.0, Severity.STOP),
        (SHARE, 100.0, None),
        (CUT, -3.0, Severity.WARNING),
        (CUT, 101.0, Severity.WARNING),
        (CUT, 20.0, None),
    ],
)
def test_a_share_stops_and_a_rate_of_change_is_asked_about(
    project: Project,
    catalogue: Catalogue,
    pair: Pair,
    indicator: str,
    value: float,
    severity: Severity | None,
) -> None:
    severities = [
        one for one, _reason in found(project, catalogue, pair, value, indicator=indicator).values()
    ]
    worst = Severity.STOP if Severity.STOP in severities else next(iter(severities), None)
    assert worst is severity


def test_the_limits_are_told(project: Project, catalogue: Catalogue, pair: Pair) -> None:
    told = found(project, catalogue, pair, 955.0, indicator=SHARE)
    assert told["value_possible"][1] == "“城镇污水处理率”为 955%，不在 0 至 100 之间"


def figures(**values: list[float]) -> pd.DataFrame:
    rows = [(name, "2018", one) for name, own in values.items() for one in own]
    return pd.DataFrame(rows, columns=["indicator", "period", "value"])


@pytest.mark.parametrize(
    ("rows", "is_beyond"),
    [
        (figures(part=[30.0], whole=[29.0]), [True, False]),
        (figures(part=[30.0], whole=[30.0]), [False, False]),
        (figures(part=[30.0]), [False]),
        # Sent twice: what may be right is not flagged.
        (figures(part=[28.0, 30.0], whole=[29.0]), [False, False, False]),
        (figures(one=[60.0], other=[40.1]), [True, True]),
        (figures(one=[60.0]), [False]),
    ],
)
def test_parts_are_no_more_than_their_whole(rows: pd.DataFrame, is_beyond: list[bool]) -> None:
    pairs = [(["part"], "whole"), (["one", "other"], "")]
    assert list(plausible.beyond_whole(rows, ["period"], pairs)) == is_beyond


def test_a_whole_of_another_period_bounds_nothing() -> None:
    rows = figures(part=[30.0], whole=[29.0]).assign(period=["2018-Q1", "2018-Q2"])
    assert not plausible.beyond_whole(rows, ["period"], [(["part"], "whole")]).any()


@pytest.mark.parametrize(
    ("now", "changes", "ratios", "is_far"),
    [
        (35.0, {"a": 15}, {}, False),
        (36.0, {"a": 15}, {}, True),
        (40.0, {}, {"a": 2}, False),
        (41.0, {}, {"a": 2}, True),
        (9.0, {}, {"a": 2}, True),
        (0.0, {}, {"a": 2}, False),
        (900.0, {"b": 1}, {"b": 1}, False),
    ],
)
def test_a_change_is_held_against_its_own_limit(
    now: float, changes: dict[str, float], ratios: dict[str, float], is_far: bool
) -> None:
    rows = figures(a=[now])
    last_year = {"value": {"a|": 20.0}}
    flagged = plausible.changed_beyond(rows, ["indicator", "period"], last_year, changes, ratios)
    assert list(flagged) == [is_far]
