"""Which tables to bring: each way by which what is open could be judged, and who sends it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass

from markupsafe import Markup

from ecoreport.components import component
from ecoreport.config.vocabulary import ASKED_FOR
from ecoreport.labels import localized
from ecoreport.listing import Entry, departments_of
from ecoreport.project import Pair
from ecoreport.report import Report

DEPARTMENTS_NAMED = 6

Ways = tuple[tuple[str, ...], ...]
"""Datasets that together give a value; several such where one of them is enough."""


@dataclass(frozen=True)
class TableFile:
    """One table: its name, the file that its template has, who sends it, whether any came."""

    name: str
    file: str
    sender: str
    is_received: bool


@dataclass(frozen=True)
class TableToBring:
    """Tables of which nothing came, or not all, and what is judged from them."""

    ways: list[list[TableFile]]
    """Each way by itself is enough; all tables of a way are needed."""
    n_entries: int
    departments: list[tuple[str, int]]
    """Where each department sends its own: those with most, and how many; more in `n_more`."""
    n_more: int
    is_begun: bool
    """Whether some of it, or of a table that tells the same, came."""


@dataclass(frozen=True)
class PlaceToBring:
    """The tables of one district of which nothing came."""

    district: str
    name: str
    folder: str
    tables: list[TableToBring]

    @property
    def files(self) -> set[str]:
        """Names of the files, whichever way they serve."""
        return {one.file for table in self.tables for way in table.ways for one in way}


def to_bring(report: Report, places: Sequence[PlaceToBring]) -> Markup:
    """Return which tables to bring, from whom and for how much, and the commands for it."""
    return component("to_bring", places=places, district=report.pair.district, year=report.year)


def places_to_bring(report: Report, entries: Sequence[Entry]) -> list[PlaceToBring]:
    """Return the tables that open commitments are judged from: not sent, or not in full.

    What can be computed of measurements is asked for as such; that a reported figure does too is
    said beside it. What binds the district as a part of the area above is judged from that
    area's tables.
    """
    ways = report.catalogue.ways()
    asked: dict[str, dict[Ways, list[Entry]]] = {}
    for entry in entries:
        if entry.open_verdict in ASKED_FOR:
            whose = entry.plan.owner if entry.binds_as_part else report.pair.district
            rows = entry.row.parts or (entry.row,)
            for known in dict.fromkeys(tuple(ways[row.commitment.indicator]) for row in rows):
                asked.setdefault(whose, {}).setdefault(known, []).append(entry)
    return [_Place(report, whose).to_bring(of_place) for whose, of_place in asked.items()]


class _Place:
    """What one district is asked for."""

    def __init__(self, report: Report, district: str) -> None:
        self.report = report
        self.catalogue = report.catalogue
        self.district = district
        self.received = {
            one.dataset
            for one in report.assessment.used_sources
            if f"/{district}/{report.year}/" in f"/{one.path}"
        }

    def to_bring(self, asked: dict[Ways, list[Entry]]) -> PlaceToBring:
        """Return the tables, in the order of the datasets."""
        project = self.report.project
        order = list(self.catalogue.datasets)
        return PlaceToBring(
            self.district,
            localized(self.catalogue.districts[self.district]),
            project.relative(project.raw(Pair(self.district, self.report.year))),
            [
                self._table(ways, asked[ways])
                for ways in sorted(asked, key=lambda ways: order.index(ways[0][0]))
            ],
        )

    def _table(self, ways: Ways, asked: Sequence[Entry]) -> TableToBring:
        names = {name for way in ways for name in way}
        counts: Counter[str] = Counter()
        if any(self._is_of_departments(name) for name in names):
            counts.update(departments_of(self.report, entry)[0] for entry in asked)
        departments = self.catalogue.departments
        return TableToBring(
            ways=[[self._file(name) for name in way] for way in ways],
            n_entries=len(asked),
            departments=[
                (localized(departments[one]), n) for one, n in counts.most_common(DEPARTMENTS_NAMED)
            ],
            n_more=max(0, len(counts) - DEPARTMENTS_NAMED),
            is_begun=self._is_received(names),
        )

    def _file(self, name: str) -> TableFile:
        dataset = self.catalogue.datasets[name]
        return TableFile(
            localized(dataset),
            dataset.template_name(self.report.year),
            dataset.department,
            is_received=self._is_received({name}),
        )

    def _is_received(self, names: Set[str]) -> bool:
        families = (self.catalogue.family(name) for name in names)
        return any(family & self.received for family in families)

    def _is_of_departments(self, name: str) -> bool:
        columns = self.catalogue.datasets[name].columns
        return any(column.type == "department" for column in columns)
