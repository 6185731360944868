"""What reading leaves behind beside the frames: log entries, problems, rows set aside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter
from typing import Final

import pandas as pd

from ecoreport.config.vocabulary import Severity


@dataclass(frozen=True)
class Place:
    """Where something stands."""

    file: str
    """Relative to the project."""
    sheet: str = ""
    row: int = 0
    """1-based, as Excel shows it; 0 for the whole sheet or file."""
    column: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of the cleaning log."""

    source_file: str
    source_sheet: str
    source_row: int
    column: str
    raw: str
    value: str
    flag: str
    is_valid: bool
    reason: str


@dataclass(frozen=True)
class Problem:
    """Something that a person has to look at."""

    dataset: str
    severity: str
    file: str
    sheet: str
    row: int
    column: str
    value: str
    message: str
    rows: int = 1
    """How many rows have it; `row` is the first."""


@dataclass(frozen=True)
class Aside:
    """A row that no frame can hold, as it stands."""

    source_file: str
    source_sheet: str
    source_row: int
    reason: str
    cells: str


@dataclass
class Records:
    """Collects while one dataset is read."""

    dataset: str
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    header_units: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    """Units that headers state, other than the canonical ones: by file, sheet and column."""

    def problem(
        self, severity: Severity, place: Place, message: str, value: str = "", rows: int = 1
    ) -> None:
        """Note a problem."""
        self.problems.append(
            Problem(
                self.dataset,
                severity.value,
                place.file,
                place.sheet,
                place.row,
                place.column,
                value[:VALUE_LENGTH],
                message,
                rows,
            )
        )


VALUE_LENGTH: Final = 200


def gathered(problems: Iterable[Problem]) -> list[Problem]:
    """Join problems that differ only in their row: the first row stays, the rows are counted."""
    found: dict[tuple[object, ...], Problem] = {}
    for one in problems:
        key = (one.severity, one.file, one.sheet, one.column, one.value, one.message)
        earlier = found.get(key)
        found[key] = replace(earlier, rows=earlier.rows + one.rows) if earlier else one
    return list(found.values())


def frame_of(records: Iterable[object], kind: type) -> pd.DataFrame:
    """Return one row a record; the columns are those of the dataclass `kind`."""
    names = [one.name for one in fields(kind)]
    return pd.DataFrame(list(map(attrgetter(*names), records)), columns=names)
