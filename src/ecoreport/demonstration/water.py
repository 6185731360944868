"""Fill in the tables of water: sections and their months, sources, sewage, discharges."""

from __future__ import annotations

import datetime as dt
import math
from typing import Final

from ecoreport.demonstration.papers import document, evidence_file
from ecoreport.demonstration.profiles import Fill, rows, rows_of
from ecoreport.demonstration.reported import cases_of, figures
from ecoreport.demonstration.seeds import generator_for
from ecoreport.demonstration.water_months import Water, monthly_rows
from ecoreport.demonstration.water_profiles import (
    BlackLevel,
    BlackPoints,
    BlackWater,
    Course,
    Discharge,
    DischargeShare,
    Month,
    Section,
    Sewage,
    SewagePlant,
    Source,
)
from ecoreport.demonstration.workbook import Row
from ecoreport.project import Pair, Project

BODIES: Final = {"river": "河流", "lake": "湖库", "ground": "地下水"}
LEVELS: Final = {"national": "国考", "provincial": "省考", "city": "市考"}
CLASSES: Final = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ", "V": "Ⅴ"}
FREQUENCIES: Final = {"monthly": "每月", "quarterly": "每季"}
ODOUR: Final = {"light": "轻度", "severe": "重度"}
SCOPES: Final = {"city": "城市", "town": "城镇", "rural": "农村"}
PLANT_SCOPES: Final = {"city": "城市", "town": "建制镇", "rural": "农村"}
POLLUTANTS: Final = {"cod": "化学需氧量", "nh3n": "氨氮", "tp": "总磷", "tn": "总氮"}
ORIGINS: Final = {
    "industry": "工业源",
    "agriculture": "农业源",
    "domestic": "生活源",
    "facilities": "集中式",
}
TOTAL, YES, NO, NONE = "合计", "是", "否", "不黑臭"
NOTHING: Final = "无"
BY_SIGHT: Final = ("has_odour_or_taste", "has_visible_matter")
VISITS, DAYS_BETWEEN_VISITS = 3, 6
QUARTER: Final = 3
"""Months that one sampling of a source stands for."""


def section_rows(project: Project, pair: Pair, _seed: str) -> list[Row]:
    """Return the year's list of sections, by river and course."""
    return [
        {
            "section": section.section,
            "name": section.name,
            "river": section.river,
            "basin": section.basin,
            "water_body": BODIES[section.water_body],
            "level": LEVELS[section.level],
            "target_class": CLASSES[course.target_class],
            "course": section.course,
            "county": section.county,
            "status": course.status or "正常",
            "status_document": course.status_document or None,
            "background_items": course.background_items or None,
            "background_document": course.background_document or None,
            "document": f"演示〔{pair.year}〕3号",
        }
        for section, course in _listed(project, pair)
    ]


def section_month_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return what was measured in the sections of the list, a row a section and month."""
    listed = {section.section: (section, course) for section, course in _listed(project, pair)}
    waters = [
        Water(
            place=code,
            body=section.water_body,
            water_class=course.water_class,
            drivers=_drivers(course),
            has_few_items=section.level == "city",
        )
        for code, (section, course) in listed.items()
        if not course.status
    ]
    found = []
    for row in monthly_rows(project, pair, "water_monthly", waters, seed):
        section, course = listed[str(row["place"])]
        about: Row = {
            "section": section.section,
            "name": section.name,
            "river": section.river,
            "level": LEVELS[section.level],
            "target_class": CLASSES[course.target_class],
            "status": "正常",
        }
        found.append(about | row)
    return found


def source_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return the months of the sources of drinking water; those of a quarter are its first."""
    sources = {one.source: one for one in rows_of(project, "drinking_sources", Source, pair)}
    shapes = {month.month: month.demand for month in rows(project, "water_months", Month)}
    waters = [Water(one.source, one.kind, one.water_class) for one in sources.values()]
    found = []
    for place, row in enumerate(monthly_rows(project, pair, "drinking_sources", waters, seed)):
        month = place % len(shapes) + 1
        source = sources[str(row["place"])]
        is_monthly = source.frequency == "monthly"
        if is_monthly or month % QUARTER == 1:
            months = 1 if is_monthly else QUARTER
            about: Row = {
                "source": source.source,
                "kind": BODIES[source.kind],
                "frequency": FREQUENCIES[source.frequency],
                "intake_10k_m3": round(source.intake_10k_m3 * months * shapes[month], 1),
                "attains": YES,
            }
            if source.kind == "ground":
                about |= dict.fromkeys(BY_SIGHT, NOTHING)
            found.append(about | row)
    return found


def black_odour_rows(project: Project, pair: Pair, _seed: str) -> list[Row]:
    """Return the list of black-odorous waters at the year's end."""
    found = []
    for number, one in enumerate(rows_of(project, "black_odour", BlackWater, pair), start=1):
        is_removed = one.removed_on is not None and one.removed_on.year <= pair.year
        row: Row = {"body": one.body, "county": one.county, "before": ODOUR[one.before]}
        if is_removed and one.removed_on is not None:
            row |= {
                "after": NONE,
                "is_removed": YES,
                "removed_on": one.removed_on,
                "satisfaction_percent": one.satisfaction_percent,
            }
            row |= document(f"{one.body}整治效果评估", number, one.removed_on.year)
            row |= evidence_file(f"{one.body}整治效果评估报告")
        else:
            row |= {"after": ODOUR["light"], "is_removed": NO}
        found.append(row)
    return found


def black_point_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return the visits to the points of black-odorous waters, by water and point."""
    levels = rows(project, "black_odour_levels", BlackLevel)
    found: list[Row] = []
    for one in rows_of(project, "black_odour_points", BlackPoints, pair):
        rng = generator_for(pair, f"black_odorous_points/{one.body}", seed)
        own = [level for level in levels if level.level == one.level]
        for point in range(1, one.n_points + 1):
            for visit in range(VISITS):
                day = one.first_visit + dt.timedelta(days=DAYS_BETWEEN_VISITS * visit)
                about: Row = {"body": one.body, "point": f"{point}号点", "course": point}
                values: Row = {
                    level.column: _written(
                        level.mean * math.exp(rng.normal(0, level.spread)), level
                    )
                    for level in own
                }
                found.append(about | {"date": day} | values)
    return found


def _written(value: float, level: BlackLevel) -> float:
    return round(value, level.decimals) if level.decimals else round(value)


def sewage_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return the sewage of the year by scope; the rate is what the department reports."""
    reported = figures(project, pair, cases_of(project, pair), seed)
    found = []
    for number, one in enumerate(rows_of(project, "sewage", Sewage, pair), start=1):
        rate = float(reported.get(one.indicator) or one.rate_percent or 0)
        row: Row = {
            "scope": SCOPES[one.scope],
            "discharged_10k_m3": one.discharged_10k_m3,
            "treated_10k_m3": round(one.discharged_10k_m3 * rate / 100, 2),
            "rate_percent": rate,
            "plants": one.plants,
            "capacity_10k_m3_d": one.capacity_10k_m3_d,
        }
        title = f"{SCOPES[one.scope]}污水处理"
        found.append(row | document(title, number, pair.year + 1) | evidence_file(title))
    return found


def sewage_plant_rows(project: Project, pair: Pair, seed: str) -> list[Row]:
    """Return the sewage works of the year; their volumes are shares of what the scopes treat."""
    treated = {row["scope"]: float(str(row["treated_10k_m3"])) for row in
               sewage_rows(project, pair, seed)}  # fmt: skip
    found = []
    for number, one in enumerate(rows_of(project, "sewage_plants", SewagePlant, pair), start=1):
        volume = treated[SCOPES[one.scope]]
        if one.scope == "town":
            volume -= treated[SCOPES["city"]]
        row: Row = {
            "plant": one.plant,
            "scope": PLANT_SCOPES[one.scope],
            "capacity_10k_m3_d": one.capacity_10k_m3_d,
            "treated_10k_m3": round(volume * one.share, 2),
            "discharge_standard": one.discharge_standard,
            "cod_in_mg_l": one.cod_in_mg_l,
            "cod_out_mg_l": one.cod_out_mg_l,
            "nh3n_in_mg_l": one.nh3n_in_mg_l,
            "nh3n_out_mg_l": one.nh3n_out_mg_l,
        }
        title = "污水处理厂运行年报"
        found.append(row | document(title, number, pair.year + 1) | evidence_file(title))
    return found


def discharge_rows(project: Project, pair: Pair, _seed: str) -> list[Row]:
    """Return what was discharged to water: each pollutant's total, then its parts."""
    shares = rows(project, "discharge_shares", DischargeShare)
    found = []
    for number, one in enumerate(rows_of(project, "discharges", Discharge, pair), start=1):
        papers = document("水污染物排放总量核算", number, pair.year + 1)
        own = [share for share in shares if share.pollutant == one.pollutant]
        parts = {
            ORIGINS[share.origin]: round(one.discharge_t * share.share, 2) for share in own[:-1]
        }
        rest = round(one.discharge_t - sum(parts.values()), 2)
        amounts = {TOTAL: one.discharge_t, **parts, ORIGINS[own[-1].origin]: rest}
        for origin, amount in amounts.items():
            row: Row = {
                "pollutant": POLLUTANTS[one.pollutant],
                "origin": origin,
                "discharge_t": amount,
                "basis": "环境统计",
            }
            found.append(row | papers)
    return found


def _listed(project: Project, pair: Pair) -> list[tuple[Section, Course]]:
    courses = {one.section: one for one in rows_of(project, "water_courses", Course, pair)}
    sections = rows_of(project, "water_sections", Section, pair)
    return [(one, courses[one.section]) for one in sections if one.section in courses]


def _drivers(course: Course) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for text in course.drivers:
        column, _equals, mean = text.partition("=")
        found[column] = float(mean) if mean else None
    return found


FILL: Final[dict[str, Fill]] = {
    "water_sections": section_rows,
    "water_monthly": section_month_rows,
    "drinking_sources": source_rows,
    "black_odour": black_odour_rows,
    "black_odorous_points": black_point_rows,
    "sewage": sewage_rows,
    "sewage_plants": sewage_plant_rows,
    "discharges": discharge_rows,
}
