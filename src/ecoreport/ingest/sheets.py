"""The rows of one sheet below its header: which are data, and what each cell says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

import pandas as pd

from ecoreport.config.layouts import Column
from ecoreport.config.vocabulary import Severity
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.ingest.cells import BLANK, Cell, Reading, is_blank, text_of
from ecoreport.ingest.dates import day_and_hour, day_of
from ecoreport.ingest.files import Sheet
from ecoreport.ingest.headers import Header
from ecoreport.ingest.records import Aside, Entry, Place, Records
from ecoreport.ingest.rules import Rules
from ecoreport.ingest.words import compact

EXAMPLE_MARK: Final = "示例"
"""Beginning of the first cell of a template's example row."""
BEFORE_END_MARK: Final = (
    r"(?:(?:\d{1,2}月|第?[一二三四1-4]季度|上半年|下半年|全年|本?年|本?月)(?:份|度)?)?"
)
DTYPES: Final = {
    "number": "float64",
    "quantity": "float64",
    "date": "datetime64[us]",
    "hour": "int64",
    "year": "Int64",
}


class SheetReader:
    """Reads the rows below one header."""

    def __init__(
        self, rules: Rules, sheet: Sheet, header: Header, file: str, records: Records
    ) -> None:
        self.rules, self.dataset = rules, rules.dataset
        self.sheet, self.header = sheet, header
        self.file, self.records = file, records
        self.place = Place(file, sheet.name)
        self.station = rules.names.station_in(sheet.name)
        self._fill_merged()
        self.readers = {
            column.name: rules.reader(column, self._stated_unit(column), sheet.hides_percent)
            for column in self.dataset.columns
        }

    def frame(self) -> pd.DataFrame:
        """Return the rows of the sheet; what they lack goes to the records."""
        self._report_header()
        self.rows = [
            row for row in range(self.header.last_row, len(self.sheet.rows)) if self._is_data(row)
        ]
        readings = {
            column.name: self._readings(column, self.rows) for column in self.dataset.columns
        }
        self._settle_times(readings)
        reported = self._settle_quantities(readings)
        kept = self._keep(readings)
        self._log(readings, kept)
        texts = {
            **{name: [ones[one] for one in kept] for name, ones in reported.items()},
            "source_file": [self.file] * len(kept),
            "source_sheet": [self.sheet.name] * len(kept),
        }
        return pd.DataFrame(
            {
                **{
                    column.name: _series(column, [readings[column.name][one].value for one in kept])
                    for column in self.dataset.columns
                },
                **{name: pd.Series(ones, dtype="str") for name, ones in texts.items()},
                "source_row": pd.Series([self.rows[one] + 1 for one in kept], dtype="int64"),
            }
        )

    def _report_header(self) -> None:
        converted = {
            name: heading.unit
            for name, heading in self.header.headings.items()
            if heading.unit and heading.unit != compact(heading.column.unit)
        }
        if converted:
            self.records.header_units.setdefault(self.file, {})[self.sheet.name] = converted
        place = replace(self.place, row=self.header.first_row)
        for label, near in self.header.unknown:
            hint = _("是否为“{near}”？").format(near=near) if near else ""
            message = _("不认识的列“{label}”，未读入。{hint}").format(label=label, hint=hint)
            self.records.problem(Severity.WARNING, replace(place, column=label), message)
        for taken, left in self.header.doubtful:
            message = _("“{taken}”与“{left}”像是同一列，取前者").format(taken=taken, left=left)
            self.records.problem(Severity.WARNING, replace(place, column=left), message)
        lacking = [one for one in self.dataset.columns if self._is_lacking(one)]
        if not lacking:
            return
        unknown = _("、").join(label for label, _near in self.header.unknown)
        raise InputError(
            _(
                "文件 {file} 工作表 {sheet} 的表头（第 {row} 行）缺少：{lacking}。{unknown}"
                "请补上这些列，或把列名改成模板中的写法"
            ).format(
                file=self.file,
                sheet=self.sheet.name,
                row=self.header.first_row,
                lacking=_("、").join(one.zh for one in lacking),
                unknown=_("未能识别的列：{labels}。").format(labels=unknown) if unknown else "",
            )
        )

    def _is_lacking(self, column: Column) -> bool:
        if not column.is_required or column.name in self.header.headings:
            return False
        if column.type == "hour":
            return not self._has_clock
        return not (column.is_from_sheet_name and self.station)

    @cached_property
    def _has_clock(self) -> bool:
        """Whether the column of days also says the hour."""
        names = [one.name for one in self.dataset.columns if one.type == "date"]
        heading = self.header.headings.get(names[0]) if names else None
        if heading is None:
            return False
        read = self.readers[names[0]]
        below = self.sheet.rows[self.header.last_row :]
        values = (read(row[heading.index]).value for row in below if heading.index < len(row))
        return any(isinstance(one, dt.datetime) and one.time() != dt.time() for one in values)

    def _stated_unit(self, column: Column) -> str:
        heading = self.header.headings.get(column.name)
        return heading.unit if heading else ""

    def _fill_merged(self) -> None:
        """Let a merged cell speak for the rows below it, but never repeat a number."""
        indexes = {
            heading.index
            for heading in self.header.headings.values()
            if heading.column.type not in {"number", "quantity"}
        }
        for (top, left), (bottom, _right) in self.sheet.merged:
            if left not in indexes:
                continue
            last = min(bottom + 1, len(self.sheet.rows))
            for own in self.sheet.rows[max(top + 1, self.header.last_row) : last]:
                own.extend([None] * (left + 1 - len(own)))
                own[left] = self._cell(top, left)

    def _cell(self, row: int, index: int) -> Cell:
        cells_of_row = self.sheet.rows[row]
        return cells_of_row[index] if index < len(cells_of_row) else None

    def _raw(self, row: int, column: Column) -> Cell:
        heading = self.header.headings.get(column.name)
        if heading is not None:
            return self._cell(row, heading.index)
        return self.sheet.name if column.is_from_sheet_name else None

    def _readings(self, column: Column, rows: Sequence[int]) -> list[Reading]:
        """Return what the cells of a column say, row by row."""
        heading = self.header.headings.get(column.name)
        if heading is None:
            return [Reading(self.station) if column.is_from_sheet_name else BLANK] * len(rows)
        read, index, sheet = self.readers[column.name], heading.index, self.sheet.rows
        return [read(sheet[row][index] if index < len(sheet[row]) else None) for row in rows]

    @cached_property
    def _with_keys(self) -> frozenset[int]:
        """The rows below the header whose keys are all readable."""
        below = range(self.header.last_row, len(self.sheet.rows))
        keys = [self._readings(key, below) for key in self.rules.keys]
        return frozenset(
            row
            for row, *ones in zip(below, *keys, strict=True)
            if all(one.value is not None for one in ones)
        )

    def _shown(self, row: int) -> Iterator[str]:
        """Yield the texts of a row's cells that hold any."""
        return filter(None, (text_of(cell).strip() for cell in self.sheet.rows[row]))

    def _is_data(self, row: int) -> bool:
        """Tell a row of data from blank rows and from what :meth:`_why_no_data` knows."""
        first = next(self._shown(row), "")
        reason = self._why_no_data(row, first) if first else ""
        if reason:
            shown = " ".join(self._shown(row))
            self.records.entries.append(
                Entry(self.file, self.sheet.name, row + 1, "", shown, "", "", False, reason)
            )
        return bool(first) and not reason

    def _why_no_data(self, row: int, first: str) -> str:
        """Return what a row is that is not data; a row with readable keys is data.

        `first` is the first text that it shows.
        """
        if first.startswith(EXAMPLE_MARK):
            return _("示例行")
        if row in self._with_keys and not self._is_below(row, first):
            return _("预填的行，没有填写") if self._is_unfilled(row) else ""
        if self._end_mark.match(first):
            return _("合计、平均或说明，不是数据行")
        labels = {heading.label for heading in self.header.headings.values()}
        shown = set(self._shown(row))
        if len(labels & shown) > 1:
            return _("重复的表头")
        return _("只有一格有字，不是数据行") if len(shown) == 1 else ""

    def _is_below(self, row: int, first: str) -> bool:
        """Return whether a row is a note or a sum although its keys, all free text, are readable.

        A name may begin as a note does (注塑厂): then more is said of it than its name.
        """
        if not self._keys_are_text:
            return False
        is_note = self._end_mark.match(first) and len(set(self._shown(row))) == 1
        return bool(is_note or self._end_mark.fullmatch(first))

    def _is_unfilled(self, row: int) -> bool:
        """Return whether a template's row names an indicator and says nothing about it."""
        told = self._told
        return bool(told) and all(is_blank(self._raw(row, one)) for one in told)

    @cached_property
    def _keys_are_text(self) -> bool:
        return all(key.type == "text" for key in self.rules.keys)

    @cached_property
    def _told(self) -> list[Column]:
        """The columns that a row is there for; none in a monitoring series."""
        keys = {one.name for one in self.rules.keys}
        own = [one for one in self.dataset.columns if one.name not in keys]
        if "commitment" in keys:
            return [one for one in own if not one.is_prefilled]
        return [one for one in own if one.is_required] if "indicator" in keys else []

    @cached_property
    def _end_mark(self) -> re.Pattern[str]:
        marks = "|".join(map(re.escape, self.dataset.end_marks)) or r"(?!)"
        return re.compile(f"{BEFORE_END_MARK}(?:{marks})")

    def _settle_times(self, readings: dict[str, list[Reading]]) -> None:
        """Turn moments into days, and hour 0 into hour 24 of the day before."""
        for column in self.dataset.columns:
            if column.type == "date":
                hours = next((one for one in self.dataset.columns if one.type == "hour"), None)
                moments = readings[column.name]
                if hours is None:
                    readings[column.name] = [day_of(one) for one in moments]
                    continue
                has_hours = hours.name in self.header.headings
                pairs = [
                    day_and_hour(moment, hour if has_hours else None)
                    for moment, hour in zip(moments, readings[hours.name], strict=True)
                ]
                readings[column.name] = [day for day, _hour in pairs]
                readings[hours.name] = [hour for _day, hour in pairs]

    def _settle_quantities(self, readings: dict[str, list[Reading]]) -> dict[str, list[str]]:
        """Read the numbers whose unit stands in their row, in the unit of their indicator.

        Returns
        -------
        dict of str to list of str
            What was reported: ``value_as_reported``, ``unit_as_reported``; nothing for a dataset
            without such numbers.
        """
        column = next((one for one in self.dataset.columns if one.type == "quantity"), None)
        if column is None:
            return {}
        header_unit = self._stated_unit(column)
        named = readings["indicator" if "indicator" in readings else "commitment"]
        values, units = [], []
        for index, row in enumerate(self.rows):
            wanted = self.rules.names.units.get(str(named[index].value), "")
            stated = str(readings["unit"][index].value or header_unit)
            reading = self.rules.quantity_reader(wanted, stated, self.sheet.hides_percent)(
                self._raw(row, column)
            )
            if wanted and not stated and reading.value is not None and not reading.reason:
                reading = replace(reading, reason=_("没有写单位，按 {unit} 读").format(unit=wanted))
                place = replace(self.place, row=row + 1, column=column.zh)
                self.records.problem(Severity.WARNING, place, reading.reason)
            readings[column.name][index] = reading
            readings["unit"][index] = Reading(wanted or None)
            values.append(text_of(self._raw(row, column)))
            units.append(stated)
        return {f"{column.name}_as_reported": values, "unit_as_reported": units}

    def _keep(self, readings: dict[str, list[Reading]]) -> list[int]:
        """Return the places of rows whose keys are readable; the others are set aside.

        A key that may be empty, as the area, must be readable where it is not: else a row would
        speak of something else than it says.
        """
        kept = []
        for index, row in enumerate(self.rows):
            unread = (one for one in self.rules.places if not readings[one.name][index].is_readable)
            lacking = next(
                (key for key in self.rules.keys if readings[key.name][index].value is None),
                next(unread, None),
            )
            if lacking is None:
                kept.append(index)
                continue
            reading, raw = readings[lacking.name][index], text_of(self._raw(row, lacking))
            reason = reading.reason or _("“{column}”是空的").format(column=lacking.zh)
            # A table of a whole city names stations of others too; any other key is a fault.
            is_foreign = lacking.type == "station" and bool(raw)
            severity = Severity.WARNING if is_foreign else Severity.STOP
            place = replace(self.place, row=row + 1, column=lacking.zh)
            message = _("{reason}，这一行未读入").format(reason=reason)
            self.records.problem(severity, place, message, raw)
            shown = " | ".join(text_of(cell) for cell in self.sheet.rows[row])
            self.records.asides.append(Aside(self.file, self.sheet.name, row + 1, reason, shown))
        return kept

    def _log(self, readings: dict[str, list[Reading]], kept: list[int]) -> None:
        for column, index, reading in self._remarkable(readings, kept):
            row = self.rows[index]
            raw = text_of(self._raw(row, column))
            self.records.entries.append(
                Entry(
                    self.file,
                    self.sheet.name,
                    row + 1,
                    column.name,
                    raw,
                    text_of(reading.value),
                    reading.flag,
                    reading.is_valid,
                    reading.reason,
                )
            )
            if not reading.is_readable:
                place = replace(self.place, row=row + 1, column=column.zh)
                self.records.problem(Severity.WARNING, place, reading.reason, raw)

    def _remarkable(
        self, readings: dict[str, list[Reading]], kept: list[int]
    ) -> Iterator[tuple[Column, int, Reading]]:
        for column in self.dataset.columns:
            of_column = readings[column.name]
            yield from ((column, one, of_column[one]) for one in kept if of_column[one].reason)


def _series(column: Column, values: list[object]) -> pd.Series:
    return pd.Series(values, dtype=DTYPES.get(column.type, "str"))
