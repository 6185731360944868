import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoreport.errors import InputError
from ecoreport.standards.ecology import (
    biological_richness,
    ecological_change,
    ecological_grade,
    ecological_index,
    habitat_quality,
    land_stress,
    pollution_load,
    richness_carried_on,
    vegetation_coverage,
    water_network_density,
)
from ecoreport.standards.tables import select, table

# Nantong, 2017, as its bureau published the five sub-indices and the EI.
NANTONG = {
    "biological_richness": 30.59,
    "vegetation_coverage": 76.93,
    "water_network_density": 93.94,
    "land_stress": 6.08,
    "pollution_load": 1.48,
}
COVERS = [line["column"] for line in select("ei_habitat_weights")]
SUBINDICES = list(NANTONG)


def county(**values):
    return pd.DataFrame([{**NANTONG, **values}])


def test_published_index_of_a_city():
    found = ecological_index(county())
    assert found.values["ei"].tolist() == [67.97]
    assert found.values["grade"].tolist() == ["good"]
    assert found.verified == "verified"


def test_weights_of_each_table_make_a_whole():
    assert table("ei_subindices")["weight"].astype(float).sum() == pytest.approx(1)
    weights = table("ei_habitat_weights")
    parts = weights["part_weight"].astype(float).groupby(weights["type_en"]).sum()
    assert parts.tolist() == pytest.approx([1] * 6)
    kinds = weights.drop_duplicates("type_en")["type_weight"].astype(float)
    assert kinds.sum() == pytest.approx(1)
    assert table("ei_land_stress")["weight"].astype(float).sum() == pytest.approx(1)
    assert table("ei_pollution_load")["weight"].astype(float).sum() == pytest.approx(1)


def land(**areas):
    return pd.DataFrame([{"area_km2": 100.0, **dict.fromkeys(COVERS, 0.0), **areas}])


def test_habitat_quality_weighs_types_and_parts():
    assert habitat_quality(land(forest_km2=100.0))[0] == pytest.approx(511.2642131067 * 0.35 * 0.6)
    half = habitat_quality(land(paddy_km2=30.0, urban_built_up_km2=20.0))[0]
    assert half == pytest.approx(511.2642131067 * (0.11 * 0.6 * 0.3 + 0.04 * 0.3 * 0.2))
    assert habitat_quality(land())[0] == 0


def test_richness_is_the_mean_with_biodiversity_or_moves_with_the_habitat():
    assert biological_richness(pd.Series([40.0]), pd.Series([50.0])).tolist() == [45]
    carried = richness_carried_on(pd.Series([45.0]), pd.Series([40.0]), pd.Series([41.5]))
    assert carried.tolist() == [46.5]
    with pytest.raises(InputError, match="biodiversity"):
        biological_richness(pd.Series([40.0]), pd.Series([101.0]))


def test_vegetation_asks_for_the_ndvi_as_it_is_defined():
    assert vegetation_coverage(pd.Series([0.6]))[0] == pytest.approx(72.6990744)
    with pytest.raises(InputError, match="ndvi"):
        vegetation_coverage(pd.Series([6000.0]))


def water(resource, mean=100.0):
    return pd.DataFrame(
        [
            {
                "area_km2": 1000.0,
                "river_length_km": 0.0,
                "water_area_km2": 0.0,
                "water_resource_million_m3": resource,
                "mean_water_resource_million_m3": mean,
            }
        ]
    )


@pytest.mark.parametrize(
    ("resource", "counted"), [(0, 0), (139, 139), (140, 100), (200, 40), (240, 0), (300, 0)]
)
def test_the_resource_of_a_wet_year_counts_for_less(resource, counted):
    expected = 86.3869548281 * counted / 3000
    assert water_network_density(water(float(resource)))[0] == pytest.approx(expected)


def test_rivers_and_lakes_enter_by_a_third():
    frame = water(0.0).assign(river_length_km=300.0, water_area_km2=30.0)
    expected = (84.3704083981 * 300 + 591.7908642005 * 30) / 3000
    assert water_network_density(frame)[0] == pytest.approx(expected)


def test_land_stress_weighs_heavy_erosion_twice():
    frame = pd.DataFrame(
        {
            "area_km2": 100.0,
            "heavy_erosion_km2": [5.0, 0.0],
            "moderate_erosion_km2": [0.0, 5.0],
            "built_up_km2": 0.0,
            "other_land_stress_km2": [0.0, 5.0],
        }
    )
    assert land_stress(frame).tolist() == pytest.approx([236.0435677948 * 0.02] * 2)


EMISSIONS = {
    "cod_t": 1000.0,
    "nh3n_t": 100.0,
    "so2_t": 500.0,
    "smoke_and_dust_t": 300.0,
    "nox_t": 700.0,
    "solid_waste_t": 50.0,
}


def test_pollution_load_spreads_water_over_rain_and_air_over_land():
    frame = pd.DataFrame([{"area_km2": 200.0, "precipitation_mm": 1000.0, **EMISSIONS}])
    expected = (
        (0.2 * 4.3937397289 * 1000 + 0.2 * 40.1764754986 * 100) / 200_000
        + (0.2 * 0.0648660287 * 500 + 0.1 * 4.0904459321 * 300) / 200
        + (0.2 * 0.5103049278 * 700 + 0.1 * 0.0749894283 * 50) / 200
    )
    assert pollution_load(frame)[0] == pytest.approx(expected)
    with pytest.raises(InputError, match="precipitation_mm"):
        pollution_load(frame.assign(precipitation_mm=0.0))


@pytest.mark.parametrize(
    ("ei", "grade"),
    [
        (100, "excellent"),
        (75, "excellent"),
        (74.99, "good"),
        (55, "good"),
        (54.99, "fair"),
        (35, "fair"),
        (34.99, "poor"),
        (20, "poor"),
        (19.99, "bad"),
        (0, "bad"),
    ],
)
def test_bounds_of_the_grades_belong_above(ei, grade):
    assert ecological_grade(pd.Series([float(ei)])).tolist() == [grade]


def test_a_bound_is_reached_without_the_dust_of_floats():
    even = county(**dict.fromkeys(SUBINDICES[:3], 75.0), land_stress=25.0, pollution_load=25.0)
    assert ecological_index(even).values["grade"].tolist() == ["excellent"]


@pytest.mark.parametrize(
    ("difference", "change"),
    [
        (-8.0, "marked_deterioration"),
        (-7.99, "clear_deterioration"),
        (-3.0, "clear_deterioration"),
        (-2.99, "slight_deterioration"),
        (-1.0, "slight_deterioration"),
        (-0.99, "no_clear_change"),
        (0.0, "no_clear_change"),
        (0.99, "no_clear_change"),
        (1.0, "slight_improvement"),
        (3.0, "clear_improvement"),
        (8.0, "marked_improvement"),
    ],
)
def test_changes_by_their_size_and_side(difference, change):
    found = ecological_change(pd.Series([60.1]), pd.Series([60.1 + difference]))
    assert found["change"].tolist() == [change]
    assert found["difference"][0] == pytest.approx(difference)


def test_changes_need_the_same_places():
    with pytest.raises(InputError, match="同样的地区"):
        ecological_change(pd.Series([60.0], index=["a"]), pd.Series([60.0], index=["b"]))
    missing = ecological_change(pd.Series([60.0, math.nan]), pd.Series([math.nan, 60.0]))
    assert missing["change"].isna().all()


@pytest.mark.parametrize(
    ("good", "level", "ei", "grade"),
    [
        (90.0, math.nan, 90.0, "excellent"),
        (90.0, 2, 74.9, "good"),
        (60.0, 2, 54.9, "fair"),
        (40.0, 2, 34.9, "poor"),
        (30.0, 2, 19.9, "bad"),
        (10.0, 2, 10.0, "bad"),
        (90.0, 3, 54.9, "fair"),
        (60.0, 3, 54.9, "fair"),
        (40.0, 3, 34.9, "poor"),
    ],
)
def test_events_of_the_year_lower_the_grade(good, level, ei, grade):
    frame = county(
        **dict.fromkeys(SUBINDICES[:3], good), land_stress=100 - good, pollution_load=100 - good
    )
    found = ecological_index(frame.assign(environment_restriction=level))
    assert found.values.loc[0, ["ei", "grade"]].tolist() == [ei, grade]
    assert found.values.loc[0, "ei_unrestricted"] == good
    assert found.verified == ("verified" if math.isnan(level) else "one source")


def test_what_is_missing_or_unknown_is_said():
    found = ecological_index(county(vegetation_coverage=math.nan)).values
    assert found[["ei", "grade"]].isna().all(axis=None)
    with pytest.raises(InputError, match="环境限制指数"):
        ecological_index(county(environment_restriction=4))
    with pytest.raises(InputError, match="land_stress"):
        ecological_index(county().drop(columns="land_stress"))
    with pytest.raises(InputError, match="area_km2"):
        habitat_quality(land(area_km2=0.0))


def test_a_subindex_above_100_counts_as_100_and_is_marked():
    found = ecological_index(county(water_network_density=130.0))
    assert found.values["is_capped"].tolist() == [True]
    assert found.verified == "unverified"
    assert (
        found.values["ei"][0]
        == ecological_index(county(water_network_density=100.0)).values["ei"][0]
    )


areas = st.integers(0, 500).map(float)


@settings(deadline=None, max_examples=60)
@given(st.lists(areas, min_size=20, max_size=20), st.sampled_from([0.5, 2.0, 1000.0]))
def test_habitat_quality_does_not_depend_on_the_unit_of_area(covers, unit):
    frame = pd.DataFrame([[10_000.0, *covers]], columns=["area_km2", *COVERS])
    assert habitat_quality(frame * unit)[0] == pytest.approx(habitat_quality(frame)[0])


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.integers(0, 120).map(float), min_size=5, max_size=5),
    st.sampled_from(SUBINDICES),
    st.integers(0, 20),
)
def test_the_index_rises_with_what_is_good_and_falls_with_what_is_bad(values, column, more):
    frame = pd.DataFrame([values, values], columns=SUBINDICES)
    frame.loc[1, column] += more
    low, high = ecological_index(frame).values["ei"]
    assert (low <= high) if column in SUBINDICES[:3] else (low >= high)
    assert 0 <= low <= 100


def test_rows_stand_for_themselves():
    frame = pd.concat([county(), county(land_stress=20.0)], ignore_index=True)
    frame.index = ["first", "second"]
    alone = [ecological_index(frame.loc[[name]]).values["ei"].iloc[0] for name in frame.index]
    assert ecological_index(frame).values["ei"].tolist() == alone
    assert np.argmax(alone) == 0
