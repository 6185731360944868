"""Real hours of 2019, not audited: nothing in them stops, what is odd is named."""

from __future__ import annotations

import shutil
from pathlib import Path

from ecoreport.config.load import load_catalogue
from ecoreport.ingest.gather import ingest
from ecoreport.ingest.imports import import_source
from ecoreport.project import Pair, Project
from ecoreport.validate.examine import validate

PAIR = Pair("hailing", 2019)


def test_real_hours_do_not_stop(shared: Path, tmp_path: Path) -> None:
    for name in ("params", "expectations"):
        shutil.copytree(Project.here().root / name, tmp_path / name)
    project = Project(tmp_path.resolve())
    catalogue = load_catalogue(project)
    folder = shared / "data" / "air" / "cnemc-station-hourly-2019"
    archive = folder / "sites_hourly_2019_target_cities_wide.csv.gz"
    import_source(project, PAIR, "cnemc", [str(archive)], catalogue)
    validation = validate(project, PAIR, catalogue, ingest(project, PAIR, catalogue))
    assert validation.stopped_datasets == frozenset()
    failed = {one.key: one.n_faults for one in validation.checks if not one.is_passed}
    assert failed["pm25_within_pm10"] == 376
    assert failed["no2_ug_m3_usual"] == 2
    (short,) = [
        one
        for one in validation.by_check[("air_hourly", "enough_hours")]
        if one.column == "pm25_ug_m3" and "公园路 1206A 2019-08" in str(one.reason)
    ]
    assert "08-22…08-25" in str(short.reason)
