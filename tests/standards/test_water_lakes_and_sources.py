import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from water_frames import clean, words

from ecoreport.errors import InputError
from ecoreport.standards.water import (
    attainment_rates,
    black_odour_body,
    black_odour_levels,
    black_odour_points,
    groundwater_class,
    groundwater_edition,
    index_decimals,
    missing_source_items,
    source_attainment,
    source_exceedances,
    trophic_index,
    trophic_state,
    trophic_weights,
    year_attainment,
)

LAKE = pd.DataFrame(
    {
        "chlorophyll_a_mg_m3": [10.0, 64.0],
        "tp_mg_l": [0.05, 0.11],
        "tn_mg_l": [1.0, 2.9],
        "transparency_m": [1.0, 0.37],
        "codmn_mg_l": [4.0, 7.1],
    }
)

# Trophic state


def test_the_weights_are_those_printed():
    assert [round(weight, 4) for weight in trophic_weights().values()] == [
        0.2663,
        0.1879,
        0.1790,
        0.1834,
        0.1834,
    ]


def test_the_index_of_a_lake():
    # By hand, with the printed weights: 50.01, 45.71, 54.53, 51.18 and 37.98.
    result = trophic_index(LAKE)
    assert result.loc[0, "tli_chlorophyll_a_mg_m3"] == pytest.approx(50.0061, abs=1e-3)
    assert result.loc[0, "tli_tp_mg_l"] == pytest.approx(45.7093, abs=1e-3)
    assert result.loc[0, "tli"] == pytest.approx(48.02, abs=0.01)
    assert result["trophic_state"].tolist() == ["mesotrophic", "moderately_eutrophic"]


@pytest.mark.parametrize(
    ("index", "decimals"),
    [(57.94, 1), (59.96, 2), (59.996, 3), (60.0, 1), (60.04, 2), (50.0061, 2), (29.97, 2)],
)
def test_an_index_beside_the_edge_of_a_state_is_not_told_as_the_edge(index, decimals):
    assert index_decimals(index) == decimals


def test_states_at_their_bounds():
    bounds = pd.Series([29.999, 30, 50, 50.001, 60, 60.001, 70, 70.001, math.nan])
    assert words(trophic_state(bounds)) == [
        "oligotrophic",
        "mesotrophic",
        "mesotrophic",
        "lightly_eutrophic",
        "lightly_eutrophic",
        "moderately_eutrophic",
        "moderately_eutrophic",
        "heavily_eutrophic",
        None,
    ]


def test_an_incomplete_index_is_given_only_if_asked():
    lake = LAKE.assign(codmn_mg_l=[np.nan, 7.1])
    assert trophic_index(lake)["tli"].isna().tolist() == [True, False]
    partial = trophic_index(lake.iloc[:1].drop(columns="codmn_mg_l"), requires_all=False).iloc[0]
    assert partial["n_parameters"] == 4
    assert partial["tli"] == pytest.approx(50.28, abs=0.01)
    with pytest.raises(InputError, match="codmn_mg_l"):
        trophic_index(lake.drop(columns="codmn_mg_l"))
    nothing = trophic_index(LAKE * np.nan, requires_all=False)
    assert nothing["tli"].isna().all()
    assert trophic_index(LAKE.iloc[:0]).empty


def test_zero_has_no_logarithm():
    with pytest.raises(InputError, match=r"tp_mg_l.*检出限"):
        trophic_index(LAKE.assign(tp_mg_l=0))


# Black-odorous water


def visits(point, **results):
    return pd.DataFrame({"point": point, **results})


def test_levels_at_their_limits():
    frame = pd.DataFrame(
        {
            "transparency_cm": [25, 24.9, 10, 9.9],
            "do_mg_l": [2.0, 1.9, 0.2, 0.19],
            "orp_mv": [50, 49, -200, -201],
            "nh3n_mg_l": [8.0, 8.1, 15.0, 15.1],
        }
    )
    levels = black_odour_levels(frame)
    for column in levels:
        assert levels[column].tolist() == ["none", "light", "light", "severe"], column
    mixed = black_odour_levels(frame.assign(do_mg_l=np.nan, nh3n_mg_l=np.nan, orp_mv=-300))
    assert set(mixed["level"]) == {"severe"}
    assert mixed["do_mg_l"].isna().all()


def test_shallow_water_is_held_to_its_depth():
    frame = pd.DataFrame({"transparency_cm": [8.0, 7.9, 20.0], "depth_cm": 20.0})
    assert black_odour_levels(frame)["level"].tolist() == ["light", "severe", "light"]
    clear = frame.assign(is_clear_to_bottom=[False, False, True])
    assert black_odour_levels(clear)["level"].tolist() == ["light", "severe", "none"]
    deep = clear.assign(depth_cm=25.0)
    assert black_odour_levels(deep)["level"].tolist() == ["severe", "severe", "light"]


def test_a_point_is_severe_by_more_than_60_percent_of_one_indicator():
    three_of_five = visits("A", nh3n_mg_l=[16.0] * 3 + [1.0] * 2)
    two_of_three = visits("B", nh3n_mg_l=[16.0] * 2 + [1.0])
    once_light = visits("C", nh3n_mg_l=[9.0, 1.0])
    points = black_odour_points(pd.concat([three_of_five, two_of_three, once_light]), ["point"])
    assert points["level"].to_dict() == {"A": "light", "B": "severe", "C": "light"}
    assert points["percent_severe_nh3n_mg_l"].round(1).tolist() == [60.0, 66.7, 0.0]
    assert points["n_visits"].tolist() == [5, 3, 2]
    assert points["is_sufficient"].tolist() == [True, True, False]


def test_a_point_is_severe_by_more_than_30_percent_of_two_indicators():
    nh3n, oxygen = [16.0] + [1.0] * 2, [0.1] + [5.0] * 2
    one = visits("A", nh3n_mg_l=nh3n, do_mg_l=5.0)
    two = visits("B", nh3n_mg_l=nh3n, do_mg_l=oxygen)
    clean_one = visits("C", nh3n_mg_l=[1.0] * 3, do_mg_l=5.0)
    nothing = visits("D", nh3n_mg_l=[np.nan], do_mg_l=np.nan)
    points = black_odour_points(pd.concat([one, two, clean_one, nothing]), ["point"])
    assert words(points["level"]) == ["light", "severe", "none", None]
    three_of_ten = visits("A", nh3n_mg_l=[16.0] * 3 + [1.0] * 7, do_mg_l=[0.1] * 3 + [5.0] * 7)
    assert black_odour_points(three_of_ten, ["point"])["level"].tolist() == ["light"]
    assert black_odour_points(one.iloc[:0], ["point"]).empty
    with pytest.raises(InputError, match=r"point.*为空"):
        black_odour_points(one.assign(point=None), ["point"])


def test_a_water_body_is_severe_from_60_percent_of_its_points():
    whole = black_odour_body(pd.Series(["severe", "light", "severe", "none", "severe"]))
    assert (whole.level, whole.n_severe, whole.severe_stretches) == ("severe", 3, [])
    stretch = black_odour_body(
        pd.Series(["none", *["severe"] * 3, "none", "light"], index=list("abcdef"))
    )
    assert stretch.level == "light"
    assert stretch.severe_stretches == [("b", "d")]
    assert stretch.verified == "one source"
    broken = black_odour_body(pd.Series(["severe", "severe", None, "severe", *["none"] * 4]))
    assert broken.severe_stretches == []
    assert (broken.n_points, broken.n_assessed) == (8, 7)
    assert black_odour_body(pd.Series(["none"] * 3)).level == "none"
    few = black_odour_body(pd.Series(["none", None], dtype=object))
    assert not few.is_sufficient
    assert black_odour_body(pd.Series([], dtype=object)).level is None
    with pytest.raises(InputError, match="轻度"):
        black_odour_body(pd.Series(["轻度"]))


# Sources of drinking water

SUPPLEMENTARY = {
    "sulphate_mg_l": 250.0,
    "chloride_mg_l": 250.0,
    "nitrate_n_mg_l": 10.0,
    "fe_mg_l": 0.3,
    "mn_mg_l": 0.1,
}


def test_a_surface_source_attains_at_all_its_limits():
    at = clean(tp_mg_l=0.05, tn_mg_l=9.0, faecal_coliforms_per_l=90000, **SUPPLEMENTARY)
    at["benzo_a_pyrene_mg_l"] = 0.0000028
    assert source_attainment(at, "lake", 2018).tolist() == [True]
    for column, limit in {**SUPPLEMENTARY, "benzo_a_pyrene_mg_l": 0.0000028}.items():
        beyond = at.assign(**{column: limit * 1.2})
        assert source_attainment(beyond, "lake", 2018).tolist() == [False], column
        found = source_exceedances(beyond, "lake", 2018)
        assert (found["column"].tolist(), found["multiple"].tolist()) == ([column], [0.2])
    assert source_attainment(at.assign(tp_mg_l=0.06), "lake", 2018).tolist() == [False]
    assert source_attainment(at.assign(tp_mg_l=0.06), "river", 2018).tolist() == [True]


def test_missing_items_of_a_source_are_named():
    missing = missing_source_items(clean(), "river", 2018)[0]
    assert missing[:6] == ("SO4", "Cl", "NO3-N", "Fe", "Mn", "trichloromethane")
    assert len(missing) == 5 + 33
    assert len(missing_source_items(clean() * np.nan, "groundwater", 2019)[0]) == 39


def test_ground_water_is_held_to_class_iii():
    well = pd.DataFrame({"ph": [7.0, 6.4, 9.1], "benzene_ug_l": [10.0, 10.1, 1.0]})
    assert source_attainment(well, "groundwater", 2019).tolist() == [True, False, False]
    assert groundwater_class(well, 2019).tolist() == ["III", "IV", "V"]
    assert groundwater_class(well, 2019).cat.categories.tolist() == ["I", "II", "III", "IV", "V"]
    radioactive = pd.DataFrame(
        {"gross_alpha_bq_l": [0.5, 0.6], "has_odour_or_taste": [False, True]}
    )
    assert groundwater_class(radioactive, 2019).tolist() == ["III", "V"]
    assert groundwater_class(radioactive[["gross_alpha_bq_l"]], 2019).tolist() == ["III", "IV"]


def test_the_edition_of_a_year_must_be_held():
    well = pd.DataFrame({"nh3n_mg_l": [0.2, 0.5, 0.51]})
    with pytest.raises(InputError, match=r"1993 年.*GB/T 14848-2017"):
        source_attainment(well, "groundwater", 1993)
    assert source_attainment(well, "groundwater", 2017).tolist() == [True, False, False]
    assert source_attainment(well, "groundwater", 2018).tolist() == [True, True, False]
    of_2017 = source_attainment(well, "groundwater", 2017, "GB/T 14848-2017")
    assert of_2017.tolist() == [True, True, False]
    with pytest.raises(InputError, match="spring"):
        source_attainment(well, "spring", 2018)


def test_the_edition_of_1993_ends_with_april_2018():
    assert groundwater_edition(date(2018, 4, 30)) == "GB/T 14848-93"
    assert groundwater_edition(date(2018, 5, 1)) == "GB/T 14848-2017"
    with pytest.raises(InputError, match="1994-09-30"):
        groundwater_edition(date(1994, 9, 30))


def test_a_year_attains_if_all_its_months_do():
    months = pd.DataFrame(
        {"source": list("AAABBC"), "attains": pd.array([True, True, None, True, False, None])}
    )
    year = year_attainment(months["attains"], months["source"])
    assert year["attains"].tolist() == [True, False, pd.NA]
    assert year["n_months"].tolist() == [2, 2, 0]
    with pytest.raises(InputError, match="为空"):
        year_attainment(months["attains"], months["source"].where(months["source"] != "C"))


def test_rates_by_source_and_by_volume():
    attains = pd.Series([True, False, True, None], dtype="boolean")
    volumes = pd.Series([500.0, 300.0, 200.0, 50.0])
    rates = attainment_rates(attains, volumes)
    assert (rates.n_sources, rates.n_assessed, rates.n_attaining) == (4, 3, 2)
    assert (rates.percent, rates.volume_percent) == (66.7, 70.0)
    assert (rates.volume, rates.attaining_volume) == (1000.0, 700.0)
    unknown = attainment_rates(attains, volumes.mask(volumes == 300))
    assert unknown.n_without_volume == 1
    assert math.isnan(unknown.volume_percent)
    assert math.isnan(attainment_rates(attains).volume_percent)
    nothing = attainment_rates(attains.iloc[:0], volumes.iloc[:0])
    assert math.isnan(nothing.percent)
    assert math.isnan(nothing.volume_percent)
    with pytest.raises(InputError, match="负"):
        attainment_rates(attains, -volumes)
