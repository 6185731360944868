"""The charts of the chapter on surface water, each under the finding that it shows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd

from ecoreport.charts.chart import Chart
from ecoreport.charts.labels import shortened
from ecoreport.charts.limits import Row, values_against_limits
from ecoreport.charts.returns import Part, Return, returns_by_period
from ecoreport.charts.water_counts import CountRow, counts_against_targets
from ecoreport.charts.water_items import items_beyond_limit
from ecoreport.charts.water_tiles import AHEAD, DRY, MISSING, STOPPED, SectionRow, sections_by_month
from ecoreport.charts.water_trophic import LakeMonths, trophic_state_by_month
from ecoreport.findings import water as findings
from ecoreport.findings import water_declared, water_trophic
from ecoreport.findings.area import Chapter
from ecoreport.i18n import _
from ecoreport.labels import judgement_label, localized
from ecoreport.message import N_
from ecoreport.narrative import blurred, plain, target_text
from ecoreport.numbers import format_number
from ecoreport.observe.drinking import PARTS
from ecoreport.observe.observation import Observation
from ecoreport.observe.period import period_of
from ecoreport.report import Report
from ecoreport.standards.tables import select

MONTHS = range(1, 13)
LEFT_OUT = {"dry": DRY, "stopped": STOPPED}
"""What a month without a class is, where the list leaves the section out."""
TILE_TEXT = 50.0
SOURCE_WORDS = {
    "fine": N_("达标"),
    "wrong": N_("超标"),
    "missing": N_("没有结论"),
    "ahead": N_("未到期"),
}


def sections(chapter: Chapter) -> Chart:
    """Draw every section and month in the colour of its class."""
    report = chapter.report
    frames = findings.section_frames(report)
    months = frames["water_section_month"].set_index(["section", "month"]).sort_index()
    years = frames["water_section_year"].to_dict("records")
    rows = [_section(report, months, {str(k): v for k, v in row.items()}) for row in years]
    period = _("本期") if report.as_of else _("全年")
    return sections_by_month(rows, title=plain(findings.sections(report)), period=period)


def _section(report: Report, months: pd.DataFrame, year: dict[str, Any]) -> SectionRow:
    ended = period_of(report.pair, report.as_of).n_whole_months
    absent = LEFT_OUT.get(str(year["status"]), MISSING)
    year_class, target, attains = year["class"], year["target_class"], year["attains"]
    # The target is one of the whole year: while it goes on nothing is kept or missed.
    is_known = report.as_of is None and not pd.isna(attains) and bool(year["is_sufficient"])
    return SectionRow(
        label=str(year["name"]),
        river=str(year["river"]),
        states=[_state(months, year["section"], month, ended, absent) for month in MONTHS],
        year_class=absent if pd.isna(year_class) else str(year_class),
        is_sufficient=bool(year["is_sufficient"]) and bool(year["is_counted"]),
        target_class="" if pd.isna(target) else str(target),
        outcome=(_("达到") if attains else _("未达到")) if is_known else "",
        declared=water_declared.declared_of(year),
    )


def _state(months: pd.DataFrame, section: Any, month: int, ended: int, absent: str) -> str:
    if (section, month) not in months.index:
        return absent if month <= ended else AHEAD
    row = months.loc[(section, month)]
    if pd.isna(row["class"]):
        return DRY if row["is_dry"] else absent
    return str(row["class"])


def counts(chapter: Chapter) -> Chart:
    """Draw the sections counted beside those that the plan asks for."""
    rows = [_count(chapter, one) for one in findings.counted(chapter)]
    return counts_against_targets(rows, title=plain(findings.counts(chapter)))


def _count(chapter: Chapter, observation: Observation) -> CountRow:
    counted, used = observation.trace.n_counted or 0, observation.trace.n_used
    is_share = observation.unit == "%"
    own = format_number(observation.value) + "%" if is_share and observation.value else "—"
    row = CountRow(
        label=localized(chapter.report.indicator(observation.indicator)),
        n_counted=counted,
        n_assessed=used,
        share="0%" if is_share and observation.value == 0 else own,
        is_valid=observation.is_sufficient,
    )
    asked = findings.asked_of(chapter, observation)
    if asked is None:
        return row
    judgement = chapter.judgement(asked)
    if judgement.target is None or judgement.unit != observation.unit:
        return row
    n_asked = _sections_asked(judgement.target, used, judgement.operator) if is_share else None
    text = target_text(judgement)
    if n_asked is not None:
        text = _("{target}%（{n}个）").format(target=text, n=n_asked)
    else:
        n_asked = judgement.target
        text = _("{target}个").format(target=text)
    word = judgement_label(chapter.report.catalogue, chapter.plan, judgement)  # type: ignore[arg-type]
    return replace(row, n_asked=n_asked, target=f"{blurred(text, asked.fuzzy)} {word}")


def _sections_asked(target: Decimal, used: int, operator: str) -> Decimal:
    """Return how many sections a share of them comes to: at least so many, or at most."""
    exact = target * used / 100
    return Decimal(math.floor(exact) if "<" in operator else math.ceil(exact))


def items(chapter: Chapter) -> Chart:
    """Draw in how many sections each item exceeds class III, month by month."""
    beyond, measured = findings.beyond_by_month(chapter.report)
    title = plain(findings.items(chapter.report))
    ended = period_of(chapter.report.pair, chapter.report.as_of).n_whole_months
    return items_beyond_limit(
        beyond, measured, findings.item_names(), title=title, months_ended=ended
    )


def lakes(chapter: Chapter) -> Chart:
    """Draw the parameters of lakes beside the limit of the class that is asked."""
    report = chapter.report
    before = report.frame("water_lake_year", report.year - 1) if report.as_of is None else None
    known = before.set_index("lake") if before is not None else pd.DataFrame()
    rows = [
        Row(
            label=findings.lake_item(row),
            unit="mg/L",
            decimals=_decimals(str(row["column"])),
            value=row["value"],
            limit=row["limit"],
            last_year=_last_year(known, row["lake"], str(row["column"])),
        )
        for row in findings.lakes(report).to_dict("records")
    ]
    name = _("{year}年")
    now = _("本期") if report.as_of else name.format(year=report.year)
    return values_against_limits(
        rows,
        (now, name.format(year=report.year - 1)),
        title=plain(findings.lakes_heading(report)),
        limit_name=_("要求类别的限值"),
        target_name=_("规划目标"),
    )


def trophic(chapter: Chapter) -> Chart:
    """Draw the trophic state of lakes through the year."""
    report = chapter.report
    indices = water_trophic.months(report)
    rows = [
        LakeMonths(str(lake), list(_by_month(own.set_index("month")["tli"])))
        for lake, own in indices.groupby("lake", sort=False)
    ]
    ended = period_of(report.pair, report.as_of).n_whole_months
    title = plain(water_trophic.heading(report))
    return trophic_state_by_month(rows, title=title, months_ended=ended)


def _by_month(values: pd.Series[float]) -> Iterator[float | None]:
    for month in MONTHS:
        value = values.get(month, math.nan)
        yield None if math.isnan(value) else float(value)


def _last_year(known: pd.DataFrame, lake: object, column: str) -> float | None:
    if column not in known or lake not in known.index:
        return None
    value = float(known.loc[lake, column])  # type: ignore[arg-type,index]
    return None if math.isnan(value) else value


def _decimals(column: str) -> int:
    return int(select("surface_water_decimals", column=column)[0]["decimals"])


def sources(chapter: Chapter) -> Chart:
    """Draw the drinking-water sources month by month."""
    report = chapter.report
    months = findings.sources(report)
    ended = period_of(report.pair, report.as_of).n_whole_months
    rows = [
        Return(label=str(name), parts=list(_parts(own, ended)))
        for name, own in months.groupby("source", sort=False)
    ]
    words = {state: _(text) for state, text in SOURCE_WORDS.items()}
    drawn = returns_by_period(rows, words, title=plain(findings.sources_heading(report)))
    n_judged = int(months["attains"].notna().sum())
    n_declared = int(months["is_declared"].sum())
    note = _("水源地 {count} 个，有结论 {n} 次。").format(count=len(rows), n=n_judged)
    if n_declared:
        note += _("其中 {n} 次没有监测值或项目太少，按报送的结论。").format(n=n_declared)
    if n_short := int((months["is_short"] & months["attains"].isna()).sum()):
        note += _("{n} 次监测的项目太少，没有评价。").format(n=n_short)
    return replace(drawn, note=note)


def _parts(own: pd.DataFrame, ended: int) -> Iterator[Part]:
    """Yield the periods that one sampling of a source stands for."""
    span = PARTS[str(own["frequency"].iloc[0])]
    for first in range(1, 13, span):
        last = first + span - 1
        within = own[own["month"].between(first, last) & own["attains"].notna()]
        if within.empty:
            yield Part(first, last, "missing" if last <= ended else "ahead")
            continue
        beyond = within[~within["attains"].astype(bool)]
        if beyond.empty:
            yield Part(first, last, "fine")
        else:
            yield Part(first, last, "wrong", shortened(beyond["exceeded"].iloc[0], TILE_TEXT))
