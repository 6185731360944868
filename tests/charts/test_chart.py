from __future__ import annotations

import re
from xml.etree import ElementTree

import matplotlib as mpl
import pandas as pd
import pytest
from chart_frames import make_aqi

from ecoreport.charts.calendar import year_calendar
from ecoreport.charts.chart import Chart, preload
from ecoreport.charts.style import add_canvas, drawing, new_figure


def make_chart(text: str = "PM₂.₅ 年均值", title: str = "标题", alt: str = "说明") -> Chart:
    with drawing():
        figure = new_figure("text", 60)
        canvas = add_canvas(figure)
        canvas.text(320, 30, text, ha="center")
        canvas.plot([0, 640], [10, 50])
    return Chart(figure, title, alt, pd.DataFrame(), "")


def test_the_same_chart_gives_the_same_bytes(daily: pd.DataFrame) -> None:
    one, other = (year_calendar(make_aqi(daily), 2018, title="t") for _ in range(2))
    assert one.svg("calendar") == other.svg("calendar") == one.svg("calendar")
    assert one.png() == other.png()


def test_several_stand_in_one_page(aqi: pd.DataFrame) -> None:
    chart = year_calendar(aqi, 2018, title="t")
    page = chart.svg("one") + chart.svg("two")
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {name.split("-")[0] for name in ids} == {"one", "two"}
    referred = set(re.findall(r'(?:url\(#|href="#|labelledby="|describedby=")([^")]+)', page))
    assert referred <= set(ids)
    assert "<style" not in page


def test_hostile_text_stays_text() -> None:
    text = "<script>alert(1)</script> & $x^2$ \" '"
    drawn = make_chart(text, title=f"{text}\x00", alt=f"{text}\x0b").svg("c")
    root = ElementTree.fromstring(drawn)  # noqa: S314
    assert not root.findall(".//{*}script")
    assert "$x^2$" in root.find("{*}text").text
    assert root.find("{*}title").text.startswith("<script>")
    assert 'role="img"' in drawn
    with pytest.raises(ValueError, match="not an id"):
        make_chart().svg('"><script>')


def test_one_unit_is_one_pixel_and_text_is_text() -> None:
    root = ElementTree.fromstring(make_chart().svg("c"))  # noqa: S314
    assert (root.get("width"), root.get("viewBox")) == ("640", "0 0 640 60")
    assert root.find("{*}text").text == "PM₂.₅ 年均值"
    assert root.get("font-size") == "12"
    assert "PingFang SC" in root.get("font-family")


def test_the_smaller_of_svg_and_png_goes_into_the_page() -> None:
    chart = make_chart()
    assert chart.html("c").startswith("<svg")
    with drawing():
        canvas = chart.figure.axes[0]
        for column in range(3000):
            canvas.text(column % 60 * 10, column // 60, "气", gid=str(column))
    picture = Chart(chart.figure, "t", '说明 "<b>"', chart.data, "").html("c")
    assert picture.startswith(
        '<img alt="说明 &quot;&lt;b&gt;&quot;" width="640" height="60" src="data'
    )


def test_drawing_leaves_no_trace() -> None:
    before = dict(mpl.rcParams)
    make_chart().svg("c")
    assert dict(mpl.rcParams) == before


def test_what_is_drawn_before_the_fork_changes_no_chart() -> None:
    before = make_chart().svg("c")
    preload()
    assert make_chart().svg("c") == before
