"""Write a composed document: text that can be edited, native tables, pictures drawn for print."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell

from ecoreport.i18n import _
from ecoreport.word.blocks import Block, Cell, Figure, Heading, Paragraph, Table
from ecoreport.word.compose import Item, Title
from ecoreport.word.format import (
    CELL,
    FIGURE,
    NOTE,
    TITLE,
    add_page_numbers,
    formatted,
    heading_style,
    set_page,
)
from ecoreport.word.models import Format

SHORTEST = 4.0
"""Characters that every column has room for."""
EASE = 2.2
CONTROL = {code: None for code in range(32) if chr(code) not in "\t\n"}
"""Characters that XML cannot hold."""


def write(
    title: str,
    items: Sequence[Item],
    pictures: Mapping[str, bytes],
    form: Format,
    marks: Sequence[str] = (),
    note: str = "",
) -> bytes:
    """Return a document as ``.docx``.

    Parameters
    ----------
    title : str
        Lines as they are to be broken.
    items : sequence of Title or Block
    pictures : mapping of str to bytes
        PNG of each chart, by its id; a chart without one is left out.
    form : Format
    marks : sequence of str
        What stands at the head of every page: 演示数据, 草稿.
    note : str
        Below the title: when and from what it was made.
    """
    return _Writer(title, pictures, form, marks, note).written(items)


class _Writer:
    def __init__(
        self,
        title: str,
        pictures: Mapping[str, bytes],
        form: Format,
        marks: Sequence[str],
        note: str,
    ) -> None:
        self.form, self.pictures, self.marks = form, pictures, marks
        self.n_figures = self.n_tables = 0
        self.is_across = False
        self.document: WordDocument = formatted(form)
        self.document.core_properties.title = _plain("".join(title.splitlines()))
        self.document.core_properties.author = ""
        add_page_numbers(self.document.sections[0], form)
        self._mark_pages()
        heading = self.document.add_paragraph(style=TITLE)
        for number, line in enumerate(title.splitlines()):
            if number:
                heading.add_run().add_break()
            heading.add_run(_plain(line))
        if note:
            self.document.add_paragraph(
                _plain(note), style=NOTE
            ).alignment = WD_ALIGN_PARAGRAPH.CENTER

    def written(self, items: Sequence[Item]) -> bytes:
        for item, following in pairwise([*items, None]):
            if isinstance(item, Title):
                # A wide table takes its heading along.
                self._turn(is_across=self._is_wide(following))
                self.document.add_paragraph(_plain(item.text), style=heading_style(item.level))
            elif item is not None:
                self._block(item)
        content = io.BytesIO()
        self.document.save(content)
        return content.getvalue()

    def _block(self, block: Block) -> None:
        if isinstance(block, Table):
            self._turn(is_across=self._is_wide(block))
            self._table(block)
            return
        self._upright()
        if isinstance(block, Figure):
            self._figure(block)
        elif isinstance(block, Heading):
            self.document.add_paragraph(_plain(block.text), style=heading_style(4))
        elif isinstance(block, Paragraph):
            self.document.add_paragraph(_plain(block.text), style=NOTE if block.is_note else None)

    def _figure(self, figure: Figure) -> None:
        picture = self.pictures.get(figure.identifier)
        if picture is None:
            return
        self.n_figures += 1
        paragraph = self.document.add_paragraph(style=FIGURE)
        paragraph.add_run().add_picture(io.BytesIO(picture), width=Mm(self.form.page.text_width))
        caption = _("图{number} {notes}").format(
            number=self.n_figures, notes=_("　").join(figure.notes)
        )
        self.document.add_paragraph(_plain(caption), style=NOTE)

    def _table(self, table: Table) -> None:
        self.n_tables += 1
        caption = _("表{number} {caption}").format(number=self.n_tables, caption=table.caption)
        head = self.document.add_paragraph(_plain(caption.strip()), style=NOTE)
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        head.paragraph_format.keep_with_next = True
        rows = [*table.head, *table.body]
        drawn = self.document.add_table(len(rows), table.n_columns, style="Table Grid")
        drawn.alignment = WD_TABLE_ALIGNMENT.CENTER
        drawn.autofit = False
        page = self.form.page
        room = page.height - page.top - self._bottom() if self.is_across else page.text_width
        for column, width in zip(drawn.columns, widths(table, room), strict=True):
            column.width = Mm(width)
        _fill(drawn, rows)
        for row in drawn.rows[: len(table.head)]:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for row in drawn.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))

    def _is_wide(self, item: Item | None) -> bool:
        return isinstance(item, Table) and item.n_columns > self.form.widest_upright_table

    def _bottom(self) -> float:
        return self.form.page.height - self.form.page.top - self.form.page.text_height

    def _upright(self) -> None:
        self._turn(is_across=False)

    def _turn(self, *, is_across: bool) -> None:
        if is_across == self.is_across:
            return
        self.is_across = is_across
        set_page(self.document.add_section(WD_SECTION.NEW_PAGE), self.form, is_across=is_across)

    def _mark_pages(self) -> None:
        if not self.marks:
            return
        section = self.document.sections[0]
        for header in (section.header, section.even_page_header):
            header.is_linked_to_previous = False
            paragraph = header.paragraphs[0]
            paragraph.style = self.document.styles[NOTE]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.add_run(_(" · ").join(self.marks)).bold = True


def widths(table: Table, room: float) -> list[float]:
    """Return the width of each column, so that rows come out about as low as they can.

    Parameters
    ----------
    table : Table
    room : float
        Width of all columns together, mm.
    """
    longest = [SHORTEST] * table.n_columns
    for _row, place, cell in placed([*table.head, *table.body], table.n_columns):
        if cell.columns == 1:
            # Text is read in lines: twice as much of it needs a column less than twice as wide.
            n_shown = len(cell.text) if cell.is_number else math.sqrt(len(cell.text)) * EASE
            longest[place] = max(longest[place], n_shown)
    return [room * one / sum(longest) for one in longest]


def placed(rows: Sequence[Sequence[Cell]], n_columns: int) -> Iterator[tuple[int, int, Cell]]:
    """Yield the row and the column of each cell, given that cells reach over others."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        place = 0
        for cell in row:
            while (number, place) in taken:
                place += 1
            if place >= n_columns:
                break
            taken |= {
                (below, beside)
                for below in range(number, number + cell.rows)
                for beside in range(place, place + cell.columns)
            }
            yield number, place, cell
            place += cell.columns


def _fill(drawn: WordTable, rows: Sequence[Sequence[Cell]]) -> None:
    # Asked for one by one, python-docx counts the whole table again each time.
    grid = [list(row.cells) for row in drawn.rows]
    n_columns = len(grid[0])
    for number, place, cell in placed(rows, n_columns):
        last_row = min(number + cell.rows, len(rows)) - 1
        last_place = min(place + cell.columns, n_columns) - 1
        target = grid[number][place]
        if (last_row, last_place) != (number, place):
            target = target.merge(grid[last_row][last_place])
        _say(target, cell)


def _say(target: WordCell, cell: Cell) -> None:
    paragraph = target.paragraphs[0]
    paragraph.style = paragraph.part.document.styles[CELL]
    if cell.is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(_plain(cell.text))
    run.bold = cell.is_head or None
    # Word breaks a line of Chinese anywhere, but squeezes a narrow column of figures.
    if cell.is_number and len(cell.text) <= 12:
        target._tc.get_or_add_tcPr().append(OxmlElement("w:noWrap"))


def _plain(text: str) -> str:
    return text.translate(CONTROL)
