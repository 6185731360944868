import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoreport.ingest.dates import (
    day_and_hour,
    read_date,
    read_hour,
    read_month,
    read_period,
    read_year,
)

DAY = dt.datetime(2018, 1, 3)
WRITTEN = [
    "2018-01-03", "2018/1/3", "2018.1.3", "2018年1月3日", "20180103", "２０１８－０１－０３",
    "2018 年 1 月 3 日", "1月3日", 20180103, 43103, 43103.0, "43103", dt.date(2018, 1, 3), DAY,
    "2018-01-03 00:00:00",
]  # fmt: skip


@pytest.mark.parametrize("cell", WRITTEN)
def test_days_in_all_their_forms(cell):
    assert read_date(cell, 2018).value == DAY


@pytest.mark.parametrize(
    "cell", ["2018-02-30", "2018-13-01", "合计", "3", 45, True, dt.time(1), "201801035", "18-1-3"]
)
def test_what_is_no_day_is_unreadable(cell):
    assert not read_date(cell, 2018).is_readable


@given(day=st.datetimes(min_value=dt.datetime(2000, 1, 1), max_value=dt.datetime(2099, 12, 31)))
def test_every_day_survives_every_form(day):
    day = dt.datetime.combine(day.date(), dt.time())
    serial = (day - dt.datetime(1899, 12, 30)).days
    forms = [f"{day:%Y-%m-%d}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", serial]
    assert {read_date(form, 1999).value for form in forms} == {day}


@pytest.mark.parametrize(
    ("cell", "hour"),
    [("1时", 1), ("01:00", 1), ("1点", 1), (24, 24), ("24:00", 24), (dt.time(5), 5), (1 / 24, 1),
     ("0-1时", 1), ("23:00-24:00", 24), (dt.timedelta(days=1), 24), ("0", 0), ("０５", 5)],
)  # fmt: skip
def test_hours_in_all_their_forms(cell, hour):
    assert read_hour(cell).value == hour


@pytest.mark.parametrize("cell", [25, "1:30", "上午", dt.time(5, 30), True, -1, "5-9时"])
def test_what_is_no_hour_is_unreadable(cell):
    assert not read_hour(cell).is_readable


@pytest.mark.parametrize(
    ("moment", "hour", "expected"),
    [
        ("2018-01-04", 0, (DAY, 24)),
        ("2018-01-03", 24, (DAY, 24)),
        ("2018-01-03", 1, (DAY, 1)),
        ("2018-01-04 00:00", None, (DAY, 24)),
        ("2018-01-03 24:00", None, (DAY, 24)),
        ("2018-01-03 05:00", None, (DAY, 5)),
        ("2018-01-01 00:00", None, (dt.datetime(2017, 12, 31), 24)),
    ],
)
def test_hour_zero_belongs_to_the_day_before(moment, hour, expected):
    own_hour = None if hour is None else read_hour(hour)
    day, found = day_and_hour(read_date(moment, 2018), own_hour)
    assert (day.value, found.value) == expected


def test_a_clock_that_contradicts_the_hour_is_unreadable():
    day, _hour = day_and_hour(read_date("2018-01-03 05:00", 2018), read_hour(6))
    assert not day.is_readable


@pytest.mark.parametrize(
    ("cell", "period"),
    [(2018, "2018"), ("2018年", "2018"), ("2018年度", "2018"), ("2018年全年", "2018"),
     ("2018年第一季度", "2018-Q1"), ("2018Q1", "2018-Q1"), ("2018年1季度", "2018-Q1"),
     ("2018年上半年", "2018-H1"), ("2018年3月", "2018-03"), ("2018-3", "2018-03"),
     ("201803", "2018-03"), (dt.date(2018, 3, 1), "2018-03"), ("3月", "2017-03"), ("全年", "2017")],
)  # fmt: skip
def test_periods_in_all_their_forms(cell, period):
    assert read_period(cell, 2017).value == period


@pytest.mark.parametrize("cell", ["2018-13", "第五季度", dt.date(2018, 3, 2), "去年", "1"])
def test_what_is_no_period_is_unreadable(cell):
    assert not read_period(cell, 2018).is_readable


@pytest.mark.parametrize("cell", ["去年", dt.date(2018, 3, 2)])
def test_what_is_told_to_write_reads_as_of_the_year_that_is_read(cell):
    readers = {read_date: "年初", read_month: "年初", read_year: "去年", read_period: cell}
    for read, wrong in readers.items():
        reason = read(wrong, 2019).reason
        forms = reason.partition("请写成 ")[2].replace(" 或 ", "、").split("、")
        assert all(str(read(form, 2019).value).startswith("2019") for form in forms), reason


@given(cell=st.one_of(st.text(), st.floats(), st.integers(), st.datetimes(), st.timedeltas()))
def test_no_cell_makes_a_reader_fail(cell):
    for read in (read_hour, lambda one: read_year(one, 2018), lambda one: read_date(one, 2018)):
        read(cell)
    assert read_period(cell, 2018).value is None or read_period(cell, 2018).is_readable
