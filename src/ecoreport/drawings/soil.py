"""The charts of the chapter on soil: sums and counts, never a point or a plot."""

from __future__ import annotations

from ecoreport.charts.bars import Bar, named_bars
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import number
from ecoreport.findings import soil as findings
from ecoreport.i18n import _, current_locale
from ecoreport.message import N_
from ecoreport.narrative import plain
from ecoreport.report import Report
from ecoreport.standards.tables import single

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


def _class(name: str) -> str:
    return str(single("soil_classes", **{"class": name})[f"name_{current_locale()}"])
