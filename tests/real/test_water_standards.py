"""Published examples of the rules of water, and the tables against those they were taken from."""

import numpy as np
import pandas as pd
import pytest

from ecoreport.standards.tables import single, table
from ecoreport.standards.water import (
    black_odour_levels,
    grade_of_shares,
    groundwater_class,
    main_indicators,
    section_class,
    trophic_index,
)
from ecoreport.standards.water.drinking import source_limits
from ecoreport.standards.water.limits import bands

SYMBOLS = ["I", "II", "III", "IV", "V"]
PUBLISHED_NAMES = {"NH3-N": "氨氮", "TP": "总磷", "COD": "化学需氧量"}
TLI_COLUMNS = {
    "TLI_chla": "chlorophyll_a_mg_m3",
    "TLI_TP": "tp_mg_l",
    "TLI_TN": "tn_mg_l",
    "TLI_SD": "transparency_m",
}


@pytest.fixture
def collected(shared):
    def read(name, **options):
        return pd.read_csv(shared / "standards" / f"{name}.csv", **options)

    return read


@pytest.fixture
def vectors(shared):
    def read(name):
        return pd.read_csv(shared / "standards" / "test_vectors" / f"{name}.csv", comment="#")

    return read


def test_published_multiples_and_class_of_a_section(vectors):
    published = vectors("exceedance_multiple_examples").iloc[0]
    implied = dict(part.split(" ") for part in published["implied_concentrations"].split("; "))
    columns = {"NH3-N": "nh3n_mg_l", "TP": "tp_mg_l", "COD": "cod_mg_l"}
    frame = pd.DataFrame([{columns[name]: float(value) for name, value in implied.items()}])
    found = main_indicators(frame, "river")
    written = [
        f"{PUBLISHED_NAMES[parameter]}{multiple}"
        for parameter, multiple in zip(found["parameter"], found["multiple"], strict=True)
    ]
    assert ";".join(written) == published["published_multiples"]
    section = section_class(frame, "river")[0]
    assert single("water_classes", **{"class": section})["symbol"] == published["class_published"]


def test_published_grades_of_river_basins(vectors):
    published = vectors("basin_grade_published")
    names = table("water_grades").set_index("grade")["name_zh"]
    grades = [
        names[grade_of_shares(row["share_I_III"], row["share_worse_than_V"])]
        for row in published.to_dict("records")
    ]
    assert grades == published["grade_published"].tolist()
    assert len(grades) == 4


def test_published_trophic_index_of_hulun_lake(vectors):
    published = vectors("tli_hulun_lake")
    lines = table("tli_parameters").set_index("column")[["a", "b"]].astype(float)
    concentrations = {
        column: np.exp((published[name] / 10 - lines.loc[column, "a"]) / lines.loc[column, "b"])
        for name, column in TLI_COLUMNS.items()
    }
    result = trophic_index(pd.DataFrame(concentrations), requires_all=False)
    assert result["tli"].round(3).tolist() == published["TLI_sum_published"].tolist()
    names = table("tli_bands").set_index("state")["name_zh"]
    assert result["trophic_state"].map(names).tolist() == published["grade_published"].tolist()
    assert len(result) == 10


def test_black_odorous_unit_tests_of_another_project(vectors):
    cases = vectors("black_odorous_unit_tests").rename(
        columns={
            "SD_cm": "transparency_cm",
            "DO": "do_mg_l",
            "NH3N": "nh3n_mg_l",
            "depth_cm": "depth_cm",
            "clear_to_bottom": "is_clear_to_bottom",
        }
    )
    names = table("black_odour_levels").set_index("level")["name_zh"]
    levels = black_odour_levels(cases)["level"].map(names)
    assert levels.tolist() == cases["class_expected"].tolist()
    assert len(levels) == 14


def test_class_limits_are_those_collected(collected):
    for line in collected("gb3838_2002_basic_items").to_dict("records"):
        if line["direction"] == "none":
            continue
        body = "lake" if line["lake_variant"].startswith("lake") else "river"
        found = list(bands(line["symbol"], body))
        printed = [line[symbol] for symbol in SYMBOLS]
        if line["direction"] == "range":
            assert found == [(6.0, 9.0)] * 5
        elif line["direction"] == ">=":
            assert [low for low, _ in found] == [float(value) for value in printed]
        else:
            assert [high for _, high in found] == [float(value) for value in printed]


@pytest.mark.parametrize("name", ["gb3838_2002_supplementary5", "gb3838_2002_specific80"])
def test_limits_of_sources_are_those_collected(collected, name):
    names = table("water_items").set_index("column")["name_zh"]
    limits = {
        names[column]: high
        for column, (_, high) in source_limits("river", 2018).items()
        if column in set(table("drinking_water_limits")["column"])
    }
    printed = collected(name).replace({"item_zh": {"硝酸盐": "硝酸盐氮"}})
    for line in printed.to_dict("records"):
        assert limits[line["item_zh"]] == line["limit"]


def test_limits_of_ground_water_are_those_collected(collected):
    columns = table("groundwater_limits")["column"].drop_duplicates()
    printed = collected("gbt14848_2017_groundwater", keep_default_na=False)
    assert len(columns) == len(printed) == 93
    n_compared = 0
    for column, line in zip(columns, printed.to_dict("records"), strict=True):
        for place, symbol in enumerate(SYMBOLS[:4]):
            if line[symbol].startswith("<=") and line[symbol][2:].replace(".", "").isdigit():
                at = float(line[symbol].removeprefix("<="))
                frame = pd.DataFrame({column: [at, at * 1.001]})
                better = [line[one] for one in SYMBOLS[:4]].index(line[symbol])
                classes = groundwater_class(frame, 2019).cat.codes
                assert classes[0] == better
                assert classes[1] > place
                n_compared += 1
    # All but pH, the two kinds of nothing, LAS of class I and the activities of class IV.
    assert n_compared == 93 * 4 - 15
