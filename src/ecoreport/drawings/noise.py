"""The charts of the chapter on noise."""

from __future__ import annotations

from ecoreport.charts.bars import Bar, GradedLevel, levels_on_grades, named_bars
from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import number
from ecoreport.charts.monthly_counts import counts_by_month
from ecoreport.findings import noise as findings
from ecoreport.i18n import _
from ecoreport.message import N_
from ecoreport.narrative import plain
from ecoreport.observe.period import period_of
from ecoreport.report import Report
from ecoreport.standards.tables import select

KINDS = {"regional": N_("区域声环境"), "road_traffic": N_("道路交通")}
UNIT = "dB(A)"


def attainment(report: Report) -> Chart:
    """Draw the share within the limits of each functional area, by day and by night."""
    rows = [
        Bar(
            label=_("{area} {period}").format(
                area=findings.area_name(str(row["functional_area"])),
                period=_(findings.PERIODS[row["period"]]),
            ),
            value=float(row["percent"]) if row["n_measured"] else None,
            said=_rate(row["percent"], int(row["n_within"]), int(row["n_measured"])),
            is_second=row["period"] == "night",
        )
        for row in findings.by_functional_area(report).to_dict("records")
    ]
    note = _("限值为 GB 3096-2008 表1；括号内为达标点次和监测点次。")
    return named_bars(rows, title=plain(findings.attainment(report)), note=note, largest=100.0)


def levels(report: Report) -> Chart:
    """Draw the mean levels of the grid and of roads on their scales of grades."""
    rows = [
        GradedLevel(
            label=_("{kind} {period}").format(
                kind=_(KINDS[row["kind"]]), period=_(findings.PERIODS[row["period"]])
            ),
            level=float(row["level_db"]),
            unit=UNIT,
            grade=_(str(row["grade"])),
            bounds=_bounds(str(row["kind"]), str(row["period"])),
        )
        for row in findings.levels_frame(report).to_dict("records")
    ]
    note = _("等级按 HJ 640-2012；短竖线为一级至四级的上限，各行比例尺不同。")
    return levels_on_grades(rows, title=plain(findings.levels(report)), note=note)


def complaints(report: Report) -> Chart:
    """Draw the complaints of each month by what they are about."""
    frame = findings.complaints_frame(report)
    counts = frame.pivot_table("complaints", index="month", columns="source", aggfunc="sum")
    names = {name: _(text) for name, text in findings.SOURCES.items() if name in counts}
    return counts_by_month(
        counts[list(names)],
        names,
        title=plain(findings.complaints(report)),
        unit=_("件"),
        months_ended=period_of(report.pair, report.as_of).n_whole_months,
    )


def _rate(percent: float, n_within: int, n_measured: int) -> str:
    if not n_measured:
        return _("无监测值")
    share = number(percent, 1)
    return _("{share}%（{within}/{measured}）").format(
        share=share, within=n_within, measured=n_measured
    )


def _bounds(kind: str, period: str) -> tuple[float, ...]:
    lines = select("noise_grades", kind=kind, period=period)
    return tuple(float(line["to"]) for line in lines if line["to"])
