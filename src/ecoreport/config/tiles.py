"""Tile grids: each district of a city as one equal tile, placed roughly as it lies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from ecoreport.config.explain import Found, place, unknown
from ecoreport.config.models import District, Identifier, Strict
from ecoreport.config.read import Problems
from ecoreport.config.references import Shelf
from ecoreport.i18n import _

Position = Annotated[int, Field(ge=1, le=20)]


class Tile(Strict):
    """One row of ``params/tile_grids.csv``: our own arrangement, not a map."""

    city: Identifier
    """District whose parts stand on one grid."""
    district: Identifier
    row: Position
    """From 1, the northernmost."""
    column: Position
    """From 1, the westernmost."""


def check_tiles(
    tiles: Iterable[Found[Tile]], districts: Shelf[District], problems: Problems
) -> None:
    """Note tiles of districts that are not known, and two tiles on one place."""
    taken: dict[tuple[str, int, int], str] = {}
    for tile in tiles:
        one, record = tile.value, tile.record
        for key, name in (("city", one.city), ("district", one.district)):
            if name not in districts.names:
                message = f"{place((key,), record)}{unknown(name, districts.names)}"
                problems.add(record.file, record.line(key), message)
        first = taken.setdefault((one.city, one.row, one.column), one.district)
        if first != one.district:
            problems.add(
                record.file,
                record.line("row"),
                _("与 {district} 同在第 {row} 行第 {column} 列").format(
                    district=first, row=one.row, column=one.column
                ),
            )
