from pathlib import Path

import pytest

from ecoreport.project import Pair, Project

YEARS = (2016, 2017, 2018)


@pytest.fixture(scope="session")
def project() -> Project:
    return Project(Path(__file__).parents[2])


@pytest.fixture(params=YEARS, scope="session")
def pair(request: pytest.FixtureRequest) -> Pair:
    return Pair("hailing", request.param)
