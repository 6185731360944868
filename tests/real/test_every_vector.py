"""Every published example is in a test: a new row, or a new file, fails here until it is."""

import inspect
from collections import Counter
from datetime import date

import pandas as pd
import pytest
import test_soil_and_ecology_vectors as soil_and_ecology
import test_standard_vectors as general
import test_water_standards as water

from ecoreport.standards.air import iaqi
from ecoreport.standards.rounding import round_half_even
from ecoreport.standards.soil import farmland_classes

WHOLE = {
    "aqi_daily_published": (general.test_every_published_daily_index_is_reproduced, 165),
    "basin_grade_published": (water.test_published_grades_of_river_basins, 4),
    "black_odorous_unit_tests": (water.test_black_odorous_unit_tests_of_another_project, 14),
    "composite_index": (general.test_every_published_composite_index_is_reproduced, 13),
    "exceedance_multiple_examples": (water.test_published_multiples_and_class_of_a_section, 1),
    "percentile_example": (general.test_worked_example_of_the_percentile, 1),
    "tli_hulun_lake": (water.test_published_trophic_index_of_hulun_lake, 10),
}
"""Files that one test reads whole, with the rows that it goes through."""
PARTS = {"iaqi_unit_tests_aqi_hub": 52 + 3, "rounding_gbt8170_ties": 790 + 1, "soil_examples": 6}
"""Files whose rows several tests share: those elsewhere, and those below."""
NO_FUNCTION = {"eqi_examples": 3, "soil_examples": 1}
"""Rows of what is not computed: the EQI (2021), whose bands were not read, and the index of
accumulation against a background, which no verdict and no chart uses."""


@pytest.fixture
def rows(shared):
    def read(name):
        file = shared / "standards" / "test_vectors" / f"{name}.csv"
        return pd.read_csv(file, comment="#")

    return read


def test_every_row_of_every_file_is_in_a_test(shared, rows, record_property):
    files = sorted(path.stem for path in (shared / "standards" / "test_vectors").glob("*"))
    tested = Counter({name: n_rows for name, (_test, n_rows) in WHOLE.items()} | PARTS)
    assert {name: len(rows(name)) for name in files} == tested + Counter(NO_FUNCTION)
    assert tested.total() == 1060
    record_property("published_examples_tested", tested.total())


@pytest.mark.parametrize(("name", "test"), [(name, test) for name, (test, _n) in WHOLE.items()])
def test_the_test_named_reads_the_file(name, test):
    assert f'"{name}"' in inspect.getsource(test)


# That project holds the daily SO2 to the limits of an hour; the standard has others.
def test_unit_tests_that_do_not_follow_the_standard(rows):
    cases = rows("iaqi_unit_tests_aqi_hub")
    wrong = cases[cases["correct_by_standard"] == 0]
    indices = iaqi(wrong["value"].astype(float), "SO2", "24h", 2027)
    assert (indices != wrong["iaqi_expected_by_that_project"]).all()
    assert iaqi(pd.Series([150.0, 475.0, 800.0]), "SO2", "24h", 2027).tolist() == [100, 150, 200]
    assert len(wrong) == 3


# Printed is the detection limit, which no rounding gives.
def test_the_tie_that_was_not_rounded(rows):
    ties = rows("rounding_gbt8170_ties")
    [tie] = ties[ties["half_even_agrees"] == 0].to_dict("records")
    assert round_half_even(tie["raw"], tie["decimals"]) == tie["half_even"] != tie["published"]


def test_examples_of_soil(rows):
    examples = rows("soil_examples")
    kinds = examples["kind"].value_counts().to_dict()
    others = [
        soil_and_ecology.test_worked_example_of_the_single_index,
        soil_and_ecology.test_unit_tests_of_another_project_on_building_land,
    ]
    assert all("soil_examples" in inspect.getsource(test) for test in others)
    assert kinds == {
        "GB 36600 class 1": 2,
        "GB 36600 class 2": 1,
        "GB 15618 other land pH 6.8": 2,
        "single index": 1,
        "accumulation index": 1,
    }


def test_farmland_between_and_beyond_its_two_values(rows):
    examples = rows("soil_examples")
    cadmium, copper = examples[examples["kind"] == "GB 15618 other land pH 6.8"].to_dict("records")
    assert cadmium["input"] == "Cd 0.2 / 0.5 / 3.5"
    assert cadmium["expected"] == "<= screening / between / > intervention"
    frame = pd.DataFrame({"land_use": "其他", "ph": 6.8, "cd_mg_kg": [0.2, 0.5, 3.5]})
    found = farmland_classes(frame, date(2019, 1, 1))
    assert found["above_screening"].map(bool).tolist() == [False, True, True]
    assert found["above_intervention"].map(bool).tolist() == [False, False, True]
    assert (copper["input"], copper["expected"]) == (
        "Cu 9999",
        "above screening, no intervention value",
    )
    frame = pd.DataFrame({"land_use": ["其他"], "ph": [6.8], "cu_mg_kg": [9999.0]})
    found = farmland_classes(frame, date(2019, 1, 1))
    assert found["above_screening"].tolist() == [("Cu",)]
    assert found["above_intervention"].tolist() == [()]
