"""Outputs of notebooks as blocks of a document."""
# ruff: noqa: E501 - HTML as it comes

from ecoreport.components import component
from ecoreport.report import Provenance
from ecoreport.word.blocks import Cell, Figure, Heading, Paragraph, Table, blocks_of


def test_a_card_is_one_paragraph_and_marks_of_the_screen_are_left_out():
    html = """<section class="headline-figures"><div class="headline-figure">
      <p class="label">PM<sub>2.5</sub>年均浓度</p><p class="value">48 <span class="unit">μg/m³</span></p>
      <p class="change">2017年 51</p></div></section><pre>make report</pre><svg><text>x</text></svg>"""
    assert blocks_of(html) == [Paragraph("PM2.5年均浓度，48 μg/m³，2017年 51")]


def test_lists_become_lines_and_notes_stay_notes():
    html = """<ol class="attention"><li><span class="verdict"><svg></svg>未达标</span> <a href="#x">27 城镇</a>：95.6%</li>
      <li></li></ol><p class="note">另有 3 项</p><dl><dt>状态</dt><dd>未签发</dd></dl><h3>城乡</h3>"""
    assert blocks_of(html) == [
        Paragraph("1. 未达标 27 城镇：95.6%"),
        Paragraph("另有 3 项", is_note=True),
        Paragraph("状态：未签发"),
        Heading("城乡"),
    ]


def test_a_table_keeps_what_is_read_and_drops_what_unfolds():
    html = """<div class="table-wrap"><table><caption>逐项结论</caption>
      <thead><tr><th>序号</th><th data-sort="none">近年</th><th hidden>领域</th><th>现状值</th></tr></thead>
      <tbody><tr class="group"><th colspan="3">生态环境</th></tr>
      <tr><td class="number">9</td><td><svg></svg></td><td hidden>环境空气</td><td class="number">72.9%</td></tr>
      <tr class="trace"><td colspan="3">计算过程</td></tr></tbody></table></div>"""
    (table,) = blocks_of(html)
    assert isinstance(table, Table)
    assert (table.caption, table.n_columns) == ("逐项结论", 2)
    assert [[cell.text for cell in row] for row in table.head] == [["序号", "现状值"]]
    assert table.body == [
        [Cell("生态环境", is_head=True, columns=2)],
        [Cell("9", is_number=True), Cell("72.9%", is_number=True)],
    ]


def test_many_sources_are_counted_on_paper_and_listed_on_screen():
    files = tuple(f"表{number}.xlsx" for number in range(1, 13))
    html = component("source_line", provenance=Provenance(sources=files, method="GB 3838-2002"))
    assert all(name in html for name in files)
    (said,) = blocks_of(f"<figure id='a'><figcaption>{html}</figcaption></figure>")
    assert said.notes == ["来源：表1.xlsx等12个文件 · 方法：GB 3838-2002"]
    few = component("source_line", provenance=Provenance(sources=files[:2]))
    assert "来源：表1.xlsx、表2.xlsx" in few and "details" not in few


def test_what_tells_how_to_use_a_screen_is_left_out():
    html = component("area_themes", parts=[], has_figures=False, area="water", rows_page="")
    assert "点击可到" in html
    (table,) = blocks_of(html)
    assert table.caption == "按方案的部分"


def test_a_chart_keeps_its_source_and_loses_its_download():
    html = """<figure class="chart" id="air-limits"><svg></svg><figcaption>
      <span class="note">共 10 项。</span><span class="source-line"><strong>演示数据</strong> · 来源：表.xlsx ·
      <a href="data/air-limits.csv" download>下载数据</a></span></figcaption></figure>"""
    assert blocks_of(html) == [Figure("air-limits", ["共 10 项。", "演示数据 · 来源：表.xlsx"])]
