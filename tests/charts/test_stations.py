from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from chart_frames import make_stations
from chart_reading import assert_readable, drawn_texts

from ecoreport.charts.chart import Chart
from ecoreport.charts.marks import Line
from ecoreport.charts.stations import Place, station_multiples, stations_against_limit

NEEDED = {month: 25 if month == 2 else 27 for month in range(1, 13)}


def draw(stations: pd.DataFrame, names: dict[str, str] | None = None) -> Chart:
    own = stations.groupby("date")["pm25_ug_m3"].mean()
    return station_multiples(
        stations, own, "pm25_ug_m3", title="t", names=names or {}, days_needed=NEEDED
    )


def test_stations_stand_from_the_highest_down(stations: pd.DataFrame) -> None:
    chart = draw(stations)
    texts = [text for text, _box in drawn_texts(chart.figure)]
    order = [text for text in texts if text in {"公园路", "莲花", "留学生创业园"}]
    means = stations.groupby("station")["pm25_ug_m3"].mean().sort_values(ascending=False)
    assert order == means.index.tolist()
    assert_readable(chart)


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
    assert_readable(draw(stations, {"0号": "一个名字特别特别长长长长的$监测$点位的名称"}))


def test_annual_values_beside_the_limit() -> None:
    places = [
        Place("关停点位", None, 0),
        Place("莲花", 38.4, 200, is_valid=False),
        Place("公园路", 41.2, 350),
    ]
    chart = stations_against_limit(
        places, Line(35, "二级限值"), Line(37.4, "全区"), "pm25_ug_m3", title="t"
    )
    assert chart.data["label"].tolist() == ["公园路", "莲花", "关停点位"]
    assert "关停点位 —" in chart.alt
    assert_readable(chart)


def test_the_same_value_as_the_limit_is_still_readable() -> None:
    one = Line(35, "二级限值")
    assert_readable(
        stations_against_limit([Place("公园路", 9985, 350)], one, Line(35, "全区"), "pm25_ug_m3",
                               title="t")
    )  # fmt: skip


def test_without_any_value_only_the_limit_is_drawn() -> None:
    chart = stations_against_limit(
        [Place("公园路", None, 0)], Line(35, "二级限值"), Line(float("nan"), "全区"), "pm25_ug_m3",
        title="t",
    )  # fmt: skip
    assert "无有效数据" in chart.svg("c")
    assert "全区" not in chart.svg("c")
    assert_readable(chart)
