from datetime import date

import pytest

from ecoreport.errors import InputError, ParameterError
from ecoreport.project import Project
from ecoreport.standards.air import air_edition, limit
from ecoreport.standards.tables import VERIFIED_LEVELS, edition_for, single, table

TABLES = [
    "air_annual_statistics",
    "air_area_day",
    "air_composite_index",
    "air_editions",
    "air_limits",
    "air_rounding",
    "air_validity",
    "aqi_categories",
    "aqi_items",
    "black_odour_levels",
    "black_odour_limits",
    "black_odour_rules",
    "drinking_water_limits",
    "drinking_water_rules",
    "drinking_water_selected",
    "ei_changes",
    "ei_coefficients",
    "ei_grades",
    "ei_habitat_weights",
    "ei_land_stress",
    "ei_pollution_load",
    "ei_restrictions",
    "ei_rules",
    "ei_subindices",
    "groundwater_limits",
    "iaqi_above_top",
    "iaqi_breakpoints",
    "noise_areas",
    "noise_grades",
    "noise_limits",
    "noise_rules",
    "soil_building_land",
    "soil_building_levels",
    "soil_building_limits",
    "soil_classes",
    "soil_editions",
    "soil_farmland_limits",
    "soil_index_grades",
    "soil_land_uses",
    "soil_rules",
    "sewage_rules",
    "spearman_critical",
    "surface_water_decimals",
    "surface_water_limits",
    "surface_water_main_indicators",
    "surface_water_rules",
    "tap_water_limits",
    "tap_water_rules",
    "tli_bands",
    "tli_parameters",
    "water_changes",
    "water_classes",
    "water_grades",
]


@pytest.mark.parametrize("name", TABLES)
def test_every_figure_says_how_well_it_was_checked_and_where(name):
    sources = set(table("sources")["id"])
    for line in table(name).to_dict("records"):
        assert line["verified"] in VERIFIED_LEVELS
        named = set(filter(None, line["source"].split(";")))
        assert named <= sources
        assert named or line["verified"] == "unverified"


def test_breakpoints_rise():
    columns = ["edition", "pollutant", "averaging"]
    for _, steps in table("iaqi_breakpoints").groupby(columns):
        assert steps["concentration"].astype(float).is_monotonic_increasing
        assert steps["iaqi"].astype(int).is_monotonic_increasing


@pytest.mark.parametrize(
    ("on", "edition"),
    [
        (date(2016, 1, 1), "GB 3095-2012"),
        (date(2026, 2, 28), "GB 3095-2012"),
        (date(2026, 3, 1), "GB 3095-2026"),
        (date(2035, 1, 1), "GB 3095-2026"),
    ],
)
def test_edition_of_a_day(on, edition):
    assert edition_for("air_limits", on) == edition


def test_no_edition_on_a_day_is_an_error():
    with pytest.raises(InputError, match="2010-01-01"):
        edition_for("air_limits", date(2010, 1, 1))


def test_a_year_that_two_editions_share_must_be_named():
    with pytest.raises(InputError, match=r"GB 3095-2012.*GB 3095-2026"):
        air_edition(2026)
    assert air_edition(2026, "HJ 633-2012").assessment == "HJ 663-2013"
    assert air_edition(2026, "GB 3095-2026").stage == "transition"


@pytest.mark.parametrize(
    ("year", "edition", "pm25"),
    [
        (2018, None, 35),
        (2027, None, 30),
        (2030, None, 30),
        (2031, None, 25),
        (2018, "2026", 30),
        (2031, "2012", 35),
    ],
)
def test_annual_limit_of_pm25_by_year(year, edition, pm25):
    assert limit("PM2.5", "annual", air_edition(year, edition)).value == pm25


def test_the_years_before_the_nationwide_start_are_marked():
    assert air_edition(2014).verified == "unverified"
    assert air_edition(2018).verified == "verified"


def test_unknown_names_are_errors_that_list_the_known_ones():
    with pytest.raises(InputError, match="HJ 633-2012"):
        air_edition(2018, "HJ 633")
    with pytest.raises(InputError, match="功能区"):
        limit("PM2.5", "annual", air_edition(2018), functional_class=3)


def test_a_missing_table_or_line_names_the_file(monkeypatch, tmp_path):
    with pytest.raises(ParameterError, match=r"air_limits\.csv"):
        single("air_limits", pollutant="PM1")
    monkeypatch.setenv("ECOREPORT_ROOT", str(tmp_path))
    with pytest.raises(ParameterError, match=r"air_limits\.csv"):
        table("air_limits")


def test_what_was_answered_in_one_project_is_asked_again_in_another(monkeypatch, tmp_path):
    before = limit("PM2.5", "annual", air_edition(2018))
    tables = tmp_path / "params" / "standards"
    tables.mkdir(parents=True)
    for name in ("air_editions", "air_limits"):
        text = (Project.here().params / "standards" / f"{name}.csv").read_text("utf-8")
        (tables / f"{name}.csv").write_text(text.replace(f",{before.value},", ",7,"), "utf-8")
    monkeypatch.setenv("ECOREPORT_ROOT", str(tmp_path))
    assert limit("PM2.5", "annual", air_edition(2018)).value == 7 != before.value
