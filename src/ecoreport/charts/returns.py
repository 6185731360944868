"""What is reported period by period: which periods are there, and what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import clean, months
from ecoreport.charts.style import add_canvas, appearance, drawing, new_figure, readable_ink
from ecoreport.i18n import _

NAME_WIDTH = 264.0
PITCH = 58.0
GAP = 3.0
HEAD = 26.0
KEY = 34.0
ROW = 34.0
TILE = 24.0
STATES = ("fine", "wrong", "missing", "ahead")


@dataclass(frozen=True)
class Part:
    """One period of a return: its first and last month, and what is known of it."""

    first: int
    last: int
    state: str
    """``fine``, ``wrong`` (not done, or something happened), ``missing``, ``ahead``."""
    text: str = ""
    """Stands in the tile: a number of events."""


@dataclass(frozen=True)
class Return:
    """What is reported period by period."""

    label: str
    parts: Sequence[Part]


def returns_by_period(returns: Sequence[Return], words: Mapping[str, str], *, title: str) -> Chart:
    """Draw each return as a row of tiles along the months of the year.

    Parameters
    ----------
    returns : sequence of Return
        In the order shown; a quarter spans its three months.
    words : mapping
        State -> what it is called in the key.
    title : str
        The finding.

    Returns
    -------
    Chart
    """
    states = {part.state for one in returns for part in one.parts}
    entries = [_entry(state, words) for state in STATES if state in states]
    top = KEY + HEAD
    with drawing() as look:
        figure = new_figure("page", top + ROW * len(returns) + 4)
        canvas = add_canvas(figure)
        marks.key(canvas, [entries], NAME_WIDTH, 0)
        for number, name in enumerate(months()):
            middle = NAME_WIDTH + PITCH * number + (PITCH - GAP) / 2
            canvas.text(middle, top - 10, name, ha="center", color=look.quiet)
        for position, one in enumerate(returns):
            middle = top + ROW * (position + 0.5)
            marks.name_row(canvas, one.label, middle, NAME_WIDTH - 14)
            for part in one.parts:
                _tile(canvas, part, middle)
    n_missing = sum(part.state == "missing" for one in returns for part in one.parts)
    note = _("共 {count} 项，缺 {missing} 期。").format(count=len(returns), missing=n_missing)
    return Chart(figure, title, _alt(returns, words), _data(returns, words), note)


def _colour(state: str) -> str:
    look = appearance()
    return {"fine": look.accent_tint, "wrong": look.ink}.get(state, look.paper)


def _entry(state: str, words: Mapping[str, str]) -> marks.Entry:
    return marks.Entry(
        words[state], _colour(state), is_hatched=state == "missing", is_empty=state == "ahead"
    )


def _tile(canvas: Axes, part: Part, middle: float) -> None:
    look = appearance()
    left = NAME_WIDTH + PITCH * (part.first - 1)
    width = PITCH * (part.last - part.first + 1) - GAP
    box = (left, middle - TILE / 2, width, TILE)
    if part.state == "missing":
        marks.missing(canvas, [box])
        return
    edge = look.faint if part.state == "ahead" else look.cell_edge
    marks.rectangles(canvas, [box], _colour(part.state), edge=edge)
    canvas.text(left + width / 2, middle, part.text, ha="center", va="center_baseline",
                color=readable_ink(_colour(part.state)))  # fmt: skip


def _alt(returns: Sequence[Return], words: Mapping[str, str]) -> str:
    told = []
    for one in returns:
        counts = {state: sum(part.state == state for part in one.parts) for state in STATES}
        states = _("、").join(f"{words[state]} {n}" for state, n in counts.items() if n)
        told.append(_("{label}：{statuses}").format(label=clean(one.label), statuses=states))
    return _("方格图，各项按期报告的事项每期的情况：{words}").format(words=_("；").join(told))


def _data(returns: Sequence[Return], words: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "return": clean(one.label),
                "first_month": part.first,
                "last_month": part.last,
                "state": words[part.state],
                "events": part.text,
            }
            for one in returns
            for part in one.parts
        ]
    )
