"""The charts of the chapter on soil: sums and counts, never a point or a plot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from ecoreport.charts.bars import Bar, named_bars
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import number
from ecoreport.charts.soil_items import ItemCounts, ItemGroup, samples_by_item
from ecoreport.findings import soil as findings
from ecoreport.i18n import _, current_locale
from ecoreport.message import N_
from ecoreport.narrative import plain
from ecoreport.observe.building_land import COUNTS
from ecoreport.report import Report
from ecoreport.standards.tables import select, single

STEPS = {
    "listed": N_("纳入名录"),
    "surveyed": N_("完成调查"),
    "assessed": N_("完成风险评估"),
    "treated": N_("完成管控或修复"),
    "accepted": N_("通过效果评估"),
    "removed": N_("移出名录"),
}


def areas(report: Report) -> Chart:
    """Draw the area of each class of farmland."""
    frame = report.frame("soil_areas")
    assert frame is not None  # noqa: S101 - the notebook asks before it draws
    rows = [
        Bar(
            label=_class(str(row["soil_class"])),
            value=float(row["area_mu"]),
            said=_("{area} 亩").format(area=number(row["area_mu"], 0)),
        )
        for row in frame.to_dict("records")
    ]
    note = _("面积取自部门台账，共 {n} 个乡镇。").format(n=int(frame["n_towns"].max()))
    return named_bars(rows, title=plain(findings.areas(report)), note=note)


def plots(report: Report) -> Chart:
    """Draw how many plots had come to each step."""
    frame = report.frame("soil_plot_steps")
    assert frame is not None  # noqa: S101 - the notebook asks before it draws
    rows = [
        Bar(
            label=_(STEPS[row["step"]]),
            value=float(row["n_plots"]),
            said=_("{n} 个，{area} 公顷").format(
                n=int(row["n_plots"]), area=number(row["area_hm2"], 1)
            ),
        )
        for row in frame.to_dict("records")
    ]
    note = _("到评价时点已到各步骤的地块数和面积；内部数据，只列汇总数。")
    return named_bars(rows, title=plain(findings.plots(report)), note=note)


def samples(report: Report) -> Chart:
    """Draw how many samples are above the limits of each item, by what they are held against."""
    groups = [*_of_farmland(report), *_of_building_land(report)]
    note = _("高于管制值的也计入高于筛选值；样品数不代表面积；内部数据，只列个数。")
    return samples_by_item(groups, title=plain(findings.samples(report)), note=note)


def _of_farmland(report: Report) -> Iterator[ItemGroup]:
    items = findings.farmland_items(report)
    for edition, own in items.groupby("edition", sort=True) if len(items) else ():
        has_classes = bool(select("soil_classes", edition=str(edition)))
        text = (
            N_("农用地（{edition}）") if has_classes else N_("农用地（{edition}，限值为二级标准）")
        )
        label = _(text).format(edition=edition)
        yield ItemGroup(label, tuple(_item(row) for row in _worst_first(own)))


def _of_building_land(report: Report) -> Iterator[ItemGroup]:
    items = findings.building_items(report)
    for land, own in items.groupby("land_class", sort=True) if len(items) else ():
        name = single("soil_building_land", land_class=str(land))[f"name_{current_locale()}"]
        rows = [one for row in _worst_first(own) if (one := _item(row)).n_within < one.n_judged]
        text = N_("其余{n}项均不高于筛选值") if rows else N_("{n}项均不高于筛选值")
        rest = _(text).format(n=len(own) - len(rows)) if len(own) > len(rows) else ""
        # Not every sample is measured for everything: as many as were for what was measured most.
        n_samples = int(own[COUNTS].sum(axis="columns").max())
        label = _("建设用地，{land}，{n}个样品").format(land=name, n=n_samples)
        yield ItemGroup(label, tuple(rows), rest)


def _worst_first(items: pd.DataFrame) -> list[dict[str, Any]]:
    order = ["n_above_intervention", "n_above_screening"]
    rows = items.sort_values(order, ascending=False, kind="stable").to_dict("records")
    return [{str(name): cell for name, cell in row.items()} for row in rows]


def _item(row: dict[str, Any]) -> ItemCounts:
    return ItemCounts(findings.item_name(row["item"]), *(int(row[name]) for name in COUNTS))


def _class(name: str) -> str:
    return str(single("soil_classes", **{"class": name})[f"name_{current_locale()}"])
