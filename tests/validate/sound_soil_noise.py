"""Sound canonical frames of noise and of soil."""

from __future__ import annotations

import numpy as np
import pandas as pd
from placing import placed

from ecoreport.config.load import load_catalogue
from ecoreport.project import Project

QUARTERS = [f"2018-Q{quarter}" for quarter in range(1, 5)]


def noise_points() -> pd.DataFrame:
    """Two points in four quarters."""
    index = pd.MultiIndex.from_product(
        [["凤凰小区", "扬州路"], QUARTERS], names=["point", "period"]
    )
    frame = index.to_frame(index=False)
    areas = frame["point"].map({"凤凰小区": "1", "扬州路": "4a"}).astype("str")
    return placed(frame.assign(functional_area=areas, day_db=53.2, night_db=44.1))


def noise_hourly() -> pd.DataFrame:
    """A day and a night of one point in the second quarter, every hour as its period's level."""
    hours = range(1, 25)
    levels = [53.2 if 6 < hour <= 22 else 44.1 for hour in hours]
    day = pd.to_datetime(["2018-05-03"] * 24).as_unit("us")
    frame = pd.DataFrame({"point": "凤凰小区", "functional_area": "1", "date": day})
    return placed(frame.assign(hour=pd.Series(hours, dtype="int64"), level_db=levels))


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


SOIL_LEVELS = {
    "cd_mg_kg": 0.2, "hg_mg_kg": 0.1, "as_mg_kg": 8.0, "pb_mg_kg": 25.0, "cr_mg_kg": 60.0,
    "cu_mg_kg": 25.0, "ni_mg_kg": 30.0, "zn_mg_kg": 80.0, "hch_total_mg_kg": 0.01,
    "ddt_total_mg_kg": 0.01, "benzo_a_pyrene_mg_kg": 0.005, "cec_cmol_kg": 15.0,
}  # fmt: skip


def soil_points() -> pd.DataFrame:
    """Three samples of one day."""
    return placed(
        pd.DataFrame(
            {
                "point": ["T1", "T2", "T3"],
                "date": _days("2018-09-03", "2018-09-03", "2018-09-03"),
                "land_use": ["paddy", "other", "orchard"],
                "ph": [6.1, 7.2, 7.8],
                **SOIL_LEVELS,
            }
        )
    )


def building_land_samples() -> pd.DataFrame:
    """Samples of a plot and of an enterprise, all items far below the limits."""
    frame = pd.DataFrame(
        {
            "sample": ["B1", "B2", "B3"],
            "date": _days("2018-09-03", "2018-09-03", "2018-10-11"),
            "plot": ["老化工厂", "老化工厂", "电镀厂"],
            "land_class": ["first", "first", "second"],
            "purpose": ["plot_survey", "plot_survey", "self_monitoring"],
        }
    )
    dataset = load_catalogue(Project.here()).datasets["building_land_samples"]
    items = [column.name for column in dataset.columns if column.type == "number"]
    levels = dict.fromkeys(items, 0.000001)
    return placed(frame.assign(**levels, background_document="某地背景值调查报告"))


def contaminated_plots() -> pd.DataFrame:
    """A plot that went all the way, and one that was surveyed."""
    return placed(
        pd.DataFrame(
            {
                "plot": ["3212021", "3212022"],
                "area_m2": [12000.0, 8500.0],
                "listed_on": _days("2017-01-10", "2017-05-01"),
                "surveyed_on": _days("2017-03-01", "2018-03-01"),
                "assessed_on": _days("2017-06-01", None),
                "treated_on": _days("2018-03-01", None),
                "accepted_on": _days("2018-06-01", None),
                "removed_on": _days("2018-09-01", None),
                "is_safely_used": ["yes", "no"],
            }
        )
    )


def farmland_safe_use() -> pd.DataFrame:
    """Two towns."""
    papers = {"document": "耕地台账", "document_number": "海农〔2019〕3号"}
    return placed(
        pd.DataFrame(
            {
                "town": ["罡杨镇", "华港镇"],
                "period": "2018",
                "priority_area_mu": [12000.0, 9000.0],
                "safe_use_area_mu": [80.0, 40.0],
                "strict_area_mu": [20.0, 0.0],
                "polluted_area_mu": [100.0, 40.0],
                "safely_used_area_mu": [92.0, 40.0],
                **papers,
            }
        )
    )


def soil_enterprises() -> pd.DataFrame:
    """One that did and published it, and one that did not."""
    papers = {"document": "名录", "document_number": "海环〔2018〕9号"}
    return placed(
        pd.DataFrame(
            {
                "enterprise": ["甲化工厂", "乙电镀厂"],
                "is_monitored": ["yes", "no"],
                "monitored_on": _days("2018-05-01", None),
                "is_published": ["yes", "no"],
                "published_on": _days("2018-07-01", None),
                **papers,
            }
        )
    )


def remediation() -> pd.DataFrame:
    """A project accepted, and one under way."""
    papers = {"document": "项目库", "document_number": "海环〔2018〕10号"}
    return placed(
        pd.DataFrame(
            {
                "project": ["甲厂退役地块修复", "乙厂退役地块修复"],
                "started_on": _days("2017-03-01", "2018-08-01"),
                "completed_on": _days("2018-03-01", None),
                "accepted_on": _days("2018-06-01", None),
                **papers,
            }
        )
    )


def risk_enterprises() -> pd.DataFrame:
    """One of each kind of risk."""
    papers = {"document": "名录", "document_number": "海环〔2018〕11号"}
    return placed(
        pd.DataFrame(
            {
                "enterprise": ["甲化工厂", "乙电镀厂"],
                "is_key_industry": ["yes", "no"],
                "risk_level": ["larger", "ordinary"],
                "is_registered": ["yes", "no"],
                "registered_on": _days("2018-05-01", None),
                "is_checked": ["yes", "no"],
                "checked_on": _days("2018-06-01", None),
                **papers,
            }
        )
    )


def _days(*texts: str | None) -> pd.Series:
    return pd.Series(pd.to_datetime(list(texts)).as_unit("us"))


SOUND_SOIL_NOISE = {
    "building_land_samples": building_land_samples,
    "soil_points": soil_points,
    "contaminated_plots": contaminated_plots,
    "farmland_safe_use": farmland_safe_use,
    "soil_enterprises": soil_enterprises,
    "remediation": remediation,
    "risk_enterprises": risk_enterprises,
    "noise_points": noise_points,
    "noise_hourly": noise_hourly,
    "noise_regional": noise_regional,
    "noise_roads": noise_roads,
    "noise_complaints": noise_complaints,
}
