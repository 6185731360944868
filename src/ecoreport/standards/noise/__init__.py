"""Noise: GB 3096 limits by functional area, HJ 640 levels and grades."""

from ecoreport.standards.noise.attainment import (
    NoiseLimit,
    night_peak_limit,
    noise_attainment,
    noise_attainment_rates,
    noise_limit,
)
from ecoreport.standards.noise.grades import noise_grade
from ecoreport.standards.noise.levels import (
    day_night_levels,
    energy_average,
    regional_level,
    road_traffic_level,
)
from ecoreport.standards.noise.quarters import quarter_levels

__all__ = [
    "NoiseLimit",
    "day_night_levels",
    "energy_average",
    "night_peak_limit",
    "noise_attainment",
    "noise_attainment_rates",
    "noise_grade",
    "noise_limit",
    "quarter_levels",
    "regional_level",
    "road_traffic_level",
]
