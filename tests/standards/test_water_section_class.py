import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from water_frames import (
    AT_MOST,
    CLASSES,
    COLIFORMS,
    ITEMS,
    OXYGEN_AT_LEAST,
    TN_OF_LAKES,
    at_most,
    clean,
)

from ecoreport.errors import InputError
from ecoreport.standards.water import (
    as_water_classes,
    class_limit,
    coliform_class,
    item_classes,
    missing_items,
    nitrogen_class,
    section_class,
)

BODIES = ["river", "lake"]


def class_of(value, column, body="river"):
    frame = pd.DataFrame({column: [value]})
    of_item = item_classes(frame, body)[column][0]
    assert section_class(frame, body)[0] == of_item
    return of_item


def best_class(limits, is_met):
    return next((CLASSES[place] for place, limit in enumerate(limits) if is_met(limit)), "below_V")


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("column", list(AT_MOST))
def test_each_limit_is_met_at_it_and_not_beyond(column, body):
    limits = at_most(column, body)
    for limit in limits:
        assert class_of(limit, column, body) == CLASSES[limits.index(limit)]
        beyond = math.nextafter(limit, math.inf)
        expected = best_class(limits, lambda one, beyond=beyond: beyond <= one)
        assert class_of(beyond, column, body) == expected


@pytest.mark.parametrize("body", BODIES)
def test_oxygen_and_ph_at_their_limits(body):
    for place, limit in enumerate(OXYGEN_AT_LEAST):
        assert class_of(limit, "do_mg_l", body) == CLASSES[place]
        assert class_of(math.nextafter(limit, 0), "do_mg_l", body) == CLASSES[place + 1]
    assert [class_of(value, "ph", body) for value in (6, 9, 5.99, 9.01)] == [
        "I",
        "I",
        "below_V",
        "below_V",
    ]


def test_nitrogen_and_coliforms_stand_apart():
    frame = clean(tn_mg_l=5.0, faecal_coliforms_per_l=50000, water_temperature_c=30.0)
    assert section_class(frame, "lake")[0] == "I"
    assert "tn_mg_l" not in item_classes(frame, "lake")
    assert nitrogen_class(frame, "lake")[0] == "below_V"
    assert nitrogen_class(frame, "river").isna()[0]
    assert coliform_class(frame)[0] == "below_V"
    for place, (nitrogen, coliforms) in enumerate(zip(TN_OF_LAKES, COLIFORMS, strict=True)):
        at = pd.DataFrame({"tn_mg_l": [nitrogen], "faecal_coliforms_per_l": [coliforms]})
        assert nitrogen_class(at, "lake")[0] == CLASSES[place]
        assert coliform_class(at)[0] == CLASSES[place]
        assert nitrogen_class(at.add([1e-9, 1]), "lake")[0] == CLASSES[place + 1]
        assert coliform_class(at.add([1e-9, 1]))[0] == CLASSES[place + 1]


def test_saturation_makes_warm_water_class_i_only_if_asked():
    # 468 / (31.6 + 30) is 7.597: 7.0 mg/L is 92 % of it, 6.8 mg/L 89.5 %.
    frame = clean(do_mg_l=7.0, water_temperature_c=30.0)
    assert section_class(frame, "river")[0] == "II"
    assert section_class(frame, "river", uses_saturation=True)[0] == "I"
    assert section_class(frame.assign(do_mg_l=6.8), "river", uses_saturation=True)[0] == "II"
    # Cold water is not held to more than 7.5 mg/L: 90 % of saturation at 5 °C would be 11.5.
    cold = clean(do_mg_l=7.5, water_temperature_c=5.0)
    assert section_class(cold, "river", uses_saturation=True)[0] == "I"
    unknown = frame.assign(water_temperature_c=np.nan)
    assert section_class(unknown, "river", uses_saturation=True)[0] == "II"
    with pytest.raises(InputError, match="water_temperature_c"):
        section_class(clean(), "river", uses_saturation=True)


def test_what_was_not_measured_is_left_out_and_named():
    frame = clean(tp_mg_l=np.nan)[["ph", "do_mg_l", "tp_mg_l", "codmn_mg_l", "nh3n_mg_l"]]
    assert section_class(frame, "river")[0] == "I"
    missing = missing_items(frame)[0]
    assert missing[:4] == ("COD", "BOD5", "TP", "Cu")
    assert len(missing) == len(ITEMS) - 4
    assert missing_items(clean())[0] == ()


def test_a_row_without_anything_has_no_class():
    frame = pd.concat([clean(), clean() * np.nan], ignore_index=True)
    assert section_class(frame, "river").isna().tolist() == [False, True]
    assert item_classes(frame, "river").isna().all(axis=1).tolist() == [False, True]


def test_each_row_may_have_its_own_water_body():
    frame = pd.concat([clean(tp_mg_l=0.05)] * 2).set_axis(["x", "x"])
    bodies = pd.Series(["river", "lake"], index=frame.index)
    classes = section_class(frame, bodies)
    assert classes.tolist() == ["II", "III"]
    assert classes.index.tolist() == ["x", "x"]
    with pytest.raises(InputError, match="索引"):
        section_class(frame, bodies.reset_index(drop=True))


@pytest.mark.parametrize("body", BODIES)
def test_an_empty_frame_has_empty_classes(body):
    empty = clean().iloc[:0]
    classes = section_class(empty, body)
    assert classes.cat.categories.tolist() == CLASSES
    assert classes.cat.ordered
    assert item_classes(empty, body).shape == (0, len(ITEMS))
    assert missing_items(empty).empty
    assert section_class(pd.DataFrame({"ph": pd.Series(dtype=object)}), body).empty


@pytest.mark.parametrize(
    "values",
    [
        np.array([0.05], dtype=np.float32),
        [Decimal("0.05")],
        [Fraction(1, 20)],
        pd.array([0.05], dtype="Float64"),
        pd.array([0.05], dtype="Float32"),
        pd.array([0.05], dtype="float64[pyarrow]"),
    ],
)
def test_a_limit_is_met_in_whatever_type_it_is_kept(values):
    assert class_of_type(values) == "III"


def class_of_type(values):
    return section_class(pd.DataFrame({"tp_mg_l": values}), "lake")[0]


@pytest.mark.parametrize(
    ("frame", "body", "message"),
    [
        (clean(nh3n_mg_l="0.5"), "river", "nh3n_mg_l.*0.5"),
        (clean(nh3n_mg_l="0.025L"), "river", "nh3n_mg_l.*0.025L"),
        (clean(tp_mg_l=-1), "river", "tp_mg_l.*不小于 0"),
        (clean(tp_mg_l=math.inf), "river", "tp_mg_l"),
        (clean(ph=14.1), "river", "ph.*0 至 14"),
        (clean(cd_mg_l=True), "river", "cd_mg_l"),
        (clean(hg_mg_l=pd.Timestamp("2018-01-01")), "river", "hg_mg_l"),
        (pd.DataFrame({"TP": [0.1]}), "river", "tp_mg_l"),
        (pd.concat([clean(), clean()], axis=1), "river", "ph.*重复"),
        (clean(), "reservoir", "reservoir"),
        (clean(), pd.Series(["sea"]), "sea"),
        (clean(), pd.Series([np.nan]), "nan"),
    ],
)
def test_wrong_readings_are_errors_that_name_the_column(frame, body, message):
    with pytest.raises(InputError, match=message):
        section_class(frame, body)


def test_words_for_classes_are_read():
    words = pd.Series(["Ⅲ", "劣Ⅴ", "Ⅱ类", "below_V", None, "IV"], name="class")
    classes = as_water_classes(words)
    assert classes.dropna().tolist() == ["III", "below_V", "II", "below_V", "IV"]
    assert classes.isna().tolist() == [False] * 4 + [True, False]
    assert as_water_classes(classes).equals(classes)
    with pytest.raises(InputError, match="六类"):
        as_water_classes(pd.Series(["Ⅲ", "六类"]))


def test_a_limit_says_where_it_stands():
    limit = class_limit("TP", "III", "lake")
    assert limit.highest == Fraction("0.05")
    assert limit.lowest is None
    assert (limit.edition, limit.clause, limit.verified) == ("GB 3838-2002", "表1", "verified")
    assert class_limit("DO", "II", "river").lowest == 6
    assert class_limit("pH", "V", "river").highest == 9
    for parameter, water_class in [("TN", "III"), ("TP", "below_V"), ("TOC", "III")]:
        with pytest.raises(InputError):
            class_limit(parameter, water_class, "river")


# Properties

levels = st.lists(
    st.one_of(st.none(), st.decimals(0, 3, places=3).map(float)), min_size=21, max_size=21
)
bodies = st.sampled_from(BODIES)


def frame_of(*rows):
    frame = pd.DataFrame(rows, columns=ITEMS, dtype=float)
    # Levels that reach all classes of pH and oxygen too.
    return frame.assign(ph=frame["ph"] * 4, do_mg_l=frame["do_mg_l"] * 4)


@settings(deadline=None)
@given(levels, st.integers(1, 20), st.floats(0, 50), bodies)
def test_worsening_an_item_never_improves_the_class(values, place, by, body):
    before = frame_of(values)
    column = ITEMS[place]
    better = before[column].fillna(0)
    worse = (better - by).clip(lower=0) if column == "do_mg_l" else better + by
    before[column] = better
    after = before.assign(**{column: worse})
    assert section_class(after, body)[0] >= section_class(before, body)[0]


@settings(deadline=None)
@given(levels, st.sets(st.sampled_from(ITEMS)), bodies)
def test_a_column_without_values_changes_nothing(values, emptied, body):
    frame = frame_of(values)
    frame[list(emptied)] = np.nan
    kept = [column for column in ITEMS if column not in emptied] or ["ph"]
    assert section_class(frame, body).equals(section_class(frame[kept], body))


@settings(deadline=None)
@given(st.lists(levels, min_size=1, max_size=6), bodies)
def test_the_class_of_a_section_is_that_of_its_worst_item(rows, body):
    frame = frame_of(*rows)
    codes = item_classes(frame, body).apply(lambda classes: classes.cat.codes)
    assert section_class(frame, body).cat.codes.tolist() == codes.max(axis=1).tolist()


@settings(deadline=None)
@given(st.lists(levels, min_size=1, max_size=6), bodies, st.randoms(use_true_random=False))
def test_rows_do_not_depend_on_their_order(rows, body, random):
    frame = frame_of(*rows)
    order = list(range(len(frame)))
    random.shuffle(order)
    shuffled = section_class(frame.iloc[order], body)
    assert shuffled.sort_index().equals(section_class(frame, body))


@settings(deadline=None)
@given(st.integers(0, 3_000_000), st.sampled_from(list(AT_MOST)), bodies)
def test_a_reading_in_micrograms_has_the_same_class(micrograms, column, body):
    limits = [Fraction(str(limit)) * 1000 for limit in at_most(column, body)]
    expected = best_class(limits, lambda limit: micrograms <= limit)
    assert class_of(micrograms / 1000, column, body) == expected
