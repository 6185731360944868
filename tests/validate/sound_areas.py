"""Sound canonical frames of waste, surveys and nature."""

from __future__ import annotations

import pandas as pd
from placing import papers, placed

from ecoreport.observe.waste_flows import MASSES
from ecoreport.standards.tables import select

AMOUNTS = {
    "municipal": (100, 10000, 10000, 2000, 0, 8000, 0, 10000, 0, 0, 100),
    "hazardous": (500, 2000, 2100, 600, 100, 1300, 50, 2000, 100, 0, 500),
    "straw": (100, 5000, 4500, 4200, 0, 500, 0, 4500, 300, 0, 100),
}
"""Tonnes in the order of the table: what came in is what went out."""


def waste_flows() -> pd.DataFrame:
    """A year of three kinds of waste."""
    masses = pd.DataFrame(AMOUNTS.values(), columns=MASSES).astype("float64")
    about = pd.DataFrame({"waste": list(AMOUNTS), "coverage": "all", "period": "2018"})
    return _of_area(about.join(masses))


def waste_facilities() -> pd.DataFrame:
    """An incinerator in operation, and one being built."""
    frame = pd.DataFrame(
        {
            "facility": ["甲焚烧厂", "乙焚烧厂"],
            "waste": "hazardous",
            "process": "incineration",
            "capacity_t_a": [20000.0, 10000.0],
            "status": ["operating", "under_construction"],
            "commissioned": pd.to_datetime(["2016-05-01", None]).as_unit("us"),
        }
    )
    return _of_area(frame)


def sorting_coverage() -> pd.DataFrame:
    """Estates of two streets."""
    frame = pd.DataFrame(
        {
            "place": ["城东街道", "城西街道"],
            "zone": ["urban", "built_up"],
            "unit_kind": "estates",
            "period": "2018",
            "n_due": [40.0, 60.0],
            "n_covered": [30.0, 40.0],
            "households_due": [20000.0, 30000.0],
            "households_covered": [15000.0, 20000.0],
        }
    )
    return _of_area(frame)


def surveys() -> pd.DataFrame:
    """One survey with a question of each design."""
    frame = pd.DataFrame(
        {
            "survey": "2018年公众调查",
            "topic": ["awareness", "satisfaction", "awareness", "satisfaction"],
            "question": ["甲", "乙", "丙", "丁"],
            "role": ["overall", "overall", "item", "item"],
            "n_asked": 1400.0,
            "n_yes": [1125.0, 1200.0, 1100.0, 1300.0],
            "design": ["simple_random", "stratified", "cluster", "multistage"],
            "design_effect": [1.0, 1.2, 1.8, 1.5],
            "population": 400000.0,
            "agency": "某调查中心",
            "date": pd.to_datetime(["2018-11-20"] * 4).as_unit("us"),
        }
    )
    return _of_area(frame)


GREEN = {
    "land_km2": 300.0, "forest_km2": 60.0, "tree_cover_km2": 70.0, "built_up_km2": 50.0,
    "built_up_green_km2": 21.0, "park_km2": 6.0, "park_residents": 400000.0,
    "park_registered": 380000.0, "residential_km2": 15.0, "residential_reached_km2": 12.5,
    "wetland_km2": 30.0, "wetland_protected_km2": 16.0, "natural_wetland_km2": 20.0,
    "natural_wetland_protected_km2": 11.0, "riverside_wetland_km2": 4.0,
    "riverside_wetland_protected_km2": 3.0, "protected_km2": 60.0, "red_line_km2": 86.0,
    "new_forest_10k_mu": 0.7, "forest_tended_10k_mu": 1.5, "ecological_forest_10k_mu": 3.0,
    "farmland_10k_mu": 12.0, "shoreline_km": 20.0, "shoreline_used_km": 11.0,
    "n_wetland_parks": 1.0, "n_wetland_reserves": 3.0,
}  # fmt: skip


def green_space() -> pd.DataFrame:
    """A year of one district, all by one department."""
    return _of_area(pd.DataFrame([{"period": "2018", **GREEN}]))


ACCOUNTS = {
    "energy_10k_tce": 120.0, "last_year_energy_10k_tce": 120.0,
    "industrial_energy_10k_tce": 68.2, "last_year_industrial_energy_10k_tce": 68.2,
    "coal_10k_t": 96.4, "last_year_coal_10k_t": 96.4, "power_coal_10k_t": 64.3,
    "nonpower_coal_10k_t": 32.1, "water_10k_m3": 22366.0, "last_year_water_10k_m3": 22366.0,
    "irrigation_gross_10k_m3": 6420.0, "irrigation_net_10k_m3": 4070.0,
    "industrial_water_10k_m3": 41200.0, "reused_water_10k_m3": 36100.0,
    "gdp_100m_yuan": 530.0, "gdp_comparable_100m_yuan": 516.0,
    "last_year_gdp_comparable_100m_yuan": 516.0, "primary_100m_yuan": 5.6,
    "secondary_100m_yuan": 251.2, "services_100m_yuan": 273.2,
    "industrial_value_100m_yuan": 214.0, "industrial_value_comparable_100m_yuan": 208.0,
    "last_year_industrial_value_comparable_100m_yuan": 208.0,
    "industrial_output_100m_yuan": 860.0, "high_technology_output_100m_yuan": 352.0,
    "construction_land_ha": 11850.0, "industrial_land_mu": 27300.0,
}  # fmt: skip


def resource_accounts() -> pd.DataFrame:
    """A year of one district, all by one department."""
    return _of_area(pd.DataFrame([{"period": "2018", **ACCOUNTS}]))


def ei_subindices() -> pd.DataFrame:
    """An index that its sub-indices bear out, with the whole land cover."""
    covers = [line["column"] for line in select("ei_habitat_weights")]
    known = {
        "period": "2018",
        "ei_official": 66.25,
        "grade_official": "good",
        "biological_richness": 50.0,
        "vegetation_coverage": 80.0,
        "water_network_density": 60.0,
        "land_stress": 20.0,
        "pollution_load": 22.5,
        "environment_restriction": float("nan"),
        "area_km2": 10.0 * len(covers),
        **dict.fromkeys(covers, 10.0),
    }
    return _of_area(pd.DataFrame([known]))


def _of_area(frame: pd.DataFrame) -> pd.DataFrame:
    """Add area and papers, and where the rows come from."""
    area = pd.Series([None] * len(frame), dtype="str")
    return placed(frame.assign(area=area, **papers(len(frame))))


SOUND_AREAS = {
    "waste_flows": waste_flows,
    "waste_facilities": waste_facilities,
    "sorting_coverage": sorting_coverage,
    "surveys": surveys,
    "green_space": green_space,
    "resource_accounts": resource_accounts,
    "ei_subindices": ei_subindices,
}
