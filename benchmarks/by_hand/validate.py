"""Check the data of a report, as a script of one's own would: ``validate.py DISTRICT YEAR``."""

from __future__ import annotations

import sys

import great_expectations  # noqa: F401 - as a script that checks with it begins

from ecoreport.config.load import load_catalogue
from ecoreport.ingest.gather import ingest
from ecoreport.inputs import pairs_read
from ecoreport.project import Project
from ecoreport.validate import adapter
from ecoreport.validate.examine import validate

# The library as it comes, asked for everything at once.
adapter.lean = lambda: None  # type: ignore[assignment]
adapter.WHETHER = adapter.WHERE
adapter._is_to_ask = lambda _kwargs, _outcome: False


def main(district: str, year: str) -> int:
    project = Project.here()
    catalogue = load_catalogue(project)
    for pair in pairs_read(project, catalogue, project.pair(district, year)):
        validation = validate(project, pair, catalogue, ingest(project, pair, catalogue))
        if validation.stopped_datasets:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
