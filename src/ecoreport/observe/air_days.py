"""The days of a district's air: of its stations, of the area, and their index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ecoreport.config.models import DustExclusion
from ecoreport.config.vocabulary import Maturity
from ecoreport.observe.period import Period
from ecoreport.observe.precedence import best_checked_rows
from ecoreport.standards.air import (
    air_edition,
    aqi,
    area_daily,
    daily_from_hourly,
    limit,
    rounded_readings,
)
from ecoreport.standards.air.readings import required_columns
from ecoreport.standards.tables import select

PARTICULATES = ["pm25_ug_m3", "pm10_ug_m3"]
KEYS = {"air_daily": ["station", "date"], "air_hourly": ["station", "date", "hour"]}
DAY_COLUMNS = ["pm25_ug_m3", "pm10_ug_m3", "so2_ug_m3", "no2_ug_m3", "co_mg_m3", "o3_8h_ug_m3"]


@dataclass(frozen=True)
class AirDays:
    """Days of one period.

    Attributes
    ----------
    dataset : str
        Which dataset the days come from: a table of days goes before a table of hours.
    maturity : Maturity
        Of the least checked row.
    station_daily : pandas.DataFrame
        ``station``, ``date`` and the columns of a day, as reported or as computed from hours.
    area_daily : pandas.DataFrame
        On a DatetimeIndex: the mean of the points, unrounded.
    without_dust, station_without_dust : pandas.DataFrame
        The same with the particulates of excluded days taken out; the same where none are.
    aqi_daily : pandas.DataFrame
        ``aqi``, ``category``, ``primary_pollutants`` of the area's rounded days, dust included.
    """

    year: int
    edition: str | None
    dataset: str
    maturity: Maturity
    station_daily: pd.DataFrame
    area_daily: pd.DataFrame
    without_dust: pd.DataFrame
    station_without_dust: pd.DataFrame
    aqi_daily: pd.DataFrame
    hourly: pd.DataFrame | None

    @property
    def n_incomplete_days(self) -> int:
        """Days with an index that lack a pollutant: HJ 633-2012 takes those that there are."""
        has_index = self.aqi_daily["aqi"].notna()
        return int((has_index & self.area_daily[DAY_COLUMNS].isna().any(axis=1)).sum())

    @property
    def n_dust_days(self) -> int:
        """Days whose particulates a superior's list took out."""
        taken = self.without_dust[PARTICULATES].isna() & self.area_daily[PARTICULATES].notna()
        return int(taken.any(axis=1).sum())

    def frames(self) -> dict[str, pd.DataFrame]:
        """Return what notebooks may read, by name."""
        found = {
            "air_station_daily": self.station_daily,
            "air_area_daily": self.area_daily,
            "air_aqi_daily": self.aqi_daily,
            "air_exceedances": exceedance_flags(self.area_daily, self.year, self.edition),
        }
        return found if self.hourly is None else found | {"air_hourly_valid": self.hourly}


def air_days(
    frames: dict[str, pd.DataFrame],
    points: Sequence[str],
    period: Period,
    exclusions: Sequence[DustExclusion] = (),
    edition: str | None = None,
) -> AirDays | None:
    """Return the days of a district, or None where it has neither days nor hours.

    Parameters
    ----------
    frames : dict of DataFrame
        Canonical ``air_daily`` and ``air_hourly``, either of which may be absent.
    points : sequence of str
        Codes of the assessment points.
    period : Period
        Days after its last are left out.
    exclusions : sequence of DustExclusion
        Days on which a superior's list takes dust out.
    edition : str, optional
        Of the air standards; see `ecoreport.standards.air.air_edition`.

    Notes
    -----
    A day or an hour of a station given twice alike counts once; given twice differently it is an
    error, which validation finds before. National reports keep dust days in the share of good
    days and take them out of PM10, PM2.5 and the composite index.
    """
    dataset, station_daily = _station_daily(frames, period, edition)
    known = set(points) & set(station_daily["station"]) if dataset else set()
    if not known:
        return None
    station_daily = station_daily[station_daily["station"].isin(set(points))]
    area = area_daily(station_daily, points, period.year, edition)
    area = area.reindex(pd.date_range(period.first_day, period.last_day, name="date"))
    return AirDays(
        year=period.year,
        edition=edition,
        dataset=dataset,
        maturity=_maturity(best_checked_rows(frames[dataset], KEYS[dataset]), points),
        station_daily=station_daily.reset_index(drop=True),
        area_daily=area,
        without_dust=_without_dust(area, area.index.to_series(), exclusions),
        station_without_dust=_without_dust(station_daily, station_daily["date"], exclusions),
        aqi_daily=aqi(
            rounded_readings(area[DAY_COLUMNS], "day", period.year, edition),
            "day",
            period.year,
            edition,
        ),
        hourly=_hourly(frames, points, period),
    )


def _station_daily(
    frames: dict[str, pd.DataFrame], period: Period, edition: str | None
) -> tuple[str, pd.DataFrame]:
    if "air_daily" in frames:
        days = best_checked_rows(_within(frames["air_daily"], period), KEYS["air_daily"])
        return "air_daily", days.drop_duplicates(["station", "date", *DAY_COLUMNS])
    if "air_hourly" in frames:
        hours = _valid_hours(frames, period)
        hours = hours.drop_duplicates(["station", "date", "hour", *required_columns("hour")])
        return "air_hourly", daily_from_hourly(hours, period.year, edition)
    return "", pd.DataFrame()


def _hourly(
    frames: dict[str, pd.DataFrame], points: Sequence[str], period: Period
) -> pd.DataFrame | None:
    if "air_hourly" not in frames:
        return None
    hours = _valid_hours(frames, period)
    return hours[hours["station"].isin(set(points))].reset_index(drop=True)


def _valid_hours(frames: dict[str, pd.DataFrame], period: Period) -> pd.DataFrame:
    return best_checked_rows(_within(frames["air_hourly"], period), KEYS["air_hourly"])


def _within(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    first, last = pd.Timestamp(period.first_day), pd.Timestamp(period.last_day)
    return frame[frame["date"].between(first, last)]


def _without_dust(
    days: pd.DataFrame, dates: pd.Series, exclusions: Sequence[DustExclusion]
) -> pd.DataFrame:
    if not exclusions:
        return days
    is_dusty = pd.Series(data=False, index=days.index)
    for one in exclusions:
        is_dusty |= dates.between(pd.Timestamp(one.first_day), pd.Timestamp(one.last_day))
    without = days.copy()
    without.loc[is_dusty, PARTICULATES] = float("nan")
    return without


def exceedance_flags(area: pd.DataFrame, year: int, edition: str | None = None) -> pd.DataFrame:
    """Return whether each published day is above its class 2 limit, one column a pollutant.

    Returns
    -------
    pandas.DataFrame
        On the same index, nullable booleans: missing where the day is not valid. GB 3095.
    """
    standard = air_edition(year, edition)
    days = rounded_readings(area[DAY_COLUMNS], "day", year, edition)
    flags = {}
    for line in select("air_columns", frame="day", is_required="true"):
        values = days[line["column"]]
        bound = limit(line["pollutant"], line["averaging"], standard)
        is_above = (values > float(bound.value)).astype("boolean")
        flags[line["pollutant"]] = is_above.mask(values.isna())
    return pd.DataFrame(flags)


def _maturity(frame: pd.DataFrame, points: Sequence[str]) -> Maturity:
    said = frame.loc[frame["station"].isin(set(points)), "maturity"].unique()
    return max((Maturity(word) for word in said), key=list(Maturity).index)


def state_of(first_day: dt.date, last_day: dt.date) -> str:
    """Return the reference state of values from one day to another (标况/实况), or ``mixed``.

    GB 3095-2012, amendment of 2018; ``air_reference_states.csv``.
    """
    first, last = first_day.isoformat(), last_day.isoformat()
    states = [
        line["state"]
        for line in select("air_reference_states")
        if line["valid_from"] <= last and (not line["valid_to"] or first <= line["valid_to"])
    ]
    return states[0] if len(states) == 1 else "mixed"
