"""Ambient air: GB 3095 limits, HJ 633 index, HJ 663 assessment."""

from ecoreport.standards.air.categories import (
    GoodDays,
    aqi_category,
    good_days,
    good_days_by_month,
)
from ecoreport.standards.air.editions import AirEdition, Limit, air_edition, limit
from ecoreport.standards.air.indices import aqi, iaqi

__all__ = [
    "AirEdition",
    "GoodDays",
    "Limit",
    "air_edition",
    "aqi",
    "aqi_category",
    "good_days",
    "good_days_by_month",
    "iaqi",
    "limit",
]
