from decimal import Decimal

import pytest
from area_tables import seen, table

from ecoreport.assess.compare import fragility
from ecoreport.project import Pair

WUXI = Pair("wuxi", 2018)
FOREST, TREES = "greening.forest_cover", "greening.tree_cover"
WETLAND = "greening.wetland_protection_rate"
NATURAL = "greening.natural_wetland_protection_rate"
PARKS = "greening.park_area_per_person"
INDEX = "greening.ecological_index"
SUBINDICES = {
    "biological_richness": 50.0,
    "vegetation_coverage": 80.0,
    "water_network_density": 60.0,
    "land_stress": 20.0,
    "pollution_load": 22.5,
}


def green(*rows, **known):
    told = [{"period": "2018", **row} for row in rows]
    return seen({"green_space": table("green_space", *told)}, **known)


def index(**cells):
    row = {"period": "2018", "ei_official": 66.1, **SUBINDICES, **cells}
    return seen({"ei_subindices": table("ei_subindices", row)})


def test_departments_fill_in_their_own_and_the_rows_are_put_together():
    land = {"department": "hailing-land", "land_km2": 300.0, "document_number": "国土1号"}
    forest = {"department": "hailing-agriculture", "forest_km2": 68.31}
    found, kept, _all = green(land, forest)
    one = found[FOREST]
    assert one.value == Decimal("22.77")
    assert one.trace.substituted == "68.31 ÷ 300 × 100"
    assert one.trace.sources[0].rows == (3, 2)
    assert not one.has_document
    assert kept["green_space"].set_index("item")["value"].to_dict() == {
        "land_km2": 300,
        "forest_km2": 68.31,
    }


def test_both_rates_of_wetlands_stay_apart():
    row = {
        "wetland_km2": 100.0, "wetland_protected_km2": 51.1, "natural_wetland_km2": 80.0,
        "natural_wetland_protected_km2": 44.0,
    }  # fmt: skip
    found, _kept, _all = green(row, pair=WUXI)
    assert (found[WETLAND].value, found[NATURAL].value) == (Decimal("51.10"), Decimal("55.00"))
    del row["wetland_protected_km2"]
    found, _kept, _all = green(row, pair=WUXI)
    assert WETLAND not in found
    assert NATURAL in found


def test_departments_that_differ_are_told():
    rows = [
        {"department": "hailing-land", "land_km2": 300.0},
        {"department": "hailing-agriculture", "land_km2": 305.0, "forest_km2": 60.0},
    ]
    one = green(*rows)[0][FOREST]
    assert one.value == 20
    assert "300、305" in str(one.trace.notes[0])
    # A figure that was checked better goes first, and nothing is open.
    rows[1]["maturity"] = "verified"
    one = green(*rows)[0][FOREST]
    assert (one.value, one.trace.notes) == (Decimal("19.67"), ())


def test_parks_a_head_are_of_residents_and_say_what_the_register_gives():
    row = {"park_km2": 38.0, "park_residents": 2600000.0, "park_registered": 2500000.0}
    one = green(row, pair=WUXI)[0][PARKS]
    assert one.value == Decimal("14.62")
    assert "15.20平方米" in str(one.trace.notes[0])
    assert fragility(one, ">=", Decimal("14.91")) == ("population",)
    assert fragility(one, ">=", Decimal("14")) == ()
    del row["park_residents"]
    assert PARKS not in green(row, pair=WUXI)[0]


def test_a_part_larger_than_its_whole_is_for_reference():
    one = green({"tree_cover_km2": 28.0, "land_km2": 27.0}, pair=WUXI)[0][TREES]
    assert (one.is_sufficient, one.reason) == (False, "part_exceeds_whole")


def test_amounts_are_taken_as_they_are():
    row = {"new_forest_10k_mu": 0.6, "n_wetland_reserves": 3.0, "red_line_km2": 1327.26}
    found, _kept, _all = green(row, pair=WUXI)
    assert found["greening.new_forest"].value == Decimal("0.6")
    assert found["greening.wetland_reserves"].value == 3
    assert found["greening.ecological_red_line_area"].value == Decimal("1327.26")


def test_a_year_is_not_known_before_it_ends():
    assert FOREST not in green({"land_km2": 3.0, "forest_km2": 1.0}, as_of="2018-09-30")[0]


def test_the_official_index_is_judged_and_the_computed_one_shown():
    found, kept, _all = index()
    one = found[INDEX]
    assert one.value == Decimal("66.1")
    assert str(one.trace.notes[0]) == "由五个分指数核算为66.25，与下达值相差0.15，只作核对"
    (line,) = kept["ei_check"].to_dict("records")
    assert (line["ei_computed"], line["difference"]) == (66.25, 0.15)


@pytest.mark.parametrize("cells", [{"pollution_load": None}, {"ei_official": None}])
def test_without_sub_indices_there_is_no_check_and_without_the_official_no_value(cells):
    found, kept, _all = index(**cells)
    if "ei_official" in cells:
        assert INDEX not in found
        assert kept["ei_check"]["ei_computed"].tolist() == [66.25]
    else:
        assert "不能核算" in str(found[INDEX].trace.notes[0])
        assert kept["ei_check"]["ei_computed"].isna().all()


def test_an_index_of_the_city_alone_says_nothing_of_a_district_below_it():
    city = {"period": "2018", "ei_official": 66.1, **SUBINDICES}
    estates = {
        "area": "jiangyin", "place": "一街道", "zone": "built_up", "unit_kind": "estates",
        "period": "2018", "n_due": 40.0, "n_covered": 18.0,
    }  # fmt: skip
    tables = {
        "ei_subindices": table("ei_subindices", city),
        "sorting_coverage": table("sorting_coverage", estates),
    }
    _found, _kept, everything = seen(tables, pair=WUXI)
    told = {(one.district, one.indicator) for one in everything}
    assert ("jiangyin", "waste.built_up_sorting_facility_coverage") in told
    assert ("wuxi", INDEX) in told
    assert ("jiangyin", INDEX) not in told
