"""A page as verification sees it: read once, front to back, without building a tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

# Attributes that make a browser fetch, or go somewhere.
FETCHING = {
    "src", "srcset", "imagesrcset", "poster", "data", "background", "archive", "codebase",
    "classid", "manifest", "icon", "profile", "action", "formaction", "ping", "href", "xlink:href",
}  # fmt: skip
VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
}  # fmt: skip
UNSEEN = {"script", "style", "template", "title", "desc", "head", "metadata"}
Attributes = dict[str, str]


@dataclass(frozen=True)
class Address:
    """A place that an attribute or a style names."""

    tag: str
    attribute: str
    value: str
    is_declared_external: bool = False


@dataclass
class Figure:
    """An image or a drawing, and whether it has a text for those who do not see it."""

    tag: str
    name: str
    has_text: bool


@dataclass
class Datum:
    """``<data value data-observation>`` with what a reader sees of it."""

    observation: str
    value: str
    text: str = ""


@dataclass
class Page:
    """What verification needs to know of one page."""

    language: str = ""
    ids: list[str] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    """Ids named by attributes: ``for``, ``aria-controls``, ``aria-labelledby``, …"""
    figures: list[Figure] = field(default_factory=list)
    data: list[Datum] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    """Visible text, code left out."""
    code: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    n_scripts: int = 0
    handlers: list[str] = field(default_factory=list)
    """Attributes that hold a script, ``onclick``, or a page of its own, ``srcdoc``."""


ID_LISTS = {"for", "aria-controls", "aria-labelledby", "aria-describedby", "headers", "aria-owns"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._open: list[tuple[str, bool]] = []  # tag, and whether it is code
        self._n_unseen = 0
        self._drawings: list[Figure] = []
        self._data: list[Datum] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self._note_attributes(tag, named)
        self._note_figure(tag, named)
        if tag == "data":
            datum = Datum(named.get("data-observation", ""), named.get("value", ""))
            self.page.data.append(datum)
            self._data.append(datum)
        if tag == "script":
            self.page.n_scripts += 1
        if tag not in VOID:
            is_code = tag == "pre" and "code" in named.get("class", "").split()
            self._open.append((tag, is_code))
            self._n_unseen += tag in UNSEEN

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not any(tag == opened for opened, _is_code in self._open):
            return
        while self._open:
            opened, _is_code = self._open.pop()
            self._n_unseen -= opened in UNSEEN
            if opened == "svg" and self._drawings:
                self._drawings.pop()
            if opened == "data" and self._data:
                self._data.pop()
            if opened == tag:
                return

    def handle_data(self, data: str) -> None:
        tag = self._open[-1][0] if self._open else ""
        if tag == "title" and self._drawings and data.strip():
            self._drawings[-1].has_text = True
        if tag == "style":
            self.page.styles.append(data)
        if self._n_unseen:
            return
        for datum in self._data:
            datum.text += data
        is_code = any(is_code for _tag, is_code in self._open)
        (self.page.code if is_code else self.page.texts).append(data)

    def _note_attributes(self, tag: str, named: Attributes) -> None:
        page = self.page
        if tag == "html":
            page.language = named.get("lang", "")
        if "id" in named:
            page.ids.append(named["id"])
        is_external = tag == "a" and "external" in named.get("class", "").split()
        for name, value in named.items():
            if name in FETCHING:
                page.addresses.extend(
                    Address(tag, name, part, is_external) for part in _parts(name, value)
                )
            elif name == "style":
                page.styles.append(value)
            elif name in ID_LISTS:
                page.references.extend(value.split())
            elif name.startswith("on") or name == "srcdoc":
                page.handlers.append(name)
            elif "url(" in value:  # fill="url(#pattern)" of drawings
                page.styles.append(value)
        if tag == "meta" and named.get("http-equiv", "").lower() == "refresh":
            page.addresses.append(Address(tag, "content", named.get("content", "")))

    def _note_figure(self, tag: str, named: Attributes) -> None:
        is_hidden = named.get("aria-hidden") == "true"
        labelled = bool(named.get("aria-label", "").strip() or named.get("aria-labelledby"))
        name = named.get("id", "")
        if tag == "img":
            figure = Figure(tag, name, bool(named.get("alt", "").strip()) or is_hidden)
            self.page.figures.append(figure)
        elif tag == "svg":
            figure = Figure(tag, name, labelled or is_hidden)
            self.page.figures.append(figure)
            self._drawings.append(figure)


def _parts(name: str, value: str) -> list[str]:
    """Return the addresses in an attribute; ``srcset`` holds several with their widths."""
    if name in {"srcset", "imagesrcset"} and not value.lstrip().startswith("data:"):
        return [part.split()[0] for part in value.split(",") if part.strip()]
    return [value.strip()]


def read_page(html: str) -> Page:
    """Read a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page
