import datetime as dt
from decimal import Decimal

import pytest
from water_year import listed, sampled, seen

from ecoreport.project import Pair

SUZHOU = Pair("suzhou", 2018)
LAKE = {"river": "太湖", "water_body": "lake", "level": "national"}
TP = "water.taihu_tp_mean"
INDEX = {"chlorophyll_a_mg_m3": 26.0, "transparency_m": 0.4}


def test_a_lake_is_the_mean_of_its_points_each_the_mean_of_its_months():
    # A point with three months counts as much as one with twelve: first time, then space.
    found, kept, _all = seen(
        listed(LAKE, LAKE),
        sampled("S1", tp_mg_l=0.04, **INDEX),
        sampled("S2", range(1, 10), tp_mg_l=0.07, **INDEX),
        pair=SUZHOU,
    )
    one = found[TP]
    assert (one.value, one.unrounded) == (Decimal("0.0550"), "0.055")
    assert one.is_sufficient
    assert not one.trace.is_verified
    assert (one.trace.n_used, one.trace.n_expected) == (2, 2)
    year = kept["water_lake_year"].set_index("lake").loc["太湖"]
    assert year["tp_mg_l"] == pytest.approx(0.055)
    # 263: class III of a lake is 0.05.
    assert (year["tp_class"], year["tp_target_class"], year["tp_limit"]) == ("IV", "III", 0.05)
    assert (year["tn_class"], year["tn_target_class"], year["tn_limit"]) == ("IV", "V", 2.0)
    assert (year["codmn_class"], year["n_points"], year["n_months"]) == ("II", 2, 12)


def test_months_have_the_trophic_index_where_all_five_items_are_there():
    _found, kept, _all = seen(
        listed(LAKE),
        sampled("S1", chlorophyll_a_mg_m3=[26.0] * 11 + [None], transparency_m=0.4),
        pair=SUZHOU,
    )
    months = kept["water_lake_month"].set_index("month")
    # 10 (2.5 + 1.086 ln 26) = 60.4 for chlorophyll; TLI of all five by the published weights.
    assert months["tli"].iloc[0] == pytest.approx(55.0, abs=3)
    assert months["state"].iloc[0] == "lightly_eutrophic"
    assert months["tli"].isna().tolist() == [False] * 11 + [True]
    assert months["chl_a_mg_l"].iloc[0] == pytest.approx(0.026)


def test_a_year_that_goes_on_or_points_without_months_are_for_reference():
    found, _kept, _all = seen(
        listed(LAKE, LAKE), sampled("S1"), sampled("S2", range(1, 4)), pair=SUZHOU
    )
    assert found[TP].reason == "too_few_months"
    found, _kept, _all = seen(listed(LAKE), sampled("S1"), pair=SUZHOU, as_of=dt.date(2018, 6, 30))
    assert not found[TP].is_sufficient


def test_a_river_of_that_name_is_no_lake():
    found, kept, _all = seen(listed({"river": "太湖"}), sampled("S1"), pair=SUZHOU)
    assert TP not in found
    assert "water_lake_year" not in kept
