"""Many reports at once: what is asked for wrongly is told, and one that fails stops no other."""

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


@pytest.mark.parametrize("years", ["2018-2016", "2016, 2018-2017", "", "2018-"])
def test_years_that_name_none_are_told(project: Path, years: str) -> None:
    assert_told(ecoreport(project, "reports", DISTRICTS="hailing", YEARS=years), 2, "YEARS")


def test_a_year_that_cannot_be_read_or_written_stops_no_other(project: Path) -> None:
    processed = project / "data" / "processed" / "hailing"
    processed.mkdir(parents=True)
    (processed / "2019").write_text("a file where a folder should be")
    run = ecoreport(project, "reports", DISTRICTS="hailing", YEARS="2019,2018")

    assert_told(run, 1, "无法读写", "完成 1 份", "失败 1 份：hailing/2019")
    assert (project / "reports" / "hailing" / "2018" / "index.html").is_file()
