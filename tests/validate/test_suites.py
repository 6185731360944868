"""Each suite on sound data, and each of its expectations on data that break it."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sound_frames import DISTRICTS, SOUND, WATER_LEVELS, YEAR, ingested
from spoiled_areas import SPOILED_AREAS
from spoiled_soil_noise import SPOILED_SOIL_NOISE
from spoiled_water import SPOILED_WATER
from spoiling import Spoil, again, constant, first_rows_gone, multiplied, put, without

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.vocabulary import Secrecy, Severity
from ecoreport.errors import ParameterError
from ecoreport.ingest.records import Entry, frame_of
from ecoreport.project import Pair, Project
from ecoreport.store import write_frame
from ecoreport.validate.adapter import Outcome, check_frame, load
from ecoreport.validate.examine import validate
from ecoreport.validate.parameters import parameters_of
from ecoreport.validate.situation import Situation
from ecoreport.validate.suite import Expectation, Suite, read_suite

TODAY = dt.date(2019, 3, 1)
SUITES = {
    path.stem: read_suite(path) for path in sorted(Project.here().expectations.glob("*.json"))
}


LATER = pd.Timestamp(YEAR, 12, 1)
FIRST_DAY_BEFORE = pd.Timestamp(YEAR - 1, 12, 31)


def last_hour_of_year_before(frame: pd.DataFrame) -> pd.DataFrame:
    frame.loc[0, ["date", "hour"]] = [FIRST_DAY_BEFORE, 24]
    return frame


# What breaks an expectation, by its key: of one dataset, or of all.
SPOILS: dict[str, Spoil] = {
    "air_daily/columns": without("pm25_ug_m3"),
    "air_daily/kinds": lambda frame: frame.assign(pm25_ug_m3=frame["pm25_ug_m3"].astype("str")),
    "air_daily/date_of_year": put("date", FIRST_DAY_BEFORE),
    "air_daily/rows_contradicting": again(pm25_ug_m3=41.5),
    "air_daily/o3_8h_within_1h": put("o3_8h_ug_m3", 150.0),
    "air_daily/enough_days": lambda frame: frame.assign(
        pm25_ug_m3=frame["pm25_ug_m3"].mask(frame["date"] < "2018-01-06")
    ),
    "air_daily/days_present": first_rows_gone(1),
    "air_hourly/columns": without("hour"),
    "air_hourly/kinds": lambda frame: frame.assign(date=frame["date"].astype("str")),
    "air_hourly/date_of_year": put("date", FIRST_DAY_BEFORE),
    "air_hourly/hour_of_last_year": last_hour_of_year_before,
    "air_hourly/hour_of_day": put("hour", 25),
    "air_hourly/rows_contradicting": again(pm25_ug_m3=41.5),
    "air_hourly/aqi_published_possible": put("aqi_published", 501.0),
    "air_hourly/enough_hours": lambda frame: frame.assign(
        co_mg_m3=frame["co_mg_m3"].mask((frame["date"] == "2018-05-01") & (frame["hour"] <= 5))
    ),
    "air_hourly/days_present": first_rows_gone(24),
    "reported/columns": without("value"),
    "reported/kinds": lambda frame: frame.assign(value="95.5"),
    "reported/value_given": put("value", None),
    "reported/unit_convertible": put("unit_as_reported", "吨"),
    "reported/value_possible": put("value", 955.0),
    "reported/value_usual": put("value", 35.0),
    "reported/value_near_last_year": multiplied("value", 0.6),
    "reported/parts_within_whole": lambda frame: frame.assign(
        indicator=["greening.forest_cover", "greening.tree_cover"], value=[30.0, 29.9]
    ),
    "reported/value_as_computed": lambda frame: frame.assign(
        indicator="resources.energy_per_gdp", value=0.42, value_as_reported="0.42"
    ),
    "reported/value_not_negative": put("value", -1.0, row=1),
    "reported/rows_contradicting": again(value=96.0),
    "confirmations/columns": without("status"),
    "confirmations/kinds": lambda frame: frame.assign(status=1),
    "confirmations/status_known": put("status", "finished"),
    "confirmations/status_given": put("status", None),
    "confirmations/confirmed_on_given": put("confirmed_on", None),
    "confirmations/confirmed_after_start": put("confirmed_on", pd.Timestamp("2017-12-31")),
    "confirmations/rows_contradicting": again(status="not_done"),
    "nil_returns/columns": without("events"),
    "nil_returns/kinds": lambda frame: frame.assign(events="无"),
    "nil_returns/events_given": put("events", None),
    "nil_returns/events_not_negative": put("events", -1.0),
    "nil_returns/events_whole": put("events", 0.5),
    "nil_returns/months_covered": first_rows_gone(1),
    "nil_returns/rows_contradicting": again(events=1.0),
    "progress/columns": without("status"),
    "progress/kinds": lambda frame: frame.assign(value=frame["value_as_reported"]),
    "progress/commitment_known": put("commitment", "wuxi-2018/air/pm25-annual-mean"),
    "progress/title_of_another": put("title", "生态文明建设规划"),
    "progress/title_agrees": put("title", "森林覆盖"),
    "progress/period_of_year": put("period", "2018-Q2"),
    "progress/status_known": put("status", "finished"),
    "progress/status_given": put("status", None),
    "progress/value_given": put("value_as_reported", ""),
    "progress/value_belongs": put("commitment", "hailing/16"),
    "progress/unit_convertible": put("unit_as_reported", "吨"),
    "progress/value_possible": put("value", 215.0),
    "progress/change_usual": lambda frame: frame.assign(
        commitment="hailing/21/intensity", value=35.0
    ),
    "progress/value_not_negative": put("value", -1.0),
    "progress/values_of_one_indicator": lambda frame: pd.concat(
        [
            frame.iloc[[0]].assign(commitment="hailing/11/level", value=60.0),
            frame.iloc[[0]].assign(commitment="hailing/11/not-lower", value=61.0),
        ],
        ignore_index=True,
    ),
    "progress/done_reached_target": put("value", 17.0, row=1),
    "progress/date_after_start": put("date", pd.Timestamp("2017-12-31")),
    "progress/date_not_in_future": put("date", pd.Timestamp("2019-03-02")),
    "progress/checked_by_given": put("checked_by", None),
    "progress/evidence_given": put("evidence_file", None, row=1),
    "progress/rows_contradicting": again(status="not_done"),
    "rectification/columns": without("state"),
    "rectification/kinds": lambda frame: frame.assign(date=frame["date"].astype("str")),
    "rectification/problem_known": put("problem", "wuxi-rectification/of-life"),
    "rectification/state_known": put("state", "done"),
    "rectification/date_given": put("date", None),
    "rectification/date_not_in_future": put("date", pd.Timestamp("2019-03-02"), row=2),
    "rectification/date_within_year": put("date", pd.Timestamp("2019-01-02"), row=2),
    "rectification/steps_in_order": put("date", pd.Timestamp("2018-12-01")),
    "rectification/relapse_after_closing": lambda frame: frame.drop(index=3),
    "rectification/acceptance_before_step": put("acceptance_date", LATER, row=2),
    "rectification/publicity_before_step": put("publicity_end", LATER, row=2),
    "rectification/publicity_lasts": put("publicity_start", LATER, row=2),
    "rectification/person_given": put("person", None),
    "rectification/rows_contradicting": again(person="钱七"),
    "water_sections/columns": without("level"),
    "water_sections/kinds": lambda frame: frame.assign(course="1"),
    "water_sections/target_given": put("target_class", None),
    "water_sections/course_whole": put("course", 1.5),
    "water_sections/status_documented": put("status_document", None, row=2),
    "water_sections/background_known": put("background_items", "氟化物、盐度"),
    "water_sections/background_documented": put("background_document", None),
    "water_sections/rows_contradicting": again(target_class="II"),
    "water_monthly/columns": without("tp_mg_l"),
    "water_monthly/kinds": lambda frame: frame.assign(tp_mg_l=frame["tp_mg_l"].astype("str")),
    "water_monthly/month_of_year": put("month", "2017-12"),
    "water_monthly/section_listed": put("section", "别处"),
    "water_monthly/values_given": put(list(WATER_LEVELS), np.nan),
    "water_monthly/ph_usual": put("ph", 9.4),
    "water_monthly/nh3n_within_tn": put("nh3n_mg_l", 2.5),
    "water_monthly/orthophosphate_within_tp": put("orthophosphate_mg_l", 0.13),
    "water_monthly/codmn_within_cod": put("codmn_mg_l", 17.0),
    "water_monthly/bod5_within_cod": put("bod5_mg_l", 17.0),
    "water_monthly/near_last_year": lambda frame: frame.assign(nh3n_mg_l=frame["nh3n_mg_l"] / 4),
    "water_monthly/detection_limit_resolves": put("source_row", 999),
    "water_monthly/months_covered": first_rows_gone(1),
    "water_monthly/rows_contradicting": again(tp_mg_l=0.19),
    "station_known": put("station", "9999A"),
    "station_in_use": put("station", "9999A"),
    "rows_repeated": again(),
    "pm25_within_pm10": put("pm25_ug_m3", 95.0),
    "indicator_known": put("indicator", "water.of_life"),
    "indicator_belongs": put("indicator", "air.pm25_annual_mean"),
    "period_of_year": put("period", "2017"),
    "department_given": put("department", None),
    "evidence_given": put("evidence_file", None),
    "confirmed_by_given": put("confirmed_by", None),
    "confirmed_not_in_future": put("confirmed_on", pd.Timestamp("2019-03-02")),
    **SPOILED_AREAS,
    **SPOILED_SOIL_NOISE,
    **SPOILED_WATER,
}


BY_ENDING: dict[str, Callable[[str, dict[str, Any]], Spoil]] = {
    "_jump": lambda column, limits: put(column, limits["difference"] * 8.0, row=3),
    "_stuck": lambda column, _limits: constant(column, 9.0),
    "_whole": lambda column, _limits: put(column, 0.5),
    "_like_last_year": lambda column, _limits: multiplied(column, 10.0),
    "_carried_on": lambda column, _limits: multiplied(column, 1.02),
}
"""What breaks expectations of one kind, by the end of their key."""
BY_TYPE: dict[str, Callable[[str, dict[str, Any]], Spoil | None]] = {
    "expect_parts_within_whole": lambda _column, more: multiplied(more["parts"][0], 1000.0),
    "expect_values_like_last_year": lambda column, more: (
        more.get("difference")
        and (lambda frame: frame.assign(**{column: frame[column] + 1.01 * more["difference"]}))
    ),
    "expect_about_as_many_as_last_year": lambda _column, _more: lambda frame: frame.iloc[:0],
}
"""What breaks expectations of one type."""
DAYS_BEYOND = {
    "first_day": FIRST_DAY_BEFORE,
    "last_day": pd.Timestamp(YEAR + 1, 1, 1),
    "current_day": pd.Timestamp(TODAY) + pd.Timedelta(days=1),
}
ENDS = {"min_value": -1.0, "max_value": 1.0}
"""Which way beyond an end of a range a value is."""


def spoils_for(dataset: str, expectation: Expectation) -> dict[str, Spoil | None]:
    """Return what breaks an expectation: a value beyond each end of a range, or the one thing."""
    key, column, limits = expectation.about.key, expectation.column, expectation.kwargs
    one = spoil_for(dataset, expectation)
    if expectation.type != "expect_column_values_to_be_between":
        return {"": one}
    own = {"": one} if f"{dataset}/{key}" in SPOILS else {}
    if "row_condition" in limits:
        return own
    return own | {
        name: put(column, beyond(limits[name], way)) for name, way in ENDS.items() if name in limits
    }


def beyond(end: float | dict[str, str], way: float) -> object:
    """Return what lies beyond an end of a range: a number, or a day."""
    if isinstance(end, dict):
        return DAYS_BEYOND[end["$PARAMETER"]]
    return end + way * max(1.0, abs(end) * 0.01)


def spoil_for(dataset: str, expectation: Expectation) -> Spoil | None:
    """Return what breaks an expectation; a new kind of expectation needs a case of its own."""
    key, column = expectation.about.key, expectation.column
    if known := SPOILS.get(f"{dataset}/{key}"):
        return known
    by_type = BY_TYPE.get(expectation.type)
    if by_type and (spoil := by_type(column, expectation.kwargs)):
        return spoil
    for ending, spoil in BY_ENDING.items():
        if key.endswith(ending):
            return spoil(column, expectation.kwargs)
    if key.startswith("closed_"):
        return put(column, None, row=2)
    if key.endswith("_possible") and column in key and "aqi" not in key:
        return put(column, expectation.kwargs["min_value"] - 0.1)
    known = SPOILS.get(key)
    return known if known or not key.endswith("_given") else put(column, None)


def pair_of(dataset: str) -> Pair:
    return Pair(DISTRICTS.get(dataset, "hailing"), YEAR)


def run(
    project: Project,
    catalogue: Catalogue,
    dataset: str,
    frames: dict[str, pd.DataFrame],
    expectation: Expectation,
    cleanings: dict[str, pd.DataFrame] | None = None,
) -> Outcome:
    """Run one expectation of a suite alone, beside the frames of other datasets."""
    suite = Suite(name=dataset, expectations=(expectation,))
    frame = frames[dataset]
    situation = Situation(
        project,
        catalogue,
        pair_of(dataset),
        catalogue.datasets[dataset],
        frame,
        TODAY,
        frames,
        frame_of([BELOW_LIMIT], Entry),
        cleanings or {},
    )
    (outcome,) = check_frame(frame, suite.as_json(), parameters_of(suite, situation))
    return outcome


BELOW_LIMIT = Entry(
    "data/raw/hailing/2018/表.xlsx", "数据", 999, "tp_mg_l", "0.5L", "0.25", "<", True, "低于检出限"
)
"""Half a detection limit above the limit of class III, in a row that no sound frame has."""


@pytest.fixture(scope="module")
def in_a_later_year(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that read the same tables of the year before."""
    root = tmp_path_factory.mktemp("earlier").resolve()
    (root / "params").symlink_to(Project.here().params)
    earlier = Project(root)
    for name, make in SOUND.items():
        pair = pair_of(name)
        folder = earlier.processed(Pair(pair.district, pair.year - 1))
        write_frame(folder / f"{name}.parquet", a_year_earlier(make()))
    return earlier


def a_year_earlier(frame: pd.DataFrame) -> pd.DataFrame:
    """Return what the table of the year before would have held, had nothing changed."""
    texts = [name for name in ("period", "month") if name in frame]
    earlier = frame.assign(
        **{name: frame[name].str.replace(f"{YEAR}", f"{YEAR - 1}") for name in texts}
    )
    days = frame.select_dtypes("datetime").columns
    return earlier.assign(
        **{name: (frame[name] - pd.DateOffset(years=1)).dt.as_unit("us") for name in days}
    )


@pytest.fixture(scope="module")
def sound() -> dict[str, pd.DataFrame]:
    return {name: make() for name, make in SOUND.items()}


def test_every_dataset_has_a_suite(catalogue: Catalogue) -> None:
    read = set(catalogue.datasets) - catalogue.datasets_that_are(Secrecy.FORBIDDEN)
    assert set(SUITES) == read == set(SOUND)


def test_sound_data_pass_everything(
    project: Project, catalogue: Catalogue, sound: dict[str, pd.DataFrame]
) -> None:
    checks = [
        check
        for pair in {pair_of(name) for name in sound}
        for own in [{name: frame for name, frame in sound.items() if pair_of(name) == pair}]
        for check in validate(project, pair, catalogue, ingested(own), today=TODAY).checks
    ]
    assert [str(one.description) for one in checks if not one.is_passed] == []
    checked = {(one.dataset, one.key) for one in checks}
    assert {
        (name, one.about.key) for name, suite in SUITES.items() for one in suite.expectations
    } <= checked


@pytest.mark.parametrize(
    ("dataset", "expectation", "spoil"),
    [
        pytest.param(name, one, spoil, id=f"{name}/{one.about.key}{end and f'-{end}'}")
        for name, suite in SUITES.items()
        for one in suite.expectations
        for end, spoil in spoils_for(name, one).items()
    ],
)
def test_every_expectation_fails_on_what_breaks_it(
    in_a_later_year: Project,
    catalogue: Catalogue,
    sound: dict[str, pd.DataFrame],
    dataset: str,
    expectation: Expectation,
    spoil: Spoil | None,
) -> None:
    assert spoil, "this expectation needs a case that breaks it"
    spoilt = spoil(sound[dataset].copy())
    outcome = run(in_a_later_year, catalogue, dataset, {**sound, dataset: spoilt}, expectation)
    assert not outcome.is_passed
    assert outcome.rows or outcome.faults


def test_every_expectation_is_as_severe_as_it_is_meant_to_be() -> None:
    """A stop that becomes a warning, or goes, is a decision: the table has to say so too."""
    meant = {(one["dataset"], one["key"]): one["severity"] for one in severities()}
    found = {
        (name, one.about.key): one.about.severity.value
        for name, suite in SUITES.items()
        for one in suite.expectations
    }
    assert found == meant


def severities() -> Iterator[dict[str, str]]:
    with (Path(__file__).parent / "severities.csv").open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


@pytest.mark.parametrize("dataset", sorted(SUITES))
def test_suites_are_what_the_library_reads(dataset: str) -> None:
    text = (Project.here().expectations / f"{dataset}.json").read_text("utf-8")
    suite = load().ExpectationSuite(**json.loads(text))
    assert len(suite.expectations) == len(SUITES[dataset].expectations)


@pytest.mark.parametrize("dataset", sorted(SUITES))
def test_no_number_is_without_a_bound(catalogue: Catalogue, dataset: str) -> None:
    bounded = {
        one.column
        for one in SUITES[dataset].expectations
        if one.type == "expect_column_values_to_be_between"
    }
    columns = catalogue.datasets[dataset].columns
    numbers = {one.name for one in columns if one.type == "number"}
    assert numbers <= bounded


@pytest.mark.parametrize("dataset", sorted(SUITES))
def test_duplicates_are_told_by_the_datasets_own_key(catalogue: Catalogue, dataset: str) -> None:
    (found,) = [
        one for one in SUITES[dataset].expectations if one.about.key == "rows_contradicting"
    ]
    # Rows that were checked differently far do not contradict: the better checked counts.
    assert set(found.kwargs["key"]) == {*catalogue.datasets[dataset].key, "maturity"}


def test_a_section_without_a_name_is_named_and_stops(
    project: Project, catalogue: Catalogue, sound: dict[str, pd.DataFrame]
) -> None:
    own = {name: frame for name, frame in sound.items() if pair_of(name).district == "wuxi"}
    own["water_sections"] = own["water_sections"].copy()
    own["water_sections"].loc[2, "name"] = None
    found = validate(project, Pair("wuxi", YEAR), catalogue, ingested(own), today=TODAY)
    stops = {
        (one.dataset, str(one.reason)) for one in found.findings if one.severity is Severity.STOP
    }
    assert stops == {("water_sections", "断面 JS03 没有名称")}


def edited(project: Project, edit: Callable[[dict[str, object]], object]) -> None:
    """Change the first expectation of air_daily.json."""
    path = project.expectations / "air_daily.json"
    suite = json.loads(path.read_text("utf-8"))
    edit(suite["expectations"][0])
    path.write_text(json.dumps(suite), "utf-8")


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda one: one["meta"]["ecoreport"].update(severity="fatal"), "severity"),
        (lambda one: one["meta"]["ecoreport"].update(key="kinds"), "kinds"),
        (lambda one: one["kwargs"].update(column_set={"$PARAMETER": "colums"}), "colums"),
        (lambda one: one.update(type="expect_the_best"), "expect_the_best"),
        (lambda one: one["kwargs"].update(column_sett=[]), "column_sett"),
    ],
    ids=["severity", "key twice", "parameter", "type", "argument"],
)
def test_a_mistake_in_a_suite_is_named(
    project: Project,
    pair: Pair,
    catalogue: Catalogue,
    sound: dict[str, pd.DataFrame],
    edit: Callable[[dict[str, object]], object],
    said: str,
) -> None:
    edited(project, edit)
    with pytest.raises(ParameterError, match=r"air_daily\.json") as raised:
        validate(project, pair, catalogue, ingested({"air_daily": sound["air_daily"]}))
    assert said in str(raised.value)
