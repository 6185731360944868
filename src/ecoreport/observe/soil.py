"""Observations of soil: rates of safe use as areas by areas, plots by step, projects, samples.

Of plots and points, which are internal, only counts and sums leave this module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, cast

import numpy as np
import pandas as pd

from ecoreport.config.models import Indicator
from ecoreport.message import N_, Message, message
from ecoreport.observe.computed import (
    Computed,
    counted,
    counted_percent,
    exact_text,
    observation_of,
    rounded,
    sources_of,
    weakest,
)
from ecoreport.observe.dated import has_happened, known_days, known_periods
from ecoreport.observe.observation import Basis, Observation
from ecoreport.observe.precedence import best_checked_rows
from ecoreport.observe.registry import Inputs, statistic
from ecoreport.observe.reported import months_of
from ecoreport.standards.soil import (
    farmland_classes,
    farmland_item_steps,
    farmland_within_limits,
    safe_use_rate,
    soil_edition,
)
from ecoreport.standards.tables import select

POINTS, PLOTS, FARMLAND, PROJECTS = (
    "soil_points",
    "contaminated_plots",
    "farmland_safe_use",
    "remediation",
)
SQUARE_METRES_A_HECTARE: Final = 10000
STEPS: Final[Mapping[str, str]] = {
    "listed": "listed_on",
    "surveyed": "surveyed_on",
    "assessed": "assessed_on",
    "treated": "treated_on",
    "accepted": "accepted_on",
    "removed": "removed_on",
}
"""The steps of a plot in their order, with the column of its day."""
CLASSES: Final[Mapping[str, str]] = {
    "priority_protection": "priority_area_mu",
    "safe_use": "safe_use_area_mu",
    "strict_control": "strict_area_mu",
}
"""Of ``soil_classes.csv``, with the column of its area."""
ABSENCES: Final[Mapping[str, str]] = {
    "missing": "area_missing",
    "nothing_to_rate": "nothing_to_rate",
}
"""Reasons by why there is no rate."""
FARMLAND_RULE: Final = N_("受污染耕地安全利用率核算方法（试行）")
FARMLAND_RATE = N_("已安全利用的受污染耕地面积 ÷ 受污染耕地面积 × 100，面积取自部门台账")
PLOT_RATE = N_("安全利用的污染地块面积 ÷ 名录内污染地块面积 × 100，面积取自名录")
PLOT_COUNT = N_("名录中到评价时点已到这一步的地块数")
PROJECT_COUNT = N_("到评价时点已完工的项目数")
EARLIER = N_("{names}报到{period}，按各自最近一期计")
WITHIN = N_("各项均不超过限值的样品数 ÷ 可评价的样品数 × 100，只作参考，不代表面积")


def soil_frames(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """Return what charts are drawn from: sums and counts only, never a point or a plot.

    ``soil_points_summary``, ``soil_item_counts`` (by edition and item), ``soil_areas`` (by class),
    ``soil_plot_steps``.
    """
    found = {
        "soil_points_summary": _summary(inputs),
        "soil_item_counts": _item_counts(inputs),
        "soil_areas": _areas_by_class(inputs),
        "soil_plot_steps": _plot_steps(inputs),
    }
    return {name: frame for name, frame in found.items() if not frame.empty}


@statistic("soil_farmland_safe_use")
def farmland_safe_use(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Measure the rate of safe use of polluted farmland: areas of the department's register."""
    rows = _farmland(inputs)
    areas = rows.rename(
        columns={"safely_used_area_mu": "safely_used_area", "polluted_area_mu": "polluted_area"}
    )
    made = _AreaRate(FARMLAND, FARMLAND_RATE, FARMLAND_RULE, "亩", rows, _earlier(rows))
    return made.observed(indicator, inputs, areas)


@statistic("soil_plots_safe_use")
def plots_safe_use(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Measure the rate of safe use of polluted plots: areas of the register.

    A plot that nobody calls safely used counts as one that is not.
    """
    rows = _plots(inputs)
    if rows.empty:
        return []
    areas = pd.DataFrame(
        {
            "polluted_area": rows["area_m2"],
            "safely_used_area": rows["area_m2"].where(rows["is_safely_used"] == "yes", 0.0),
        }
    )
    # A plot without an area leaves the rate missing, whether it is used or not.
    areas.loc[rows["area_m2"].isna(), "safely_used_area"] = np.nan
    made = _AreaRate(PLOTS, PLOT_RATE, "", "m²", rows, _plot_notes(rows))
    return made.observed(indicator, inputs, areas)


@dataclass(frozen=True)
class _AreaRate:
    """A rate of areas by areas, and what it is made of: without one the reason says why."""

    dataset: str
    formula: str
    rule: str
    unit: str
    rows: pd.DataFrame
    notes: tuple[Message, ...] = ()

    def observed(
        self, indicator: Indicator, inputs: Inputs, areas: pd.DataFrame
    ) -> list[Observation]:
        """Return the observation, or nothing where the register is empty."""
        if areas.empty:
            return []
        rate = safe_use_rate(areas)
        percent = 100 * (rate.share or Fraction(0))
        computed = Computed(
            value=rounded(percent, indicator.decimals),
            unrounded=exact_text(percent),
            formula=message(self.formula),
            substituted=f"{_plain(rate.part)} ÷ {_plain(rate.whole)} × 100",
            n_used=int(areas[["safely_used_area", "polluted_area"]].notna().all(axis=1).sum()),
            n_expected=len(areas),
            reason=ABSENCES.get(rate.absence, ""),
            edition=self.rule,
            is_verified=False,
            notes=(message(N_("面积单位：{unit}"), unit=self.unit), *self.notes),
        )
        sources = sources_of(inputs, [self.dataset])
        maturity = weakest(self.rows["maturity"])
        found = observation_of(indicator, inputs, computed, maturity, sources, self.rows)
        absent = {"value": None, "unrounded": ""} if rate.share is None else {}
        return [found.model_copy(update=absent)]


def _plain(value: Fraction | None) -> str:
    return "—" if value is None else f"{Decimal(exact_text(value)):f}"


def _plot_notes(rows: pd.DataFrame) -> tuple[Message, ...]:
    notes = [message(N_("考核规定的分母可能只计再开发利用的地块，未读到原文"))]
    if n_open := int(rows["is_safely_used"].isna().sum()):
        notes.append(message(N_("{n}个地块没有填写是否安全利用，按未安全利用计"), n=n_open))
    return tuple(notes)


@statistic("soil_plots_at")
def plots_at(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Count the plots that had come to a step by the last day read; the argument names it."""
    steps = _plot_steps(inputs)
    if steps.empty:
        return []
    n_plots = int(steps["n_plots"][steps["step"] == indicator.argument].sum())
    rows = _register(inputs)
    return [_count(indicator, inputs, PLOTS, PLOT_COUNT, n_plots, rows)]


@statistic("soil_projects_at")
def projects_at(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Count the projects that had come to a step by the last day read.

    The argument is the column of its day.
    """
    frame = inputs.frames.get(PROJECTS)
    if frame is None or frame.empty:
        return []
    rows = best_checked_rows(frame, ["project"]).drop_duplicates("project")
    n_done = int(has_happened(rows[indicator.argument], inputs).sum())
    return [_count(indicator, inputs, PROJECTS, PROJECT_COUNT, n_done, rows)]


def _count(
    indicator: Indicator,
    inputs: Inputs,
    dataset: str,
    formula: str,
    n_counted: int,
    rows: pd.DataFrame,
) -> Observation:
    computed = counted(n_counted, len(rows), message(formula))
    maturity = weakest(rows["maturity"])
    return observation_of(
        indicator, inputs, computed, maturity, sources_of(inputs, [dataset]), rows
    )


@statistic("soil_points_within")
def points_within(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Measure the share of samples within the limits of the edition in force on their day.

    It says nothing of areas: rates of safe use never rest on it.
    """
    rows = _judged_points(inputs)
    if rows.empty:
        return []
    judged = rows[rows["is_within"].notna()]
    if judged.empty:
        return []
    n_within, n_used = int(judged["is_within"].sum()), len(judged)
    editions = tuple(dict.fromkeys(rows["edition"]))
    computed = replace(
        counted_percent(n_within, n_used, message(WITHIN), indicator.decimals),
        n_expected=len(rows),
        reason="too_few_months" if inputs.period.is_partial else "",
        edition="；".join(editions),
        is_verified=all(one == "verified" for one in rows["verified"]),
    )
    sources = sources_of(inputs, [POINTS])
    found = observation_of(indicator, inputs, computed, weakest(rows["maturity"]), sources)
    # Samples within the limits of one edition say nothing of those of another.
    basis = Basis(place=" ".join((indicator.coverage, *editions)))
    return [found.model_copy(update={"basis": basis})]


def _judged_points(inputs: Inputs) -> pd.DataFrame:
    """Return the samples with a land use, judged by the edition in force on their day."""
    if POINTS not in inputs.computed:
        frame = inputs.frames.get(POINTS)
        parts = [] if frame is None else _by_edition(frame, inputs)
        inputs.computed[POINTS] = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    return cast("pd.DataFrame", inputs.computed[POINTS])


def _by_edition(frame: pd.DataFrame, inputs: Inputs) -> list[pd.DataFrame]:
    rows = known_days(best_checked_rows(frame, ["point", "date"]), inputs)
    rows = rows.drop_duplicates(["point", "date"])
    rows = rows[rows["land_use"].notna() & rows["date"].notna()].reset_index(drop=True)
    editions = [soil_edition(day.date()) for day in pd.to_datetime(rows["date"])]
    names = pd.Series([one.name for one in editions], rows.index, dtype="str")
    known = {one.name: one for one in editions}
    parts = []
    for name, own in rows.groupby(names, sort=True):
        edition, day = known[str(name)], pd.Timestamp(own["date"].iloc[0]).date()
        classes = (
            farmland_classes(own, day)["soil_class"].astype("object")
            if edition.has_three_classes
            else pd.Series(None, own.index, dtype="object")
        )
        parts.append(
            own.assign(
                edition=edition.name,
                verified=edition.verified,
                is_within=farmland_within_limits(own, day),
                soil_class=classes,
            )
        )
    return parts


def _summary(inputs: Inputs) -> pd.DataFrame:
    """Return how many samples there are by edition, land use and class, and how many are within."""
    rows = _judged_points(inputs)
    if rows.empty:
        return pd.DataFrame()
    groups = rows.groupby(["edition", "land_use", rows["soil_class"].fillna("")], sort=True)
    counted = groups["is_within"].agg(n_samples="size", n_judged="count", n_within="sum")
    return counted.reset_index().astype({"n_within": "int64"})


def _item_counts(inputs: Inputs) -> pd.DataFrame:
    """Return of each edition and item how many samples are above none, one or both limits.

    ``n_within``, ``n_above_screening`` (and not above the intervention value) and
    ``n_above_intervention`` add up to the samples of which the item was judged.
    """
    rows = _judged_points(inputs)
    counted = []
    for edition, own in rows.groupby("edition", sort=True) if len(rows) else ():
        steps = farmland_item_steps(own, pd.Timestamp(own["date"].iloc[0]).date())
        for column in steps:
            numbers = [int((steps[column] == step).sum()) for step in range(3)]
            if sum(numbers):
                counted.append((edition, column, *numbers))
    names = ["edition", "item", "n_within", "n_above_screening", "n_above_intervention"]
    return pd.DataFrame(counted, columns=names)


def _register(inputs: Inputs) -> pd.DataFrame:
    frame = inputs.frames.get(PLOTS)
    if frame is None:
        return pd.DataFrame()
    return best_checked_rows(frame, ["plot"]).drop_duplicates("plot", ignore_index=True)


def _plots(inputs: Inputs) -> pd.DataFrame:
    """Return the plots of the register by the last day read: listed, and not removed before."""
    rows = _register(inputs)
    if rows.empty:
        return rows
    year_begins = pd.Timestamp(inputs.period.first_day)
    is_gone = pd.to_datetime(rows["removed_on"]) < year_begins
    is_there = _is_listed(rows, inputs) & ~is_gone
    return rows[is_there]


def _is_listed(rows: pd.DataFrame, inputs: Inputs) -> pd.Series[bool]:
    """Say which plots were on the register: one without a day of listing is in it as it came."""
    return rows["listed_on"].isna() | has_happened(rows["listed_on"], inputs)


def _plot_steps(inputs: Inputs) -> pd.DataFrame:
    """Return how many plots, and what area, had come to each step by the last day read."""
    rows = _register(inputs)
    if rows.empty:
        return pd.DataFrame()
    found = []
    for step, column in STEPS.items():
        is_there = (
            _is_listed(rows, inputs) if step == "listed" else has_happened(rows[column], inputs)
        )
        area = rows.loc[is_there, "area_m2"].sum() / SQUARE_METRES_A_HECTARE
        found.append({"step": step, "n_plots": int(is_there.sum()), "area_hm2": float(area)})
    return pd.DataFrame(found)


def _farmland(inputs: Inputs) -> pd.DataFrame:
    """Return each town as of its last period that has ended; of two that end alike the longer."""
    frame = inputs.frames.get(FARMLAND)
    if frame is None:
        return pd.DataFrame(columns=["safely_used_area_mu", "polluted_area_mu", "maturity"])
    rows = known_periods(best_checked_rows(frame, ["town", "period"]), inputs)
    rows = rows.drop_duplicates(["town", "period"])
    months = [months_of(str(one), inputs.period.year) for one in rows["period"]]
    ended = rows.assign(last_month=[max(one) for one in months], n_months=list(map(len, months)))
    ended = ended.sort_values(["last_month", "n_months"], kind="stable")
    return ended.drop_duplicates("town", keep="last").sort_index()


def _earlier(towns: pd.DataFrame) -> tuple[Message, ...]:
    """Name the towns whose last period ended before that of others."""
    if towns.empty:
        return ()
    behind = towns[towns["last_month"] < towns["last_month"].max()]
    return tuple(
        message(EARLIER, names=tuple(own["town"].astype("str")), period=str(period))
        for period, own in behind.groupby("period")
    )


def _areas_by_class(inputs: Inputs) -> pd.DataFrame:
    """Return the area of each class; missing where a town does not say its own."""
    rows = _farmland(inputs)
    if rows.empty:
        return pd.DataFrame()
    names: dict[str, Any] = {line["class"]: line["name_zh"] for line in select("soil_classes")}
    return pd.DataFrame(
        [
            {
                "soil_class": name,
                "name_zh": names[name],
                "area_mu": rows[column].sum(skipna=False) if column in rows else np.nan,
                "n_towns": len(rows),
            }
            for name, column in CLASSES.items()
        ]
    )
