import datetime as dt
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from water_year import listed, sampled, seen

from ecoreport.ingest.sections import items_named
from ecoreport.observe.water_sections import months_needed
from ecoreport.standards.water import exceedances
from ecoreport.standards.water.words import exceeded_in_words

SHARE = "water.provincial_section_good_share"
NATIONAL = "water.national_section_good_share"
ALL = "water.good_share"
BELOW_V = "water.provincial_sections_worse_than_v"
ON_TARGET = "water.assessed_sections_on_target"


def test_shares_count_the_sections_of_the_list_by_who_assesses_them():
    sections = listed({"level": "national"}, {}, {"level": "city"}, {"target_class": "II"})
    found, kept, _all = seen(
        sections,
        sampled("S1"),
        sampled("S2", nh3n_mg_l=2.3),
        sampled("S3", tp_mg_l=0.35),
        sampled("S4", codmn_mg_l=5.0),
    )
    assert found[SHARE].value == Decimal("66.7")
    assert (found[SHARE].trace.n_counted, found[SHARE].trace.n_used) == (2, 3)
    assert found[SHARE].trace.substituted == "2 ÷ 3 × 100"
    assert found[NATIONAL].value == 100
    assert found[ALL].value == Decimal("50.0")
    assert found["water.worse_than_v_share"].value == Decimal("25.0")
    assert found[BELOW_V].value == 1
    # S4 is of class III and was to be of class II; S2 is below V.
    assert found[ON_TARGET].value == 1
    assert all(one.is_sufficient for one in found.values())
    years = kept["water_section_year"].set_index("section")
    assert years["class"].to_dict() == {"S1": "II", "S2": "below_V", "S3": "V", "S4": "III"}
    assert years.loc["S2", "main_indicators"] == "氨氮(1.3)"
    assert years.loc["S4", "attains"] is not pd.NA
    assert not years.loc["S4", "attains"]


def test_the_class_of_a_year_is_that_of_the_mean_of_its_months():
    months = [0.10] * 11 + [1.3]
    found, kept, observations = seen(listed({}), sampled("S1", tp_mg_l=months))
    # The mean is 0.2, the limit of class III, though December is below V.
    assert found[SHARE].value == 100
    assert kept["water_section_year"]["class"].tolist() == ["III"]
    assert kept["water_section_month"]["class"].tolist() == ["II"] * 11 + ["below_V"]
    by_month = {one.period: one.value for one in observations if one.indicator == SHARE}
    assert by_month["2018-12"] == 0
    assert by_month["2018-11"] == 100


def test_what_is_just_above_its_limit_is_not_told_as_nought_times_above():
    year = pd.DataFrame(
        {"tp_mg_l": [0.2034], "nh3n_mg_l": [1.06], "cod_mg_l": [25.2], "do_mg_l": [4.9]}
    )
    found = exceedances(year, "river", "III").sort_values("multiple")
    assert exceeded_in_words(found) == "总磷(<0.1)、氨氮(0.1)、化学需氧量(0.3)、溶解氧"


def test_the_list_says_which_limits_of_phosphorus_count():
    sections = listed({"river": "太湖"}, {"river": "太湖", "water_body": "lake"})
    _found, kept, _all = seen(sections, sampled("S1", tp_mg_l=0.06), sampled("S2", tp_mg_l=0.06))
    assert kept["water_section_year"]["class"].tolist() == ["II", "IV"]


def test_a_section_without_enough_months_makes_the_share_one_for_reference():
    found, kept, _all = seen(listed({}, {}), sampled("S1"), sampled("S2", range(1, 8)))
    one = found[SHARE]
    assert (one.value, one.is_sufficient, one.reason) == (
        Decimal("100.0"),
        False,
        "too_few_sections",
    )
    assert (one.trace.n_used, one.trace.n_expected) == (1, 2)
    assert "断面2" in " ".join(map(str, one.trace.notes))
    assert kept["water_section_year"]["n_months"].tolist() == [12, 7]
    # A section of the list that nobody measured is not forgotten.
    found, _kept, _all = seen(listed({}, {}), sampled("S1"))
    assert found[SHARE].reason == "too_few_sections"


@pytest.mark.parametrize(
    ("planned", "n_dry", "n_ended", "needed"),
    [
        (12, 0, 12, 8),
        (12, 6, 12, 6),
        (6, 0, 12, 6),
        (4, 0, 12, 4),
        (12, 0, 6, 6),
        (6, 0, 3, 1),
    ],
)
def test_how_many_months_a_section_needs(planned, n_dry, n_ended, needed):
    found = months_needed(pd.Series([planned]), pd.Series([n_dry]), n_ended)
    assert found.tolist() == [needed]


def test_dry_and_stopped_sections_leave_numerator_and_denominator_and_are_named():
    sections = listed(
        {},
        {"status": "dry", "status_document": "苏环〔2018〕1号"},
        {"status": "stopped", "status_document": "苏环〔2018〕2号"},
    )
    found, _kept, _all = seen(sections, sampled("S1"), sampled("S3", range(1, 3), tp_mg_l=0.5))
    one = found[SHARE]
    assert (one.value, one.trace.n_used, one.trace.n_expected) == (Decimal("100.0"), 1, 1)
    assert one.is_sufficient
    said = [str(note) for note in one.trace.notes]
    assert "清单注明断流、不参评的断面：断面2" in said
    assert "清单注明停测、不参评的断面：断面3" in said


def test_an_item_of_the_background_leaves_the_class_and_is_named():
    removed = {"background_items": "氟化物、高锰酸盐指数", "background_document": "总站〔2018〕3号"}
    values = {"codmn_mg_l": 7.0, "fluoride_mg_l": 1.6}
    _found, with_it, _all = seen(listed({}), sampled("S1", **values))
    found, without, _all = seen(listed(removed), sampled("S1", **values))
    assert with_it["water_section_year"]["class"].tolist() == ["below_V"]
    assert without["water_section_year"]["class"].tolist() == ["II"]
    # What was measured is still shown.
    assert without["water_section_year"]["codmn_mg_l"].tolist() == [7.0]
    assert "断面1（氟化物、高锰酸盐指数）" in " ".join(map(str, found[SHARE].trace.notes))
    assert items_named("COD,氨氮 光泽") == {
        "COD": "cod_mg_l",
        "氨氮": "nh3n_mg_l",
        "光泽": None,
    }


def test_tables_may_name_sections_by_name_and_others_stand_apart():
    found, _kept, _all = seen(listed({}), sampled("断面1"), sampled("别处"))
    assert found[SHARE].value == 100
    assert "有监测数据而不在清单中、不参评的断面：别处" in map(str, found[SHARE].trace.notes)


def test_as_of_reads_the_months_that_had_ended():
    months = [0.1] * 6 + [0.9] * 6
    found, kept, _all = seen(listed({}), sampled("S1", tp_mg_l=months), as_of=dt.date(2018, 7, 15))
    assert (found[SHARE].value, found[SHARE].is_sufficient) == (Decimal("100.0"), False)
    assert kept["water_section_month"]["month"].tolist() == [1, 2, 3, 4, 5, 6]


def test_districts_below_have_shares_of_their_own_sections():
    sections = listed({"county": "jiangyin"}, {"county": "yixing"}, {})
    found, _kept, observations = seen(
        sections, sampled("S1"), sampled("S2", tp_mg_l=0.5), sampled("S3")
    )
    assert found[SHARE].trace.n_used == 3
    below = {
        one.district: one.value
        for one in observations
        if one.indicator == SHARE and one.district != "wuxi" and one.period == "2018"
    }
    assert below == {"jiangyin": 100, "yixing": 0}


def test_without_a_list_or_readings_nothing_is_computed():
    assert SHARE not in seen(listed({}))[0]


def test_several_readings_of_a_month_count_as_their_mean():
    twice = [sampled("S1", tp_mg_l=0.1), sampled("断面1", tp_mg_l=0.3)]
    _found, kept, _all = seen(listed({}), *twice)
    assert kept["water_section_month"]["tp_mg_l"].tolist() == [0.2] * 12


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([0.05, 0.15, 0.25, 0.35, 0.5]), min_size=1, max_size=6))
def test_shares_of_classes_add_up(values):
    sections = listed(*({} for _ in values))
    found, kept, _all = seen(
        sections, *(sampled(f"S{n}", tp_mg_l=tp) for n, tp in enumerate(values, start=1))
    )
    good = sum(value <= 0.2 for value in values)
    assert found[SHARE].trace.n_counted == good
    assert found[BELOW_V].value == sum(value > 0.4 for value in values)
    assert len(kept["water_section_month"]) == 12 * len(values)
