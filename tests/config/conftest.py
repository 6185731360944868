from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ecoreport.config.load import load_catalogue
from ecoreport.errors import ParameterError
from ecoreport.project import Project

Edit = Callable[[str, str, str], int]
Complaints = Callable[[], list[str]]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of the project's own parameters, to be spoilt."""
    shutil.copytree(Project.here().params, tmp_path / "params")
    return Project(tmp_path.resolve())


@pytest.fixture
def edit(project: Project) -> Edit:
    """Replace text that stands once in a file of ``params/``; return its line."""

    def replace(file: str, old: str, new: str) -> int:
        path = project.params / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (file, old, text.count(old))
        path.write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    return replace


@pytest.fixture
def complaints(project: Project) -> Complaints:
    """What reading the copy complains of, a line each."""

    def read() -> list[str]:
        with pytest.raises(ParameterError) as raised:
            load_catalogue(project)
        return [line.strip() for line in str(raised.value).splitlines()[1:]]

    return read
