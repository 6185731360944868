"""How the cells of one dataset are read, for one district and year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

from ecoreport.config.layouts import Column, Dataset
from ecoreport.i18n import _
from ecoreport.ingest import cells, dates
from ecoreport.ingest.cells import BLANK, Cell, Reading, is_blank
from ecoreport.ingest.headers import HeaderReader
from ecoreport.ingest.names import Names
from ecoreport.ingest.quantities import NumberReader
from ecoreport.ingest.units import Units
from ecoreport.ingest.words import compact

Reader = Callable[[Cell], Reading]


@dataclass(frozen=True)
class Rules:
    """A dataset with the names and units that its tables may use, and the year they speak of."""

    dataset: Dataset
    names: Names
    units: Units
    year: int

    @cached_property
    def headers(self) -> HeaderReader:
        """What knows the spellings of the columns."""
        return HeaderReader(self.dataset, self.units)

    @cached_property
    def marks(self) -> frozenset[str]:
        """The missing marks, compact."""
        return frozenset(map(compact, self.dataset.missing_marks))

    @cached_property
    def keys(self) -> list[Column]:
        """The columns without which a row has no place."""
        return [
            one for one in self.dataset.columns if one.name in self.dataset.key and one.is_required
        ]

    @cached_property
    def places(self) -> list[Column]:
        """The columns of the key that may be empty: what else a row speaks of."""
        return [
            one
            for one in self.dataset.columns
            if one.name in self.dataset.key and not one.is_required
        ]

    def reader(self, column: Column, stated_unit: str, hides_percent: bool) -> Reader:
        """Return what reads the cells of a column; equal cells are read once."""
        marks, names = self.marks, self.names
        number = NumberReader(
            self.dataset, column, self.units, column.unit, stated_unit, hides_percent
        )
        readers: dict[str, Reader] = {
            "text": partial(cells.read_text, marks=marks),
            "number": number.read,
            # Its unit stands in another cell: read when the row is known.
            "quantity": _as_it_stands,
            "date": partial(dates.read_date, year=self.year),
            "hour": dates.read_hour,
            "year": partial(dates.read_year, year=self.year),
            "period": partial(dates.read_period, year=self.year),
            "month": partial(dates.read_month, year=self.year),
            "section": partial(cells.read_text, marks=marks),
            "choice": partial(cells.read_choice, column=column, marks=marks),
            "file": partial(cells.read_file, marks=marks),
            "station": partial(
                cells.read_name, names=names.stations, marks=marks, what=_("监测点位")
            ),
            "indicator": partial(
                cells.read_name, names=names.indicators, marks=marks, what=_("指标")
            ),
            "commitment": partial(
                cells.read_commitment,
                names=names.commitments,
                elsewhere=names.elsewhere,
                marks=marks,
            ),
            "problem": partial(
                cells.read_name, names=names.problems, marks=marks, what=_("整改问题")
            ),
            "area": partial(cells.read_name, names=names.areas, marks=marks, what=_("区域")),
            "department": partial(
                cells.read_name, names=names.departments, marks=marks, what=_("责任单位")
            ),
        }
        return lru_cache(maxsize=None, typed=True)(readers[column.type])

    def quantity_reader(self, wanted: str, stated: str, hides_percent: bool) -> Reader:
        """Return what reads a number whose unit the row states."""
        column = next(one for one in self.dataset.columns if one.type == "quantity")
        return NumberReader(self.dataset, column, self.units, wanted, stated, hides_percent).read


def _as_it_stands(cell: Cell) -> Reading:
    return BLANK if is_blank(cell) else Reading(cell)  # type: ignore[arg-type]
