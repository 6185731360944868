"""Names that tables use, in every district that a plan binds."""

from __future__ import annotations

import pytest

from ecoreport.config.load import load_catalogue
from ecoreport.ingest.names import Names
from ecoreport.ingest.words import spoken
from ecoreport.project import Pair, Project

CATALOGUE = load_catalogue(Project.here())
BOUND = [name for name in CATALOGUE.districts if CATALOGUE.plans_binding(name)]


@pytest.mark.parametrize("district", BOUND)
def test_every_indicator_that_a_template_names_is_understood(district: str) -> None:
    names = Names.of(CATALOGUE, Pair(district, 2018)).indicators
    asked = {one.indicator for one in CATALOGUE.commitments_for(district) if one.indicator}
    misread = {
        one: names.get(spoken(CATALOGUE.indicators[one].zh))
        for one in asked
        if names.get(spoken(CATALOGUE.indicators[one].zh)) != one
    }
    assert misread == {}
