"""Places of districts by an indicator, and whether a value is better than a year before."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from ecoreport.comparison.districts import areas_between
from ecoreport.config.catalogue import Catalogue
from ecoreport.config.models import District, Indicator
from ecoreport.config.vocabulary import Area
from ecoreport.facts import difference_unit
from ecoreport.observe.observation import Observation
from ecoreport.observe.period import Period
from ecoreport.observe.precedence import ranked
from ecoreport.observe.surveys import SAMPLING
from ecoreport.standards.surveys import Measured, change_interval


class Direction(StrEnum):
    """How a value changed on the year before."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNCLEAR = "unclear"
    """Smaller than what the standard calls a clear change, or than what chance leaves open."""
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True)
class Member:
    """One district's value and its place among those it may be ranked with."""

    district: str
    observation: Observation
    place: int | None
    """Equal values share it; None where there is nothing to be ranked among."""


@dataclass(frozen=True)
class Group:
    """Values that may be ranked together: of one nature, basis, period and unit."""

    members: tuple[Member, ...]
    """The best first; the highest where neither end is the better one."""

    @property
    def is_ranked(self) -> bool:
        """Whether there are places."""
        return self.members[0].place is not None

    @property
    def observation(self) -> Observation:
        """The first value: it tells the nature of all."""
        return self.members[0].observation

    @cached_property
    def place_of(self) -> Mapping[str, int | None]:
        """Place by district."""
        return {one.district: one.place for one in self.members}


def values_of(
    catalogue: Catalogue,
    districts: Sequence[District],
    indicator: str,
    observations: Iterable[Observation],
    period: Period,
) -> dict[str, Observation]:
    """Return the best checked value of each district that has one.

    An area stands for its parts (市区) where none of them has a value of its own; its air may be
    that of its city's points.
    """
    own: dict[str, list[Observation]] = defaultdict(list)
    for one in observations:
        if (one.indicator, one.year) == (indicator, period.year) and one.value is not None:
            own[one.district].append(one)
    asked = (period.label, str(period.year))
    best = {name: found[0] for name, all_ in own.items() if (found := ranked(all_, asked))}
    values = {one.id: best[one.id] for one in districts if one.id in best}
    is_air = catalogue.indicators[indicator].area is Area.AIR
    for area in areas_between(catalogue, districts):
        source = area.air_of if is_air and area.air_of else area.id
        has_own = any(one.id in values for one in districts if one.parent == area.id)
        if source in best and not has_own:
            values[area.id] = best[source]
    return values


def reliable(observations: Iterable[Observation]) -> frozenset[str]:
    """Return the ids of the values that enough data stand behind to be compared.

    No part of a year has enough data for a year. It is compared with the same part elsewhere
    where each of its whole months has enough days for a month (HJ 663).
    """
    of_areas = [one for one in observations if not one.is_of_one_point]
    enough = {(one.district, one.indicator, one.period) for one in of_areas if one.is_sufficient}

    def is_reliable(one: Observation) -> bool:
        months = {(one.district, one.indicator, month) for month in _whole_months(one)}
        return one.is_sufficient or (bool(months) and months <= enough)

    return frozenset(one.id for one in of_areas if is_reliable(one))


def _whole_months(one: Observation) -> list[str]:
    """Return the labels of the months within a part of a year; none for other periods."""
    first, _slash, last = one.period.partition("/")
    if not last:
        return []
    part = Period(one.year, dt.date.fromisoformat(last))
    if first != part.first_day.isoformat():
        return []
    return [f"{one.year}-{month:02d}" for month in range(1, part.n_whole_months + 1)]


def grouped(
    indicator: Indicator, values: Mapping[str, Observation], sound: Set[str]
) -> tuple[Group, ...]:
    """Rank values, each group by itself: the largest first, real data before demonstration.

    Places are those of competitions: 1, 2, 2, 4.

    Parameters
    ----------
    values : mapping
        By district.
    sound : set of str
        What `reliable` found; other values are in no group.
    """
    fitting = [
        (name, one) for name, one in values.items() if one.value is not None and one.id in sound
    ]
    keyed = sorted(fitting, key=lambda pair: (_nature(pair[1]), pair[0]))
    groups = [list(pairs) for _key, pairs in groupby(keyed, key=lambda pair: _nature(pair[1]))]
    largest_first = sorted(groups, key=lambda pairs: (-len(pairs), _nature(pairs[0][1])))
    return tuple(_group(indicator, pairs) for pairs in largest_first)


def direction(
    indicator: Indicator,
    now: Observation,
    before: Observation | None,
    sound: Set[str],
    clear_from: Decimal = Decimal(0),
) -> Direction:
    """Say whether a value is better than a year before, where both may be compared.

    A change smaller than `clear_from` is no clear change by the standard of the indicator, nor is
    one that lies in the rounding of the two values or in the margins of error of two samples.
    """
    if (
        before is None
        or indicator.better == "none"
        or None in {now.value, before.value}
        or not {now.id, before.id} <= sound
        or _nature(now) != _nature(before)
    ):
        return Direction.NOT_COMPARABLE
    if now.value == before.value:
        return Direction.SAME
    if abs(now.value - before.value) < clear_from or _is_rounding(now, before):  # type: ignore[operator]
        return Direction.UNCLEAR
    if is_within_sampling(now, before):
        return Direction.UNCLEAR
    is_nearer = _distance(indicator, now) < _distance(indicator, before)
    return Direction.BETTER if is_nearer else Direction.WORSE


def is_within_sampling(now: Observation, before: Observation) -> bool:
    """Whether two values are of samples whose margins of error leave open if anything changed.

    A value whose own margin is not known is taken as it stands.
    """
    if not any(SAMPLING in one.sensitivity for one in (now, before)):
        return False
    low, high = change_interval(_measured(now), _measured(before))
    return low <= 0 <= high


def _measured(one: Observation) -> Measured:
    share = Decimal(one.unrounded or one.value or 0)
    low, high = one.sensitivity.get(SAMPLING, (share, share))
    # The ends are rounded: of a share of 0 or 100 % one may lie a trace inside it.
    return share, min(low, share), max(high, share)


def _is_rounding(now: Observation, before: Observation) -> bool:
    """Whether two values lie one step of their last decimal apart, and may yet be equal.

    Values known to more decimals differ by less than half a step: 66.66 and 66.64, told as 66.7
    and 66.6. A difference of two rounded shares may itself be off by a step.
    """
    values = [one.value or Decimal(0) for one in (now, before)]
    step = max(Decimal(1).scaleb(_exponent(one)) for one in values)
    if abs(values[0] - values[1]) > step:
        return False
    if now.unit == difference_unit("%"):
        return True
    exact = [Decimal(one.unrounded or one.value or 0) for one in (now, before)]
    return abs(exact[0] - exact[1]) < step / 2


def _exponent(value: Decimal) -> int:
    """Return the place of the last decimal: -1 of 8.3; units at most."""
    return min(0, int(value.as_tuple().exponent))


def year_before(
    observations: Iterable[Observation], now: Observation, period: Period
) -> Observation | None:
    """Return the value of the year before: of the whole year, or of the same part of it."""
    is_part = now.period != str(now.year)
    asked = period.in_year(now.year - 1).label if is_part else str(now.year - 1)
    own = (now.district, now.indicator, now.year - 1)
    found = ranked(
        (
            one
            for one in observations
            if (one.district, one.indicator, one.year) == own and one.value is not None
        ),
        (asked,),
    )
    return found[0] if found else None


def _nature(one: Observation) -> tuple[bool, str, bool, str]:
    is_part = one.period != str(one.year)
    return one.is_demonstration, one.basis.model_dump_json(), is_part, one.unit


def _distance(indicator: Indicator, one: Observation) -> Decimal:
    """Return by how much a value lies behind the best that there could be."""
    value = one.value or Decimal(0)
    return value if indicator.better == "lower" else -value


def _group(indicator: Indicator, pairs: Sequence[tuple[str, Observation]]) -> Group:
    ordered = sorted(pairs, key=lambda pair: (_distance(indicator, pair[1]), pair[0]))
    distances = [_distance(indicator, one) for _name, one in ordered]
    has_places = len(ordered) > 1 and indicator.better != "none"
    return Group(
        tuple(
            Member(name, one, 1 + distances.index(own) if has_places else None)
            for (name, one), own in zip(ordered, distances, strict=True)
        )
    )
