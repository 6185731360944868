import numpy as np
import pandas as pd
import pytest
from water_frames import clean

from ecoreport.errors import InputError
from ecoreport.standards.water import (
    attains_target,
    basin_main_indicators,
    exceedances,
    main_indicators,
    section_class,
)


def sections(*rows):
    return pd.concat([clean(**row) for row in rows], ignore_index=True)


def named(found, position=0):
    of_row = found[found["position"] == position]
    multiples = of_row["multiple"].replace(np.nan, None)
    return list(zip(of_row["parameter"], multiples, strict=True))


def test_each_item_beyond_the_class_has_its_multiple_of_the_limit():
    frame = sections({"tp_mg_l": 0.23, "do_mg_l": 4.0, "ph": 9.5, "codmn_mg_l": 6.0}, {})
    found = exceedances(frame, "river")
    # 0.23 is 0.15 times beyond 0.2: a tie, to the even digit.
    assert named(found) == [("pH", None), ("DO", None), ("TP", 0.2)]
    assert found["limit"].tolist() == [9, 5, 0.2]
    assert found["class"].tolist() == ["below_V", "IV", "IV"]
    assert found["position"].tolist() == [0, 0, 0]
    assert exceedances(frame, "lake")["class"].tolist() == ["below_V", "IV", "below_V"]


def test_each_section_is_held_against_its_own_target():
    frame = sections(*[{"tp_mg_l": 0.15}] * 4).set_axis(list("abcd"))
    targets = pd.Series(["Ⅱ", "Ⅲ", None, "V"], index=frame.index)
    found = exceedances(frame, "river", targets)
    assert found.index.tolist() == ["a"]
    assert found["multiple"].tolist() == [0.5]
    attains = attains_target(section_class(frame, "river"), targets)
    assert attains.tolist() == [False, True, pd.NA, True]
    assert attains_target(section_class(frame, "river"), "II").tolist() == [False] * 4


def test_a_target_must_be_a_class_with_limits():
    with pytest.raises(InputError, match="劣Ⅴ"):
        exceedances(clean(), "river", "below_V")
    with pytest.raises(InputError, match="VI"):
        attains_target(section_class(clean(), "river"), "VI")
    with pytest.raises(InputError, match="索引"):
        exceedances(clean(), "river", pd.Series(["III"], index=["x"]))


def test_a_section_without_class_attains_nothing():
    classes = section_class(clean() * np.nan, "river")
    assert attains_target(classes, "III").isna().all()


def test_main_indicators_go_by_class_then_by_multiple():
    # Tongbo river at Shangheba, October 2015: the multiples and their order as published, 总磷 0.7,
    # 生化需氧量 0.5, 氨氮 0.2, 化学需氧量 0.1; the concentrations are those that they imply.
    frame = sections({"tp_mg_l": 0.34, "bod5_mg_l": 6.1, "nh3n_mg_l": 1.2, "cod_mg_l": 22.0})
    found = main_indicators(frame, "river")
    assert named(found) == [("TP", 0.7), ("BOD5", 0.5), ("NH3-N", 0.2)]
    assert found["rank"].tolist() == [1, 2, 3]
    # Class before multiple: petroleum is 3 times beyond and of class IV only.
    frame = sections({"nh3n_mg_l": 1.8, "petroleum_mg_l": 0.2, "cod_mg_l": 32.0, "do_mg_l": 2.5})
    assert named(main_indicators(frame, "river")) == [("NH3-N", 0.8), ("COD", 0.6), ("DO", None)]


def test_an_item_without_multiple_is_last_of_its_class():
    frame = sections({"do_mg_l": 4.0, "codmn_mg_l": 6.6, "cod_mg_l": 21.0})
    assert [name for name, _ in named(main_indicators(frame, "river"))] == ["CODMn", "COD", "DO"]


def test_cyanide_and_heavy_metals_go_first():
    frame = sections({"nh3n_mg_l": 9.0, "pb_mg_l": 0.06, "cyanide_mg_l": 0.3, "tp_mg_l": 0.5})
    found = main_indicators(frame, "river")
    assert named(found) == [("CN-", 0.5), ("Pb", 0.2), ("NH3-N", 8.0)]


def test_good_sections_have_no_main_indicators():
    assert main_indicators(sections({"tp_mg_l": 0.2}, {}), "river").empty
    assert main_indicators(clean().iloc[:0], "river").empty


def test_main_indicators_of_a_basin_go_by_the_share_of_sections():
    frame = sections(
        {"tp_mg_l": 0.3},
        {"tp_mg_l": 0.9, "cod_mg_l": 25.0},
        {"tp_mg_l": 0.3, "nh3n_mg_l": 9.0},
        {"cod_mg_l": 25.0, "codmn_mg_l": 7.0},
        {},
    )
    frame.loc[5] = np.nan
    found = basin_main_indicators(frame, "river")
    assert found["parameter"].tolist() == ["TP", "COD", "CODMn"]
    assert found["n_beyond"].tolist() == [3, 2, 1]
    assert found["share"].tolist() == [60.0, 40.0, 20.0]
    assert found["rank"].tolist() == [1, 2, 3]
    assert basin_main_indicators(clean(), "river").empty
