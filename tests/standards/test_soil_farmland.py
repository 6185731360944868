import math
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoreport.errors import InputError
from ecoreport.standards.soil import (
    farmland_classes,
    farmland_indices,
    farmland_item_steps,
    farmland_limits,
    farmland_within_limits,
    soil_edition,
)
from ecoreport.standards.tables import select, table

NOW = date(2018, 8, 1)
BEFORE = date(2018, 7, 31)
ITEMS = list(dict.fromkeys(table("soil_farmland_limits")["column"]))
METALS = ITEMS[:8]


def samples(ph=6.0, land_use="其他", **contents):
    contents = contents or {"cd_mg_kg": 0.1}
    return pd.DataFrame({"ph": ph, "land_use": land_use, **contents}, index=pd.Index(["a"]))


def sample_of(row, kind):
    """A sample just at, and one just above, a limit of the table."""
    bands = {"to_5.5": 5.5, "5.5_to_6.5": 6.5, "6.5_to_7.5": 7.5, "above_7.5": 7.6, "all": 6.0}
    land = {"paddy": "水田", "orchard": "果园", "other": "其他", "all": "其他"}[row["land"]]
    limit = Decimal(row["limit"])
    contents = [float(limit), float(limit + Decimal("0.0001"))]
    frame = pd.DataFrame(
        {"ph": bands[row["ph_band"]], "land_use": land, row["column"]: contents}, index=["at", "up"]
    )
    return frame, kind


@pytest.mark.parametrize(
    "row",
    select("soil_farmland_limits", edition="GB 15618-2018"),
    ids=lambda row: "-".join(row[name] for name in ("kind", "column", "land", "ph_band")),
)
def test_a_limit_just_reached_is_kept_and_just_above_it_is_not(row):
    frame, kind = sample_of(row, row["kind"])
    assert farmland_limits(frame, NOW, kind)[row["column"]].tolist() == [float(row["limit"])] * 2
    found = farmland_classes(frame, NOW)
    above = found[f"above_{kind}"].tolist()
    assert [len(names) for names in above] == [0, 1]
    if kind == "intervention":
        assert found["soil_class"].tolist() == ["safe_use", "strict_control"]
    else:
        assert found["soil_class"].tolist() == ["priority_protection", "safe_use"]


@pytest.mark.parametrize(
    ("ph", "cadmium"),
    [
        (0, 0.3),
        (5.5, 0.3),
        (5.51, 0.4),
        (6.5, 0.4),
        (6.51, 0.6),
        (7.5, 0.6),
        (7.51, 0.8),
        (14, 0.8),
    ],
)
def test_bands_of_ph_are_closed_above(ph, cadmium):
    frame = samples(ph=ph, land_use="水田", cd_mg_kg=0.1)
    assert farmland_limits(frame, NOW)["cd_mg_kg"].tolist() == [cadmium]


@pytest.mark.parametrize(("ph", "mercury"), [(6.49, 0.3), (6.5, 0.5), (7.5, 0.5), (7.51, 1.0)])
def test_bands_of_the_old_edition_hold_their_ends_in_the_middle(ph, mercury):
    frame = samples(ph=ph, hg_mg_kg=0.1)
    assert farmland_limits(frame, BEFORE)["hg_mg_kg"].tolist() == [mercury]


def test_land_uses_take_their_own_values():
    frame = pd.DataFrame(
        {
            "ph": 6.0,
            "land_use": ["水田", "其他", "果园", "水旱轮作"],
            "cd_mg_kg": 0.1,
            "cu_mg_kg": 1.0,
            "ni_mg_kg": 1.0,
            "cr_mg_kg": 1.0,
        }
    )
    limits = farmland_limits(frame, NOW)
    assert limits["cd_mg_kg"].tolist() == [0.4, 0.3, 0.3, 0.3]
    assert limits["cu_mg_kg"].tolist() == [50, 50, 150, 50]
    assert limits["ni_mg_kg"].tolist() == [70] * 4
    assert limits["cr_mg_kg"].tolist() == [250, 150, 150, 150]
    assert farmland_classes(frame, NOW)["verified"].tolist() == ["verified"] * 3 + ["one source"]


def test_rotated_paddy_of_the_old_edition_is_held_to_paddy_for_arsenic_and_dry_land_for_chromium():
    limits = farmland_limits(samples(6.0, "水旱轮作", as_mg_kg=1.0, cr_mg_kg=1.0), BEFORE)
    assert limits.iloc[0].tolist() == [30, 150]


def test_the_old_edition_sets_no_first_grade_for_copper_of_orchards():
    frame = pd.DataFrame({"ph": 6.0, "land_use": ["果园", "其他"], "cu_mg_kg": 1.0})
    first = farmland_limits(frame, BEFORE, "grade_1")["cu_mg_kg"]
    assert math.isnan(first[0])
    assert first[1] == 35


def test_the_old_edition_halves_limits_of_elements_in_soils_that_bind_little():
    frame = samples(6.0, "其他", pb_mg_kg=1.0, hch_total_mg_kg=0.1)
    weak = pd.concat([frame.assign(cec_cmol_kg=cec) for cec in (5.0, 5.1, math.nan)])
    limits = farmland_limits(weak, BEFORE)
    assert limits["pb_mg_kg"].tolist() == [125, 250, 250]
    assert limits["hch_total_mg_kg"].tolist() == [0.5] * 3
    assert farmland_limits(weak, NOW)["pb_mg_kg"].tolist() == [90] * 3


def test_the_day_chooses_the_edition():
    assert soil_edition(BEFORE).name == "GB 15618-1995"
    assert soil_edition(NOW).name == "GB 15618-2018"
    frame = samples(6.0, "其他", zn_mg_kg=200.0, cd_mg_kg=0.31)
    assert farmland_within_limits(frame, BEFORE).tolist() == [False]
    assert farmland_indices(frame, BEFORE)["zn_mg_kg"].tolist() == [1.0]
    with pytest.raises(InputError, match=r"soil_farmland_limits\.csv.*1995-12-31"):
        farmland_limits(frame, date(1995, 12, 31))


def test_the_old_edition_has_no_three_classes():
    with pytest.raises(InputError, match=r"GB 15618-1995.*soil_classes\.csv"):
        farmland_classes(samples(), BEFORE)
    with pytest.raises(InputError, match="intervention"):
        farmland_limits(samples(), BEFORE, "intervention")


def test_what_was_not_measured_is_named():
    frame = pd.DataFrame(
        {
            "ph": [6.0, math.nan, 6.0],
            "land_use": "水田",
            "cd_mg_kg": [0.1, 0.1, math.nan],
            "hch_total_mg_kg": [math.nan, 9.0, math.nan],
        }
    )
    found = farmland_classes(frame, NOW)
    assert found["soil_class"].isna().tolist() == [False, True, True]
    assert found["missing_items"].tolist() == [
        ("Hg", "As", "Pb", "Cr", "Cu", "Ni", "Zn"),
        ("Hg", "As", "Pb", "Cr", "Cu", "Ni", "Zn", "pH"),
        ("Cd", "Hg", "As", "Pb", "Cr", "Cu", "Ni", "Zn"),
    ]
    assert found["above_screening"].tolist() == [(), ("HCH",), ()]
    assert farmland_within_limits(frame, NOW).isna().tolist() == [False, True, True]


def test_each_item_is_above_none_one_or_both_of_its_limits():
    frame = pd.DataFrame(
        {
            "ph": [6.0, 6.0, 6.0, math.nan],
            "land_use": "水田",
            "cd_mg_kg": [0.4, 0.41, 2.1, 0.1],
            "zn_mg_kg": [math.nan, 250.0, 1e5, 100.0],
        }
    )
    steps = farmland_item_steps(frame, NOW)
    # Zinc has one screening value at every pH, and no intervention value.
    assert steps["cd_mg_kg"].fillna(-1).tolist() == [0, 1, 2, -1]
    assert steps["zn_mg_kg"].fillna(-1).tolist()[0] == -1
    assert steps["zn_mg_kg"].max() == 1
    classes = farmland_classes(frame, NOW)["soil_class"]
    assert (steps.max(axis="columns")[:3].astype("int") == classes.cat.codes[:3]).all()
    assert farmland_item_steps(frame, BEFORE)["cd_mg_kg"].max() == 1


def test_items_without_an_intervention_value_never_ask_for_strict_control():
    frame = samples(
        8.0, "其他", cu_mg_kg=1e5, ni_mg_kg=1e5, zn_mg_kg=1e5, benzo_a_pyrene_mg_kg=99.0
    )
    found = farmland_classes(frame, NOW).iloc[0]
    assert found["soil_class"] == "safe_use"
    assert found["above_screening"] == ("Cu", "Ni", "Zn", "BaP")
    assert found["verified"] == "one source"


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (samples(cd_mg_kg="0.1"), "cd_mg_kg"),
        (samples(cd_mg_kg=-0.1), "cd_mg_kg"),
        (samples(cd_mg_kg=math.inf), "cd_mg_kg"),
        (samples(ph=15.0), "ph"),
        (samples(land_use="林地"), "水旱轮作"),
        (samples(land_use=None), "land_use"),
        (samples(other=1.0), "cd_mg_kg"),
        (samples().drop(columns="ph"), "ph"),
        (pd.concat([samples(), samples()], axis=1), "重复"),
    ],
)
def test_wrong_tables_are_errors_that_name_the_column(frame, message):
    with pytest.raises(InputError, match=message):
        farmland_classes(frame, NOW)


def test_a_small_float_stands_for_its_text():
    frame = samples(6.0, "其他", cd_mg_kg=np.array([0.3], dtype="float32"))
    assert farmland_within_limits(frame, NOW).tolist() == [True]


contents = st.one_of(st.just(math.nan), st.integers(0, 3000).map(lambda n: n / 10))
rows = st.fixed_dictionaries(
    {"ph": st.integers(0, 140).map(lambda n: n / 10)}
    | {"land_use": st.sampled_from(["水田", "其他", "果园", "水旱轮作"])}
    | dict.fromkeys(METALS, contents)
)


@settings(deadline=None, max_examples=60)
@given(st.lists(rows, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_classes_do_not_depend_on_the_order_of_rows_or_columns(cells, random):
    frame = pd.DataFrame(cells)
    order, columns = list(frame.index), list(frame.columns)
    random.shuffle(order)
    random.shuffle(columns)
    straight = farmland_classes(frame, NOW)["soil_class"]
    shuffled = farmland_classes(frame.loc[order, columns], NOW)["soil_class"]
    pd.testing.assert_series_equal(straight.loc[order], shuffled)


@settings(deadline=None, max_examples=60)
@given(rows, st.sampled_from(METALS), st.integers(1, 1000))
def test_more_of_an_item_never_betters_the_class(cells, column, more):
    frame = pd.DataFrame(
        [{**cells, column: cells[column]}, {**cells, column: cells[column] + more}]
    )
    if math.isnan(cells[column]):
        return
    found = farmland_classes(frame, NOW)["soil_class"].cat.codes
    assert found[0] <= found[1]


@settings(deadline=None, max_examples=60)
@given(rows)
def test_a_sample_is_within_its_limits_where_no_index_is_above_one(cells):
    frame = pd.DataFrame([cells])
    largest = farmland_indices(frame, NOW).max(axis=1)[0]
    is_within = farmland_within_limits(frame, NOW)[0]
    if math.isnan(largest):
        assert is_within is pd.NA
    else:
        assert is_within == (largest <= 1)
        classes = farmland_classes(frame, NOW)["soil_class"]
        assert (classes[0] == "priority_protection") == is_within
