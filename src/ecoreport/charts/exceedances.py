"""Exceedance days by pollutant and month."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import least_to_most, months, percent
from ecoreport.charts.style import add_axes, appearance, drawing, new_figure
from ecoreport.i18n import _
from ecoreport.symbols import symbol

LEFT = 64.0
TOP = 30.0
RIGHT = 150.0
ROW = 30.0
LOWEST_TOP_OF_SCALE = 10


def exceedance_days_by_pollutant(
    exceedances: pd.DataFrame, year: int, *, title: str, as_of: dt.date | None = None
) -> Chart:
    """Draw tiles, pollutant by month, each with its exceedance days; the year's total beside.

    Parameters
    ----------
    exceedances : pandas.DataFrame
        One place on a DatetimeIndex, one nullable boolean column a pollutant (``PM2.5`` …):
        whether the day's value exceeds its limit; missing where the day is not valid.
    year : int
    title : str
        The finding.
    as_of : datetime.date, optional
        Last day with data; months to come are left empty.

    Returns
    -------
    Chart
    """
    days = exceedances[pd.DatetimeIndex(exceedances.index).year == year].astype("boolean")
    month = pd.DatetimeIndex(days.index).month
    over = days.fillna(False).astype(int).groupby(month).sum().T.reindex(columns=range(1, 13))
    valid = days.notna().groupby(month).sum().T.reindex(columns=range(1, 13)).fillna(0).astype(int)
    over = over.where(valid > 0)
    over = over.loc[over.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    valid = valid.loc[over.index]
    with drawing() as look:
        figure = new_figure("text", TOP + ROW * len(over) + 6)
        width = look.widths["text"] - LEFT - RIGHT
        axes = add_axes(figure, LEFT, TOP, width, ROW * len(over))
        _tiles(axes, over, as_of.month if as_of else 12)
        _totals(axes, over, valid)
    words = [
        _("{pollutant} {days}天").format(pollutant=symbol(str(name)), days=int(row.sum()))
        for name, row in over.iterrows()
    ]
    return Chart(
        figure,
        title,
        _("色块图，{year}年各污染物各月超标天数。合计：{words}").format(
            year=year, words=_("、").join(words)
        ),
        _downloaded(over, valid),
        _("每项有效 {days} 天；斜纹为当月无有效数据。").format(
            days=least_to_most(valid.sum(axis=1))
        ),
    )


def _tiles(axes: Axes, over: pd.DataFrame, begun: int) -> None:
    """Draw one tile a pollutant and month; months after the `begun` ones are still to come."""
    look = appearance()
    colours = LinearSegmentedColormap.from_list("accent", [look.accent_trace, look.accent])
    counts = over.fillna(0).astype(int)
    top = max(LOWEST_TOP_OF_SCALE, int(counts.to_numpy().max(initial=0)))
    sns.heatmap(
        counts, ax=axes, mask=over.isna(), vmin=0, vmax=top, cmap=colours, cbar=False,
        annot=counts.where(counts > 0).map(lambda days: "" if np.isnan(days) else f"{days:g}"),
        fmt="", linewidths=1.5, linecolor=look.paper, annot_kws={"fontsize": look.label_size},
    )  # fmt: skip
    absent = np.argwhere(over.isna().to_numpy()[:, :begun])
    marks.missing(axes, [(column + 0.03, row + 0.05, 0.94, 0.9) for row, column in absent])
    rows = len(over)
    axes.set(xlabel="", ylabel="")
    axes.set_xticks(np.arange(12) + 0.5, months(), rotation=0)
    axes.set_yticks(np.arange(rows) + 0.5, [symbol(str(name)) for name in over.index], rotation=0)
    axes.tick_params(axis="x", labeltop=True, labelbottom=False)
    axes.tick_params(axis="y", labelsize=look.label_size, labelcolor=look.ink)
    axes.spines["bottom"].set_visible(False)


def _totals(axes: Axes, over: pd.DataFrame, valid: pd.DataFrame) -> None:
    look = appearance()
    top = -12 / ROW
    axes.text(13, top, _("合计"), ha="center", color=look.quiet, va="center_baseline")
    axes.text(14.9, top, _("超标率"), ha="center", color=look.quiet, va="center_baseline")
    for row, name in enumerate(over.index):
        days, of = int(over.loc[name].sum()), int(valid.loc[name].sum())
        total = _("{days}天").format(days=days) if of else "—"
        for x, text in ((13.0, total), (14.9, percent(days, of))):
            axes.text(x, row + 0.5, text, ha="center", va="center_baseline",
                      fontsize=look.label_size)  # fmt: skip


def _downloaded(over: pd.DataFrame, valid: pd.DataFrame) -> pd.DataFrame:
    counts = {"exceedance_days": over, "valid_days": valid}
    tidy = [
        frame.rename_axis("pollutant").melt(ignore_index=False, var_name="month", value_name=name)
        for name, frame in counts.items()
    ]
    keys = ["pollutant", "month"]
    return tidy[0].reset_index().merge(tidy[1].reset_index(), on=keys, validate="1:1")
