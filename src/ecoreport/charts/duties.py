"""Duties without a number: what is done, under way and open, over the years or by theme."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import clean, shortened
from ecoreport.charts.style import add_canvas, appearance, drawing, new_figure, readable_ink
from ecoreport.i18n import _

NAME_WIDTH = 316.0
TILE_WIDTH = 96.0
TILE_HEIGHT = 24.0
TILE_GAP = 4.0
ROW = 30.0
THEME = 30.0
HEAD = 26.0
EVIDENCE_GAP = 16.0
SQUARE = 15.0
SQUARE_PITCH = 19.0
COUNT_WIDTH = 64.0
PADDING = 10.0
OPEN = "open"
"""Status of what nobody confirmed."""
SHADES = {"done": 1.0, "mostly_done": 0.5, "started": 0.22}
"""How far a status lies on the way from a trace of the accent to the accent itself."""


@dataclass(frozen=True)
class Duty:
    """One duty: its status by year, and the papers behind the last one."""

    label: str
    theme: str
    statuses: Mapping[int, str]
    """Code of the status by year; a year without a confirmation is not in it."""
    evidence: str = ""


def duties_over_years(
    duties: Sequence[Duty], years: Sequence[int], words: Mapping[str, str], *, title: str
) -> Chart:
    """Draw each duty as a row of tiles, one a year, with its status in words and in tint.

    Parameters
    ----------
    duties : sequence of Duty
        In the order shown; consecutive ones of one theme stand below its name.
    years : sequence of int
        In order.
    words : mapping
        Status -> its word.
    title : str
        The finding.

    Returns
    -------
    Chart
    """
    groups = [(theme, list(run)) for theme, run in groupby(duties, key=lambda one: one.theme)]
    themes = [theme for theme, _run in groups] if len(groups) > 1 else []
    with drawing() as look:
        figure = new_figure("page", HEAD + ROW * len(duties) + THEME * len(themes) + 4)
        canvas = add_canvas(figure)
        _head(canvas, years, has_evidence=any(one.evidence for one in duties))
        top = HEAD
        for theme, run in groups:
            if themes:
                text = shortened(theme, look.widths["page"])
                canvas.text(0, top + THEME - 10, text, color=look.quiet)
                top += THEME
            for one in run:
                _row(canvas, one, years, words, top + ROW / 2)
                top += ROW
    data = _data(duties, years, words)
    return Chart(figure, title, _alt(duties, words), data, _note(duties, years))


def _head(canvas: Axes, years: Sequence[int], *, has_evidence: bool) -> None:
    look = appearance()
    for column, year in enumerate(years):
        middle = _tile_left(column) + TILE_WIDTH / 2
        canvas.text(middle, HEAD - 10, str(year), ha="center", color=look.quiet)
    if has_evidence:
        left = _tile_left(len(years)) + EVIDENCE_GAP
        canvas.text(left, HEAD - 10, _("佐证"), color=look.quiet)


def _row(
    canvas: Axes, duty: Duty, years: Sequence[int], words: Mapping[str, str], middle: float
) -> None:
    marks.name_row(canvas, duty.label, middle, NAME_WIDTH - 14)
    for column, year in enumerate(years):
        _tile(canvas, duty.statuses.get(year, OPEN), words, column, middle)
    left = _tile_left(len(years)) + EVIDENCE_GAP
    canvas.text(left, middle, duty.evidence, va="center_baseline")


def _tile_left(column: int) -> float:
    return NAME_WIDTH + (TILE_WIDTH + TILE_GAP) * column


def _tile(
    canvas: Axes, status: str, words: Mapping[str, str], column: int, middle: float
) -> None:  # fmt: skip
    left = _tile_left(column)
    _box(canvas, [(left, middle - TILE_HEIGHT / 2, TILE_WIDTH, TILE_HEIGHT)], status)
    if status != OPEN:
        text = shortened(words[status], TILE_WIDTH - 6)
        canvas.text(left + TILE_WIDTH / 2, middle, text, ha="center", va="center_baseline",
                    color=readable_ink(_colour(status)))  # fmt: skip


def _box(canvas: Axes, boxes: Sequence[marks.Rectangle], status: str) -> None:
    if status == OPEN:
        marks.missing(canvas, boxes)
    else:
        marks.rectangles(canvas, boxes, _colour(status), edge=appearance().cell_edge)


def _colour(status: str) -> str:
    look = appearance()
    if status not in SHADES:
        return look.paper
    scale = LinearSegmentedColormap.from_list("shades", [look.accent_trace, look.accent])
    return str(to_hex(scale(SHADES[status])))


def duties_by_theme(counts: pd.DataFrame, words: Mapping[str, str], *, title: str) -> Chart:
    """Draw each duty as a square, one row of squares a theme, ordered by status.

    Parameters
    ----------
    counts : pandas.DataFrame
        Duties: one row a theme (its name as index), one column a status.
    words : mapping
        Status -> its word; ``open`` is what nobody confirmed. The order is that of the squares.
    title : str
        The finding.

    Returns
    -------
    Chart
    """
    shown = [status for status in words if status in counts and counts[status].sum()]
    kept = counts[shown].astype(int)
    entries = [
        marks.Entry(words[status], _colour(status), is_hatched=status == OPEN) for status in shown
    ]
    with drawing() as look:
        width = look.widths["page"]
        across = int((width - NAME_WIDTH - COUNT_WIDTH) // SQUARE_PITCH)
        heights = [SQUARE_PITCH * math.ceil(total / across) + PADDING for total in kept.sum(axis=1)]
        key = marks.key_lines(entries, width)
        top = marks.KEY_LINE * len(key) + 12
        figure = new_figure("page", top + sum(heights) + 4)
        canvas = add_canvas(figure)
        marks.key(canvas, key, 0, 0)
        for (theme, row), height in zip(kept.iterrows(), heights, strict=True):
            canvas.hlines([top], 0, width, color=look.faint, linewidth=0.8)
            marks.name_row(canvas, theme, top + height / 2, NAME_WIDTH - 16)
            _squares(canvas, row, top + PADDING / 2, across)
            canvas.text(width, top + height / 2, _share(row), ha="right",
                        va="center_baseline", fontsize=look.label_size)  # fmt: skip
            top += height
    data = kept.rename(columns=dict(words)).rename_axis("theme").reset_index()
    note = _("每个方格为一项，右边为已完成的项数和总项数。共 {count} 项。")
    count = int(kept.to_numpy().sum())
    return Chart(figure, title, _alt_themes(kept, words), data, note.format(count=count))


def _share(row: pd.Series) -> str:
    return f"{int(row.get('done', 0))} / {int(row.sum())}"


def _squares(canvas: Axes, row: pd.Series, top: float, across: int) -> None:
    place = 0
    for status, count in zip(map(str, row.index), row.tolist(), strict=True):
        places = [divmod(number, across) for number in range(place, place + count)]
        _box(
            canvas,
            [
                (NAME_WIDTH + SQUARE_PITCH * column, top + SQUARE_PITCH * line + 2, SQUARE, SQUARE)
                for line, column in places
            ],
            status,
        )
        place += count


def _alt(duties: Sequence[Duty], words: Mapping[str, str]) -> str:
    told = _("；").join(
        _("{label}：{statuses}").format(
            label=clean(one.label),
            statuses=_("、").join(f"{year} {words[status]}" for year, status in known) or "—",
        )
        for one in duties
        for known in (sorted(one.statuses.items()),)
    )
    return _("方格图，各项工作逐年的完成状态：{words}").format(words=told)


def _alt_themes(counts: pd.DataFrame, words: Mapping[str, str]) -> str:
    told = _("；").join(
        _("{label}：{statuses}").format(
            label=clean(theme),
            statuses=_("、").join(f"{words[str(name)]} {n}" for name, n in row.items() if n),
        )
        for theme, row in counts.iterrows()
    )
    return _("方格图，各部分工作按完成状态的项数：{words}").format(words=told)


def _data(duties: Sequence[Duty], years: Sequence[int], words: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "theme": clean(one.theme),
                "duty": clean(one.label),
                "year": year,
                "status": words[one.statuses[year]] if year in one.statuses else "",
            }
            for one in duties
            for year in years
        ]
    )


def _note(duties: Sequence[Duty], years: Sequence[int]) -> str:
    note = _("共 {count} 项。").format(count=len(duties))
    if any(year not in one.statuses for one in duties for year in years):
        note += _("斜纹为这一年没有认定。")
    return note
