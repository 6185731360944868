"""Which department is in office in a year."""

from __future__ import annotations

from collections.abc import Mapping

from ecoreport.config.models import Department


def in_office(departments: Mapping[str, Department], name: str, year: int) -> Department:
    """Return who holds a department's duty in a year: itself, or who succeeded it."""
    held = [departments[name]]
    while (
        held[-1].last_year is not None
        and held[-1].last_year < year
        and held[-1].successor
        and departments[held[-1].successor] not in held
    ):
        held.append(departments[held[-1].successor])
    return held[-1]
