import datetime as dt

import pandas as pd
import pytest
from water_year import PAIR, PLACED, catalogue

from ecoreport.observe import observe
from ecoreport.standards.tables import select
from ecoreport.standards.water import basic_source_items

RATE = "water.drinking_source_pass_rate"
GOOD = {
    **dict.fromkeys(sorted(basic_source_items("river", 2018)), 0.0),
    **dict.fromkeys(("nitrite_n_mg_l", "total_hardness_mg_l", "total_dissolved_solids_mg_l"), 0.0),
    "ph": 7.5, "do_mg_l": 8.0, "codmn_mg_l": 3.0, "nh3n_mg_l": 0.2, "tp_mg_l": 0.03,
    "sulphate_mg_l": 60.0, "benzene_mg_l": 0.0002,
}  # fmt: skip
"""All basic items of surface water, and enough of ground water."""


def source(name, kind="river", months=range(1, 13), intake=100.0, **cells):
    rows = []
    for place, month in enumerate(months):
        own = {key: cell[place] if isinstance(cell, list) else cell for key, cell in cells.items()}
        known = {"source": name, "kind": kind, "month": f"2018-{month:02d}", "frequency": None}
        rows.append({**known, "intake_10k_m3": intake, "attains": None, **GOOD, **own})
    return pd.DataFrame(rows).assign(source_row=range(2, len(rows) + 2), **PLACED)


def seen(*sources, as_of=None):
    frames = {"drinking_sources": pd.concat(sources, ignore_index=True)}
    observations, kept = observe(catalogue(), PAIR, frames, [], as_of)
    own = [one for one in observations if one.indicator == RATE]
    return {one.basis.place: one for one in own}, kept.get("drinking_month")


def test_both_rates_are_told_each_with_its_basis():
    months = [0.03] * 11 + [0.09]
    found, kept = seen(
        source("锡东", "lake", intake=300.0, tp_mg_l=months), source("肖山", intake=100.0)
    )
    volume, count = found["按取水量"], found["按水源地个数"]
    # One month of 300 of 4800 exceeded; one of two sources attained all year.
    assert (float(volume.value), float(count.value)) == (93.8, 50.0)
    assert volume.trace.substituted == "4500 ÷ 4800 × 100"
    beyond = kept[kept["attains"] == False]  # noqa: E712 - missing is neither
    assert beyond[["source", "month", "exceeded"]].to_numpy().tolist() == [
        ["锡东", 12, "总磷(0.8)"]
    ]
    assert any("锡东 2018-12：总磷(0.8)" in str(note) for note in volume.trace.notes)
    assert volume.id != count.id


@pytest.mark.parametrize(
    ("kind", "values", "attains"),
    [
        ("river", {"tp_mg_l": 0.2}, True),
        ("lake", {"tp_mg_l": 0.06}, False),
        ("river", {"sulphate_mg_l": 251.0}, False),
        ("river", {"benzene_mg_l": 0.011}, False),
        ("ground", {"do_mg_l": 1.0, "tp_mg_l": 5.0}, True),
        ("ground", {"nh3n_mg_l": 0.51}, False),
    ],
)
def test_each_kind_of_source_has_limits_of_its_own(kind, values, attains):
    _found, kept = seen(source("某", kind, **values))
    assert set(kept["attains"]) == {attains}


@pytest.mark.parametrize(
    ("item", "value", "beyond"),
    [
        ("has_odour_or_taste", "yes", "嗅和味"),
        ("has_visible_matter", "yes", "肉眼可见物"),
        ("colour_pt_co", 15.5, "色(<0.1)"),
        ("total_coliforms_per_100ml", 6.0, "总大肠菌群(1.0)"),
        ("colonies_per_ml", 150.0, "菌落总数(0.5)"),
        ("gross_alpha_bq_l", 0.6, "总α放射性(0.2)"),
        ("gross_beta_bq_l", 1.5, "总β放射性(0.5)"),
    ],
)
def test_items_of_wells_that_are_no_concentrations_count_too(item, value, beyond):
    sound = {"no": "no", "yes": "no"}.get(value, 0.0)
    _found, kept = seen(source("井", "ground", range(6, 8), **{item: [sound, value]}))
    assert kept["attains"].tolist() == [True, False]
    assert kept["exceeded"].tolist() == ["", beyond]
    assert beyond.partition("(")[0] not in kept["missing_items"].iloc[0].split("、")


def test_ground_water_is_held_to_the_edition_of_its_month():
    found, kept = seen(source("某", "ground", nh3n_mg_l=0.5))
    attains = kept.set_index("month")["attains"]
    assert not attains[:4].any() and attains[4:].all()
    told = [str(note) for note in found["按取水量"].trace.notes]
    assert any("1至4月" in note and "GB/T 14848-93" in note for note in told)
    assert any("5至12月" in note and "GB/T 14848-2017" in note for note in told)
    assert any("没有评价的项目" in note and "高锰酸盐指数" in note for note in told)
    _found, kept = seen(source("某", "ground", benzene_mg_l=0.0101))
    assert kept.set_index("month")["attains"].tolist() == [True] * 4 + [False] * 8


def test_a_table_without_values_is_taken_at_its_word_and_says_so():
    nothing = dict.fromkeys(GOOD)
    found, kept = seen(source("某", attains=["yes"] * 11 + ["no"], **nothing))
    assert float(found["按水源地个数"].value) == 0.0
    assert kept["is_declared"].all()
    assert any(
        "12个月次没有监测值或项目太少" in str(note) for note in found["按取水量"].trace.notes
    )


def only(**cells):
    """Nothing measured but a few items."""
    return {**dict.fromkeys(GOOD), **cells}


def test_a_month_of_few_items_is_not_judged_and_says_so():
    found, kept = seen(source("某", **only(ph=7.2)), source("别处"))
    own = kept[kept["source"] == "某"]
    assert own["attains"].isna().all() and own["is_short"].all()
    assert own["missing_items"].iloc[0].startswith("溶解氧、高锰酸盐指数、化学需氧量")
    for one in found.values():
        assert one.reason == "too_few_months"
        told = [str(note) for note in one.trace.notes]
        assert any("某 2018-01" in note and "不按监测值评价" in note for note in told)
        assert any("某有月份没有监测值的应测项目（共58项）：溶解氧" in note for note in told)
    assert found["按水源地个数"].trace.n_used == 1
    # What lies beyond its limit does not attain, however little else was measured.
    _found, kept = seen(source("某", **only(tp_mg_l=0.9)))
    assert not kept["attains"].any() and not kept["is_short"].any()
    # The table's own conclusion counts where the values say nothing.
    found, kept = seen(source("某", attains="yes", **only(ph=7.2)))
    assert kept["attains"].all() and kept["is_declared"].all()
    assert found["按取水量"].trace.rule == ""


@pytest.mark.parametrize(("n_items", "is_judged"), [(13, True), (12, False)])
def test_half_of_the_basic_items_are_enough(n_items, is_judged):
    basic = sorted(basic_source_items("river", 2018))
    cells = {name: GOOD[name] for name in basic[:n_items]}
    _found, kept = seen(source("某", **only(**cells)))
    assert kept["attains"].notna().all() == is_judged


def test_what_was_applied_is_named_and_nothing_else():
    found, _kept = seen(source("某"))
    assert found["按取水量"].trace.rule == "GB 3838-2002 表1、表2、表3"
    found, _kept = seen(source("某", benzene_mg_l=None))
    assert found["按取水量"].trace.rule == "GB 3838-2002 表1、表2"
    found, _kept = seen(source("某", "ground", months=range(5, 13)))
    assert found["按取水量"].trace.rule == "GB/T 14848-2017 表1Ⅲ类"
    found, _kept = seen(source("某"), source("井", "ground"))
    assert found["按取水量"].trace.rule == (
        "GB 3838-2002 表1、表2、表3；GB/T 14848-93 表1Ⅲ类；GB/T 14848-2017 表1Ⅲ类"
    )


ORGANIC = (
    "atrazine", "benzo_a_pyrene", "chlorobenzene", "dichlorobenzene_1_2", "dichlorobenzene_1_4",
    "ddt", "diethylhexyl_phthalate", "ethylbenzene", "lindane", "styrene", "tetrachloroethylene",
    "trichloroethylene", "trichlorobenzenes", "xylenes",
)  # fmt: skip


@pytest.mark.parametrize("name", ORGANIC)
def test_organic_items_of_table_2_are_judged_in_wells_and_equality_meets(name):
    lines = select("groundwater_limits", column=f"{name}_ug_l", **{"class": "Ⅲ"})
    limit = float(lines[0]["limit"]) / 1000
    months = range(5, 13)
    for value, attains in ((limit, True), (limit * 1.2, False)):
        cells = {f"{name}_mg_l": value}
        found, kept = seen(source("井", "ground", months=months, **cells))
        assert set(kept["attains"]) == {attains}, (name, value)
    assert all("(0.2)" in one for one in kept["exceeded"])
    assert found["按取水量"].trace.clause == "表1、表2Ⅲ类"


def test_missing_months_and_volumes():
    found, _kept = seen(source("某", months=range(1, 11)))
    assert found["按取水量"].reason == "too_few_months"
    found, _kept = seen(source("某", "ground", months=(3, 6, 9, 12), frequency="quarterly"))
    assert found["按取水量"].is_sufficient
    found, _kept = seen(source("某", intake=None))
    assert set(found) == {"按水源地个数"}
    found, kept = seen(source("某"), as_of=dt.date(2018, 9, 30))
    assert kept["month"].max() == 9
    assert not found["按取水量"].is_sufficient
