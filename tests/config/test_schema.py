from __future__ import annotations

import re

import pytest

from ecoreport.config.schema import SCHEMAS, schema_text
from ecoreport.project import Project

PARAMS = Project.here().params


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_up_to_date(name: str) -> None:
    path = PARAMS / "schemas" / f"{name}.json"
    assert path.read_text(encoding="utf-8") == schema_text(SCHEMAS[name]), (
        "run python -m ecoreport.config.schema"
    )


def test_yaml_files_name_their_schema() -> None:
    """Editors find the schema by the comment in the head of each file."""
    expected = {
        "districts/*/district.yml": "district",
        "districts/*/2*.yml": "district-year",
        "districts/*/corrections.yml": "corrections",
        "plans/*/plan.yml": "plan",
        "report.yml": "report",
    }
    for pattern, name in expected.items():
        for path in PARAMS.glob(pattern):
            head = path.read_text(encoding="utf-8").partition("\n")[0]
            named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", head)
            assert named, path
            assert (path.parent / named[1]).resolve() == PARAMS / "schemas" / f"{name}.json"
