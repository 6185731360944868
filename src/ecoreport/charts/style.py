"""How charts look: colours, type and sizes, applied only while a chart is drawn."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from ecoreport.charts.appearance import Appearance, WidthName, appearance
from ecoreport.errors import ParameterError
from ecoreport.i18n import _

__all__ = [
    "Appearance",
    "WidthName",
    "add_axes",
    "add_canvas",
    "appearance",
    "drawing",
    "font_families",
    "font_path",
    "new_figure",
    "panels",
    "readable_ink",
]

# With 72 dots per inch a point is a pixel: every size in a chart is a CSS pixel of the page.
PIXELS_PER_INCH = 72
Content = TypeVar("Content")


@contextmanager
def drawing() -> Iterator[Appearance]:
    """Apply the look while a chart is drawn or written, and nowhere else.

    Yields
    ------
    Appearance
    """
    with mpl.rc_context(_rc_parameters()):
        yield appearance()


@cache
def font_path() -> Path:
    """Return the Chinese font's file, found without importing the package that carries it.

    Raises
    ------
    ParameterError
        If the package or its file is not installed.
    """
    package = importlib.util.find_spec(appearance().font_package)
    if package and package.origin:
        path = Path(package.origin).parent / appearance().font_file
        if path.is_file():
            return path
    raise ParameterError(
        _(
            "缺少中文字体：未找到软件包 {package} 中的 {file}。请重新安装依赖（make setup）。"
        ).format(package=appearance().font_package, file=appearance().font_file)
    )


@cache
def font_families() -> tuple[str, ...]:
    """Return the families that charts are drawn with, the Chinese one made known to matplotlib."""
    font_manager.fontManager.addfont(font_path())
    return appearance().font_families


@cache
def _rc_parameters() -> dict[Any, Any]:
    look = appearance()
    return {
        "font.family": list(font_families()),
        "font.size": look.text_size,
        "text.color": look.ink,
        # Names come from tables that people fill in: a dollar sign is a dollar sign.
        "text.parse_math": False,
        "axes.unicode_minus": True,
        "axes.edgecolor": look.quiet,
        "axes.labelcolor": look.quiet,
        "axes.labelsize": look.text_size,
        "axes.linewidth": 0.8,
        "axes.spines.left": False,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.axisbelow": True,
        "axes.facecolor": "none",
        "axes.grid": False,
        "axes.xmargin": 0.0,
        "grid.color": look.faint,
        "grid.linewidth": 0.8,
        "xtick.color": look.quiet,
        "xtick.labelsize": look.text_size,
        "xtick.major.size": 0,
        "xtick.minor.size": 0,
        "ytick.color": look.quiet,
        "ytick.labelsize": look.text_size,
        "ytick.major.size": 0,
        "ytick.minor.size": 0,
        "figure.facecolor": look.paper,
        "figure.dpi": PIXELS_PER_INCH,
        "figure.constrained_layout.use": False,
        "figure.autolayout": False,
        "hatch.color": look.hatch,
        "hatch.linewidth": 0.8,
        "path.simplify": True,
        "path.simplify_threshold": 0.2,
        "savefig.dpi": PIXELS_PER_INCH,
        "savefig.facecolor": look.paper,
        "savefig.bbox": None,
        "svg.fonttype": "none",
        "svg.hashsalt": "ecoreport",
    }


def new_figure(width: WidthName, height: float) -> Figure:
    """Return an empty figure of a named width and a height in pixels."""
    pixels = appearance().widths[width]
    return Figure(figsize=(pixels / PIXELS_PER_INCH, height / PIXELS_PER_INCH))


def add_axes(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Place axes by pixels from the figure's upper left corner."""
    total_width, total_height = figure.get_size_inches() * PIXELS_PER_INCH
    bottom = total_height - top - height
    return figure.add_axes(
        (left / total_width, bottom / total_height, width / total_width, height / total_height)
    )


def add_canvas(figure: Figure) -> Axes:
    """Lay axes over the whole figure, in pixels from its upper left corner, without an axis."""
    width, height = figure.get_size_inches() * PIXELS_PER_INCH
    canvas = add_axes(figure, 0, 0, width, height)
    canvas.set(xlim=(0, width), ylim=(height, 0))
    canvas.set_axis_off()
    return canvas


def panels(
    contents: Sequence[Content], across: int, width: float, height: float
) -> Iterator[tuple[Content, float, float]]:
    """Yield what each panel of a grid shows, with the left and top of its place."""
    for position, one in enumerate(contents):
        row, column = divmod(position, across)
        yield one, width * column, height * row


def readable_ink(background: str) -> str:
    """Return ink or paper, whichever has the higher contrast on a colour (WCAG 2.1, 1.4.3)."""
    look = appearance()
    return max((look.ink, look.paper), key=lambda ink: _contrast(ink, background))


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance that WCAG 2.1 defines."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
