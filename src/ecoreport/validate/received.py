"""Cells as they were received: what stood there, in which unit, and what is held of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any, Final

import pandas as pd

from ecoreport.config.corrections import CORRECTED
from ecoreport.config.layouts import Column, Dataset
from ecoreport.ingest.cells import text_of
from ecoreport.ingest.records import VALUE_LENGTH
from ecoreport.ingest.words import normalise

PLACE: Final = ("source_file", "source_sheet", "source_row")
CLOSE_UNITS: Final = frozenset({"%", "‰"})
"""Written without a space after the number."""
NO_UNITS: Final = frozenset({"", "/"})
IN_UNIT: Final = "{value}（{held}）"
"""A figure as received, and in the unit in which it is held."""


@dataclass(frozen=True)
class Received:
    """What the cells of one dataset said before they were read.

    Attributes
    ----------
    cleaning : pandas.DataFrame
        The cleaning log: what stood in a cell that is not simply what it looked like.
    problems : pandas.DataFrame
        Of all datasets; see `Ingested`.
    """

    dataset: Dataset
    cleaning: pd.DataFrame
    problems: pd.DataFrame

    def text(self, row: Mapping[str, Any], column: str) -> str:
        """Return what stood in the cell, and what a letter put in its place."""
        stood = self._as_it_stood(row, column)
        corrected = row.get(f"{column}{CORRECTED}")
        return stood if pd.isna(corrected) else f"{stood} → {corrected}"

    def figure(self, row: Mapping[str, Any], column: str) -> str:
        """Return a cell with its unit and, where converted, what is held of it: 81.2‰（8.12%）.

        Anything but a plain number stays as `text` has it: it says itself what it is.
        """
        text, kind = self.text(row, column), self._columns.get(column)
        held, number = row.get(column), _plain(text)
        if kind is None or kind.type not in {"number", "quantity"} or number is None:
            return text
        is_quantity = kind.type == "quantity"
        own = row.get("unit") if is_quantity else kind.unit
        said = text + _suffix(row.get("unit_as_reported")) if is_quantity else text
        if pd.isna(held) or number == _plain(shown(held)):
            return said
        return IN_UNIT.format(value=said, held=shown(held) + _suffix(own))

    def is_unreadable(self, row: Mapping[str, Any], column: str) -> bool:
        """Whether reading has already said that nothing can be made of the cell."""
        return self._place(row, column) in self._unreadable

    def _as_it_stood(self, row: Mapping[str, Any], column: str) -> str:
        """Return a cell as the log keeps it, or the value itself."""
        place = self._place(row, column)
        if place in self._raw:
            return self._raw[place]
        cell = row.get(f"{column}_as_reported", row.get(column))
        return "" if pd.isna(cell) else shown(cell)

    @staticmethod
    def _place(row: Mapping[Any, Any], column: str) -> tuple[object, ...]:
        return (*(row.get(name) for name in PLACE), column)

    @cached_property
    def _columns(self) -> dict[str, Column]:
        return {one.name: one for one in self.dataset.columns}

    @cached_property
    def _raw(self) -> dict[tuple[object, ...], str]:
        places = self.cleaning[[*PLACE, "column"]]
        return dict(
            zip(places.itertuples(index=False, name=None), self.cleaning["raw"], strict=True)
        )

    @cached_property
    def _unreadable(self) -> frozenset[tuple[object, ...]]:
        """Places whose line of the log is a problem too: those that could not be read."""
        own = self.problems[self.problems["dataset"] == self.dataset.id]
        told = set(
            own[["file", "sheet", "column", "value", "message"]].itertuples(index=False, name=None)
        )
        headers = {one.name: one.zh for one in self.dataset.columns}
        invalid = self.cleaning[~self.cleaning["is_valid"].astype(bool)]
        return frozenset(
            self._place(line, line["column"])
            for line in invalid.to_dict("records")
            if (
                line["source_file"],
                line["source_sheet"],
                headers.get(line["column"]),
                line["raw"][:VALUE_LENGTH],
                line["reason"],
            )
            in told
        )


def shown(cell: object) -> str:
    """Return a value of a frame as a person would write it down."""
    if isinstance(cell, pd.Timestamp):
        return text_of(cell.to_pydatetime())
    if isinstance(cell, str | int | float | dt.date):
        return text_of(cell)
    return str(cell)


def _plain(text: str) -> Decimal | None:
    try:
        number = Decimal(normalise(text))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _suffix(unit: object) -> str:
    """Return the unit as it follows a number."""
    if not isinstance(unit, str) or unit in NO_UNITS:
        return ""
    return unit if unit in CLOSE_UNITS else f" {unit}"
