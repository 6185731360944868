from decimal import Decimal
from fractions import Fraction

from area_tables import seen, table
from hypothesis import given
from hypothesis import strategies as st

from ecoreport.observe.figures import rate_of
from ecoreport.project import Pair

INDUSTRIAL = "waste.industrial_solid_waste_disposal_use_rate"
USE = "waste.industrial_solid_waste_use_rate"
HAZARDOUS = "waste.hazardous_safe_disposal_rate"
HOUSEHOLD = "waste.household_waste_treatment_rate"
EVERYWHERE = "waste.urban_rural_household_waste_treatment_rate"
STRAW = "waste.straw_use_rate"
CAPACITY = "waste.hazardous_capacity_growth"
ADDED = "waste.hazardous_incineration_capacity_added"
BUILT_UP = "waste.built_up_sorting_facility_coverage"
URBAN = "waste.urban_sorting_facility_coverage"
YEAR = {"period": "2018"}
STEEL = {
    "waste": "industrial",
    **YEAR,
    "stock_start_t": 1000.0,
    "generated_t": 50000.0,
    "used_t": 45000.0,
    "used_from_stock_t": 600.0,
    "disposed_t": 4800.0,
    "transferred_t": 0.0,
    "stock_end_t": 1000.0,
}


def flows(*rows, **known):
    return seen({"waste_flows": table("waste_flows", *rows)}, **known)


def test_stock_of_earlier_years_adds_to_what_was_generated():
    found, _kept, _all = flows(STEEL)
    one = found[INDUSTRIAL]
    assert one.value == Decimal("98.42")
    assert Fraction(49800 * 100, 50600) - Fraction(one.unrounded) < Fraction(1, 10**9)
    assert one.trace.substituted == "(45000 + 4800) ÷ (50000 + 600) × 100"
    assert found[USE].value == Decimal("88.93")
    assert not one.trace.is_verified
    assert [source.rows for source in one.trace.sources] == [(2,)]


def test_the_gap_of_the_balance_is_told_and_kept():
    found, kept, _all = flows(STEEL)
    assert "来源51000吨，去向50800吨，差额200吨" in str(found[INDUSTRIAL].trace.notes[0])
    (line,) = kept["waste_balance"].to_dict("records")
    assert (line["gap_t"], line["is_balanced"], line["missing_terms"]) == (200, False, "")
    found, kept, _all = flows({**STEEL, "stock_end_t": None})
    assert str(found[INDUSTRIAL].trace.notes[0]).endswith("缺少：年末贮存量")
    assert kept["waste_balance"]["gap_t"].isna().all()


def test_what_was_dumped_is_part_of_the_balance():
    _found, kept, _all = flows({**STEEL, "dumped_t": 200.0})
    (line,) = kept["waste_balance"].to_dict("records")
    assert (line["gap_t"], line["is_balanced"], line["dumped_t"]) == (0, True, 200)


def test_what_is_missing_gives_no_rate():
    found, _kept, _all = flows({**STEEL, "disposed_t": None})
    assert INDUSTRIAL not in found
    assert found[USE].value == Decimal("88.93")
    # What is due is said by the department; a rate of what was generated would be another.
    hazardous = {"waste": "hazardous", **YEAR, "generated_t": 2000.0, "safely_treated_t": 1900.0}
    assert HAZARDOUS not in flows(hazardous)[0]
    assert flows({**hazardous, "due_t": 1900.0})[0][HAZARDOUS].value == 100


def test_waste_of_building_kitchens_and_farms_has_rates_of_its_own():
    building = {
        "waste": "construction", **YEAR, "generated_t": 600000.0, "used_t": 330000.0,
        "used_from_stock_t": 60000.0,
    }  # fmt: skip
    kitchen = {
        "waste": "kitchen", **YEAR, "generated_t": 15000.0, "used_t": 11250.0,
        "safely_treated_t": 13500.0,
    }  # fmt: skip
    packaging = {
        "waste": "packaging", **YEAR, "generated_t": 44.4, "due_t": 40.8, "used_t": 8.2,
        "disposed_t": 28.1,
    }  # fmt: skip
    film = {"waste": "film", **YEAR, "generated_t": 200.0, "used_t": 176.0}
    found = flows(building, kitchen, packaging, film)[0]
    values = {
        "construction_waste_use_rate": "50.00",
        "kitchen_waste_treatment_rate": "90.00",
        "kitchen_waste_use_rate": "75.00",
        "pesticide_packaging_recovery_rate": "88.97",
        "farm_film_use_rate": "88.00",
    }
    assert {name: f"{found[f'waste.{name}'].value:f}" for name in values} == values
    recovery = found["waste.pesticide_packaging_recovery_rate"]
    assert recovery.trace.substituted == "(8.2 + 28.1) ÷ 40.8 × 100"
    unknown = flows(packaging | {"due_t": None})[0]
    assert "waste.pesticide_packaging_recovery_rate" not in unknown


def test_a_rate_just_below_a_hundred_is_not_a_hundred():
    row = {"waste": "hazardous", **YEAR, "generated_t": 9000.0, "due_t": 8000.0}
    found, _kept, _all = flows({**row, "safely_treated_t": 7999.0})
    assert found[HAZARDOUS].value == Decimal("99.99")


def test_nothing_of_nothing_is_named_and_has_no_value():
    row = {"waste": "straw", **YEAR, "generated_t": 0.0, "due_t": 0.0, "used_t": 0.0}
    one = flows(row)[0][STRAW]
    assert (one.value, one.is_sufficient, one.reason) == (None, False, "nothing_to_rate")


def test_more_used_than_was_there_is_for_reference_and_named():
    one = flows({**STEEL, "used_t": 46500.0, "used_from_stock_t": None})[0][INDUSTRIAL]
    assert (one.value, one.reason) == (Decimal("102.60"), "part_exceeds_whole")
    assert not one.is_sufficient


def test_town_and_country_make_the_whole_only_together():
    town = {
        "waste": "municipal", "coverage": "urban", **YEAR, "generated_t": 900.0,
        "safely_treated_t": 900.0,
    }  # fmt: skip
    country = {**town, "coverage": "rural", "generated_t": 100.0, "safely_treated_t": 80.0}
    found, _kept, _all = flows(town)
    assert found[HOUSEHOLD].value == 100
    assert EVERYWHERE not in found
    found, kept, _all = flows(town, country)
    assert found[EVERYWHERE].value == 98
    assert len(found[EVERYWHERE].trace.sources[0].rows) == 2
    assert kept["waste_balance"]["coverage"].tolist() == ["urban", "rural", "all"]
    # A row that says everything goes before the sum of its parts.
    whole = {**town, "coverage": None, "generated_t": 1000.0, "safely_treated_t": 990.0}
    assert flows(town, country, whole)[0][EVERYWHERE].value == 99


def test_months_add_up_and_a_year_without_all_of_them_is_for_reference():
    def months(last):
        return [
            {
                "waste": "sludge", "period": f"2018-{month:02d}", "generated_t": 10.0,
                "safely_treated_t": 9.0, "used_t": 9.0, "disposed_t": 0.0, "transferred_t": 0.0,
                "stock_start_t": month - 1.0, "stock_end_t": float(month),
            }
            for month in range(1, last + 1)
        ]  # fmt: skip

    found, kept, _all = flows(*months(12), pair=Pair("suzhou", 2018))
    one = found["waste.sludge_treatment_rate"]
    assert (one.value, one.is_sufficient, one.trace.n_used) == (90, True, 12)
    line = kept["waste_balance"].iloc[0]
    assert (line["stock_start_t"], line["stock_end_t"], line["gap_t"]) == (0, 12, 0)
    short = flows(*months(11), pair=Pair("suzhou", 2018))[0]["waste.sludge_treatment_rate"]
    assert (short.reason, short.completeness) == ("too_few_months", Decimal("0.9167"))
    # Quarters and months of one time are not added twice.
    quarter = {**months(1)[0], "period": "2018-Q1", "generated_t": 30.0, "safely_treated_t": 30.0}
    found, _kept, _all = flows(quarter, *months(12), pair=Pair("suzhou", 2018))
    assert found["waste.sludge_treatment_rate"].trace.n_used == 12
    assert found["waste.sludge_treatment_rate"].value == Decimal("92.50")


def test_months_after_the_last_day_are_not_read():
    rows = [{**STEEL, "period": f"2018-{month:02d}"} for month in range(1, 10)]
    one = flows(*rows, as_of="2018-06-30")[0][INDUSTRIAL]
    assert (one.trace.n_used, one.trace.n_expected) == (6, 6)
    assert one.reason == "too_few_months"
    assert INDUSTRIAL not in flows(STEEL, as_of="2018-06-30")[0]


def test_of_rows_checked_differently_the_better_counts():
    better = {**STEEL, "used_t": 44000.0, "maturity": "verified"}
    one = flows(STEEL, better)[0][USE]
    assert (one.value, one.maturity) == (Decimal("86.96"), "verified")


def test_papers_that_rows_name_are_the_observations():
    named = {**STEEL, "document_number": "泰海环〔2019〕3号", "evidence_file": "台账.pdf"}
    one = flows(named)[0][INDUSTRIAL]
    assert one.has_document
    assert one.has_evidence_file
    bare = flows(STEEL)[0][INDUSTRIAL]
    assert not bare.has_document
    assert not bare.has_evidence_file


def test_a_figure_below_is_that_districts():
    rows = [{**STEEL, "area": "jiangyin"}]
    _first, _kept, everything = flows(*rows, pair=Pair("wuxi", 2018))
    own = [one for one in everything if one.indicator == INDUSTRIAL]
    assert [one.district for one in own] == ["jiangyin"]


def plant(name, capacity, **cells):
    known = {"waste": "hazardous", "process": "incineration", "status": "operating"}
    return {"facility": name, "capacity_t_a": capacity, **known, **cells}


def test_capacity_is_that_of_plants_in_operation():
    plants = table(
        "waste_facilities",
        plant("甲", 20000.0, commissioned="2016-03-01"),
        plant("乙", 13000.0, commissioned="2018-09-01"),
        plant("丙", 9000.0, process="landfill"),
        plant("丁", 30000.0, status="under_construction"),
        plant("戊", 5000.0, process="use"),
    )
    found, kept, _all = seen({"waste_facilities": plants}, Pair("wuxi", 2018))
    assert found[CAPACITY].value == Decimal("4.2")
    assert "丁" in str(found[CAPACITY].trace.notes[0])
    assert found[ADDED].value == Decimal("1.3")
    (line,) = kept["waste_capacity"].to_dict("records")
    assert (line["operating_t_a"], line["under_construction_t_a"]) == (47000, 30000)
    early = seen({"waste_facilities": plants}, Pair("wuxi", 2018), "2018-06-30")[0]
    assert early[CAPACITY].value == Decimal("2.9")


def test_a_plant_without_capacity_leaves_the_sum_for_reference():
    plants = table("waste_facilities", plant("甲", 20000.0), plant("乙", None))
    found, kept, _all = seen({"waste_facilities": plants}, Pair("wuxi", 2018))
    assert (found[CAPACITY].value, found[CAPACITY].reason) == (2, "capacity_missing")
    assert kept["waste_capacity"]["operating_t_a"].isna().all()
    # What nobody runs or builds is nought, not unknown.
    assert kept["waste_capacity"]["under_construction_t_a"].tolist() == [0]


def test_a_capacity_is_held_against_a_whole_year_only():
    plants = {"waste_facilities": table("waste_facilities", plant("甲", 20000.0))}
    generated = {"waste": "hazardous", "generated_t": 9000.0}
    for period, n_months, need in (("2018-H1", 6, []), ("2018", 12, [9000])):
        rows = table("waste_flows", {**generated, "period": period})
        _found, kept, _all = seen({**plants, "waste_flows": rows}, Pair("wuxi", 2018))
        line = kept["waste_capacity"].iloc[0]
        assert (line["n_months"], [*kept["waste_capacity"]["need_t"].dropna()]) == (n_months, need)


def test_nothing_generated_needs_nothing():
    plants = {"waste_facilities": table("waste_facilities", plant("甲", 20000.0))}
    rows = table("waste_flows", {"waste": "hazardous", **YEAR, "generated_t": 0.0})
    _found, kept, _all = seen({**plants, "waste_flows": rows}, Pair("wuxi", 2018))
    assert kept["waste_capacity"]["need_t"].tolist() == [0]


def street(name, due, covered, **cells):
    known = {"place": name, "zone": "built_up", "unit_kind": "estates", "period": "2018-12"}
    return {**known, "n_due": due, "n_covered": covered, **cells}


def test_coverage_counts_the_last_report_of_each_street():
    rows = table(
        "sorting_coverage",
        street("甲", 40.0, 10.0, period="2018-06"),
        street("甲", 40.0, 20.0, households_due=9000.0, households_covered=3000.0),
        street("乙", 60.0, 30.0, households_due=6000.0, households_covered=3000.0),
        street("丙", 10.0, 10.0, zone="urban"),
    )
    found, _kept, _all = seen({"sorting_coverage": rows}, Pair("wuxi", 2018))
    one = found[BUILT_UP]
    assert (one.value, one.trace.n_counted, one.trace.n_used) == (50, 50, 100)
    assert "40.0%" in str(one.trace.notes[0])
    assert found[URBAN].value == 100


AMOUNT = st.decimals(0, 10**7, places=2)


@given(AMOUNT, AMOUNT)
def test_a_rate_is_its_part_by_its_whole(part, whole):
    found = rate_of(part, whole)
    assert (found.part, found.whole) == (part, whole)
    if whole:
        assert found.share == Fraction(part) / Fraction(whole)
    elif not part:
        assert found.absence == "nothing_to_rate"
