"""What tasks ask of `ecoreport.cluster`, which needs packages that a report alone does not."""

from __future__ import annotations

from argparse import Namespace
from importlib import import_module
from types import ModuleType

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.progress import Progress
from ecoreport.project import Project


def run_cluster(project: Project, options: Namespace, progress: Progress) -> int:
    """Run a scheduler and workers on this machine until Ctrl-C.

    Raises
    ------
    InputError
        If an option is wrong, or the packages are not installed.
    EcoReportError
        If the address cannot be used.
    """
    trial = _module("trial")
    asked = trial.Trial.asked(options.workers, options.host, options.port)
    trial.run_trial(project, asked, progress)
    return 0


def _module(name: str) -> ModuleType:
    try:
        return import_module(f"ecoreport.cluster.{name}")
    except ModuleNotFoundError as error:
        raise InputError(
            _("多机运行需要 Dask：请用 make，或先运行 scripts/bootstrap.py run cluster")
        ) from error
