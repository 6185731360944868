"""What validation found: one check for each expectation, one finding for each row at fault."""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import cached_property

from ecoreport.config.models import Strict
from ecoreport.config.vocabulary import Severity
from ecoreport.message import N_, Message, message

NOTHING = Message(text="")
UNSHOWN = N_("{n} 处不符；内部数据不列明细，逐行结果见 make check")


class Finding(Strict):
    """A row, a cell or a whole table that does not meet an expectation."""

    dataset: str
    severity: Severity
    expectation: str
    """Key of the check it belongs to."""
    column: str = ""
    """Header as the table carries it, or the canonical name."""
    file: str = ""
    sheet: str = ""
    row: int | None = None
    """Number as Excel shows it."""
    value: str = ""
    reason: Message


class Check(Strict):
    """One expectation, what was seen, and how many rows are at fault."""

    dataset: str
    key: str
    severity: Severity
    description: Message
    advice: Message = NOTHING
    """What to do about a fault."""
    is_passed: bool
    observed: Message = NOTHING
    n_faults: int = 0
    """All of them; of warnings, only the first ones are kept as findings."""


class Validation(Strict):
    """All checks and findings of one district and year."""

    checks: tuple[Check, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def stopped_datasets(self) -> frozenset[str]:
        """Datasets with a failed expectation that stops."""
        return frozenset(
            check.dataset
            for check in self.checks
            if not check.is_passed and check.severity is Severity.STOP
        )

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Findings that do not stop."""
        return tuple(one for one in self.findings if one.severity is Severity.WARNING)

    def n_places(self, series: Set[str]) -> int:
        """Return how many things there are to look at: what has one cause counts once.

        A cell counts once, whatever it was found at fault for. In tables of measurements rows that
        follow each other are hours or days of one event.

        Parameters
        ----------
        series : set of str
            Datasets whose rows are measurements in the order of time.
        """
        tables = [one for one in self.warnings if one.row is None]
        cells: dict[tuple[str, ...], set[int]] = {}
        for one in self.warnings:
            if one.row is not None:
                place = (one.dataset, one.file, one.sheet, one.column)
                cells.setdefault(place, set()).add(one.row)
        return len(tables) + sum(
            sum(row - 1 not in rows for row in rows) if place[0] in series else len(rows)
            for place, rows in cells.items()
        )

    def without_rows(self, datasets: Set[str]) -> Validation:
        """Return what may be told where the rows of some datasets may not be shown.

        Of those, one finding stands for all of a check: how many, and not which.
        """
        counted = [
            Finding(
                dataset=check.dataset,
                severity=check.severity,
                expectation=check.key,
                reason=message(UNSHOWN, n=check.n_faults),
            )
            for check in self.checks
            if check.dataset in datasets and not check.is_passed
        ]
        shown = (one for one in self.findings if one.dataset not in datasets)
        return self.model_copy(update={"findings": (*shown, *counted)})

    @cached_property
    def by_check(self) -> dict[tuple[str, str], tuple[Finding, ...]]:
        """Findings by dataset and key of their check."""
        return _grouped(self.findings)


def _grouped(findings: Iterable[Finding]) -> dict[tuple[str, str], tuple[Finding, ...]]:
    groups: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        groups.setdefault((one.dataset, one.expectation), []).append(one)
    return {key: tuple(group) for key, group in groups.items()}
