"""Observations of several districts, as tests of comparing need them."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.load import load_catalogue
from ecoreport.config.models import Indicator
from ecoreport.message import message
from ecoreport.observe.observation import Basis, Observation, Trace, observation_id
from ecoreport.project import Project

PM25, GOOD_WATER = "air.pm25_annual_mean", "water.good_share"
STATE_2018 = Basis(state="mixed")


@cache
def catalogue() -> Catalogue:
    """Return the project's own parameters."""
    return load_catalogue(Project.here())


def indicator(name: str = PM25) -> Indicator:
    """Return one of the project's indicators: of fine particulates less is better."""
    return catalogue().indicators[name]


def observed(
    district: str,
    value: str | None,
    *,
    name: str = PM25,
    year: int = 2018,
    period: str = "",
    maturity: str = "audited",
    **known: Any,
) -> Observation:
    """Return one district's value."""
    period = period or str(year)
    return Observation.model_validate(
        {
            "id": observation_id(district, year, name, period, maturity),
            "district": district,
            "year": year,
            "period": period,
            "indicator": name,
            "value": None if value is None else Decimal(value),
            "unit": indicator(name).unit,
            "basis": STATE_2018,
            "maturity": maturity,
            "trace": Trace(formula=message("值"), substituted="", n_used=1),
            **known,
        }
    )
