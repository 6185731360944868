"""Sentences on capacities beside what was generated."""

from __future__ import annotations

import pytest
from area_report import chapter_of, table

from ecoreport.drawings import capacity as drawings
from ecoreport.findings import capacity
from ecoreport.narrative import plain


def plant(waste, capacity_t_a, status="operating"):
    return {
        "facility": f"{waste} {status}", "waste": waste, "process": "incineration",
        "capacity_t_a": capacity_t_a, "status": status,
    }  # fmt: skip


def generated(waste, mass):
    return {"waste": waste, "period": "2018", "generated_t": mass}


@pytest.mark.parametrize(
    ("plants", "said"),
    [
        ([plant("hazardous", 4000.0)], "危险废物的投运能力小于产生量"),
        ([plant("hazardous", 5000.0)], "危险废物的投运能力不小于产生量"),
        ([plant("hazardous", None)], "没有既报能力又报产生量的废物，不能比较"),
        ([plant("medical", 90.0)], "医疗废物的投运能力不小于产生量"),
        ([plant("sludge", 90.0)], "没有既报能力又报产生量的废物，不能比较"),
    ],
)
def test_which_capacities_are_too_small(tmp_path, plants, said):
    tables = {
        "waste_facilities": table("waste_facilities", *plants),
        "waste_flows": table(
            "waste_flows", generated("hazardous", 5000.0), generated("medical", 0.0)
        ),
    }
    report = chapter_of(tmp_path, "waste", {2018: tables}).report
    assert plain(capacity.capacities_heading(report)) == said
    assert drawings.capacities(report).title == said


@pytest.mark.parametrize(
    ("plants", "said"),
    [
        (["hazardous"], "危险废物的产生量不是全年的，不与全年能力比较"),
        (
            ["hazardous", "medical"],
            "医疗废物的投运能力不小于产生量；危险废物的产生量不是全年的，不与全年能力比较",
        ),
    ],
)
def test_part_of_a_year_is_not_held_against_a_year(tmp_path, plants, said):
    half = {**generated("hazardous", 3000.0), "period": "2018-H1"}
    tables = {
        "waste_facilities": table("waste_facilities", *(plant(one, 4000.0) for one in plants)),
        "waste_flows": table("waste_flows", half, generated("medical", 90.0)),
    }
    report = chapter_of(tmp_path, "waste", {2018: tables}).report
    assert plain(capacity.capacities_heading(report)) == said
    assert drawings.capacities(report).data["need"].isna().tolist()[0]


def test_what_is_being_built_is_no_capacity_yet(tmp_path):
    plants = [plant("hazardous", 4000.0), plant("hazardous", 3000.0, "under_construction")]
    tables = {"waste_facilities": table("waste_facilities", *plants)}
    report = chapter_of(tmp_path, "waste", {2018: tables}).report
    (row,) = drawings.capacities(report).data.to_dict("records")
    assert (row["operating"], row["under_construction"]) == (4000, 3000)
