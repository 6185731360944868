from decimal import Decimal

import pytest
from area_tables import catalogue, seen, table

from ecoreport.assess.compare import fragility
from ecoreport.config.plausible import Plausible
from ecoreport.project import Pair

WUXI = Pair("wuxi", 2018)
ENERGY, FALL = "resources.energy_per_gdp", "resources.energy_per_gdp_cut"
BASIC = {
    "energy_10k_tce": 219.4,
    "last_year_energy_10k_tce": 214.0,
    "gdp_100m_yuan": 530.0,
    "gdp_comparable_100m_yuan": 518.0,
    "last_year_gdp_comparable_100m_yuan": 490.0,
}


def accounts(*rows, **known):
    told = [{"period": "2018", **row} for row in rows]
    return seen({"resource_accounts": table("resource_accounts", *told)}, **known)


def test_intensities_are_of_the_year_s_prices_and_say_what_comparable_ones_give():
    one = accounts(BASIC)[0][ENERGY]
    assert one.value == Decimal("0.414")
    assert one.trace.substituted == "219.4 ÷ 530"
    assert str(one.trace.notes[0]) == "地区生产总值按可比价计为0.424吨标煤/万元"
    assert fragility(one, "<=", Decimal("0.42")) == ("prices",)
    assert fragility(one, "<=", Decimal("0.70")) == ()
    without = {name: cell for name, cell in BASIC.items() if "comparable" not in name}
    assert accounts(without)[0][ENERGY].sensitivity == {}


def test_falls_are_at_comparable_prices_of_both_years():
    one = accounts(BASIC)[0][FALL]
    # (1 − (219.4 ÷ 518) ÷ (214 ÷ 490)) × 100
    assert one.value == Decimal("3.02")
    assert one.trace.substituted == "(1 − (219.4 ÷ 518) ÷ (214 ÷ 490)) × 100"
    for name in BASIC:
        if name != "gdp_100m_yuan":
            assert FALL not in accounts(BASIC | {name: None})[0], name


def test_departments_fill_in_their_own_and_the_rows_are_put_together():
    water = {"department": "hailing-water", "water_10k_m3": 22366.0, "document_number": "水1号"}
    value = {"department": "hailing-statistics", "gdp_100m_yuan": 530.0}
    one = accounts(water, value)[0]["resources.water_per_gdp"]
    assert (one.value, one.unit) == (Decimal("42.2"), "立方米/万元")
    assert one.trace.sources[0].rows == (2, 3)
    assert (one.department, one.has_document) == ("", False)


@pytest.mark.parametrize(
    ("indicator", "part", "whole", "value"),
    [
        ("industrial_value_per_land", "industrial_value_100m_yuan=214",
         "industrial_land_mu=26750", "80.0"),
        ("gdp_per_construction_land", "gdp_100m_yuan=530", "construction_land_ha=11850", "447.3"),
        ("irrigation_efficiency", "irrigation_net_10k_m3=638",
         "irrigation_gross_10k_m3=1000", "0.638"),
        ("industrial_water_reuse_rate", "reused_water_10k_m3=90",
         "industrial_water_10k_m3=100", "90.00"),
        ("services_share", "services_100m_yuan=273", "gdp_100m_yuan=530", "51.51"),
        ("power_coal_share", "power_coal_10k_t=65", "coal_10k_t=100", "65.00"),
    ],
)  # fmt: skip
def test_units_of_tables_become_those_of_indicators(indicator, part, whole, value):
    cells = {name: float(cell) for name, cell in (one.split("=") for one in (part, whole))}
    found = accounts(cells, pair=WUXI)[0][f"resources.{indicator}"]
    assert f"{found.value:f}" == value


def test_computed_values_lie_where_such_values_lie():
    """The factor between units is right: the demonstrated figures of a district are usual ones."""
    found = accounts(BASIC | {"water_10k_m3": 22366.0})[0]
    for name in (ENERGY, "resources.water_per_gdp"):
        usual = catalogue().plausible[name]
        assert isinstance(usual, Plausible)
        low, high = usual.usual
        assert low <= found[name].value <= high


def test_a_part_larger_than_its_whole_is_for_reference_and_nothing_has_no_share():
    one = accounts({"power_coal_10k_t": 101.0, "coal_10k_t": 100.0}, pair=WUXI)[0]
    found = one["resources.power_coal_share"]
    assert (found.is_sufficient, found.reason) == (False, "part_exceeds_whole")
    none = accounts({"power_coal_10k_t": 0.0, "coal_10k_t": 0.0}, pair=WUXI)[0]
    assert none["resources.power_coal_share"].value is None


def test_a_year_is_not_known_before_it_ends():
    assert ENERGY not in accounts(BASIC, as_of="2018-09-30")[0]
