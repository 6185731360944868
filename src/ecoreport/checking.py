"""Imported by the fork server where tables have to be checked: the library loads once for all."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from ecoreport.errors import ParameterError
from ecoreport.validate.adapter import Outcome, preload
from ecoreport.validate.check import Task, check_here

# What keeps the library from loading is told by the check that needs it.
with suppress(Exception):
    preload()


def check(tasks: Sequence[Task]) -> list[list[Outcome]] | str:
    """Check tables in a process forked from the server; a mistake in a suite is its message."""
    try:
        return check_here(tasks)
    except ParameterError as error:
        return str(error)
