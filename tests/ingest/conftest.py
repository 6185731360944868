from pathlib import Path

import pytest

from ecoreport.config.load import load_catalogue
from ecoreport.ingest.names import Names
from ecoreport.ingest.records import Records
from ecoreport.ingest.rules import Rules
from ecoreport.ingest.tables import read_tables
from ecoreport.ingest.units import Units
from ecoreport.project import Pair, Project

ROOT = Path(__file__).parents[2]
PAIR = Pair("hailing", 2018)


@pytest.fixture(scope="session")
def catalogue():
    return load_catalogue(Project(ROOT))


@pytest.fixture(scope="session")
def units():
    return Units(ROOT / "params" / "units.csv")


@pytest.fixture(scope="session")
def rules(catalogue, units):
    """Rules of each dataset for Hailing and 2018."""
    names = Names.of(catalogue, PAIR)
    return {
        dataset.id: Rules(dataset, names, units, PAIR.year)
        for dataset in catalogue.datasets.values()
    }


@pytest.fixture
def project(tmp_path):
    """An empty project with the parameters of this one."""
    (tmp_path / "params").symlink_to(ROOT / "params")
    return Project(tmp_path.resolve())


@pytest.fixture
def read(rules):
    """Read one file: its frame and what the reading left behind."""

    def reading(path, dataset="air_daily"):
        records = Records(dataset)
        return read_tables(path, path.name, rules[dataset], records), records

    return reading
