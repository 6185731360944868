"""Sound canonical frames of noise and of soil."""

from __future__ import annotations

import numpy as np
import pandas as pd
from placing import placed

QUARTERS = [f"2018-Q{quarter}" for quarter in range(1, 5)]


def noise_points() -> pd.DataFrame:
    """Two points in four quarters."""
    index = pd.MultiIndex.from_product(
        [["凤凰小区", "扬州路"], QUARTERS], names=["point", "period"]
    )
    frame = index.to_frame(index=False)
    areas = frame["point"].map({"凤凰小区": "1", "扬州路": "4a"}).astype("str")
    return placed(frame.assign(functional_area=areas, day_db=53.2, night_db=44.1))


def noise_regional() -> pd.DataFrame:
    """Three squares of the grid, one without a level by night."""
    days = pd.to_datetime(["2018-05-03"] * 3).as_unit("us")
    return placed(
        pd.DataFrame(
            {
                "square": ["1", "2", "3"],
                "date": days,
                "day_db": [52.1, 55.0, 60.3],
                "night_db": [43.0, 45.5, np.nan],
            }
        )
    )


def noise_roads() -> pd.DataFrame:
    """Two sections of road."""
    days = pd.to_datetime(["2018-05-03"] * 2).as_unit("us")
    return placed(
        pd.DataFrame(
            {
                "road": ["东风路", "海陵路"],
                "length_km": [2.5, 1.2],
                "date": days,
                "day_db": [67.9, 69.2],
                "night_db": [57.0, 58.5],
            }
        )
    )


def noise_complaints() -> pd.DataFrame:
    """A year of two sources."""
    months = [f"2018-{month:02}" for month in range(1, 13)]
    index = pd.MultiIndex.from_product(
        [months, ["construction", "social"]], names=["month", "source"]
    )
    frame = index.to_frame(index=False)
    papers = {"document": "信访台账", "document_number": "海环信〔2019〕2号"}
    return placed(frame.assign(complaints=12.0, handled=11.0, night_permits=2.0, **papers))


SOUND_SOIL_NOISE = {
    "noise_points": noise_points,
    "noise_regional": noise_regional,
    "noise_roads": noise_roads,
    "noise_complaints": noise_complaints,
}
