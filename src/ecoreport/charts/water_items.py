"""Which items exceed the limits of class III, in how many sections of each month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import months, percent
from ecoreport.charts.style import add_canvas, appearance, drawing, new_figure, readable_ink
from ecoreport.i18n import _

NAME_WIDTH = 150.0
PITCH = 50.0
GAP = 3.0
HEAD = 26.0
ROW = 30.0
TILE = 25.0
TOTAL = NAME_WIDTH + 12 * PITCH + 112
SHARE = TOTAL + 78
LEAST_TOP_OF_SCALE = 5


def items_beyond_limit(
    beyond: pd.DataFrame,
    measured: Sequence[int],
    names: Mapping[str, str],
    *,
    title: str,
    months_ended: int = 12,
) -> Chart:
    """Draw tiles, item by month, each with the sections that exceed; the year's total beside.

    Parameters
    ----------
    beyond : pandas.DataFrame
        Items (rows, column names) by month 1 to 12: number of sections beyond the limit.
    measured : sequence of int
        Sections with a class in each of the twelve months.
    names : mapping
        Column -> what the item is called.
    title : str
        The finding.
    months_ended : int
        Months after these are left empty.

    Returns
    -------
    Chart
    """
    rows = beyond.loc[beyond.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    total = sum(measured)
    with drawing() as look:
        figure = new_figure("page", HEAD + ROW * len(rows) + 4)
        canvas = add_canvas(figure)
        for number, name in enumerate(months()):
            middle = NAME_WIDTH + PITCH * number + (PITCH - GAP) / 2
            canvas.text(middle, HEAD - 10, name, ha="center", color=look.quiet)
        for x, text in ((TOTAL, _("断面月次")), (SHARE, _("占比"))):
            canvas.text(x, HEAD - 10, text, ha="right", color=look.quiet)
        scale = LinearSegmentedColormap.from_list("accent", [look.accent_trace, look.accent])
        top = max(LEAST_TOP_OF_SCALE, int(rows.to_numpy().max(initial=0)))
        for position, (column, counts) in enumerate(rows.iterrows()):
            middle = HEAD + ROW * (position + 0.5)
            marks.name_row(canvas, names[str(column)], middle, NAME_WIDTH - 12)
            for number, (count, n) in enumerate(zip(counts, measured, strict=True)):
                if number >= months_ended:
                    break
                colour = to_hex(scale(count / top)) if n else ""
                _tile(canvas, int(count), colour, NAME_WIDTH + PITCH * number, middle)
            own = int(counts.sum())
            for x, text in ((TOTAL, str(own)), (SHARE, percent(own, total))):
                canvas.text(x, middle, text, ha="right", va="center_baseline",
                            fontsize=look.label_size)  # fmt: skip
    words = _("、").join(f"{names[str(item)]} {int(row.sum())}" for item, row in rows.iterrows())
    return Chart(
        figure,
        title,
        _("色块图，各项目各月劣于Ⅲ类限值的断面数。全年断面月次：{words}").format(words=words),
        _downloaded(rows, names),
        _("格内为劣于Ⅲ类限值的断面数；有类别的断面月次 {total} 个，斜纹为当月无数据。").format(
            total=total
        ),
    )


def _tile(canvas: Axes, count: int, colour: str, left: float, middle: float) -> None:
    """Draw one tile; without a colour nothing was measured."""
    look = appearance()
    box = (left, middle - TILE / 2, PITCH - GAP, TILE)
    if not colour:
        marks.missing(canvas, [box])
        return
    marks.rectangles(canvas, [box], colour)
    text = str(count) if count else ""
    canvas.text(left + (PITCH - GAP) / 2, middle, text, ha="center", va="center_baseline",
                fontsize=look.label_size, color=readable_ink(colour))  # fmt: skip


def _downloaded(rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    tidy = rows.rename(index=dict(names)).rename_axis("item").reset_index()
    long = tidy.melt(id_vars="item", var_name="month", value_name="sections_beyond_class_iii")
    return long.astype({"sections_beyond_class_iii": np.int64})
