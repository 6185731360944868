"""Districts by one indicator: who stands where, and how far from the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

import pandas as pd
from matplotlib.axes import Axes

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import clean, shortened, text_width, wrapped
from ecoreport.charts.style import add_canvas, appearance, drawing, new_figure
from ecoreport.i18n import _
from ecoreport.numbers import format_number

PLACE_RIGHT = 22.0
LABEL_LEFT = 34.0
LABEL_WIDTH = 126.0
VALUE_RIGHT = 214.0
BAR_LEFT = 230.0
BAR_WIDTH = 396.0
BAR = 14.0
HEAD = 28.0
TARGET_HEAD = 22.0
BLOCK_HEAD = 28.0
ROW = 28.0
LABEL_LINE = 13.0


@dataclass(frozen=True)
class Standing:
    """One district's value and its place among those it may be ranked with."""

    label: str
    value: Decimal | None
    place: int | None = None
    """None where the value is not ranked."""
    is_own: bool = False
    """Whether it is the district that the report is of."""
    is_valid: bool = True
    """False: too few data, shown for reference only."""
    reason: str = ""
    """What stands in the place of a missing value."""


@dataclass(frozen=True)
class Block:
    """Districts whose values are of one nature and basis: these are ranked by themselves."""

    name: str
    """What sets the block apart; empty where it is the only one."""
    standings: Sequence[Standing]


@dataclass(frozen=True)
class Target:
    """What is asked: drawn as a line across all blocks and named at the line."""

    value: Decimal
    name: str


def districts_by_indicator(
    blocks: Sequence[Block], target: Target | None, *, title: str, quantity: str
) -> Chart:
    """Draw each district's value as a bar from zero, sorted, with its place and the target.

    Parameters
    ----------
    blocks : sequence of Block
        In the order shown, each in its own order; nothing is sorted here.
    target : Target or None
    title : str
        The finding.
    quantity : str
        What is drawn, with its unit.

    Returns
    -------
    Chart
    """
    rows = [one for block in blocks for one in block.standings]
    known = [float(one.value) for one in rows if one.value is not None]
    reach = [0.0, *known, *([float(target.value)] if target else [])]
    low, high = min(reach), max(reach)
    scale = BAR_WIDTH / ((high - low) or 1.0)
    origin = BAR_LEFT - low * scale
    named = sum(bool(block.name) for block in blocks)
    head = HEAD + (TARGET_HEAD if target else 0)
    with drawing() as look:
        figure = new_figure("text", head + BLOCK_HEAD * named + ROW * len(rows) + 4)
        canvas = add_canvas(figure)
        canvas.text(0, 12, shortened(quantity, look.widths["text"]), va="center_baseline",
                    color=look.quiet)  # fmt: skip
        top = bottom = head
        for block in blocks:
            if block.name:
                name = shortened(block.name, look.widths["text"])
                canvas.text(0, top + BLOCK_HEAD / 2, name, va="center_baseline", color=look.quiet)
                top += BLOCK_HEAD
            for one in block.standings:
                _row(canvas, one, top + ROW / 2, origin, scale)
                top += ROW
                bottom = bottom if one.value is None else top
        if target:
            _target(canvas, target, origin + float(target.value) * scale, head, bottom)
    return Chart(figure, title, _alt(blocks, target, quantity), _data(blocks), _note(blocks))


def _target(canvas: Axes, target: Target, x: float, top: float, bottom: float) -> None:
    look = appearance()
    canvas.plot([x, x], [top - 4, bottom], color=look.ink, linewidth=1.4, dashes=(4, 3), zorder=3)
    half = text_width(target.name) / 2
    centre = min(max(x, half), look.widths["text"] - half)
    canvas.text(centre, top - 14, target.name, ha="center", va="center_baseline", color=look.ink)


def _row(canvas: Axes, one: Standing, middle: float, origin: float, scale: float) -> None:
    look = appearance()
    if one.place is not None:
        canvas.text(PLACE_RIGHT, middle, str(one.place), ha="right", va="center_baseline",
                    fontsize=look.label_size)  # fmt: skip
    colour = look.accent if one.is_own else look.ink
    lines = wrapped(one.label, LABEL_WIDTH, 2)
    for line, words in enumerate(lines):
        y = middle + (line - (len(lines) - 1) / 2) * LABEL_LINE
        canvas.text(LABEL_LEFT, y, words, va="center_baseline", color=colour)
    if one.value is None:
        canvas.text(BAR_LEFT, middle, one.reason, va="center_baseline", color=look.quiet)
        return
    length = float(one.value) * scale
    box = (origin + min(0.0, length), middle - BAR / 2, abs(length), BAR)
    if one.is_valid:
        marks.rectangles(canvas, [box], look.accent if one.is_own else look.course)
    else:
        marks.missing(canvas, [box])
    canvas.text(VALUE_RIGHT, middle, format_number(one.value), ha="right", va="center_baseline",
                fontsize=look.label_size)  # fmt: skip


def _alt(blocks: Sequence[Block], target: Target | None, quantity: str) -> str:
    words = _("；").join(
        (_("{name}：{rows}").format(name=block.name, rows=rows) if block.name else rows)
        for block in blocks
        for rows in (_("、").join(map(_spoken, block.standings)),)
    )
    said = _("条形图，{quantity}。{words}").format(quantity=quantity, words=words)
    return said + (_("；{target}").format(target=target.name) if target else "")


def _spoken(one: Standing) -> str:
    value = one.reason if one.value is None else format_number(one.value)
    if one.place is None:
        return f"{clean(one.label)} {value}"
    return _("第{place}位 {label} {value}").format(
        place=one.place, label=clean(one.label), value=value
    )


def _data(blocks: Sequence[Block]) -> pd.DataFrame:
    rows = [asdict(one) | {"block": block.name} for block in blocks for one in block.standings]
    return pd.DataFrame(rows).rename(columns={"label": "district"})


def _note(blocks: Sequence[Block]) -> str:
    rows = [one for block in blocks for one in block.standings]
    valued = [one for one in rows if one.value is not None]
    note = _(
        "共 {count} 个区域，有数据 {valued} 个，参与排名 {ranked} 个；数值相同的并列。"
    ).format(count=len(rows), valued=len(valued), ranked=sum(one.place is not None for one in rows))
    if not all(one.is_valid for one in valued):
        note += _("斜纹为有效数据不足，不参与排名。")
    return note
