"""Frames as the modules before give them: seeded, in the level and season of a Jiangsu district."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ecoreport.standards.tables import table

YEAR = 2018
IAQI_OF_PM25 = ([0, 35, 75, 115, 150, 250, 500], [0, 50, 100, 150, 200, 300, 500])
IAQI_OF_O3 = ([0, 100, 160, 215, 265, 800], [0, 50, 100, 150, 200, 300])


def make_daily(year: int = YEAR, seed: int = 7) -> pd.DataFrame:
    days = pd.date_range(f"{year}-01-01", f"{year}-12-31", name="date")
    random = np.random.default_rng(seed)
    winter = np.cos(2 * np.pi * (days.day_of_year.to_numpy() - 15) / 365)
    episode = pd.Series(random.normal(size=len(days))).ewm(span=4).mean().to_numpy()
    pm25 = 40 * np.exp(0.45 * winter + 0.75 * episode)
    frame = pd.DataFrame(
        {
            "pm25_ug_m3": pm25,
            "pm10_ug_m3": pm25 * random.uniform(1.3, 2.1, len(days)),
            "so2_ug_m3": 11 * np.exp(0.3 * winter + 0.3 * episode),
            "no2_ug_m3": 33 * np.exp(0.35 * winter + 0.4 * episode),
            "co_mg_m3": 0.8 * np.exp(0.2 * winter + 0.25 * episode),
            "o3_8h_ug_m3": 105 * np.exp(-0.42 * winter - 0.25 * episode)
            * random.uniform(0.7, 1.3, len(days)),
        },
        index=days,
    )  # fmt: skip
    frame = frame.round(0).assign(co_mg_m3=frame["co_mg_m3"].round(1))
    frame[random.random(len(days)) < 0.02] = np.nan
    return frame


def make_aqi(daily: pd.DataFrame) -> pd.DataFrame:
    """A rough AQI for drawing; the standard's own is tested where it is computed."""
    single = pd.DataFrame(
        {
            "PM2.5": np.interp(daily["pm25_ug_m3"], *IAQI_OF_PM25),
            "PM10": daily["pm10_ug_m3"] / 1.5,
            "O3": np.interp(daily["o3_8h_ug_m3"], *IAQI_OF_O3),
            "NO2": daily["no2_ug_m3"] / 0.8,
        },
        index=daily.index,
    )
    aqi = np.ceil(single.max(axis=1)).clip(upper=500)
    names = list(table("aqi_categories")["category_zh"])
    category = pd.cut(aqi, [-1, 50, 100, 150, 200, 300, 500], labels=names, ordered=True)
    primary = [
        [name for name, value in row.items() if np.ceil(value) == top and top > 50]
        for (_day, row), top in zip(single.iterrows(), aqi, strict=True)
    ]
    return pd.DataFrame({"aqi": aqi, "category": category, "primary_pollutants": primary})


def make_stations(names: list[str], year: int = YEAR) -> pd.DataFrame:
    frames = [
        (make_daily(year) * (0.85 + 0.1 * number)).round(1).assign(station=name).reset_index()
        for number, name in enumerate(names)
    ]
    return pd.concat(frames, ignore_index=True)


def make_hourly(year: int = YEAR) -> pd.DataFrame:
    daily = make_daily(year)
    hours = np.arange(1, 25)
    sun = np.clip(np.sin((hours - 8) / 12 * np.pi), 0, None)
    level = daily["o3_8h_ug_m3"].to_numpy()[:, None]
    random = np.random.default_rng(3)
    o3 = level * (0.35 + 0.75 * sun) * random.uniform(0.8, 1.2, (len(daily), 24))
    return pd.DataFrame(
        {
            "station": "1206A",
            "date": np.repeat(daily.index.to_numpy(), 24),
            "hour": np.tile(hours, len(daily)),
            "o3_ug_m3": o3.ravel().round(0),
        }
    )
