"""Tile grids: every mistake is named with its line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Edit = Callable[[str, str, str], int]
Complaints = Callable[[], list[str]]

MISTAKES = [
    ("taizhou,hailing,2,1", "taizhou,hailing,2,2", "与 hailing 同在第 2 行第 2 列"),
    ("taizhou,hailing,", "taizhou,hailin,", "没有名为 'hailin' 的项，是否应为 hailing？"),
    ("taizhou,hailing,", "taizhoo,hailing,", "没有名为 'taizhoo' 的项"),
    ("taizhou,hailing,2,", "taizhou,hailing,0,", "应不小于 1"),
    ("taizhou,hailing,2,1", "taizhou,jiangyan,2,1", "district jiangyan 重复"),
]


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES)
def test_a_mistake_is_named_with_file_and_line(
    old: str, new: str, said: str, edit: Edit, complaints: Complaints
) -> None:
    edit("tile_grids.csv", old, new)
    (found,) = complaints()
    assert found.startswith("params/tile_grids.csv:")
    assert said in found
