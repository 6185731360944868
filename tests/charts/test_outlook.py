from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from chart_frames import make_aqi, make_daily
from chart_reading import assert_readable, drawn_texts

from ecoreport.charts.chart import Chart
from ecoreport.charts.outlook import rest_of_year


@pytest.fixture(scope="module")
def years() -> dict[int, pd.DataFrame]:
    return {year: make_aqi(make_daily(year, seed=year)) for year in (2016, 2017, 2018)}


def draw(years: dict[int, pd.DataFrame], as_of: dt.date, allowed: int | None = 101) -> Chart:
    return rest_of_year(years, as_of, title="t", allowed_days=allowed, allowed_name="目标允许")


def over(aqi: pd.DataFrame, until: str) -> int:
    return int((~aqi[:until]["category"].dropna().isin(["优", "良"])).sum())


def test_what_is_left_is_allowed_less_what_was(years: dict[int, pd.DataFrame]) -> None:
    chart = draw(years, dt.date(2018, 9, 30))
    left = 101 - over(years[2018], "2018-09-30")
    heads = [text for text, _box in drawn_texts(chart.figure)]
    assert any(text.endswith(f"剩余92天最多再超标{left}天") for text in heads)
    assert f"2017年 {over(years[2017], '2017-12-31')}天" in chart.alt
    assert_readable(chart)


def test_more_than_allowed_says_by_how_much(years: dict[int, pd.DataFrame]) -> None:
    so_far = over(years[2018], "2018-11-15")
    chart = draw(years, dt.date(2018, 11, 15), so_far - 3)
    assert any("已比全年允许多 3天" in text for text, _box in drawn_texts(chart.figure))
    assert_readable(chart)


@pytest.mark.parametrize("month", range(1, 13))
def test_it_reads_at_any_time_of_the_year(years: dict[int, pd.DataFrame], month: int) -> None:
    last = (pd.Timestamp(2018, month, 1) + pd.offsets.MonthEnd()).date()
    assert_readable(draw(years, last))


def test_a_missing_day_is_no_exceedance_and_is_said(years: dict[int, pd.DataFrame]) -> None:
    own = years[2018].copy()
    own["category"] = own["category"].astype(object).where(own.index.month != 8)
    chart = draw({2018: own}, dt.date(2018, 12, 31), None)
    absent = own["category"].isna().sum()
    assert f"2018年缺{absent}天" in chart.note
    assert chart.data["exceedance_days_so_far"].iloc[-1] == over(own, "2018-12-31")
    assert_readable(chart)
