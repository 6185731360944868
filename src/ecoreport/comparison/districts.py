"""Which districts a report sets beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.models import District

CITY = "city"


def compared_districts(catalogue: Catalogue, district: str) -> tuple[District, ...]:
    """Return the districts that a report of `district` compares.

    Those below it that have none below themselves; for a district without any below it, those
    of its city, itself among them. In the order of their codes (GB/T 2260).
    """
    below = _undivided(catalogue, district)
    if below:
        return below
    city = next((one for one in catalogue.lineage(district)[1:] if one.level == CITY), None)
    return _undivided(catalogue, city.id) if city else ()


def areas_between(catalogue: Catalogue, districts: Sequence[District]) -> tuple[District, ...]:
    """Return what stands between the districts compared and their city: 市区."""
    parents = dict.fromkeys(one.parent for one in districts if one.parent)
    found = [catalogue.districts[name] for name in parents]
    return tuple(one for one in found if one.adcode is None)


def _undivided(catalogue: Catalogue, district: str) -> tuple[District, ...]:
    parents = {one.parent for one in catalogue.districts.values()}
    found = [one for one in catalogue.areas_of(district) if one.id not in parents]
    return tuple(sorted(found, key=lambda one: (one.adcode or one.id, one.id)))
