# ruff: noqa: E501 - markup reads better unbroken
"""A small report as notebooks leave it: every component once, made-up figures."""

from __future__ import annotations

import base64
import io
from decimal import Decimal
from functools import cache
from typing import Any

import nbformat
import pandas as pd
from matplotlib.figure import Figure
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from ecoreport.config.presentation import VerdictStyle
from ecoreport.project import Project
from ecoreport.render.site import Chapter, Site

PM25 = "sample/2018/air.pm25/2018/demonstration"
OVERVIEW, AIR = Chapter(10, "overview", "总体评价"), Chapter(20, "air", "环境空气")
OBSERVED = {PM25: Decimal("45")}

MARKS = pd.read_csv(
    Project.here().params / "verdicts.csv", dtype=str, encoding="utf-8-sig"
).to_dict("records")
WORDS = {mark["verdict"]: mark["label_indicator_zh"] for mark in MARKS}
AREAS = ("生态空间", "生态经济", "生态环境", "生态生活", "生态制度", "生态文化")
DEPARTMENTS = ("生态环境局", "发展和改革委员会", "住房和城乡建设局", "农业农村局", "水利局")


def verdict_styles() -> tuple[VerdictStyle, ...]:
    """Return how verdicts are marked in the sample."""
    return tuple(VerdictStyle.model_validate_strings(mark) for mark in MARKS)


def site(**changes: Any) -> Site:
    """Return the frame of the sample report."""
    values: dict[str, Any] = {
        "district": "海陵区",
        "year": 2018,
        "plans": ("泰州市海陵区国家生态文明建设示范区规划（2018—2025年）",),
        "chapters": (AIR, OVERVIEW),
        "verdicts": verdict_styles(),
        "rests_on_demonstration": True,
        "facts": (
            ("数据依据", "公开实时数据（未经审核）、演示数据"),
            ("口径", "2018年8月31日以前为标况，以后为实况；不扣沙"),
            ("数据截至", "2018-12-31"),
        ),
    }
    return Site(**(values | changes))


def notebook(chapter: str, *cells: NotebookNode) -> NotebookNode:
    """Return an executed notebook."""
    metadata = {"ecoreport": {"chapter": chapter}}
    made = new_notebook(cells=list(cells), metadata=metadata)
    for number, cell in enumerate(made.cells):
        cell["id"] = f"cell-{number}"
    nbformat.validate(made)
    return made


def code(source: str, *outputs: NotebookNode, tags: tuple[str, ...] = ()) -> NotebookNode:
    """Return a code cell that has run."""
    return new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)})


def shown(kind: str, html: str) -> NotebookNode:
    """Return an output as ``ecoreport.show`` leaves it."""
    metadata = {"ecoreport": {"kind": kind, "id": ""}}
    return new_output("display_data", {"text/html": html, "text/plain": kind}, metadata=metadata)


def display(media_type: str, data: str, **metadata: Any) -> NotebookNode:
    """Return an analyst's own output."""
    return new_output(
        "display_data", {media_type: data, "text/plain": "<Figure>"}, metadata=metadata
    )


@cache
def drawing(image_format: str) -> bytes:
    """Return a small drawing as an analyst makes it."""
    figure = Figure(figsize=(4, 2))
    figure.add_subplot().plot([1, 3, 2])
    target = io.BytesIO()
    figure.savefig(
        target, format=image_format, metadata={"Date": None} if image_format == "svg" else None
    )
    return target.getvalue()


def png() -> str:
    """Return a drawing as Base64."""
    return base64.b64encode(drawing("png")).decode("ascii")


def chart(identifier: str, width: int = 640) -> str:
    """Return a chart as ``show.chart`` makes it."""
    bars = "".join(
        f'<rect x="{60 + 40 * month}" y="{180 - height}" width="28" height="{height}" fill="#1f5f99"/>'
        f'<text x="{74 + 40 * month}" y="196" text-anchor="middle">{month + 1}月</text>'
        for month, height in enumerate((120, 96, 88, 60, 52, 40, 34, 36, 44, 70, 98, 116))
    )
    return f"""<figure class="chart demonstration" id="{identifier}">
<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{identifier}-title"
 width="{width}" height="210" viewBox="0 0 640 210" font-size="12"><title
 id="{identifier}-title">PM₂.₅ 各月均值</title>
<path d="M60 110h490" stroke="#1f2328" stroke-dasharray="4 3"/><text x="556" y="114">限值 35 μg/m³</text>
{bars}</svg>
<figcaption><span class="note">n = 352 天，缺测 13 天。</span>
<span class="source-line"><strong class="demonstration-mark">演示数据</strong> · 来源：3 个国控点日均值
 · 方法：HJ 663—2013 · <a href="data/{identifier}.csv" download>下载数据</a></span></figcaption></figure>"""


def mark(name: str) -> str:
    """Return a verdict's mark."""
    return f'<svg class="verdict-mark" aria-hidden="true"><use href="#mark-{name}"/></svg>'


def verdict(name: str) -> str:
    """Return a verdict's mark and word."""
    return f'<span class="verdict verdict-{name}">{mark(name)}{WORDS[name]}</span>'


def verdict_of(number: int) -> str:
    """Return some verdict for a numbered commitment."""
    order = ("met", "met", "not_met", "met", "no_data", "met", "to_confirm", "on_track", "behind",
             "met", "insufficient_data", "not_assigned", "not_due")  # fmt: skip
    return order[number % len(order)]


def headline_figures() -> str:
    """Return six large figures."""
    figures = (
        (f'<data value="45" data-observation="{PM25}">45</data>', "μg/m³", "PM₂.₅ 年均浓度",
         "目标 ≤ 43", "比上年 −6.3%", "not_met"),
        ("72.6", "%", "优良天数比率", "目标 ≥ 69.2（253 天）", "比上年 +2.4 个百分点", "met"),
        ("66.7", "%", "优Ⅲ类断面比例", "目标 ≥ 60", "与上年持平", "met"),
        ("0", "%", "劣Ⅴ类断面比例", "目标 0", "与上年持平", "met"),
        ("58.2", "", "生态环境状况指数 EI", "目标 ≥ 55 且不降低", "比上年 −0.3", "to_confirm"),
        ("—", "", "受污染耕地安全利用率", "目标 ≥ 90", "上年无数据", "no_data"),
    )  # fmt: skip
    items = "".join(
        f'<div class="headline-figure"><p class="label">{name}</p>'
        f'<p class="value">{value} <span class="unit">{unit}</span></p>'
        f'<p class="target">{target} {verdict(mark)}</p><p class="change">{change}</p></div>'
        for value, unit, name, target, change, mark in figures
    )
    return f'<section class="headline-figures" aria-label="主要指标">{items}</section>'


def attention() -> str:
    """Return what needs attention."""
    lines = (
        ("not_met", "PM₂.₅ 年均浓度 45 μg/m³，高出目标 2 μg/m³(4.7%)", "生态环境局"),
        ("behind", "农村生活污水治理率 41.0%，距序时进度还差 9.0 个百分点", "住房和城乡建设局"),
        ("no_data", "受污染耕地安全利用率未报送", "农业农村局"),
        ("to_confirm", "生态文明建设工作占党政实绩考核的比例，待组织部门认定", "区委组织部"),
    )
    items = "".join(
        f'<li>{verdict(mark)} <a href="#c-{number}">{text}</a>'
        f' <span class="department">{department}</span></li>'
        for number, (mark, text, department) in enumerate(lines, start=1)
    )
    return f'<ol class="attention">{items}</ol>'


def strip(count: int) -> str:
    """Return one mark for each commitment, by area."""
    groups = []
    for position, area in enumerate(AREAS):
        marks = "".join(
            f'<li><a href="#c-{n}" title="{n} 指标：{WORDS[verdict_of(n)]}">{mark(verdict_of(n))}'
            f'<span class="sequence">{n}</span><span class="visually-hidden">'
            f"指标：{WORDS[verdict_of(n)]}</span></a></li>"
            for n in range(1, count + 1)
            if n % len(AREAS) == position
        )
        groups.append(f'<div class="strip-group"><p>{area}</p><ul>{marks}</ul></div>')
    legend = " ".join(f"{verdict(name)} 4" for name in WORDS)
    return (
        f'<section class="strip" aria-label="逐项结论">{"".join(groups)}'
        f'<p class="legend">{legend}</p></section>'
    )


def plan_table() -> str:
    """Return the plan's own table of 37 rows."""
    rows = []
    for number in range(1, 38):
        field = f'<th scope="rowgroup" rowspan="7" class="field">{AREAS[number // 7]}</th>'
        name = (
            "生态文明建设工作占党政实绩考核的比例"
            if number % 3
            else "环境空气质量优良天数比例提高幅度"
        )
        rows.append(
            f'<tr>{field if number % 7 == 1 else ""}<td class="number">{number}</td>'
            f'<td><a href="#c-{number}">{name}</a></td><td>%</td>'
            f'<td class="number">≥{60 + number}</td><td class="number">{62 + number}.4</td>'
            f"<td>{verdict(verdict_of(number))}</td><td>{'齐全' if number % 4 else '不足'}</td></tr>"
        )
    heads = ("领域", "序号", "指标", "单位", "目标值", "现状值", "结论", "佐证")
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return (
        '<div class="table-wrap"><table class="plan" id="plan-table"><caption>规划指标完成情况</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def commitments_table(count: int = 40) -> str:
    """Return the table to work with: sorted, filtered, each row with its trace."""
    rows = []
    for number in range(1, count + 1):
        if number % 20 == 1:
            heading = f'<th scope="rowgroup" colspan="7">第 {number // 20 + 1} 组</th>'
            rows.append(f'{"</tbody><tbody>" if rows else ""}<tr class="group">{heading}</tr>')
        value = "—" if number % 13 == 4 else f"{(number * 37) % 100}.{number % 10}"
        mark = verdict_of(number)
        rows.append(
            f'<tr id="c-{number}"><td class="number">{number}</td>'
            f"<td>第 {number} 项指标的名称</td>"
            f'<td>{AREAS[number % 6]}</td><td data-filter="{number % 5} {(number + 1) % 5}">'
            f"{DEPARTMENTS[number % 5]}等2个单位</td>"
            f'<td class="number">≥60</td><td class="number">{value}</td>'
            f"<td>{verdict(mark)}</td></tr>"
            f'<tr class="trace" id="t-{number}"><td colspan="7"><dl class="trace-lines"><div>'
            f"<dt>公式</dt><dd>达标数 ÷ 总数 = 23 ÷ 45 × 100% = 51.1%</dd></div></dl></td></tr>"
        )
    head = (
        '<th scope="col" data-order>序号</th><th scope="col">指标</th>'
        f'<th scope="col" data-filter>领域</th><th scope="col" data-filter="{"|".join(DEPARTMENTS)}">'
        '责任单位</th><th scope="col" data-sort="none">目标值</th>'
        '<th scope="col">现状值</th><th scope="col" data-filter>结论</th>'
    )
    return (
        '<div class="table-wrap"><table class="commitments sortable" id="commitments">'
        "<caption>全部指标</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def overview(marks: int = 40) -> NotebookNode:
    """Return the first chapter."""
    return notebook(
        "overview",
        code('district: str = "hailing"\nyear: int = 2018', tags=("parameters",)),
        code(
            "show_findings(report)",
            shown(
                "heading",
                '<h2 class="finding" id="conclusion">约束性指标18项中13项达标，PM₂.₅ 未达标</h2>',
            ),
            shown(
                "paragraph",
                '<p class="prose lead">约束性指标18项，达标13项，未达标1项，未报送4项；参考性指标19项，达标'
                f'12项，待认定7项。PM₂.₅ 年均浓度为 <data value="45" data-observation="{PM25}">45</data>'
                " μg/m³。</p>",
            ),
            shown("block", headline_figures()),
            shown("heading", '<h2 class="finding" id="attention">四项工作需要协调</h2>'),
            shown("block", attention()),
        ),
        code("show_plan(report)", shown("table", plan_table())),
        code(
            "show_all(report)",
            shown("heading", '<h2 class="finding" id="all">各领域目标完成情况</h2>'),
            shown("block", strip(marks)),
            shown("table", commitments_table(marks)),
        ),
    )


def air() -> NotebookNode:
    """Return a chapter with charts and an analyst's own outputs."""
    frame = (
        '<div>\n<table border="1" class="dataframe"><thead><tr><th></th><th>站点</th></tr></thead>'
        "<tbody><tr><th>0</th><td>公园路 &lt;1206A&gt;</td></tr></tbody></table></div>"
    )
    return notebook(
        "air",
        new_markdown_cell("# 环境空气\n\n说明，不进入报告。", metadata={"tags": ["remove-cell"]}),
        code(
            "show_months(report)",
            shown("heading", '<h2 class="finding" id="months">PM₂.₅ 冬季高、夏季低，5个月超过35 μg/m³</h2>'),
            shown(
                "paragraph",
                '<p class="prose">一月均值最高，七月最低。全年有效监测352天，高于有效性规定的324天；'
                "缺测的13天集中在八月，未作插补。</p>",
            ),
            shown("chart", chart("chart-months")),
            shown("heading", '<h2 class="finding" id="stations">三个站点相差不到4 μg/m³</h2>'),
            shown("chart", chart("chart-stations", 960)),
        ),
        new_markdown_cell("## 分析说明\n\n三月有**两天**受沙尘影响 <1%。"),
        code(
            "plot()  # 自己画的图",
            display("image/png", png(), **{"image/png": {"alt": "三个站点的折线"}}),
            display("image/svg+xml", drawing("svg").decode(), alt="三个站点的折线，矢量"),
            new_output("execute_result", {"text/html": frame, "text/plain": "…"}, execution_count=1),
            new_output("stream", name="stdout", text="共 352 天 <有效>\n"),
        ),
    )  # fmt: skip
