from __future__ import annotations

import pytest
from chart_reading import assert_readable

from ecoreport.charts.chart import Chart
from ecoreport.charts.trend import YearValue, trend_with_path


def draw(values: list[YearValue], path: dict[int, float] | None = None) -> Chart:
    return trend_with_path(
        values, path or {}, title="t", quantity="PM₂.₅ 年均值，μg/m³", decimals=0,
        target_name="规划目标",
    )  # fmt: skip


def lines(chart: Chart) -> list[list[float]]:
    """Return the years that the thick line joins."""
    return [
        list(line.get_xdata()) for line in chart.figure.axes[0].lines if line.get_linewidth() > 2
    ]


def test_years_stand_in_order_and_missing_ones_break_the_line() -> None:
    chart = draw(
        [YearValue(2018, 48), YearValue(2015, 66), YearValue(2016, 58)], {2015: 66, 2020: 43}
    )
    assert chart.data["year"].tolist() == [2015, 2016, 2017, 2018, 2019, 2020]
    assert lines(chart) == [[2015, 2016]]
    assert "；规划目标（2020年）43" in chart.alt
    assert_readable(chart)


def test_values_of_different_bases_are_not_joined() -> None:
    chart = draw(
        [YearValue(2017, 52, "标况"), YearValue(2018, 48, "标况"), YearValue(2019, 46, "实况")]
    )
    assert lines(chart) == [[2017, 2018]]
    assert "口径不同" in chart.note
    assert_readable(chart)


def test_each_basis_is_named_within_its_own_years() -> None:
    bases = (
        "标况、不扣沙、一个很长很长的口径说明",
        "实况、不扣沙、辖区点位均值",
        "实况、扣沙、辖区",
    )
    chart = draw([YearValue(2016 + number, 50, basis) for number, basis in enumerate(bases)])
    assert_readable(chart)


@pytest.mark.parametrize(
    "values",
    [
        [YearValue(2018, 48, is_valid=False)],
        [YearValue(2018, None)],
        [],
        [YearValue(year, 2000 - year % 7) for year in range(2005, 2026)],
    ],
)
def test_one_year_no_year_and_many_years(values: list[YearValue]) -> None:
    assert_readable(draw(values))
