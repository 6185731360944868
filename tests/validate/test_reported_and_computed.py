"""Reported figures beside the basic figures from which they can be computed."""

import pandas as pd
import pytest
from sound_frames import SOUND
from test_suites import SUITES, run

from ecoreport.config.catalogue import Catalogue
from ecoreport.ingest.records import Entry, frame_of
from ecoreport.project import Project

[AS_COMPUTED] = [
    one for one in SUITES["reported"].expectations if one.about.key == "value_as_computed"
]

[WATER_USUAL] = [
    one
    for one in SUITES["resource_accounts"].expectations
    if one.about.key == "water_per_gdp_usual"
]


def told(indicator: str, value: float, written: str, **cells: object) -> dict[str, pd.DataFrame]:
    frame = SOUND["reported"]().iloc[[0]]
    known = {"indicator": indicator, "value": value, "value_as_reported": written, **cells}
    accounts = SOUND["resource_accounts"]().assign(
        energy_10k_tce=219.4, gdp_100m_yuan=530.0, last_year_energy_10k_tce=214.0,
        gdp_comparable_100m_yuan=518.0, last_year_gdp_comparable_100m_yuan=490.0,
    )  # fmt: skip
    return {"reported": frame.assign(**known), "resource_accounts": accounts}


@pytest.mark.parametrize(
    ("indicator", "value", "written", "is_borne_out"),
    [
        # 219.4 ÷ 530 = 0.41396…
        ("resources.energy_per_gdp", 0.414, "0.414", True),
        ("resources.energy_per_gdp", 0.41, "0.41", True),
        ("resources.energy_per_gdp", 0.41, "0.410", False),
        ("resources.energy_per_gdp", 0.4, "0.4", True),
        ("resources.energy_per_gdp", 0.424, "0.424", False),
        # As it was written, in another unit: 414 kgce.
        ("resources.energy_per_gdp", 0.414, "414", True),
        ("resources.energy_total", 219.4, "2194000", True),
        ("resources.energy_total", 219.0, "2190000", False),
        ("resources.energy_per_gdp_cut", 3.0, "3.0", True),
        ("resources.energy_per_gdp_cut", 3.0, "3.0%", True),
        ("resources.energy_per_gdp_cut", 4.0, "4.0", False),
        # What the basic figures do not give is not asked about.
        ("resources.green_procurement_share", 12.0, "12", True),
    ],
)
def test_a_difference_beyond_rounding_is_asked_about(
    project: Project,
    catalogue: Catalogue,
    indicator: str,
    value: float,
    written: str,
    is_borne_out: bool,
) -> None:
    frames = told(indicator, value, written)
    outcome = run(project, catalogue, "reported", frames, AS_COMPUTED)
    assert outcome.is_passed is is_borne_out


@pytest.mark.parametrize(
    "cells", [{"area": "gaogang"}, {"unit_name": "某厂"}, {"period": "2018-Q1"}]
)
def test_figures_of_parts_are_not_held_against_the_whole(
    project: Project, catalogue: Catalogue, cells: dict[str, str]
) -> None:
    frames = told("resources.energy_per_gdp", 0.9, "0.9", **cells)
    assert run(project, catalogue, "reported", frames, AS_COMPUTED).is_passed


def test_without_basic_figures_nothing_is_asked(project: Project, catalogue: Catalogue) -> None:
    frames = told("resources.energy_per_gdp", 0.9, "0.9")
    del frames["resource_accounts"]
    assert run(project, catalogue, "reported", frames, AS_COMPUTED).is_passed


@pytest.mark.parametrize(
    ("written", "raw", "is_borne_out"),
    [
        # 22400 ÷ 530 = 42.26…; what was told as 2.24亿 may be 22350 to 22450, and 530 may be
        # 529.5 to 530.5: 42.13 to 42.40.
        ("42.35", "2.24亿", True),
        ("42.35", "2.24 亿立方米", True),
        ("42.35", "22,400.0", False),
        ("42.35", "", False),
        ("42.45", "2.24亿", False),
        # The reported figure is one that was told in a larger unit.
        ("0.0042万", "", True),
    ],
)
def test_a_converted_figure_is_as_round_as_it_was_told(
    project: Project, catalogue: Catalogue, written: str, raw: str, is_borne_out: bool
) -> None:
    value = 42.0 if "万" in written else float(written)
    frames = told("resources.water_per_gdp", value, written)
    accounts = frames["resource_accounts"] = frames["resource_accounts"].assign(
        water_10k_m3=22400.0, source_row=5
    )
    place = accounts[["source_file", "source_sheet", "source_row"]].iloc[0].tolist()
    log = [Entry(*place, "water_10k_m3", raw, "22400.0", "", True, "由 亿立方米 换算为 万立方米")]
    cleanings = {"resource_accounts": frame_of(log if raw else [], Entry)}
    outcome = run(project, catalogue, "reported", frames, AS_COMPUTED, cleanings)
    assert outcome.is_passed is is_borne_out


def test_a_corrected_figure_is_as_round_as_its_letter_tells_it(
    project: Project, catalogue: Catalogue
) -> None:
    frames = told("resources.water_per_gdp", 42.35, "42.35")
    frames["resource_accounts"] = frames["resource_accounts"].assign(
        water_10k_m3=22400.0, water_10k_m3_as_corrected="2.24亿"
    )
    assert run(project, catalogue, "reported", frames, AS_COMPUTED).is_passed


@pytest.mark.parametrize(
    ("cells", "is_passed"),
    [({}, False), ({"area": "gaogang"}, True), ({"period": "2018-Q1"}, True)],
)
def test_usual_ratios_are_of_the_whole_district_and_year(
    project: Project, catalogue: Catalogue, cells: dict[str, str], is_passed: bool
) -> None:
    whole = SOUND["resource_accounts"]()
    small = whole.assign(water_10k_m3=whole["water_10k_m3"] / 1000, department="某局", **cells)
    frames = {"resource_accounts": pd.concat([whole, small], ignore_index=True)}
    outcome = run(project, catalogue, "resource_accounts", frames, WATER_USUAL)
    assert outcome.is_passed is is_passed
