"""Marks that several charts share: rectangles by the hundred, hatching, a key with counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ecoreport.charts.labels import clean, shortened, spread, text_width, wrapped
from ecoreport.charts.style import appearance, readable_ink
from ecoreport.i18n import _

Rectangle = tuple[float, float, float, float]
"""Left, top (or bottom), width, height in the units of the axes."""

SWATCH = 15.0
SWATCH_GAP = 6.0
ENTRY_GAP = 22.0
KEY_LINE = 22.0
DOT_DIAMETER = 3.8
DOT_PITCH = 5.4
NO_LENGTH = 0.01
STACK_WIDTH = 0.82
LOWEST_WITH_COUNT = 14.0
LABEL_PITCH = 16.0
NAME_LINE = 14.0
HEAD_OVER_AXES = 12.0


@dataclass(frozen=True)
class Line:
    """A value that others are held against, and what it is called: 75, 二级日均限值."""

    value: float
    name: str


@dataclass(frozen=True)
class Entry:
    """One entry of a key: a swatch and its words."""

    label: str
    colour: str
    is_hatched: bool = False
    is_empty: bool = False
    dots: int = 0
    """Dots on the swatch, as on the marks that it names."""


def rectangles(
    axes: Axes, boxes: Sequence[Rectangle], colour: str, *, edge: str | None = None
) -> None:
    """Draw many rectangles of one look as a single path, which keeps the SVG small."""
    if not boxes:
        return
    shape = Path.make_compound_path(*(_rectangle(box) for box in boxes))
    axes.add_patch(
        PathPatch(shape, facecolor=colour, edgecolor=edge or "none", linewidth=0.6 if edge else 0)
    )


def missing(axes: Axes, boxes: Sequence[Rectangle]) -> None:
    """Draw hatched rectangles: here data are missing or too few."""
    if not boxes:
        return
    look = appearance()
    shape = Path.make_compound_path(*(_rectangle(box) for box in boxes))
    axes.add_patch(
        PathPatch(
            shape,
            facecolor=look.missing,
            edgecolor=look.hatch,
            hatch=look.hatch_pattern,
            linewidth=0.6,
        )
    )


def gaps(is_missing: npt.NDArray[np.bool_], height: float, *, first: float = 0) -> list[Rectangle]:
    """Return one rectangle for each run of missing steps.

    Parameters
    ----------
    is_missing : array of bool
        One entry a step along the axis.
    height : float
        Height of the rectangles in the units of the axes.
    first : float
        Where the first step begins.
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[False], is_missing, [False]]).astype(int)))
    return [
        (first + float(start), 0.0, float(end - start), height)
        for start, end in zip(edges[::2], edges[1::2], strict=True)
    ]


def _rectangle(box: Rectangle) -> Path:
    left, top, width, height = box
    corners = [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
    codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    return Path([*corners, corners[0]], codes)


def dots(
    axes: Axes,
    centres: Iterable[tuple[float, float]],
    colour: str,
    *,
    diameter: float = DOT_DIAMETER,
) -> None:
    """Draw many small dots of one look as a single path."""
    points = [vertex for x, y in centres for vertex in ((x, y), (x + NO_LENGTH, y))]
    if not points:
        return
    # A line without length and with round ends is a dot: a tenth of a circle's size in an SVG.
    shape = Path(points, [Path.MOVETO, Path.LINETO] * (len(points) // 2))
    shape.should_simplify = False
    patch = PathPatch(
        shape, edgecolor=colour, facecolor="none", linewidth=diameter, capstyle="round"
    )
    # Neither simplified nor moved to whole pixels, either of which would leave out dots in a PNG.
    patch.set_snap(False)
    axes.add_patch(patch)


def dice(x: float, y: float, count: int) -> list[tuple[float, float]]:
    """Return the centres of up to four dots around a point, laid as on a die."""
    half = DOT_PITCH / 2
    places: dict[int, list[tuple[float, float]]] = {
        0: [],
        1: [(0, 0)],
        2: [(-half, 0), (half, 0)],
        3: [(0, -half), (-half, half), (half, half)],
        4: [(-half, -half), (half, -half), (-half, half), (half, half)],
    }
    return [(x + right, y + down) for right, down in places[count]]


def key_lines(entries: Sequence[Entry], width: float) -> list[list[Entry]]:
    """Break a key into lines no wider than `width` pixels."""
    lines: list[list[Entry]] = [[]]
    used = 0.0
    for entry in entries:
        needed = _entry_width(entry)
        if lines[-1] and used + needed > width:
            lines.append([])
            used = 0.0
        lines[-1].append(entry)
        used += needed + ENTRY_GAP
    return lines


def key(canvas: Axes, lines: Sequence[Sequence[Entry]], left: float, top: float) -> None:
    """Draw a key on a canvas in pixels (:func:`ecoreport.charts.style.add_canvas`)."""
    for number, line in enumerate(lines):
        x = left
        middle = top + KEY_LINE * number + KEY_LINE / 2
        for entry in line:
            _swatch(canvas, entry, x, middle)
            canvas.text(x + SWATCH + SWATCH_GAP, middle, entry.label, va="center_baseline")
            x += _entry_width(entry) + ENTRY_GAP


def _entry_width(entry: Entry) -> float:
    return SWATCH + SWATCH_GAP + text_width(entry.label)


def _swatch(canvas: Axes, entry: Entry, left: float, middle: float) -> None:
    look = appearance()
    box = (left, middle - SWATCH / 2, SWATCH, SWATCH)
    if entry.is_hatched:
        missing(canvas, [box])
        return
    edge = look.faint if entry.is_empty else look.cell_edge
    rectangles(canvas, [box], entry.colour, edge=edge)
    centres = dice(left + SWATCH / 2, middle, entry.dots)
    dots(canvas, centres, readable_ink(entry.colour))


def stacks(
    axes: Axes,
    counts: pd.DataFrame,
    heights: pd.DataFrame,
    entries: Sequence[Entry],
    pixels: float,
) -> None:
    """Draw stacked columns, one for each row of `counts`, with the counts written inside.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Columns stand at 1, 2, …
    counts, heights : pandas.DataFrame
        One column an entry, from the bottom up: what is written, and how tall it is drawn.
    entries : sequence of Entry
        How each column of the frames is drawn.
    pixels : float
        Pixels that one unit of height takes: counts are left out where they do not fit.
    """
    bottoms = heights.cumsum(axis=1) - heights
    for entry, name in zip(entries, counts.columns, strict=True):
        boxes = [
            (position - STACK_WIDTH / 2, float(bottom), STACK_WIDTH, float(height))
            for position, bottom, height in zip(
                range(1, len(counts) + 1), bottoms[name], heights[name], strict=True
            )
        ]
        drawn = [box for box in boxes if box[3] > 0]
        if entry.is_hatched:
            missing(axes, drawn)
        else:
            edge = appearance().faint if entry.is_empty else appearance().cell_edge
            rectangles(axes, drawn, entry.colour, edge=edge)
        if entry.is_hatched or entry.is_empty:
            continue
        for (left, bottom, width, height), count in zip(boxes, counts[name], strict=True):
            if height * pixels >= LOWEST_WITH_COUNT:
                middle = bottom + height / 2
                axes.text(left + width / 2, middle, f"{count:g}", ha="center",
                          va="center_baseline", color=readable_ink(entry.colour))  # fmt: skip


def end_labels(
    axes: Axes, labels: Sequence[tuple[float, str, str]], x: float, pixels: float
) -> None:
    """Name lines at their right ends, moved apart where they would lie upon each other.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    labels : sequence of (height, text, colour)
        Height in the units of the axes.
    x : float
        Where the labels begin, in the units of the axes.
    pixels : float
        Pixels that one unit of height takes.
    """
    heights = spread([height for height, _text, _colour in labels], LABEL_PITCH / pixels)
    room = _figure_width(axes) - float(axes.transData.transform((x, 0))[0])
    for height, (_height, text, colour) in zip(heights, labels, strict=True):
        axes.text(x, height, shortened(text, room), color=colour, va="center_baseline")


def _figure_width(axes: Axes) -> float:
    return float(axes.get_figure(root=True).bbox.width)  # type: ignore[union-attr]


def head(axes: Axes, text: str, outdent: float = 0) -> None:
    """Say above the axes what is drawn, and in what unit.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    text : str
    outdent : float
        Pixels to the left of the axes where the text begins.
    """
    room = _figure_width(axes) - axes.get_window_extent().x0 + outdent
    axes.annotate(
        shortened(text, room), (0, 1), xycoords="axes fraction", xytext=(-outdent, HEAD_OVER_AXES),
        textcoords="offset points", color=appearance().quiet, annotation_clip=False,
    )  # fmt: skip


def no_data(axes: Axes) -> None:
    """Say that there is nothing to draw, instead of an empty scale."""
    axes.set_yticks([])
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    missing(axes, [(left, bottom, right - left, top - bottom)])
    ground = {"facecolor": appearance().paper, "edgecolor": "none", "pad": 2}
    axes.text(
        0.5, 0.5, _("无有效数据"), transform=axes.transAxes, ha="center", va="center_baseline",
        bbox=ground,
    )  # fmt: skip


def name_row(canvas: Axes, text: object, middle: float, width: float) -> None:
    """Name a row at the left edge of a canvas, in two smaller lines where one is too short."""
    look = appearance()
    if text_width(clean(text), look.label_size) <= width:
        canvas.text(0, middle, clean(text), va="center_baseline", fontsize=look.label_size)
        return
    lines = wrapped(text, width, 2)
    for line, words in enumerate(lines):
        offset = (line - (len(lines) - 1) / 2) * NAME_LINE
        canvas.text(0, middle + offset, words, va="center_baseline")
