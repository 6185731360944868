"""The rest of the year: what is still allowed, and what earlier years did in the same months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import aqi_categories, day, months
from ecoreport.charts.style import add_axes, appearance, drawing, new_figure
from ecoreport.i18n import _

LEFT = 44.0
TOP = 32.0
RIGHT = 196.0
HEIGHT = 250.0
BOTTOM = 28.0
HEADROOM = 1.12
FEWEST_ON_SCALE = 10
# Room that the label of the year in question takes to the right of its last day.
OWN_LABEL_DAYS = 100
LOWEST_WITH_LABEL_BELOW = 24.0
# Any leap year: all years are laid upon one calendar of 366 days.
LEAP_YEAR = 2020


def rest_of_year(
    aqi_by_year: Mapping[int, pd.DataFrame],
    as_of: dt.date,
    *,
    title: str,
    allowed_days: int | None,
    allowed_name: str,
) -> Chart:
    """Draw the days over 良, added up through the year, beside earlier years and what is allowed.

    Parameters
    ----------
    aqi_by_year : mapping
        Year -> one place on a DatetimeIndex with ``category`` (missing: too few data). The year
        of `as_of` is the one in question; all others are shown beside it.
    as_of : datetime.date
        Last day with data.
    title : str
        The finding.
    allowed_days : int or None
        Days over 良 that the target allows in the whole year.
    allowed_name : str
        What that is called, e.g. 目标允许.

    Returns
    -------
    Chart
    """
    courses = {
        year: _course(aqi, year, as_of if year == as_of.year else None)
        for year, aqi in sorted(aqi_by_year.items())
    }
    missing = {year: int(aqi["over"].isna().sum()) for year, aqi in courses.items()}
    so_far = _last(courses[as_of.year])
    highest = max([FEWEST_ON_SCALE, allowed_days or 0, *map(_last, courses.values())])
    top = highest * HEADROOM
    with drawing() as look:
        figure = new_figure("page", TOP + HEIGHT + BOTTOM)
        axes = add_axes(figure, LEFT, TOP, look.widths["page"] - LEFT - RIGHT, HEIGHT)
        axes.set(xlim=(0, 366), ylim=(0, top))
        axes.locator_params(axis="y", nbins=5, integer=True)
        axes.grid(axis="y")
        _name_month_ticks(axes)
        labels = _earlier(axes, courses, missing, as_of.year)
        if allowed_days is not None:
            axes.axhline(allowed_days, color=look.ink, linewidth=1.2, dashes=(4, 3))
            name = _("{name} {days}天").format(name=allowed_name, days=allowed_days)
            labels.append((float(allowed_days), name, look.ink))
        own = courses[as_of.year]
        _own(axes, own, as_of, so_far, allowed_days)
        own_label = _own_label(as_of, so_far, missing)
        at = float(own["place"].iloc[-1])
        if at + OWN_LABEL_DAYS < 366:
            is_low = so_far / top * HEIGHT < LOWEST_WITH_LABEL_BELOW
            axes.annotate(own_label, (at, so_far), xytext=(8, 8 if is_low else -16),
                          color=look.accent, textcoords="offset points")  # fmt: skip
        else:
            labels.append((float(so_far), own_label, look.accent))
        marks.end_labels(axes, labels, 369, HEIGHT / top)
        marks.head(axes, _head(as_of, so_far, allowed_days), LEFT - 12)
    return Chart(
        figure, title, _alt(courses, as_of, allowed_name, allowed_days),
        _downloaded(courses), _note(missing, as_of),
    )  # fmt: skip


def _course(aqi: pd.DataFrame, year: int, until: dt.date | None) -> pd.DataFrame:
    """Return for each day due whether it was over 良, the days so far, and its place in a year."""
    good = {category.name for category in aqi_categories() if category.is_good}
    days = pd.date_range(f"{year}-01-01", until or f"{year}-12-31", name="date")
    category = aqi["category"].astype(object).reindex(days)
    over = (~category.isin(good)).where(category.notna())
    place = [dt.date(LEAP_YEAR, date.month, date.day).timetuple().tm_yday for date in days]
    return pd.DataFrame({"over": over, "so_far": over.eq(True).cumsum(), "place": place})


def _last(course: pd.DataFrame) -> int:
    return int(course["so_far"].iloc[-1])


def _name_month_ticks(axes: Axes) -> None:
    starts = np.array([dt.date(LEAP_YEAR, month, 1).timetuple().tm_yday for month in range(1, 13)])
    axes.set_xticks((starts + np.append(starts[1:], 367)) / 2 - 1, months())
    axes.vlines(starts[1:] - 1, 0, axes.get_ylim()[1], color=appearance().faint, linewidth=0.6)


def _earlier(
    axes: Axes, courses: Mapping[int, pd.DataFrame], missing: Mapping[int, int], year: int
) -> list[tuple[float, str, str]]:
    look = appearance()
    labels = []
    for other, course in courses.items():
        if other != year:
            axes.step(course["place"], course["so_far"], where="post", color=look.course,
                      linewidth=1.2)  # fmt: skip
            last = _last(course)
            labels.append((float(last), _year_label(other, last, missing), look.quiet))
    return labels


def _year_label(year: int, days: int, missing: Mapping[int, int]) -> str:
    if missing[year]:
        return _("{year}年 {days}天（缺{missing}天）").format(
            year=year, days=days, missing=missing[year]
        )
    return _("{year}年 {days}天").format(year=year, days=days)


def _own(
    axes: Axes, own: pd.DataFrame, as_of: dt.date, so_far: int, allowed_days: int | None
) -> None:
    look = appearance()
    axes.step(own["place"], own["so_far"], where="post", color=look.accent, linewidth=2.6)
    end = float(own["place"].iloc[-1])
    if allowed_days is not None and (as_of.month, as_of.day) != (12, 31) and allowed_days >= so_far:
        axes.plot([end, 366], [so_far, allowed_days], color=look.accent, linewidth=1.4,
                  dashes=(3, 2))  # fmt: skip
    axes.plot([end], [so_far], marker="o", markersize=7, color=look.accent, clip_on=False)


def _own_label(as_of: dt.date, so_far: int, missing: Mapping[int, int]) -> str:
    label = _year_label(as_of.year, so_far, missing)
    if (as_of.month, as_of.day) == (12, 31):
        return label
    return _("{label}，截至{date}").format(label=label, date=day(as_of))


def _head(as_of: dt.date, so_far: int, allowed_days: int | None) -> str:
    head = _("累计超标天数（轻度污染及以上）")
    rest = (dt.date(as_of.year, 12, 31) - as_of).days
    if allowed_days is None or not rest:
        return head
    if so_far > allowed_days:
        return head + _("；已比全年允许多 {days}天").format(days=so_far - allowed_days)
    return head + _("；剩余{rest}天最多再超标{days}天").format(
        rest=rest, days=allowed_days - so_far
    )


def _alt(
    courses: Mapping[int, pd.DataFrame],
    as_of: dt.date,
    allowed_name: str,
    allowed_days: int | None,
) -> str:
    words = [
        _("{year}年 {days}天").format(year=year, days=_last(course))
        for year, course in courses.items()
    ]
    alt = _("折线图，各年累计超标天数，{year}年截至{date}：{words}").format(
        year=as_of.year, date=day(as_of), words=_("、").join(words)
    )
    if allowed_days is None:
        return alt
    return alt + _("；{name} {days}天").format(name=allowed_name, days=allowed_days)


def _downloaded(courses: Mapping[int, pd.DataFrame]) -> pd.DataFrame:
    data = pd.concat([course.drop(columns="place").reset_index() for course in courses.values()])
    return data.rename(columns={"over": "exceeds", "so_far": "exceedance_days_so_far"})


def _note(missing: Mapping[int, int], as_of: dt.date) -> str:
    note = _("数据截至{date}。缺测日不计入超标：").format(date=day(as_of))
    years = [_("{year}年缺{days}天").format(year=year, days=days) for year, days in missing.items()]
    return note + _("、").join(years) + _("。")
