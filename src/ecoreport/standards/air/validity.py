"""How many values a mean or a percentile needs (GB 3095 table 4, HJ 663)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ecoreport.standards.air.editions import AirEdition, air_edition
from ecoreport.standards.tables import Line, least_verified, select

MONTHS = range(1, 13)
FEBRUARY = 2


@dataclass(frozen=True)
class AnnualValidity:
    """Whether the days of a year suffice for its annual statistics.

    Attributes
    ----------
    n_valid_days, n_expected : int
        Days with a value; days of the whole calendar year.
    invalid_months : list of int
        Months with too few days.
    is_valid : bool
        Enough days in the year and in each month.
    verified : str
    """

    n_valid_days: int
    n_expected: int
    invalid_months: list[int]
    is_valid: bool
    verified: str


def minimum(requirement: str, pollutant: str, averaging: str, standard: AirEdition) -> int:
    """Return how many values ``air_validity.csv`` asks for."""
    return int(_line(requirement, pollutant, averaging, standard)["minimum"])


def annual_validity(
    days: pd.Series[Any], pollutant: str, year: int, standard: AirEdition
) -> AnnualValidity:
    """Check the days of a year against the minimum of the year and of each month.

    Parameters
    ----------
    days : pandas.Series
        Daily values of `year` on a DatetimeIndex.
    pollutant : str
    year : int
    standard : AirEdition

    Returns
    -------
    AnnualValidity
        The rule has no percentile of CO and O3 in view, which have no annual limit; the same
        numbers are used for them and are marked unverified in the table.
    """
    of_year = _line("days_in_year", pollutant, "annual", standard)
    of_month, of_february = _lines_of_months(pollutant, standard)
    needed = _days_needed(of_month, of_february)
    dates = pd.DatetimeIndex(days.dropna().index)
    n_by_month = pd.Series(dates.month).value_counts()
    invalid_months = [month for month in MONTHS if n_by_month.get(month, 0) < needed[month]]
    return AnnualValidity(
        n_valid_days=len(dates),
        n_expected=366 if calendar.isleap(year) else 365,
        invalid_months=invalid_months,
        is_valid=len(dates) >= int(of_year["minimum"]) and not invalid_months,
        verified=least_verified(line["verified"] for line in (of_year, of_month, of_february)),
    )


def days_needed_by_month(pollutant: str, year: int, edition: str | None = None) -> dict[int, int]:
    """Return how many valid days each month of a year needs.

    Parameters
    ----------
    pollutant : str
    year, edition
        As in `air_edition`.
    """
    return _days_needed(*_lines_of_months(pollutant, air_edition(year, edition)))


def _lines_of_months(pollutant: str, standard: AirEdition) -> tuple[Line, Line]:
    of_month = _line("days_in_month", pollutant, "annual", standard)
    return of_month, _line("days_in_february", pollutant, "annual", standard)


def _days_needed(of_month: Line, of_february: Line) -> dict[int, int]:
    return {
        month: int((of_february if month == FEBRUARY else of_month)["minimum"]) for month in MONTHS
    }


def _line(requirement: str, pollutant: str, averaging: str, standard: AirEdition) -> Line:
    documents = (standard.limits, standard.assessment)
    return next(
        line
        for line in select(
            "air_validity", requirement=requirement, pollutant=pollutant, averaging=averaging
        )
        if line["edition"] in documents
    )
