"""Sources of drinking water: what exceeded which limit by month, rates by volume and by source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

import numpy as np
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
from ecoreport.observe.observation import Observation
from ecoreport.observe.precedence import best_checked_rows
from ecoreport.observe.registry import Inputs, statistic
from ecoreport.standards.tables import select
from ecoreport.standards.water import attainment_rates, items_not_held, year_attainment
from ecoreport.standards.water.sources import judged_sources

DATASET: Final = "drinking_sources"
PARTS: Final = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
"""Months that one sampling stands for."""
BY_VOLUME, BY_SOURCE = N_("按取水量"), N_("按水源地个数")
VOLUME = N_("各月达标水源的取水量之和 ÷ 各月取水总量 × 100")
SOURCES = N_("各次监测均达标的水源地数 ÷ 参评水源地数 × 100")


@statistic("drinking_attainment")
def drinking_attainment(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Measure the rates of attainment by volume and by source: two ways, each with its basis."""
    months = drinking_months(inputs)
    if months is None:
        return []
    rows = inputs.frames[DATASET]
    known = months[months["attains"].notna()]
    n_expected = _n_expected(months, inputs)
    reason = "" if len(known) >= n_expected and not inputs.period.is_partial else "too_few_months"
    notes = _notes(months, inputs.period.year)
    rates = attainment_rates(known["attains"], known["intake_10k_m3"])
    by_source = attainment_rates(year_attainment(known["attains"], known["source"])["attains"])
    found = []
    if not np.isnan(rates.volume_percent):
        volumes = f"{rates.attaining_volume:g} ÷ {rates.volume:g} × 100"
        found.append((BY_VOLUME, VOLUME, rates.volume_percent, volumes, len(known), n_expected))
    if by_source.n_assessed:
        counts = f"{by_source.n_attaining} ÷ {by_source.n_assessed} × 100"
        n_sources = (by_source.n_assessed, months["source"].nunique())
        found.append((BY_SOURCE, SOURCES, by_source.percent, counts, *n_sources))
    return [
        observation_of(
            indicator,
            inputs,
            Computed(
                value=plain_decimal(percent),
                formula=message(formula),
                substituted=substituted,
                n_used=n_used,
                n_expected=expected,
                n_counted=by_source.n_attaining if place == BY_SOURCE else None,
                place=place,
                reason=reason,
                edition="GB 3838-2002",
                clause="表1至表3",
                notes=notes,
            ),
            weakest(rows["maturity"]),
            sources_of(inputs, [DATASET]),
        )
        for place, formula, percent, substituted, n_used, expected in found
    ]


def drinking_months(inputs: Inputs) -> pd.DataFrame | None:
    """Return one row a source and month that has ended, computed once; None without a table.

    Returns
    -------
    pandas.DataFrame or None
        ``source, kind, frequency, month, intake_10k_m3``, ``attains`` (boolean), ``exceeded``
        (items with multiples), ``edition`` (of ground water), ``is_declared`` (true where no item
        was measured and the table's own conclusion counts).
    """
    if DATASET not in inputs.computed:
        frame = inputs.frames.get(DATASET)
        inputs.computed[DATASET] = None if frame is None else _months(frame, inputs)
    return cast("pd.DataFrame | None", inputs.computed[DATASET])


def _months(frame: pd.DataFrame, inputs: Inputs) -> pd.DataFrame | None:
    known = months_known(best_checked_rows(frame, ["source", "month"]), inputs)
    rows = known.drop_duplicates(["source", "month"], ignore_index=True)
    if rows.empty:
        return None
    judged = judged_sources(rows, inputs.period.year)
    declared = rows["attains"].map({"yes": True, "no": False}).astype("boolean")
    is_declared = judged["attains"].isna() & declared.notna()
    about = rows[["source", "kind", "month", "intake_10k_m3"]]
    return about.assign(
        frequency=rows["frequency"].fillna("monthly"),
        attains=judged["attains"].fillna(declared),
        exceeded=judged["exceeded"],
        edition=judged["edition"],
        is_declared=is_declared,
    )


def _n_expected(months: pd.DataFrame, inputs: Inputs) -> int:
    """Return how many samplings of the sources were to be had of the months that have ended."""
    often = months.groupby("source")["frequency"].first().map(PARTS)
    return int((inputs.period.n_whole_months // often).sum())


def _notes(months: pd.DataFrame, year: int) -> tuple[Message, ...]:
    notes = []
    beyond = months[months["exceeded"] != ""]
    if len(beyond):
        names = tuple(
            f"{row.source} {year}-{row.month:02d}：{row.exceeded}" for row in beyond.itertuples()
        )
        notes.append(message(N_("超标：{names}"), names=names))
    if n_declared := int(months["is_declared"].sum()):
        text = N_("{n}个月次没有监测值，按报送的达标结论")
        notes.append(message(text, n=n_declared))
    for edition, own in months[months["edition"] != ""].groupby("edition"):
        notes += _ground_notes(str(edition), own["month"])
    return tuple(notes)


def _ground_notes(edition: str, months: pd.Series[int]) -> list[Message]:
    """Say by which edition ground water was judged, and what of it could not be."""
    text = N_("{first}至{last}月的地下水水源按{edition}Ⅲ类评价；依据只有一个来源、未经核实")
    notes = [message(text, first=int(months.min()), last=int(months.max()), edition=edition)]
    if columns := items_not_held(edition):
        names = {line["column"]: line["name_zh"] for line in select("water_items")}
        text = N_("{edition}的限值未查到、没有评价的项目：{names}")
        listed = tuple(names[column] for column in columns)
        notes.append(message(text, edition=edition, names=listed))
    return notes


def drinking_frames(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """Return what is kept of the sources: ``drinking_month``."""
    months = drinking_months(inputs)
    return {} if months is None else {"drinking_month": months}
