"""What the chapter on departments finds."""

from __future__ import annotations

from collections import Counter

import pandas as pd
from markupsafe import Markup, escape

from ecoreport.config.catalogue import CompletePlan
from ecoreport.config.models import Department
from ecoreport.config.offices import in_office
from ecoreport.departments import WORKBOOK, duties, predecessors
from ecoreport.facts import Fact
from ecoreport.findings.wording import sharing_extreme
from ecoreport.i18n import _
from ecoreport.labels import localized, verdict_label
from ecoreport.message import N_
from ecoreport.narrative import joined, number, sentence
from ecoreport.report import Report


def heading(report: Report) -> Markup:
    """Say how many departments have something open, and which have most."""
    if _count(report, "departments/open").value:
        return _most_open(
            report,
            "open",
            N_("{all}个责任单位中{some}个有未决事项，最多的是{names}，{n}项"),
            N_("{all}个责任单位中{some}个有未决事项，最多的是{names}，各{n}项"),
        )
    if _count(report, "departments/open_so_far").value:
        return _most_open(
            report,
            "open_so_far",
            N_("按现值，{all}个责任单位中{some}个有未决事项，最多的是{names}，{n}项"),
            N_("按现值，{all}个责任单位中{some}个有未决事项，最多的是{names}，各{n}项"),
        )
    return sentence(
        N_("{all}个责任单位均无未决事项"), all=number(_count(report, "departments/all"))
    )


def _most_open(report: Report, state: str, of_one: str, of_several: str) -> Markup:
    found = {name: count_of(report, name, state) for name in named(report)}
    leading = sharing_extreme(found, lambda name: found[name].value, max)
    return sentence(
        of_one if len(leading) == 1 else of_several,
        all=number(_count(report, "departments/all")),
        some=number(_count(report, f"departments/{state}")),
        names=joined(localized(report.catalogue.departments[name]) for name in leading),
        n=number(found[leading[0]]),
    )


def named(report: Report) -> list[str]:
    """Return the ids of the departments that answer for something, most open first.

    What is open by its present value comes after what is open; then the order of the table.
    """
    owed = duties(report.plans, report.catalogue.departments, report.year)
    return sorted(
        owed,
        key=lambda name: [
            -count_of(report, name, state).value for state in ("open", "open_so_far", "total")
        ],
    )


def count_of(report: Report, department: str, what: str) -> Fact:
    """Return a count of a department: ``open``, ``total``, ``<plan>/met``."""
    return _count(report, f"department/{department}/{what}")


def summary(report: Report, department: str) -> Markup:
    """Say how many commitments a department has, and how many are open."""
    said = sentence(
        N_("{total}项，未决{open}项"),
        total=number(count_of(report, department, "total")),
        open=number(count_of(report, department, "open")),
    )
    so_far = count_of(report, department, "open_so_far")
    if not so_far.value:
        return said
    later = sentence(N_("未到时限、按现值未决{n}项"), n=number(so_far))
    return escape(_("，")).join((said, later))


def counts(report: Report, department: str, plan: CompletePlan) -> Markup:
    """Say how many commitments of a plan a department has, and of each verdict how many."""
    prefix = f"{report.pair}/count/department/{department}/{plan.id}"
    parts = [
        sentence(N_("{verdict}{n}项"), verdict=verdict_label(style, plan).lower(), n=number(fact))
        for verdict, style in report.catalogue.verdicts.items()
        if (fact := report.facts.get(f"{prefix}/{verdict}"))
    ]
    if apart := report.facts.get(f"{prefix}/demonstration"):
        parts.append(sentence(N_("另有{n}项只有演示数据"), n=number(apart)))
    total = number(report.facts[f"{prefix}/total"])
    return sentence(N_("共{total}项：{listed}。"), total=total, listed=joined(parts))


def standing(report: Report, department: Department) -> str:
    """Say of what district above it is, from whom it took its duty over, to whom it goes.

    Empty for most.
    """
    known = report.catalogue.departments
    _own, *above = report.catalogue.lineage(report.pair.district)
    said = [localized(one) for one in above if one.id == department.district]
    said += [
        _("{year}年及以前为{name}").format(year=one.last_year, name=localized(one))
        for one in predecessors(known, department.id)
        if one.last_year is not None and one.last_year < report.year
    ]
    if department.successor and department.last_year is not None:
        heir = localized(in_office(known, department.id, department.last_year + 1))
        said.append(_("{year}年起由{name}承担").format(year=department.last_year + 1, name=heir))
    return _("；").join(said)


def reading(report: Report) -> list[Markup]:
    """Say how the pages of departments are to be read, and where the same is to be filled in."""
    limit = report.catalogue.report.departments_in_full
    owed = duties(report.plans, report.catalogue.departments, report.year)
    said = []
    if not all(one.is_in_full(limit) for ours in owed.values() for one in ours):
        text = N_(
            "列名的单位不超过{limit}个的事项，各单位页上都全列；更多的，只在列名第一的单位页上全列，"
            "其余单位页上按结论列出序号和名称{hint}。"
        )
        hint = Markup('<span class="only-screen">{}</span>').format(_("，点击可到全列的一行"))
        said.append(sentence(text, limit=limit, hint=hint))
    link = Markup('<a href="{}" download>{}</a>').format(WORKBOOK, _("下载各单位工作簿"))
    text = N_("打印时每个单位另起一页，页末有意见栏；要发电子版，{link}，每个单位一张工作表。")
    return [*said, sentence(text, link=link)]


def chart_heading(plan: CompletePlan) -> Markup:
    """Say what the chart of a plan shows."""
    return sentence(N_("各责任单位按结论的项数：{plan}"), plan=localized(plan))


def table(report: Report, plan: CompletePlan) -> pd.DataFrame:
    """Count the commitments of each department by verdict, most open first.

    Returns
    -------
    pandas.DataFrame
        One row a department in office (its name as index), one column a verdict that occurs, in
        the order of ``params/verdicts.csv``. A commitment of two departments counts with both.
    """
    departments = report.catalogue.departments
    owed = duties([plan], departments, report.year)
    counted = pd.DataFrame(
        {
            localized(departments[name]): Counter(
                report.judgements[duty.commitment.id].verdict.value for duty in owed[name]
            )
            for name in named(report)
            if name in owed
        }
    ).T
    order = [verdict.value for verdict in report.catalogue.verdicts if verdict in counted.columns]
    return counted[order].fillna(0).astype(int).rename_axis("department")


def _count(report: Report, name: str) -> Fact:
    return report.fact(f"count/{name}")
