"""What the chapter on air finds of the single points."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from operator import attrgetter

import pandas as pd
from markupsafe import Markup

from ecoreport.charts.stations import station_monthly_means
from ecoreport.config.models import Station
from ecoreport.findings.wording import dated, mean_name, qualified, sharing_extreme
from ecoreport.labels import localized
from ecoreport.message import N_
from ecoreport.narrative import joined, quantity, sentence
from ecoreport.observe.observation import Observation
from ecoreport.report import Report
from ecoreport.standards.air.validity import days_needed_by_month

PM25 = "pm25_ug_m3"
PM25_MEAN = "air.pm25_annual_mean"


@dataclass(frozen=True)
class AtPoint:
    """A point's own value."""

    code: str
    name: str
    observation: Observation

    @property
    def value(self) -> float:
        """As it is shown."""
        return float(self.observation.value or 0)


def stations(report: Report) -> Markup:
    """Say at which points the fine particulates were highest, and at which lowest."""
    values = station_values(report, PM25_MEAN)
    if not values:
        return sentence(N_("各点位均无PM₂.₅有效日数据"))
    high = sharing_extreme(values, attrgetter("value"), max)
    low = sharing_extreme(values, attrgetter("value"), min)
    if len(values) == 1:
        text = N_("只有{high_name}一个点位有数据，{mean}{high}")
    elif len(high) == len(values):
        text = N_("各点位{mean}相同，均为{high}")
    else:
        text = N_("{mean}以{high_name}最高，{high}；{low_name}最低，{low}")
    said = sentence(
        text,
        mean=mean_name(report, "PM2.5"),
        high_name=joined(one.name for one in high),
        high=quantity(high[0].observation),
        low_name=joined(one.name for one in low),
        low=quantity(low[0].observation),
    )
    return qualified(said, *(one.observation for one in values))


def station_months(report: Report) -> Markup:
    """Say whether the same points are highest month by month."""
    means = monthly_means(report).dropna(how="all", axis="columns")
    compared = means[means.notna().sum(axis=1) > 1]
    if compared.empty:
        return sentence(N_("可比的点位不足两个，各月不作比较"))
    n_highest = Counter(
        code
        for _month, row in compared.iterrows()
        for code in sharing_extreme(row.dropna().index, row.__getitem__, max)
    )
    if (compared.max(axis=1) == compared.min(axis=1)).all():
        return dated(report, sentence(N_("各点位各月PM₂.₅平均相同")))
    names = {one.code: localized(one) for one in points(report)}
    leading = sharing_extreme(n_highest, n_highest.__getitem__, max)
    name = joined(names.get(str(code), str(code)) for code in leading)
    if n_highest[leading[0]] == len(compared):
        text = N_("各月PM₂.₅均以{name}最高")
    elif 2 * n_highest[leading[0]] > len(compared):
        text = N_("多数月份PM₂.₅以{name}最高")
    else:
        text = N_("各月PM₂.₅最高的点位不一")
    return dated(report, sentence(text, name=name))


def monthly_means(report: Report) -> pd.DataFrame:
    """Return the points' monthly means: months (rows) by code, missing where days are too few."""
    days = report.frame("air_station_daily")
    if days is None:
        return pd.DataFrame()
    needed = days_needed_by_month("PM2.5", report.year, report.air_edition)
    return station_monthly_means(days, PM25, needed)


def station_values(report: Report, indicator: str) -> list[AtPoint]:
    """Return the points that have a value, lowest first."""
    found = [
        AtPoint(station.code, localized(station), observation)
        for station in points(report)
        if (observation := report.observation(indicator, place=station.code)) is not None
        and observation.value is not None
    ]
    return sorted(found, key=lambda one: (one.value, one.name))


def points(report: Report) -> tuple[Station, ...]:
    """Return the assessment points of the report's year."""
    return report.catalogue.stations(report.pair.district, report.year)
