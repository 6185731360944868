"""Drinking water of villages: samples beside GB 5749, and the people whose water attains."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, cast

import pandas as pd

from ecoreport.config.models import Indicator
from ecoreport.message import N_, Message, message
from ecoreport.observe.computed import (
    Computed,
    exact_text,
    observation_of,
    rounded,
    shortened,
    sources_of,
    weakest,
)
from ecoreport.observe.dated import known_days
from ecoreport.observe.observation import Observation
from ecoreport.observe.precedence import best_checked_rows
from ecoreport.observe.registry import Inputs, statistic
from ecoreport.standards.tables import select
from ecoreport.standards.water import served_by, tap_water_samples
from ecoreport.standards.water.tap import LIMITS

DATASET: Final = "village_water"
SAMPLES: Final = "village_water_samples"
KEY: Final = ["town", "works", "point", "date"]
NAMES_MAX: Final = 8
DECIMALS: Final = 1
COVERED = N_("有监测的供水人口")
ATTAINING = N_("样品全部合格的供水工程的供水人口 ÷ 有监测的供水人口 × 100")


@statistic("village_water_population")
def village_water_population(indicator: Indicator, inputs: Inputs) -> Sequence[Observation]:
    """Measure the share of the people served by monitored waterworks whose water attains."""
    samples, works = village_samples(inputs), village_works(inputs)
    if samples is None or works is None:
        return []
    counted = works[works["attains"].notna() & (works["population"] > 0)]
    if counted.empty:
        return []
    is_attaining = counted["attains"].astype(bool)
    people = int(counted["population"].sum())
    attaining = int(counted.loc[is_attaining, "population"].sum())
    share = 100 * Fraction(attaining, people)
    applied = sorted(set(samples["edition"]) - {""})
    computed = Computed(
        value=rounded(share, DECIMALS),
        unrounded=exact_text(share),
        formula=message(ATTAINING),
        substituted=f"{attaining} ÷ {people} × 100",
        n_used=len(counted),
        n_expected=len(works),
        n_counted=int(is_attaining.sum()),
        place=COVERED,
        reason="too_few_months" if inputs.period.is_partial else "",
        edition="、".join(applied),
        clause=select(LIMITS)[0]["clause"] if applied else "",
        is_verified=False,
        notes=village_notes(samples, works),
    )
    sources = sources_of(inputs, [DATASET])
    maturity = weakest(inputs.frames[DATASET]["maturity"])
    return [observation_of(indicator, inputs, computed, maturity, sources)]


def village_samples(inputs: Inputs) -> pd.DataFrame | None:
    """Return the samples up to the last day read, each judged, computed once; None without any.

    Returns
    -------
    pandas.DataFrame or None
        The columns of the table with those of `tap_water_samples`, and ``is_declared``: true where
        the values say nothing and the table's own conclusion counts.
    """
    if DATASET not in inputs.computed:
        frame = inputs.frames.get(DATASET)
        inputs.computed[DATASET] = None if frame is None else _samples(frame, inputs)
    return cast("pd.DataFrame | None", inputs.computed[DATASET])


def village_works(inputs: Inputs) -> pd.DataFrame | None:
    """Return one row waterworks, as `served_by`; None without a sample."""
    samples = village_samples(inputs)
    return None if samples is None else served_by(samples)


def village_frames(inputs: Inputs) -> dict[str, pd.DataFrame]:
    """Return what is kept of the drinking water of villages.

    ``village_water``: as `village_works`. ``village_water_samples``: of each sample only whether it
    goes by its own conclusion, and the edition that judged it.
    """
    samples, works = village_samples(inputs), village_works(inputs)
    if samples is None or works is None:
        return {}
    return {DATASET: works, SAMPLES: samples[["is_declared", "edition"]]}


def _samples(frame: pd.DataFrame, inputs: Inputs) -> pd.DataFrame | None:
    rows = known_days(best_checked_rows(frame, KEY), inputs).dropna(subset=["works", "date"])
    samples = rows.drop_duplicates(KEY, ignore_index=True)
    if samples.empty:
        return None
    judged = tap_water_samples(samples)
    declared = samples["attains"].map({"yes": True, "no": False}).astype("boolean")
    return samples.assign(
        **{name: judged[name] for name in ("is_short", "exceeded", "n_items", "edition")},
        attains=judged["attains"].fillna(declared),
        is_declared=judged["attains"].isna() & declared.notna(),
    )


def village_notes(samples: pd.DataFrame, works: pd.DataFrame) -> tuple[Message, ...]:
    """Say which waterworks failed, by which limits, and what was not judged or not counted.

    Parameters
    ----------
    samples, works : pandas.DataFrame
        ``village_water_samples`` and ``village_water`` of `village_frames`.
    """
    notes = []
    failing = works[works["attains"].eq(other=False).fillna(value=False)]
    if len(failing):
        text = N_("不合格的供水工程：{names}")
        named = [
            f"{works}（{exceeded}）" if exceeded else works
            for works, exceeded in zip(
                failing["works"].astype(str), failing["exceeded"].astype(str), strict=True
            )
        ]
        notes.append(message(text, names=shortened(named, NAMES_MAX)))
        easier = N_("GB 5749-2006 表4 对小型集中式和分散式供水放宽的限值未查到，一律按表1评价")
        notes.append(message(easier))
        noted = N_("表1 对受水源条件限制的浑浊度、耗氧量放宽的限值没有采用")
        notes.append(message(noted))
    counts = (
        (N_("{n}个样品没有检测值或项目太少，按报送的结论"), samples["is_declared"]),
        (
            N_("{n}个样品应适用的标准（如 GB 5749-2022）限值未查到，没有按检测值评价"),
            samples["edition"] == "",
        ),
    )
    notes += [message(text, n=int(is_own.sum())) for text, is_own in counts if is_own.any()]
    without = works[~(works["population"] > 0) | works["attains"].isna()]
    if len(without):
        text = N_("没有供水人口或不能评价、不计入的供水工程：{names}")
        notes.append(message(text, names=shortened(without["works"], NAMES_MAX)))
    return tuple(notes)
