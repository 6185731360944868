"""Districts of a city as equal tiles: where is it good, and where not? No map: no boundaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.ticker import MaxNLocator

from ecoreport.charts import marks
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import clean, shortened, wrapped
from ecoreport.charts.style import add_canvas, appearance, drawing, new_figure, readable_ink
from ecoreport.charts.verdicts import MARKERS
from ecoreport.config.presentation import VerdictStyle
from ecoreport.i18n import _
from ecoreport.numbers import format_number, plain_decimal

TILE_WIDTH = 104.0
TILE_HEIGHT = 80.0
GAP = 4.0
PADDING = 6.0
LINE = 16.0
MOST_CLASSES = 4
DARKEST = 0.6  # of the way to the accent: ink stays readable on every tint
OWN_EDGE = 2.4


@dataclass(frozen=True)
class DistrictTile:
    """One district on its place of the grid."""

    label: str
    row: int
    column: int
    value: Decimal | None
    remark: str = ""
    """Stands where the value would, or below it: 未报送, 口径不同."""
    style: VerdictStyle | None = None
    """Look of its verdict, where it was judged."""
    verdict: str = ""
    """The verdict's word."""
    is_classed: bool = True
    """False: its value is on another basis and takes no tint."""
    is_own: bool = False
    """Whether it is the district that the report is of."""


@dataclass(frozen=True)
class ValueClass:
    """A span of values with the tint that it has."""

    low: Decimal
    high: Decimal
    is_last: bool
    colour: str

    def holds(self, value: Decimal) -> bool:
        """Whether a value lies in the span; the upper end belongs to the next one."""
        return self.low <= value < self.high or (self.is_last and value == self.high)

    @property
    def label(self) -> str:
        """The span in words."""
        if self.low == self.high:
            return format_number(self.low)
        return f"{format_number(self.low)}–{format_number(self.high)}"


def district_tiles(tiles: Sequence[DistrictTile], *, title: str, quantity: str) -> Chart:
    """Draw the districts of a city as tiles, coloured by verdict, or by class where none judged.

    Parameters
    ----------
    tiles : sequence of DistrictTile
        Each on a place of its own.
    title : str
        The finding.
    quantity : str
        What the values are, with their unit.

    Returns
    -------
    Chart
    """
    is_judged = any(one.style for one in tiles)
    classes = [] if is_judged else value_classes(tiles)
    first_column = min(one.column for one in tiles)
    first_row = min(one.row for one in tiles)
    with drawing() as look:
        lines = marks.key_lines(_entries(tiles, classes), look.widths["text"])
        head = 30 + marks.KEY_LINE * len(lines) + 12
        n_rows = max(one.row for one in tiles) - first_row + 1
        figure = new_figure("text", head + (TILE_HEIGHT + GAP) * n_rows)
        canvas = add_canvas(figure)
        canvas.text(0, 12, shortened(quantity, look.widths["text"]), va="center_baseline",
                    color=look.quiet)  # fmt: skip
        marks.key(canvas, lines, 0, 26)
        for one in tiles:
            left = 2 + (TILE_WIDTH + GAP) * (one.column - first_column)
            top = head + (TILE_HEIGHT + GAP) * (one.row - first_row)
            _tile(canvas, one, _class_of(one, classes), left, top)
    return Chart(figure, title, _alt(tiles, quantity), _data(tiles), _note(tiles, classes))


def value_classes(tiles: Sequence[DistrictTile]) -> list[ValueClass]:
    """Return spans of round ends that hold the values which may be classed together."""
    values = [one.value for one in tiles if one.value is not None and one.is_classed]
    if not values:
        return []
    low, high = min(values), max(values)
    ends = [low, high]
    if low != high:
        ticks = MaxNLocator(MOST_CLASSES, steps=[1, 2, 2.5, 5, 10]).tick_values(
            float(low), float(high)
        )
        ends = [plain_decimal(round(float(tick), 6)) for tick in ticks]
    look = appearance()
    scale = LinearSegmentedColormap.from_list("tints", [look.accent_trace, look.accent])
    n = len(ends) - 1
    return [
        ValueClass(ends[i], ends[i + 1], i == n - 1, to_hex(scale(DARKEST * (i + 1) / n)))
        for i in range(n)
    ]


def _class_of(tile: DistrictTile, classes: Sequence[ValueClass]) -> ValueClass | None:
    if tile.value is None or not tile.is_classed:
        return None
    return next((one for one in classes if one.holds(tile.value)), None)


def _entries(tiles: Sequence[DistrictTile], classes: Sequence[ValueClass]) -> list[marks.Entry]:
    """Return the key: verdicts name themselves in the tiles, spans of values do not."""
    look = appearance()
    entries = [marks.Entry(one.label, one.colour) for one in classes]
    if any(one.value is not None and not one.is_classed for one in tiles) and classes:
        entries.append(marks.Entry(_("口径不同，不分级"), look.paper, is_empty=True))
    if any(one.value is None for one in tiles):
        entries.append(marks.Entry(_("无可比数据"), look.missing, is_hatched=True))
    return entries


def _tile(
    canvas: Axes, tile: DistrictTile, own_class: ValueClass | None, left: float, top: float
) -> None:
    look = appearance()
    box = (left, top, TILE_WIDTH, TILE_HEIGHT)
    colour = look.paper
    if tile.style and tile.style.pattern == "solid":
        colour = tile.style.colour
    elif own_class:
        colour = own_class.colour
    if tile.value is None and tile.style is None:
        marks.missing(canvas, [box])
        marks.rectangles(canvas, [_inner(box)], look.missing)
        colour = look.missing
    else:
        marks.rectangles(canvas, [box], colour, edge=look.cell_edge)
    if tile.is_own:
        x, y, width, height = box
        canvas.plot([x, x + width, x + width, x, x], [y, y, y + height, y + height, y],
                    color=look.ink, linewidth=OWN_EDGE)  # fmt: skip
    _words(canvas, tile, left, top, readable_ink(colour))


def _inner(box: marks.Rectangle) -> marks.Rectangle:
    """Return where words stand on a hatched tile: its edge alone shows the hatching."""
    left, top, width, height = box
    return (left + PADDING / 2, top + PADDING / 2, width - PADDING, height - PADDING)


def _words(canvas: Axes, tile: DistrictTile, left: float, top: float, ink: str) -> None:
    look = appearance()
    width = TILE_WIDTH - 2 * PADDING
    names = wrapped(tile.label, width, 2)
    value = [] if tile.value is None else [format_number(tile.value)]
    below = [tile.verdict or tile.remark] if tile.verdict or tile.remark else []
    y = top + PADDING + LINE / 2
    for number, text in enumerate([*names, *value, *below]):
        is_value = bool(value) and number == len(names)
        x = left + PADDING
        is_verdict = bool(tile.verdict) and number == len(names) + len(value)
        if is_verdict and tile.style:
            shape, size, edge = MARKERS[tile.style.shape]
            canvas.plot([x + 5], [y], marker=shape, markersize=size - 1, markerfacecolor=ink,
                        markeredgecolor=ink, markeredgewidth=edge, linestyle="none")  # fmt: skip
            x += 16
        room = left + TILE_WIDTH - PADDING - x
        size_of_text = look.label_size if is_value else look.text_size
        canvas.text(x, y, shortened(text, room, size_of_text), va="center_baseline",
                    color=ink, fontsize=size_of_text)  # fmt: skip
        y += LINE + (2 if is_value or number == len(names) - 1 else 0)


def _alt(tiles: Sequence[DistrictTile], quantity: str) -> str:
    words = _("、").join(
        " ".join(
            word
            for word in (
                clean(one.label),
                "" if one.value is None else format_number(one.value),
                one.verdict or one.remark,
            )
            if word
        )
        for one in tiles
    )
    return _("方格示意图，各区域的{quantity}：{words}").format(quantity=quantity, words=words)


def _data(tiles: Sequence[DistrictTile]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "district": [one.label for one in tiles],
            "row": [one.row for one in tiles],
            "column": [one.column for one in tiles],
            "value": [one.value for one in tiles],
            "verdict": [one.verdict for one in tiles],
            "remark": [one.remark for one in tiles],
        }
    )


def _note(tiles: Sequence[DistrictTile], classes: Sequence[ValueClass]) -> str:
    valued = sum(one.value is not None for one in tiles)
    note = _("示意排列，不是地图。共 {count} 个区域，有数据 {valued} 个。").format(
        count=len(tiles), valued=valued
    )
    if len(classes) > 1:
        note += _("颜色越深数值越大，不表示好坏。")
    return note
