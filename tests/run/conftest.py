from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from ecoreport.run import NotebookJob

DECLARED = 'district: str = "hailing"\nyear: int = 2018\nshare: float = 0.5\nas_of: str = ""'

MakeJob = Callable[..., NotebookJob]


@pytest.fixture
def make_job(tmp_path: Path) -> MakeJob:
    """Write a notebook whose second cell declares parameters and the others are given."""

    def make(name: str, *sources: str, declared: str = DECLARED, **parameters: object):
        cells = [
            new_markdown_cell("# 环境空气", id="title"),
            new_code_cell(declared, metadata={"tags": ["parameters"]}, id="parameters"),
            *(new_code_cell(source, id=f"code-{at}") for at, source in enumerate(sources)),
        ]
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(new_notebook(cells=cells), path)
        return NotebookJob(path, tmp_path / "executed" / f"{name}.ipynb", parameters)

    return make
