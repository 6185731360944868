"""Lay a table out as an office does: title, one or two header rows, merged cells, notes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from ecoreport.demonstration.workbook import Cell, Sheet, Span

NATURE = "演示数据"


class Header(Protocol):
    """A column of a table: which one, and what stands above it."""

    @property
    def column(self) -> str:
        """Its canonical name."""

    @property
    def header(self) -> str:
        """What the first header row says."""

    @property
    def unit(self) -> str:
        """What the second says; empty where the first says it."""


def filled_sheet(
    name: str,
    title: str,
    headers: Sequence[Header],
    body: Sequence[Sequence[Cell]],
    merged: Sequence[str] = (),
    bottom: Sequence[Sequence[Cell]] = (),
) -> Sheet:
    """Return a sheet with its title, headers, rows and what stands below them.

    Parameters
    ----------
    name, title : str
    headers : sequence of Header
        In the order of the columns. There are two header rows where any has a unit.
    body : sequence of sequences of cells
        As wide as there are headers.
    merged : sequence of str
        Columns in which equal cells that follow each other are one merged cell.
    bottom : sequence of sequences of cells
        Rows of sums, notes and signatures.
    """
    columns = [header.column for header in headers]
    top: list[Sequence[Cell]] = [[title], *_header_rows(headers)]
    spans: list[Span] = [(0, 0, 0, len(columns) - 1), *_header_spans(headers)]
    rows: list[Sequence[Cell]] = list(body)
    for column in merged:
        place = columns.index(column)
        own = _runs([row[place] for row in body], place, len(top))
        rows = _without_repeats(rows, own, place, len(top))
        spans += own
    return Sheet(name, [*top, *rows, *bottom], spans, title_rows=len(top))


def _header_rows(headers: Sequence[Header]) -> list[list[Cell]]:
    names: list[Cell] = [header.header for header in headers]
    units: list[Cell] = [header.unit or None for header in headers]
    return [names, units] if any(units) else [names]


def _header_spans(headers: Sequence[Header]) -> list[Span]:
    """Return the header cells that stand for both rows: those without a unit."""
    if not any(header.unit for header in headers):
        return []
    return [(1, place, 2, place) for place, header in enumerate(headers) if not header.unit]


def _runs(cells: Sequence[Cell], place: int, first_row: int) -> list[Span]:
    """Return the spans of one column: from each change of its cells to the next."""
    starts = [row for row, cell in enumerate(cells) if row == 0 or cell != cells[row - 1]]
    ends = [*starts, len(cells)]
    return [(first_row + one, place, first_row + two - 1, place) for one, two in pairwise(ends)]


def _without_repeats(
    rows: Sequence[Sequence[Cell]], spans: Sequence[Span], place: int, offset: int
) -> list[Sequence[Cell]]:
    """Empty the cells of a column that a merged cell covers."""
    kept = {first - offset for first, _left, _last, _right in spans}
    return [
        row if number in kept else [*row[:place], None, *row[place + 1 :]]
        for number, row in enumerate(rows)
    ]
