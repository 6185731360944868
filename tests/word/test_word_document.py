"""A document in the format of GB/T 9704, read back as Word would read it."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from ecoreport.errors import InputError
from ecoreport.project import Project
from ecoreport.word.blocks import Cell, Figure, Paragraph, Table
from ecoreport.word.compose import Title
from ecoreport.word.models import read_format, read_kind
from ecoreport.word.write import write

PROJECT = Project(Path(__file__).parents[2])
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


def made(*items, pictures=None, marks=("演示数据",)):
    content = write("海陵区2018年度\n年度报告", items, pictures or {}, read_format(PROJECT), marks)
    return docx.Document(io.BytesIO(content)), zipfile.ZipFile(io.BytesIO(content))


def column(text, **more):
    return Cell(text, **more)


def east_asian_font(style):
    return style.element.rPr.rFonts.get(qn("w:eastAsia"))


def test_page_lines_characters_and_fonts_are_those_of_the_standard():
    document, _archive = made(Title(1, "总体结论"), Paragraph("正文"))
    (section,) = document.sections
    text_width = Length(section.page_width - section.left_margin - section.right_margin)
    text_height = Length(section.page_height - section.top_margin - section.bottom_margin)
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    assert (round(text_width.mm), round(text_height.mm)) == (156, 225)
    body = document.styles["Normal"]
    # Twenty-two lines of twenty-eight characters fill the page, and no more fit.
    assert 22 * body.paragraph_format.line_spacing.pt == pytest.approx(text_height.pt, rel=0.01)
    spacing = int(body.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 28 * (16 + spacing) <= text_width.pt < 29 * (16 + spacing)
    fonts = [east_asian_font(document.styles[f"Heading {level}"]) for level in (1, 2, 3, 4)]
    assert fonts == ["黑体", "楷体_GB2312", "仿宋_GB2312", "仿宋_GB2312"]
    assert east_asian_font(body) == "仿宋_GB2312"
    assert (east_asian_font(document.styles["Title"]), document.styles["Title"].font.size) == (
        "方正小标宋简体", Pt(22)
    )  # fmt: skip


def test_word_counts_the_headings_itself():
    document, archive = made(*(Title(level, "题") for level in (1, 2, 3, 4)))
    numbering = archive.read("word/numbering.xml").decode()
    for text in ('w:val="%1、"', 'w:val="（%2）"', 'w:val="%3."', 'w:val="（%4）"'):
        assert text in numbering
    # What follows `1.` may begin with a figure: 2. 365 days, not 2.365.
    after = [one.split('"')[0] for one in numbering.split('<w:suff w:val="')[1:5]]
    assert after == ["nothing", "nothing", "space", "nothing"]
    assert [one.style.name for one in document.paragraphs[1:]] == [
        f"Heading {level}" for level in (1, 2, 3, 4)
    ]
    for level in (1, 2, 3, 4):
        properties = document.styles[f"Heading {level}"].element.pPr.numPr
        assert properties.ilvl.val == level - 1


def test_odd_pages_have_their_number_at_the_right_and_every_page_its_marks():
    document, archive = made(Paragraph("正文"), marks=("演示数据", "草稿"))
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    assert [one.paragraphs[0].alignment for one in (section.footer, section.even_page_footer)] == [
        2, 0
    ]  # fmt: skip
    assert all(
        one.paragraphs[0].text == "演示数据 · 草稿"
        for one in (section.header, section.even_page_header)
    )
    footers = [archive.read(name).decode() for name in archive.namelist() if "footer" in name]
    assert all("PAGE" in one and "— " in one for one in footers)


def test_a_table_is_native_with_its_head_on_every_page_and_cells_that_reach_over_others():
    table = Table(
        "结论",
        [[column("领域", is_head=True), column("指标"), column("值")]],
        [
            [column("空气", rows=2), column("PM2.5"), column("48", is_number=True)],
            [column("O3"), column("167", is_number=True)],
            [column("合计", columns=3)],
        ],
    )
    document, _archive = made(table)
    (drawn,) = document.tables
    assert [[cell.text for cell in row.cells] for row in drawn.rows] == [
        ["领域", "指标", "值"], ["空气", "PM2.5", "48"], ["空气", "O3", "167"], ["合计"] * 3
    ]  # fmt: skip
    assert drawn.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    width = sum(one.width for one in drawn.columns)
    assert width == pytest.approx(Mm(156), rel=0.01)
    assert document.paragraphs[1].text == "表1 结论"


def test_a_wide_table_lies_on_its_side_and_takes_its_heading_along():
    wide = Table("宽", [[column(str(n)) for n in range(10)]], [[column("1")] * 10])
    document, _archive = made(Paragraph("前"), Title(1, "附表"), wide, Paragraph("后"))
    assert [one.orientation for one in document.sections] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT
    ]  # fmt: skip
    # The paragraph that ends the upright section stands before the heading, not after it.
    ends = [
        place
        for place, one in enumerate(document.paragraphs)
        if one._p.pPr is not None and one._p.pPr.find(qn("w:sectPr")) is not None
    ]
    assert ends[0] < [one.text for one in document.paragraphs].index("附表") < ends[1]


def test_a_chart_is_a_picture_as_wide_as_the_text_and_one_without_picture_is_left_out():
    document, _archive = made(
        Figure("a", ["共 1 项", "来源：表.xlsx"]), Figure("b", ["没有"]), pictures={"a": PIXEL}
    )
    (picture,) = document.inline_shapes
    assert picture.width == Mm(156)
    assert [one.text for one in document.paragraphs if one.text][1:] == [
        "图1 共 1 项　来源：表.xlsx"
    ]


def test_hostile_text_stays_text():
    document, _archive = made(Paragraph("<w:p>&\x07\x00=cmd|'/c calc'!A1"))
    assert document.paragraphs[-1].text == "<w:p>&=cmd|'/c calc'!A1"


def test_an_unknown_kind_lists_those_that_there_are():
    with pytest.raises(InputError, match=r"annual（年度报告）.*"):
        read_kind(PROJECT, "../../etc")
