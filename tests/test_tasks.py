"""What is asked of a batch wrongly is told before anything is done."""

from __future__ import annotations

from pathlib import Path

import pytest
from whole_runs import assert_told, ecoreport

ROOT = Path(__file__).parents[1]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project without data."""
    for name in ("params", "expectations", "templates", "notebooks"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


@pytest.mark.parametrize("years", ["2018-2016", "2016, 2018-2017", "", "2018-", "$(touch x)", "1"])
def test_years_that_name_none_are_told(project: Path, years: str) -> None:
    assert_told(ecoreport(project, "reports", DISTRICTS="hailing", YEARS=years), 2, "YEARS")
    assert not (project / "x").exists()


@pytest.mark.parametrize("districts", ["", ",", "../params", "hailing,nowhere", "$(touch x)", "'"])
def test_districts_that_name_none_are_told(project: Path, districts: str) -> None:
    told = ecoreport(project, "reports", DISTRICTS=districts, YEARS="2018")
    assert_told(told, 2, "DISTRICT")
    assert not (project / "x").exists()
    assert not (project / "reports").exists()


def test_without_data_nothing_is_made_and_it_is_said_why(project: Path) -> None:
    told = ecoreport(project, "reports", DISTRICTS="hailing,linjiang", YEARS="2017-2018,2018")
    assert_told(
        told, 0, "没有数据：data/raw/hailing/2018 不存在", "完成 0 份，跳过 4 份，失败 0 份"
    )
    assert [path.name for path in (project / "reports").iterdir()] == ["run.json"]


def test_there_is_nothing_to_resume_where_nothing_was_begun(project: Path) -> None:
    assert_told(ecoreport(project, "reports", RESUME="1"), 2, "没有要续做的")
