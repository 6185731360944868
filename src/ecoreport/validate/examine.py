"""The step itself: ingested frames in, a validation out; nothing is redone for the same content."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from importlib.metadata import version
from typing import Final

from ecoreport.config.catalogue import Catalogue
from ecoreport.ingest.gather import Ingested
from ecoreport.keys import code_of, frame_digest
from ecoreport.project import Pair, Project
from ecoreport.store import read_json, write_json
from ecoreport.validate.check import Task, Validator, check_here
from ecoreport.validate.finding import Validation
from ecoreport.validate.outcomes import Telling
from ecoreport.validate.parameters import parameters_of
from ecoreport.validate.reading import reading_checks
from ecoreport.validate.received import Received
from ecoreport.validate.situation import Situation
from ecoreport.validate.suite import Suite, read_suite

VALIDATION_FILE: Final = "validation.json"
ROOTS: Final = ("ecoreport.validate.examine",)
"""What a validation runs, and all that it imports: standards among them."""


def validate(
    project: Project,
    pair: Pair,
    catalogue: Catalogue,
    ingested: Ingested,
    *,
    validator: Validator | None = None,
    today: dt.date | None = None,
) -> Validation:
    """Hold every frame against its suite.

    Parameters
    ----------
    project : Project
    pair : Pair
    catalogue : Catalogue
    ingested : Ingested
        Frames, cleaning log and problems; a problem is a finding of its own severity.
    validator : Validator, optional
        Worker that has begun to import the library; without it, this process imports it.
    today : datetime.date, optional
        Day after which a date lies in the future.

    Returns
    -------
    Validation
        Taken from ``validation.json`` where nothing changed that it depends on: then nothing is
        imported, and a worker is left alone.

    Raises
    ------
    ParameterError
        If a suite is at fault.
    """
    suites = {name: read_suite(project.expectations / f"{name}.json") for name in ingested.frames}
    tasks = {
        name: Task(frame.reset_index(drop=True), suites[name].as_json(), parameters)
        for name, frame in ingested.frames.items()
        if not frame.empty
        for parameters in [
            parameters_of(
                suites[name],
                Situation(
                    project,
                    catalogue,
                    pair,
                    catalogue.datasets[name],
                    frame,
                    today or dt.date.today(),
                    ingested.frames,
                    ingested.cleaning[name],
                    ingested.cleaning,
                ),
            )
        ]
    }
    path = project.processed(pair) / VALIDATION_FILE
    key = _key(catalogue, pair, ingested, tasks)
    if path.exists() and (kept := read_json(path)).get("key") == key:
        return Validation.model_validate(kept["validation"])
    found = _check(catalogue, pair, ingested, suites, tasks, validator)
    content = found.model_dump(mode="json", exclude_defaults=True)
    write_json(path, {"key": key, "validation": content})
    return found


def _check(
    catalogue: Catalogue,
    pair: Pair,
    ingested: Ingested,
    suites: dict[str, Suite],
    tasks: dict[str, Task],
    validator: Validator | None,
) -> Validation:
    checks, findings = reading_checks(ingested)
    check = validator.check if validator else check_here
    results = check(list(tasks.values())) if tasks else []
    for (name, task), outcomes in zip(tasks.items(), results, strict=True):
        dataset = catalogue.datasets[name]
        received = Received(dataset, ingested.cleaning[name], ingested.problems)
        telling = Telling(catalogue, pair, dataset, task.frame, received)
        by_key = {one.key: one for one in outcomes}
        for expectation in suites[name].expectations:
            if found := by_key.get(expectation.about.key):
                outcome = telling.once(expectation, found)
                checks.append(telling.check(expectation, outcome))
                findings += telling.findings(expectation, outcome)
    return Validation(checks=tuple(checks), findings=tuple(findings))


def _key(
    catalogue: Catalogue,
    pair: Pair,
    ingested: Ingested,
    tasks: dict[str, Task],
) -> str:
    """Return a hash of everything that a validation depends on."""
    content = {
        "pair": str(pair),
        "datasets": {name: catalogue.datasets[name].model_dump(mode="json") for name in tasks},
        "district": catalogue.districts[pair.district].model_dump(mode="json"),
        "indicators": {name: one.zh for name, one in catalogue.indicators.items()},
        "suites": {name: one.suite for name, one in tasks.items()},
        "parameters": {name: one.parameters for name, one in tasks.items()},
        "frames": {name: frame_digest(frame) for name, frame in ingested.frames.items()},
        "cleaning": {name: frame_digest(frame) for name, frame in ingested.cleaning.items()},
        "problems": ingested.problems.to_dict("records"),
        "code": code_of(ROOTS),
        "library": version("great-expectations"),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
