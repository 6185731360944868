"""Many reports at once: what is asked for wrongly is told, and one that fails stops no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from whole_runs import assert_told, ecoreport

ROOT = Path(__file__).parents[1]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project without data and without notebooks."""
    for name in ("params", "expectations", "templates"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "notebooks").mkdir()
    return tmp_path


@pytest.mark.parametrize("years", ["2018-2016", "2016, 2018-2017", "", "2018-"])
def test_years_that_name_none_are_told(project: Path, years: str) -> None:
    assert_told(ecoreport(project, "reports", DISTRICTS="hailing", YEARS=years), 2, "YEARS")


def test_a_year_that_cannot_be_read_or_written_stops_no_other(project: Path) -> None:
    processed = project / "data" / "processed" / "hailing"
    processed.mkdir(parents=True)
    (processed / "2017").write_text("a file where a folder should be")
    run = ecoreport(project, "reports", DISTRICTS="hailing", YEARS="2017-2019")

    assert_told(run, 1, "无法读写", "hailing/2017", "失败 3 份", "没有笔记本")
    assert "3/3 hailing/2019" in run.said
