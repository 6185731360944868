"""Marks that several charts share: rectangles by the hundred, hatching, a key with counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ecoreport.charts.labels import text_width
from ecoreport.charts.style import appearance, readable_ink

Rectangle = tuple[float, float, float, float]
"""Left, top (or bottom), width, height in the units of the axes."""

SWATCH = 15.0
SWATCH_GAP = 6.0
ENTRY_GAP = 22.0
KEY_LINE = 22.0
DOT_DIAMETER = 3.0
DOT_PITCH = 3.8
NO_LENGTH = 0.01


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


def _rectangle(box: Rectangle) -> Path:
    left, top, width, height = box
    corners = [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
    codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    return Path([*corners, corners[0]], codes)


def dots(axes: Axes, centres: Iterable[tuple[float, float]], colour: str) -> None:
    """Draw many small dots on axes in pixels as a single path."""
    points = [vertex for x, y in centres for vertex in ((x, y), (x + NO_LENGTH, y))]
    if not points:
        return
    # A line without length and with round ends is a dot: a tenth of a circle's size in an SVG.
    codes = [Path.MOVETO, Path.LINETO] * (len(points) // 2)
    axes.add_patch(
        PathPatch(
            Path(points, codes),
            edgecolor=colour,
            facecolor="none",
            linewidth=DOT_DIAMETER,
            capstyle="round",
        )
    )


def dot_row(x: float, y: float, count: int) -> list[tuple[float, float]]:
    """Return the centres of `count` dots in a row around a point."""
    offsets = (np.arange(count) - (count - 1) / 2) * DOT_PITCH
    return [(x + float(offset), y) for offset in offsets]


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
    centres = dot_row(left + SWATCH / 2, middle, entry.dots)
    dots(canvas, centres, readable_ink(entry.colour))
