"""Outputs of cells as they stand in a page, and the headings found in them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from markupsafe import Markup, escape
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

PROLOG = re.compile(r"^.*?(?=<svg\b)", re.DOTALL)
SVG_ID = re.compile(r"""(\bid=["']|\bhref=["']#|url\(#)""")


@dataclass(frozen=True)
class Heading:
    """A finding in the page's contents."""

    id: str
    text: str


class _HeadingReader(HTMLParser):
    """Collects ``<h2 class="finding" id="…">``."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Heading] = []
        self._open = ""
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "h2" and "finding" in (named.get("class") or "").split():
            self._open, self._words = named.get("id") or "", []

    def handle_data(self, data: str) -> None:
        if self._open:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "h2" and self._open:
            self.found.append(Heading(self._open, " ".join("".join(self._words).split())))
            self._open = ""


def headings(notebook: NotebookNode) -> list[Heading]:
    """Return the findings of a notebook's outputs, in order."""
    reader = _HeadingReader()
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            html = output.get("data", {}).get("text/html", "")
            if "finding" in html:
                reader.feed(html)
    reader.close()
    return reader.found


def alternative_text(output: NotebookNode, media_type: str) -> str:
    """Return what an analyst gave as ``metadata={"image/png": {"alt": "…"}}`` or ``{"alt": …}``."""
    metadata = output.get("metadata", {})
    own = metadata.get(media_type, {})
    return str(own.get("alt") or metadata.get("alt") or "")


def image(output: NotebookNode, media_type: str) -> Markup:
    """Carry a raster image; without its text ``alt`` is left out, so that ``verify`` sees it."""
    alt = alternative_text(output, media_type)
    data = "".join(output["data"][media_type].split())
    text = Markup(' alt="{}"').format(alt) if alt else Markup("")
    return Markup('<img{} src="data:{};base64,{}">').format(text, media_type, data)


def inline_svg(output: NotebookNode) -> Markup:
    """Carry an analyst's SVG inside the page, where the page's fonts reach it.

    Its ids are made unique by a prefix: matplotlib gives each drawing the same ones.
    """
    source = PROLOG.sub("", output["data"]["image/svg+xml"], count=1)
    prefix = "svg-" + hashlib.sha256(source.encode()).hexdigest()[:8] + "-"
    renamed = SVG_ID.sub(rf"\g<1>{prefix}", source)
    alt = alternative_text(output, "image/svg+xml")
    name = f' role="img" aria-label="{escape(alt)}"' if alt else ""
    return Markup(renamed.replace("<svg", "<svg" + name, 1).strip())  # noqa: S704 - see verify


class _NotesRenderer(IPythonRenderer):
    """Markdown below the page's own title: headings one level down, no anchors."""

    def heading(self, text: str, level: int, **_attrs: Any) -> str:
        step = min(level + 1, 6)
        return f"<h{step}>{text}</h{step}>\n"


def markdown(source: str, attachments: dict[str, dict[str, str]] | None = None) -> Markup:
    """Render an analyst's Markdown."""
    renderer = _NotesRenderer(escape=False, attachments=attachments or {})
    return Markup(MarkdownWithMath(renderer=renderer).render(source))  # noqa: S704 - see verify


def notes(cell: NotebookNode) -> Markup:
    """Render a Markdown cell with the pictures attached to it."""
    return markdown(cell.source, cell.get("attachments"))
