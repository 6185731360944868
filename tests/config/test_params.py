"""The project's own parameters: Hailing's plan, its stations, words and colours."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter

import pytest

import ecoreport.observe.air
import ecoreport.observe.reported  # noqa: F401 - registers its statistics
from ecoreport.assess.derive import DERIVATIONS
from ecoreport.config.catalogue import Catalogue
from ecoreport.config.load import load_catalogue
from ecoreport.config.vocabulary import Attribute, Kind
from ecoreport.observe.registry import statistics
from ecoreport.project import Project


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(Project.here())


def test_hailing_has_37_indicators_18_binding_19_reference(catalogue: Catalogue) -> None:
    counted = catalogue.plans["hailing"].counted()
    assert [one.seq for one in counted] == list(range(1, 38))
    assert Counter(one.attribute for one in counted) == {
        Attribute.BINDING: 18,
        Attribute.REFERENCE: 19,
    }


def test_six_fields_and_ten_tasks_hold_each_number_once(catalogue: Catalogue) -> None:
    fields = catalogue.plans["hailing"].fields
    tasks = [task for field in fields for task in field.tasks]
    assert (len(fields), len(tasks)) == (6, 10)
    assert [seq for task in tasks for seq in task.seq] == list(range(1, 38))


def test_a_part_shares_number_attribute_and_departments_of_its_whole(catalogue: Catalogue) -> None:
    plan = catalogue.plans["hailing"]
    for whole in plan.counted():
        for part in plan.parts_of(whole):
            assert (part.seq, part.attribute, part.responsible, part.deadline) == (
                whole.seq,
                whole.attribute,
                whole.responsible,
                whole.deadline,
            )


def test_two_part_indicators_are_judged_in_all_parts(catalogue: Catalogue) -> None:
    plan = catalogue.plans["hailing"]
    composites = {
        one.seq: {part.kind for part in plan.parts_of(one)}
        for one in plan.commitments
        if one.kind is Kind.COMPOSITE and one.combine == "all"
    }
    assert composites == {
        9: {Kind.ASSIGNED},
        10: {Kind.ASSIGNED},
        11: {Kind.LEVEL, Kind.NOT_LOWER},
        13: {Kind.QUALITATIVE},
        21: {Kind.LEVEL, Kind.ASSIGNED},
        22: {Kind.LEVEL, Kind.ASSIGNED},
        24: {Kind.LEVEL},
    }


def test_every_statistic_has_its_function_and_every_function_its_indicator(
    catalogue: Catalogue,
) -> None:
    named = {one.statistic for one in catalogue.observed()}
    assert named == {*statistics(), *DERIVATIONS}


def test_every_indicator_that_is_an_argument_exists(catalogue: Catalogue) -> None:
    """A change rests on another indicator of the table."""
    changes = [one for one in catalogue.indicators.values() if "last_year" in one.statistic]
    assert changes
    for one in changes:
        assert one.argument in catalogue.indicators, one.id


def test_definitions_that_were_not_read_are_marked(catalogue: Catalogue) -> None:
    for one in catalogue.indicators.values():
        if "未读到" in one.source or "待核" in one.source:
            assert not one.is_verified, one.id


def test_both_industrial_waste_indicators_exist_and_one_is_judged(catalogue: Catalogue) -> None:
    """Annex 1 and Annex 2 name two indicators under number 25."""
    both = {
        "waste.industrial_solid_waste_use_rate",
        "waste.industrial_solid_waste_disposal_use_rate",
    }
    judged = {one.indicator for one in catalogue.commitments_for("hailing")}
    assert both <= set(catalogue.indicators)
    assert judged & both == {"waste.industrial_solid_waste_disposal_use_rate"}


def test_hailing_has_three_national_stations(catalogue: Catalogue) -> None:
    codes = [station.code for station in catalogue.stations("hailing", 2018)]
    assert codes == ["1206A", "1207A", "1209A"]
    assert catalogue.stations("hailing", 2018, role="control") == ()
    assert [one.id for one in catalogue.lineage("hailing")] == ["hailing", "taizhou", "jiangsu"]


@pytest.mark.parametrize("name", ["区农委", "农委", "海陵区农委", "hailing-agriculture"])
def test_departments_are_known_by_their_names(catalogue: Catalogue, name: str) -> None:
    found = catalogue.department_named("hailing", name)
    assert found is not None
    assert found.id == "hailing-agriculture"
    assert catalogue.department_named("taizhou", name) is None


def test_verdicts_are_told_apart_without_colour_and_read_on_white(catalogue: Catalogue) -> None:
    styles = list(catalogue.verdicts.values())
    assert len({style.shape for style in styles}) == len(styles)
    for style in styles:
        assert contrast(style.colour, "#FFFFFF") >= 4.5, style.verdict
        paper = "#FFFFFF" if style.pattern == "outline" else style.colour
        assert contrast(style.ink, paper) >= 4.5, style.verdict


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part, 16) / 255 for part in re.findall("[0-9A-F]{2}", colour)]
    linear = [x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return sum(x * weight for x, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def test_reading_needs_no_pandas() -> None:
    """The command line reads the parameters before it knows whether it has anything to do."""
    code = (
        "import sys; from ecoreport.config.load import load_catalogue;"
        "from ecoreport.project import Project; load_catalogue(Project.here());"
        "sys.exit('pandas' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("plan", sorted(load_catalogue(Project.here()).plans))
def test_no_two_duties_of_one_place_share_what_is_confirmed(plan: str) -> None:
    kinds = {Kind.QUALITATIVE, Kind.MILESTONE, Kind.RECURRING, Kind.EVENT_FREE}
    asked = [
        (one.indicator, one.scope)
        for one in load_catalogue(Project.here()).plans[plan].commitments
        if one.kind in kinds
    ]
    assert [one for one, n in Counter(asked).items() if n > 1] == []
