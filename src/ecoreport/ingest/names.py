"""Names that tables use for stations, indicators and departments, and the ids they stand for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.models import Station
from ecoreport.config.rectification import problem_id, problem_spellings
from ecoreport.ingest.words import spoken
from ecoreport.project import Pair

WHOLE_AREA = ("全市", "全区", "全县", "全域", "本市", "本区", "本县", "合计", "全部")
"""What tables call the whole of the district that they are of."""
STATION_ENDINGS = ("", "站", "站点", "子站", "点", "点位", "监测点", "监测站")


@dataclass(frozen=True)
class Names:
    """Ids by every spelling (:func:`~.words.spoken`); a spelling of two ids is left out.

    Attributes
    ----------
    commitments : mapping of str to str
        Those that bind the district; a table names them by their id only.
    elsewhere : mapping of str to str
        Of the commitments that do not bind it: the district whose plan holds each.
    units : mapping of str to str
        Canonical unit of each indicator, and of the indicator of each commitment.
    district : str
        Chinese name of the district that the tables are of.
    own_districts : tuple of str
        Spellings of it and of the districts above and below it: its tables may be of all those.
    other_districts : tuple of str
        Chinese names of all others.
    """

    stations: Mapping[str, str]
    indicators: Mapping[str, str]
    departments: Mapping[str, str]
    problems: Mapping[str, str]
    areas: Mapping[str, str]
    commitments: Mapping[str, str]
    elsewhere: Mapping[str, str]
    units: Mapping[str, str]
    district: str
    own_districts: tuple[str, ...]
    other_districts: tuple[str, ...]

    @cached_property
    def digest(self) -> str:
        """Hash of every name: what was read with other names has to be read again."""
        content = {one.name: getattr(self, one.name) for one in fields(self)}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    @classmethod
    def of(cls, catalogue: Catalogue, pair: Pair) -> Names:
        """Collect the names that tables of one district may use."""
        district = catalogue.districts[pair.district]
        lineage = {one.id for one in catalogue.lineage(pair.district)}
        stations = [(one.code, _station_spellings(one)) for one in district.stations]
        indicators = [(one.id, [one.id, one.zh, one.en]) for one in catalogue.indicators.values()]
        bound = [one for one in catalogue.commitments_for(pair.district) if one.indicator]
        titles = [(one.indicator, [one.title_zh]) for one in bound]
        departments = [
            (one.id, [one.id, one.zh, one.en, *one.aliases])
            for one in catalogue.departments.values()
            if one.district in lineage
        ]
        units = {one.id: one.unit for one in catalogue.indicators.values()}
        units |= {one.id: units[one.indicator] for one in bound}
        commitments = {spoken(one.id): one.id for one in bound}
        problems = [
            (problem_id(plan.id, item), problem_spellings(plan.id, item))
            for plan in catalogue.plans_of(pair.district)
            for item in plan.problems
        ]
        areas = [
            (one.id, [one.id, one.name_zh, one.name_en, *one.aliases])
            for one in (district, *catalogue.areas_of(district.id))
        ]
        areas.append((district.id, list(WHOLE_AREA)))
        return cls(
            _by_name(stations),
            # An indicator's own name goes before a title that a plan gives to another.
            _by_name(titles) | _by_name(indicators),
            _by_name(departments),
            _by_name(problems),
            _by_name(areas),
            commitments,
            _elsewhere(catalogue, commitments),
            units,
            district.name_zh,
            *_districts(catalogue, pair.district),
        )

    def station_in(self, text: str) -> str | None:
        """Return the one station that `text` (a sheet's or a file's name) mentions, or None."""
        said = spoken(text)
        mentioned = {code for name, code in self.stations.items() if name in said}
        return mentioned.pop() if len(mentioned) == 1 else None

    def other_district_in(self, text: str) -> str:
        """Return the other district that `text` names, or nothing where it names the own one too.

        A district above is no answer: 泰州市姜堰区 is of 姜堰区 wherever it lies.
        """
        said = spoken(text)
        if self.district and spoken(self.district) in said:
            return ""
        for own in self.own_districts:
            said = said.replace(own, " ")
        return next((one for one in self.other_districts if spoken(one) in said), "")


def _districts(catalogue: Catalogue, own: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the spellings of a district, of those above and below it; the names of all others."""
    above = {one.id for one in catalogue.lineage(own)}
    related = {
        one.id
        for one in catalogue.districts.values()
        if one.id in above or own in {other.id for other in catalogue.lineage(one.id)}
    }
    spellings = {
        spoken(name)
        for one in related
        for name in (catalogue.districts[one].name_zh, *catalogue.districts[one].aliases)
    }
    others = {one.name_zh for one in catalogue.districts.values() if one.id not in related}
    longest_first = sorted(sorted(filter(None, spellings)), key=len, reverse=True)
    return tuple(longest_first), tuple(sorted(sorted(others), key=len, reverse=True))


def _station_spellings(station: Station) -> list[str]:
    both = [station.code + station.name_zh, station.name_zh + station.code]
    return [station.code, *both, *(station.name_zh + ending for ending in STATION_ENDINGS)]


def _elsewhere(catalogue: Catalogue, commitments: Mapping[str, str]) -> dict[str, str]:
    """Return whose plan holds each commitment that is not among `commitments`."""
    return {
        name: catalogue.districts[plan.owner].name_zh
        for plan in catalogue.plans.values()
        if plan.owner
        for one in plan.commitments
        if (name := spoken(one.id)) not in commitments and one.indicator
    }


def _by_name(spellings: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for name_id, names in spellings:
        for name in filter(None, map(spoken, names)):
            found.setdefault(name, set()).add(name_id)
    return {name: min(ids) for name, ids in found.items() if len(ids) == 1}
