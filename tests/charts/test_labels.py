from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoreport.charts.labels import least_to_most, number, shortened, spread, text_width, wrapped
from ecoreport.charts.style import appearance, readable_ink
from ecoreport.standards.tables import table


@given(st.lists(st.floats(-1e4, 1e4), max_size=12), st.floats(0.1, 100))
def test_spread_labels_keep_their_order_and_distance(positions: list[float], gap: float) -> None:
    moved = spread(positions, gap)
    assert len(moved) == len(positions)
    order = np.argsort(positions, kind="stable")
    assert np.all(np.diff(np.array(moved)[order]) >= gap * (1 - 1e-6) - 1e-6)
    assert np.mean(moved or [0]) == pytest.approx(np.mean(positions or [0]), abs=1e-6)


def test_a_range_of_counts_is_one_number_where_all_are_alike() -> None:
    assert least_to_most(pd.Series([365, 340, 350])) == "340–365"
    assert least_to_most(pd.Series([365, 365])) == "365"


def test_labels_that_are_far_apart_stay() -> None:
    assert spread([10, 50, 30], 5) == [10, 50, 30]


@pytest.mark.filterwarnings("ignore:Glyph")  # any character at all, not only those of the fonts
@settings(deadline=None)
@given(st.text(max_size=60), st.integers(40, 200))
def test_cut_texts_fit(text: str, width: int) -> None:
    assert text_width(shortened(text, width)) <= width
    lines = wrapped(text, width, 2)
    assert len(lines) <= 2
    assert all(text_width(line) <= width for line in lines)


def test_words_break_at_blanks_and_chinese_anywhere() -> None:
    assert wrapped("Not assigned from above", 90, 2) == ["Not assigned", "from above"]
    assert wrapped("有效数据不足，不予评价", 90, 2) == ["有效数据不足，", "不予评价"]
    assert wrapped("有效数据不足，不予评价", 76, 2) == ["有效数据不足", "不予评价"]


def test_numbers_are_rounded_half_even_with_a_true_minus() -> None:
    assert number(0.125, 2) == "0.12"
    assert number(-12345.5, 0) == "−12\u2009346"
    assert number(float("nan"), 1) == number(None, 1) == "—"


def test_text_on_every_category_has_contrast() -> None:
    inks = {colour: readable_ink(colour) for colour in table("aqi_categories")["rgb_hex"]}
    look = appearance()
    assert inks["#FFFF00"] == look.ink
    assert inks["#7E0023"] == look.paper
