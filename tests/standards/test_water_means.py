import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecoreport.errors import InputError
from ecoreport.standards.water import (
    assessment_rule,
    half_detection_limits,
    period_means,
    rounded_for_assessment,
    section_class,
    unresolved_limits,
)


def months(**columns):
    return pd.DataFrame({"section": "A", **columns})


def test_a_mean_at_the_limit_meets_it():
    readings = [0.1, 0.1, 0.4]
    assert sum(readings) / 3 > 0.2
    means = period_means(months(tp_mg_l=readings), ["section"], 2018)
    assert means.loc["A", "tp_mg_l"] == 0.2
    assert section_class(means, "river")["A"] == "III"


def test_the_year_is_the_mean_of_its_months():
    frame = pd.DataFrame(
        {
            "section": ["B", *["A"] * 4],
            "month": [1, 1, 1, 1, 2],
            "nh3n_mg_l": [9.0, 0.3, 0.3, 0.6, 1.6],
        }
    )
    monthly = period_means(frame, ["section", "month"], 2018)
    assert monthly["nh3n_mg_l"].tolist() == [0.4, 1.6, 9.0]
    assert monthly["nh3n_mg_l_n"].tolist() == [3, 1, 1]
    yearly = period_means(monthly.reset_index(), ["section"], 2018)
    assert yearly["nh3n_mg_l"].to_dict() == {"A": 1.0, "B": 9.0}


def test_what_was_not_measured_is_not_averaged():
    means = period_means(months(tp_mg_l=[0.1, np.nan], cu_mg_l=np.nan), ["section"], 2018)
    assert means.loc["A", ["tp_mg_l", "tp_mg_l_n", "cu_mg_l_n"]].tolist() == [0.1, 1, 0]
    assert math.isnan(means.loc["A", "cu_mg_l"])


def test_ph_is_averaged_as_the_year_asks():
    frame = months(ph=[6.0, 8.0])
    assert period_means(frame, ["section"], 2018).loc["A", "ph"] == 7.0
    # The mean of 1e-6 and 1e-8 is 5.05e-7.
    by_ions = period_means(frame, ["section"], 2020).loc["A", "ph"]
    assert by_ions == pytest.approx(6.29670862, abs=1e-8)
    assert assessment_rule("ph_mean", 2018).verified == "unverified"
    assert assessment_rule("ph_mean", 2020).verified == "one source"
    with pytest.raises(InputError, match="ph_mean"):
        assessment_rule("ph_mean")


@given(st.integers(60, 90), st.integers(1, 12))
def test_a_constant_ph_is_its_own_mean(tenths, n_months):
    value = tenths / 10
    means = period_means(months(ph=[value] * n_months), ["section"], 2021)
    assert means.loc["A", "ph"] == value


def test_an_empty_frame_has_no_means():
    means = period_means(months(tp_mg_l=[0.1]).iloc[:0], ["section"], 2018)
    assert means.empty
    assert section_class(means, "river").empty


def test_means_need_their_groups():
    with pytest.raises(InputError, match="month"):
        period_means(months(tp_mg_l=[0.1]), ["month"], 2018)
    with pytest.raises(InputError, match=r"section.*为空"):
        period_means(months(tp_mg_l=[0.1]).assign(section=None), ["section"], 2018)
    with pytest.raises(InputError, match="可评价"):
        period_means(months(tp=[0.1]), ["section"], 2018)


def test_half_the_detection_limit_enters_means():
    frame = months(tp_mg_l=[0.01, 0.05], cu_mg_l=[0.06, 0.06])
    limits = pd.DataFrame({"tp_mg_l": [0.01, np.nan], "cu_mg_l": [np.nan, 0.06]})
    halved = half_detection_limits(frame, limits)
    assert halved["tp_mg_l"].tolist() == [0.005, 0.05]
    assert halved["cu_mg_l"].tolist() == [0.06, 0.03]
    assert frame["tp_mg_l"].tolist() == [0.01, 0.05]
    with pytest.raises(InputError, match="pH"):
        half_detection_limits(frame.assign(ph=7.0), pd.DataFrame({"ph": [np.nan, 0.1]}))
    with pytest.raises(InputError, match="行"):
        half_detection_limits(frame, limits.iloc[:1])
    with pytest.raises(InputError, match="zn_mg_l"):
        half_detection_limits(frame, pd.DataFrame({"zn_mg_l": [0.05, np.nan]}))


def test_a_detection_limit_beyond_the_class_is_flagged():
    limits = pd.DataFrame({"tp_mg_l": [0.06, 0.05, 0.12, np.nan], "do_mg_l": [0.2] + [np.nan] * 3})
    found = unresolved_limits(limits, "lake")
    assert found["position"].tolist() == [0, 2]
    assert found["detection_limit"].tolist() == [0.06, 0.12]
    assert found["limit"].tolist() == [0.05, 0.05]
    assert found["is_half_beyond"].tolist() == [False, True]
    assert unresolved_limits(limits, "river").empty


def test_rounding_shows_where_it_makes_the_class():
    frame = months(tp_mg_l=[0.2004], ph=[9.4], hg_mg_l=[0.0000025], tn_mg_l=[0.0])
    rounded = rounded_for_assessment(frame)
    assert rounded.loc[0, ["tp_mg_l", "ph", "tn_mg_l"]].tolist() == [0.2, 9.0, 0.0]
    # Nothing is rounded to zero: one significant digit stays.
    assert rounded.loc[0, "hg_mg_l"] == 0.000002
    assert section_class(frame[["tp_mg_l"]], "river")[0] == "IV"
    assert section_class(rounded[["tp_mg_l"]], "river")[0] == "III"
