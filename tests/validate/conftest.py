from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.load import load_catalogue
from ecoreport.project import Pair, Project

PARTS = ("params", "expectations", "templates")


@pytest.fixture(scope="session")
def pair() -> Pair:
    return Pair("hailing", 2018)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(Project.here())


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project without data, with the parameters, suites and templates of this one."""
    for name in PARTS:
        shutil.copytree(Project.here().root / name, tmp_path / name)
    return Project(tmp_path.resolve())
