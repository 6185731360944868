"""Sound frames of drinking-water sources, black-odorous waters, sewage and discharges."""

from __future__ import annotations

import numpy as np
import pandas as pd
from placing import papers, placed

from ecoreport.config.load import load_catalogue
from ecoreport.project import Project

YEAR = 2018


def drinking_sources() -> pd.DataFrame:
    """A year of a river, and two samplings of a well."""
    months = [("锡东", "river", f"{YEAR}-{month:02d}") for month in range(1, 13)]
    wells = [("深井", "ground", f"{YEAR}-{month:02d}") for month in (3, 9)]
    frame = pd.DataFrame([*months, *wells], columns=["source", "kind", "month"])
    frame["frequency"] = pd.Series([None] * 12 + ["half_yearly"] * 2, dtype="str")
    frame["intake_10k_m3"] = 300.0
    frame["attains"] = "yes"
    frame["has_odour_or_taste"] = frame["has_visible_matter"] = "no"
    dataset = load_catalogue(Project.here()).datasets["drinking_sources"]
    known = {"ph": 7.5, "do_mg_l": 8.0}
    values = {
        column.name: known.get(column.name, 0.0)
        for column in dataset.columns
        if column.type == "number" and column.name not in frame
    }
    return placed(pd.concat([frame, pd.DataFrame(values, index=frame.index)], axis=1))


def village_water() -> pd.DataFrame:
    """Two waterworks of villages, sampled in the dry and in the wet season."""
    days = pd.to_datetime([f"{YEAR}-03-20", f"{YEAR}-07-18"]).as_unit("us")
    index = pd.MultiIndex.from_product([["甲镇水厂", "乙村"], days], names=["works", "date"])
    frame = index.to_frame(index=False).assign(town="甲镇", point="末梢水")
    frame["supply"] = ["central", "central", "small", "small"]
    frame["source_kind"] = "ground"
    frame["population"] = [8600.0, 8600.0, 700.0, 700.0]
    frame["attains"] = "yes"
    frame["has_odour_or_taste"] = frame["has_visible_matter"] = "no"
    dataset = load_catalogue(Project.here()).datasets["village_water"]
    values = {
        column.name: 7.5 if column.name == "ph" else 0.0
        for column in dataset.columns
        if column.type == "number" and column.name not in frame
    }
    return placed(pd.concat([frame, pd.DataFrame(values, index=frame.index)], axis=1))


def black_odour() -> pd.DataFrame:
    """A water that is no more black, and one that still is."""
    frame = pd.DataFrame(
        {
            "body": ["新开河", "老开河"],
            "county": pd.Series([None, None], dtype="str"),
            "before": ["severe", "light"],
            "after": ["none", "light"],
            "is_removed": ["yes", "no"],
            "removed_on": pd.to_datetime(["2018-11-01", None]).as_unit("us"),
            "satisfaction_percent": [95.0, np.nan],
            **papers(2),
        }
    )
    return placed(frame.drop(columns="department"))


def black_odorous_points() -> pd.DataFrame:
    """Three visits to three points of both waters, after one of them was found removed."""
    days = pd.to_datetime([f"{YEAR}-12-03", f"{YEAR}-12-07", f"{YEAR}-12-12"]).as_unit("us")
    index = pd.MultiIndex.from_product(
        [["新开河", "老开河"], ["1#", "2#", "3#"], days], names=["body", "point", "date"]
    )
    frame = index.to_frame(index=False)
    is_clear = frame["body"] == "新开河"
    levels = {
        "course": frame["point"].str[0].astype("float64"),
        "transparency_cm": np.where(is_clear, 60.0, 20.0),
        "do_mg_l": np.where(is_clear, 5.0, 1.5),
        "orp_mv": 150.0,
        "nh3n_mg_l": 2.0,
        "depth_cm": 150.0,
        "is_clear_to_bottom": pd.Series([None] * len(frame), dtype="str"),
    }
    return placed(frame.assign(**levels))


def sewage() -> pd.DataFrame:
    """City, town and village."""
    frame = pd.DataFrame(
        {
            "scope": ["city", "town", "rural"],
            "county": pd.Series([None] * 3, dtype="str"),
            "discharged_10k_m3": [10000.0, 13000.0, 900.0],
            "treated_10k_m3": [9610.0, 11700.0, 700.0],
            "rate_percent": [96.1, 90.0, np.nan],
            "plants": [12.0, 30.0, np.nan],
            "capacity_10k_m3_d": [40.0, 20.0, np.nan],
            **papers(3),
        }
    )
    return placed(frame.drop(columns="department"))


def sewage_plants() -> pd.DataFrame:
    """Three plants whose volumes make up the totals of `sewage`, less what others treat."""
    frame = pd.DataFrame(
        {
            "plant": ["一厂", "二厂", "镇厂"],
            "scope": ["city", "city", "town"],
            "county": pd.Series([None] * 3, dtype="str"),
            "capacity_10k_m3_d": [20.0, 20.0, 10.0],
            "treated_10k_m3": [5000.0, 4500.0, 2000.0],
            "days": [365.0, np.nan, 300.0],
            "load_percent": [68.5, np.nan, 66.7],
            "discharge_standard": ["一级A"] * 3,
            "cod_in_mg_l": [210.0, 190.0, 180.0],
            "cod_out_mg_l": [22.0, 20.0, 24.0],
            "nh3n_in_mg_l": [24.0, 22.0, 20.0],
            "nh3n_out_mg_l": [0.7, 0.6, 1.1],
            **papers(3),
        }
    )
    return placed(frame.drop(columns="department"))


def discharges() -> pd.DataFrame:
    """Totals of two pollutants, and the sources of one."""
    frame = pd.DataFrame(
        {
            "pollutant": ["nh3n", "tn", "tn", "tn"],
            "scope": pd.Series([None] * 4, dtype="str"),
            "origin": ["total", "total", "industry", "domestic"],
            "discharge_t": [3000.0, 9000.0, 2000.0, 6000.0],
            "basis": pd.Series([None] * 4, dtype="str"),
            **papers(4),
        }
    )
    return placed(frame.drop(columns="department"))


def water_automatic() -> pd.DataFrame:
    """Readings of a summer at two sections of the list, every third day every four hours."""
    days = pd.date_range(f"{YEAR}-06-01", periods=30, freq="3D", unit="us")
    index = pd.MultiIndex.from_product(
        [["JS01", "JS02"], days, range(4, 25, 4)], names=["section", "date", "hour"]
    )
    frame = index.to_frame(index=False)
    step = np.arange(len(frame)) % 7 / 1000
    levels = {
        "water_temperature_c": 22.0,
        "ph": 7.6,
        "do_mg_l": 6.5,
        "codmn_mg_l": 4.2,
        "nh3n_mg_l": 0.3,
        "tp_mg_l": 0.15,
        "tn_mg_l": 1.8,
        "chlorophyll_a_mg_m3": 12.0,
    }
    values = {name: level + step for name, level in levels.items()}
    published = frame["section"].map({"JS01": "III", "JS02": "V"})
    return placed(frame.assign(status="normal", class_published=published, **values))


SOUND_WATER = {
    "water_automatic": water_automatic,
    "black_odorous_points": black_odorous_points,
    "black_odour": black_odour,
    "discharges": discharges,
    "drinking_sources": drinking_sources,
    "village_water": village_water,
    "sewage": sewage,
    "sewage_plants": sewage_plants,
}
