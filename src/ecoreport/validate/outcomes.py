"""From what an expectation found to a check and its findings: places, values and sentences."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from string import Formatter
from typing import Any, Final

import pandas as pd

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.layouts import Column, Dataset
from ecoreport.config.rectification import problem_id
from ecoreport.config.vocabulary import Severity
from ecoreport.ingest.cells import text_of
from ecoreport.message import N_, Message, message
from ecoreport.project import Pair
from ecoreport.validate import faults
from ecoreport.validate.adapter import Outcome
from ecoreport.validate.finding import Check, Finding
from ecoreport.validate.received import Received, shown
from ecoreport.validate.suite import Expectation

NOT_NULL: Final = "expect_column_values_to_not_be_null"
MOST_WARNINGS: Final = 500
"""Findings kept of one check that warns; all are counted. Those of a stop are all kept."""


@dataclass(frozen=True)
class Telling:
    """Tells what was found in one dataset.

    Attributes
    ----------
    frame : pandas.DataFrame
        Canonical, on an index from 0.
    received : Received
        What stood in a cell before it was read.
    """

    catalogue: Catalogue
    pair: Pair
    dataset: Dataset
    frame: pd.DataFrame
    received: Received

    def once(self, expectation: Expectation, outcome: Outcome) -> Outcome:
        """Return an outcome without the cells that reading has already warned of.

        What could not be read is not also missing. A stop stays: reading does not stop for it.
        """
        if expectation.type != NOT_NULL or expectation.about.severity is Severity.STOP:
            return outcome
        rows = self.frame.iloc[list(outcome.rows)].to_dict("records") if outcome.rows else []
        left = tuple(
            number
            for number, row in zip(outcome.rows, rows, strict=True)
            if not self.received.is_unreadable(_named(row), expectation.column)
        )
        if left == outcome.rows:
            return outcome
        is_passed = not left and not outcome.faults
        return outcome.model_copy(update={"rows": left, "is_passed": is_passed})

    def check(self, expectation: Expectation, outcome: Outcome) -> Check:
        """Return the check that an expectation is."""
        about = expectation.about
        return Check(
            dataset=self.dataset.id,
            key=about.key,
            severity=about.severity,
            description=_worded(about.description, self._arguments(expectation)),
            advice=message(about.advice),
            is_passed=outcome.is_passed,
            observed=_observed(outcome),
            n_faults=len(outcome.rows) + len(outcome.faults),
        )

    def findings(self, expectation: Expectation, outcome: Outcome) -> Iterator[Finding]:
        """Yield a finding for each row or fault, of warnings the first `MOST_WARNINGS`."""
        about = expectation.about
        most = MOST_WARNINGS if about.severity is Severity.WARNING else None
        arguments = self._arguments(expectation)
        # Most expectations find nothing: an empty frame would cost as much as a full one.
        rows = self.frame.iloc[list(outcome.rows[:most])] if outcome.rows else None
        for cells in rows.to_dict("records") if rows is not None else ():
            row = _named(cells)
            told = {name: self._told(name, cell) for name, cell in row.items()}
            told |= self._plausible(row)
            value = self.received.text(row, expectation.column)
            figure = self.received.figure(row, expectation.column)
            yield Finding(
                dataset=self.dataset.id,
                severity=about.severity,
                expectation=about.key,
                column=expectation.column,
                file=str(row.get("source_file", "")),
                sheet=str(row.get("source_sheet", "")),
                row=int(row["source_row"]) if "source_row" in row else None,
                value=value,
                reason=_worded(about.reason, {**told, **arguments, "value": figure}),
            )
        for fault in outcome.faults[:most]:
            column = fault.get("column", expectation.column).split(faults.BETWEEN_SPANS)[0]
            said = {name: self._told_fault(name, text) for name, text in fault.items()}
            yield Finding(
                dataset=self.dataset.id,
                severity=about.severity,
                expectation=about.key,
                column=column,
                value=fault.get("value", ""),
                reason=_worded(about.reason, {**arguments, **said}),
            )

    def _arguments(self, expectation: Expectation) -> dict[str, str]:
        """Return the expectation's plain arguments, its column's header and unit."""
        plain = {
            name: text_of(value)
            for name, value in expectation.kwargs.items()
            if isinstance(value, str | int | float) and not isinstance(value, bool)
        }
        column = self._columns.get(expectation.column)
        header = {"column": column.zh, "unit": column.unit} if column else {}
        return plain | header

    @cached_property
    def _columns(self) -> dict[str, Column]:
        return {one.name: one for one in self.dataset.columns}

    def _told(self, column: str, cell: object) -> str:
        """Write a cell as a reader knows it: a station's name beside its code."""
        if pd.isna(cell):  # type: ignore[call-overload]
            return "—"
        known = self._columns.get(column)
        if known is None:
            return shown(cell)
        if known.type == "choice":
            return next(iter(known.choices.get(str(cell), ())), str(cell))
        return self._names.get(known.type, {}).get(str(cell), shown(cell))

    def _plausible(self, row: Mapping[str, Any]) -> dict[str, str]:
        """Return what the figure of a row can well be, by the columns of ``plausible.csv``."""
        name = str(row.get("indicator", self._indicator_of.get(str(row.get("commitment")), "")))
        known = self.catalogue.plausible.get(name)
        if known is None:
            return {}
        limits = known.model_dump(exclude={"indicator", "source"}, exclude_none=True)
        return {one: text_of(limit) for one, limit in limits.items()}

    @cached_property
    def _indicator_of(self) -> dict[str, str]:
        bound = self.catalogue.commitments_for(self.pair.district)
        return {one.id: one.indicator for one in bound}

    def _told_fault(self, name: str, text: str) -> str | tuple[str, ...]:
        if name == "spans":
            return tuple(text.split(faults.BETWEEN_SPANS))
        if name == "column":
            named = [
                self._columns[one].zh if one in self._columns else one
                for one in text.split(faults.BETWEEN_SPANS)
            ]
            return named[0] if len(named) == 1 else tuple(named)
        if name != "group":
            return text
        known = self.catalogue.indicators.get(text)
        return known.zh if known else self._stations.get(text, text)

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        """What readers call a thing, by the type of column that names it."""
        plans = self.catalogue.plans_of(self.pair.district)
        bound = self.catalogue.commitments_for(self.pair.district)
        return {
            "station": self._stations,
            "indicator": {name: one.zh for name, one in self.catalogue.indicators.items()},
            "commitment": {one.id: one.title_zh for one in bound},
            "problem": {
                problem_id(plan.id, one): one.number for plan in plans for one in plan.problems
            },
        }

    @cached_property
    def _stations(self) -> dict[str, str]:
        stations = self.catalogue.districts[self.pair.district].stations
        return {one.code: f"{one.name_zh} {one.code}" for one in stations}


def _named(cells: Mapping[Hashable, Any]) -> dict[str, Any]:
    return {str(name): cell for name, cell in cells.items()}


def _worded(text: str, known: Mapping[str, str | tuple[str, ...]]) -> Message:
    """Return a message with those values that its text names; a dash for one nobody gives."""
    names = {name for _literal, name, _format, _conversion in Formatter().parse(text) if name}
    return message(text, **{name: known.get(name, "—") for name in sorted(names)})


def _observed(outcome: Outcome) -> Message:
    n_faults = len(outcome.rows) + len(outcome.faults)
    if outcome.n_checked is None:
        return message(N_("{faults} 处不符"), faults=n_faults)
    if not outcome.n_checked:
        return message(N_("没有数据"))
    return message(
        N_("查 {checked} 个，{faults} 个不符"), checked=outcome.n_checked, faults=n_faults
    )
