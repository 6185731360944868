"""What the suites of water need to know of other tables: the list of sections, last year, limits.

Pairs of two columns say which rows are in order: the core's expectation of pairs takes them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from ecoreport.ingest.below_limit import detection_limits
from ecoreport.ingest.sections import items_named, section_codes
from ecoreport.ingest.words import spoken
from ecoreport.project import Pair
from ecoreport.standards.columns import month_numbers
from ecoreport.standards.tables import single
from ecoreport.standards.water import (
    agrees_with_list,
    assessment_rule,
    basic_source_items,
    groundwater_edition,
    monitored_points,
    monitored_waters,
    readings_of_state,
    section_class,
    unresolved_limits,
)
from ecoreport.standards.water.black_odour import BLACK
from ecoreport.standards.water.limits import section_columns
from ecoreport.standards.water.sources import GROUND, KINDS_OF_SOURCE, judged_sources
from ecoreport.store import read_frame
from ecoreport.validate.sewage import SEWAGE_PARAMETERS
from ecoreport.validate.situation import Situation
from ecoreport.validate.village_water import VILLAGE_PARAMETERS

LIST: Final = "water_sections"
WATERS: Final = "black_odour"
STEADY: Final = ("codmn_mg_l", "nh3n_mg_l", "tp_mg_l")
"""Items whose means over a year seldom change much from one year to the next."""
STEADY_RATIO: Final = 3.0
LEAST_MONTHS: Final = 3
AUTOMATIC_ITEMS: Final = ("ph", "do_mg_l", "codmn_mg_l", "nh3n_mg_l", "tp_mg_l")
"""What the platform's class of a reading rests on."""
PUBLISHED: Final = ["section", "class_published"]
RATE_TOLERANCE: Final = 1.0
"""Percentage points that a reported rate may differ from the one of its two volumes."""
ROUNDING: Final = 0.001
"""Share by which rounded parts may exceed their total."""


def _listed(situation: Situation) -> pd.DataFrame:
    nothing = pd.DataFrame({"section": [], "name": [], "status": []}, dtype="str")
    return situation.frames.get(LIST, nothing)


def _sections_listed(situation: Situation) -> list[str]:
    """Return those names of sections in the frame that stand for one of the list.

    Without a list every name will do: that it lacks is told by what is not computed.
    """
    names = situation.frame["section"].dropna().drop_duplicates()
    listed = _listed(situation)
    if listed.empty:
        return [str(name) for name in names]
    return [str(name) for name in names[section_codes(names, listed).notna()]]


def _sections_expected(situation: Situation) -> list[str]:
    """Return the sections of the list that are to be measured, as the frame calls them."""
    names = situation.frame["section"].dropna().drop_duplicates().astype("str")
    listed = _listed(situation)
    if listed.empty:
        return []
    called = dict(zip(section_codes(names, listed), names, strict=True))
    is_measured = listed["status"].fillna("normal") == "normal"
    return [str(called.get(code, code)) for code in listed[is_measured]["section"]]


def _rows_with_values(situation: Situation) -> list[list[str]]:
    """Return the pairs of section and month that have a value, or say why there is none."""
    frame = situation.frame
    items = [name for name in section_columns() if name in frame]
    says_why = frame["status"].notna() & (frame["status"] != "normal")
    told = frame[frame[items].notna().any(axis=1) | says_why]
    return [list(pair) for pair in told[["section", "month"]].itertuples(index=False, name=None)]


def _backgrounds_known(situation: Situation) -> list[str]:
    """Return those texts of the frame that name items of the section class and nothing else."""
    texts = situation.frame["background_items"].dropna().drop_duplicates()
    return [text for text in texts if None not in (items_named(text) or {"": None}).values()]


def _statuses_with_document(situation: Situation) -> list[list[str]]:
    """Return the pairs of section and status where a status that leaves it out has a document."""
    frame = situation.frame
    is_given = frame["status_document"].notna() | (frame["status"] == "normal")
    return _pairs(frame[is_given], "section", "status")


def _backgrounds_with_document(situation: Situation) -> list[list[str]]:
    frame = situation.frame
    return _pairs(frame[frame["background_document"].notna()], "section", "background_items")


def _pairs(frame: pd.DataFrame, one: str, other: str) -> list[list[str]]:
    known = frame[[one, other]].dropna().astype("str")
    return [list(pair) for pair in known.itertuples(index=False, name=None)]


def _readings_resolved(situation: Situation) -> list[list[str]]:
    """Return the pairs of section and month whose detection limits tell the section's target.

    A reading below a detection limit that lies above the limit of the target class, of the
    section's own kind of water, meets it or not: the method cannot tell.
    """
    frame = situation.frame
    pairs = _pairs(frame, "section", "month")
    listed = _listed(situation)
    if situation.cleaning.empty or listed.empty:
        return pairs
    codes = section_codes(frame["section"].astype("str"), listed)
    about = listed.dropna(subset="water_body").drop_duplicates("section").set_index("section")
    codes = codes[codes.isin(about.index)]
    known = frame.loc[codes.index]
    limits = detection_limits(known, situation.cleaning)
    if not len(limits.columns):
        return pairs
    own = about.reindex(codes.to_numpy()).set_axis(known.index)
    asked = own["target_class"].fillna(assessment_rule("main_indicator_class").value)
    found = unresolved_limits(limits, own["water_body"].astype("object"), asked)
    unclear = {tuple(pair) for pair in _pairs(known.loc[found.index], "section", "month")}
    return [pair for pair in pairs if tuple(pair) not in unclear]


def _sections_steady(situation: Situation) -> list[str]:
    """Return those sections of the frame whose year is not far from the one before.

    Held against what was read of last year, where it was; with `LEAST_MONTHS` months in both.
    """
    names = situation.frame["section"].dropna().drop_duplicates().astype("str")
    pair = Pair(situation.pair.district, situation.pair.year - 1)
    path = situation.project.processed(pair) / f"{situation.dataset.id}.parquet"
    if not path.exists():
        return list(names)
    before = read_frame(path)
    is_same_nature = (before["maturity"] == "demonstration").any() == (
        situation.frame["maturity"] == "demonstration"
    ).any()
    if not is_same_nature:
        return list(names)
    columns = [name for name in STEADY if name in before and name in situation.frame]
    last, now = (_yearly(frame, columns) for frame in (before, situation.frame))
    ratio = now / last.reindex(now.index)
    is_far = ((ratio > STEADY_RATIO) | (ratio < 1 / STEADY_RATIO)).any(axis=1)
    far = set(is_far[is_far].index)
    return [name for name in names if spoken(name) not in far]


def _yearly(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Return the mean of the months of each section, where there are enough of them."""
    months = frame["month"] if "month" in frame else frame["date"].dt.month
    sections = frame["section"].astype("str").map(spoken)
    grouped = frame.groupby([sections, months])[columns].mean().groupby(level="section")
    return grouped.mean().where(grouped.count() >= LEAST_MONTHS)


def _classes_as_published(situation: Situation) -> list[list[str]]:
    """Return the pairs of section and published class in which no complete reading differs."""
    frame = situation.frame
    codes = section_codes(frame["section"].astype("str"), _listed(situation))
    bodies = _listed(situation).drop_duplicates("section").set_index("section")
    is_known = codes.notna() & frame[list(AUTOMATIC_ITEMS)].notna().all(axis=1)
    known = frame[is_known & frame["class_published"].notna()]
    if known.empty:
        return _pairs(frame, "section", "class_published")
    computed = section_class(known, codes[known.index].map(bodies["water_body"]).astype("object"))
    differing = known[computed.astype("object") != known["class_published"].astype("object")]
    wrong = {tuple(pair) for pair in _pairs(differing, "section", "class_published")}
    pairs = _pairs(frame.drop_duplicates(PUBLISHED), *PUBLISHED)
    return [pair for pair in pairs if tuple(pair) not in wrong]


def _monthly_sources(situation: Situation) -> list[str]:
    """Return the sources that are sampled every month."""
    frame = situation.frame
    is_monthly = frame["frequency"].fillna("monthly") == "monthly"
    return list(frame[is_monthly]["source"].dropna().drop_duplicates())


def _conclusions_agree(situation: Situation) -> list[list[str]]:
    """Return the pairs of source and month whose conclusion is that of the values."""
    year = situation.pair.year
    frame = situation.frame.reset_index(drop=True)
    months = month_numbers(frame["month"], year)
    # A month of another year has a finding of its own.
    known = frame.assign(month=months)[months.notna()]
    computed = judged_sources(known, year)["attains"].reindex(frame.index)
    declared = frame["attains"].map({"yes": True, "no": False}).astype("boolean")
    is_other = (computed != declared).fillna(False).astype(bool)
    return _pairs(frame[~is_other], "source", "month")


def _sources_with_items(situation: Situation) -> list[list[str]]:
    """Return the pairs of source and month with a value for every basic item.

    Only of items that the table can hold; a month without any value may have its conclusion.
    """
    frame, year = situation.frame, situation.pair.year
    lacking = pd.Series(data=False, index=frame.index)
    for kind, month in {*zip(frame["kind"], frame["month"], strict=True)}:
        if kind not in KINDS_OF_SOURCE or not str(month).startswith(f"{year}-"):
            continue
        columns = _basic_columns(situation, str(kind), int(str(month)[-2:]))
        is_own = (frame["kind"] == kind) & (frame["month"] == month)
        values = frame.loc[is_own, columns]
        lacking[is_own] = values.isna().any(axis=1) & values.notna().any(axis=1)
    return _pairs(frame[~lacking], "source", "month")


def _basic_columns(situation: Situation, kind: str, month: int) -> list[str]:
    year = situation.pair.year
    edition = groundwater_edition(dt.date(year, month, 1)) if kind == GROUND else None
    basic = basic_source_items(KINDS_OF_SOURCE[kind], year, edition)
    held = {name.replace("_ug_l", "_mg_l") for name in basic}
    return [one.name for one in situation.dataset.columns if one.name in held]


def _sources_judged(situation: Situation) -> list[list[str]]:
    """Return the pairs of source and month that have enough items to be judged, or none at all."""
    frame = situation.frame.reset_index(drop=True)
    months = month_numbers(frame["month"], situation.pair.year)
    is_known = months.notna() & frame["kind"].notna()
    known = frame.assign(month=months)[is_known]
    is_short = judged_sources(known, situation.pair.year)["is_short"].reindex(frame.index)
    return _pairs(frame[~is_short.fillna(value=False).astype(bool)], "source", "month")


def _waters_once_black(situation: Situation) -> list[list[str]]:
    """Return the pairs of water and level before that say it was black-odorous."""
    frame = situation.frame
    return _pairs(frame[frame["before"].isin(BLACK)], "body", "before")


def _removals_without_odour(situation: Situation) -> list[list[str]]:
    """Return the pairs of water and removal that its level now does not contradict."""
    frame = situation.frame
    is_black = (frame["is_removed"] == "yes") & frame["after"].isin(BLACK)
    return _pairs(frame[~is_black], "body", "is_removed")


def _waters_listed(situation: Situation) -> list[str]:
    """Return the waters of the year's list; every one of the frame where there is no list."""
    listed = situation.frames.get(WATERS)
    return _bodies(situation.frame if listed is None else listed)


def _waters_with_points(situation: Situation) -> list[str]:
    """Return the waters that have as many points as a level needs."""
    visits = _visits(situation)
    needed = int(single("black_odour_rules", rule="points_at_least")["value"])
    n_points = visits.groupby("body")["point"].nunique()
    return [str(body) for body in n_points[n_points >= needed].index]


def _points_with_visits(situation: Situation) -> list[list[str]]:
    """Return the pairs of water and point that were visited as often as a level needs."""
    visits = _visits(situation)
    needed = int(single("black_odour_rules", rule="visits_at_least")["value"])
    n_days = visits.groupby(["body", "point"])["date"].transform("nunique")
    return _pairs(visits[n_days >= needed].drop_duplicates(["body", "point"]), "body", "point")


def _waters_as_listed(situation: Situation) -> list[str]:
    """Return the waters of the frame whose level the list does not contradict."""
    listed, visits = situation.frames.get(WATERS), _visits(situation)
    if listed is None or visits.empty:
        return _bodies(situation.frame)
    about = listed.dropna(subset="body").drop_duplicates("body").set_index("body")
    state = readings_of_state(visits, about["removed_on"].dropna())
    if state.empty:
        return _bodies(situation.frame)
    waters = monitored_waters(monitored_points(state)).set_index("body")
    own = about.reindex(waters.index)
    agrees = agrees_with_list(waters["level"], own["after"], own["is_removed"])
    wrong = set(agrees[agrees.eq(False).fillna(value=False)].index)
    return [body for body in _bodies(situation.frame) if body not in wrong]


def _visits(situation: Situation) -> pd.DataFrame:
    return situation.frame.dropna(subset=["body", "point", "date"]).drop_duplicates(
        ["body", "point", "date"], ignore_index=True
    )


def _bodies(frame: pd.DataFrame) -> list[str]:
    return [str(name) for name in frame["body"].dropna().drop_duplicates()]


def _rates_agreeing(situation: Situation) -> list[list[object]]:
    """Return the pairs of scope and reported rate that the volumes give, within a point."""
    frame = situation.frame
    rate = 100 * frame["treated_10k_m3"] / frame["discharged_10k_m3"]
    is_near = ((rate - frame["rate_percent"]).abs() <= RATE_TOLERANCE).fillna(True)
    near = frame[is_near][["scope", "rate_percent"]].dropna()
    return [list(pair) for pair in near.itertuples(index=False, name=None)]


def _sources_within_total(situation: Situation) -> list[list[str]]:
    """Return the pairs of pollutant and source where the sum of sources is within the total."""
    frame = situation.frame
    key = [frame["pollutant"], frame["scope"].fillna("all"), frame["maturity"]]
    is_total = frame["origin"].fillna("total") == "total"
    parts = frame["discharge_t"].where(~is_total).groupby(key).transform("sum")
    total = frame["discharge_t"].where(is_total).groupby(key).transform("max")
    return _pairs(frame[~(parts > total * (1 + ROUNDING))], "pollutant", "origin")


def _ammonia_within_nitrogen(situation: Situation) -> list[list[str]]:
    """Return the pairs of pollutant and source where ammonia is no more than total nitrogen."""
    frame = situation.frame
    key = [frame["scope"].fillna("all"), frame["origin"].fillna("total"), frame["maturity"]]
    nitrogen = frame["discharge_t"].where(frame["pollutant"] == "tn").groupby(key).transform("max")
    is_more = (frame["pollutant"] == "nh3n") & (frame["discharge_t"] > nitrogen)
    return _pairs(frame[~is_more], "pollutant", "origin")


WATER_PARAMETERS: dict[str, Callable[[Situation], Any]] = {
    "sections_listed": _sections_listed,
    "sections_expected": _sections_expected,
    "sections_steady": _sections_steady,
    "rows_with_values": _rows_with_values,
    "readings_resolved": _readings_resolved,
    "backgrounds_known": _backgrounds_known,
    "backgrounds_with_document": _backgrounds_with_document,
    "statuses_with_document": _statuses_with_document,
    "classes_as_published": _classes_as_published,
    "monthly_sources": _monthly_sources,
    "conclusions_agree": _conclusions_agree,
    "sources_with_items": _sources_with_items,
    "sources_judged": _sources_judged,
    "waters_once_black": _waters_once_black,
    "removals_without_odour": _removals_without_odour,
    "waters_listed": _waters_listed,
    "waters_with_points": _waters_with_points,
    "points_with_visits": _points_with_visits,
    "waters_as_listed": _waters_as_listed,
    "rates_agreeing": _rates_agreeing,
    "sources_within_total": _sources_within_total,
    "ammonia_within_nitrogen": _ammonia_within_nitrogen,
    **SEWAGE_PARAMETERS,
    **VILLAGE_PARAMETERS,
}
