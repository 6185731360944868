"""What ``params/word`` says: the format of the page, and what stands in each document."""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, Field

from ecoreport.config.models import Strict
from ecoreport.config.reader import Reader
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.project import Project

Model = TypeVar("Model", bound=BaseModel)
Length = Annotated[float, Field(gt=0)]
"""Millimetres, or points of type."""


class Page(Strict):
    """A4 with its margins (mm)."""

    width: Length
    height: Length
    top: Length
    left: Length
    text_width: Length
    text_height: Length


class Grid(Strict):
    """Lines of a page and characters of a line."""

    lines: int
    characters: int


class Type(Strict):
    """Font by name, size in points."""

    font: str
    size: Length


class PageNumber(Type):
    """Between dashes, outside below the text (mm)."""

    below_text: Length


class HeadingType(Type):
    """A level of headings and how it counts."""

    format: Literal["chineseCounting", "decimal"]
    text: str
    after: Literal["nothing", "space"] = "nothing"
    """What parts the number from the text: a figure must not run into `1.`."""


class Format(Strict):
    """``format.yml``."""

    standard: str
    is_verified: bool
    page: Page
    grid: Grid
    page_number: PageNumber
    title: Type
    body: Type
    headings: Annotated[tuple[HeadingType, ...], Field(min_length=4, max_length=4)]
    table: Type
    note: Type
    latin_font: str
    widest_upright_table: int


class Part(Strict):
    """What is taken of one chapter."""

    chapter: str
    """Name of the notebook."""
    headings: tuple[str, ...]
    """Ids of its headings, in the chapter's order; ``*`` for all."""
    zh: str = ""
    """Heading of its own; empty where the section's is enough."""
    en: str = ""
    has_figures: bool = True


class Section(Strict):
    """A section of the first level."""

    zh: str
    en: str
    parts: tuple[Part, ...]


class DocumentKind(Strict):
    """A document that offices hand up."""

    zh: str
    en: str
    title_zh: str
    """With ``{district}`` and ``{period}``."""
    title_en: str
    sections: tuple[Section, ...]


class Documents(Strict):
    """``documents.yml``."""

    documents: dict[str, DocumentKind]
    """By the name that a person types."""


def read_format(project: Project) -> Format:
    """Return the format of the page.

    Raises
    ------
    ParameterError
    """
    return _read(project, "format", Format)


def read_kind(project: Project, name: str) -> DocumentKind:
    """Return what stands in a kind of document.

    Raises
    ------
    InputError
        If there is no such kind: the message lists them.
    ParameterError
    """
    kinds = _read(project, "documents", Documents).documents
    if name not in kinds:
        known = _("、").join(f"{one}（{kind.zh}）" for one, kind in kinds.items())
        raise InputError(
            _("没有名为 {name!r} 的文件种类。可用的 KIND：{known}").format(
                name=name[:40], known=known
            )
        )
    return kinds[name]


def _read(project: Project, name: str, model: type[Model]) -> Model:
    reader = Reader(project)
    found = reader.document(project.params / "word" / f"{name}.yml", model)
    reader.problems.raise_if_any()
    assert found is not None  # noqa: S101 - a missing document is a problem, raised above
    return found.value
