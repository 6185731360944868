"""What the chapter on air finds."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from markupsafe import Markup, escape

from ecoreport.charts.labels import months as month_names
from ecoreport.charts.labels import symbol, with_symbols
from ecoreport.i18n import _, sentence_space
from ecoreport.message import N_
from ecoreport.narrative import joined, number, quantity, sentence
from ecoreport.observe.observation import Observation
from ecoreport.report import Provenance, Report
from ecoreport.rows import localized
from ecoreport.standards.statistics import spearman_trend

ANNUAL_INDICATORS = (
    "air.pm25_annual_mean",
    "air.pm25_p95",
    "air.pm10_annual_mean",
    "air.pm10_p95",
    "air.so2_annual_mean",
    "air.so2_p98",
    "air.no2_annual_mean",
    "air.no2_p98",
    "air.co_p95",
    "air.o3_8h_p90",
)

TREND_WORDS = {
    "up": N_("呈显著上升趋势"),
    "down": N_("呈显著下降趋势"),
    "no_clear_trend": N_("无显著变化趋势"),
}


def has_air(report: Report) -> bool:
    """Whether there is anything to show."""
    return report.observation("air.valid_days") is not None


def annual_rows(report: Report) -> list[tuple[Observation, pd.Series]]:
    """Return each annual statistic as observation and as row of the assessment."""
    statistics = report.frame("air_annual_statistics")
    if statistics is None:
        return []
    rows = []
    for name in ANNUAL_INDICATORS:
        pollutant, statistic = report.indicator(name).argument.split(":")
        observation = report.observation(name)
        is_asked = (statistics["pollutant"] == pollutant) & (statistics["statistic"] == statistic)
        if observation is not None and is_asked.any():
            rows.append((observation, statistics[is_asked].iloc[0]))
    return rows


def annual(report: Report) -> Markup:
    """Say which of the six pollutants keep their annual limits, and which do not."""
    rows = annual_rows(report)
    if not all(row["is_valid"] for _observation, row in rows) or report.as_of:
        return sentence(N_("有效数据不足，全年各项统计值仅供参考，不作达标评价"))
    verdicts: dict[str, bool] = {}
    for _observation, row in rows:
        pollutant = str(row["pollutant"])
        verdicts[pollutant] = verdicts.get(pollutant, True) and row["verdict"] == "met"
    good = [symbol(name) for name, is_met in verdicts.items() if is_met]
    bad = [symbol(name) for name, is_met in verdicts.items() if not is_met]
    if not bad:
        return sentence(N_("六项污染物年评价全部达标"))
    if not good:
        return sentence(N_("六项污染物年评价均未达标"))
    return sentence(N_("{good}年评价达标，{bad}未达标"), good=joined(good), bad=joined(bad))


def annual_note(report: Report) -> Markup:
    """Say the two figures that people ask for first, and where a year falls short of days."""
    mean, ozone = report.observation("air.pm25_annual_mean"), report.observation("air.o3_8h_p90")
    said = []
    if mean is not None and mean.value is not None:
        said.append(sentence(N_("PM₂.₅年均浓度{value}。"), value=quantity(mean)))
    if ozone is not None and ozone.value is not None:
        said.append(sentence(N_("O₃日最大8小时平均第90百分位数{value}。"), value=quantity(ozone)))
    months = sorted({month for _one, row in annual_rows(report) for month in row["invalid_months"]})
    if months and not report.as_of:
        said.append(
            sentence(
                N_("{months}有效天数少于规定，故全年不予评价。"),
                months=joined(month_names()[month - 1] for month in months),
            )
        )
    return escape(sentence_space()).join(said)


def good_days(report: Report) -> Markup:
    """Say how many days were good, and how many heavily polluted."""
    good, share = report.observation("air.good_days"), report.observation("air.good_days_share")
    valid = report.observation("air.valid_days")
    heavy = report.observation("air.heavy_pollution_days")
    if not (good and share and valid and heavy):
        return Markup("")
    said = sentence(
        N_("{valid}个有效日中优良{good}天，占{share}"),
        valid=number(valid),
        good=number(good),
        share=quantity(share),
    )
    if heavy.value:
        return said + sentence(N_("，重度及以上污染{heavy}天"), heavy=number(heavy))
    return said + sentence(N_("，无重度及以上污染"))


def months(report: Report) -> Markup:
    """Say in which month the air was worst, and in which best."""
    shares = monthly(report, "air.good_days_share")
    if len(shares) < 2:
        return sentence(N_("各月空气质量"))
    worst, best = min(shares, key=_value), max(shares, key=_value)
    return sentence(
        N_("{worst}最差，优良率{low}；{best}最好，{high}"),
        worst=_month(worst),
        low=quantity(worst),
        best=_month(best),
        high=quantity(best),
    )


def primary(report: Report) -> Markup:
    """Say which pollutant was primary on most days."""
    days = by_pollutant(report, "air_primary_days")
    if not days or not days[0].value:
        return sentence(N_("没有出现首要污染物"))
    first = days[0]
    said = sentence(
        N_("首要污染物以{pollutant}最多，{days}天"),
        pollutant=symbol(report.indicator(first.indicator).argument),
        days=number(first),
    )
    if len(days) > 1 and days[1].value:
        said += sentence(
            N_("，其次为{pollutant}，{days}天"),
            pollutant=symbol(report.indicator(days[1].indicator).argument),
            days=number(days[1]),
        )
    return said


def exceedances(report: Report) -> Markup:
    """Say which pollutants exceeded their daily limits, and on how many days."""
    days = [one for one in by_pollutant(report, "air_exceedance_days") if one.value]
    if not days:
        return sentence(N_("各项污染物日值均未超标"))
    return sentence(N_("日值超标：")) + joined(
        sentence(
            N_("{pollutant}{days}天"),
            pollutant=symbol(report.indicator(one.indicator).argument),
            days=number(one),
        )
        for one in days
    )


def particulates(report: Report) -> Markup:
    """Say on how many days the fine particulates were above the daily limit."""
    days = report.observation("air.pm25_exceedance_days")
    if days is None:
        return sentence(N_("PM₂.₅逐日浓度"))
    if not days.value:
        return sentence(N_("PM₂.₅日均浓度全年未超标"))
    return sentence(N_("PM₂.₅日均浓度{days}天超标"), days=number(days))


def stations(report: Report) -> Markup:
    """Say at which point the fine particulates were highest, and at which lowest."""
    values = station_values(report, "air.pm25_annual_mean")
    if len(values) < 2:
        return sentence(N_("各点位情况"))
    (low_name, low), *_between, (high_name, high) = values
    if low.value == high.value:
        return sentence(N_("各点位PM₂.₅年均浓度相同，均为{value}"), value=quantity(high))
    return sentence(
        N_("PM₂.₅以{high_name}最高（{high}），{low_name}最低（{low}）"),
        high_name=high_name,
        high=quantity(high),
        low_name=low_name,
        low=quantity(low),
    )


def years(report: Report) -> Markup:
    """Say how the fine particulates changed over the years at hand.

    Years of different bases are named, not compared.
    """
    series = yearly(report, "air.pm25_annual_mean")
    if len(series) < 2:
        return sentence(N_("没有可比的往年数据"))
    if len({one.basis.state for one in series}) > 1:
        values = joined(
            sentence(N_("{year}年{value}"), year=one.year, value=number(one)) for one in series
        )
        return sentence(N_("PM₂.₅年均浓度{values} μg/m³，口径不同"), values=values)
    first, last = series[0], series[-1]
    if first.value == last.value:
        text = N_("PM₂.₅年均浓度{first_year}年与{last_year}年持平，均为{last}")
    elif _value(last) < _value(first):
        text = N_("PM₂.₅年均浓度由{first_year}年的{first}降至{last_year}年的{last}")
    else:
        text = N_("PM₂.₅年均浓度由{first_year}年的{first}升至{last_year}年的{last}")
    return sentence(
        text,
        first_year=first.year,
        first=number(first),
        last_year=last.year,
        last=quantity(last),
    )


def trend(report: Report) -> Markup:
    """Say what Spearman's test finds of the years on one basis; fewer than five say nothing."""
    series = yearly(report, "air.pm25_annual_mean")
    series = [one for one in series if one.basis == series[-1].basis]
    result = spearman_trend({one.year: float(_value(one)) for one in series})
    if result.direction not in TREND_WORDS:
        return sentence(N_("同一口径的年份不足5年，不作秩相关趋势检验。"))
    return sentence(
        N_("按秩相关检验，{first}–{last}年{words}。"),
        first=series[0].year,
        last=series[-1].year,
        words=_(TREND_WORDS[result.direction]),
    )


def composite(report: Report) -> Markup:
    """Say the composite index and its change."""
    index = report.observation("air.composite_index")
    if index is None:
        return sentence(N_("综合指数无法计算"))
    said = sentence(N_("环境空气质量综合指数{value}"), value=number(index))
    change = report.change("air.composite_index")
    if change is None:
        return said
    return said + sentence(N_("，与上年相比{change}"), change=number(change, is_signed=True))


def composite_note(report: Report) -> Markup:
    """Say what the index is made of, and what contributes most."""
    index = report.observation("air.composite_index")
    if index is None:
        return Markup("")
    return sentence(N_("构成：{items}。"), items=with_symbols(index.trace.substituted))


def diurnal(report: Report, column: str, pollutant: str) -> Markup:
    """Say at which hour of the day a pollutant is highest on average."""
    hourly = report.frame("air_hourly_valid")
    if hourly is None or hourly[column].isna().all():
        return sentence(N_("{pollutant}的日变化"), pollutant=symbol(pollutant))
    means = hourly.groupby("hour")[column].mean()
    return sentence(
        N_("{pollutant}在{high}时前后最高，{low}时前后最低"),
        pollutant=symbol(pollutant),
        high=str(means.idxmax()),
        low=str(means.idxmin()),
    )


def asked(report: Report) -> Markup:
    """Say what the plan asks of the air."""
    titles = [
        localized(one) for one in report.plan.commitments if one.area == "air" and not one.part_of
    ]
    if not titles:
        return sentence(N_("本方案没有环境空气方面的指标。"))
    return sentence(N_("方案要求：{titles}。没有收到环境空气监测数据。"), titles=joined(titles))


def bring(report: Report) -> Markup:
    """Say what to bring, and from whom."""
    dataset = report.catalogue.datasets["air_daily"]
    return sentence(
        N_("{dataset}（{department}），放入 data/raw/{district}/{year}/"),
        dataset=localized(dataset),
        department=dataset.department,
        district=report.pair.district,
        year=report.year,
    )


PROVENANCE = {
    "annual": (ANNUAL_INDICATORS, N_("HJ 663 年评价")),
    "aqi": (("air.good_days_share", "air.heavy_pollution_days"), N_("HJ 633 空气质量指数")),
    "primary": (("air.valid_days",), N_("HJ 633 首要污染物")),
    "exceedance": (("air.pm25_exceedance_days",), N_("GB 3095 二级日均限值")),
    "pm25": (("air.pm25_annual_mean",), N_("各点位日均值的算术平均")),
    "hours": (("air.valid_days",), N_("各点位小时值的算术平均")),
    "years": (("air.pm25_annual_mean",), N_("逐年年均值；秩相关检验至少需5年")),
}


def provenance(report: Report, what: str) -> Provenance:
    """Return source and method of one of the chapter's sections."""
    names, method = PROVENANCE[what]
    observed = [report.observation(name) for name in names]
    if what == "years":
        observed = list(yearly(report, names[0]))
    known = report.provenance(observed, method=_(method))
    return known if what != "hours" else replace(known, sources=report.files("air_hourly"))


def monthly(report: Report, indicator: str) -> list[Observation]:
    """Return an indicator's months that have a value, in order."""
    found = (
        report.observation(indicator, period=f"{report.year}-{month:02d}") for month in range(1, 13)
    )
    return [one for one in found if one is not None and one.value is not None]


def yearly(report: Report, indicator: str) -> list[Observation]:
    """Return an indicator's years up to the report's, in order."""
    first = min((one.year for one in report.assessment.observations), default=report.year)
    found = (report.observation(indicator, year=year) for year in range(first, report.year + 1))
    return [one for one in found if one is not None and one.value is not None]


def by_pollutant(report: Report, statistic: str) -> list[Observation]:
    """Return what a statistic counted for each pollutant, most days first."""
    names = [one.id for one in report.catalogue.indicators.values() if one.statistic == statistic]
    found = [one for one in map(report.observation, names) if one is not None]
    return sorted(found, key=lambda one: (-_value(one), one.indicator))


def station_values(report: Report, indicator: str) -> list[tuple[str, Observation]]:
    """Return each point's name and value, lowest first."""
    found = [
        (localized(station), observation)
        for station in report.catalogue.stations(report.pair.district, report.year)
        if (observation := report.observation(indicator, place=station.code)) is not None
        and observation.value is not None
    ]
    return sorted(found, key=lambda one: (_value(one[1]), one[0]))


def _value(observation: Observation) -> float:
    return float(observation.value or 0)


def _month(observation: Observation) -> str:
    return month_names()[int(observation.period.rsplit("-", 1)[1]) - 1]
