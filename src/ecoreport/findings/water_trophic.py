"""What the chapter on surface water says of the trophic state of lakes through the year."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from ecoreport.charts.labels import months as month_names
from ecoreport.facts import Fact
from ecoreport.findings.wording import dated
from ecoreport.i18n import _, current_locale
from ecoreport.message import N_
from ecoreport.narrative import number, sentence
from ecoreport.report import Report
from ecoreport.standards.tables import single
from ecoreport.water_facts import TROPHIC

LAKES_MAX = 3


def months(report: Report) -> pd.DataFrame:
    """Return the months of lakes with their index; empty where none of them has one."""
    found = report.frame("water_lake_month")
    return pd.DataFrame() if found is None or found["tli"].isna().all() else found


def heading(report: Report) -> Markup:
    """Say of each lake in how many months it was eutrophic and when most; of many their sum."""
    lakes = list(dict.fromkeys(months(report)["lake"]))
    if len(lakes) <= LAKES_MAX:
        known = [_of_lake(report, str(lake)) for lake in lakes]
        return dated(report, escape(_("；")).join(known))
    eutrophic = _fact(report, "eutrophic")
    text = N_("{lakes}个湖泊{total}个月次中{n}个为富营养")
    if not eutrophic.value:
        text = N_("{lakes}个湖泊{total}个月次均未达到富营养")
    total, n_lakes = _fact(report, "total"), _fact(report, "lakes")
    parts = {"lakes": number(n_lakes), "total": number(total), "n": number(eutrophic)}
    return dated(report, sentence(text, **parts))


def _of_lake(report: Report, lake: str) -> Markup:
    total = _fact(report, f"{lake}/total")
    if not total.value:
        return sentence(N_("{lake}没有五项齐全的月份，没有营养状态指数"), lake=lake)
    eutrophic, highest = _fact(report, f"{lake}/eutrophic"), _fact(report, f"{lake}/highest")
    own = months(report)
    own = own[own["lake"] == lake]
    top = own.sort_values("tli", ascending=False, kind="stable").iloc[0]
    text = N_("{lake}{total}个月中{n}个月富营养，最高{month}{value}（{state}）")
    if not eutrophic.value:
        text = N_("{lake}{total}个月均未达到富营养，最高{month}{value}（{state}）")
    return sentence(
        text,
        lake=lake,
        total=number(total),
        n=number(eutrophic),
        month=month_names()[int(top["month"]) - 1],
        value=number(highest),
        state=single("tli_bands", state=str(top["state"]))[f"name_{current_locale()}"],
    )


def _fact(report: Report, name: str) -> Fact:
    return report.fact(f"{TROPHIC}/{name}")
