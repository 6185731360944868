"""Day and night levels of a quarter from the hours of a 24-hour measurement."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoreport.standards.noise import energy_average, quarter_levels


def hours(levels, *, begins="2018-05-03 00:00", point="甲"):
    """Hours that end one after the other, as tables label them: 1 to 24."""
    starts = pd.date_range(begins, periods=len(levels), freq="h")
    return pd.DataFrame(
        {"point": point, "date": starts.normalize(), "hour": starts.hour + 1, "level_db": levels}
    )


def one(frame):
    (row,) = quarter_levels(frame).to_dict("records")
    return row


@given(st.lists(st.integers(300, 900), min_size=24, max_size=24))
def test_day_is_from_six_to_twenty_two_and_night_is_the_rest(tenths):
    levels = [one / 10 for one in tenths]
    row = one(hours(levels))
    assert row["day_db"] == energy_average(levels[6:22])
    assert row["night_db"] == energy_average([*levels[:6], *levels[22:]])
    assert (row["point"], row["period"], row["has_more"]) == ("甲", "2018-Q2", False)


def test_hours_over_midnight_are_one_measurement():
    levels = [50.0 + place / 10 for place in range(24)]
    row = one(hours(levels, begins="2018-05-03 10:00"))
    # From 10:00: the last two hours of the night begin at 22:00, the twelfth and thirteenth.
    assert row["night_db"] == energy_average(levels[12:20])
    assert row["day_db"] == energy_average([*levels[:12], *levels[20:]])
    assert not row["has_more"]


@pytest.mark.parametrize(("gone", "lacking"), [(2, "night_db"), (12, "day_db"), (22, "night_db")])
def test_a_period_that_lacks_an_hour_has_no_level(gone, lacking):
    frame = hours([50.0] * 24)
    for short in (
        frame.drop(index=gone),
        frame.assign(level_db=frame["level_db"].mask(frame.index == gone)),
    ):
        row = one(short)
        other = "day_db" if lacking == "night_db" else "night_db"
        assert pd.isna(row[lacking]) and row[other] == 50.0


def test_a_measurement_longer_than_a_day_is_its_first_24_hours():
    row = one(hours([50.0] * 24 + [70.0], begins="2018-05-03 10:00"))
    assert (row["day_db"], row["night_db"], row["has_more"]) == (50.0, 50.0, True)


def test_hours_of_days_apart_do_not_make_one_measurement():
    january = hours([50.0] * 12, begins="2018-01-05 00:00")
    march = hours([60.0] * 12, begins="2018-03-20 12:00")
    row = one(pd.concat([january, march], ignore_index=True))
    assert pd.isna(row["day_db"]) and pd.isna(row["night_db"]) and row["has_more"]


def test_of_several_days_the_one_measured_most_counts():
    first, second = hours([50.0] * 20), hours([60.0] * 24, begins="2018-05-04")
    row = one(pd.concat([first, second], ignore_index=True))
    assert (row["day_db"], row["has_more"]) == (60.0, True)


def test_points_and_quarters_stay_apart():
    frame = pd.concat(
        [
            hours([50.0] * 24),
            hours([55.0] * 24, begins="2018-08-03"),
            hours([60.0] * 24, point="乙"),
        ],
        ignore_index=True,
    )
    found = quarter_levels(frame).set_index(["point", "period"])["day_db"].to_dict()
    assert found == {("甲", "2018-Q2"): 50.0, ("甲", "2018-Q3"): 55.0, ("乙", "2018-Q2"): 60.0}
    assert quarter_levels(frame.assign(level_db=float("nan"))).empty
