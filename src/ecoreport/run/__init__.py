"""Run notebooks: parameters checked, children warm, failures named.

Examples
--------
>>> start_warm_server(["ecoreport.render"])  # doctest: +SKIP
>>> results = run_notebooks([NotebookJob(notebook, output, {"year": 2018})])  # doctest: +SKIP
>>> raise_if_failed(results)  # doctest: +SKIP
"""

from ecoreport.run.content import strip_times
from ecoreport.run.job import JobResult, NotebookError, NotebookJob, Step, raise_if_failed
from ecoreport.run.parameters import check_parameters
from ecoreport.run.pool import (
    DEFAULT_TIMEOUT_SECONDS,
    Pool,
    choose_engine,
    run_notebooks,
    start_warm_server,
)

__all__ = [
    "DEFAULT_TIMEOUT_SECONDS",
    "JobResult",
    "NotebookError",
    "NotebookJob",
    "Pool",
    "Step",
    "check_parameters",
    "choose_engine",
    "raise_if_failed",
    "run_notebooks",
    "start_warm_server",
    "strip_times",
]
