"""Year by year: is it getting better, and as fast as the plan asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby, pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import number, shortened
from ecoreport.charts.style import add_axes, appearance, drawing, new_figure
from ecoreport.i18n import _

LEFT = 44.0
TOP = 40.0
RIGHT = 126.0
HEIGHT = 236.0
BOTTOM = 28.0
HEADROOM = 1.2
OVER_POINT = 8.0
BESIDE_LINE = 5.0
ROOM_FOR_YEAR = 36.0


@dataclass(frozen=True)
class YearValue:
    """One year's value."""

    year: int
    value: float | None
    basis: str = ""
    """口径, e.g. 标况, 实况: values of different bases are not joined."""
    is_valid: bool = True
    """False: too few data, shown for reference only."""


def trend_with_path(
    values: Sequence[YearValue],
    path: Mapping[int, float],
    *,
    title: str,
    quantity: str,
    decimals: int,
    target_name: str,
) -> Chart:
    """Draw yearly values as a line and the plan's path to its target as a wedge.

    The wedge lies between the path's first value and the path: it is what the plan asks to be
    gained. The line breaks where a year is missing and where the basis changes.

    Parameters
    ----------
    values : sequence of YearValue
        In any order; missing years are hatched.
    path : mapping
        Year -> value that the plan's document gives (base year, interim points, target); empty
        where it gives none.
    title : str
        The finding.
    quantity : str
        What is drawn, with its unit.
    decimals : int
        Decimals of the values.
    target_name : str
        What the end of the path is called, e.g. 规划目标.

    Returns
    -------
    Chart
    """
    given = [*(one.year for one in values), *path]
    years = range(min(given, default=0), max(given, default=-1) + 1)
    by_year = {one.year: one for one in values}
    ordered = [by_year.get(year, YearValue(year, None)) for year in years]
    known = [one for one in ordered if one.value is not None]
    top = max([0.0, *(float(one.value or 0) for one in known), *path.values()]) * HEADROOM or 1.0
    with drawing() as look:
        figure = new_figure("text", TOP + HEIGHT + BOTTOM)
        axes = add_axes(figure, LEFT, TOP, look.widths["text"] - LEFT - RIGHT, HEIGHT)
        axes.set(xlim=(years.start - 0.5, max(years.stop, years.start + 1) - 0.5), ylim=(0, top))
        axes.locator_params(axis="y", nbins=5)
        axes.grid(axis="y")
        named = _named(years)
        axes.set_xticks(named, [str(year) for year in named])
        _wedge(axes, path)
        _hatch_missing(axes, ordered, top)
        _line(axes, ordered)
        _points(axes, known)
        _name_values(axes, [one for one in known if one.year in named], path, decimals)
        _name_bases(axes, ordered, top)
        _name_path(axes, path, target_name, decimals, top)
        marks.head(axes, quantity, LEFT - 12)
        if not known and not path:
            marks.no_data(axes)
    return Chart(
        figure, title, _alt(quantity, known, path, target_name, decimals),
        pd.DataFrame([asdict(one) | {"path": path.get(one.year)} for one in ordered]),
        _note(ordered),
    )  # fmt: skip


def _named(years: range) -> list[int]:
    """Return every year, or as many as there is room to name, the last one among them."""
    pixels = (appearance().widths["text"] - LEFT - RIGHT) / max(1, len(years))
    step = 1 if pixels >= ROOM_FOR_YEAR else 2 if 2 * pixels >= ROOM_FOR_YEAR else 5
    return [year for year in years if (years[-1] - year) % step == 0]


def _wedge(axes: Axes, path: Mapping[int, float]) -> None:
    look = appearance()
    if len(path) < 2:
        return
    years = sorted(path)
    along = [path[year] for year in years]
    axes.fill_between(years, along, [along[0]] * len(years), color=look.accent_tint, linewidth=0)
    axes.plot(years, along, color=look.accent, linewidth=1.4, dashes=(4, 3))


def _hatch_missing(axes: Axes, ordered: Sequence[YearValue], top: float) -> None:
    """Hatch missing years between the first and the last with a value."""
    known = [position for position, one in enumerate(ordered) if one.value is not None]
    if not known:
        return
    absent = [
        (one.year - 0.5, 0.0, 1.0, top)
        for one in ordered[known[0] : known[-1]]
        if one.value is None
    ]
    marks.missing(axes, absent)


def _line(axes: Axes, ordered: Sequence[YearValue]) -> None:
    look = appearance()
    for one, following in pairwise(ordered):
        if None in {one.value, following.value} or one.basis != following.basis:
            continue
        axes.plot(
            [one.year, following.year],
            [float(one.value or 0), float(following.value or 0)],
            color=look.ink,
            linewidth=2.4,
        )


def _points(axes: Axes, known: Sequence[YearValue]) -> None:
    look = appearance()
    for one in known:
        face = look.ink if one.is_valid else look.paper
        axes.plot([one.year], [float(one.value or 0)], marker="o", markersize=7,
                  markerfacecolor=face, markeredgecolor=look.ink, markeredgewidth=1.4)  # fmt: skip


def _name_values(
    axes: Axes, known: Sequence[YearValue], path: Mapping[int, float], decimals: int
) -> None:
    """Write each value on the side away from the path, which would run through the figures."""
    years = sorted(path)
    for one in known:
        value = float(one.value or 0)
        is_on_path = bool(years) and years[0] <= one.year <= years[-1]
        is_below = is_on_path and value < np.interp(one.year, years, [path[year] for year in years])
        axes.annotate(
            number(value, decimals), (one.year, value), ha="center", textcoords="offset points",
            xytext=(0, -OVER_POINT if is_below else OVER_POINT), va="top" if is_below else "bottom",
        )  # fmt: skip


def _name_bases(axes: Axes, ordered: Sequence[YearValue], top: float) -> None:
    """Draw a line where the basis changes, and name each basis at the left of its years."""
    look = appearance()
    known = [one for one in ordered if one.value is not None]
    first_years = [next(run).year for _basis, run in groupby(known, key=lambda one: one.basis)]
    if len(first_years) < 2:
        return
    basis_of = {one.year: one.basis for one in known}
    starts = [axes.get_xlim()[0], *(year - 0.5 for year in first_years[1:])]
    pixels = [float(axes.transData.transform((x, 0))[0]) for x in starts]
    ends = [*pixels[1:], float(look.widths["text"])]
    axes.vlines(starts[1:], 0, top, color=look.quiet, linewidth=0.8)
    for year, x, left, right in zip(first_years, starts, pixels, ends, strict=True):
        axes.annotate(
            shortened(basis_of[year], right - left - 2 * BESIDE_LINE), (x, top),
            xytext=(BESIDE_LINE, -10), textcoords="offset points", color=look.quiet,
        )  # fmt: skip


def _name_path(
    axes: Axes, path: Mapping[int, float], target_name: str, decimals: int, top: float
) -> None:
    look = appearance()
    if not path:
        return
    year = max(path)
    label = f"{target_name} {number(path[year], decimals)}"
    axes.plot([year], [path[year]], marker="D", markersize=7, markerfacecolor=look.paper,
              markeredgecolor=look.accent, markeredgewidth=1.4, zorder=4)  # fmt: skip
    right = axes.get_xlim()[1]
    axes.plot([year, right], [path[year]] * 2, color=look.accent, linewidth=0.8)
    marks.end_labels(axes, [(path[year], label, look.accent)], right + 0.05, HEIGHT / top)


def _alt(
    quantity: str,
    known: Sequence[YearValue],
    path: Mapping[int, float],
    target_name: str,
    decimals: int,
) -> str:
    words = [f"{one.year} {number(one.value, decimals)}" for one in known] or [_("无有效数据")]
    alt = _("折线图，{quantity}：{values}").format(quantity=quantity, values=_("、").join(words))
    if path:
        alt += _("；{target}（{year}年）{value}").format(
            target=target_name, year=max(path), value=number(path[max(path)], decimals)
        )
    return alt


def _note(ordered: Sequence[YearValue]) -> str:
    known = [one for one in ordered if one.value is not None]
    note = _("有值 {count} 年。").format(count=len(known))
    if any(not one.is_valid for one in known):
        note += _("空心为有效数据不足，仅供参考。")
    if len({one.basis for one in known}) > 1:
        note += _("口径不同的年份不连线，不作比较。")
    return note
