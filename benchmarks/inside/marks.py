"""The marks of a drawn figure as plain numbers, and a bare figure with the same marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import Collection, PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch
from matplotlib.spines import Spine
from matplotlib.text import Text


@dataclass(frozen=True)
class AxesMarks:
    """What one pair of axes shows, in the units of its data."""

    position: tuple[float, float, float, float]
    limits: dict[str, Any]
    ticks: dict[str, tuple[list[float], list[str]]]
    has_axis: bool
    makers: list[Callable[[], Artist]]


def marks_of(figure: Figure) -> list[AxesMarks]:
    """Return the marks of a figure that was drawn."""
    return [
        AxesMarks(
            position=axes.get_position().bounds,
            limits={"xlim": axes.get_xlim(), "ylim": axes.get_ylim()},
            ticks={"x": ticks_of(axes.xaxis), "y": ticks_of(axes.yaxis)},
            has_axis=axes.axison,
            makers=[maker(axes, one) for one in axes.get_children() if is_mark(axes, one)],
        )
        for axes in figure.axes
    ]


def ticks_of(axis: Axis) -> tuple[list[float], list[str]]:
    """Return places and labels of the ticks that are shown."""
    if not axis.get_visible():
        return [], []
    return list(axis.get_ticklocs()), [one.get_text() for one in axis.get_ticklabels()]


def is_mark(axes: Axes, artist: Artist) -> bool:
    """Whether an artist was put there to be seen, and does not belong to every axes."""
    is_frame = artist is axes.patch or isinstance(artist, (Axis, Spine))
    is_empty = isinstance(artist, Text) and not artist.get_text()
    return artist.get_visible() and not is_frame and not is_empty


def maker(axes: Axes, artist: Artist) -> Callable[[], Artist]:
    """Return a call that makes an equal artist.

    Raises
    ------
    TypeError
        For a kind of artist that no chart used when this was written.
    """
    to_data: Any = (artist.get_transform() - axes.transData).frozen()
    common: dict[str, Any] = {"zorder": artist.get_zorder(), "clip_on": artist.get_clip_on()}
    match artist:
        case Text():
            x, y = to_data.transform(artist.get_unitless_position())
            return partial(
                Text, x, y, artist.get_text(), color=artist.get_color(),
                fontsize=artist.get_fontsize(), fontweight=artist.get_fontweight(),
                horizontalalignment=artist.get_horizontalalignment(),
                verticalalignment=artist.get_verticalalignment(),
                rotation=artist.get_rotation(), **common,
            )  # fmt: skip
        case Line2D():
            x, y = to_data.transform(artist.get_xydata()).T
            return partial(
                Line2D, x, y, color=artist.get_color(), linewidth=artist.get_linewidth(),
                linestyle=artist.get_linestyle(), marker=artist.get_marker(),
                markersize=artist.get_markersize(), markerfacecolor=artist.get_markerfacecolor(),
                markeredgecolor=artist.get_markeredgecolor(), **common,
            )  # fmt: skip
        case Patch():
            return partial(
                PathPatch, artist.get_path().transformed(to_data), facecolor=artist.get_facecolor(),
                edgecolor=artist.get_edgecolor(), linewidth=artist.get_linewidth(),
                hatch=artist.get_hatch(), **common,
            )  # fmt: skip
        case Collection() if not np.any(artist.get_offsets()):
            return partial(
                PathCollection, [path.transformed(to_data) for path in artist.get_paths()],
                facecolors=artist.get_facecolor(), edgecolors=artist.get_edgecolor(),
                linewidths=artist.get_linewidth(), hatch=artist.get_hatch(), **common,
            )  # fmt: skip
    raise TypeError(f"no bare drawing of {type(artist).__name__}")


def draw(size: tuple[float, float], marks: list[AxesMarks]) -> Figure:
    """Return a figure with the marks."""
    figure = Figure(figsize=size)
    for one in marks:
        axes = figure.add_axes(one.position)
        axes.set_xticks(*one.ticks["x"])
        axes.set_yticks(*one.ticks["y"])
        # Last: ticks outside widen them.
        axes.set(**one.limits)
        if not one.has_axis:
            axes.set_axis_off()
        for make in one.makers:
            axes.add_artist(make())
    return figure
