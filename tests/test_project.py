"""What people are told who name a district that is not there."""

from __future__ import annotations

import pytest

from ecoreport.errors import InputError
from ecoreport.project import Project


@pytest.mark.parametrize("given", ["海陵区", "Hailing", " HAILING "])
def test_a_district_by_its_chinese_name_or_in_capitals_is_asked_about(given: str) -> None:
    with pytest.raises(InputError, match="是否为 hailing？"):
        Project.here().known_district(given)


def test_all_districts_are_listed_with_their_chinese_names() -> None:
    with pytest.raises(InputError) as raised:
        Project.here().known_district("nowhere")
    assert "hailing（海陵区）" in str(raised.value)
    assert "wuxi（无锡市）" in str(raised.value)
    assert "是否为" not in str(raised.value)
