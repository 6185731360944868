"""The year day by day: how clean was each day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
from matplotlib.axes import Axes

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import Category, aqi_categories, months, weekdays
from ecoreport.charts.style import add_canvas, appearance, drawing, new_figure, readable_ink
from ecoreport.i18n import _

LEFT = 44.0
RIGHT = 2.0
TOP = 26.0
BETWEEN_CELLS = 1.5
MONTH_GAP_IN_CELLS = 0.5
CELL_ASPECT = 1.2
WEEKDAYS_NAMED = (0, 2, 4, 6)
TOO_FEW = "too_few"
NOT_YET = "not_yet"


def year_calendar(
    aqi: pd.DataFrame, year: int, *, title: str, as_of: dt.date | None = None
) -> Chart:
    """Draw each day of a year in the colour of its AQI category, weeks across, weekdays down.

    Days above 良 carry one dot for each category above it, so that the chart reads in greyscale
    and by the colour-blind.

    Parameters
    ----------
    aqi : pandas.DataFrame
        One place on a DatetimeIndex: ``aqi``, ``category`` (Chinese name, missing where the day
        has too few data), ``primary_pollutants``.
    year : int
    title : str
        The finding.
    as_of : datetime.date, optional
        Last day with data; later days are left empty.

    Returns
    -------
    Chart
    """
    days = _days(aqi, year, as_of)
    categories = aqi_categories()
    counts = days["state"].value_counts()
    entries = _entries(categories, counts)
    with drawing() as look:
        lines = marks.key_lines(entries, look.widths["page"] - LEFT)
        step, rows = _pitch(days, look.widths["page"] - LEFT - RIGHT)
        key_top = TOP + 7 * rows + 10
        figure = new_figure("page", key_top + marks.KEY_LINE * len(lines) + 4)
        canvas = add_canvas(figure)
        boxes = {str(state): _boxes(group, step, rows) for state, group in days.groupby("state")}
        _draw_days(canvas, boxes, categories)
        _name_months(canvas, days, step)
        for weekday in WEEKDAYS_NAMED:
            middle = TOP + (weekday + 0.5) * rows
            canvas.text(LEFT - 8, middle, weekdays()[weekday], ha="right",
                        va="center_baseline", color=look.quiet)  # fmt: skip
        marks.key(canvas, lines, LEFT, key_top)
    return Chart(
        figure,
        title,
        _("日历图，{year}年逐日空气质量类别：{counts}").format(
            year=year, counts=_("、").join(entry.label for entry in entries)
        ),
        _downloaded(days),
        _note(counts, len(days)),
    )


def _days(aqi: pd.DataFrame, year: int, as_of: dt.date | None) -> pd.DataFrame:
    """Return one row a day of the year with its place in the calendar and its state."""
    calendar = pd.date_range(f"{year}-01-01", f"{year}-12-31", name="date")
    days = aqi.reindex(calendar)
    known = [category.name for category in aqi_categories()]
    days["state"] = days["category"].astype(object).where(days["category"].notna(), TOO_FEW)
    if unknown := set(days["state"]) - {*known, TOO_FEW}:
        raise ValueError(f"not a category: {sorted(map(str, unknown))}")
    if as_of is not None:
        days.loc[calendar > pd.Timestamp(as_of), "state"] = NOT_YET
    days["weekday"] = calendar.day_of_week
    days["week"] = (calendar.day_of_year - 1 + calendar[0].weekday()) // 7
    days["month"] = calendar.month
    return days


def _pitch(days: pd.DataFrame, width: float) -> tuple[float, float]:
    columns = int(days["week"].max()) + 1 + 11 * MONTH_GAP_IN_CELLS
    step = width / columns
    return step, step * CELL_ASPECT


def _boxes(days: pd.DataFrame, step: float, rows: float) -> list[marks.Rectangle]:
    left = LEFT + (days["week"] + MONTH_GAP_IN_CELLS * (days["month"] - 1)) * step
    top = TOP + days["weekday"] * rows
    size = (step - BETWEEN_CELLS, rows - BETWEEN_CELLS)
    return [(float(x), float(y), *size) for x, y in zip(left, top, strict=True)]


def _draw_days(
    canvas: Axes, boxes: dict[str, list[marks.Rectangle]], categories: list[Category]
) -> None:
    look = appearance()
    marks.missing(canvas, boxes.get(TOO_FEW, []))
    marks.rectangles(canvas, boxes.get(NOT_YET, []), look.paper, edge=look.faint)
    for category in categories:
        cells = boxes.get(category.name, [])
        marks.rectangles(canvas, cells, category.colour, edge=look.cell_edge)
        centres = [
            centre
            for left, top, width, height in cells
            for centre in marks.dice(
                left + width / 2, top + height / 2, _dots(category, categories)
            )
        ]
        marks.dots(canvas, centres, readable_ink(category.colour))


def _dots(category: Category, categories: list[Category]) -> int:
    good = sum(one.is_good for one in categories)
    return max(0, categories.index(category) + 1 - good)


def _name_months(canvas: Axes, days: pd.DataFrame, step: float) -> None:
    for month, name in enumerate(months(), 1):
        first_week = days.loc[days["month"] == month, "week"].min()
        # A month that begins in midweek is named over its first whole week.
        begins_midweek = days.loc[days["month"] == month, "weekday"].iloc[0] > 0
        column = first_week + begins_midweek + MONTH_GAP_IN_CELLS * (month - 1)
        canvas.text(LEFT + column * step, TOP - 9, name, va="baseline")


def _entries(categories: list[Category], counts: pd.Series[int]) -> list[marks.Entry]:
    look = appearance()
    entries = [
        marks.Entry(
            _("{category} {days}天").format(category=one.label, days=counts.get(one.name, 0)),
            one.colour,
            dots=_dots(one, categories),
        )
        for one in categories
    ]
    unknown = marks.Entry("", look.missing)
    if few := counts.get(TOO_FEW, 0):
        label = _("数据缺失或不足 {days}天").format(days=few)
        entries.append(replace(unknown, label=label, is_hatched=True))
    if rest := counts.get(NOT_YET, 0):
        label = _("尚未到 {days}天").format(days=rest)
        entries.append(replace(unknown, label=label, colour=look.paper, is_empty=True))
    return entries


def _downloaded(days: pd.DataFrame) -> pd.DataFrame:
    data = days.loc[days["state"] != NOT_YET, ["aqi", "category", "primary_pollutants"]].copy()
    labels = {category.name: category.label for category in aqi_categories()}
    data["category"] = data["category"].astype(object).replace(labels)
    data["primary_pollutants"] = data["primary_pollutants"].map(
        lambda names: ",".join(names) if isinstance(names, list) else ""
    )
    return data.reset_index()


def _note(counts: pd.Series[int], days: int) -> str:
    few = int(counts.get(TOO_FEW, 0))
    due = days - int(counts.get(NOT_YET, 0))
    return _("有效 {valid} 天，数据缺失或不足 {few} 天（共 {due} 天）。").format(
        valid=due - few, few=few, due=due
    )
