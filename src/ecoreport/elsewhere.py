"""Whether reports are made here or elsewhere: `ecoreport.cluster` needs packages of its own."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from types import ModuleType

from ecoreport.config.catalogue import Catalogue
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.produce import Wish
from ecoreport.progress import Progress
from ecoreport.project import Project

Maker = Callable[[Project, Catalogue, Sequence[Wish], Progress], int]


def maker(options: Namespace) -> Maker:
    """Return what makes many reports: this machine, or the workers of a scheduler.

    Raises
    ------
    InputError
        If the packages for the latter are not installed.
    """
    if options.scheduler:
        make = _module("client").make_reports_on
        return partial(make, options.scheduler, options.store)
    from ecoreport.batch import make_reports  # noqa: PLC0415

    return make_reports


def run_cluster(options: Namespace) -> int:
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
    trial.run_trial(Project.here(), asked, Progress())
    return 0


def _module(name: str) -> ModuleType:
    try:
        return import_module(f"ecoreport.cluster.{name}")
    except ModuleNotFoundError as error:
        raise InputError(
            _("多机运行需要 Dask：请用 make，或先运行 scripts/bootstrap.py run cluster")
        ) from error
