"""What stands in single cells of tables: numbers, small lines and bars."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from ecoreport.components import component
from ecoreport.i18n import _
from ecoreport.narrative import number
from ecoreport.observe.observation import Observation
from ecoreport.rows import Row

SPARKLINE_WIDTH, SPARKLINE_HEIGHT = 72, 18
MARGIN_BAR_HALF = 24


def written(observation: Observation | None) -> Markup:
    """Write an observation's number for a cell; a dash where there is none."""
    if observation is None or observation.value is None:
        return Markup("—")
    return number(observation)


def sparkline(history: Sequence[tuple[int, Decimal]]) -> Markup:
    """Return the last years as a small line; fewer than two years give nothing."""
    if len(history) < 2:
        return Markup("")
    values = [value for _year, value in history]
    low, span = min(values), (max(values) - min(values)) or Decimal(1)
    step = Decimal(SPARKLINE_WIDTH - 8) / (len(values) - 1)
    points = [
        (4 + step * index, SPARKLINE_HEIGHT - 4 - (value - low) / span * (SPARKLINE_HEIGHT - 8))
        for index, value in enumerate(values)
    ]
    words = _("、").join(f"{year} {value:f}" for year, value in history)
    return component(
        "sparkline",
        words=words,
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        last=points[-1],
        width=SPARKLINE_WIDTH,
        height=SPARKLINE_HEIGHT,
    )


def margin_bar(row: Row) -> Markup:
    """Return the distance to the target as a bar: to the right where the target is kept."""
    judgement = row.judgement
    if judgement.margin is None or not judgement.target:
        return Markup("")
    share = max(Decimal(-1), min(Decimal(1), judgement.margin / abs(judgement.target)))
    length = abs(share) * MARGIN_BAR_HALF
    return component(
        "margin_bar",
        half=MARGIN_BAR_HALF,
        length=f"{length:.1f}",
        start=f"{MARGIN_BAR_HALF - (length if share < 0 else 0):.1f}",
        verdict=judgement.verdict,
    )
