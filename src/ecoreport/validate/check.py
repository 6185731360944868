"""Tables against their suites: in this process, or wherever a validator has them checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from ecoreport.validate import adapter
from ecoreport.validate.adapter import Outcome

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Task:
    """One frame to check, as :func:`ecoreport.validate.adapter.check_frame` takes it."""

    frame: pd.DataFrame
    suite: dict[str, Any]
    parameters: dict[str, Any]


class Validator(Protocol):
    """Whatever checks frames."""

    def check(self, tasks: Sequence[Task]) -> list[list[Outcome]]:
        """Return what :func:`check_here` gives."""


def check_here(tasks: Sequence[Task]) -> list[list[Outcome]]:
    """Check in this process, which loads the library: the reference for every validator."""
    return [adapter.check_frame(one.frame, one.suite, one.parameters) for one in tasks]
