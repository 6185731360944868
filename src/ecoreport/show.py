"""What a notebook puts on its page: each call displays one output, whole in itself."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from IPython.display import display
from markupsafe import Markup, escape

from ecoreport.components import component
from ecoreport.export import chart_csv
from ecoreport.i18n import _, sentence_space
from ecoreport.visible import stilled

if TYPE_CHECKING:
    from ecoreport.charts.chart import Chart
    from ecoreport.report import Provenance, Report

PICTURES = "ECOREPORT_PICTURES"
"""Environment variable: the folder into which charts also go as pictures for print."""


def heading(text: Markup | str, identifier: str, level: int = 2) -> None:
    """Show a heading; on level 2 it is a finding and stands in the page's contents.

    Parameters
    ----------
    text : Markup or str
        Plain text is escaped.
    identifier : str
        Anchor on the page.
    """
    _display(
        "heading",
        Markup('<h{0} class="finding" id="{1}">{2}</h{0}>').format(level, identifier, text),
        identifier,
    )


def paragraph(*sentences: Markup | str) -> None:
    """Show sentences as one paragraph."""
    joined = escape(sentence_space()).join(filter(None, sentences))
    if joined:
        _display("paragraph", Markup('<p class="prose">{}</p>').format(joined))


def chart(drawing: Chart, identifier: str, provenance: Provenance) -> None:
    """Show a chart under its finding, with source, method and download in one line.

    Parameters
    ----------
    identifier : str
        Unique in the report: the chart's data go into ``data/<identifier>.csv``.
    """
    provenance = replace(provenance, download=f"data/{identifier}.csv")
    _display(
        "chart",
        component(
            "chart",
            identifier=identifier,
            drawing=Markup(drawing.html(identifier)),  # noqa: S704 - made and escaped by the chart
            title=drawing.title,
            note=drawing.note,
            rows=drawing.rows,
            provenance=provenance,
        ),
        identifier,
        data=chart_csv(drawing.data, is_demonstration=provenance.is_demonstration),
    )
    if folder := os.environ.get(PICTURES):
        (Path(folder) / f"{identifier}.png").write_bytes(drawing.png(is_for_print=True))


def table(html: Markup, identifier: str, data: bytes = b"") -> None:
    """Show a table made by :mod:`ecoreport.tables`.

    Parameters
    ----------
    data : bytes
        CSV that goes into ``data/<identifier>.csv``, where the table links to it.
    """
    _display("table", html, identifier, data)


def block(html: Markup, identifier: str = "") -> None:
    """Show a section of the page that is none of the above."""
    _display("block", html, identifier)


def changed(report: Report) -> None:
    """Say that the data changed since the judgements were made, and the command to run."""
    if report.is_changed():
        words = _(
            "数据已变：下面是变动之前的结果。请运行 make report DISTRICT={district} YEAR={year}"
        )
        text = words.format(district=report.pair.district, year=report.pair.year)
        block(Markup('<section class="note changed"><p>{}</p></section>').format(text))


def missing(asked: Markup | str, bring: Markup | str) -> None:
    """Say what a chapter is asked, what to bring and from whom, where there is no data."""
    block(
        Markup('<section class="missing"><p>{}</p><p>{} {}</p></section>').format(
            asked, Markup("<strong>{}</strong>").format(_("需要补充：")), bring
        )
    )


def _display(kind: str, html: Markup, identifier: str = "", data: bytes = b"") -> None:
    known = {"kind": kind, "id": identifier}
    metadata = {"ecoreport": known | ({"data": data.decode("utf-8-sig")} if data else {})}
    display(
        {"text/html": stilled(str(html)), "text/plain": str(escape(kind))},
        metadata=metadata,
        raw=True,
    )  # type: ignore[no-untyped-call]
