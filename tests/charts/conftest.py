"""A seeded year of one place."""

from __future__ import annotations

import pandas as pd
import pytest
from chart_frames import make_aqi, make_daily, make_hourly, make_stations


@pytest.fixture(scope="session")
def daily() -> pd.DataFrame:
    return make_daily()


@pytest.fixture(scope="session")
def aqi(daily: pd.DataFrame) -> pd.DataFrame:
    return make_aqi(daily)


@pytest.fixture(scope="session")
def stations() -> pd.DataFrame:
    return make_stations(["公园路", "莲花", "留学生创业园"])


@pytest.fixture(scope="session")
def hourly() -> pd.DataFrame:
    return make_hourly()
