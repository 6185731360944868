import math

import pandas as pd
import pytest

from ecoreport.errors import InputError
from ecoreport.standards.air import composite_concentrations, composite_index

# Dongyuan county, October 2023, as its government published it: composite index 2.09.
DONGYUAN = {"SO2": 10, "NO2": 11, "PM10": 25, "PM2.5": 14, "CO": 0.7, "O3": 112}


def test_published_month_of_a_county():
    index = composite_index(DONGYUAN, 2023)
    assert index.total == 2.09
    assert index.items["index"].tolist() == [0.17, 0.28, 0.36, 0.4, 0.18, 0.7]
    assert index.main_pollutants == ["O3"]
    assert index.verified == "verified"


def test_the_weights_of_2026_are_marked():
    index = composite_index(DONGYUAN, 2027)
    assert index.verified == "unverified"
    assert index.items["weight"].tolist() == [1, 2, 1, 3, 1, 2]


def test_a_missing_concentration_has_no_total():
    index = composite_index({**DONGYUAN, "O3": math.nan}, 2023)
    assert math.isnan(index.total)
    assert index.main_pollutants == []
    assert index.items["index"].isna().tolist() == [False] * 5 + [True]


def test_wrong_concentrations_are_errors():
    with pytest.raises(InputError, match="O3"):
        composite_index({name: value for name, value in DONGYUAN.items() if name != "O3"}, 2023)
    with pytest.raises(InputError, match="SO2"):
        composite_index({**DONGYUAN, "SO2": -1}, 2023)


def test_concentrations_of_a_month_are_means_and_percentiles():
    january = pd.DataFrame(
        {
            "pm25_ug_m3": range(1, 32),
            "pm10_ug_m3": 60.0,
            "so2_ug_m3": 10.0,
            "no2_ug_m3": 30.0,
            "co_mg_m3": [0.5] * 30 + [1.5],
            "o3_8h_ug_m3": math.nan,
        },
        index=pd.date_range("2018-01-01", "2018-01-31"),
    )
    values = composite_concentrations(january, 2018)
    assert values["PM2.5"] == 16
    assert float(values["CO"]) == 0.5
    assert math.isnan(values["O3"])
