from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from chart_frames import make_stations
from chart_reading import assert_readable, drawn_texts

from ecoreport.charts.chart import Chart
from ecoreport.charts.marks import Line
from ecoreport.charts.stations import (
    Place,
    station_monthly_means,
    station_multiples,
    stations_against_limit,
)

NEEDED = {month: 25 if month == 2 else 27 for month in range(1, 13)}


def places_of(stations: pd.DataFrame, names: dict[str, str] | None = None) -> list[Place]:
    days = stations.groupby("station")["pm25_ug_m3"]
    return [
        Place(
            label=(names or {}).get(code, code),
            value=round(Decimal(mean)) if n else None,
            days=n,
            code=code,
        )
        for code, mean, n in zip(days.mean().index, days.mean(), days.count(), strict=True)
    ]  # fmt: skip


def draw(
    stations: pd.DataFrame, places: list[Place] | None = None, as_of: dt.date | None = None
) -> Chart:
    return station_multiples(
        stations,
        stations.groupby("date")["pm25_ug_m3"].mean(),
        places or places_of(stations),
        "pm25_ug_m3",
        title="t",
        mean_name="PM₂.₅年均浓度",
        days_needed=NEEDED,
        as_of=as_of,
    )


def test_stations_stand_from_the_highest_down(stations: pd.DataFrame) -> None:
    chart = draw(stations)
    texts = [text for text, _box in drawn_texts(chart.figure)]
    order = [text for text in texts if text in {"公园路", "莲花", "留学生创业园"}]
    means = stations.groupby("station")["pm25_ug_m3"].mean().sort_values(ascending=False)
    assert order == means.index.tolist()
    assert_readable(chart)


def test_panels_are_named_with_the_values_that_were_observed(stations: pd.DataFrame) -> None:
    # Half to even, as published: not what a mean of the frame would give.
    observed = [Place("莲花", Decimal("12"), 300, code="莲花", is_valid=False)]
    chart = draw(stations, observed)
    texts = [text for text, _box in drawn_texts(chart.figure)]
    assert "均值 12" in texts
    assert "PM₂.₅年均浓度（μg/m³）：莲花 12" in chart.alt
    assert "有效数据不足，均值仅供参考：莲花" in chart.note
    assert chart.data.columns.tolist() == ["month", "莲花", "own"]


def test_monthly_means_are_rounded_once_half_to_even() -> None:
    days = pd.DataFrame(
        {
            "station": "莲花",
            "date": pd.date_range("2018-01-01", periods=30),
            "pm25_ug_m3": [40.0, 45.0] * 15,
        }
    )
    means = station_monthly_means(days, "pm25_ug_m3", NEEDED)
    assert means.loc[1, "莲花"] == 42
    assert means["莲花"].count() == 1


def test_months_to_come_are_not_missing(stations: pd.DataFrame) -> None:
    part = stations[stations["date"] <= "2018-09-30"]
    whole = draw(part).svg("c").count("url(#")
    assert draw(part, as_of=dt.date(2018, 9, 30)).svg("c").count("url(#") < whole


def test_months_with_too_few_days_are_not_drawn(stations: pd.DataFrame) -> None:
    few = stations.copy()
    is_cut = (few["station"] == "莲花") & few["date"].between("2018-05-01", "2018-05-10")
    few.loc[is_cut, "pm25_ug_m3"] = np.nan
    data = draw(few).data.set_index("month")
    assert np.isnan(data.loc[5, "莲花"])
    assert data.loc[5, "公园路"] > 0


@pytest.mark.parametrize("count", [1, 2, 11])
def test_any_number_of_stations_is_readable(count: int) -> None:
    stations = make_stations([f"{number}号" for number in range(count)])
    stations.loc[stations["station"] == "0号", "pm25_ug_m3"] = np.nan
    names = {"0号": "一个名字特别特别长长长长的$监测$点位的名称"}
    assert_readable(draw(stations, places_of(stations, names)))


def test_annual_values_beside_the_limit() -> None:
    places = [
        Place("关停点位", None, 0),
        Place("莲花", Decimal("38"), 200, is_valid=False),
        Place("公园路", Decimal("41"), 350),
    ]
    chart = stations_against_limit(
        places,
        Line(35, "二级限值"),
        Line(37.4, "全区"),
        "pm25_ug_m3",
        title="t",
        mean_name="PM₂.₅年均浓度",
    )
    assert chart.data["label"].tolist() == ["公园路", "莲花", "关停点位"]
    assert "关停点位 —" in chart.alt
    assert_readable(chart)


def test_the_same_value_as_the_limit_is_still_readable() -> None:
    one = Line(35, "二级限值")
    high = [Place("公园路", Decimal("9985"), 350)]
    assert_readable(
        stations_against_limit(
            high, one, Line(35, "全区"), "pm25_ug_m3", title="t", mean_name="PM₂.₅年均浓度"
        )
    )


def test_without_any_value_only_the_limit_is_drawn() -> None:
    chart = stations_against_limit(
        [Place("公园路", None, 0)], Line(35, "二级限值"), Line(float("nan"), "全区"), "pm25_ug_m3",
        title="t", mean_name="PM₂.₅年均浓度",
    )  # fmt: skip
    assert "无有效数据" in chart.svg("c")
    assert "全区" not in chart.svg("c")
    assert_readable(chart)
