from datetime import date
from itertools import pairwise

import pytest

from ecoreport.standards.tables import in_force, single, table
from ecoreport.standards.water import class_limit, items_not_held, water_class_type
from ecoreport.standards.water.limits import band, bands, section_columns
from ecoreport.standards.water.readings import parameter_of


def test_the_section_class_rests_on_21_items():
    assert len(section_columns()) == 21
    assert not {"T", "TN", "FC"} & set(section_columns().values())


@pytest.mark.parametrize("body", ["river", "lake"])
def test_each_class_holds_the_classes_better_than_it(body):
    for parameter in [*section_columns().values(), "FC"]:
        nested = bands(parameter, body)
        assert len(nested) == 5, parameter
        for better, worse in pairwise(nested):
            assert worse[0] <= better[0] <= better[1] <= worse[1], parameter


def test_the_classes_of_ground_water_hold_those_better_too():
    for column, lines in table("groundwater_limits").groupby(["edition", "column"], sort=False):
        nested = [band(line) for line in lines.to_dict("records")]
        assert len(nested) == 4, column
        for better, worse in pairwise(nested):
            assert worse[0] <= better[0] <= better[1] <= worse[1], column


@pytest.mark.parametrize(
    "name",
    [
        "groundwater_limits",
        "drinking_water_limits",
        "drinking_water_selected",
        "surface_water_decimals",
        "tli_parameters",
        "black_odour_limits",
    ],
)
def test_every_column_of_a_table_is_a_water_item(name):
    items = table("water_items")
    assert items["column"].is_unique
    for column in table(name)["column"]:
        assert parameter_of(column)


def test_units_stand_in_the_names_of_columns():
    endings = {"mg/L": "_mg_l", "µg/L": "_ug_l", "Bq/L": "_bq_l"}
    for line in table("water_items").to_dict("records"):
        for unit, ending in endings.items():
            assert line["column"].endswith(ending) == (line["unit"] == unit), line


def test_the_classes_have_names_and_grades():
    assert list(water_class_type().categories) == table("water_classes")["class"].tolist()
    assert set(table("water_classes")["grade"]) == set(table("water_grades")["grade"])
    assert table("water_classes")["colour_hex"].is_unique
    assert class_limit("NH3-N", "III", "river").unit == "mg/L"


def test_an_item_of_an_edition_has_a_limit_or_is_named_as_not_held():
    held = table("groundwater_limits")
    old = set(held.loc[held["edition"] == "GB/T 14848-93", "column"])
    not_held = items_not_held("GB/T 14848-93")
    assert not old & set(not_held) and len(old) + len(not_held) == 39
    assert not items_not_held("GB/T 14848-2017")
    for column in not_held:
        assert parameter_of(column)


def test_tap_water_is_held_for_the_edition_of_2006_and_says_what_is_not():
    limits = table("tap_water_limits")
    assert len(limits) == int(single("tap_water_rules", rule="table_1_items")["value"])
    for column in filter(None, limits["column"]):
        assert parameter_of(column)
    for line in limits.to_dict("records"):
        assert max(band(line)) >= 0
    day = date(2023, 4, 1)
    assert not in_force("tap_water_limits", day, day)
    assert {line["rule"] for line in in_force("tap_water_rules", day, day)} == {
        "limits",
        "small_supply_limits",
    }
