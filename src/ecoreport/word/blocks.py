"""What notebooks put on their pages, as blocks of a document: text, lists, tables, figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

SPACES = re.compile(r"\s+")
SKIPPED = {"script", "style", "svg", "template", "button", "input", "nav", "pre"}
"""What only a screen has, and commands to be typed."""
ONE_PARAGRAPH = {"headline-figure"}
"""Cards whose lines belong together."""
BLOCKS = {"p", "ul", "ol", "dl", "table", "figure", "h1", "h2", "h3", "h4", "h5", "section", "div"}
SCREEN_ONLY = {"only-screen", "spark", "sparkline", "strip", "legend"}
PAGES_ONLY = {"only-pages"}
"""What tells people how to run the programs, or points at another part of the pages."""


@dataclass(frozen=True)
class Heading:
    """A heading below the one of its output."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text, or a note in smaller type."""

    text: str
    is_note: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell; it may reach over others."""

    text: str
    is_number: bool = False
    is_head: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Table:
    """A table with as many header rows as its page has."""

    caption: str
    head: list[list[Cell]]
    body: list[list[Cell]]

    @property
    def n_columns(self) -> int:
        """Number of columns."""
        rows = [*self.head, *self.body]
        return max((sum(cell.columns for cell in row) for row in rows), default=0)


@dataclass(frozen=True)
class Figure:
    """A chart, by the id that its picture has."""

    identifier: str
    notes: list[str] = field(default_factory=list)


Block = Heading | Paragraph | Table | Figure


def blocks_of(html: str) -> list[Block]:
    """Return the blocks of one output.

    Parameters
    ----------
    html : str
        As :mod:`ecoreport.show` displays it.
    """
    return list(_blocks(BeautifulSoup(html, "html.parser")))


def _blocks(tag: Tag) -> Iterator[Block]:
    for child in tag.children:
        if not isinstance(child, Tag):
            if text := _clean(str(child)):
                yield Paragraph(text)
        elif not _is_skipped(child):
            yield from _block(child)


def _block(tag: Tag) -> Iterator[Block]:
    classes = set(tag.get("class") or [])
    if classes & ONE_PARAGRAPH:
        yield Paragraph("，".join(filter(None, map(_text, tag.find_all("p")))))
    elif "source-line" in classes:
        yield Paragraph(_text(tag), is_note=True)
    elif tag.name == "table":
        yield _table(tag)
    elif tag.name == "figure":
        yield _figure(tag)
    elif tag.name in {"h1", "h2", "h3", "h4", "h5"}:
        yield Heading(_text(tag))
    elif tag.name in {"ul", "ol", "dl"}:
        yield from map(Paragraph, filter(None, _lines(tag)))
    elif tag.name == "p" or not tag.find(BLOCKS):
        if text := _text(tag):
            yield Paragraph(text, is_note="note" in classes)
    else:
        yield from _blocks(tag)


def _lines(tag: Tag) -> Iterator[str]:
    """Yield a list as lines of text."""
    if tag.name == "dl":
        for term in tag.find_all("dt"):
            value = term.find_next_sibling("dd")
            yield f"{_text(term)}：{_text(value) if value else ''}"
        return
    for number, item in enumerate(tag.find_all("li", recursive=False), start=1):
        text = _text(item)
        yield f"{number}. {text}" if text and tag.name == "ol" else text


def _figure(tag: Tag) -> Figure:
    caption = tag.find("figcaption")
    notes = [] if not isinstance(caption, Tag) else [
        text
        for part in caption.find_all(["span", "div"], recursive=False)
        if (text := _text(part))
    ]  # fmt: skip
    return Figure(str(tag.get("id", "")), notes)


def _table(tag: Tag) -> Table:
    caption = tag.find("caption")
    rows: dict[str, list[list[Cell]]] = {part: [] for part in ("thead", "tbody", "tfoot")}
    hidden = _hidden_columns(tag)
    for row in tag.find_all("tr"):
        parent = row.parent.name if isinstance(row.parent, Tag) else "tbody"
        if "trace" in (row.get("class") or []) or _is_skipped(row):
            continue
        cells = [
            _cell(cell)
            for cell in row.find_all(["th", "td"], recursive=False)
            if not cell.has_attr("hidden") and not _is_skipped(cell)
        ]
        if cells:
            rows[parent if parent in rows else "tbody"].append(cells)
    body = [*rows["tbody"], *rows["tfoot"]]
    table = Table(_text(caption) if isinstance(caption, Tag) else "", rows["thead"], body)
    return _without_columns(table, hidden)


def _hidden_columns(tag: Tag) -> set[int]:
    """Return the places of columns with nothing to read in them: small courses, links."""
    head = tag.find("thead")
    if not isinstance(head, Tag):
        return set()
    row = head.find_all("tr")[-1] if head.find_all("tr") else None
    if row is None:
        return set()
    cells = [
        one for one in row.find_all(["th", "td"], recursive=False) if not one.has_attr("hidden")
    ]
    return {place for place, cell in enumerate(cells) if cell.get("data-sort") == "none"}


def _without_columns(table: Table, places: set[int]) -> Table:
    if not places:
        return table

    def kept(row: list[Cell]) -> list[Cell]:
        found, place = [], 0
        for cell in row:
            covered = set(range(place, place + cell.columns))
            left = cell.columns - len(covered & places)
            if left:
                found.append(Cell(cell.text, cell.is_number, cell.is_head, left, cell.rows))
            place += cell.columns
        return found

    return Table(
        table.caption, [kept(row) for row in table.head], [kept(row) for row in table.body]
    )


def _cell(tag: Tag) -> Cell:
    return Cell(
        text=_text(tag),
        is_number="number" in (tag.get("class") or []),
        is_head=tag.name == "th",
        columns=int(str(tag.get("colspan") or 1)),
        rows=int(str(tag.get("rowspan") or 1)),
    )


def _is_skipped(tag: Tag) -> bool:
    classes = set(tag.get("class") or [])
    is_download = tag.name == "a" and tag.has_attr("download")
    return (
        is_download
        or tag.name in SKIPPED
        or bool(classes & (SCREEN_ONLY | PAGES_ONLY))
        or tag.has_attr("hidden")
    )


def _text(tag: Tag) -> str:
    # A link to a download that is left out leaves the mark before it.
    return _clean("".join(_strings(tag))).removesuffix("·").rstrip()


def _strings(element: PageElement) -> Iterator[str]:
    if isinstance(element, NavigableString):
        yield str(element)
    elif isinstance(element, Tag) and not _is_skipped(element):
        # What stands on a line of its own must not run into its neighbour.
        gap = " " if element.name in {"br", "li", "p", "div", "dt", "dd", "tr", "td"} else ""
        yield gap
        for child in element.children:
            yield from _strings(child)
        yield gap


def _clean(text: str) -> str:
    return SPACES.sub(" ", text.replace("\u2009", " ")).strip()
