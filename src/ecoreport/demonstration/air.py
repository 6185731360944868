"""Invent a year of hourly air values: seasons, spells, hours of the day, stations and gaps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ecoreport.demonstration.profiles import AirProfile, Behaviour

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Generator = np.random.Generator

COLUMNS = {
    "pm25": "pm25_ug_m3",
    "pm10": "pm10_ug_m3",
    "so2": "so2_ug_m3",
    "no2": "no2_ug_m3",
    "co": "co_mg_m3",
    "o3": "o3_ug_m3",
}
HOURS = 24
OZONE_WINDOW_HOURS = 8
OZONE_WINDOW_MINIMUM = 6


@dataclass(frozen=True)
class Outage:
    """A spell in which a whole station is silent."""

    station: str
    first: pd.Timestamp
    """End of the first missing hour."""
    last: pd.Timestamp
    """End of the last one."""
    flag: str = ""
    """What tables show for it; empty where they may choose."""


@dataclass(frozen=True)
class Hours:
    """A year of hours and why some are missing.

    Attributes
    ----------
    values : pandas.DataFrame
        Canonical ``air_hourly`` columns: station, date, hour and the seven values.
    outages : tuple of Outage
    """

    values: pd.DataFrame
    outages: tuple[Outage, ...]


def simulate(profile: AirProfile, year: int, rng: Generator) -> Hours:
    """Invent the hourly values of all stations of one district.

    Each component is level × month × hour × weekday × station × exp(spell + noise). A spell is a
    day-to-day AR(1) that all stations share, and of which the components share a part: this is
    what makes bad days come together. PM10 is PM2.5 plus a coarse part, so it is never below.

    Parameters
    ----------
    profile : AirProfile
    year : int
    rng : numpy.random.Generator
        Alone decides the result.
    """
    days = pd.date_range(f"{year}-01-01", f"{year}-12-31")
    regional = autoregressive(len(days), profile.behaviour["pm25"].day_persistence, rng)[0]
    shapes = {
        component: _shape(profile, component, days, regional, rng)
        for component in profile.behaviour
    }
    levelled = _to_level(shapes, profile.levels)
    rounded = {
        pollutant: _as_instrument(
            levelled[pollutant], profile.behaviour["coarse" if pollutant == "pm10" else pollutant]
        )
        for pollutant in COLUMNS
    }
    outages = _outages(profile.stations, days, rng)
    missing = _missing(profile.stations, outages, days, rng)
    values = _frame(rounded, missing, list(profile.stations.index), days)
    return Hours(with_running_ozone(values), outages)


def autoregressive(length: int, persistence: float, rng: Generator, series: int = 1) -> Array:
    """Return stationary AR(1) noise with mean 0 and variance 1, shape (series, length)."""
    shocks = rng.standard_normal((length, series))
    scale = np.sqrt((1 + persistence) / (1 - persistence))
    shocks[0] /= scale
    smooth = pd.DataFrame(shocks).ewm(alpha=1 - persistence, adjust=False).mean()
    noise: Array = smooth.to_numpy(np.float64).T * scale
    return noise


def with_running_ozone(values: pd.DataFrame) -> pd.DataFrame:
    """Add the O3 mean of the eight hours ending at each hour, from at least six (GB 3095)."""
    running = (
        values.groupby("station", sort=False)["o3_ug_m3"]
        .rolling(OZONE_WINDOW_HOURS, min_periods=OZONE_WINDOW_MINIMUM)
        .mean()
    )
    # The rolling sum drifts by some 1e-13: without this a mean of exactly x.5 rounds at random.
    exact = np.round(running.to_numpy(np.float64), 6)
    return values.assign(o3_8h_ug_m3=np.round(exact))


def _shape(
    profile: AirProfile,
    component: str,
    days: pd.DatetimeIndex,
    regional: Array,
    rng: Generator,
) -> Array:
    """Return one component without its level, shape (stations, days × 24)."""
    behaviour = profile.behaviour[component]
    share = behaviour.regional_share
    own = autoregressive(len(days), behaviour.day_persistence, rng)[0]
    spell = behaviour.day_spread * (share * regional + np.sqrt(1 - share**2) * own)
    noise = behaviour.hour_spread * autoregressive(
        len(days) * HOURS, behaviour.hour_persistence, rng, len(profile.stations)
    )
    weekend = np.where(days.day_of_week.to_numpy() >= 5, behaviour.weekend_factor, 1.0)
    day = np.repeat(_season(_floats(profile.months[component]), len(days)) * weekend, HOURS)
    course = np.tile(_floats(profile.hours[component]), len(days))
    station = _floats(profile.stations[component])[:, None]
    return _below(behaviour.ceiling, station * day * course * np.exp(_between_noons(spell) + noise))


def _below(ceiling: float, shape: Array) -> Array:
    """Bend a shape, once its mean is 1, so that it nears its ceiling and never reaches it."""
    shape = shape / shape.mean()
    bent: Array = shape / (1 + (shape / ceiling) ** 4) ** 0.25
    return bent


def _season(factors: Array, n_days: int) -> Array:
    """Interpolate the twelve factors between the middles of the months, around the year."""
    middles = (np.arange(12) + 0.5) * n_days / 12
    season: Array = np.interp(np.arange(n_days) + 0.5, middles, factors, period=n_days)
    return season


def _between_noons(daily: Array) -> Array:
    """Interpolate daily values between noons: air does not jump at midnight."""
    noons = np.arange(len(daily)) * HOURS + HOURS / 2
    hourly: Array = np.interp(np.arange(len(daily) * HOURS) + 0.5, noons, daily)
    return hourly


def _to_level(shapes: dict[str, Array], levels: dict[str, float]) -> dict[str, Array]:
    """Scale each component so that the area's statistic of the year is the level given."""
    co_days = shapes["co"].mean(axis=0).reshape(-1, HOURS).mean(axis=1)
    ozone_days = _ozone_maxima(shapes["o3"].mean(axis=0))
    fine = shapes["pm25"] * (levels["pm25"] / shapes["pm25"].mean())
    coarse = shapes["coarse"] * ((levels["pm10"] - levels["pm25"]) / shapes["coarse"].mean())
    return {
        "pm25": fine,
        "pm10": fine + coarse,
        "so2": shapes["so2"] * (levels["so2"] / shapes["so2"].mean()),
        "no2": shapes["no2"] * (levels["no2"] / shapes["no2"].mean()),
        "co": shapes["co"] * (levels["co"] / np.percentile(co_days, 95)),
        "o3": shapes["o3"] * (levels["o3_8h"] / np.percentile(ozone_days, 90)),
    }


def _ozone_maxima(hours: Array) -> Array:
    """Return each day's largest mean of eight hours that end at 8 to 24."""
    windows = np.lib.stride_tricks.sliding_window_view(
        hours.reshape(-1, HOURS), OZONE_WINDOW_HOURS, axis=1
    )
    maxima: Array = windows.mean(axis=2).max(axis=1)
    return maxima


def _as_instrument(values: Array, behaviour: Behaviour) -> Array:
    """Round to the instrument's digits, not below its lowest reading."""
    return np.asarray(
        np.round(np.maximum(values, behaviour.lowest), behaviour.decimals), dtype=np.float64
    )


def _outages(stations: pd.DataFrame, days: pd.DatetimeIndex, rng: Generator) -> tuple[Outage, ...]:
    end = days[-1] + pd.Timedelta(days=1)
    outages = []
    for code in stations.index:
        mean_hours = float(stations.loc[code, "outage_days"]) * HOURS
        for _count in range(int(stations.loc[code, "outages_a_year"])):
            first = days[0] + pd.Timedelta(hours=int(rng.integers(1, len(days) * HOURS)))
            last = first + pd.Timedelta(hours=1 + int(rng.exponential(mean_hours)))
            outages.append(Outage(str(code), first, min(last, end)))
    return tuple(outages)


def _missing(
    stations: pd.DataFrame,
    outages: tuple[Outage, ...],
    days: pd.DatetimeIndex,
    rng: Generator,
) -> Mask:
    """Say which hours are missing, shape (stations, hours): checks of instruments, outages."""
    ends = days[0] + pd.to_timedelta(np.arange(1, len(days) * HOURS + 1), unit="h")
    share = _floats(stations["missing_hours_percent"])[:, None] / 100
    missing: Mask = rng.random((len(stations), len(ends))) < share
    for outage in outages:
        row = list(stations.index).index(outage.station)
        missing[row] |= (ends >= outage.first) & (ends <= outage.last)
    return missing


def _frame(
    values: dict[str, Array], missing: Mask, stations: list[str], days: pd.DatetimeIndex
) -> pd.DataFrame:
    keys = {
        "station": np.repeat(stations, len(days) * HOURS),
        "date": np.tile(np.repeat(days.to_numpy(), HOURS), len(stations)),
        "hour": np.tile(np.arange(1, HOURS + 1), len(days) * len(stations)),
    }
    columns = {
        COLUMNS[name]: np.where(missing, np.nan, series).ravel() for name, series in values.items()
    }
    return pd.DataFrame(keys | columns)


def _floats(series: pd.Series[float]) -> Array:
    return np.asarray(series, dtype=np.float64)
