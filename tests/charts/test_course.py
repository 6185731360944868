from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from chart_reading import assert_readable, drawn_texts

from ecoreport.charts.chart import Chart
from ecoreport.charts.course import daily_course, diurnal_course, extremes, weekly_course
from ecoreport.charts.marks import Line


def draw(daily: pd.DataFrame, as_of: dt.date | None = None) -> Chart:
    values = daily["pm25_ug_m3"]
    return daily_course(
        daily,
        "pm25_ug_m3",
        2018,
        title="t",
        limit=Line(75, "二级日均限值"),
        exceeds=(values > 75).astype("boolean").mask(values.isna()),
        as_of=as_of,
    )


def test_days_over_the_limit_are_counted_and_the_limit_is_named(daily: pd.DataFrame) -> None:
    chart = draw(daily)
    over = int((daily["pm25_ug_m3"] > 75).sum())
    assert over > 5
    assert f"超标{over}天" in chart.alt
    assert chart.data["exceeds"].sum() == over
    assert "二级日均限值 75" in [text for text, _box in drawn_texts(chart.figure)]
    assert_readable(chart)


def test_the_days_counted_are_those_that_were_handed_in(daily: pd.DataFrame) -> None:
    counted = pd.Series(False, index=daily.index, dtype="boolean")
    counted.iloc[[3, 5]] = True
    limit = Line(75, "二级日均限值")
    chart = daily_course(
        daily, "pm25_ug_m3", 2018, title="t", limit=limit, exceeds=counted
    )  # fmt: skip
    assert "超标2天" in chart.alt
    assert "共2天" in chart.svg("c")
    assert chart.data["exceeds"].sum() == 2


def test_hours_that_share_the_extreme_are_all_named() -> None:
    hours = pd.DataFrame({"mean": [10.2, 9.8, 30.4, 29.6]}, index=pd.Index([1, 2, 3, 4]))
    assert extremes(hours, 0) == ([3, 4], [1, 2])


def test_a_gap_breaks_the_line_and_the_running_mean(daily: pd.DataFrame) -> None:
    gap = daily.copy()
    gap.loc["2018-08"] = np.nan
    data = draw(gap).data.set_index("date")
    assert data.loc["2018-08-16", "running_mean"] is not None
    assert np.isnan(data.loc["2018-08-16", "running_mean"])
    assert_readable(draw(gap))


def test_a_part_of_a_year_ends_where_data_end(daily: pd.DataFrame) -> None:
    chart = draw(daily[:"2018-09-30"], dt.date(2018, 9, 30))
    assert chart.data["date"].max() == pd.Timestamp("2018-09-30")
    absent = daily[:"2018-09-30"]["pm25_ug_m3"].isna().sum()
    assert f"缺 {absent} 天" in chart.note
    assert_readable(chart)


@pytest.mark.parametrize("day", ["2018-01-02", "2018-05-03", "2018-12-30"])
def test_a_value_out_of_scale_is_cut_and_named(daily: pd.DataFrame, day: str) -> None:
    storm = daily.copy()
    storm.loc[day, "pm25_ug_m3"] = 985
    chart = draw(storm)
    assert chart.figure.axes[0].get_ylim()[1] < 300
    assert "1 天的值超出坐标" in chart.note
    assert any(text.startswith("最高 985") for text, _box in drawn_texts(chart.figure))
    assert_readable(chart)


def test_without_any_value_it_says_so(daily: pd.DataFrame, hourly: pd.DataFrame) -> None:
    charts = (
        draw(daily.iloc[:0]),
        diurnal_course(hourly.iloc[:0], "o3_ug_m3", title="t"),
        weekly_course(daily.iloc[:0], "no2_ug_m3", title="t"),
    )
    for chart in charts:
        assert "无有效数据" in chart.alt
        assert_readable(chart)


def test_hours_and_weekdays_are_summed_up_over_days(
    daily: pd.DataFrame, hourly: pd.DataFrame
) -> None:
    by_hour = diurnal_course(hourly, "o3_ug_m3", title="t")
    at_14 = hourly.loc[hourly["hour"] == 14, "o3_ug_m3"].dropna()
    row = by_hour.data.set_index("hour").loc[14]
    assert row["mean"] == pytest.approx(at_14.mean())
    assert row["upper_quartile"] == pytest.approx(at_14.quantile(0.75))
    by_weekday = weekly_course(daily, "co_mg_m3", title="t")
    mondays = daily.loc[pd.DatetimeIndex(daily.index).day_of_week == 0, "co_mg_m3"]
    assert by_weekday.data.loc[0, "mean"] == pytest.approx(mondays.mean())
    assert by_weekday.data["days"].sum() == daily["co_mg_m3"].count()
    for chart in (by_hour, by_weekday):
        assert_readable(chart)


def test_stations_are_averaged_before_days_are_counted(hourly: pd.DataFrame) -> None:
    other = hourly.assign(station="1207A", o3_ug_m3=hourly["o3_ug_m3"] + 10)
    both = diurnal_course(pd.concat([hourly, other]), "o3_ug_m3", title="t").data
    one = diurnal_course(hourly, "o3_ug_m3", title="t").data
    assert both["days"].tolist() == one["days"].tolist()
    assert both["mean"].to_numpy() == pytest.approx(one["mean"].to_numpy() + 5)
