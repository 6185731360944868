import datetime as dt

import pandas as pd
import pytest
from water_year import PAIR, PLACED, catalogue

from ecoreport.observe import observe

RATE = "water.drinking_source_pass_rate"
GOOD = {
    "ph": 7.5, "do_mg_l": 8.0, "codmn_mg_l": 3.0, "nh3n_mg_l": 0.2, "tp_mg_l": 0.03,
    "sulphate_mg_l": 60.0, "benzene_mg_l": 0.0002,
}  # fmt: skip


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
    assert any("12个月次没有监测值" in str(note) for note in found["按取水量"].trace.notes)


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
