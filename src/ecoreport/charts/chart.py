"""A chart: its figure, what it says, the data behind it, and how it goes into a page."""

from __future__ import annotations

import base64
import html
import io
import re
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from ecoreport.charts import svg
from ecoreport.charts.rows import NarrowRow
from ecoreport.charts.style import (
    PIXELS_PER_INCH,
    add_canvas,
    appearance,
    drawing,
    new_figure,
)

CHART_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


@dataclass(frozen=True, eq=False)
class Chart:
    """A drawn answer to one question.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Drawn with :func:`ecoreport.charts.style.drawing`, sized in pixels of the page.
    title : str
        The finding.
    alt : str
        What is to be seen, with its main numbers, for those who do not see it.
    data : pandas.DataFrame
        What was drawn, as it is downloaded.
    note : str
        How many values stand behind it, and what is missing.
    rows : tuple of NarrowRow
        The same as a list, which narrow screens show in its place; empty where they scroll.
    """

    figure: Figure
    title: str
    alt: str
    data: pd.DataFrame
    note: str
    rows: tuple[NarrowRow, ...] = ()

    def svg(self, chart_id: str) -> str:
        """Return one ``<svg>`` element; the same chart and id give the same bytes.

        Parameters
        ----------
        chart_id : str
            Unique in the page: a letter, then letters, digits, ``-`` or ``_``.

        Raises
        ------
        ValueError
            If `chart_id` holds anything else.
        """
        if not CHART_ID.fullmatch(chart_id):
            raise ValueError(f"not an id: {chart_id!r}")
        stream = io.StringIO()
        with drawing() as look:
            self.figure.savefig(stream, format="svg", metadata={"Date": None})
        return svg.embed(
            stream.getvalue(),
            chart_id,
            title=self.title,
            description=self.alt,
            look=look,
        )

    def png(self, *, is_for_print: bool = False) -> bytes:
        """Return a PNG, denser than the page so that it prints well; for print denser still."""
        stream = io.BytesIO()
        with drawing() as look:
            density = PIXELS_PER_INCH * (
                look.print_pixels_per_pixel if is_for_print else look.png_pixels_per_pixel
            )
            self.figure.savefig(stream, format="png", dpi=density, metadata={"Software": None})
        return stream.getvalue()

    def html(self, chart_id: str) -> str:
        """Return ``<svg>``, or ``<img>`` where that is smaller, for a page."""
        drawn = self.svg(chart_id)
        size = len(drawn.encode())
        if size <= appearance().svg_kept_below_bytes:
            return drawn
        picture = self._image()
        return picture if len(picture.encode()) < size else drawn

    def _image(self) -> str:
        width, height = self.figure.get_size_inches() * PIXELS_PER_INCH
        source = base64.b64encode(self.png()).decode("ascii")
        return (
            f'<img alt="{html.escape(self.alt)}" width="{width:.0f}" height="{height:.0f}"'
            f' src="data:image/png;base64,{source}">'
        )


def preload() -> None:
    """Read look and fonts and draw once, so that processes forked from this one need not."""
    with drawing():
        figure = new_figure("text", height=40)
        add_canvas(figure).text(0, 20, "0")
    rehearsed = Chart(figure, title="", alt="", data=pd.DataFrame(), note="")
    rehearsed.svg("preload")
    rehearsed.png()
