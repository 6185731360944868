from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from chart_reading import assert_readable

from ecoreport.charts.months import category_shares_by_month, primary_pollutants_by_month

EMPTY = pd.DataFrame(
    {"category": [], "primary_pollutants": []}, index=pd.DatetimeIndex([]), dtype=object
)


def without_august(aqi: pd.DataFrame) -> pd.DataFrame:
    is_august = pd.DatetimeIndex(aqi.index).month == 8
    return aqi.assign(category=aqi["category"].astype(object).where(~is_august))


def test_each_month_holds_all_its_days(aqi: pd.DataFrame) -> None:
    chart = category_shares_by_month(without_august(aqi), 2018, title="t")
    days = chart.data.set_index("month").sum(axis=1)
    assert days.tolist() == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert chart.data.set_index("month").loc[8, "too_few"] == 31
    assert_readable(chart)


def test_days_to_come_are_not_missing(aqi: pd.DataFrame) -> None:
    chart = category_shares_by_month(
        aqi[:"2018-09-10"], 2018, title="t", as_of=dt.date(2018, 9, 10)
    )
    assert chart.data.set_index("month").loc[9, "not_yet"] == 20
    assert "共 253 天" in chart.note
    assert_readable(chart)


def test_days_with_several_primary_pollutants_count_for_each() -> None:
    days = pd.date_range("2018-01-01", "2018-01-03")
    aqi = pd.DataFrame(
        {"category": ["良", "良", None], "primary_pollutants": [["PM2.5", "O3"], [], ["O3"]]},
        index=days,
    )
    chart = primary_pollutants_by_month(aqi, 2018, title="t")
    assert chart.data.loc[0, ["PM2.5", "O3"]].tolist() == [1, 1]
    assert "有效 2 天，有首要污染物 1 天，其中并列 1 天" in chart.note
    assert "url(#c-" in chart.svg("c")  # months without data are hatched
    assert_readable(chart)


def test_a_pollutant_without_a_colour_of_its_own_is_still_drawn(aqi: pd.DataFrame) -> None:
    other = aqi.assign(primary_pollutants=[["NH3"] for _day in range(len(aqi))])
    chart = primary_pollutants_by_month(other, 2018, title="t")
    assert "NH3" in chart.svg("c")
    assert_readable(chart)


@pytest.mark.parametrize("draw", [category_shares_by_month, primary_pollutants_by_month])
def test_a_year_without_data(draw) -> None:
    chart = draw(EMPTY, 2018, title="t")
    assert "有效 0 天" in chart.note
    assert np.isfinite(chart.figure.axes[-1].get_ylim()).all()
    assert_readable(chart)
