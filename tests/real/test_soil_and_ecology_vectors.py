"""Published examples of soil and nature, and the tables against the ones collected."""

from datetime import date

import pandas as pd
import pytest

from ecoreport.standards.soil import (
    building_item_levels,
    building_limits,
    farmland_classes,
    farmland_indices,
    farmland_limits,
    nemerow_grade,
    single_index_grade,
)
from ecoreport.standards.tables import select, single

ON = date(2019, 1, 1)
PH = {"pH<=5.5": 5.5, "5.5<pH<=6.5": 6.5, "6.5<pH<=7.5": 7.5, "pH>7.5": 8.0, "all": 6.0}
LAND = {"paddy": ["水田"], "orchard": ["果园"], "other": ["其他"], "all": ["水田", "果园", "其他"]}
SYMBOLS = {line["symbol"]: line["column"] for line in select("soil_items") if line["symbol"]}
TESTED = {"pass": "negligible", "conditional": "investigate", "fail": "control"}


@pytest.fixture
def collected(shared):
    def read(name, **options):
        return pd.read_csv(shared / "standards" / f"{name}.csv", **options)

    return read


def test_farmland_limits_are_those_collected(collected):
    lines = collected("gb15618_2018_values").to_dict("records")
    for line in lines:
        column = SYMBOLS[line["symbol"]]
        frame = pd.DataFrame(
            {"land_use": LAND[line["land"]], "ph": PH[line["pH_band"]], column: 1.0}
        )
        limits = farmland_limits(frame, ON, line["kind"])[column]
        assert limits.tolist() == [line["value"]] * len(frame), line
    assert len(lines) == 79


@pytest.mark.parametrize("file", ["gb36600_2018_table1_basic45", "gb36600_2018_table2_other40"])
def test_building_limits_are_those_collected(collected, file):
    items = {line["name_en"]: line["column"] for line in select("soil_items")}
    items |= {line["name_zh"]: line["column"] for line in select("soil_items")}
    lines = collected(file).to_dict("records")
    for line in lines:
        column = items.get(line["item_zh"]) or items[line["item_en"]]
        frame = pd.DataFrame({"land_class": ["first", "second"], column: 1.0})
        for kind in ("screening", "intervention"):
            expected = [line[f"{kind}_class1"], line[f"{kind}_class2"]]
            assert building_limits(frame, ON, kind)[column].tolist() == expected, line
        yields = single(
            "soil_building_limits", column=column, kind="screening", land_class="first"
        )["yields_to_background"]
        assert (yields == "true") == str(line["note"]).startswith("if above screening")
    assert len(lines) in (45, 40)


def test_unit_tests_of_another_project_on_building_land(collected):
    examples = collected("test_vectors/soil_examples", comment="#")
    items = {
        "chloromethane": "chloromethane_mg_kg",
        "1,2,3-trichloropropane": "trichloropropane_1_2_3_mg_kg",
    }
    cases = examples[examples["kind"].str.startswith("GB 36600")]
    for case in cases.to_dict("records"):
        name, *_rest = case["input"].split(" ")
        contents = [float(one) for one in case["input"].removeprefix(name).split("/")]
        land = "first" if case["kind"].endswith("1") else "second"
        frame = pd.DataFrame({"land_class": land, items[name]: contents})
        levels = building_item_levels(frame, ON)[items[name]].tolist()
        assert levels == [TESTED[word.strip()] for word in case["expected"].split("/")], case
    assert len(cases) == 3


def test_unit_tests_of_another_project_on_farmland():
    frame = pd.DataFrame(
        {
            "land_use": "其他",
            "ph": 6.8,
            "cd_mg_kg": [0.2, 0.5, 3.5, 0.1],
            "cu_mg_kg": [1, 1, 1, 9999],
        }
    )
    found = farmland_classes(frame, ON)
    classes = ["priority_protection", "safe_use", "strict_control", "safe_use"]
    assert found["soil_class"].tolist() == classes
    assert found["above_screening"].tolist()[3] == ("Cu",)
    assert found["above_intervention"].tolist()[3] == ()


def test_worked_example_of_the_single_index(collected):
    examples = collected("test_vectors/soil_examples", comment="#")
    example = examples[examples["kind"] == "single index"].iloc[0]
    frame = pd.DataFrame({"land_use": ["其他"], "ph": [7.0], "cu_mg_kg": [75.0]})
    index = farmland_indices(frame, date(2017, 1, 1))["cu_mg_kg"]
    assert index.tolist() == [float(example["expected"])]


def test_index_grades_are_those_collected(collected):
    grades = collected("soil_index_grades")
    for line in grades.to_dict("records"):
        grade = nemerow_grade if line["index"].startswith("Nemerow") else single_index_grade
        inside = line["high_inclusive"] if line["high_inclusive"] > 0 else line["low_exclusive"] + 1
        assert grade(pd.Series([inside])).cat.codes[0] == int(line["grade"]) - 1, line


def test_coefficients_of_the_ecological_index_are_those_collected(collected):
    for line in collected("ei_coefficients", dtype=str).to_dict("records"):
        known = select("ei_coefficients", symbol=line["symbol"])
        load = select("ei_pollution_load", coefficient=line["value"])
        assert [one.get("value", one.get("coefficient")) for one in known + load] == [line["value"]]
    weights = collected("ei_habitat_weights", dtype=str)
    for line in weights.to_dict("records"):
        known = single("ei_habitat_weights", part_zh=line["subtype_zh"])
        assert (known["type_weight"], known["part_weight"]) == (
            line["type_weight"],
            line["subtype_weight"],
        )
