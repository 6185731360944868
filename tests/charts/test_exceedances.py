from __future__ import annotations

import pandas as pd
import pytest
from chart_reading import assert_readable

from ecoreport.charts.exceedances import exceedance_days_by_pollutant


@pytest.fixture(scope="module")
def exceedances(daily: pd.DataFrame) -> pd.DataFrame:
    limits = {"PM2.5": ("pm25_ug_m3", 75), "O3": ("o3_8h_ug_m3", 160), "CO": ("co_mg_m3", 4)}
    return pd.DataFrame(
        {
            name: (daily[column] > limit).astype("boolean").where(daily[column].notna())
            for name, (column, limit) in limits.items()
        }
    )


def test_pollutants_with_most_days_come_first(exceedances: pd.DataFrame) -> None:
    chart = exceedance_days_by_pollutant(exceedances, 2018, title="t")
    totals = chart.data.groupby("pollutant", sort=False)["exceedance_days"].sum()
    assert totals.to_dict() == exceedances.sum()[["O3", "PM2.5", "CO"]].to_dict()
    assert_readable(chart)


def test_a_month_without_valid_days_is_not_zero(exceedances: pd.DataFrame) -> None:
    gap = exceedances.copy()
    gap.loc["2018-08", "O3"] = pd.NA
    data = exceedance_days_by_pollutant(gap, 2018, title="t").data.set_index(["pollutant", "month"])
    assert pd.isna(data.loc[("O3", 8), "exceedance_days"])
    assert data.loc[("CO", 8), "exceedance_days"] == 0
    assert data.loc[("O3", 8), "valid_days"] == 0


def test_a_year_without_data(exceedances: pd.DataFrame) -> None:
    chart = exceedance_days_by_pollutant(exceedances.iloc[:0], 2018, title="t")
    assert "0 天" in chart.note
    assert_readable(chart)
