from decimal import Decimal
from fractions import Fraction

import pytest

from ecoreport.errors import InputError, ParameterError
from ecoreport.ingest.units import Units


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "result"),
    [
        ("0.1", "mg/m³", "μg/m³", Fraction(100)),
        ("1.1", "µg/㎥", "mg/m3", Fraction(11, 10000)),
        ("12.3", "万亩", "公顷", Fraction(8200)),
        ("1", "公顷", "亩", Fraction(15)),
        ("1", "平方公里", "亩", Fraction(1500)),
        ("45", "‰", "%", Fraction(9, 2)),
        ("1", "mg/m³", "μg/L", Fraction(1)),
        ("0.02", "mg/L", "mg/m³", Fraction(20)),
        ("0.3", "吨标煤/万元", "kgce/万元", Fraction(300)),
        ("2", "万吨", "吨", Fraction(20000)),
        ("2", "吨/日", "吨/年", Fraction(730)),
        ("2", "吨／天", "t/a", Fraction(730)),
        ("2", "t/d", "万吨/年", Fraction(73, 1000)),
        ("1.5", "万吨/年", "吨/年", Fraction(15000)),
        ("3", "吨/日", "立方米/日", Fraction(3)),
        ("3", "万吨/天", "万立方米/日", Fraction(3)),
        ("3", "t/d", "万m³/d", Fraction(3, 10000)),
    ],
)
def test_conversion_is_exact(units, value, unit, wanted, result):
    assert units.convert(Decimal(value), unit, wanted) == result


@pytest.mark.parametrize("unit", ["ppb", "t", "%", "furlong"])
def test_another_dimension_is_an_error_that_names_both(units, unit):
    with pytest.raises(InputError, match=unit):
        units.convert(Decimal(1), unit, "μg/m³")


def test_every_unit_of_the_parameters_is_known(units, catalogue):
    used = {one.unit for one in catalogue.indicators.values()} | {
        column.unit for one in catalogue.datasets.values() for column in one.columns
    }
    assert [unit for unit in used if unit and units.find(unit) is None] == []


def test_a_spelling_of_two_units_is_an_error(tmp_path):
    table = tmp_path / "units.csv"
    table.write_text("unit,dimension,factor,aliases,note\nt,mass,1,吨,\nT,field,1,吨,\n")
    with pytest.raises(ParameterError, match=r"units\.csv:3"):
        Units(table)
