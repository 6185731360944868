"""A small list of sections and a year of their readings, and what is observed of them."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pandas as pd

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.load import load_catalogue
from ecoreport.observe import observe
from ecoreport.project import Pair, Project

PAIR = Pair("wuxi", 2018)
PLACED = {
    "maturity": "audited",
    "source_file": "data/raw/wuxi/2018/断面.xlsx",
    "source_sheet": "断面",
}
GOOD = {
    "water_temperature_c": 18.0,
    "ph": 7.5,
    "do_mg_l": 8.0,
    "codmn_mg_l": 3.5,
    "cod_mg_l": 14.0,
    "nh3n_mg_l": 0.4,
    "tp_mg_l": 0.04,
    "tn_mg_l": 1.2,
}
"""Class II as a river, class III (total phosphorus) as a lake."""


@cache
def catalogue() -> Catalogue:
    return load_catalogue(Project.here())


def listed(*sections):
    """Return a list: each section a few cells beside the usual."""
    rows = [
        {
            "section": f"S{number}",
            "name": f"断面{number}",
            "river": "望虞河",
            "basin": "太湖流域",
            "water_body": "river",
            "level": "provincial",
            "target_class": "III",
            "course": None,
            "county": None,
            "longitude": None,
            "latitude": None,
            "status": None,
            "status_document": None,
            "background_items": None,
            "background_document": None,
            "months_planned": None,
            "source_row": number + 1,
            **PLACED,
            **section,
        }
        for number, section in enumerate(sections, start=1)
    ]
    frame = pd.DataFrame(rows)
    numbers = ["course", "longitude", "latitude", "months_planned"]
    frame[numbers] = frame[numbers].astype("float64")
    return frame


def sampled(section, months=range(1, 13), **values):
    """Return a row a month of one section; a value may be a list, one a month."""
    rows = []
    for place, month in enumerate(months):
        own = {
            name: value[place] if isinstance(value, list) else value
            for name, value in values.items()
        }
        rows.append({"section": section, "month": f"2018-{month:02d}", **GOOD, **own})
    return pd.DataFrame(rows).assign(source_row=range(2, len(rows) + 2), **PLACED)


def seen(sections, *monthly, as_of=None, pair=PAIR, **others):
    """Return observations by indicator (of the period, whole district) and the frames kept."""
    frames = {"water_sections": sections, **others}
    if monthly:
        frames["water_monthly"] = pd.concat(monthly, ignore_index=True)
    observations, kept = observe(catalogue(), pair, frames, [], as_of)
    period = f"2018-01-01/{as_of:%Y-%m-%d}" if isinstance(as_of, dt.date) else "2018"
    own = {
        one.indicator: one
        for one in observations
        if one.district == pair.district and one.period == period
    }
    return own, kept, observations
