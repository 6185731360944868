"""What breaks the expectations on tables of noise and soil."""

from __future__ import annotations

from spoiling import Spoil, again, put, without

QUIETER_DAY = put("night_db", 84.0)

SPOILED_SOIL_NOISE: dict[str, Spoil] = {
    "noise_points/columns": without("day_db"),
    "noise_points/kinds": lambda frame: frame.assign(day_db="53.2"),
    "noise_points/night_within_day": QUIETER_DAY,
    "noise_points/rows_contradicting": again(day_db=53.3),
    "noise_regional/columns": without("square"),
    "noise_regional/kinds": lambda frame: frame.assign(day_db="53.2"),
    "noise_regional/night_within_day": QUIETER_DAY,
    "noise_regional/rows_contradicting": again(day_db=53.3),
    "noise_roads/columns": without("length_km"),
    "noise_roads/kinds": lambda frame: frame.assign(length_km="2.5"),
    "noise_roads/night_within_day": QUIETER_DAY,
    "noise_roads/rows_contradicting": again(length_km=2.6),
    "noise_complaints/columns": without("source"),
    "noise_complaints/kinds": lambda frame: frame.assign(complaints="12"),
    "noise_complaints/month_of_year": put("month", "2017-12"),
    "noise_complaints/complaints_whole": put("complaints", 1.5),
    "noise_complaints/handled_whole": put("handled", 1.5),
    "noise_complaints/night_permits_whole": put("night_permits", 1.5),
    "noise_complaints/handled_within_complaints": put("handled", 13.0),
    "noise_complaints/rows_contradicting": again(complaints=13.0),
}
