"""JSON Schemas of the YAML files under ``params/``, so that editors complete and check them.

``python -m ecoreport.config.schema`` writes them anew; a test fails when they are out of date.
"""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from ecoreport.config.assessment import AssessmentSettings
from ecoreport.config.corrections import Corrections
from ecoreport.config.layouts import Dataset
from ecoreport.config.models import District, DistrictYear, Plan
from ecoreport.config.presentation import ReportSettings
from ecoreport.project import Project

SCHEMAS: dict[str, type[BaseModel]] = {
    "assessment": AssessmentSettings,
    "corrections": Corrections,
    "dataset": Dataset,
    "district": District,
    "district-year": DistrictYear,
    "plan": Plan,
    "report": ReportSettings,
}
"""Models by the name of their file in ``params/schemas/``."""


def schema_text(model: type[BaseModel]) -> str:
    """Return the JSON Schema of a model as it stands in its file."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(schema | model.model_json_schema(), ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path) -> None:
    """Write all schemas into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, model in SCHEMAS.items():
        (folder / f"{name}.json").write_text(schema_text(model), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_schemas(Project.here().params / "schemas")
