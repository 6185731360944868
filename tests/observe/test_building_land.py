"""Samples of building land: counts beside the limits of GB 36600, and nothing of a sample."""

from __future__ import annotations

import pandas as pd
from area_tables import seen, table

SHARE = "soil.building_samples_within"
OWN = "soil.self_monitoring_samples_within"


def sample(name: str, land: str | None, arsenic: float, **known: object) -> dict[str, object]:
    usual = {"sample": name, "date": "2018-09-03", "plot": "老厂", "pb_mg_kg": 50.0}
    return {**usual, "purpose": "plot_survey", "land_class": land, "as_mg_kg": arsenic, **known}


def samples() -> pd.DataFrame:
    """Arsenic: screening values 20 and 60, intervention values 120 and 140 mg/kg."""
    return table(
        "building_land_samples",
        sample("B1", "first", 20.0),
        sample("B2", "first", 21.0),
        sample("B3", "first", 121.0, pb_mg_kg=401.0),
        sample("B4", "second", 21.0, purpose="self_monitoring"),
        sample("B5", "second", 61.0, purpose="self_monitoring"),
        sample("B6", "second", 61.0, purpose="self_monitoring", date="2018-07-31"),
        sample("B7", None, 1.0),
    )


def test_samples_are_held_against_the_limits_of_their_own_class_of_land() -> None:
    first, kept, _all = seen({"building_land_samples": samples()})
    assert (str(first[SHARE].value), first[SHARE].trace.substituted) == ("40.0", "2 ÷ 5 × 100")
    assert (str(first[OWN].value), first[OWN].trace.n_counted) == ("50.0", 1)
    assert first[SHARE].trace.edition == "GB 36600-2018"
    notes = [str(one) for one in first[SHARE].trace.notes]
    assert any(note.startswith("1个样品采于标准实施之前") for note in notes)
    assert any("45项基本项目没有测全" in note for note in notes)

    summary = kept["soil_building_summary"].astype({"level": "str"})
    counts = summary.set_index(["land_class", "purpose", "level"])["n_samples"].to_dict()
    assert counts == {
        ("first", "plot_survey", "control"): 1,
        ("first", "plot_survey", "investigate"): 1,
        ("first", "plot_survey", "negligible"): 1,
        ("second", "self_monitoring", "investigate"): 1,
        ("second", "self_monitoring", "negligible"): 1,
    }
    items = kept["soil_building_items"].set_index(["item", "land_class"])
    assert items.loc[("as_mg_kg", "first")].tolist() == [1, 1, 1]
    assert items.loc[("as_mg_kg", "second")].tolist() == [1, 1, 0]
    assert items.loc[("pb_mg_kg", "first"), "n_above_screening"] == 1
    assert items.sum(axis="columns").min() > 0


def test_arsenic_at_the_background_of_the_place_is_not_held_against_it() -> None:
    rows = table(
        "building_land_samples",
        sample("B1", "first", 21.0, as_background_mg_kg=25.0),
        sample("B2", "first", 26.0, as_background_mg_kg=25.0),
        sample("B3", "first", 21.0),
        sample("B4", "first", 21.0, v_background_mg_kg=25.0),
    )
    first, kept, _all = seen({"building_land_samples": rows})
    assert first[SHARE].trace.substituted == "1 ÷ 4 × 100"
    notes = [str(one) for one in first[SHARE].trace.notes]
    assert "1个样品的砷、钴或钒高于筛选值、不高于当地背景值，不作为污染地块管理" in notes
    items = kept["soil_building_items"].set_index(["item", "land_class"])
    assert items.loc[("as_mg_kg", "first")].tolist() == [1, 3, 0]


def test_no_sample_and_no_plot_leaves_the_frames() -> None:
    _first, kept, all_ = seen({"building_land_samples": samples()})
    told = "".join(frame.to_csv() for name, frame in kept.items() if "building" in name)
    told += "".join(one.model_dump_json() for one in all_ if one.indicator in {SHARE, OWN})
    assert "B3" not in told and "老厂" not in told and "401" not in told


def test_until_the_last_day_read_only() -> None:
    first, kept, _all = seen({"building_land_samples": samples()}, as_of="2018-08-31")
    assert SHARE not in first
    assert "soil_building_summary" not in kept
