"""Reported figures beside the basic figures from which they can be computed."""

import pandas as pd
import pytest
from sound_frames import SOUND
from test_suites import SUITES, run

from ecoreport.config.catalogue import Catalogue
from ecoreport.project import Project

[AS_COMPUTED] = [
    one for one in SUITES["reported"].expectations if one.about.key == "value_as_computed"
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
