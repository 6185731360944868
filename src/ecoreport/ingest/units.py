"""Units of ``params/units.csv``: which spellings mean the same, and exact conversion."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from ecoreport.errors import InputError, ParameterError
from ecoreport.i18n import _
from ecoreport.ingest.words import compact


@dataclass(frozen=True)
class Unit:
    """A unit with its size in the base unit of its dimension."""

    name: str
    dimension: str
    factor: Fraction
    said: str = ""
    """What a conversion to another unit takes for granted, as the cleaning log says it."""


class Units:
    """The table of units, by every spelling.

    Parameters
    ----------
    path : pathlib.Path
        CSV with ``unit, dimension, factor, aliases, note, also_means, said``; the factor is a
        decimal or a quotient as text, spellings are separated by ``|``. ``also_means`` are
        spellings of another unit that mean this one where its dimension is wanted: 吨/日 of water
        are cubic metres.
    """

    def __init__(self, path: Path) -> None:
        self._units: dict[str, Unit] = {}
        self._also: dict[tuple[str, str], Unit] = {}
        self.content = path.read_text(encoding="utf-8-sig")
        for line, row in enumerate(csv.DictReader(self.content.splitlines()), start=2):
            said = row.get("said") or ""
            unit = Unit(row["unit"], row["dimension"], Fraction(row["factor"]), said)
            for spelling in (row["unit"], *row["aliases"].split("|")):
                self._add(spelling, unit, f"{path.name}:{line}")
            for spelling in filter(None, (row.get("also_means") or "").split("|")):
                self._also[compact(spelling), unit.dimension] = unit

    def _add(self, spelling: str, unit: Unit, place: str) -> None:
        known = self._units.setdefault(compact(spelling), unit) if spelling else unit
        if known != unit:
            raise ParameterError(
                _("{place}：单位写法 {spelling} 同时属于 {one} 和 {other}").format(
                    place=place, spelling=spelling, one=known.name, other=unit.name
                )
            )

    def find(self, text: str, wanted: str = "") -> Unit | None:
        """Return the unit that `text` spells, or None; of two that of the dimension of `wanted`."""
        said = compact(text)
        target = self._units.get(compact(wanted))
        also = self._also.get((said, target.dimension)) if target else None
        return also or self._units.get(said)

    def spellings(self) -> list[str]:
        """Return every spelling known, longest first."""
        return sorted(self._units, key=len, reverse=True)

    def factor(self, unit: str, wanted: str) -> Fraction:
        """Return what a number in `unit` is multiplied by to stand in `wanted`.

        Raises
        ------
        InputError
            If either is unknown or they measure different things.
        """
        source, target = self.find(unit, wanted), self.find(wanted)
        for text, found in ((unit, source), (wanted, target)):
            if found is None:
                raise InputError(
                    _("不认识单位“{unit}”。请改用 {wanted}，或在 params/units.csv 中补充").format(
                        unit=text, wanted=wanted
                    )
                )
        assert source is not None and target is not None  # noqa: S101 - for the type checker
        if source.dimension != target.dimension:
            raise InputError(
                _("单位“{unit}”与“{wanted}”量纲不同，不能换算。请核对单位").format(
                    unit=unit, wanted=wanted
                )
            )
        return source.factor / target.factor

    def convert(self, value: Decimal, unit: str, wanted: str) -> Fraction:
        """Convert `value` exactly.

        Raises
        ------
        InputError
            As :meth:`factor`.
        """
        return Fraction(value) * self.factor(unit, wanted)
