"""What counts as one numeral of a document, and which number it begins with."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numerals import amount, numerals


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PM2.5年均濃度降到43微克/立方米", ["PM2.5", "43微克/立方米"]),
        ("3.2017年底前，完成30%以上", ["3.", "2017年", "30%"]),
        ("1、实施\n2、到2018年6月底", ["1、", "2、", "2018年6月"]),
        ("到2020年達到或優于Ⅲ類、V类", ["2020年", "Ⅲ類", "V类"]),
        ("(2)開展35蒸噸/小時及以下", ["(2)", "35蒸噸/小時"]),
        ("單位≤0.70吨标煤/万元,≥80万元/亩", ["≤0.70吨标煤/万元", "≥80万元/亩"]),
        ("每半年公布，至少一次，第三季度", ["半年", "一次", "第三季度"]),
        ("6.2%;二、三级；百分之五", ["6.2%", "二", "三级", "百分之五"]),
        ("新增造林0.6萬畝，3000戶", ["0.6萬畝", "3000戶"]),
        ("2018-04-27 13:52:08 |", ["2018-04-27 13:52:08"]),
        ("进一步统一", ["一", "一"]),
    ],
)
def test_numerals_come_with_their_units(text: str, found: list[str]) -> None:
    assert [one.text for one in numerals(text)] == found


@given(st.text("0123456789.%一二十百万萬Ⅲ类PM年月日(（)）、 \n以上≥", max_size=60))
def test_every_numeral_stands_at_its_position(text: str) -> None:
    found = list(numerals(text))
    assert all(text.startswith(one.text, one.position) for one in found)
    ends = [one.position + len(one.text) for one in found]
    assert all(end <= one.position for end, one in zip(ends, found[1:], strict=False))
    covered = {i for one in found for i in range(one.position, one.position + len(one.text))}
    assert all(i in covered for i, sign in enumerate(text) if sign in "0123456789一二十百万萬Ⅲ")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.6萬畝", "0.6"),
        ("≥80%", "80"),
        ("1,234家", "1234"),
        ("两次", "2"),
        ("第四季度", "4"),
        ("十二届", "12"),
        ("二十项", "20"),
        ("Ⅲ類", "3"),
        ("V类", "5"),
    ],
)
def test_a_numeral_begins_with_its_number(text: str, number: str) -> None:
    assert amount(text) == Decimal(number)
