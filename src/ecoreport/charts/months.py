"""Month by month: when in the year is the air bad, and of what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import aqi_categories, fill, months
from ecoreport.charts.style import add_axes, add_canvas, appearance, drawing, new_figure
from ecoreport.i18n import _
from ecoreport.symbols import pollutants, symbol

LEFT = 44.0
TOP = 26.0
HEIGHT = 210.0
UNDER_AXES = 30.0
TOO_FEW = "too_few"
NOT_YET = "not_yet"
FEWEST_DAYS_ON_SCALE = 10.0


@dataclass(frozen=True)
class Columns:
    """A figure with axes for twelve columns and a key below."""

    figure: Figure
    axes: Axes


def category_shares_by_month(
    aqi: pd.DataFrame, year: int, *, title: str, as_of: dt.date | None = None
) -> Chart:
    """Stack the days of each month by AQI category, worst at the bottom.

    A column is a whole month: days without valid data are hatched, days to come left empty.
    The polluted days stand on the baseline, where their share can be compared.

    Parameters
    ----------
    aqi : pandas.DataFrame
        One place on a DatetimeIndex: ``category`` (Chinese name, missing where the day has too
        few data).
    year : int
    title : str
        The finding.
    as_of : datetime.date, optional
        Last day with data.

    Returns
    -------
    Chart
    """
    counts = _days_by_category(aqi, year, as_of)
    totals = counts.sum()
    entries = _category_entries(totals)
    counts = counts[[name for name in counts if name in entries]]
    categories = [entries[one.name] for one in aqi_categories() if one.name in entries]
    others = [entries[name] for name in (TOO_FEW, NOT_YET) if name in entries]
    key = [*categories, *others]
    with drawing():
        frame = twelve_columns(key)
        shares = counts.div(counts.sum(axis=1), axis=0) * 100
        frame.axes.set(ylim=(0, 100), yticks=[0, 50, 100], yticklabels=["0", "50", "100%"])
        marks.stacks(frame.axes, counts, shares, list(entries.values()), HEIGHT / 100)
        marks.head(frame.axes, _("占当月天数的比例，柱内为天数"))
    words = _("、").join(entry.label for entry in key)
    few = int(totals[TOO_FEW])
    due = int(totals.sum() - totals[NOT_YET])
    return Chart(
        frame.figure,
        title,
        _("堆积柱形图，{year}年各月空气质量类别天数。合计：{words}").format(year=year, words=words),
        counts.rename(columns={one.name: one.label for one in aqi_categories()})
        .rename_axis("month")
        .reset_index(),
        _("有效 {valid} 天，数据缺失或不足 {few} 天（共 {due} 天）。").format(
            valid=due - few, few=few, due=due
        ),
    )


def primary_pollutants_by_month(
    aqi: pd.DataFrame, year: int, *, title: str, as_of: dt.date | None = None
) -> Chart:
    """Stack the days of each month by primary pollutant.

    Parameters
    ----------
    aqi : pandas.DataFrame
        One place on a DatetimeIndex: ``category`` and ``primary_pollutants`` (a list of
        pollutants, empty up to an AQI of 50).
    year : int
    title : str
        The finding.
    as_of : datetime.date, optional
        Last day with data; months to come are left empty.

    Returns
    -------
    Chart
    """
    valid = aqi[aqi["category"].notna() & (_dates(aqi).year == year)]
    named = valid["primary_pollutants"].explode().dropna()
    by_month = pd.crosstab(_dates(named).month, named.to_numpy())
    order = [name for name in pollutants() if name in by_month]
    order += sorted({str(name) for name in by_month} - set(order))
    counts = by_month.reindex(index=range(1, 13), columns=order, fill_value=0)
    entries = [
        marks.Entry(
            _("{pollutant} {days}天").format(pollutant=symbol(name), days=counts[name].sum()),
            fill(name),
        )
        for name in order
    ]
    with drawing():
        frame = twelve_columns(entries)
        highest = max(FEWEST_DAYS_ON_SCALE, float(counts.sum(axis=1).max()) * 1.05)
        frame.axes.set_ylim(0, highest)
        frame.axes.set_yticks([0, 10, 20, 30][: int(highest // 10) + 1])
        marks.stacks(frame.axes, counts, counts.astype(float), entries, HEIGHT / highest)
        _hatch_months_without_data(frame.axes, valid, highest, as_of)
        marks.head(frame.axes, _("天"))
    several = int((valid["primary_pollutants"].map(len) > 1).sum())
    return Chart(
        frame.figure,
        title,
        _("堆积柱形图，{year}年各月首要污染物天数。合计：{words}").format(
            year=year, words=_("、").join(entry.label for entry in entries) or "—"
        ),
        counts.rename_axis("month").reset_index(),
        _("有效 {valid} 天，有首要污染物 {days} 天，其中并列 {several} 天各计一次。").format(
            valid=len(valid), days=named.index.nunique(), several=several
        ),
    )


def _dates(frame: pd.DataFrame | pd.Series[str]) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(frame.index)


def _days_by_category(aqi: pd.DataFrame, year: int, as_of: dt.date | None) -> pd.DataFrame:
    """Return months (rows) by state of the day (columns), from the bottom of the columns up."""
    calendar = pd.date_range(f"{year}-01-01", f"{year}-12-31")
    state = aqi["category"].astype(object).reindex(calendar)
    state = state.where(state.notna(), TOO_FEW)
    if as_of is not None:
        state[calendar > pd.Timestamp(as_of)] = NOT_YET
    names = [category.name for category in reversed(aqi_categories())]
    if unknown := set(state) - {*names, TOO_FEW, NOT_YET}:
        raise ValueError(f"not a category: {sorted(map(str, unknown))}")
    table = pd.crosstab(calendar.month, state.to_numpy())
    return table.reindex(columns=[*names, TOO_FEW, NOT_YET], fill_value=0)


def _category_entries(totals: pd.Series[int]) -> dict[str, marks.Entry]:
    look = appearance()
    entries = {
        one.name: marks.Entry(
            _("{category} {days}天").format(category=one.label, days=totals[one.name]), one.colour
        )
        for one in reversed(aqi_categories())
        if totals[one.name]
    }
    if totals[TOO_FEW]:
        label = _("数据缺失或不足 {days}天").format(days=totals[TOO_FEW])
        entries[TOO_FEW] = marks.Entry(label, look.missing, is_hatched=True)
    if totals[NOT_YET]:
        label = _("尚未到 {days}天").format(days=totals[NOT_YET])
        entries[NOT_YET] = marks.Entry(label, look.paper, is_empty=True)
    return entries


def twelve_columns(entries: Sequence[marks.Entry]) -> Columns:
    """Return axes for the twelve months, with a key below them."""
    width = appearance().widths["text"]
    lines = marks.key_lines(entries, width - LEFT)
    key_top = TOP + HEIGHT + UNDER_AXES
    figure = new_figure("text", key_top + marks.KEY_LINE * len(lines) + 2)
    marks.key(add_canvas(figure), lines, LEFT, key_top)
    axes = add_axes(figure, LEFT, TOP, width - LEFT, HEIGHT)
    axes.set(xlim=(0.5, 12.5), xticks=range(1, 13), xticklabels=months())
    return Columns(figure, axes)


def _hatch_months_without_data(
    axes: Axes, valid: pd.DataFrame, highest: float, as_of: dt.date | None
) -> None:
    begun = range(1, (as_of.month if as_of else 12) + 1)
    absent = sorted(set(begun) - set(_dates(valid).month))
    width = marks.STACK_WIDTH
    marks.missing(axes, [(month - width / 2, 0, width, highest) for month in absent])
