"""Volumes of sewage works beside the area's, where several sources tell one of them."""

from __future__ import annotations

import pandas as pd
import pytest
from sound_frames import SOUND
from test_suites import SUITES, run

from ecoreport.config.catalogue import Catalogue
from ecoreport.project import Project

[ADD_UP] = [
    one for one in SUITES["sewage_plants"].expectations if one.about.key == "volumes_add_up"
]


@pytest.mark.parametrize("dataset", ["sewage", "sewage_plants"])
@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize(("maturity", "is_passed"), [("provisional", True), ("verified", False)])
def test_the_better_checked_of_two_rows_counts(
    project: Project,
    catalogue: Catalogue,
    dataset: str,
    is_first: bool,
    maturity: str,
    is_passed: bool,
) -> None:
    frames = {name: SOUND[name]() for name in ("sewage", "sewage_plants")}
    sound = frames[dataset]
    other = sound.iloc[[0]].assign(
        treated_10k_m3=sound["treated_10k_m3"] / 2, maturity=maturity, source_file="另一份.xlsx"
    )
    parts = [other, sound] if is_first else [sound, other]
    frames[dataset] = pd.concat(parts, ignore_index=True)
    outcome = run(project, catalogue, "sewage_plants", frames, ADD_UP)
    assert outcome.is_passed is is_passed
