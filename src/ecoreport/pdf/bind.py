"""Bind printed chapters into one PDF: contents in front, page numbers, bookmarks."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject

from ecoreport.i18n import _, current_locale
from ecoreport.pdf.browser import print_page
from ecoreport.project import Project

WITHOUT_NUMBERS = "<style>@page{@bottom-right{content:none}}</style>"
ANNOTATIONS = "/Annots"
N_AT_ONCE = 2
"""Browsers at a time: each takes a core and some hundred MiB."""


@dataclass(frozen=True)
class Printed:
    """A chapter on paper."""

    title: str
    reader: PdfReader

    @property
    def n_pages(self) -> int:
        """Number of sheets' sides."""
        return len(self.reader.pages)


def bind(
    project: Project,
    browser: str,
    title: str,
    chapters: Sequence[tuple[str, Path]],
    about: Sequence[str],
    watch: Callable[[str], object] = lambda _title: None,
) -> bytes:
    """Print chapters and return them as one PDF.

    Parameters
    ----------
    project : Project
        Its ``templates/pdf`` hold the contents page and the sheet of page numbers.
    browser : str
        As `find_browser` returns it.
    title : str
    chapters : sequence of (str, pathlib.Path)
        Title and page of each, in order.
    about : sequence of str
        Lines below the title: 演示数据, 草稿, dates.
    watch : callable
        Told the title of each chapter that is printed.

    Raises
    ------
    InputError
        If the browser fails.
    """
    templates = Environment(
        loader=FileSystemLoader(project.templates / "pdf"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
    )

    with tempfile.TemporaryDirectory(prefix="ecoreport-pdf-") as folder:
        press = _Press(browser, Path(folder))

        def printed(chapter: tuple[str, Path]) -> Printed:
            name, page = chapter
            found = Printed(name, press.chapter(page))
            watch(name)
            return found

        with ThreadPoolExecutor(N_AT_ONCE) as pool:
            parts = list(pool.map(printed, chapters))
        contents = _contents(press, templates, title, parts, about)
        n_pages = len(contents.pages) + sum(part.n_pages for part in parts)
        sheet = templates.get_template("numbers.html.j2")
        numbers = press.html(sheet.render(n_pages=n_pages, locale=current_locale()), "numbers")
        return _bound(title, contents, parts, numbers)


class _Press:
    """Prints into a folder."""

    def __init__(self, browser: str, folder: Path) -> None:
        self._browser, self._folder = browser, folder

    def chapter(self, page: Path) -> PdfReader:
        """Print a page of the report, without the numbers that it has by itself."""
        text = page.read_text("utf-8").replace("</head>", f"{WITHOUT_NUMBERS}</head>", 1)
        return self.html(text, page.stem)

    def html(self, text: str, name: str) -> PdfReader:
        page, target = (self._folder / f"{name}{ending}" for ending in (".html", ".pdf"))
        page.write_text(text, encoding="utf-8")
        print_page(self._browser, page, target)
        return PdfReader(io.BytesIO(target.read_bytes()))


def _contents(
    press: _Press,
    templates: Environment,
    title: str,
    parts: Sequence[Printed],
    about: Sequence[str],
) -> PdfReader:
    """Print the contents again until their own length, which moves the chapters, fits."""
    template = templates.get_template("contents.html.j2")
    n_before = 1
    while True:
        first, lines = n_before + 1, []
        for part in parts:
            lines.append((part.title, first))
            first += part.n_pages
        text = template.render(title=title, lines=lines, about=about, locale=current_locale(), _=_)
        contents = press.html(text, f"contents-{n_before}")
        if len(contents.pages) == n_before:
            return contents
        n_before = len(contents.pages)


def _bound(title: str, contents: PdfReader, parts: Sequence[Printed], numbers: PdfReader) -> bytes:
    writer = PdfWriter()
    writer.append(contents, outline_item=_("目录"), import_outline=False)
    for part in parts:
        writer.append(part.reader, outline_item=part.title, import_outline=True)
    for page, number in zip(writer.pages, numbers.pages, strict=True):
        # A page that lies on its side is wider than the sheet of its number.
        aside = (float(page.mediabox.width) - float(number.mediabox.width)) / 2
        page.merge_translated_page(number, aside, 0)
        _without_links_to_files(page)
    writer.add_metadata({"/Title": title})
    writer.page_mode = "/UseOutlines"
    writer.compress_identical_objects()
    bound = io.BytesIO()
    writer.write(bound)
    return bound.getvalue()


def _without_links_to_files(page: PageObject) -> None:
    """Drop links to other pages and downloads: they lead to where this was printed."""
    if ANNOTATIONS not in page:
        return
    kept = ArrayObject()
    annotations = page[ANNOTATIONS].get_object()
    assert isinstance(annotations, ArrayObject)  # noqa: S101 - PDF has nothing else there
    for one in annotations:
        action = one.get_object().get("/A", {})
        if not str(action.get("/URI", "")).startswith("file:"):
            kept.append(one)
    page[NameObject(ANNOTATIONS)] = kept
