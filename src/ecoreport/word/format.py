"""Give a Word document the format of GB/T 9704: page, grid, fonts, headings, page numbers."""

from __future__ import annotations

import math

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from ecoreport.word.models import Format, Type

TWIPS_PER_MM = 1440 / 25.4
POINTS_PER_MM = 72 / 25.4
TWIPS_PER_POINT = 20
BLACK = RGBColor(0, 0, 0)
TITLE, BODY, NOTE, CELL, FIGURE = "Title", "Normal", "Note", "Cell", "Figure"
DASH = "—"


def formatted(form: Format) -> WordDocument:
    """Return an empty document in the format.

    Parameters
    ----------
    form : Format
        ``params/word/format.yml``.
    """
    document = Document()
    document.settings.odd_and_even_pages_header_footer = True
    _set_types(document, form)
    _set_numbering(document, form)
    set_page(document.sections[0], form)
    return document


def set_page(section: Section, form: Format, *, is_across: bool = False) -> None:
    """Set paper, margins, grid and page numbers of a section.

    Parameters
    ----------
    is_across : bool
        The page lies on its side, for a wide table.
    """
    page = form.page
    right = page.width - page.left - page.text_width
    bottom = page.height - page.top - page.text_height
    lengths = [page.top, right, bottom, page.left]
    if is_across:
        # Turned to the left: the top of the upright page is then at the left.
        lengths = [page.left, page.top, right, bottom]
    section.orientation = WD_ORIENT.LANDSCAPE if is_across else WD_ORIENT.PORTRAIT
    size = (page.height, page.width) if is_across else (page.width, page.height)
    section.page_width, section.page_height = Mm(size[0]), Mm(size[1])
    section.top_margin, section.right_margin = Mm(lengths[0]), Mm(lengths[1])
    section.bottom_margin, section.left_margin = Mm(lengths[2]), Mm(lengths[3])
    number = form.page_number
    section.footer_distance = Mm(
        max(lengths[2] - number.below_text - number.size / POINTS_PER_MM, 5)
    )
    section.header_distance = Mm(lengths[0] / 2)
    _set_grid(section, form)


def add_page_numbers(section: Section, form: Format) -> None:
    """Put the page number outside: odd pages at the right, even ones at the left."""
    for footer, side, indent in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left"),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        # 居右（左）空一字
        _indent(paragraph, indent, form.page_number.size)
        for text in (f"{DASH} ", "PAGE", f" {DASH}"):
            run = paragraph.add_run("" if text == "PAGE" else text)
            set_type(run._r.get_or_add_rPr(), form.page_number, form.page_number.font)
            if text == "PAGE":
                for kind in ("begin", text, "end"):
                    run._r.append(_field(kind))


def set_type(properties: BaseOxmlElement, wanted: Type, latin_font: str) -> None:
    """Name the fonts of a run or style and its size.

    Parameters
    ----------
    properties : BaseOxmlElement
        ``w:rPr``.
    wanted : Type
        Font of Chinese text, by name: it is the reader's computer that has it.
    latin_font : str
        Font of figures and Latin letters.
    """
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for script, name in (
        ("w:ascii", latin_font),
        ("w:hAnsi", latin_font),
        ("w:eastAsia", wanted.font),
        ("w:cs", latin_font),
    ):
        fonts.set(qn(script), name)
    properties.insert(0, fonts)
    for tag in ("w:sz", "w:szCs"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
        size = OxmlElement(tag)
        size.set(qn("w:val"), f"{wanted.size * 2:.0f}")
        properties.append(size)


def heading_style(level: int) -> str:
    """Return the name of the style of a level, counted from 1."""
    return f"Heading {level}"


def _set_types(document: WordDocument, form: Format) -> None:
    line = form.page.text_height * POINTS_PER_MM / form.grid.lines
    body = _style(document, BODY, form.body, form, line)
    body.paragraph_format.first_line_indent = Pt(2 * form.body.size)
    _set_characters_a_line(body, form)
    title = _style(document, TITLE, form.title, form, line * form.title.size / form.body.size)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(line)
    for border in title.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    for level, wanted in enumerate(form.headings, start=1):
        style = _style(document, heading_style(level), wanted, form, line)
        style.paragraph_format.first_line_indent = Pt(2 * wanted.size)
        style.paragraph_format.keep_with_next = True
        style.font.bold = False
    _set_small_types(document, form)


def _set_small_types(document: WordDocument, form: Format) -> None:
    """Set what does not follow the grid of the body: notes, cells of tables, pictures."""
    note = _style(document, NOTE, form.note, form, form.note.size * 1.4)
    note.paragraph_format.first_line_indent = Pt(0)
    note.paragraph_format.space_after = Pt(form.note.size / 2)
    cell = _style(document, CELL, form.table, form, form.table.size * 1.25)
    cell.paragraph_format.first_line_indent = Pt(0)
    figure = _style(document, FIGURE, form.note, form, None)
    for style in (note, cell, figure):
        properties = style.element.get_or_add_pPr()
        off = OxmlElement("w:snapToGrid")
        off.set(qn("w:val"), "0")
        properties.insert_element_before(off, "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
        for old in style.element.get_or_add_rPr().findall(qn("w:spacing")):
            style.element.get_or_add_rPr().remove(old)
        style.element.get_or_add_rPr().append(_valued("w:spacing", "0"))
    figure.paragraph_format.first_line_indent = Pt(0)
    figure.paragraph_format.keep_with_next = True
    figure.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _style(
    document: WordDocument, name: str, wanted: Type, form: Format, line: float | None
) -> ParagraphStyle:
    known = [style.name for style in document.styles]
    style = (
        document.styles[name]
        if name in known
        else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - all that this module names are
    if name not in known:
        style.base_style = document.styles[BODY]
        style.quick_style = True
    set_type(style.element.get_or_add_rPr(), wanted, form.latin_font)
    style.font.color.rgb = BLACK
    style.font.italic = False
    spacing = style.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    if line is None:
        spacing.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        spacing.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        spacing.line_spacing = Pt(line)
    return style


def _set_numbering(document: WordDocument, form: Format) -> None:
    """Let Word count the headings, so that the numbers follow when a section is taken out."""
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "90")
    abstract.append(_valued("w:multiLevelType", "multilevel"))
    for level, wanted in enumerate(form.headings):
        entry = OxmlElement("w:lvl")
        entry.set(qn("w:ilvl"), str(level))
        for tag, value in (
            ("w:start", "1"),
            ("w:numFmt", wanted.format),
            ("w:pStyle", heading_style(level + 1).replace(" ", "")),
            ("w:suff", wanted.after),
            ("w:lvlText", wanted.text),
        ):
            entry.append(_valued(tag, value))
        abstract.append(entry)
    # Definitions stand before the numbers that use them.
    numbering.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "90")
    number.append(_valued("w:abstractNumId", "90"))
    numbering.append(number)
    for level in range(len(form.headings)):
        properties = document.styles[heading_style(level + 1)].element.get_or_add_pPr()
        counted = OxmlElement("w:numPr")
        counted.append(_valued("w:ilvl", str(level)))
        counted.append(_valued("w:numId", "90"))
        properties.insert_element_before(
            counted, "w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:spacing", "w:ind",
            "w:jc", "w:outlineLvl",
        )  # fmt: skip


def _set_characters_a_line(style: ParagraphStyle, form: Format) -> None:
    """Space characters so that as many fill a line as the format asks for.

    A grid of characters would do it too, but programs disagree about its width.
    """
    width = form.page.text_width * POINTS_PER_MM / form.grid.characters
    spacing = math.floor((width - form.body.size) * TWIPS_PER_POINT)
    style.element.get_or_add_rPr().append(_valued("w:spacing", str(spacing)))


def _set_grid(section: Section, form: Format) -> None:
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    pitch = form.page.text_height * TWIPS_PER_MM / form.grid.lines
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), f"{pitch:.0f}")


def _indent(paragraph: Paragraph, side: str, points: float) -> None:
    paragraph.paragraph_format.first_line_indent = Pt(0)
    if side == "right":
        paragraph.paragraph_format.right_indent = Pt(points)
    else:
        paragraph.paragraph_format.left_indent = Pt(points)


def _valued(tag: str, value: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    element.set(qn("w:val"), value)
    return element


def _field(kind: str) -> BaseOxmlElement:
    if kind in {"begin", "end"}:
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        return mark
    instruction = OxmlElement("w:instrText")
    instruction.text = kind
    return instruction
