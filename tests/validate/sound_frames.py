"""Canonical frames in which nothing is wrong, and the cleaning log of a sound reading."""

from __future__ import annotations

import numpy as np
import pandas as pd
from placing import papers, placed
from sound_areas import SOUND_AREAS
from sound_soil_noise import SOUND_SOIL_NOISE
from sound_water import SOUND_WATER

from ecoreport.ingest.gather import Ingested
from ecoreport.ingest.parts import Source
from ecoreport.ingest.records import Aside, Entry, Problem, frame_of

YEAR = 2018
PLAN = "wuxi-rectification"
CLOSING = {
    "acceptance_unit": "市环保局",
    "publicity_address": "市政府网站",
    "closing_number": "锡环督〔2018〕7号",
}
CLOSING_DAYS = {
    "acceptance_date": "2018-06-20",
    "publicity_start": "2018-06-21",
    "publicity_end": "2018-06-28",
}
STATIONS = ("1206A", "1207A", "1209A")
LEVELS = {
    "pm25_ug_m3": 40,
    "pm10_ug_m3": 80,
    "so2_ug_m3": 12,
    "no2_ug_m3": 30,
    "co_mg_m3": 0.8,
}
DAY_LEVELS = {**LEVELS, "o3_8h_ug_m3": 100, "o3_1h_ug_m3": 120}
HOUR_LEVELS = {**LEVELS, "o3_ug_m3": 60, "o3_8h_ug_m3": 70, "aqi_published": 60}


def air_daily() -> pd.DataFrame:
    """A year of three stations."""
    days = pd.date_range(f"{YEAR}-01-01", f"{YEAR}-12-31", unit="us")
    index = pd.MultiIndex.from_product([STATIONS, days], names=["station", "date"])
    return _with_values(index.to_frame(index=False), DAY_LEVELS)


def air_hourly() -> pd.DataFrame:
    """A year of hours of one station's three."""
    days = pd.date_range(f"{YEAR}-01-01", f"{YEAR}-12-31", unit="us")
    index = pd.MultiIndex.from_product(
        [STATIONS, days, range(1, 25)], names=["station", "date", "hour"]
    )
    return _with_values(index.to_frame(index=False).astype({"hour": "Int64"}), HOUR_LEVELS)


def _with_values(frame: pd.DataFrame, levels: dict[str, float]) -> pd.DataFrame:
    """Add values that move a little from row to row, so that none stands still."""
    step = np.arange(len(frame)) % 7
    for name, level in levels.items():
        frame[name] = np.round(level * (1 + step / 20), 3)
    return placed(frame)


def reported() -> pd.DataFrame:
    """Two figures."""
    return placed(
        pd.DataFrame(
            {
                "indicator": ["water.sewage_treatment_rate", "resources.energy_total"],
                "period": ["2018", "2018"],
                "value": [95.5, 120.0],
                "unit": ["%", "万吨标煤"],
                "basis": pd.Series([None, None], dtype="str"),
                **papers(2),
                "filled_by": ["张三", "张三"],
                "checked_by": ["李四", "李四"],
                "value_as_reported": ["95.5", "120"],
                "unit_as_reported": ["%", "万吨标准煤"],
                "area": pd.Series([None, None], dtype="str"),
                "unit_name": pd.Series([None, None], dtype="str"),
            }
        )
    )


def confirmations() -> pd.DataFrame:
    """Two duties."""
    return placed(
        pd.DataFrame(
            {
                "indicator": ["institutional.plan", "institutional.river_chief"],
                "period": ["2018", "2018"],
                "status": ["done", "started"],
                **_signed(2),
                **papers(2),
                "area": pd.Series([None, None], dtype="str"),
            }
        )
    )


def nil_returns() -> pd.DataFrame:
    """Nil returns of all months: quarters and months."""
    periods = ["2018-Q1", "2018-Q2", "2018-07", "2018-08", "2018-09", "2018-10", "2018-11"]
    periods.append("2018-12")
    return placed(
        pd.DataFrame(
            {
                "indicator": "institutional.major_environmental_events",
                "period": periods,
                "events": 0.0,
                **_signed(len(periods)),
                **papers(len(periods)),
                "area": pd.Series([None] * len(periods), dtype="str"),
            }
        )
    )


def progress() -> pd.DataFrame:
    """Two figures of one commitment, the later checked better, and a duty without a number."""
    return placed(
        pd.DataFrame(
            {
                "commitment": ["hailing/12", "hailing/12", "hailing/01"],
                "title": ["森林覆盖率(平原地区)", "森林覆盖率（平原地区）", "生态文明建设规划"],
                "target": ["≥18%", "≥18%", "制定实施"],
                "deadline": ["2018年12月31日"] * 3,
                "period": ["2018-06", "2018-07", "2018-06"],
                "status": ["started", "done", "done"],
                "value": [21.5, 22.5, np.nan],
                "unit": pd.Series(["%", "%", None], dtype="str"),
                "basis": pd.Series([None, None, None], dtype="str"),
                "date": pd.to_datetime(["2018-06-30", "2018-07-31", "2018-06-30"]).as_unit("us"),
                **papers(3),
                "filled_by": ["张三"] * 3,
                "checked_by": ["李四"] * 3,
                "value_as_reported": ["21.5", "22.5", ""],
                "unit_as_reported": ["%", "%", ""],
            }
        )
    )


def rectification() -> pd.DataFrame:
    """A problem from its start to its closing, and one that came back after an earlier closing."""
    days = ["2018-02-01", "2018-06-01", "2018-11-30", "2018-07-01", "2018-09-01", "2018-10-15"]
    states = ["under_way", "awaiting_acceptance", "closed", "closed", "relapsed", "under_way"]
    known = papers(len(states))
    del known["department"]
    frame = pd.DataFrame(
        {
            "problem": [f"{PLAN}/decisions"] * 3 + [f"{PLAN}/straw"] * 3,
            "state": states,
            "date": pd.to_datetime(days).as_unit("us"),
            **known,
            "person": "赵六",
            "filled_by": "张三",
            "checked_by": "李四",
        }
    )
    is_closed = frame["state"] == "closed"
    for name, text in CLOSING.items():
        frame[name] = pd.Series(text, frame.index, dtype="str").where(is_closed)
    for name, day in CLOSING_DAYS.items():
        frame[name] = pd.to_datetime(pd.Series(day, frame.index)).dt.as_unit("us").where(is_closed)
    return placed(frame)


def water_sections() -> pd.DataFrame:
    """A river and a lake, and a section left out with its document."""
    frame = pd.DataFrame(
        {
            "section": ["JS01", "JS02", "JS03"],
            "name": ["张桥", "湖心", "断流桥"],
            "river": ["望虞河", "太湖", "锡澄河"],
            "basin": ["太湖流域"] * 3,
            "water_body": ["river", "lake", "river"],
            "level": ["national", "provincial", "city"],
            "target_class": ["III", "IV", "V"],
            "course": [1.0, 2.0, 3.0],
            "county": ["jiangyin", "wuxi-urban", None],
            "longitude": [120.3, 120.1, 120.2],
            "latitude": [31.8, 31.4, 31.6],
            "status": ["normal", None, "dry"],
            "status_document": [None, None, "苏环办〔2018〕1号"],
            "background_items": ["氟化物", None, None],
            "background_document": ["总站水字〔2018〕2号", None, None],
            "months_planned": [12.0, np.nan, 12.0],
            "document": ["苏环办〔2018〕3号"] * 3,
            "remark": pd.Series([None] * 3, dtype="str"),
        }
    )
    return placed(frame)


WATER_LEVELS = {
    "water_temperature_c": 18,
    "ph": 6.6,
    "do_mg_l": 7,
    "codmn_mg_l": 4,
    "cod_mg_l": 16,
    "bod5_mg_l": 3,
    "nh3n_mg_l": 0.6,
    "tp_mg_l": 0.12,
    "tn_mg_l": 2.2,
    "cu_mg_l": 0.002,
    "zn_mg_l": 0.02,
    "fluoride_mg_l": 0.5,
    "se_mg_l": 0.0004,
    "as_mg_l": 0.002,
    "hg_mg_l": 0.00002,
    "cd_mg_l": 0.0001,
    "cr6_mg_l": 0.002,
    "pb_mg_l": 0.001,
    "cyanide_mg_l": 0.002,
    "volatile_phenols_mg_l": 0.0003,
    "petroleum_mg_l": 0.02,
    "anionic_surfactants_mg_l": 0.03,
    "sulphide_mg_l": 0.005,
    "faecal_coliforms_per_l": 3000,
    "chlorophyll_a_mg_m3": 20,
    "transparency_m": 0.5,
    "orthophosphate_mg_l": 0.05,
}


def water_monthly() -> pd.DataFrame:
    """A year of two sections of the list, one by its code and one by its name."""
    months = [f"{YEAR}-{month:02d}" for month in range(1, 13)]
    index = pd.MultiIndex.from_product([["JS01", "湖心"], months], names=["section", "month"])
    frame = index.to_frame(index=False).assign(status=pd.Series([None] * 24, dtype="str"))
    return _with_values(frame, WATER_LEVELS)


def _signed(n: int) -> dict[str, object]:
    return {
        "confirmed_by": ["王五"] * n,
        "confirmed_on": pd.to_datetime(["2019-01-10"] * n).as_unit("us"),
    }


SOUND = {
    "air_daily": air_daily,
    "air_hourly": air_hourly,
    "reported": reported,
    "confirmations": confirmations,
    "nil_returns": nil_returns,
    "rectification": rectification,
    "progress": progress,
    "water_monthly": water_monthly,
    "water_sections": water_sections,
    **SOUND_AREAS,
    **SOUND_SOIL_NOISE,
    **SOUND_WATER,
}


DISTRICTS = dict.fromkeys(
    ["rectification", "water_monthly", "water_automatic", "water_sections"], "wuxi"
)
"""Whose data a frame is, where not Hailing's: only some districts have problems to put right."""


def ingested(
    frames: dict[str, pd.DataFrame],
    entries: list[Entry] | None = None,
    problems: list[Problem] | None = None,
    asides: list[Aside] | None = None,
) -> Ingested:
    """Return what reading would have given."""
    return Ingested(
        frames=frames,
        cleaning={name: frame_of(entries or [], Entry) for name in frames},
        aside={name: frame_of(asides or [], Aside) for name in frames},
        sources=[Source(dataset=name, path="表.xlsx", sha256="0") for name in frames],
        problems=frame_of(problems or [], Problem),
    )
