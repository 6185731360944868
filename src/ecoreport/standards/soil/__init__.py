"""Soil: GB 15618 for farmland, GB 36600 for building land, indices and rates of safe use."""

from ecoreport.standards.soil.building import (
    building_item_levels,
    building_levels,
    building_limits,
)
from ecoreport.standards.soil.editions import SoilEdition, soil_edition
from ecoreport.standards.soil.farmland import (
    farmland_classes,
    farmland_indices,
    farmland_item_steps,
    farmland_limits,
    farmland_within_limits,
)
from ecoreport.standards.soil.indices import nemerow_grade, nemerow_index, single_index_grade
from ecoreport.standards.soil.safe_use import safe_use_rate

__all__ = [
    "SoilEdition",
    "building_item_levels",
    "building_levels",
    "building_limits",
    "farmland_classes",
    "farmland_indices",
    "farmland_item_steps",
    "farmland_limits",
    "farmland_within_limits",
    "nemerow_grade",
    "nemerow_index",
    "safe_use_rate",
    "single_index_grade",
    "soil_edition",
]
