"""What a suite's ``$PARAMETER``s stand for, in one district and year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from ecoreport.config.models import Commitment, Indicator, StationRole
from ecoreport.config.plausible import Plausible
from ecoreport.config.rectification import problem_id
from ecoreport.config.vocabulary import Kind
from ecoreport.errors import InputError, ParameterError
from ecoreport.i18n import _
from ecoreport.ingest.units import Units
from ecoreport.ingest.words import spoken
from ecoreport.numbers import COMPARISONS, plain_decimal
from ecoreport.standards.air.validity import minimum
from ecoreport.standards.tables import select
from ecoreport.validate.last_year import (
    number_of_last_year,
    numbers_of_last_year,
    topics_like_last_year,
)
from ecoreport.validate.nature import agreeing_indices, graded_indices
from ecoreport.validate.noise import NOISE_PARAMETERS
from ecoreport.validate.plausible import bounds, ranges, rates_of_change
from ecoreport.validate.resources import RESOURCE_PARAMETERS
from ecoreport.validate.situation import Situation
from ecoreport.validate.suite import Suite
from ecoreport.validate.water import WATER_PARAMETERS

NUMBERS = {"number", "quantity", "hour", "year"}
JUDGED_DATASETS = {"reported", "confirmations"}
"""Whose indicators the monthly progress tells of as well."""
HELD_AGAINST_TARGET = {Kind.LEVEL, Kind.COUNT_DONE, Kind.SHARE_DONE}
DONE = "done"
MONTHS = range(1, 13)
FEBRUARY = 2


def parameters_of(suite: Suite, situation: Situation) -> dict[str, Any]:
    """Return the values of all parameters that `suite` names, as JSON can hold them.

    Raises
    ------
    ParameterError
        If the suite names a parameter that nobody gives.
    """
    names = set(_named(suite.as_json()["expectations"]))
    if unknown := sorted(names - PARAMETERS.keys()):
        raise ParameterError(
            _("expectations/{file} 用到未知的参数 {names}。可用：{known}").format(
                file=f"{suite.name}.json",
                names=_("、").join(unknown),
                known=_("、").join(PARAMETERS),
            )
        )
    return {name: PARAMETERS[name](situation) for name in sorted(names)}


def _named(part: object) -> Iterator[str]:
    if isinstance(part, Mapping):
        if set(part) == {"$PARAMETER"}:
            yield str(part["$PARAMETER"])
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from _named(one)


def _required_columns(situation: Situation) -> list[str]:
    return [one.name for one in situation.dataset.columns if one.is_required]


def _kinds(situation: Situation) -> dict[str, str]:
    kinds = dict.fromkeys(NUMBERS, "number") | {"date": "date"}
    return {one.name: kinds.get(one.type, "text") for one in situation.dataset.columns}


def _current_day(situation: Situation) -> str:
    """Return today, or the last date of the frame where that is earlier.

    The same rows then give the same parameter, and the same result, on any later day.
    """
    frame = situation.frame
    dates = frame.get("confirmed_on", frame.get("date", pd.Series(dtype="datetime64[us]"))).dropna()
    last = dates.max().date() if len(dates) else situation.today
    return min(last, situation.today).isoformat()


def _stations(situation: Situation) -> list[str]:
    return [one.code for one in situation.catalogue.districts[situation.pair.district].stations]


def _stations_in_use(situation: Situation) -> list[str]:
    return [
        station.code
        for station in situation.catalogue.districts[situation.pair.district].stations
        if any(_lasts(role, situation.year) for role in station.roles)
    ]


def _lasts(role: StationRole, year: int) -> bool:
    return (role.first_year or year) <= year <= (role.last_year or year)


def _days_of_year(situation: Situation) -> list[str]:
    days = pd.date_range(f"{situation.year}-01-01", f"{situation.year}-12-31")
    return list(days.strftime("%Y-%m-%d"))


def _least_days(situation: Situation) -> dict[str, dict[str, int]]:
    """Return how many valid days each month and the year need (GB 3095, HJ 663)."""
    months = {
        f"{situation.year}-{month:02d}": _minima(
            "days_in_february" if month == FEBRUARY else "days_in_month", situation
        )
        for month in MONTHS
    }
    return {**months, str(situation.year): _minima("days_in_year", situation)}


def _minima(requirement: str, situation: Situation) -> dict[str, int]:
    return {
        line["column"]: minimum(requirement, line["pollutant"], "annual", situation.air_standard)
        for line in select("air_columns", frame="day", is_required="true")
    }


def _least_hours(situation: Situation) -> dict[str, int]:
    """Return how many hours of a day each pollutant needs (GB 3095 table 4, HJ 663 6.1.2)."""
    standard = situation.air_standard
    needs = {"8h": ("windows_in_day", "8h"), "1h": ("hours_in_day", "24h")}
    least = {}
    for line in select("air_columns", frame="hour", is_required="true"):
        requirement, averaging = needs[line["averaging"]]
        if line["pollutant"] == "O3":
            averaging = line["averaging"]
        least[line["column"]] = minimum(requirement, line["pollutant"], averaging, standard)
    return least


def _first_hours(situation: Situation) -> dict[str, int]:
    first = minimum("first_window_end_hour", "O3", "8h", situation.air_standard)
    return {
        line["column"]: first
        for line in select("air_columns", frame="hour", is_required="true", averaging="8h")
    }


def _own_indicators(situation: Situation) -> list[str]:
    return [
        one.id
        for one in situation.catalogue.indicators.values()
        if one.dataset == situation.dataset.id
    ]


def _indicators_asked(situation: Situation) -> list[str]:
    """Return those of the dataset's indicators that a plan asks of this district."""
    asked = {one.indicator for one in situation.catalogue.commitments_for(situation.pair.district)}
    return [name for name in _own_indicators(situation) if name in asked]


def _months_of_year(situation: Situation) -> list[str]:
    return [f"{situation.year}-{month:02d}" for month in MONTHS]


def _months_of_period(situation: Situation) -> dict[str, list[str]]:
    months = _months_of_year(situation)
    quarters = {f"{situation.year}-Q{one + 1}": months[3 * one : 3 * one + 3] for one in range(4)}
    halves = {f"{situation.year}-H{one + 1}": months[6 * one : 6 * one + 6] for one in range(2)}
    return {str(situation.year): months, **quarters, **halves}


def _convertible_units(situation: Situation) -> list[list[str]]:
    """Return those pairs of indicator and reported unit of the frame that fit each other.

    A row without a unit is read in its indicator's own, and said so when it is read.
    """
    units = Units(situation.project.params / "units.csv")
    column = "indicator" if "indicator" in situation.frame else "commitment"
    fitting = []
    for name, unit in situation.pairs_of(column, "unit_as_reported"):
        known = situation.indicator_named(name)
        if known is not None and (not unit or _fits(units, unit, known.unit)):
            fitting.append([name, unit])
    return fitting


def _fits(units: Units, unit: str, wanted: str) -> bool:
    if not wanted:
        return True
    try:
        units.factor(unit, wanted)
    except InputError:
        return False
    return True


def _own_titles(situation: Situation) -> list[list[str]]:
    """Return those pairs of commitment and title of the frame that belong together."""
    own = {name: spoken(one.title_zh) for name, one in situation.commitments.items()}
    pairs = situation.pairs_of("commitment", "title")
    return [[name, title] for name, title in pairs if own.get(name) == spoken(title)]


def _titles_of_no_other(situation: Situation) -> list[list[str]]:
    """Return those pairs of the frame whose title is not that of other commitments only."""
    titles = {spoken(one.title_zh) for one in situation.commitments.values()}
    strange = [
        [name, title]
        for name, title in situation.pairs_of("commitment", "title")
        if spoken(title) not in titles
    ]
    return [*_own_titles(situation), *strange]


def _numbers_given(situation: Situation) -> list[list[str]]:
    """Return those pairs of commitment and figure of the frame that do not lack the figure."""
    return [
        [name, figure]
        for name, figure in situation.pairs_of("commitment", "value_as_reported")
        if figure or not _is_judged_by_number(situation.indicator_named(name))
    ]


def _is_judged_by_number(indicator: Indicator | None) -> bool:
    return indicator is not None and indicator.dataset == "reported"


def _numbers_judged(situation: Situation) -> list[list[str]]:
    """Return those pairs of commitment and figure of the frame whose figure may be judged."""
    return [
        [name, figure]
        for name, figure in situation.pairs_of("commitment", "value_as_reported")
        if not figure
        or ((known := situation.indicator_named(name)) and known.dataset in JUDGED_DATASETS)
    ]


def _undisputed_periods(situation: Situation) -> list[list[str]]:
    """Return those pairs of commitment and period where one indicator has one figure."""
    frame = situation.frame
    own = situation.commitments
    subject = frame["commitment"].map(
        {name: f"{one.indicator}@{one.scope}" for name, one in own.items()}
    )
    key = [subject.fillna(frame["commitment"]), frame["period"], frame["maturity"]]
    is_disputed = frame["value"].groupby(key).transform("nunique") > 1
    disputed = frame[is_disputed & frame["value"].notna()]
    strange = set(disputed[["commitment", "period"]].itertuples(index=False, name=None))
    pairs = situation.pairs_of("commitment", "period")
    return [list(pair) for pair in pairs if pair not in strange]


def _done_and_reached(situation: Situation) -> list[list[str]]:
    """Return those pairs of commitment and period that do not call a figure done short of it."""
    rows = situation.frame[situation.frame["status"] == DONE].dropna(subset=["value"])
    short = {
        (name, period)
        for name, period, value in rows[["commitment", "period", "value"]].to_numpy()
        if (known := situation.commitments.get(name)) is not None
        and known.kind in HELD_AGAINST_TARGET
        and known.value is not None
        and known.unit in {"", _unit_of(situation, known)}
        and not COMPARISONS[known.operator or ">="](plain_decimal(value), known.value)
    }
    pairs = situation.pairs_of("commitment", "period")
    return [list(pair) for pair in pairs if pair not in short]


def _unit_of(situation: Situation, commitment: Commitment) -> str:
    """Return the unit in which figures of a commitment's indicator stand."""
    indicator = situation.catalogue.indicators.get(commitment.indicator)
    return indicator.unit if indicator else ""


def _problems(situation: Situation) -> list[str]:
    """Return what the district's own plans put right."""
    plans = situation.catalogue.plans_of(situation.pair.district)
    return [problem_id(plan.id, one) for plan in plans for one in plan.problems]


def _plausible(situation: Situation) -> dict[str, Plausible]:
    """Return what figures can well be, by the indicators or commitments of the frame."""
    column = "indicator" if "indicator" in situation.frame else "commitment"
    known = situation.catalogue.plausible
    return {
        name: known[indicator.id]
        for name in situation.frame[column].dropna().unique()
        if (indicator := situation.indicator_named(name)) and indicator.id in known
    }


def _words(situation: Situation, column: str) -> list[str]:
    """Return the canonical words of a column of choices."""
    return [word for one in situation.dataset.columns if one.name == column for word in one.choices]


PARAMETERS: dict[str, Callable[[Situation], Any]] = {
    "required_columns": _required_columns,
    "kinds": _kinds,
    "first_day": lambda one: f"{one.year}-01-01",
    "last_day": lambda one: f"{one.year}-12-31",
    "current_day": _current_day,
    "stations": _stations,
    "stations_in_use": _stations_in_use,
    "days_of_year": _days_of_year,
    "least_days": _least_days,
    "least_hours": _least_hours,
    "first_hours": _first_hours,
    "indicators": lambda one: list(one.catalogue.indicators),
    "own_indicators": _own_indicators,
    "indicators_asked": _indicators_asked,
    "commitments": lambda one: list(one.commitments),
    "own_titles": _own_titles,
    "titles_of_no_other": _titles_of_no_other,
    "numbers_given": _numbers_given,
    "numbers_judged": _numbers_judged,
    "undisputed_periods": _undisputed_periods,
    "done_and_reached": _done_and_reached,
    "month_pattern": lambda one: rf"^{one.year}-(?:0[1-9]|1[0-2])$",
    "period_pattern": lambda one: rf"^{one.year}(?:-|$)",
    "months_of_year": _months_of_year,
    "months_of_period": _months_of_period,
    "convertible_units": _convertible_units,
    "statuses": lambda one: _words(one, "status"),
    "problems": _problems,
    "last_year": lambda one: one.beside_last_year(numbers_of_last_year),
    "n_last_year": lambda one: one.beside_last_year(number_of_last_year),
    "topics_like_last_year": lambda one: one.beside_last_year(topics_like_last_year),
    "ei_agreeing": lambda one: agreeing_indices(one.frame),
    "ei_graded": lambda one: graded_indices(one.frame),
    "states": lambda one: _words(one, "state"),
    "possible_limits": lambda one: ranges(_plausible(one), "possible"),
    "usual_limits": lambda one: ranges(_plausible(one), "usual"),
    "usual_limits_of_changes": lambda one: ranges(rates_of_change(_plausible(one)), "usual"),
    "usual_changes": lambda one: bounds(_plausible(one), "usual_change"),
    "usual_ratios": lambda one: bounds(_plausible(one), "usual_ratio"),
    "parts_of_wholes": lambda one: [
        [list(pair.parts), pair.whole] for pair in one.catalogue.plausible_parts
    ],
    **WATER_PARAMETERS,
    **RESOURCE_PARAMETERS,
    **NOISE_PARAMETERS,
}
