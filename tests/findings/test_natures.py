"""Demonstration data beside real data: never compared, always marked."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from small_report import YEAR, days, report_of

from ecoreport import tables
from ecoreport.findings import air, air_years
from ecoreport.findings.wording import last_year
from ecoreport.ingest.parts import Source
from ecoreport.narrative import plain
from ecoreport.report import Report


@pytest.fixture
def mixed(tmp_path: Path) -> Report:
    """A real year after one that was made up."""
    made_up = days(YEAR - 1, maturity="demonstration", pm25_ug_m3=50)
    return report_of(tmp_path, made_up, days())


def test_a_year_made_up_is_no_base_for_a_real_one(mixed: Report) -> None:
    now = mixed.observation("air.pm25_annual_mean")
    assert last_year(mixed, now) is None
    assert plain(air_years.years(mixed)) == "没有可比的往年数据"
    figures = tables.headline_figures(mixed, mixed.plans)
    assert f"缺{YEAR - 1}年数据" in figures
    assert "demonstration" not in figures


def test_what_was_made_up_says_so(tmp_path: Path) -> None:
    report = report_of(tmp_path, days(maturity="demonstration"))
    assert air.provenance(report, "months").is_demonstration
    assert "演示数据" in tables.headline_figures(report, report.plans)


def test_hours_made_up_are_marked_beside_real_days(tmp_path: Path) -> None:
    hours = pd.DataFrame(
        {"station": "1206A", "date": pd.Timestamp(f"{YEAR}-01-01"), "hour": range(1, 25),
         "o3_ug_m3": 90.0, "maturity": "demonstration", "source_file": "hours.csv"}
    )  # fmt: skip
    source = Source(dataset="air_hourly", path="hours.csv", is_demonstration=True)
    report = report_of(tmp_path, days(), hours=hours, sources=(source,))
    of_hours = air.provenance(report, "hours")
    assert (of_hours.sources, of_hours.is_demonstration) == (("hours.csv",), True)
    # The course of the week is drawn from days.
    of_days = air.provenance(report, "no2")
    assert (of_days.sources, of_days.is_demonstration) == ((f"{YEAR}.xlsx",), False)
