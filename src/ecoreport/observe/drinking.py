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
    shortened,
    sources_of,
    weakest,
)
from ecoreport.observe.observation import Observation
from ecoreport.observe.precedence import best_checked_rows
from ecoreport.observe.registry import Inputs, statistic
from ecoreport.standards.tables import single
from ecoreport.standards.water import attainment_rates, items_not_held, year_attainment
from ecoreport.standards.water.sources import GROUND, judged_sources
from ecoreport.standards.water.words import BETWEEN, name_of_column

DATASET: Final = "drinking_sources"
PARTS: Final = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
"""Months that one sampling stands for."""
JUDGED: Final = ("is_short", "exceeded", "missing_items", "edition", "clause")
"""What the standard's functions say of a month, beside whether it attains."""
NAMES_MAX: Final = 8
MONTHS_MAX: Final = 12
GROUND_CLASS: Final = "Ⅲ类"
EXCEEDED: Final = N_("超标：{names}")
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
    edition, clause, is_verified = _rules(known)
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
                edition=edition,
                clause=clause,
                is_verified=is_verified,
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
        ``source, kind, frequency, month, intake_10k_m3``, ``attains`` (boolean; missing where
        nothing can be said), ``is_short`` (too few items to be judged), ``exceeded`` (items with
        multiples), ``missing_items`` (names of usual items without a value), ``edition`` and
        ``clause`` (what was applied), ``is_declared`` (true where the values say nothing and the
        table's own conclusion counts).
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
        is_declared=is_declared,
        **{name: judged[name] for name in JUDGED},
    )


def _n_expected(months: pd.DataFrame, inputs: Inputs) -> int:
    """Return how many samplings of the sources were to be had of the months that have ended."""
    often = months.groupby("source")["frequency"].first().map(PARTS)
    return int((inputs.period.n_whole_months // often).sum())


def _rules(months: pd.DataFrame) -> tuple[str, str, bool]:
    """Return what was applied: edition, its tables, and whether it was verified.

    What was declared rests on no limit; where several editions were applied each stands before its
    own tables.
    """
    applied = months[~months["is_declared"]].sort_values("month", kind="stable")
    tables: dict[str, set[str]] = {}
    for edition, clause in zip(applied["edition"], applied["clause"], strict=True):
        tables.setdefault(edition, set()).update(clause.split(BETWEEN))
    of_ground = set(applied[applied["kind"] == GROUND]["edition"])
    told = {
        edition: BETWEEN.join(sorted(known)) + (GROUND_CLASS if edition in of_ground else "")
        for edition, known in tables.items()
    }
    first, *others = told or [""]
    clauses = [told.get(first, ""), *(f"{edition} {told[edition]}" for edition in others)]
    return first, "；".join(clauses), not of_ground


def _notes(months: pd.DataFrame, year: int) -> tuple[Message, ...]:
    notes = []
    beyond = months[months["exceeded"] != ""]
    if len(beyond):
        names = tuple(
            f"{row.source} {year}-{row.month:02d}：{row.exceeded}" for row in beyond.itertuples()
        )
        notes.append(message(EXCEEDED, names=names))
    if n_declared := int(months["is_declared"].sum()):
        text = N_("{n}个月次没有监测值或项目太少，按报送的达标结论")
        notes.append(message(text, n=n_declared))
    notes += [*_short_notes(months, year), *_missing_notes(months)]
    of_ground = months[(months["kind"] == GROUND) & (months["edition"] != "")]
    for edition, own in of_ground.sort_values("month").groupby("edition", sort=False):
        notes += _ground_notes(str(edition), own["month"])
    return tuple(notes)


def _short_notes(months: pd.DataFrame, year: int) -> list[Message]:
    """Name the months that too few items were measured in to be judged."""
    short = months[months["is_short"] & ~months["is_declared"]]
    if short.empty:
        return []
    text = N_(
        "监测值不到基本项目的{share}、不按监测值评价的月次：{names}（{share}是本项目的设定，未经核实）"
    )
    share = single("drinking_water_rules", rule="basic_items_at_least")["value"]
    names = [f"{row.source} {year}-{row.month:02d}" for row in short.itertuples()]
    return [message(text, share=share, names=shortened(names, MONTHS_MAX))]


def _missing_notes(months: pd.DataFrame) -> list[Message]:
    """Name the usual items that sources lack: in all their months together, a few by name."""
    measured = months[months["missing_items"] != ""]
    lacking: dict[tuple[str, ...], list[str]] = {}
    for source, own in measured.groupby("source", sort=False)["missing_items"]:
        names = dict.fromkeys(name for text in own for name in text.split(BETWEEN))
        lacking.setdefault(tuple(names), []).append(str(source))
    found = []
    for items, sources in lacking.items():
        text = N_("{sources}有月份没有监测值的应测项目（共{n}项）：{names}")
        named = shortened(items, NAMES_MAX)
        found.append(message(text, sources=tuple(sources), n=len(items), names=named))
    return found


def _ground_notes(edition: str, months: pd.Series[int]) -> list[Message]:
    """Say by which edition ground water was judged, and what of it could not be."""
    text = N_("{first}至{last}月的地下水水源按{edition}Ⅲ类评价；依据只有一个来源、未经核实")
    notes = [message(text, first=int(months.min()), last=int(months.max()), edition=edition)]
    if columns := items_not_held(edition):
        text = N_("{edition}的限值未查到、没有评价的项目：{names}")
        listed = tuple(map(name_of_column, columns))
        notes.append(message(text, edition=edition, names=listed))
    return notes


def drinking_frames(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """Return what is kept of the sources: ``drinking_month``."""
    months = drinking_months(inputs)
    return {} if months is None else {"drinking_month": months}
