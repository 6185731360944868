"""Observations of noise: points within the limits of their area, mean levels, complaints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, cast

import pandas as pd

from ecoreport.config.models import Indicator
from ecoreport.message import N_, Message, message
from ecoreport.numbers import plain_decimal
from ecoreport.observe.computed import (
    Computed,
    months_known,
    observation_of,
    sources_of,
    weakest,
)
from ecoreport.observe.dated import known_days, known_periods
from ecoreport.observe.observation import Observation
from ecoreport.observe.precedence import best_checked_rows
from ecoreport.observe.registry import Inputs, statistic
from ecoreport.standards.noise import (
    noise_attainment_rates,
    noise_grade,
    quarter_levels,
    regional_level,
    road_traffic_level,
)
from ecoreport.standards.noise.grades import Kind, Period
from ecoreport.standards.tables import single

POINTS, HOURS, REGIONAL, ROADS, COMPLAINTS = (
    "noise_points",
    "noise_hourly",
    "noise_regional",
    "noise_roads",
    "noise_complaints",
)
COMPLAINTS_BY_MONTH: Final = "noise_complaints_by_month"
"""Frame that charts of complaints are drawn from."""
PERIODS: Final[tuple[Period, ...]] = ("day", "night")
WHOLE: Final = ""
"""The whole period observed, beside its quarters."""
ALL: Final = "all"
ATTAINMENT = N_("达标点次 ÷ 监测点次 × 100，昼间、夜间分别统计")
REGIONAL_MEAN = N_("各网格等效声级的算术平均")
ROAD_MEAN = N_("各路段等效声级按路段长度的加权平均")
SUM = N_("各月、各来源之和")
OF_HOURS = N_("昼间、夜间等效声级由小时值按能量平均计算")
BESIDE_HOURS = N_("有小时值的{n}个点次，由小时值算出的声级与表中不同的{differing}个")
SEVERAL_DAYS = N_("{n}个点次一个季度测了多天，取小时最全的一天")
HOUR_KEY: Final = ["point", "date", "hour"]


@dataclass(frozen=True)
class _Level:
    """How the level of a city is made of the rows of a table."""

    dataset: str
    kind: Kind
    key: str
    formula: str
    rule: str
    """Of ``noise_rules.csv``: what was read of the way of averaging."""


LEVELS: Final[Mapping[str, _Level]] = {
    one.dataset: one
    for one in (
        _Level(REGIONAL, "regional", "square", REGIONAL_MEAN, "regional_mean"),
        _Level(ROADS, "road_traffic", "road", ROAD_MEAN, "road_traffic_mean"),
    )
}


def noise_frames(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """Return what charts are drawn from.

    ``noise_attainment``, ``noise_levels`` and ``noise_complaints_by_month``, a row a month and
    source.
    """
    found = {
        "noise_attainment": _attainment(inputs),
        "noise_levels": _levels(inputs),
        COMPLAINTS_BY_MONTH: _by_month(_told(inputs, "complaints"), "complaints"),
    }
    return {name: frame for name, frame in found.items() if not frame.empty}


@statistic("noise_attainment")
def attainment(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Measure the share of points and times within their limits, of the period and its quarters.

    The argument is ``day`` or ``night``.
    """
    rates = _attainment(inputs)
    if rates.empty:
        return []
    points = _points(inputs)
    own = rates[(rates["functional_area"] == ALL) & (rates["period"] == indicator.argument)]
    return [
        observation_of(
            indicator,
            inputs,
            _rate(inputs, row, points),
            weakest(points["maturity"]),
            sources_of(inputs, [POINTS if POINTS in inputs.frames else HOURS]),
        )
        for row in own.to_dict("records")
        if row["n_measured"]
    ]


def _rate(inputs: Inputs, row: Mapping[Any, Any], points: pd.DataFrame) -> Computed:
    n_measured, n_within = int(row["n_measured"]), int(row["n_within"])
    quarter = str(row["quarter"])
    n_expected = int(row["n_expected"])
    limits, rule = single("noise_rules", rule="day_from_hour"), _rule("rate_decimals")
    return Computed(
        value=plain_decimal(row["percent"], int(rule["value"])),
        formula=message(ATTAINMENT),
        substituted=f"{n_within} ÷ {n_measured} × 100",
        n_used=n_measured,
        n_expected=n_expected,
        n_counted=n_within,
        period=quarter,
        reason=_reason(inputs, n_measured, n_expected, quarter),
        edition=limits["edition"],
        clause=N_("GB 3096-2008 表1；HJ 640-2012 6"),
        is_verified=rule["verified"] == "verified",
        notes=(
            message(N_("点位{n}个"), n=points["point"].nunique()),
            *_hours_note(inputs, quarter),
        ),
    )


def _reason(inputs: Inputs, n_used: int, n_expected: int, quarter: str) -> str:
    """Return why a value is for reference: the year goes on, or points were not measured."""
    if not quarter and inputs.period.is_partial:
        return "too_few_months"
    return "" if n_used >= n_expected else "points_missing"


@statistic("noise_level")
def level(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Measure the mean level of the city's grid or roads, with its grade as a note.

    The argument is ``day`` or ``night``; the dataset says of what.
    """
    how = LEVELS[indicator.dataset]
    levels = _levels(inputs)
    if levels.empty:
        return []
    own = levels[(levels["kind"] == how.kind) & (levels["period"] == indicator.argument)]
    rows = _measured(inputs, how)
    found = []
    for row in own.to_dict("records"):
        value = plain_decimal(row["level_db"], 1)
        computed = Computed(
            value=value,
            formula=message(how.formula),
            substituted=f"{value:f}",
            n_used=int(row["n_used"]),
            n_expected=int(row["n_listed"]),
            reason=_reason(inputs, int(row["n_used"]), int(row["n_listed"]), ""),
            edition=_rule(how.rule)["edition"],
            clause=_rule(how.rule)["clause"],
            is_verified=row["verified"] == "verified" and _rule(how.rule)["verified"] == "verified",
            notes=(*_grade_note(row), *_lacking_note(row)),
        )
        sources = sources_of(inputs, [how.dataset])
        found.append(
            observation_of(indicator, inputs, computed, weakest(rows["maturity"]), sources)
        )
    return found


def _grade_note(row: Mapping[Any, Any]) -> tuple[Message, ...]:
    return (message(N_("等级：{grade}（{word}）"), grade=row["grade"], word=row["word"]),)


def _lacking_note(row: Mapping[Any, Any]) -> tuple[Message, ...]:
    """Say how many squares or roads of the list have no level, where some have none."""
    n_listed, n_used = int(row["n_listed"]), int(row["n_used"])
    if n_used >= n_listed:
        return ()
    return (message(N_("表中{n_listed}个，有数据的{n_used}个"), n_listed=n_listed, n_used=n_used),)


@statistic("noise_sum")
def total(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Add up complaints or permits over the months that have ended; the argument is the column.

    The sum is for reference only where a month that has ended says nothing.
    """
    known = _told(inputs, indicator.argument)
    if known.empty:
        return []
    counts = _by_month(known, indicator.argument)[indicator.argument]
    numbers = [plain_decimal(one) for one in counts]
    n_months, n_expected = int(known["month"].nunique()), inputs.period.n_whole_months
    value = sum(numbers, Decimal(0))
    computed = Computed(
        value=value,
        formula=message(SUM),
        substituted=f"{value:f}",
        n_used=n_months,
        n_expected=n_expected,
        reason="" if n_months >= n_expected else "too_few_months",
    )
    sources = sources_of(inputs, [COMPLAINTS])
    maturity = weakest(known["maturity"])
    return [observation_of(indicator, inputs, computed, maturity, sources, known)]


def _told(inputs: Inputs, column: str) -> pd.DataFrame:
    """Return the rows of months that have ended and say something, one a month and source."""
    frame = inputs.frames.get(COMPLAINTS)
    if frame is None or column not in frame:
        return pd.DataFrame()
    rows = months_known(best_checked_rows(frame, ["month", "source"]), inputs)
    return rows[rows[column].notna()].drop_duplicates(["month", "source"])


def _by_month(known: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return counts that add up: beside sources, the row of a whole month holds what they leave."""
    if known.empty:
        return pd.DataFrame()
    counts = known.pivot_table(column, index="month", columns="source", aggfunc="sum")
    if ALL in counts:
        parts = counts.drop(columns=ALL)
        rest = counts[ALL] - parts.sum(axis=1)
        counts[ALL] = rest.where(parts.isna().all(axis=1) | (rest > 0))
    return counts.melt(ignore_index=False, value_name=column).dropna().reset_index()


def _points(inputs: Inputs) -> pd.DataFrame:
    """Return the rows of quarters that have ended, one a point and quarter.

    Where no table of quarters was sent, they are computed from hours.
    """
    frame = inputs.frames.get(POINTS, _quarters_of_hours(inputs))
    if frame is None:
        return pd.DataFrame()
    rows = known_periods(best_checked_rows(frame, ["point", "period"]), inputs)
    return rows[rows["functional_area"].notna()].drop_duplicates(["point", "period"])


def _quarters_of_hours(inputs: Inputs) -> pd.DataFrame | None:
    """Return what hours give of each point and quarter, computed once."""
    if HOURS not in inputs.computed:
        inputs.computed[HOURS] = _of_hours(inputs)
    return cast("pd.DataFrame | None", inputs.computed[HOURS])


def _of_hours(inputs: Inputs) -> pd.DataFrame | None:
    """Compute them; a quarter that goes on is left out."""
    frame = inputs.frames.get(HOURS)
    if frame is None or frame.empty:
        return None
    rows = known_days(best_checked_rows(frame, HOUR_KEY), inputs).drop_duplicates(HOUR_KEY)
    rows = rows[rows["date"].notna() & rows["functional_area"].notna()]
    points = rows.groupby("point", sort=False)
    about = points["functional_area"].first().to_frame()
    about["maturity"] = points["maturity"].agg(lambda words: weakest(words).value)
    return quarter_levels(rows).join(about, on="point")


def _hours_note(inputs: Inputs, quarter: str) -> tuple[Message, ...]:
    """Say that levels are those of hours, or how many of a table's differ from them."""
    hours = _quarters_of_hours(inputs)
    if hours is None:
        return ()
    if POINTS not in inputs.frames:
        own = hours[hours["period"] == quarter] if quarter else hours
        n_more = int(own["has_more"].sum())
        more = (message(SEVERAL_DAYS, n=n_more),) if n_more else ()
        return (message(OF_HOURS), *more)
    both = _points(inputs).merge(hours, on=["point", "period"], suffixes=("", "_of_hours"))
    own = both[both["period"] == quarter] if quarter else both
    known = [
        (own[name].notna() & own[f"{name}_of_hours"].notna(), own[name] - own[f"{name}_of_hours"])
        for name in ("day_db", "night_db")
    ]
    is_known = known[0][0] | known[1][0]
    differs = [are_both & (gap.abs().round(1) > 0) for are_both, gap in known]
    n_differing = int((differs[0] | differs[1]).sum())
    if not is_known.any():
        return ()
    return (message(BESIDE_HOURS, n=int(is_known.sum()), differing=n_differing),)


def _attainment(inputs: Inputs) -> pd.DataFrame:
    """Return counts by functional area, day and night: of the period, then of its quarters."""
    if "noise_attainment" not in inputs.computed:
        points = _points(inputs)
        parts = [] if points.empty else [(WHOLE, points), *points.groupby("period")]
        frames = [
            noise_attainment_rates(rows, inputs.period.last_day).assign(
                quarter=str(quarter), n_expected=len(rows) if quarter else _n_expected(rows, inputs)
            )
            for quarter, rows in parts
        ]
        inputs.computed["noise_attainment"] = _joined(frames)
    return cast("pd.DataFrame", inputs.computed["noise_attainment"])


def _n_expected(points: pd.DataFrame, inputs: Inputs) -> int:
    """Return how many times all points should have been measured: once in each quarter."""
    return int(points["point"].nunique()) * (inputs.period.n_whole_months // 3)


def _measured(inputs: Inputs, how: _Level) -> pd.DataFrame:
    frame = inputs.frames.get(how.dataset)
    if frame is None:
        return pd.DataFrame()
    rows = known_days(best_checked_rows(frame, [how.key]), inputs)
    return rows.drop_duplicates(how.key)


def _levels(inputs: Inputs) -> pd.DataFrame:
    """Return the mean level of the grid and of roads by day and night, with its grade."""
    if "noise_levels" not in inputs.computed:
        frames = [
            _mean(how, period, rows)
            for how in LEVELS.values()
            if not (rows := _measured(inputs, how)).empty
            for period in PERIODS
            if f"{period}_db" in rows and _is_measured(how, rows, period).any()
        ]
        inputs.computed["noise_levels"] = _joined(frames)
    return cast("pd.DataFrame", inputs.computed["noise_levels"])


def _is_measured(how: _Level, rows: pd.DataFrame, period: str) -> pd.Series[bool]:
    """Say which rows count: a road without a length has no weight."""
    is_measured = rows[f"{period}_db"].notna()
    return is_measured & rows["length_km"].notna() if how.dataset == ROADS else is_measured


def _mean(how: _Level, period: Period, rows: pd.DataFrame) -> pd.DataFrame:
    own = rows[_is_measured(how, rows, period)]
    levels = own[f"{period}_db"]
    mean = (
        road_traffic_level(own.assign(level_db=levels))
        if how.dataset == ROADS
        else regional_level(levels)
    )
    graded = noise_grade(pd.Series([mean]), how.kind, period).astype("str")
    about = {"kind": how.kind, "period": period, "level_db": mean}
    return graded.assign(**about, n_used=len(own), n_listed=len(rows))


def _joined(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    kept = list(frames)
    return pd.concat(kept, ignore_index=True) if kept else pd.DataFrame()


def _rule(name: str) -> Mapping[str, str]:
    return single("noise_rules", rule=name)
