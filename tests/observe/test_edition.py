"""A year that two editions of the air standards share is judged by the one that is named."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from ecoreport.errors import InputError
from ecoreport.observe.air_days import DAY_COLUMNS, air_days
from ecoreport.observe.period import Period

DATES = pd.date_range("2026-01-01", "2026-12-31")


@pytest.fixture
def frames():
    levels = dict(zip(DAY_COLUMNS, (70.0, 100.0, 8.0, 30.0, 0.8, 90.0), strict=True))
    days = pd.DataFrame({"station": "1206A", "date": DATES, **levels, "maturity": "audited"})
    return {"air_daily": days}


def test_2026_needs_an_edition(frames):
    with pytest.raises(InputError, match="2026"):
        air_days(frames, ["1206A"], Period(2026, dt.date(2026, 12, 31)))


def test_the_named_edition_judges_2026(frames):
    period = Period(2026, dt.date(2026, 12, 31))
    of_2012 = air_days(frames, ["1206A"], period, edition="2012")
    of_2026 = air_days(frames, ["1206A"], period, edition="2026")
    # 70 µg/m³ of PM2.5 is 良 by HJ 633-2012 (limit 75), above it by HJ 633-2026 (limit 60).
    assert np.unique(of_2012.aqi_daily["category"].astype(str)) == ["良"]
    assert np.unique(of_2026.aqi_daily["category"].astype(str)) == ["轻度污染"]
    assert not of_2012.frames()["air_exceedances"]["PM2.5"].any()
    assert of_2026.frames()["air_exceedances"]["PM2.5"].all()
