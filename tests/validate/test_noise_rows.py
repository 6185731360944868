"""Rows of noise at fault, where several files have rows of one number."""

from __future__ import annotations

import pandas as pd
import pytest
from sound_frames import SOUND
from test_suites import SUITES, run

from ecoreport.config.catalogue import Catalogue
from ecoreport.project import Project

OTHER = {"source_file": "data/raw/hailing/2018/另一份.xlsx"}
OTHER_SHEET = {"source_sheet": "下半年"}


def rows_at_fault(
    project: Project, catalogue: Catalogue, key: str, frames: dict[str, pd.DataFrame]
) -> tuple[int, ...]:
    dataset, name = key.split("/")
    [expectation] = [one for one in SUITES[dataset].expectations if one.about.key == name]
    return run(project, catalogue, dataset, frames, expectation).rows


@pytest.mark.parametrize("place", [OTHER, OTHER_SHEET])
def test_a_total_that_is_short_is_one_row_of_one_file(
    project: Project, catalogue: Catalogue, place: dict[str, str]
) -> None:
    frame = SOUND["noise_complaints"]()
    # The sources of January come to 24; row 2 of the first file is a sound one.
    total = frame.iloc[[0]].assign(source="all", complaints=23.0, source_row=2, **place)
    frames = {"noise_complaints": pd.concat([frame, total], ignore_index=True)}
    found = rows_at_fault(project, catalogue, "noise_complaints/sources_within_total", frames)
    assert found == (len(frame),)


@pytest.mark.parametrize("place", [OTHER, OTHER_SHEET])
def test_a_level_unlike_its_hours_is_one_row_of_one_file(
    project: Project, catalogue: Catalogue, place: dict[str, str]
) -> None:
    frame, hours = SOUND["noise_points"](), SOUND["noise_hourly"]()
    # The same number and the same level, of a point whose hours say another.
    louder = hours.assign(point="另一点位", level_db=hours["level_db"] + 5.0)
    second = frame.iloc[[1]].assign(point="另一点位", **place)
    frames = {
        "noise_points": pd.concat([frame, second], ignore_index=True),
        "noise_hourly": pd.concat([hours, louder], ignore_index=True),
    }
    for name in ("day_db_as_hours", "night_db_as_hours"):
        found = rows_at_fault(project, catalogue, f"noise_points/{name}", frames)
        assert found == (len(frame),)


@pytest.mark.parametrize("place", [OTHER, OTHER_SHEET])
def test_the_last_row_of_a_short_measurement_is_one_of_its_own_file(
    project: Project, catalogue: Catalogue, place: dict[str, str]
) -> None:
    whole = SOUND["noise_hourly"]()
    short = whole.iloc[:5].assign(point="另一点位", **place)
    frames = {"noise_hourly": pd.concat([whole, short], ignore_index=True)}
    found = rows_at_fault(project, catalogue, "noise_hourly/measured_whole", frames)
    assert found == (len(whole) + 4,)
