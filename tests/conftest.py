import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data and published examples, which stands outside the project."""
    beside = Path(__file__).parents[2] / "shared"
    folder = Path(os.environ.get("ECOREPORT_SHARED") or beside)
    if not folder.is_dir():
        pytest.skip("real data not found: set ECOREPORT_SHARED to its folder")
    return folder
