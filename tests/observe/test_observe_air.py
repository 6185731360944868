import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from air_year import LEVELS, POINTS, catalogue, days, hours, observations
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoreport.config.models import DustExclusion
from ecoreport.errors import InputError
from ecoreport.observe import observe
from ecoreport.observe.air_days import air_days, state_of
from ecoreport.observe.air_sensitivity import sensitivity_of_share, sensitivity_of_statistic
from ecoreport.observe.period import Period, period_of
from ecoreport.project import Pair
from ecoreport.standards.air import annual_statistics, area_daily, good_days
from ecoreport.standards.rounding import exact_mean, round_half_even
from ecoreport.standards.statistics import percentile

WHOLE = period_of(Pair("hailing", 2018), None)
SEPTEMBER = dt.date(2018, 9, 30)
PM25_MEAN = "air.pm25_annual_mean/2018/audited"


@pytest.fixture(scope="module")
def year():
    return observations({"air_daily": days()})


def test_without_air_nothing_is_observed():
    assert observations({}) == {}
    assert observations({"air_daily": days(stations=("9999A",))}) == {}


def test_the_area_is_its_points_and_no_other_station():
    other = days(stations=("9999A",)).assign(pm25_ug_m3=500.0)
    found = air_days({"air_daily": pd.concat([days(), other])}, POINTS, WHOLE)
    pd.testing.assert_frame_equal(
        found.area_daily,
        area_daily(days(), POINTS, 2018),
        check_freq=False,
        check_index_type=False,
    )
    assert set(found.station_daily["station"]) == set(POINTS)


def test_a_day_given_twice_alike_counts_once_and_twice_differently_is_an_error():
    once, twice = days(), pd.concat([days(), days().head(40)])
    assert observations({"air_daily": twice}) == observations({"air_daily": once})
    other = once.head(1).assign(pm25_ug_m3=1.0)
    with pytest.raises(InputError, match="1206A"):
        air_days({"air_daily": pd.concat([once, other])}, POINTS, WHOLE)


def test_days_come_from_hours_where_there_is_no_table_of_days():
    found = air_days({"air_hourly": hours()}, POINTS, WHOLE)
    march = found.area_daily.loc["2018-03-01":"2018-03-28", list(LEVELS)]
    assert (march == pd.Series(LEVELS)).all(axis=None)
    assert found.area_daily.loc["2018-04-01":, "pm25_ug_m3"].isna().all()
    assert (found.dataset, str(found.maturity)) == ("air_hourly", "real_time")
    both = air_days({"air_hourly": hours(), "air_daily": days()}, POINTS, WHOLE)
    assert both.dataset == "air_daily"
    assert len(both.hourly) == len(hours())


def test_an_hour_given_twice_differently_is_an_error():
    alike = pd.concat([hours(), hours().head(5)])
    assert air_days({"air_hourly": alike}, POINTS, WHOLE) is not None
    other = hours().head(1).assign(pm25_ug_m3=1.0)
    with pytest.raises(InputError):
        air_days({"air_hourly": pd.concat([hours(), other])}, POINTS, WHOLE)


def test_as_of_leaves_later_days_out():
    changed = days()
    changed.loc[changed["date"] > "2018-09-30", "pm25_ug_m3"] = 400.0
    part = observations({"air_daily": changed}, SEPTEMBER)
    assert part == observations({"air_daily": days()}, SEPTEMBER)
    mean = part["air.pm25_annual_mean/2018-01-01/2018-09-30/audited"]
    assert (mean.trace.n_used, mean.trace.n_expected) == (273, 365)
    assert (mean.is_sufficient, mean.reason) == (False, "too_few_days")
    assert not any("/2018-10/" in name for name in part)


def test_annual_statistics_are_those_of_the_standard(year):
    statistics = annual_statistics(area_daily(days(), POINTS, 2018), 2018)
    for row in statistics.itertuples():
        argument = f"{row.pollutant}:{row.statistic}"
        (indicator,) = [one for one in catalogue().indicators.values() if one.argument == argument]
        found = year[f"{indicator.id}/2018/audited"]
        assert found.value == Decimal(str(row.value))
        assert float(found.unrounded) == pytest.approx(row.value_unrounded, abs=1e-6)
        assert found.unit.replace("μ", "µ").replace("³", "3") == row.unit
        assert found.trace.clause == row.clause


def test_each_point_has_its_own_statistics_and_the_area_comes_first(year):
    for point in POINTS:
        own = year[f"air.pm25_annual_mean@{point}/2018/audited"]
        alone = days()[lambda frame, code=point: frame["station"] == code].set_index("date")
        expected = annual_statistics(alone[list(LEVELS)], 2018).set_index(
            ["pollutant", "statistic"]
        )
        assert own.value == Decimal(str(expected.loc[("PM2.5", "annual_mean"), "value"])).quantize(
            1
        )
        assert (own.basis.place, own.is_of_one_point) == (point, True)
    first = next(name for name in year if name.startswith("air.pm25_annual_mean"))
    assert first == PM25_MEAN
    assert year[PM25_MEAN].basis.place == "district_points"


def test_good_days_are_counted_of_valid_days(year):
    air = air_days({"air_daily": days()}, POINTS, WHOLE)
    expected = good_days(air.aqi_daily, 2018)
    counts = [year[f"air.{name}/2018/audited"].value for name in ("good_days", "valid_days")]
    assert counts == [expected.n_good_days, expected.n_valid_days]
    share = year["air.good_days_share/2018/audited"]
    assert share.value == Decimal(str(expected.good_day_percent))
    assert share.trace.substituted == f"{counts[0]} ÷ {counts[1]} × 100"
    by_month = [year[f"air.good_days/2018-{month:02d}/audited"].value for month in range(1, 13)]
    assert sum(by_month) == expected.n_good_days


def test_a_month_has_its_own_days_and_its_own_state(year):
    march, october = (year[f"air.pm25_annual_mean/2018-{month}/audited"] for month in ("03", "10"))
    assert (march.basis.state, october.basis.state) == ("reference", "actual")
    assert year[PM25_MEAN].basis.state == "mixed"
    area = area_daily(days(), POINTS, 2018)["pm25_ug_m3"]
    assert march.value == round_half_even(exact_mean(area.loc["2018-03"]), 0)
    assert (march.trace.n_used, march.trace.n_expected) == (31, 31)


def test_a_month_with_too_few_days_says_so():
    gappy = days()
    gappy.loc[gappy["date"].between("2018-08-01", "2018-08-05"), "pm25_ug_m3"] = np.nan
    found = observations({"air_daily": gappy})
    august = found["air.pm25_annual_mean/2018-08/audited"]
    assert (august.is_sufficient, august.reason, august.trace.n_used) == (False, "too_few_days", 26)
    assert found["air.pm25_annual_mean/2018-07/audited"].is_sufficient
    assert not found["air.good_days_share/2018-08/audited"].is_sufficient
    assert found["air.so2_annual_mean/2018-08/audited"].is_sufficient


def test_a_year_with_too_few_days_keeps_its_value_for_reference(year):
    gappy = days()
    gappy.loc[gappy["date"].between("2018-08-01", "2018-08-05"), "pm25_ug_m3"] = np.nan
    found = observations({"air_daily": gappy})
    mean = found[PM25_MEAN]
    assert (mean.is_sufficient, mean.reason, mean.trace.n_used) == (False, "too_few_days", 360)
    assert abs(mean.value - year[PM25_MEAN].value) <= 1
    assert "8" in str(mean.trace.notes[0])
    assert found["air.so2_annual_mean/2018/audited"].is_sufficient
    for name in ("good_days_share", "composite_index", "good_days"):
        assert not found[f"air.{name}/2018/audited"].is_sufficient


def test_nothing_is_counted_of_no_valid_day():
    unmeasured = days().assign(co_mg_m3=np.nan)
    found = observations({"air_daily": unmeasured})
    names = {name.split("/")[0] for name in found}
    assert "air.co_exceedance_days" not in names
    assert "air.co_p95" not in names
    assert "air.composite_index" not in names
    assert "air.pm25_exceedance_days" in names
    empty = days().assign(**dict.fromkeys(LEVELS, np.nan))
    assert observations({"air_daily": empty}) == {}


def test_a_value_is_as_checked_as_its_least_checked_day():
    mixed = days()
    mixed.loc[5, "maturity"] = "provisional"
    assert {str(one.maturity) for one in observations({"air_daily": mixed}).values()} == {
        "provisional"
    }


def test_dust_leaves_particulates_and_stays_in_the_index():
    dusty = days()
    is_dusty = dusty["date"].between("2018-04-01", "2018-04-03")
    dusty.loc[is_dusty, ["pm25_ug_m3", "pm10_ug_m3"]] = 900.0
    day = {"first_day": dt.date(2018, 4, 1), "last_day": dt.date(2018, 4, 3), "document": "清单"}
    own = catalogue().district_year(Pair("hailing", 2018))
    with_list = own.model_copy(update={"dust_exclusions": (DustExclusion(**day),)})
    listed = {Pair("hailing", 2018): with_list}
    pair = Pair("hailing", 2018)
    found, _kept = observe(
        replace(catalogue(), district_years=listed), pair, {"air_daily": dusty}, [], None
    )
    by_name = {one.id.split("/")[2]: one for one in found if one.period == "2018"}
    mean, gas = by_name["air.pm25_annual_mean"], by_name["air.so2_annual_mean"]
    assert (mean.basis.dust, mean.trace.n_used) == ("excluded", 362)
    assert by_name["air.pm25_annual_mean@1206A"].trace.n_used == 362
    assert (gas.basis.dust, gas.trace.n_used) == ("", 365)
    assert by_name["air.composite_index"].basis.dust == "excluded"
    heavy = by_name["air.heavy_pollution_days"]
    assert (heavy.value, heavy.basis.dust) == (3, "included")


@pytest.mark.parametrize(
    ("year", "last_day", "expected"),
    [
        (2017, None, "reference"),
        (2018, None, "mixed"),
        (2018, dt.date(2018, 8, 31), "reference"),
        (2018, dt.date(2018, 9, 1), "mixed"),
        (2019, None, "actual"),
    ],
)
def test_gases_changed_their_state_on_1_september_2018(year, last_day, expected):
    period = period_of(Pair("hailing", year), last_day)
    assert state_of(period.first_day, period.last_day) == expected


readings = st.lists(
    st.tuples(st.integers(1, 12), st.integers(1, 28), st.integers(0, 3000)),
    min_size=2,
    max_size=25,
    unique_by=lambda one: one[:2],
)


@settings(max_examples=40)
@given(readings, st.sampled_from([None, 90, 95, 98]))
def test_leaving_out_any_day_or_month_stays_in_the_bounds(found, percent):
    dates = pd.to_datetime([f"2018-{month:02d}-{day:02d}" for month, day, _value in found])
    values = pd.Series([value / 10 for _month, _day, value in found], index=dates)

    def statistic(days):
        exact = exact_mean(days) if percent is None else percentile(days, percent)
        return Decimal(str(float(round_half_even(exact, 1))))

    ranges = sensitivity_of_statistic(values, percent, 1)
    without_days = [statistic(values.drop(day)) for day in values.index]
    assert ranges["day"] == (min(without_days), max(without_days))
    months = values.index.month
    without_months = [statistic(values[months != one]) for one in set(months) if any(months != one)]
    if without_months:
        assert ranges["month"] == (min(without_months), max(without_months))
    else:
        assert "month" not in ranges


months_of_days = st.lists(
    st.tuples(st.integers(0, 31), st.integers(0, 31)).map(lambda both: (min(both), max(both))),
    min_size=1,
    max_size=12,
).filter(lambda months: sum(valid for _good, valid in months) > 1)


@given(months_of_days)
def test_leaving_out_any_day_or_month_keeps_the_share_in_the_bounds(months):
    whole = (sum(good for good, _valid in months), sum(valid for _good, valid in months))

    def share(good, valid):
        return Decimal(str(float(round_half_even(Fraction(100 * good, valid), 1))))

    ranges = sensitivity_of_share(whole, months, 1)
    one_day = [(whole[0] - 1, whole[1] - 1)] if whole[0] else []
    one_day += [(whole[0], whole[1] - 1)] if whole[1] > whole[0] else []
    shares = [share(*day) for day in one_day]
    assert ranges["day"] == (min(shares), max(shares))
    left = [(whole[0] - good, whole[1] - valid) for good, valid in months]
    shares = [share(*month) for month in left if month[1]]
    assert ranges.get("month") == ((min(shares), max(shares)) if shares else None)


@pytest.mark.parametrize(
    ("last_day", "n_left", "n_whole_months", "label", "last_year"),
    [
        ((2018, 12, 31), 0, 12, "2018", "2017"),
        ((2018, 9, 30), 92, 9, "2018-01-01/2018-09-30", "2017-01-01/2017-09-30"),
        ((2020, 2, 29), 306, 2, "2020-01-01/2020-02-29", "2019-01-01/2019-02-28"),
        ((2018, 1, 15), 350, 0, "2018-01-01/2018-01-15", "2017-01-01/2017-01-15"),
    ],
)
def test_a_part_of_a_year(last_day, n_left, n_whole_months, label, last_year):
    period = Period(last_day[0], dt.date(*last_day))
    assert (period.label, period.n_days_left) == (label, n_left)
    assert period.n_whole_months == n_whole_months
    assert period.in_year(period.year - 1).label == last_year


def test_a_better_checked_day_takes_the_place_of_an_earlier_one():
    early, audited = days(), days()
    early["pm25_ug_m3"], early["maturity"] = 90.0, "provisional"
    audited["maturity"] = "audited"
    found = observations({"air_daily": pd.concat([early, audited])})
    name = "air.pm25_annual_mean/2018/audited"
    assert found[name].value == observations({"air_daily": audited})[name].value != 90


def test_days_that_dust_was_taken_out_of_count_towards_the_year():
    day = {"first_day": dt.date(2018, 4, 1), "last_day": dt.date(2018, 4, 5), "document": "清单"}
    own = catalogue().district_year(Pair("hailing", 2018))
    with_list = own.model_copy(update={"dust_exclusions": (DustExclusion(**day),)})
    pair = Pair("hailing", 2018)
    listed = replace(catalogue(), district_years={pair: with_list})
    found, _kept = observe(listed, pair, {"air_daily": days()}, [], None)
    by_name = {one.indicator: one for one in found if one.period == "2018" and "@" not in one.id}
    assert by_name["air.pm25_annual_mean"].is_sufficient
    assert by_name["air.good_days_share"].is_sufficient
    assert "5" in str(by_name["air.pm25_annual_mean"].trace.notes)
