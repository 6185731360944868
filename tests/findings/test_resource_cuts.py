"""Cuts of intensities since a base year: at comparable prices where the tables carry every year."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from area_report import chapter_of, table

from ecoreport.config.vocabulary import Verdict

COMMITMENT = "wuxi-2018/resources/water-per-gdp"


def accounts(year: int, water: float, gdp: float, comparable: float) -> dict[str, pd.DataFrame]:
    """Return a year whose prices rose by a tenth on those of the year before."""
    row = {
        "period": str(year), "department": "wuxi-water", "water_10k_m3": water,
        "gdp_100m_yuan": gdp, "gdp_comparable_100m_yuan": comparable,
        "last_year_water_10k_m3": 1000.0, "last_year_gdp_comparable_100m_yuan": 100.0,
    }  # fmt: skip
    return {"resource_accounts": table("resource_accounts", row)}


@pytest.mark.parametrize(
    ("years", "verdict", "value", "note"),
    [
        # Water stays, value grows by 2 % a year: 1 − 1 ÷ 1.02³ = 5.77 %, far below nine.
        (range(2015, 2019), Verdict.NOT_MET, "5.77", "按可比价：2016、2017、2018年比上年下降（%）"),
        # Without 2016 only current prices are left, by which it fell from 10.0 to 6.7.
        ((2015, 2017, 2018), Verdict.MET, "33", "要有2016、2017、2018年的下降率，缺2016年"),
    ],
)
def test_rising_prices_are_no_cut(
    tmp_path: Path, years: tuple[int, ...], verdict: Verdict, value: str, note: str
) -> None:
    by_year = {
        year: accounts(year, 1000.0, {2015: 100.0, 2018: 150.0}.get(year, 120.0), 102.0)
        for year in years
    }
    chapter = chapter_of(tmp_path, "resources", by_year, district="wuxi")
    judged = {one.commitment: one for one in chapter.report.assessment.judgements}[COMMITMENT]
    assert judged.verdict is verdict and judged.unit == "%"
    assert judged.value is not None and round(judged.value, 2) == Decimal(value)
    assert any(note in str(one) for one in judged.notes)
