"""Fill in the samples of villages' drinking water."""

from __future__ import annotations

import datetime as dt
import math
from typing import Final

from ecoreport.demonstration.profiles import Fill, rows, rows_of
from ecoreport.demonstration.seeds import generator_for
from ecoreport.demonstration.water_profiles import TapItem, VillageWorks
from ecoreport.demonstration.workbook import Cell, Row
from ecoreport.project import Pair, Project

DAYS: Final = ((3, 20), (7, 18))
"""Once in the dry season and once in the wet one."""
SUPPLIES: Final = {"central": "集中式", "small": "小型集中式", "scattered": "分散式"}
SOURCES: Final = {"surface": "地表水", "ground": "地下水"}
BY_EYE: Final = ("has_odour_or_taste", "has_visible_matter")
GERMS: Final = (
    "total_coliforms_per_100ml",
    "thermotolerant_coliforms_per_100ml",
    "escherichia_coli_per_100ml",
)


def village_water_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return the samples of the year, a row waterworks and season."""
    items = rows(project, "village_water_items", TapItem)
    found: list[Row] = []
    for one in rows_of(project, "village_water", VillageWorks, pair):
        rng = generator_for(pair, f"village_water/{one.works}", seed)
        for month, day in DAYS:
            about: Row = {
                "works": one.works,
                "town": one.town,
                "point": "末梢水",
                "date": dt.date(pair.year, month, day),
                "supply": SUPPLIES[one.supply],
                "source_kind": SOURCES[one.source_kind],
                "population": one.population,
                "attains": "合格",
                **dict.fromkeys(BY_EYE, "无"),
                **dict.fromkeys(GERMS, "未检出"),
            }
            values: Row = {
                item.column: _written(item.mean * math.exp(rng.normal(0, item.spread)), item)
                for item in items
            }
            found.append(about | values)
    return found


def _written(value: float, item: TapItem) -> Cell:
    if item.detection_limit and value < float(item.detection_limit):
        return f"<{item.detection_limit}"
    return round(value, item.decimals) if item.decimals else round(value)


FILL: Final[dict[str, Fill]] = {"village_water": village_water_rows}
