from pathlib import Path

import pytest

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.load import load_catalogue
from ecoreport.project import Pair, Project

YEARS = (2016, 2017, 2018)


@pytest.fixture(scope="session")
def project() -> Project:
    return Project(Path(__file__).parents[2])


@pytest.fixture(scope="session")
def catalogue(project: Project) -> Catalogue:
    return load_catalogue(project)


@pytest.fixture(params=YEARS, scope="session")
def pair(request: pytest.FixtureRequest) -> Pair:
    return Pair("hailing", request.param)


@pytest.fixture(
    params=[Pair(district, year) for district in ("hailing", "wuxi") for year in YEARS],
    ids=lambda pair: f"{pair.district}-{pair.year}",
    scope="session",
)
def any_pair(request: pytest.FixtureRequest) -> Pair:
    pair: Pair = request.param
    return pair
