import math
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoreport.errors import InputError
from ecoreport.standards.soil import building_item_levels, building_levels, building_limits
from ecoreport.standards.tables import select, table

NOW = date(2019, 1, 1)
LEVELS = ["negligible", "investigate", "control"]


def plots(land_class="第一类用地", **contents):
    return pd.DataFrame({"land_class": land_class, **contents}, index=pd.Index(["a"]))


@pytest.mark.parametrize("land_class", ["first", "second"])
@pytest.mark.parametrize("column", list(dict.fromkeys(table("soil_building_limits")["column"])))
def test_every_limit_belongs_to_the_better_side(column, land_class):
    lines = select("soil_building_limits", column=column, land_class=land_class)
    limits = {line["kind"]: Decimal(line["limit"]) for line in lines}
    step = Decimal("0.0000001")
    contents = [bound + more for bound in limits.values() for more in (Decimal(0), step)]
    frame = pd.DataFrame({"land_class": land_class, column: [float(one) for one in contents]})
    expected = [LEVELS[sum(content > limit for limit in limits.values())] for content in contents]
    assert building_item_levels(frame, NOW)[column].tolist() == expected
    assert expected[0] == "negligible"
    assert expected[-1] == "control"


def test_there_are_45_basic_and_40_other_items_with_limits_that_rise():
    limits = table("soil_building_limits")
    assert limits.groupby("group")["column"].nunique().to_dict() == {"basic": 45, "other": 40}
    wide = limits.assign(limit=limits["limit"].astype(float)).pivot_table(
        index="column", columns=["kind", "land_class"], values="limit"
    )
    assert (wide["screening"] <= wide["intervention"]).all(axis=None)
    assert (wide[("screening", "first")] <= wide[("screening", "second")]).all()


def test_the_worst_item_decides_and_is_named():
    found = building_levels(plots(as_mg_kg=20.0, pb_mg_kg=401.0, cd_mg_kg=48.0), NOW).iloc[0]
    assert found["level"] == "control"
    assert found["above_screening"] == ("Cd", "Pb")
    assert found["above_intervention"] == ("Cd",)
    assert len(found["missing_items"]) == 42
    assert found["missing_items"][0] == "Cr6+"
    assert found["verified"] == "verified"


def test_nothing_measured_has_no_level():
    found = building_levels(plots(as_mg_kg=math.nan), NOW).iloc[0]
    assert found.isna()["level"]
    assert len(found["missing_items"]) == 45


@pytest.mark.parametrize(
    ("arsenic", "level", "is_background"),
    [
        (20.0, "negligible", False),
        (24.9, "negligible", True),
        (25.0, "negligible", True),
        (25.1, "investigate", False),
        (121.0, "control", False),
    ],
)
def test_arsenic_within_the_background_is_no_pollution(arsenic, level, is_background):
    found = building_levels(plots(as_mg_kg=arsenic), NOW, {"as_mg_kg": 25.0}).iloc[0]
    assert found["level"] == level
    assert found["within_background"] == (("As",) if is_background else ())


def test_a_background_above_the_intervention_value_holds_too():
    found = building_item_levels(plots(v_mg_kg=400.0), NOW, {"v_mg_kg": 500.0})
    assert found["v_mg_kg"].tolist() == ["negligible"]


@pytest.mark.parametrize(
    ("background", "message"),
    [
        ({"pb_mg_kg": 30.0}, "pb_mg_kg"),
        ({"as_mg_kg": math.nan}, "背景值"),
        ({"co_mg_kg": -1}, "背景值"),
    ],
)
def test_only_three_items_yield_to_the_background(background, message):
    with pytest.raises(InputError, match=message):
        building_levels(plots(pb_mg_kg=10.0), NOW, background)


def test_before_the_standard_the_missing_table_is_named():
    with pytest.raises(InputError, match=r"soil_building_limits\.csv.*2018-07-31"):
        building_limits(plots(as_mg_kg=1.0), date(2018, 7, 31))
    with pytest.raises(InputError, match="grade_2"):
        building_limits(plots(as_mg_kg=1.0), NOW, "grade_2")
    with pytest.raises(InputError, match="第二类用地"):
        building_limits(plots("农用地", as_mg_kg=1.0), NOW)


@settings(deadline=None, max_examples=60)
@given(
    st.integers(0, 200_000).map(lambda n: n / 1000),
    st.integers(1, 1000),
    st.sampled_from(["as_mg_kg", "benzene_mg_kg", "v_mg_kg", "pcb_126_mg_kg"]),
    st.sampled_from(["第一类用地", "第二类用地"]),
)
def test_more_never_betters_the_level_and_class_1_is_never_laxer(content, more, column, land):
    frame = pd.DataFrame({"land_class": land, column: [content, content + more]})
    levels = building_item_levels(frame, NOW)[column].cat.codes
    assert levels[0] <= levels[1]
    stricter = building_item_levels(frame.assign(land_class="first"), NOW)[column].cat.codes
    assert stricter[0] >= levels[0]
