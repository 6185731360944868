"""Named bars with their figures, and levels on their own scales."""

from chart_reading import assert_readable, drawn_texts

from ecoreport.charts.bars import Bar, GradedLevel, levels_on_grades, named_bars


def test_the_figure_behind_a_full_bar_is_whole() -> None:
    bars = [
        Bar("1类 昼间", 100.0, "100.0%（12/12）"),
        Bar("4a类 夜间", 75.0, "75.0%（144/192）", is_second=True),
    ]
    chart = named_bars(bars, title="t", note="n", largest=100.0)
    assert {one.said for one in bars} <= {text for text, _box in drawn_texts(chart.figure)}
    assert_readable(chart)


def test_grades_of_two_decibels_have_bounds_that_can_be_read() -> None:
    levels = [
        GradedLevel("区域声环境 昼间", 54.0, "dB(A)", "二级", (50.0, 55.0, 60.0, 65.0)),
        GradedLevel("道路交通 夜间", 57.3, "dB(A)", "一级", (58.0, 60.0, 62.0, 64.0)),
    ]
    chart = levels_on_grades(levels, title="t", note="n")
    assert_readable(chart)
