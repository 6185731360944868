"""Numbers that the chapter 区域对比 counts: places, counts of verdicts, changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ecoreport.assess.judgement import Judgement
from ecoreport.comparison.changes import change_on_year_before
from ecoreport.comparison.districts import compared_districts
from ecoreport.comparison.lines import Line, lines_by_district, lines_by_year, tallied, turned
from ecoreport.comparison.ranks import Direction, grouped, reliable, values_of
from ecoreport.config.catalogue import Catalogue
from ecoreport.config.models import District
from ecoreport.facts import Fact
from ecoreport.observe.observation import Observation
from ecoreport.observe.period import Period
from ecoreport.project import Pair


def comparison_facts(
    catalogue: Catalogue,
    pair: Pair,
    period: Period,
    observations: Sequence[Observation],
    judgements: Sequence[Judgement],
) -> list[Fact]:
    """Return what is counted of districts and of years beside each other.

    ``hailing/2018/compared/districts`` counts the districts,
    ``…/compared/<indicator>/values`` those with a value, ``…/ranked`` those ranked together,
    ``…/place/<district>`` is a place among them; ``…/compared/verdicts/<column>/<verdict>``
    counts the verdicts of a district or year, ``…/so_far/…`` what is not due there by its
    present value, ``…/compared/lines`` what is asked of several districts;
    ``…/compared/change/better`` counts headline indicators, ``…/compared/turned/met``
    commitments that are so since the year before.

    Parameters
    ----------
    judgements : sequence of Judgement
        Of `pair`, and of the pairs compared with it.
    """
    districts = compared_districts(catalogue, pair.district)
    of_year = [one for one in judgements if one.year == pair.year]
    by_id = {one.id: one for one in observations}
    own = [one for one in judgements if one.district == pair.district]
    lines = lines_by_district(catalogue, districts, of_year, by_id)
    years = lines_by_year(catalogue.plans_binding(pair.district), own)
    counts = {"districts": len(districts), "lines": sum(line.has_result for line in lines)}
    counts |= _places(catalogue, districts, observations, period)
    counts |= _verdicts([line for line in lines if line.has_result])
    counts |= _verdicts(years)
    counts |= _changes(catalogue, pair, period, observations)
    for verdict, n in turned(years, str(pair.year - 1), str(pair.year)).items():
        counts[f"turned/{verdict}"] = n
    return [
        Fact(id=f"{pair}/compared/{name}", value=Decimal(count)) for name, count in counts.items()
    ]


def _places(
    catalogue: Catalogue,
    districts: Sequence[District],
    observations: Sequence[Observation],
    period: Period,
) -> dict[str, int]:
    by_indicator: dict[str, list[Observation]] = defaultdict(list)
    for one in observations:
        if one.year == period.year:
            by_indicator[one.indicator].append(one)
    sound = reliable(observations)
    counts: dict[str, int] = {}
    for name, of_indicator in by_indicator.items():
        values = values_of(catalogue, districts, name, of_indicator, period)
        groups = grouped(catalogue.indicators[name], values, sound)
        counts[f"{name}/values"] = len(values)
        if groups and groups[0].is_ranked:
            counts[f"{name}/ranked"] = len(groups[0].members)
            counts |= {
                f"{name}/place/{district}": place
                for district, place in groups[0].place_of.items()
                if place is not None
            }
    return counts


def _verdicts(lines: Sequence[Line]) -> dict[str, int]:
    names = dict.fromkeys(column for line in lines for column in line.outcomes)
    return {
        f"{group}/{column}/{verdict}": n
        for group, is_so_far in (("verdicts", False), ("so_far", True))
        for column in names
        for verdict, n in tallied(lines, column, is_so_far=is_so_far).items()
    }


def _changes(
    catalogue: Catalogue, pair: Pair, period: Period, observations: Sequence[Observation]
) -> dict[str, int]:
    found = headline_changes(catalogue, pair, period, observations)
    counts = Counter(found.values())
    return {f"change/{one}": counts.get(one, 0) for one in Direction if found}


def headline_changes(
    catalogue: Catalogue, pair: Pair, period: Period, observations: Iterable[Observation]
) -> dict[str, Direction]:
    """Return how each headline indicator that has a value changed on the year before."""
    listed = list(observations)
    found: dict[str, Direction] = {}
    for name in catalogue.report.headline:
        way = change_on_year_before(catalogue, pair.district, name, listed, period)
        if way is not None:
            found[name] = way
    return found
