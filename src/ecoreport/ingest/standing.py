"""What stands in one column of a sheet that was read, in the words of its table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

import pandas as pd

from ecoreport.config.layouts import Column
from ecoreport.ingest.cells import Reading, Value, text_of
from ecoreport.ingest.dates import day_of
from ecoreport.ingest.quantities import names_unit
from ecoreport.ingest.rules import Rules
from ecoreport.ingest.words import normalise

PLACE = ["source_file", "source_sheet", "source_row", "column"]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Standing:
    """One column of one sheet.

    Attributes
    ----------
    frame : pandas.DataFrame
        The sheet's rows of a canonical frame.
    log : pandas.DataFrame
        The cleaning log of the dataset.
    header_unit : str
        Unit that the column's header states, where it is not the canonical one.
    """

    column: Column
    frame: pd.DataFrame
    log: pd.DataFrame
    rules: Rules
    header_unit: str = ""

    @cached_property
    def rows(self) -> dict[int, Row]:
        """Rows by the number that Excel shows."""
        records = self.frame.to_dict("records")
        return {int(row["source_row"]): {str(k): v for k, v in row.items()} for row in records}

    def text(self, number: int) -> str:
        """Return what a cell said; where only its value was kept, that as tables write it."""
        row = self.rows[number]
        if (reported := f"{self.column.name}_as_reported") in row:
            return _text(row[reported])
        if number in self._logged:
            return self._logged[number]
        value = row[self.column.name]
        forms = self.column.choices.get(str(value), ())
        return forms[0] if forms else _text(value)

    def holds(self, number: int, text: str) -> bool:
        """Return whether a cell said `text`: the same words or plain number.

        Of a cell that is simply what it looks like only the value was kept: there other words
        for the same value will do.
        """
        if is_same(text, self.text(number)):
            return True
        row = self.rows[number]
        if number in self._logged or f"{self.column.name}_as_reported" in row:
            return False
        reading = self.read(number, text)
        is_value = reading.is_readable and reading.value is not None
        return is_value and bool(held(reading.value) == row[self.column.name])

    def numbers_of(self, text: str) -> list[int]:
        """Return the rows whose cell says `text`."""
        return [number for number in self.rows if text and is_same(text, self.text(number))]

    def read(self, number: int, text: str) -> Reading:
        """Read a text as the cells of this column and row are read.

        A number without a unit is in that of the table; one that names its unit may name another.
        """
        row = self.rows[number]
        is_quantity = self.column.type == "quantity"
        stated = _text(row["unit_as_reported"]) if is_quantity else self.header_unit
        found = self._reading(row, text, stated)
        if not found.is_readable and names_unit(text):
            return self._reading(row, text, "")
        return found

    def _reading(self, row: Row, text: str, stated: str) -> Reading:
        if self.column.type == "quantity":
            return self.rules.quantity_reader(_text(row["unit"]), stated, False)(text)
        found = self.rules.reader(self.column, stated, False)(text)
        return day_of(found) if self.column.type == "date" else found

    @cached_property
    def _logged(self) -> dict[int, str]:
        """What stood in the cells that were not simply what they looked like, by row."""
        places = self.log[PLACE].itertuples(index=False, name=None)
        own = {(row["source_file"], row["source_sheet"]) for row in self.rows.values()}
        return {
            int(number): str(raw)
            for (file, sheet, number, column), raw in zip(places, self.log["raw"], strict=True)
            if column == self.column.name and (file, sheet) in own
        }


def is_same(one: str, other: str) -> bool:
    """Whether two texts are the same, or the same plain number."""
    if normalise(one) == normalise(other):
        return True
    try:
        return Decimal(normalise(one)) == Decimal(normalise(other))
    except InvalidOperation:
        return False


def held(value: Value) -> Any:
    """Return a value as frames hold it."""
    return pd.Timestamp(value) if isinstance(value, dt.datetime) else value


def _text(value: Any) -> str:
    if value is None or pd.isna(value):
        return ""
    return text_of(value.to_pydatetime() if isinstance(value, pd.Timestamp) else value)
