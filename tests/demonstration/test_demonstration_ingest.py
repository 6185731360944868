"""The project's own reader takes every generated file, and nothing in them stops a report."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.vocabulary import Maturity
from ecoreport.demonstration.air_files import air_days, air_hours
from ecoreport.demonstration.departmental import DepartmentalFile
from ecoreport.demonstration.profiles import AirFile, rows_of
from ecoreport.ingest.gather import Ingested, ingest
from ecoreport.project import Pair, Project


@pytest.fixture(scope="module")
def elsewhere(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The same parameters and demonstration files at a root without raw data."""
    root: Path = tmp_path_factory.mktemp("project")
    (root / "params").symlink_to(project.params)
    shutil.copytree(project.root / "data" / "demonstration", root / "data" / "demonstration")
    return Project(root)


@pytest.fixture(scope="module")
def ingested(elsewhere: Project, pair: Pair, catalogue: Catalogue) -> Ingested:
    return ingest(elsewhere, pair, catalogue)


def test_every_file_is_read_and_nothing_stops(
    elsewhere: Project, pair: Pair, ingested: Ingested
) -> None:
    expected = {
        file.dataset
        for table, model in (("air_files", AirFile), ("departmental_files", DepartmentalFile))
        for file in rows_of(elsewhere, table, model, pair)
    }
    assert set(ingested.frames) == expected
    assert {one.path for one in ingested.sources} == {
        elsewhere.relative(path) for path in elsewhere.demonstration(pair).iterdir()
    }
    assert not any(one.ignored_because for one in ingested.sources)
    assert "stop" not in set(ingested.problems["severity"])
    assert all(frame.empty for frame in ingested.aside.values())


def test_every_row_is_demonstration(ingested: Ingested) -> None:
    for name, frame in ingested.frames.items():
        assert set(frame["maturity"]) == {Maturity.DEMONSTRATION}, name
        assert ingested.is_demonstration(name)


def test_what_is_read_is_what_was_generated(
    project: Project, pair: Pair, ingested: Ingested
) -> None:
    """All but the cells of faults come back through file, reader and units unchanged."""
    key = ["station", "date"]
    made = air_days(project, pair, air_hours(project, pair).values).set_index(key).sort_index()
    read = ingested.frames["air_daily"].drop_duplicates(key).set_index(key).sort_index()
    for column in made.columns:
        both = read[column].to_frame("read").join(made[column].rename("made"))
        unequal = both[both["read"].notna() & (both["read"] != both["made"])]
        lost = both[both["read"].isna() & both["made"].notna()]
        # Values below the detection limit read as half of it; flagged ones are gone.
        assert len(unequal) <= 2, column
        assert len(lost) <= 5, column
    missing = made.index.difference(read.index)
    assert made.loc[missing].isna().all(axis=None)


def test_flags_of_2018_reach_the_cleaning_log(ingested: Ingested, pair: Pair) -> None:
    if pair.year == 2018:
        flags = Counter(ingested.cleaning["air_daily"]["flag"])
        assert flags["W"] >= 5
        assert flags["B"] >= 12 * 6
        assert flags["RM"] == 2
        assert flags["<"] == 2
        assert flags["H"] > 0
    else:
        assert set(ingested.cleaning["air_daily"]["flag"]) == {""}
