"""The report that a run hands to the processes of its notebooks, and what they read of it."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from ecoreport.report import Report, serve
from ecoreport.traced import Question, Traced

if TYPE_CHECKING:
    from ecoreport.assessment import Assessment
    from ecoreport.config.catalogue import Catalogue

_asked: set[Question] | None = None


def hand_over(report: Report) -> bytes:
    """Return a report for processes that run its notebooks; see :func:`take_over`."""
    return pickle.dumps(report)


def take_over(given: bytes) -> None:
    """Let :func:`ecoreport.report.open_report` give what a run computed; note what is read."""
    global _asked  # noqa: PLW0603 - a process runs one notebook
    report: Report = pickle.loads(given)  # noqa: S301 - from the process that started this one
    _asked = set()
    serve(
        replace(
            report,
            catalogue=cast("Catalogue", Traced(report.catalogue, "catalogue", _asked)),
            assessment=cast("Assessment", Traced(report.assessment, "assessment", _asked)),
            asked=_asked,
        )
    )


def asked() -> set[Question] | None:
    """Return what was read of the report that :func:`take_over` was given; None without one."""
    return _asked
