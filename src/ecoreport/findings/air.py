"""What the chapter on air finds of the year: limits, good days, primary pollutants, exceedances."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import pandas as pd
from markupsafe import Markup, escape

from ecoreport.charts.labels import months as month_names
from ecoreport.config.models import Indicator
from ecoreport.findings.air_places import PM25_MEAN
from ecoreport.findings.air_years import COMPOSITE, tested, yearly
from ecoreport.findings.wording import dated, mean_name, qualified, sharing_extreme, span
from ecoreport.i18n import _, sentence_space
from ecoreport.labels import localized
from ecoreport.message import N_
from ecoreport.narrative import joined, number, on_pages, quantity, sentence
from ecoreport.observe.observation import Observation
from ecoreport.report import Provenance, Report
from ecoreport.symbols import symbol

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

GOOD_SHARE = "air.good_days_share"
NO_DATA = "no_data"
ANNUAL_VERDICTS = {
    "met": (N_("六项污染物年评价全部达标"), N_("{names}年评价达标")),
    "not_met": (N_("六项污染物年评价均未达标"), N_("{names}年评价未达标")),
    "insufficient_data": (
        N_("有效数据不足，全年各项统计值仅供参考，不作达标评价"),
        N_("{names}有效数据不足，不予评价"),
    ),
    NO_DATA: (N_("六项污染物均无有效数据"), N_("{names}无有效数据")),
}
"""What is said of all six, and of some; a pollutant stands as the last of these that it has."""


@dataclass(frozen=True)
class AnnualRow:
    """One annual statistic: its indicator, its value where there is one, and its assessment."""

    indicator: Indicator
    observation: Observation | None
    assessed: pd.Series
    """Row of ``air_annual_statistics``."""

    @property
    def verdict(self) -> str:
        """``met``, ``not_met``, ``insufficient_data`` or ``no_data``."""
        return NO_DATA if pd.isna(self.assessed["value"]) else str(self.assessed["verdict"])


def has_air(report: Report) -> bool:
    """Whether there is anything to show."""
    return report.observation("air.valid_days") is not None


def annual_rows(report: Report) -> list[AnnualRow]:
    """Return each annual statistic of the six pollutants, with or without a value."""
    statistics = report.frame("air_annual_statistics")
    if statistics is None:
        return []
    rows = []
    for name in ANNUAL_INDICATORS:
        indicator = report.indicator(name)
        pollutant, statistic = indicator.argument.split(":")
        is_asked = (statistics["pollutant"] == pollutant) & (statistics["statistic"] == statistic)
        if is_asked.any():
            rows.append(
                AnnualRow(indicator, report.observation(name), statistics[is_asked].iloc[0])
            )
    return rows


def annual(report: Report) -> Markup:
    """Say which of the six pollutants keep their annual limits, and which do not.

    Each is judged on all of its own statistics; of what lacks data that is said.
    """
    if report.as_of:
        return dated(report, sentence(N_("各项统计值仅供参考，不作年评价")))
    order = list(ANNUAL_VERDICTS)
    standing: dict[str, str] = {}
    for row in annual_rows(report):
        pollutant = str(row.assessed["pollutant"])
        standing[pollutant] = max(standing.get(pollutant, order[0]), row.verdict, key=order.index)
    said = []
    for verdict, (of_all, of_some) in ANNUAL_VERDICTS.items():
        names = [symbol(name) for name, own in standing.items() if own == verdict]
        if names and len(names) == len(standing):
            return sentence(of_all)
        if names:
            said.append(sentence(of_some, names=joined(names)))
    return escape(_("；")).join(said)


def annual_note(report: Report) -> Markup:
    """Say the two figures that people ask for first, and where a year falls short of days."""
    mean, ozone = report.observation(PM25_MEAN), report.observation("air.o3_8h_p90")
    said = []
    if mean is not None and mean.value is not None:
        value = qualified(quantity(mean), mean)
        said.append(sentence(N_("{mean}{value}。"), mean=mean_name(report, "PM2.5"), value=value))
    if ozone is not None and ozone.value is not None:
        text = N_("O₃日最大8小时平均第90百分位数{value}。")
        if report.as_of:
            text = N_("{span}O₃日最大8小时平均第90百分位数{value}。")
        value = qualified(quantity(ozone), ozone)
        said.append(sentence(text, span=span(report), value=value))
    measured = [row for row in annual_rows(report) if row.verdict != NO_DATA]
    short = sorted({month for row in measured for month in row.assessed["invalid_months"]})
    if short and not report.as_of:
        text = N_("{months}有效天数少于规定，有关项目全年不予评价。")
        said.append(sentence(text, months=_month_names(short)))
    return escape(sentence_space()).join(said)


def good_days(report: Report) -> Markup:
    """Say how many days were good, and how many heavily polluted."""
    good, share = report.observation("air.good_days"), report.observation(GOOD_SHARE)
    valid = report.observation("air.valid_days")
    heavy = report.observation("air.heavy_pollution_days")
    if not (good and share and valid and heavy):
        return sentence(N_("没有空气质量指数有效日"))
    said = sentence(
        N_("{valid}个有效日中优良{good}天，占{share}"),
        valid=number(valid),
        good=number(good),
        share=quantity(share),
    )
    if heavy.value:
        said += sentence(N_("，重度及以上污染{heavy}天"), heavy=number(heavy))
    else:
        said += sentence(N_("，无重度及以上污染"))
    return qualified(dated(report, said), good, share, valid, heavy)


def months(report: Report) -> Markup:
    """Say in which months the air was worst, and in which best; too few days do not compete."""
    shares = _comparable_months(report)
    if len(shares) < 2:
        return sentence(N_("有效天数足够的月份不足两个，各月不作比较"))
    worst = sharing_extreme(shares, _value, min)
    best = sharing_extreme(shares, _value, max)
    if len(worst) == len(shares):
        return dated(report, sentence(N_("各月优良率相同，均为{share}"), share=quantity(best[0])))
    said = sentence(
        N_("{worst}最差，优良率{low}；{best}最好，{high}"),
        worst=_month_names(map(_month, worst)),
        low=quantity(worst[0]),
        best=_month_names(map(_month, best)),
        high=quantity(best[0]),
    )
    return dated(report, said)


def months_note(report: Report) -> Markup:
    """Say which months have too few valid days to be compared."""
    begun = range(1, (report.as_of.month if report.as_of else 12) + 1)
    short = sorted(set(begun) - set(map(_month, _comparable_months(report))))
    if not short:
        return Markup("")
    return sentence(N_("{months}有效天数少于规定，不参加比较。"), months=_month_names(short))


def primary(report: Report) -> Markup:
    """Say which pollutants were primary on most days, and which come next."""
    days = [one for one in by_pollutant(report, "air_primary_days") if one.value]
    if not days:
        return dated(report, sentence(N_("没有出现首要污染物")))
    first, *others = [list(tied) for _days, tied in groupby(days, key=_value)]
    said = _ranked(
        report,
        first,
        N_("首要污染物以{pollutant}最多，{days}天"),
        N_("首要污染物以{pollutant}最多，各{days}天"),
    )
    if others:
        said += _ranked(
            report,
            others[0],
            N_("，其次为{pollutant}，{days}天"),
            N_("，其次为{pollutant}，各{days}天"),
        )
    return qualified(dated(report, said), *days)


def exceedances(report: Report) -> Markup:
    """Say which pollutants exceeded their daily limits, and on how many days."""
    observed = by_pollutant(report, "air_exceedance_days")
    days = [one for one in observed if one.value]
    if days:
        said = sentence(N_("日值超标：")) + joined(
            sentence(N_("{pollutant} {days}天"), pollutant=_symbol(report, one), days=number(one))
            for one in days
        )
    elif observed:
        said = sentence(N_("有数据的各项污染物日值均未超标"))
    else:
        said = sentence(N_("各项污染物均无有效日数据"))
    return qualified(dated(report, said), *observed)


def exceedances_note(report: Report) -> Markup:
    """Name the pollutants without a valid day."""
    observed = {one.indicator for one in by_pollutant(report, "air_exceedance_days")}
    missing = [
        symbol(one.argument)
        for one in report.catalogue.indicators.values()
        if one.statistic == "air_exceedance_days" and one.id not in observed
    ]
    if not missing or not observed:
        return Markup("")
    return sentence(N_("{names}无有效日数据。"), names=joined(missing))


def particulates(report: Report) -> Markup:
    """Say on how many days the fine particulates were above the daily limit."""
    days = report.observation("air.pm25_exceedance_days")
    if days is None:
        return sentence(N_("没有PM₂.₅有效日数据"))
    if days.value:
        said = sentence(N_("PM₂.₅日均浓度{days}天超标"), days=number(days))
    elif report.as_of:
        said = sentence(N_("PM₂.₅日均浓度未超标"))
    else:
        said = sentence(N_("PM₂.₅日均浓度全年未超标"))
    return qualified(dated(report, said), days)


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
        N_("{dataset}（{department}）{how}"),
        dataset=localized(dataset),
        department=dataset.department,
        how=on_pages(
            sentence(
                N_("，放入 {folder}"), folder=f"data/raw/{report.pair.district}/{report.year}/"
            )
        ),
    )


def provenance(report: Report, what: str) -> Provenance:
    """Return source and method of one of the chapter's sections."""
    if what == "hours":
        return _of_hours(report)
    if what == "years":
        known = report.provenance(yearly(report, PM25_MEAN), method=_(METHODS[what]))
        is_verified = known.is_verified and tested(report)[1].verified == "verified"
        return replace(known, is_verified=is_verified)
    return report.provenance(_observed(report, what), method=_(METHODS[what]))


def monthly(report: Report, indicator: str) -> list[Observation]:
    """Return an indicator's months that have a value, in order."""
    found = (
        report.observation(indicator, period=f"{report.year}-{month:02d}") for month in range(1, 13)
    )
    return [one for one in found if one is not None and one.value is not None]


def by_pollutant(report: Report, statistic: str) -> list[Observation]:
    """Return what a statistic counted for each pollutant, most days first."""
    names = [one.id for one in report.catalogue.indicators.values() if one.statistic == statistic]
    found = [one for one in map(report.observation, names) if one is not None]
    return sorted(found, key=lambda one: (-_value(one), one.indicator))


METHODS = {
    "annual": N_("HJ 663 年评价"),
    "aqi": N_("HJ 633 空气质量指数"),
    "months": N_("HJ 633 空气质量指数"),
    "primary": N_("HJ 633 首要污染物"),
    "exceedance": N_("GB 3095 二级日均限值"),
    "pm25_days": N_("GB 3095 二级日均限值；全区日值为各点位日均值的算术平均"),
    "pm25": N_("各点位日均值的算术平均"),
    "no2": N_("各点位日均值的算术平均"),
    "hours": N_("各点位小时值的算术平均"),
    "years": N_("逐年年均值；秩相关检验至少需5年"),
    "composite": N_("HJ 663 综合指数"),
}


def _observed(report: Report, what: str) -> Sequence[Observation | None]:
    """Return what a section of the chapter rests on."""
    if what == "months":
        return monthly(report, GOOD_SHARE)
    if what == "primary":
        return by_pollutant(report, "air_primary_days")
    if what == "exceedance":
        return by_pollutant(report, "air_exceedance_days")
    names = {
        "annual": ANNUAL_INDICATORS,
        "aqi": (GOOD_SHARE, "air.good_days", "air.valid_days", "air.heavy_pollution_days"),
        "pm25_days": ("air.pm25_exceedance_days",),
        "pm25": (PM25_MEAN,),
        "no2": ("air.no2_annual_mean",),
        "composite": (COMPOSITE,),
    }
    return [report.observation(name) for name in names[what]]


def _of_hours(report: Report) -> Provenance:
    """Return the provenance of hours, which may come from elsewhere than the days."""
    return Provenance(
        sources=report.files("air_hourly"),
        method=_(METHODS["hours"]),
        is_demonstration=report.is_dataset_made("air_hourly"),
    )


def _comparable_months(report: Report) -> list[Observation]:
    return [one for one in monthly(report, GOOD_SHARE) if one.is_sufficient]


def _ranked(report: Report, tied: Sequence[Observation], of_one: str, of_several: str) -> Markup:
    """Say how many days each of the pollutants has that share a place."""
    return sentence(
        of_one if len(tied) == 1 else of_several,
        pollutant=joined(_symbol(report, one) for one in tied),
        days=number(tied[0]),
    )


def _symbol(report: Report, observation: Observation) -> str:
    return symbol(report.indicator(observation.indicator).argument)


def _value(observation: Observation) -> float:
    return float(observation.value or 0)


def _month(observation: Observation) -> int:
    return int(observation.period.rsplit("-", 1)[1])


def _month_names(numbers: Iterable[int]) -> Markup:
    return joined(month_names()[month - 1] for month in numbers)
