from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from chart_reading import assert_readable
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb

from ecoreport.charts.calendar import year_calendar
from ecoreport.charts.style import drawing


def test_every_day_is_counted_once(aqi: pd.DataFrame) -> None:
    chart = year_calendar(aqi, 2018, title="全年优良天数")
    counts = aqi["category"].value_counts()
    for name, days in counts.items():
        assert f"{name} {days}天" in chart.alt
    assert f"数据缺失或不足 {aqi['category'].isna().sum()}天" in chart.alt
    assert len(chart.data) == 365
    assert_readable(chart)


def test_days_to_come_are_not_missing(aqi: pd.DataFrame) -> None:
    chart = year_calendar(aqi[:"2018-09-30"], 2018, title="截至9月30日", as_of=dt.date(2018, 9, 30))
    assert "尚未到 92天" in chart.alt
    assert chart.data["date"].max() == pd.Timestamp("2018-09-30")
    missing = aqi[:"2018-09-30"]["category"].isna().sum()
    assert f"数据缺失或不足 {missing} 天（共 273 天）" in chart.note
    assert_readable(chart)


def test_a_year_without_data_is_all_hatched(aqi: pd.DataFrame) -> None:
    chart = year_calendar(aqi.iloc[:0], 2018, title="全年无数据")
    assert "有效 0 天" in chart.note
    assert 'fill="url(#c-' in chart.svg("c")
    assert_readable(chart)


@pytest.mark.parametrize("year", [2012, 2023, 2024])
def test_years_of_any_length_and_first_weekday(year: int) -> None:
    """2012 begins on a Sunday and has 366 days: it takes 54 weeks."""
    chart = year_calendar(pd.DataFrame(columns=["aqi", "category", "primary_pollutants"],
                                       index=pd.DatetimeIndex([])), year, title="t")  # fmt: skip
    assert len(chart.data) == (366 if year % 4 == 0 else 365)
    assert_readable(chart)


def test_an_unknown_category_is_an_error(aqi: pd.DataFrame) -> None:
    wrong = aqi.assign(category=aqi["category"].astype(str).replace("良", "尚可"))
    with pytest.raises(ValueError, match="尚可"):
        year_calendar(wrong, 2018, title="t")


def test_it_is_small_enough_for_a_page(aqi: pd.DataFrame) -> None:
    assert len(year_calendar(aqi, 2018, title="t").svg("calendar").encode()) < 30_000


def test_every_polluted_day_has_its_dots_in_the_png_too(aqi: pd.DataFrame) -> None:
    """A dot is a line without length, which a renderer may leave out."""
    figure = year_calendar(aqi, 2018, title="t").figure
    canvas = FigureCanvasAgg(figure)
    with drawing():
        canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[:, :, :3].astype(int)
    paths = [patch for patch in figure.axes[0].patches if patch.get_capstyle() == "round"]
    assert paths
    for patch in paths:
        ink = np.array(to_rgb(patch.get_edgecolor())) * 255
        for x, y in patch.get_path().vertices[::2]:
            assert np.abs(pixels[int(y), int(x)] - ink).max() < 90
