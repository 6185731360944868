"""Ambient air: GB 3095 limits, HJ 633 index, HJ 663 assessment."""

from ecoreport.standards.air.categories import (
    GoodDays,
    aqi_category,
    good_days,
    good_days_by_month,
)
from ecoreport.standards.air.composite import (
    CompositeIndex,
    composite_concentrations,
    composite_index,
)
from ecoreport.standards.air.days import area_daily, daily_from_hourly, rounded_readings
from ecoreport.standards.air.editions import AirEdition, Limit, air_edition, limit
from ecoreport.standards.air.indices import aqi, iaqi
from ecoreport.standards.air.validity import AnnualValidity, annual_validity
from ecoreport.standards.air.years import annual_statistics, exceedance

__all__ = [
    "AirEdition",
    "AnnualValidity",
    "CompositeIndex",
    "GoodDays",
    "Limit",
    "air_edition",
    "annual_statistics",
    "annual_validity",
    "aqi",
    "aqi_category",
    "area_daily",
    "composite_concentrations",
    "composite_index",
    "daily_from_hourly",
    "exceedance",
    "good_days",
    "good_days_by_month",
    "iaqi",
    "limit",
    "rounded_readings",
]
