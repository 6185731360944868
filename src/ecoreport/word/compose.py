"""Choose from the executed notebooks what stands in a document, in its order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup
from nbformat import NotebookNode

from ecoreport.i18n import SOURCE_LOCALE
from ecoreport.word.blocks import Block, Figure, Table, blocks_of
from ecoreport.word.models import DocumentKind, Part

ALL = "*"


@dataclass(frozen=True)
class Title:
    """A numbered heading: level 1 is 一、, 2 is （一）, 3 is 1., 4 is （1）."""

    level: int
    text: str


Item = Title | Block


def compose(kind: DocumentKind, notebooks: Mapping[str, NotebookNode], locale: str) -> list[Item]:
    """Return what stands in a document.

    Parameters
    ----------
    kind : DocumentKind
    notebooks : mapping of str to NotebookNode
        Executed chapters, by the name of the notebook.
    locale : str

    Returns
    -------
    list of Title or Block
        Sections of which nothing is shown are left out.
    """
    items: list[Item] = []
    for section in kind.sections:
        found: list[Item] = []
        for part in section.parts:
            if part.chapter not in notebooks:
                continue
            name = part.zh if locale == SOURCE_LOCALE else part.en
            taken = list(_part(part, notebooks[part.chapter], level=3 if name else 2))
            found += [Title(2, name), *taken] if name and taken else taken
        if found:
            items += [Title(1, section.zh if locale == SOURCE_LOCALE else section.en), *found]
    return items


def _part(part: Part, notebook: NotebookNode, level: int) -> Iterator[Item]:
    wanted = set(part.headings)
    is_wanted = False
    for known, html in outputs(notebook):
        if known["kind"] == "heading":
            is_wanted = ALL in wanted or known["id"] in wanted
            if is_wanted:
                yield Title(level, BeautifulSoup(html, "html.parser").get_text().strip())
        elif is_wanted or (ALL in wanted and known["kind"] != "chart"):
            yield from (one for one in blocks_of(html) if _is_shown(one, part))


def _is_shown(block: Block, part: Part) -> bool:
    if isinstance(block, Figure):
        return part.has_figures
    return not (isinstance(block, Table) and not block.body)


def outputs(notebook: NotebookNode) -> Iterator[tuple[Mapping[str, str], str]]:
    """Yield what :mod:`ecoreport.show` displayed: its kind and id, and its HTML."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            known = output.get("metadata", {}).get("ecoreport")
            html = output.get("data", {}).get("text/html")
            if known and html:
                yield known, html


def figures_of(items: Sequence[Item]) -> list[str]:
    """Return the ids of the charts in a document."""
    return [one.identifier for one in items if isinstance(one, Figure)]
