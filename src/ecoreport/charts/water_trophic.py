"""The trophic state of lakes through the year: when were they eutrophic, and how far."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import clean, months, number
from ecoreport.charts.style import add_axes, appearance, drawing, new_figure
from ecoreport.i18n import _, current_locale
from ecoreport.standards.tables import select
from ecoreport.standards.water import index_decimals

LEFT = 44.0
RIGHT = 148.0
TOP = 34.0
HEIGHT = 170.0
BOTTOM = 30.0
PANEL = TOP + HEIGHT + BOTTOM
LOWEST, HIGHEST = 28.0, 62.0
"""The scale shows at least these, so that the bands beside a state are seen."""
ROOM = 7.0
OVER_POINT = 8.0
NARROWEST_BAND = 16.0


@dataclass(frozen=True)
class LakeMonths:
    """One lake: TLI(Σ) of the twelve months; None where there is no index."""

    label: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Band:
    """One state of ``tli_bands.csv`` with the values that it takes."""

    name: str
    low: float
    high: float


def trophic_state_by_month(
    lakes: Sequence[LakeMonths], *, title: str, months_ended: int = 12
) -> Chart:
    """Draw the index of each lake as a line over bands of the states, a panel a lake.

    Parameters
    ----------
    lakes : sequence of LakeMonths
        In the order shown.
    title : str
        The finding.
    months_ended : int
        Months up to this one without an index are hatched; later ones stay empty.

    Returns
    -------
    Chart
    """
    known = [value for lake in lakes for value in lake.values if value is not None]
    low = min([LOWEST, *(value - ROOM for value in known)])
    high = max([HIGHEST, *(value + ROOM for value in known)])
    with drawing() as look:
        figure = new_figure("page", PANEL * len(lakes))
        for position, lake in enumerate(lakes):
            width = look.widths["page"] - LEFT - RIGHT
            axes = add_axes(figure, LEFT, PANEL * position + TOP, width, HEIGHT)
            axes.set(xlim=(0.5, 12.5), ylim=(low, high))
            axes.set_xticks(range(1, 13), months())
            _bands(axes, low, high)
            _line(axes, lake, months_ended, low, high)
            marks.head(axes, _("{lake} TLI(Σ)").format(lake=clean(lake.label)), LEFT - 12)
    return Chart(figure, title, _alt(lakes), _data(lakes), _note(lakes, months_ended))


def bands() -> list[Band]:
    """Return the states from the lowest index up, in the reader's language."""
    lines = select("tli_bands")
    lows = [float(line["low"] or -math.inf) for line in lines]
    return [
        Band(line[f"name_{current_locale()}"], low, high)
        for line, low, high in zip(lines, lows, [*lows[1:], math.inf], strict=True)
    ]


def _bands(axes: Axes, low: float, high: float) -> None:
    look = appearance()
    known = bands()
    scale = LinearSegmentedColormap.from_list("band", [look.paper, look.accent_tint])
    for place, band in enumerate(known):
        bottom, top = max(band.low, low), min(band.high, high)
        if top <= bottom:
            continue
        colour = to_hex(scale(place / (len(known) - 1)))
        marks.rectangles(axes, [(0.5, bottom, 12.0, top - bottom)], colour)
        if (top - bottom) / (high - low) * HEIGHT >= NARROWEST_BAND:
            axes.annotate(
                band.name, (12.5, (bottom + top) / 2), xytext=(8, 0), textcoords="offset points",
                va="center_baseline", color=look.quiet, annotation_clip=False,
            )  # fmt: skip
    edges = [band.low for band in known if low < band.low < high]
    axes.set_yticks(edges, [f"{edge:g}" for edge in edges])


def _line(axes: Axes, lake: LakeMonths, months_ended: int, low: float, high: float) -> None:
    look = appearance()
    absent = [
        (month - 0.5, low, 1.0, high - low)
        for month, value in enumerate(lake.values, start=1)
        if value is None and month <= months_ended
    ]
    marks.missing(axes, absent)
    for (month, one), (_next, following) in pairwise(enumerate(lake.values, start=1)):
        if one is not None and following is not None:
            axes.plot([month, month + 1], [one, following], color=look.accent, linewidth=2.0)
    for month, value in enumerate(lake.values, start=1):
        if value is None:
            continue
        axes.plot([month], [value], marker="o", markersize=7, color=look.accent)
        axes.annotate(
            number(value, index_decimals(value)), (month, value), xytext=(0, OVER_POINT),
            textcoords="offset points", ha="center", va="bottom",
        )  # fmt: skip


def _alt(lakes: Sequence[LakeMonths]) -> str:
    words = [
        _("{lake} {values}").format(
            lake=clean(lake.label),
            values=_("、").join(map(_told, lake.values)),
        )
        for lake in lakes
    ]
    return _("折线图，各湖泊1至12月的综合营养状态指数：{values}").format(values=_("；").join(words))


def _told(value: float | None) -> str:
    return number(value, 0 if value is None else index_decimals(value))


def _data(lakes: Sequence[LakeMonths]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"lake": lake.label, "month": month, "tli": np.nan if value is None else value}
            for lake in lakes
            for month, value in enumerate(lake.values, start=1)
        ]
    )


def _note(lakes: Sequence[LakeMonths], months_ended: int) -> str:
    n_missing = sum(value is None for lake in lakes for value in lake.values[:months_ended])
    note = _("色带为营养状态的分级。")
    if n_missing:
        note += _(
            "斜纹 {n} 次：五项指标（叶绿素a、总磷、总氮、透明度、高锰酸盐指数）不全，不计算。"
        )
    return note.format(n=n_missing)
