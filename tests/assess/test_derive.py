import datetime as dt
from decimal import Decimal

import pytest
from judging import STATE_2017, STATE_2018, context, observed

from ecoreport.assess.derive import derive
from ecoreport.config.models import Indicator

SHARE = "air.good_days_share"
PART = "2018-01-01/2018-09-30"


def change(statistic="change_on_last_year", *, is_verified=True):
    name = f"air.{statistic}"
    return {
        name: Indicator(
            id=name, zh="变化", en="change", area="air", unit="百分点", better="higher",
            statistic=statistic, argument=SHARE, dataset="air_daily", source="",
            is_verified=is_verified,
        )
    }  # fmt: skip


def share(value, year=2018, **known):
    return observed(value, year=year, indicator=SHARE, **known)


@pytest.mark.parametrize(
    ("statistic", "expected", "substituted"),
    [
        ("change_on_last_year", "2.9", "78.4 − 75.5 = 2.9 百分点"),
        ("reduction_on_last_year", "-2.9", "75.5 − 78.4 = −2.9 百分点"),
    ],
)
def test_a_change_is_a_difference_of_published_values(statistic, expected, substituted):
    (found,) = derive(change(statistic), context(share("78.4"), share("75.5", 2017)))
    assert (found.value, found.trace.substituted) == (Decimal(expected), substituted)
    assert (found.is_sufficient, found.unit) == (True, "百分点")


@pytest.mark.parametrize(
    ("now", "before", "reason"),
    [
        ({"basis": STATE_2018}, {"basis": STATE_2017}, "basis_differs"),
        ({"is_sufficient": False, "reason": "too_few_days"}, {}, "too_few_days"),
        ({}, {"is_sufficient": False, "reason": "too_few_days"}, "base_insufficient"),
    ],
)
def test_a_change_that_is_for_reference_only_keeps_its_value(now, before, reason):
    (found,) = derive(change(), context(share("78.4", **now), share("75.5", 2017, **before)))
    assert (found.value, found.is_sufficient, found.reason) == (Decimal("2.9"), False, reason)


def test_without_last_year_there_is_no_change():
    assert derive(change(), context(share("78.4"))) == []
    assert derive(change(), context(share("78.4"), share(None, 2017))) == []


def test_a_part_of_a_year_is_held_against_the_same_part_of_last_year():
    known = {"last_day": dt.date(2018, 9, 30), "period": PART}
    now, whole = share("78.4", period=PART), share("75.5", 2017)
    (found,) = derive(change(), context(now, whole, **known))
    assert (found.value, found.reason, found.trace.substituted) == (None, "period_differs", "")
    same_part = share("70.1", 2017, period="2017-01-01/2017-09-30")
    (found,) = derive(change(), context(now, whole, same_part, **known))
    assert (found.value, found.is_sufficient) == (Decimal("8.3"), True)


def test_a_change_is_as_mature_and_as_verified_as_its_weakest_part():
    years = share("78.4", maturity="verified"), share("75.5", 2017, maturity="real_time")
    (found,) = derive(change(is_verified=False), context(*years))
    assert str(found.maturity) == "real_time"
    assert found.id == "hailing/2018/air.change_on_last_year/2018/real_time"
    assert not found.trace.is_verified


def test_a_change_is_as_sensitive_as_both_of_its_years():
    now = share("78", sensitivity={"day": ("77", "79"), "month": ("70", "80")})
    before = share("75", 2017, sensitivity={"day": ("73", "75")})
    (found,) = derive(change(), context(now, before))
    assert found.sensitivity == {"day": (2, 5), "month": (-5, 5)}
    (fall,) = derive(change("reduction_on_last_year"), context(now, before))
    assert fall.sensitivity == {"day": (-5, -2), "month": (-5, 5)}
