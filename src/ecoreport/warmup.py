"""What is started before anything else: processes that import while this one reads and computes."""

from __future__ import annotations

from contextlib import ExitStack

from ecoreport.errors import InputError
from ecoreport.project import Project
from ecoreport.run import choose_engine, start_warm_server
from ecoreport.validate.worker import Validator, start_validator

PRELOADED = (
    "ecoreport.rendered",
    "ecoreport.drawings.air",
    "ecoreport.drawings.departments",
    "ecoreport.drawings.overview",
)
"""What children need beside the notebooks' own imports: rendering, charts, tables."""


def warm_up(stack: ExitStack, district: str, year: str, engine: str) -> Validator | None:
    """Start the notebooks' server, and a validator where nothing was validated yet.

    Parameters
    ----------
    stack : ExitStack
        Ends what was started.
    district, year : str
        As given, not yet checked: where they are wrong no validator is started.

    Returns
    -------
    Validator or None
        None where an earlier validation may still hold.
    """
    if choose_engine(engine) == "warm":
        start_warm_server(PRELOADED)
    project = Project.here()
    try:
        validated = project.processed(project.pair(district, year)) / "validation.json"
    except InputError:
        return None
    return None if validated.exists() else stack.enter_context(start_validator())
