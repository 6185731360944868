from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.load import load_catalogue
from ecoreport.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with parameters and no data."""
    shutil.copytree(Project.here().params, tmp_path / "params")
    return Project(tmp_path.resolve())


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(Project.here())
