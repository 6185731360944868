"""Counts of each month by kind: when in the year they come, and what they are about."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import number
from ecoreport.charts.months import HEIGHT, twelve_columns
from ecoreport.charts.style import appearance, drawing
from ecoreport.i18n import _

HEADROOM = 1.12
"""Above the highest column, for its total."""
SHADES = (1.0, 0.66, 0.4, 0.2, 0.08)
OVER_COLUMN = 4.0


def counts_by_month(
    counts: pd.DataFrame,
    names: Mapping[str, str],
    *,
    title: str,
    unit: str,
    months_ended: int = 12,
) -> Chart:
    """Stack the counts of each month by kind, with the month's total above.

    Parameters
    ----------
    counts : pandas.DataFrame
        Months 1 to 12 that told anything (rows) by kind (columns, from the bottom up).
    names : mapping
        Column -> what the kind is called; up to five.
    title : str
        The finding.
    unit : str
        What is counted.
    months_ended : int
        Of these one without a row is hatched; those after them are left empty.

    Returns
    -------
    Chart
    """
    shown = counts.reindex(range(1, 13))
    totals = shown.sum(axis=1, min_count=1)
    entries = _entries(counts, names, unit)
    with drawing() as look:
        frame = twelve_columns(entries)
        highest = max(1.0, float(totals.max()) * HEADROOM)
        frame.axes.set_ylim(0, highest)
        frame.axes.set_yticks([])
        told = shown.fillna(0)
        marks.stacks(frame.axes, told, told, entries, HEIGHT / highest)
        marks.head(frame.axes, unit)
        _totals(frame.axes, totals, HEIGHT / highest)
        absent = [month for month in range(1, months_ended + 1) if pd.isna(totals[month])]
        width = marks.STACK_WIDTH
        boxes = [(month - width / 2, 0, width, highest / HEADROOM) for month in absent]
        marks.missing(frame.axes, boxes)
        frame.axes.tick_params(labelcolor=look.ink)
    words = _("、").join(one.label for one in entries)
    note = _("柱顶为当月合计，柱内为各类；共 {n} 个月有数。").format(n=int(totals.notna().sum()))
    if absent:
        note += _("斜纹为当月没有报送。")
    return Chart(
        frame.figure,
        title,
        _("堆积柱形图，各月件数。合计：{words}").format(words=words),
        counts.rename(columns=dict(names)).rename_axis(index="month", columns=None).reset_index(),
        note,
    )


def _entries(counts: pd.DataFrame, names: Mapping[str, str], unit: str) -> list[marks.Entry]:
    look = appearance()
    scale = LinearSegmentedColormap.from_list("accent", [look.paper, look.accent])
    return [
        marks.Entry(
            _("{name} {count}{unit}").format(
                name=names[str(kind)], count=number(float(counts[kind].sum()), 0), unit=unit
            ),
            to_hex(scale(shade)),
        )
        for kind, shade in zip(counts, SHADES, strict=False)
    ]


def _totals(axes: Axes, totals: pd.Series[float], pixels: float) -> None:
    look = appearance()
    known = totals.dropna()
    for month, total in zip(map(int, known.index), known, strict=True):
        axes.text(month, total + OVER_COLUMN / pixels, number(total, 0), ha="center", va="bottom",
                  color=look.ink, fontsize=look.label_size)  # fmt: skip
