"""A detection limit is held against the section's own target, of its own kind of water."""

import datetime as dt

import pandas as pd
import pytest
from sound_frames import SOUND, YEAR

from ecoreport.config.catalogue import Catalogue
from ecoreport.ingest.records import Entry, frame_of
from ecoreport.project import Pair, Project
from ecoreport.validate.situation import Situation
from ecoreport.validate.water import WATER_PARAMETERS


@pytest.mark.parametrize(
    ("body", "target", "limit", "is_resolved"),
    [
        # Total phosphorus: 0.1 and 0.2 in rivers, 0.025 and 0.05 in lakes, at classes II and III.
        ("river", "III", 0.2, True),
        ("river", "III", 0.21, False),
        ("river", "II", 0.15, False),
        ("river", "IV", 0.25, True),
        ("lake", "III", 0.05, True),
        ("lake", "III", 0.06, False),
        ("river", None, 0.2, True),
        ("river", None, 0.21, False),
    ],
)
def test_the_limit_is_held_against_the_sections_own_target(
    project: Project,
    catalogue: Catalogue,
    body: str,
    target: str | None,
    limit: float,
    is_resolved: bool,
) -> None:
    listed = SOUND["water_sections"]().assign(water_body=body, target_class=target)
    frame = SOUND["water_monthly"]()
    first = frame.iloc[0]
    log = frame_of(
        [
            Entry(
                first["source_file"], first["source_sheet"], first["source_row"], "tp_mg_l",
                f"{limit}L", f"{limit / 2}", "<", is_valid=True, reason="低于检出限",
            )
        ],
        Entry,
    )  # fmt: skip
    dataset = catalogue.datasets["water_monthly"]
    frames = {"water_monthly": frame, "water_sections": listed}
    today, pair = dt.date(2019, 3, 1), Pair("wuxi", YEAR)
    situation = Situation(project, catalogue, pair, dataset, frame, today, frames, log)
    resolved = WATER_PARAMETERS["readings_resolved"](situation)
    assert ([first["section"], first["month"]] in resolved) is is_resolved
    everything = frame[["section", "month"]].drop_duplicates()
    assert len(pd.DataFrame(resolved).drop_duplicates()) == len(everything) - (not is_resolved)
