"""What the chapter on air finds of the years, and of the index that sums up a year."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from ecoreport.findings.wording import (
    last_year,
    qualified,
    sharing_extreme,
    span,
    unverified,
)
from ecoreport.message import N_
from ecoreport.narrative import joined, number, quantity, sentence
from ecoreport.numbers import plain_decimal
from ecoreport.observe.observation import Observation
from ecoreport.report import Report
from ecoreport.standards.air import air_edition, composite_index
from ecoreport.standards.rounding import round_half_even
from ecoreport.standards.statistics import SpearmanTrend, spearman_trend
from ecoreport.standards.tables import select
from ecoreport.symbols import symbol

PM25_MEAN = "air.pm25_annual_mean"
COMPOSITE = "air.composite_index"
INDEX_DECIMALS = 2
SHARE_DECIMALS = 1

TREND_WORDS = {
    "up": N_("呈显著上升趋势"),
    "down": N_("呈显著下降趋势"),
    "no_clear_trend": N_("无显著变化趋势"),
}


@dataclass(frozen=True)
class CompositeItem:
    """One of the six single indices."""

    pollutant: str
    observation: Observation | None
    limit: Decimal
    index: Decimal | None
    """Single index, weighted; None where the pollutant has no value."""
    share: Decimal | None
    """Of the composite index in per cent; None where that cannot be computed."""


def yearly(report: Report, indicator: str) -> list[Observation]:
    """Return an indicator's whole years in order; a year of which a part is over is left out.

    Years that our generator made do not stand beside measured ones: the newest decides.
    """
    first = min(report.years_observed, default=report.year)
    end = report.year if report.as_of else report.year + 1
    found = [
        one
        for year in range(first, end)
        if (one := report.observation(indicator, year=year)) is not None and one.value is not None
    ]
    return [one for one in found if one.is_demonstration == found[-1].is_demonstration]


def years(report: Report) -> Markup:
    """Say how the fine particulates changed over the years at hand.

    Years of different bases are named, not compared.
    """
    series = yearly(report, PM25_MEAN)
    if len(series) < 2:
        return sentence(N_("没有可比的往年数据"))
    first, last = series[0], series[-1]
    if any(one.basis != first.basis for one in series):
        values = joined(
            sentence(N_("{year}年{value}"), year=one.year, value=qualified(number(one), one))
            for one in series
        )
        return sentence(N_("PM₂.₅年均浓度（μg/m³）{values}，口径不同"), values=values)
    if first.value == last.value:
        text = N_("PM₂.₅年均浓度{first_year}年与{last_year}年持平，均为{last}")
    elif _value(last) < _value(first):
        text = N_("PM₂.₅年均浓度由{first_year}年的{first}降至{last_year}年的{last}")
    else:
        text = N_("PM₂.₅年均浓度由{first_year}年的{first}升至{last_year}年的{last}")
    return sentence(
        text,
        first_year=first.year,
        first=qualified(number(first), first),
        last_year=last.year,
        last=qualified(quantity(last), last),
    )


def tested(report: Report) -> tuple[list[Observation], SpearmanTrend]:
    """Return the years that Spearman's test may take, on the newest basis, and what it finds."""
    whole = [one for one in yearly(report, PM25_MEAN) if one.is_sufficient]
    series = [one for one in whole if one.basis == whole[-1].basis]
    return series, spearman_trend({one.year: one.value for one in series if one.value is not None})


def trend(report: Report) -> Markup:
    """Say what Spearman's test finds of the years on one basis; fewer than five say nothing."""
    series, result = tested(report)
    if result.direction not in TREND_WORDS:
        return sentence(N_("同一口径且数据有效的年份不足5年，不作秩相关趋势检验。"))
    words = sentence(TREND_WORDS[result.direction])
    return sentence(
        N_("按秩相关检验，{first}–{last}年{words}。"),
        first=series[0].year,
        last=series[-1].year,
        words=unverified(words, is_verified=result.verified == "verified"),
    )


def composite(report: Report) -> Markup:
    """Say the composite index and its change on the same part of last year."""
    index = report.observation(COMPOSITE)
    if index is None or index.value is None:
        missing = [one.pollutant for one in composite_items(report) if one.index is None]
        names = joined(map(symbol, missing))
        return sentence(N_("综合指数无法计算，缺{pollutants}有效数据"), pollutants=names)
    text = N_("环境空气质量综合指数{value}")
    if report.as_of:
        text = N_("{span}环境空气质量综合指数{value}")
    said = sentence(text, span=span(report), value=number(index))
    change, before = report.change(COMPOSITE), last_year(report, index)
    if change is None or before is None:
        return qualified(said, index)
    text = N_("，与上年同期相比{change}") if report.as_of else N_("，与上年相比{change}")
    return qualified(said + sentence(text, change=number(change, is_signed=True)), index, before)


def composite_note(report: Report) -> Markup:
    """Say what contributes most to the index."""
    items = [one for one in composite_items(report) if one.share is not None]
    if not items:
        return Markup("")
    leading = sharing_extreme(items, lambda one: one.index or 0, max)
    names = joined(symbol(one.pollutant) for one in leading)
    return sentence(N_("对综合指数贡献最大的是{pollutants}。"), pollutants=names)


def composite_items(report: Report) -> list[CompositeItem]:
    """Return the six single indices, the largest first; missing ones last."""
    edition = air_edition(report.year, report.air_edition)
    lines = {
        line["pollutant"]: line["statistic"]
        for line in select("air_composite_index", edition=edition.assessment)
    }
    frame = report.frame("air_annual_statistics")
    if frame is None:
        return []
    unrounded = frame.set_index(["pollutant", "statistic"])["value_unrounded"]
    result = composite_index(
        {name: unrounded[name, statistic] for name, statistic in lines.items()},
        report.year,
        report.air_edition,
    )
    items = [
        CompositeItem(
            pollutant=row["pollutant"],
            observation=report.observation(
                _indicator(report, row["pollutant"], lines[row["pollutant"]])
            ),
            limit=plain_decimal(row["limit"]),
            index=_rounded(row["weighted_index"], INDEX_DECIMALS),
            share=_rounded(100 * row["weighted_index"] / result.total, SHARE_DECIMALS),
        )
        for row in result.items.to_dict("records")
    ]
    return sorted(items, key=lambda one: (one.index is None, -(one.index or 0)))


def _indicator(report: Report, pollutant: str, statistic: str) -> str:
    """Return the indicator of an annual statistic."""
    argument = f"{pollutant}:{statistic}"
    return next(
        one.id
        for one in report.catalogue.indicators.values()
        if one.statistic == "air_annual_statistic" and one.argument == argument
    )


def _rounded(value: float, decimals: int) -> Decimal | None:
    if math.isnan(value):
        return None
    return plain_decimal(round_half_even(value, decimals), decimals)


def _value(observation: Observation) -> float:
    return float(observation.value or 0)
