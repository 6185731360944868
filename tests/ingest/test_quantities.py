import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoreport.ingest.cells import BLANK, Reading
from ecoreport.ingest.quantities import NumberReader

FULL_WIDTH = str.maketrans("0123456789.-,", "０１２３４５６７８９．－，")


@pytest.fixture(scope="module")
def daily(rules):
    """Reader of one column of daily air, with the unit of its header."""

    def reader(name="pm25_ug_m3", stated="", hides_percent=False):
        dataset, units = rules["air_daily"].dataset, rules["air_daily"].units
        column = next(one for one in dataset.columns if one.name == name)
        return NumberReader(dataset, column, units, column.unit, stated, hides_percent)

    return reader


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (45, 45.0),
        (45.5, 45.5),
        ("45", 45.0),
        ("４５．５", 45.5),
        (" 1,234.5 ", 1234.5),
        ("1，234", 1234.0),
        ("1 234", 1234.0),
        ("−5", -5.0),
        ("1.2e3", 1200.0),
        ("45±3", 45.0),
        ("45 μg/m3", 45.0),
        ("0.045mg/m³", 45.0),
        ("<4", 2.0),
        ("＜0.5", 0.25),
        ("0.02L", 0.01),
        ("0.02 (L)", 0.01),
        ("<0.004 mg/m3", 2.0),
    ],
)
def test_numbers_are_read_as_written(daily, cell, value):
    reading = daily().read(cell)
    assert reading.value == value
    assert reading.is_valid and reading.is_readable


@pytest.mark.parametrize(
    ("cell", "flag"),
    [("45H", "H"), ("45 (H)", "H"), ("45（RM）", "RM"), ("H45", "H"), ("BB", "BB"), ("hsp", "HSp")],
)
def test_a_flag_takes_the_value_out_and_is_named(daily, cell, flag):
    reading = daily().read(cell)
    assert (reading.value, reading.flag, reading.is_valid) == (None, flag, False)
    assert reading.is_readable


@pytest.mark.parametrize("cell", [0, "0", "0.0", -1, "-1", "—", "/", "缺测", -999, "-999.0", "NaN"])
def test_marks_zero_and_minus_one_are_missing_in_air(daily, cell):
    reading = daily().read(cell)
    assert reading.value is None
    assert reading.reason and reading.is_readable and not reading.is_valid


@pytest.mark.parametrize(
    "cell",
    ["约45", "1,23", "45%", "45ppb", "1e999", "=A1", "#DIV/0!", "未检出", "6-9", True,
     float("nan"), dt.date(2018, 1, 3)],
)  # fmt: skip
def test_what_no_rule_understands_is_said_and_never_a_number(daily, cell):
    reading = daily().read(cell)
    assert reading.value is None
    assert not reading.is_readable and reading.reason


def test_blank_says_nothing(daily):
    assert daily().read("  ") == daily().read(None) == BLANK


def test_the_unit_of_the_header_is_converted_exactly(daily):
    assert daily(stated="mg/m³").read("0.0453").value == 45.3
    assert daily("co_mg_m3", stated="ug/m3").read(1100).value == 1.1
    # The limit is converted before it is halved, not the other way round twice.
    assert daily(stated="mg/m³").read("<0.004").value == 2.0


def test_a_cell_that_contradicts_its_header_is_unreadable(daily):
    assert not daily(stated="μg/m³").read("0.045mg/m3").is_readable


def test_words_stand_for_numbers_where_the_dataset_says_so(rules):
    dataset, units = rules["nil_returns"].dataset, rules["nil_returns"].units
    column = next(one for one in dataset.columns if one.name == "events")
    reader = NumberReader(dataset, column, units, column.unit)
    assert [reader.read(cell).value for cell in ("无", "零报告", 0, "0", "2起")] == [0, 0, 0, 0, 2]
    assert reader.read("").value is reader.read("—").value is None


def test_of_what_is_counted_below_the_limit_is_none(rules):
    dataset, units = rules["village_water"].dataset, rules["village_water"].units
    column = next(one for one in dataset.columns if one.name == "total_coliforms_per_100ml")
    reader = NumberReader(dataset, column, units, column.unit)
    found = [reader.read(cell) for cell in ("<2", "＜1", "未检出", "2")]
    assert [one.value for one in found] == [0.0, 0.0, 0.0, 2.0]
    assert [one.flag for one in found] == ["<", "<", "", ""]


def test_half_a_percent_of_an_old_workbook_is_not_guessed(rules):
    reader = rules["reported"].quantity_reader("%", "%", hides_percent=True)
    assert not reader(0.512).is_readable
    assert reader(51.2).value == 51.2
    assert reader("0.512%").value == 0.512


@pytest.mark.parametrize(
    ("cell", "stated", "wanted", "value"),
    [
        (93.1, "%", "%", 93.1),
        ("93.1%", "", "%", 93.1),
        (931, "‰", "%", 93.1),
        (0.931, "1", "%", 93.1),
        (3, "万亩", "公顷", 2000.0),
        (2.5, "吨标煤/万元", "千克标煤/万元", 2500.0),
        (1.7, "亿立方米", "万立方米", 17000.0),
    ],
)
def test_reported_units_are_converted(rules, cell, stated, wanted, value):
    assert rules["reported"].quantity_reader(wanted, stated, False)(cell).value == value


def test_a_unit_of_another_kind_is_refused(rules):
    reading = rules["reported"].quantity_reader("%", "万吨", False)(93)
    assert not reading.is_readable and "万吨" in reading.reason and "%" in reading.reason
    assert not rules["reported"].quantity_reader("", "%", False)(93).is_readable


numbers = st.decimals(min_value=Decimal("0.001"), max_value=Decimal(10**9), places=3)


@given(number=numbers, spaces=st.sampled_from(["", " ", "\u3000"]))
def test_a_number_in_any_supported_form_is_read_exactly(daily, number, spaces):
    text = f"{number:f}"
    forms = [text, text.translate(FULL_WIDTH), f"{number:,f}", f"+{text}", f"{text} ug/m3"]
    readings = [daily().read(f"{spaces}{form}{spaces}") for form in forms]
    assert [one.value for one in readings] == [float(number)] * len(forms)
    assert daily().read(f"{text}H").value is None
    assert daily().read(f"<{text}").value == float(number / 2)


cells = st.one_of(
    st.text(), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times(),
    st.timedeltas(), st.none(), st.from_regex(r"[-+<0-9.,HBWL%()eE ]{1,12}", fullmatch=True),
)  # fmt: skip


@given(cell=cells)
def test_no_cell_makes_the_reader_fail(daily, cell):
    reading = daily().read(cell)
    assert isinstance(reading, Reading)
    assert reading.value is None or isinstance(reading.value, float)
    assert reading.is_readable or reading.value is None
