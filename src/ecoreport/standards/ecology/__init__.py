"""The ecological index EI of HJ 192-2015: its sub-indices, grade and change.

National bulletins have used another index, EQI (区域生态质量评价办法（试行）, 2021), since 2021.
Its tables were not read, so it is left open here: an EQI that a bulletin gives may be shown as
reported, with no grade of ours.
"""

from ecoreport.standards.ecology.index import (
    EcologicalIndex,
    clear_change_from,
    ecological_change,
    ecological_grade,
    ecological_index,
)
from ecoreport.standards.ecology.subindices import (
    biological_richness,
    habitat_quality,
    land_stress,
    pollution_load,
    richness_carried_on,
    vegetation_coverage,
    water_network_density,
)

__all__ = [
    "EcologicalIndex",
    "biological_richness",
    "clear_change_from",
    "ecological_change",
    "ecological_grade",
    "ecological_index",
    "habitat_quality",
    "land_stress",
    "pollution_load",
    "richness_carried_on",
    "vegetation_coverage",
    "water_network_density",
]
